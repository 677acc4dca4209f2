"""Figures of one measure by one authority over time."""

from __future__ import annotations

import datetime as dt

import pytest

from onthetable.model import Figure, Interval, Span, Tie, Time
from onthetable.ties.series import as_of, find_series, known_as

SPAN = Span(0, 5, "forty")


def figure(n: int, low: float, authority: str | None, rule: str = "noun", time: Time | None = None) -> Figure:
    return Figure(f"r{n}.f1", f"r{n}", "deaths", low, low, "people", "exact", authority, time, SPAN, SPAN, rule)


def day(text: str, until: str | None = None) -> Interval:
    return Interval(dt.date.fromisoformat(text), dt.date.fromisoformat(until or text))


def test_counts_of_one_authority_stand_in_the_order_of_their_days() -> None:
    found = [figure(1, 60, "The harbour office"), figure(2, 41, "harbour office"), figure(3, 70, "the port police")]
    days = {"r1.f1": (day("2026-05-09"), False), "r2.f1": (day("2026-05-02"), True)}
    office, police = find_series(found, days, ())
    assert [c.figure.low for c in office.counts] == [41, 60]
    assert [c.stated for c in office.counts] == [True, False]
    assert (police.authority, police.counts[0].days) == ("the port police", None)


def test_a_part_is_told_and_a_contradiction_is_with_both_series() -> None:
    tie = Tie("contradicts", "r2.f1", "r1.f1", 1.0)
    one, two = find_series([figure(1, 60, "A"), figure(2, 9, "B", rule="part")], {}, [tie])
    assert one.contradictions == two.contradictions == (tie,)
    assert [c.part for s in (one, two) for c in s.counts] == [False, True]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The harbour office", "harbour office", True),
        ("general secretary Ada Lund", "Ada Lund", True),
        ("the Seamen Council", "Seamen Council", True),
        ("officials in Port Anne", "residents of Port Anne", False),
        ("Norland’s Health Ministry", "Sudmark’s Health Ministry", False),
        (None, "the harbour office", False),
    ],
)
def test_an_authority_is_known_without_article_and_title(one: str | None, other: str, same: bool) -> None:
    assert (known_as(one) == known_as(other)) is same


@pytest.mark.parametrize(
    ("value", "days", "stated"),
    [
        ("2026-05-02", day("2026-05-02"), True),
        ("2026", day("2026-05-09"), False),
        ("2026-06-01", day("2026-05-09"), False),
        (None, day("2026-05-09"), False),
    ],
)
def test_a_count_holds_for_no_day_after_its_report(value: str | None, days: Interval, stated: bool) -> None:
    time = Time(SPAN, "DATE", value, None, "r") if value else None
    assert as_of(figure(1, 60, None, time=time), day("2026-05-09")) == (days, stated)


def test_nothing_dates_a_count_of_an_undated_report() -> None:
    assert as_of(figure(1, 60, None), None) == (None, False)
