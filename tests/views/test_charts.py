"""Courses of numbers: bounds as bands, one line for each authority."""

from __future__ import annotations

import pytest
from tests.talks import days

from onthetable.model import Interval
from onthetable.views import charts, svg


def band(low: float | None, high: float | None, when: Interval, against: bool = False) -> charts.Band:
    return charts.Band(when, low, high, "#e", "title", against)


def test_a_course_joins_what_one_authority_counts_and_nothing_that_nobody_answers_for() -> None:
    first, second = days("2026-03-03"), days("2026-03-10")
    course = charts.course(
        [("the port office", [band(40, None, first), band(55, 60, second)]), (None, [band(9, 9, first)])], "nobody"
    )
    assert course
    office, nobody = course.lines
    assert (office.sign, office.tone, nobody.sign, nobody.tone, nobody.name) == ("A", 0, "B", 4, "nobody")
    assert len(office.path.split()) == 2
    assert not nobody.path
    least, ranged = office.marks
    assert least.open_high
    assert least.bottom - least.top == charts.ARROW
    assert least.told == least.bottom
    assert not ranged.open_high
    assert ranged.top < ranged.told < ranged.bottom
    assert nobody.marks[0].bottom > least.bottom


def test_numbers_of_one_day_make_no_course() -> None:
    same = days("2026-03-03")
    assert charts.course([("A", [band(1, 1, same)]), ("B", [band(2, 2, same)])], "nobody") is None
    assert charts.course([], "nobody") is None


def test_days_that_are_hardly_known_are_not_joined() -> None:
    wide = days("2026-01-01", "2026-12-31")
    course = charts.course([("A", [band(1, 1, days("2026-03-03")), band(2, 2, wide)])], "nobody")
    assert course
    assert not course.lines[0].path


@pytest.mark.parametrize("known", [[5.0], [0.0], [0.0, 0.0], [1e9, 3e12], [0.1, 0.3], [-5.0, 5.0]])
def test_numbers_lie_on_their_axis_and_ticks_are_few_and_round(known: list[float]) -> None:
    axis = svg.scale(known, 176, 16)
    assert axis
    assert 1 <= len(axis.ticks) <= 5
    assert all(16 <= axis.at(n) <= 176 for n in known)


def test_numbers_without_end_make_no_axis() -> None:
    assert svg.scale([float("inf")], 176, 16) is None
    assert svg.scale([], 176, 16) is None
