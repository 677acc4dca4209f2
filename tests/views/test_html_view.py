import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from importlib.resources import files
from itertools import product

import pytest
from tests.talks import CASE, days, make_ledger, make_move, make_reading, make_report, make_talks

from onthetable.ledger import Ledger
from onthetable.model import Proposal, Ties
from onthetable.views import anchors, html, marks


class Page(HTMLParser):
    """Ids, links, elements and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[str] = []
        self.text = ""
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.append((tag, known))
        if known.get("id"):
            self.ids.append(known["id"] or "")
        if "href" in known:
            self.links.append(known["href"] or "")
        self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        where = self.inside[-1] if self.inside else ""
        if where == "script":
            self.scripts.append(data)
        elif where == "style":
            self.styles.append(data)
        else:
            self.text += data


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return make_talks()


@pytest.fixture(scope="module")
def page(ledger: Ledger) -> str:
    return html.page(ledger)


@pytest.fixture(scope="module")
def parsed(page: str) -> Page:
    return Page(page)


def test_every_link_leads_to_something_on_the_page(parsed: Page) -> None:
    assert len(parsed.ids) == len(set(parsed.ids))
    assert all(link.startswith("#") for link in parsed.links)
    assert {link[1:] for link in parsed.links} <= set(parsed.ids)


def test_every_claim_leads_to_highlighted_words_that_are_the_evidence(ledger: Ledger, parsed: Page, page: str) -> None:
    for move in ledger.moves():
        id = anchors.words(move.report, move.evidence)
        assert f"#{id}" in parsed.links
        (tag,) = [tag for tag, attrs in parsed.tags if attrs.get("id") == id]
        assert tag == "mark"
    claims = [attrs["href"] or "" for tag, attrs in parsed.tags if tag == "a" and attrs.get("class", "") == "claim"]
    assert claims
    assert all(re.fullmatch(r"#e-[0-9a-f]{12}-\d+-\d+", c) for c in claims)


def test_the_text_under_a_highlight_is_the_text_of_its_span(ledger: Ledger) -> None:
    for reading in ledger.readings:
        text = reading.report.text
        for paragraph in marks.paragraphs(reading):
            said = "".join(p.text for p in paragraph.pieces)
            assert said == text[paragraph.start : paragraph.end]


def test_the_page_asks_for_nothing(page: str, parsed: Page) -> None:
    for _, attrs in parsed.tags:
        assert not {"src", "srcset", "data", "poster", "background", "action", "style"} & attrs.keys()
        assert not [a for a in attrs if a.startswith("on")]
    assert not re.search(r"url\(|@import", page)
    assert "http://" not in page
    assert "https://" not in page


def test_the_policy_allows_the_style_and_script_of_the_page_and_nothing_else(parsed: Page) -> None:
    (policy,) = [a["content"] for tag, a in parsed.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy
    assert policy.startswith("default-src 'none'")
    for what, (content,) in (("style-src", parsed.styles), ("script-src", parsed.scripts)):
        hashed = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{what} 'sha256-{hashed}'" in policy
    assert "unsafe" not in policy


def test_markup_in_reports_paths_names_and_errors_is_text() -> None:
    nasty = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    report = make_report(f"Norland demands it {nasty} now. {{{{ 7*7 }}}}", f"{nasty}.txt", outlet=nasty)
    ledger = make_ledger((make_reading(report, make_move(report, 1, nasty, "demands", nasty)), days("2026-03-03")))
    parsed = Page(html.page(ledger))
    assert len(parsed.scripts) == 1
    assert not [tag for tag, _ in parsed.tags if tag == "img"]
    assert parsed.text.count(nasty) >= 3
    assert "{{ 7*7 }}" in parsed.text


def test_odd_issue_names_make_good_links() -> None:
    report = make_report("Norland demands it.")
    ledger = make_ledger(
        (make_reading(report, make_move(report, 1, "Norland", "demands", 'other:fish "quota" %20')), None)
    )
    parsed = Page(html.page(ledger))
    assert {link[1:] for link in parsed.links} <= set(parsed.ids)
    assert not [i for i in parsed.ids if re.search(r"\s", i)]


def test_page_furniture_is_there_and_greyed(parsed: Page) -> None:
    assert "Share this story" in parsed.text
    assert [a for tag, a in parsed.tags if tag == "span" and a.get("class") == "furniture"]


def test_silence_is_said(parsed: Page) -> None:
    assert "Not reported at all:" in parsed.text
    assert "not reported" in parsed.text


def test_what_was_not_read_is_named(parsed: Page) -> None:
    assert "three.pdf: not a text" in parsed.text


def test_the_same_ledger_gives_the_same_page(ledger: Ledger, page: str) -> None:
    other = Ledger(ledger.case, ledger.readings[::-1], ledger.ties, ledger.rejected)
    assert html.page(other) == page


def test_a_day_shows_only_what_was_out(ledger: Ledger) -> None:
    parsed = Page(html.page(ledger, date(2026, 3, 5)))
    assert "as known on 5 Mar 2026" in " ".join(parsed.text.split())
    assert "eight weeks" not in parsed.text
    assert {link[1:] for link in parsed.links} <= set(parsed.ids)


def test_an_empty_ledger_has_a_page_too() -> None:
    parsed = Page(html.page(Ledger(CASE, (), Ties({}, {}, (), ()))))
    assert "No position is reported." in parsed.text
    assert {link[1:] for link in parsed.links} <= set(parsed.ids)


def test_each_table_has_a_caption_and_headers(page: str) -> None:
    for table in re.findall(r"<table.*?</table>", page, re.S):
        assert "<caption" in table
        assert 'scope="row"' in table or 'scope="col"' in table


# --- contrast ---------------------------------------------------------------------------------------------

TEXT_ON = [
    *product(("ink", "soft", "link", "silent", "contest", "agree", "single"), ("paper", "card")),
    ("ink", "tint"), ("soft", "tint"), ("grey", "card"), ("mark-ink", "mark"), ("mark-ink", "target"),
]  # fmt: skip
DRAWN_ON = [("bar", "paper"), ("link", "paper")]


def luminance(colour: str) -> float:
    colour = colour.lstrip("#")
    colour = "".join(c * 2 for c in colour) if len(colour) == 3 else colour
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def themes() -> dict[str, dict[str, str]]:
    css = files("onthetable.views").joinpath("templates", "dossier.css").read_text("utf-8")
    found = {}
    for selector, body in re.findall(r"(:root[^{]*)\{([^}]*)\}", css):
        found[selector.strip()] = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6})", body))
    light = found[":root"]
    return {"light": light, **{k: {**light, **v} for k, v in found.items() if k != ":root"}}


@pytest.mark.parametrize("theme", themes())
def test_contrast_is_that_of_wcag_aa(theme: str) -> None:
    colours = themes()[theme]
    for pairs, least in ((TEXT_ON, 4.5), (DRAWN_ON, 3.0)):
        for one, other in pairs:
            assert contrast(colours[one], colours[other]) >= least, (theme, one, other)


def test_both_ways_to_the_dark_theme_give_the_same_colours() -> None:
    dark = [v for k, v in themes().items() if "dark" in k or 'not([data-theme="light"])' in k]
    assert dark[0] == dark[1]


def test_nothing_leads_to_what_a_day_leaves_out() -> None:
    one, two = make_report("Norland denied it.", "one.txt"), make_report("Norland denied it again.", "two.txt")
    readings = [
        replace(
            make_reading(r, make_move(r, 1, "Norland", "denies"), make_move(r, 2, "Sudmark", "accuses", "talks")),
            proposals=(Proposal(f"{r.id}.p1", r.id, "Norland", "tabled", answers, (), r.span(0, 7), "r"),),
        )
        for r, answers in ((one, f"{two.id}.p1"), (two, None))
    ]
    ledger = make_ledger(
        (readings[0], days("2026-03-01")), (readings[1], days("2026-03-09")), families=((one.id, two.id),)
    )
    for at in (None, date(2026, 3, 2)):
        parsed = Page(html.page(ledger, at))
        assert {link[1:] for link in parsed.links} <= set(parsed.ids)
        assert ("answers another proposal" in parsed.text) == (at is None)
