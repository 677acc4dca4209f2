"""Title, outlet, author, date and credits, as the lines around a report give them."""

from __future__ import annotations

from datetime import date

import pytest

from onthetable.reports import make_report

HEADLINE = "Ferrymen of Sile reject third offer"
OPENING = (
    "The ferrymen of Sile on Tuesday rejected an offer of four per cent, the third that "
    "the two companies have made since March."
)
CLOSING = (
    "The companies said that the offer would stay open until Friday and that no other would be made before the summer."
)


def page(*lines: str) -> str:
    return "\n\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("line", "author", "outlet"),
    [
        ("By Jo Ruiz", "Jo Ruiz", None),
        ("By JO RUIZ, Islands Correspondent", "JO RUIZ", None),
        ("By Jo Ruiz, The Sile Courier", "Jo Ruiz", "Sile Courier"),
        ("By Jo Ruiz and Tom Friel in Orre", "Jo Ruiz and Tom Friel", None),
        ("By Sile Courier Staff", None, "Sile Courier"),
        ("Sile Voice correspondents | 23 October 2025", None, "Sile Voice"),
        ("By Jo Ruiz | Reuters", "Jo Ruiz", "Reuters"),
        ("Web Desk", None, None),
    ],
)
def test_bylines(line: str, author: str | None, outlet: str | None) -> None:
    report = make_report(page(HEADLINE, line, OPENING, CLOSING))
    assert (report.author, report.outlet) == (author, outlet)
    assert report.title is not None
    assert report.title.text == HEADLINE


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("© 2024 The Sile Courier. All rights reserved.", "Sile Courier"),
        ("Copyright 2024 Sile Courier. All rights reserved", "Sile Courier"),
        ("Want more from the Courier?", "The Courier"),
        ("Subscribe to The Sile Courier", "Sile Courier"),
        ("Follow Sile Today on Instagram", "Sile Today"),
        ("The views expressed do not necessarily reflect those of the Sile Courier.", "Sile Courier"),
        ("Estwire/jr", "Estwire"),
        ("(The Sile Courier)", "Sile Courier"),
        ("With inputs from Reuters", None),
        ("Source: Reuters", None),
        ("Subscribe to our newsletter", None),
        ("Follow us on Instagram", None),
    ],
)
def test_lines_below(line: str, outlet: str | None) -> None:
    assert make_report(page(HEADLINE, OPENING, CLOSING, line)).outlet == outlet


@pytest.mark.parametrize(
    ("line", "day", "words"),
    [
        ("May 27, 2025", date(2025, 5, 27), "May 27, 2025"),
        ("Posted by editor on August 2, 2026 in Markets | 3 Comments", date(2026, 8, 2), "August 2, 2026"),
        ("Thursday 3 April 2025", date(2025, 4, 3), "Thursday 3 April 2025"),
        ("Updated 5 April 2025 | Published 3 April 2025", date(2025, 4, 3), "3 April 2025"),
        ("2025-04-03", date(2025, 4, 3), "2025-04-03"),
        ("Published 13/04/2025", date(2025, 4, 13), "13/04/2025"),
        ("Published 04/13/2025", date(2025, 4, 13), "04/13/2025"),
        ("Published 04/05/2025", None, None),
        ("Updated 3 hours ago", None, None),
    ],
)
def test_date_lines(line: str, day: date | None, words: str | None) -> None:
    report = make_report(page(HEADLINE, line, OPENING, CLOSING))
    assert report.dated == day
    assert (report.dated_by and report.dated_by.text) == words
    if report.dated_by:
        assert report.text[report.dated_by.start : report.dated_by.end] == words


@pytest.mark.parametrize(
    ("dateline", "day", "credits"),
    [
        ("PORT SILE, 14 October 2025 – ", date(2025, 10, 14), ()),
        ("SILE, Oct. 14, 2025 (Estwire) — ", date(2025, 10, 14), ("Estwire",)),
        ("SILE, Oct 14 (Reuters) - ", None, ("Reuters",)),
        ("SILE (AP) — ", None, ("The Associated Press",)),
        ("SILE: ", None, ()),
        ("", None, ()),
    ],
)
def test_datelines(dateline: str, day: date | None, credits: tuple[str, ...]) -> None:
    report = make_report(page(HEADLINE, dateline + OPENING, CLOSING))
    assert report.dated == day
    assert report.credits == credits


def test_a_date_in_running_text_dates_nothing() -> None:
    text = page(
        HEADLINE,
        "In a paper of 3 May 2021 the companies had promised that no night crossing would be cut before the year 2030.",
        CLOSING,
    )
    assert make_report(text).dated is None


