import re
from datetime import date
from itertools import pairwise

import pytest

from onthetable.case import Case
from onthetable.lexicon import load
from onthetable.model import Published, Reading, Report
from onthetable.spans.nlp import parse
from onthetable.spans.times import find_times
from onthetable.text import digest
from onthetable.ties.anchors import find_anchors
from onthetable.ties.dating import WIDEST, date_reports
from onthetable.ties.world import dated_toll, holders, named_events


def report(text: str) -> Report:
    sha = digest(text)
    return Report(sha[:12], "r.txt", text, sha)


def published(text: str) -> Published | None:
    r = report(text)
    reading = Reading(r, (), (), (), (), (), find_times(parse(r)), ())
    return date_reports([reading], Case()).get(r.id)


def called(text: str) -> list[tuple[str, str]]:
    return [(h.span.text, h.sense) for h in holders(report(text))]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("French President Jacques Chirac opened the talks.", [("President Jacques Chirac", "in office")]),
        ("Former Canadian Prime Minister Kim Campbell spoke.", [("Prime Minister Kim Campbell", "out of office")]),
        ("The ex-president Vicente Fox of Mexico spoke.", [("president Vicente Fox", "out of office")]),
        ("President-elect Mauricio Macri met the unions.", [("President-elect Mauricio Macri", "elected")]),
        (
            "Helen Clark, the prime minister of New Zealand, met the crews.",
            [("Helen Clark, the prime minister", "in office")],
        ),
        ("In Paris President Hollande met French unions.", [("President Hollande", "in office")]),
        ("Iraqi Prime Minister Nouri al-Maliki spoke.", [("Prime Minister Nouri al-Maliki", "in office")]),
        ("Egypt's President El-Sisi's plan is out.", [("President El-Sisi", "in office")]),
        (
            "Ursula von der Leyen, the Commission president, spoke.",
            [("Ursula von der Leyen, the Commission president", "in office")],
        ),
        ("In Brussels Prime Minister De Croo of Belgium spoke.", [("Prime Minister De Croo", "in office")]),
        ("Ukrainian President Volodymyr Zelenskyy spoke.", [("President Volodymyr Zelenskyy", "in office")]),
    ],
)
def test_who_is_called_by_a_title(text: str, who: list[tuple[str, str]]) -> None:
    assert called(text) == who


@pytest.mark.parametrize(
    "text",
    [
        "The union's president, Dora Hollande, spoke.",
        "President Hollande of the Saltwire Rowing Club spoke.",
        "President Marie Hollande spoke in France.",
        "Jacques Chirac spoke in France.",
    ],
)
def test_a_surname_alone_or_another_person_is_no_holder(text: str) -> None:
    assert called(text) == []


def test_a_vice_president_is_no_president() -> None:
    (gore,) = holders(report("Vice President Al Gore of the United States flew in."))
    assert gore.terms[0].earliest == date(1993, 1, 20)
    (quayle,) = holders(report("American Vice President Dan Quayle flew in."))
    assert quayle.terms[0].latest == date(1993, 1, 20)


def test_who_left_before_another_came_is_history() -> None:
    text = "Russian President Boris Yeltsin signed it, and President Vladimir Putin will not."
    assert called(text) == [("President Vladimir Putin", "in office")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The six-week-old war in Tigray has shut the road, Prime Minister Abiy Ahmed said.", date(2020, 12, 15)),
        ("The crews have waited since the Beirut blast last month.", date(2020, 9, 10)),
        ("Since the nearly three-month-old blockade of Qatar Saudi trade has fallen.", date(2017, 8, 25)),
    ],
)
def test_what_everybody_knows_dates_a_report_without_a_case(text: str, day: date) -> None:
    found = published(text)
    assert found is not None
    assert found.interval.earliest <= day <= found.interval.latest
    assert found.interval.days <= 150
    assert all(b.span is None or text[b.span.start : b.span.end] == b.span.text for b in found.basis)


def test_wars_that_share_a_name_are_alternatives() -> None:
    found = published("The nine-month-long war in Ukraine has hit Russian ports, President Volodymyr Zelensky said.")
    assert found is not None
    assert date(2022, 10, 1) <= found.interval.earliest
    assert found.interval.latest <= date(2023, 3, 1)
    assert any("2014-04-12 or 2022-02-24" in b.says for b in found.basis)


