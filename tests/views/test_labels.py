import pytest
from tests.talks import CASE, days, make_ledger, make_reading, make_report, make_talks

from onthetable.case import Case
from onthetable.model import ACTS, Interval, Quantity
from onthetable.views import labels


def test_every_act_and_state_has_a_mark_of_its_own() -> None:
    marks = [labels.act_mark(a) for a in ACTS]
    assert len(set(marks)) == len(ACTS)
    assert len({labels.gap_mark(s) for s in ("agreed", "contested", "one-sided", "not reported")}) == 4


@pytest.mark.parametrize(
    ("interval", "said"),
    [
        (days("2026-03-03"), "3 Mar 2026"),
        (days("2026-03-03", "2026-03-09"), "3–9 Mar 2026"),
        (days("2026-03-30", "2026-04-02"), "30 Mar – 2 Apr 2026"),
        (days("2025-12-30", "2026-01-02"), "30 Dec 2025 – 2 Jan 2026"),
        (None, "undated"),
    ],
)
def test_intervals(interval: Interval | None, said: str) -> None:
    assert labels.interval(interval) == said


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        (Quantity(6, 6, "weeks"), "6 weeks"),
        (Quantity(6, 6, "week"), "6 weeks"),
        (Quantity(1, 1, "weeks"), "1 week"),
        (Quantity(40, None, "hostages"), "at least 40 hostages"),
        (Quantity(None, 40, "hostages"), "up to 40 hostages"),
        (Quantity(20, 33, "people"), "20–33 people"),
        (Quantity(4.5, 4.5, "%"), "4.5%"),
        (Quantity(3.5e9, 3.5e9, "USD"), "3.5 billion USD"),
        (Quantity(34600, 34600, "people"), "34,600 people"),
        (None, ""),
    ],
)
def test_quantities(quantity: Quantity | None, said: str) -> None:
    assert labels.quantity(quantity) == said


def test_clip_cuts_at_a_word() -> None:
    assert labels.clip("one two three", 40) == "one two three"
    assert labels.clip("one two three four", 12) == "one two…"
    assert labels.clip("x" * 40, 10) == "x" * 9 + "…"
    assert labels.clip(" one\n two\x1b ", 40) == "one two"


def test_what_was_assumed_is_said() -> None:
    report = make_reading(make_report("Something was said."))
    drafted = make_ledger((report, None), case=Case("talks", CASE.packs, CASE.parties, drafted=True))
    said = " ".join(labels.assumed(drafted))
    assert "The case was drafted" in said
    assert "Norland (principal)" in said
    assert "1 report that nothing dates" in said
    assert labels.assumed(make_talks()) == ("2 reports without a date: the days of publication follow from the text.",)