def test_initials_are_those_of_the_agency_above() -> None:
    text = page(HEADLINE, "Vastania News Agency", "VASTAN, Oct. 3 (VNA) -- " + OPENING, CLOSING, "VNA/mk")
    assert make_report(text).outlet == "Vastania News Agency"


def test_a_readout_is_by_its_issuer() -> None:
    text = page("Ministry of Ferries of the Isles of Sile: readout of the third round of talks", OPENING, CLOSING)
    assert make_report(text).outlet == "Ministry of Ferries of the Isles of Sile"


@pytest.mark.parametrize(
    ("lines", "outlet"),
    [
        (("SILE COURIER", HEADLINE), "Sile Courier"),
        ((HEADLINE, "The Sile Record | Comment"), "Sile Record"),
        ((HEADLINE, "By Jo Ruiz", "Sile Herald, Friday 10 April 2026"), "Sile Herald"),
        ((HEADLINE, "The Hawk, 29 April 2026"), "The Hawk"),
        ((HEADLINE, "SileBeat Desk"), "SileBeat"),
        (("Ministry of Ferries of the Isles of Sile", HEADLINE), "Ministry of Ferries of the Isles of Sile"),
    ],
)
def test_a_name_over_the_page(lines: tuple[str, ...], outlet: str) -> None:
    assert make_report(page(*lines, OPENING, CLOSING)).outlet == outlet


def test_the_day_of_a_release() -> None:
    report = make_report(page(HEADLINE, "For immediate release - Sile, 14 March 2026", OPENING, CLOSING))
    assert report.dated == date(2026, 3, 14)
    assert [f.span.text for f in report.furniture] == ["For immediate release - Sile, 14 March 2026"]


def test_a_text_without_a_headline_has_no_title() -> None:
    assert make_report(page(OPENING, CLOSING)).title is None


@pytest.mark.parametrize(
    ("lines", "below", "outlet", "author"),
    [
        (
            ("THE MONTHLY PLUMB", "Essay", HEADLINE, "Jo Ruiz"),
            "Subscribe to The Monthly Plumb.",
            "The Monthly Plumb",
            "Jo Ruiz",
        ),
        (
            ("Orle Mercury", "Thursday May 8", HEADLINE, "by Jo Ruiz"),
            "To advertise call Orle 2314.",
            "Orle Mercury",
            "Jo Ruiz",
        ),
        (
            ("The Plumb Line", HEADLINE, "By Jo Ruiz"),
            "Enjoying The Plumb Line? Tell a friend.",
            "The Plumb Line",
            "Jo Ruiz",
        ),
        (
            ("TIDEWAY REVIEW · Autumn 2024", HEADLINE, "Words: Jo Ruiz  Pictures: T. Friel"),
            "ENDS",
            "Tideway Review",
            None,
        ),
        (("ORLE TIMES  |  News  |  Sport", HEADLINE), "© Orle Titles 2026", "Orle Times", None),
        ((HEADLINE, "The Orle Post – live from Port Orle, Friday 7 November 2025"), "ENDS", "Orle Post", None),
        ((HEADLINE, "Jo Ruiz for the Orle Courier"), "ENDS", "Orle Courier", "Jo Ruiz"),
    ],
)
def test_the_name_on_top_is_the_outlet_and_not_the_title(
    lines: tuple[str, ...], below: str, outlet: str, author: str | None
) -> None:
    report = make_report(page(*lines, OPENING, CLOSING, below))
    assert report.title is not None
    assert (report.title.text, report.outlet, report.author) == (HEADLINE, outlet, author)


def test_a_station_before_its_programme() -> None:
    report = make_report(page("SALT MARSH FM – The Breakfast Table – programme transcript", OPENING, CLOSING))
    assert report.outlet == "Salt Marsh FM"


def test_a_name_on_top_is_the_pages_beside_a_menu_only() -> None:
    with_menu = make_report(page("ORLE COURIER", "Home | Nation | Sport", HEADLINE, OPENING, CLOSING))
    alone = make_report(page("ORLE COURIER", HEADLINE, OPENING, CLOSING))
    assert [f.span.text for f in with_menu.furniture] == ["ORLE COURIER", "Home | Nation | Sport"]
    assert alone.furniture == ()
    assert with_menu.outlet == alone.outlet == "Orle Courier"


def test_an_office_or_a_short_headline_on_top_is_no_outlet() -> None:
    assert make_report(page("Night Watch", HEADLINE, OPENING, CLOSING)).outlet is None
    assert make_report(page("Sile Ferries plc", "Statement on the talks", OPENING, CLOSING)).outlet is None