def test_a_cue_that_fits_nothing_else_is_shown_as_a_conflict() -> None:
    found = published("The Beirut blast last month was a warning, President-elect Javier Milei of Argentina said.")
    assert found is not None
    assert sum("conflict" in b.says for b in found.basis) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Chancellor Helmut Kohl of Germany spoke.",
        "The hurricane has shut the port.",
        "The October 7 meeting of the crews was short.",
        "In 1998 the crews walked out.",
    ],
)
def test_vague_cues_date_nothing(text: str) -> None:
    found = published(text)
    assert found is None or found.interval.days <= WIDEST
    assert found is None


def test_a_published_count_is_placed_between_the_known_days() -> None:
    text = "In Gaza the health ministry says that more than 34,600 people have been killed."
    found = dated_toll(report(text))
    assert found is not None
    assert abs((found.days.earliest - date(2024, 5, 4)).days) <= 7
    assert found.passed is None
    assert dated_toll(report("In Kelda the health ministry says 34,600 people have been killed.")) is None
    assert dated_toll(report("In Gaza the health ministry says 900,000 people have been killed.")) is None


def test_every_event_is_well_formed() -> None:
    raw = load("onthetable.ties", "worldevents.toml")
    starts = [first for first, _, _, _ in raw["events"]]
    assert starts == sorted(starts)
    for first, last, says, context in raw["events"]:
        assert date.fromisoformat(first) <= (date.fromisoformat(last) if last else raw["open"]), says
        names = says.split("; ")
        assert all(name and name == name.strip() and ";" not in name for name in names), says
        assert len(set(names)) == len(names), says
        assert all(re.fullmatch("[a-z0-9]+", w) for w in context.lower().split()), f"one token each: {context}"
    named = [(name, first, last) for first, last, says, _ in raw["events"] for name in says.split("; ")]
    assert len(set(named)) == len(named)


def test_every_name_of_an_event_is_found_where_a_report_says_it() -> None:
    for _, _, says, context in load("onthetable.ties", "worldevents.toml")["events"]:
        for name in says.split("; "):
            r = report(f"It was quiet after the {name}. {context}")
            times = find_times(parse(r)) if name[-1].isdigit() else ()
            hits = find_anchors(r, times, named_events(r), own_days=False)
            assert any(says == "; ".join(h.anchor.says) for h in hits), name


def test_every_office_is_well_formed() -> None:
    offices = load("onthetable.ties", "offices.toml")["office"]
    for office in offices:
        assert office["of"]
        assert office["titles"]
        assert all(t == t.lower().strip() for t in office["titles"])
        assert all(
            re.fullmatch(r"(?:-|_?[A-Z][^\d_]*(?: _[A-Z][^\d_]*)?) \d{4}-\d\d-\d\d", row) for row in office["holders"]
        ), office
        days = [date.fromisoformat(row[-10:]) for row in office["holders"]]
        assert all(a < b for a, b in pairwise(days)), office
        assert all(a[:-11] != b[:-11] for a, b in pairwise(office["holders"])), "one term is one row"
    keys = [(title, country) for office in offices for title in office["titles"] for country in office["of"]]
    assert len(set(keys)) == len(keys), "one office, one list"


def test_every_holder_is_found_by_title_and_surname() -> None:
    for office in load("onthetable.ties", "offices.toml")["office"]:
        for row in (row for row in office["holders"] if row[0] != "-"):
            words = row[:-11].split()
            surname = next((w for w in words if w[0] == "_"), words[-1]).lstrip("_")
            for spelling in surname.split("|"):
                found = list(holders(report(f"In {office['of'][0]} {office['titles'][0].title()} {spelling} spoke.")))
                assert any(date.fromisoformat(row[-10:]) in {t.earliest for t in h.terms} for h in found), row


def test_published_counts_rise() -> None:
    for toll in load("onthetable.ties", "worldevents.toml")["toll"]:
        days = [date.fromisoformat(day) for day, _ in toll["counts"]]
        counts = [int(count) for _, count in toll["counts"]]
        assert all(a < b for a, b in pairwise(days))
        assert all(a < b for a, b in pairwise(counts))


@pytest.mark.parametrize("text", ["President Clinton " * 50_000, "Clinton " * 50_000, "Gaza war Hamas " * 50_000])
def test_repetition_is_read_in_linear_time(text: str) -> None:
    r = report(text)
    assert len(list(holders(r))) <= 1
    assert len(named_events(r)) < 20
