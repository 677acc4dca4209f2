from dataclasses import replace
from datetime import date

import pytest

from onthetable.case import Anchor, Case, Party
from onthetable.model import Published, Reading, Report
from onthetable.spans.nlp import parse
from onthetable.spans.times import find_times
from onthetable.text import digest
from onthetable.ties.dating import date_reports

STRIKE = Case(
    name="Port Alder dock strike",
    parties=(Party("Dockers' Guild"), Party("Alder Terminals", places=("Port Alder",))),
    start=date(2031, 2, 3),
    anchors=(
        Anchor(date(2031, 2, 3), None, ("February 3", "the strike began")),
        Anchor(date(2031, 4, 14), date(2031, 4, 20), ("the April lull", "the one-week pause in April")),
        Anchor(date(2031, 9, 1), None, ("the Kelda blockade", "the blockade of Kelda")),
        Anchor(date(2032, 3, 5), None, ("return to the picket line", "resumed the strike")),
    ),
)


def reading(text: str, dated: date | None = None) -> Reading:
    sha = digest(text)
    report = Report(sha[:12], "r.txt", text, sha, dated=dated)
    return Reading(report, (), (), (), (), (), find_times(parse(report)), ())


def published(text: str, case: Case = STRIKE) -> Published | None:
    r = reading(text)
    return date_reports([r], case).get(r.report.id)


@pytest.mark.parametrize(
    ("text", "day", "widest"),
    [
        ("After nearly five months of strike action in Port Alder, the guild is tired.", date(2031, 6, 25), 60),
        ("The strike, now in its seventh month, has emptied the shops.", date(2031, 8, 20), 60),
        ("It is day 45 of the strike.", date(2031, 3, 19), 12),
        ("Three weeks into the strike nobody has given way.", date(2031, 2, 24), 16),
        ("Since the crews' return to the picket line last month, no ship has sailed.", date(2032, 4, 12), 31),
        ("There are fears of a blockade of Kelda, and the guild met on Sunday.", date(2031, 8, 10), 280),
        ("Despite the ongoing two-month blockade of Kelda, Port Alder has grain.", date(2031, 11, 1), 45),
        ("A year after the one-week pause in April, talks failed.", date(2032, 4, 20), 250),
        ("The guild spoke on the first anniversary of the strike.", date(2032, 2, 3), 70),
        ("The strike has now dragged on for eleven weeks.", date(2031, 4, 22), 20),
        ("The six-week-old blockade of Kelda has emptied the shops.", date(2031, 10, 13), 40),
        ("The blockade of Kelda began on Monday.", date(2031, 9, 3), 14),
        ("It is a year since February 3, when the crews walked out.", date(2032, 2, 10), 250),
    ],
)
def test_an_undated_report_lies_in_the_interval_that_its_words_give(text: str, day: date, widest: int) -> None:
    found = published(text)
    assert found is not None
    assert found.interval.earliest <= day <= found.interval.latest
    assert found.interval.days <= widest
    assert all(b.span is None or text[b.span.start : b.span.end] == b.span.text for b in found.basis)


@pytest.mark.parametrize(
    "text",
    [
        "The guild rejected the offer.",
        "On Friday the guild rejected the offer.",
        "In November the guild rejected an offer that it had made last week.",
    ],
)
def test_nothing_that_bounds_it_is_no_date(text: str) -> None:
    assert published(text, Case()) is None


def test_a_date_of_its_own_decides_and_a_conflict_is_shown() -> None:
    r = reading("Three weeks into the strike nobody has given way.", dated=date(2031, 7, 1))
    found = date_reports([r], STRIKE)[r.report.id]
    assert found.interval.earliest == found.interval.latest == date(2031, 7, 1)
    assert any("conflict" in b.says for b in found.basis)


def test_a_date_line_counts_as_a_date() -> None:
    found = published("KELDA, 9 June 2031 (Saltwire) – The crews voted on Sunday to go on.", Case())
    assert found is not None
    assert found.interval.earliest == found.interval.latest == date(2031, 6, 9)


def test_a_dated_caption_is_no_date_line() -> None:
    text = "Crates pile up in the rain on the quay of Port Alder, 9 June 2031 (K. Moor)\n\nThe crews voted to go on."
    assert published(text, Case()) is None


def test_a_day_without_its_year_gets_it_from_a_report_on_the_same_talks() -> None:
    people = "by Dora Penrose of Alder Terminals and Iven Marsh, with Kelda's mayor Lotte Sund"
    known = reading(f"The offer was made {people}.", dated=date(2031, 5, 6))
    later = reading(f"KELDA, May 20 (Saltwire) – The offer was dropped {people}.")
    alone = date_reports([later], Case())
    assert later.report.id not in alone
    beside = date_reports([later, known], Case())[later.report.id]
    assert beside.interval.earliest <= date(2031, 5, 20) <= beside.interval.latest
    assert beside.interval.days <= 3


def test_what_is_feared_comes_before_and_what_is_over_after() -> None:
    before = published("The crews fear a blockade of Kelda.")
    after = published("The crews went hungry after the blockade of Kelda.")
    assert before is not None
    assert after is not None
    assert before.interval.earliest < date(2031, 7, 1)
    assert after.interval.earliest >= date(2031, 8, 1)


def test_a_report_with_the_quotations_of_another_is_as_old() -> None:
    quotes = '"We shall not load one more crate," she said. "They have until the tide turns, no longer," he said.'
    known = reading(f"The guild broke off talks. {quotes}", dated=date(2031, 5, 6))
    copy = reading(f"Talks were broken off by the guild on Tuesday. {quotes}")
    found = date_reports([copy, known], Case())
    assert found[copy.report.id].interval.earliest <= date(2031, 5, 6) <= found[copy.report.id].interval.latest
    assert found[copy.report.id].interval.days <= 16


def test_a_count_that_only_grows_orders_reports() -> None:
    case = replace(STRIKE, anchors=STRIKE.anchors[:1])
    early = reading("The fever has killed 3,900 people since February 3, the guild says.")
    late = reading("The fever has killed 4,700 people, the guild says.", dated=date(2031, 4, 2))
    alone = date_reports([early], case)[early.report.id].interval
    beside = date_reports([early, late], case)[early.report.id].interval
    assert beside.latest <= date(2031, 5, 31) < alone.latest


def test_the_order_of_reports_does_not_matter() -> None:
    texts = [
        "After nearly five months of strike the guild is tired.",
        "It is day 45 of the strike.",
        "They met Friday.",
    ]
    readings = [reading(t) for t in texts]
    assert date_reports(readings, STRIKE) == date_reports(readings[::-1], STRIKE)
