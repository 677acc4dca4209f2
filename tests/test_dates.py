from datetime import date

import pytest

from onthetable import dates
from onthetable.model import Interval, Shift, Span, Time

WEDNESDAY = date(2031, 3, 12)


def time(**shift) -> Time:
    return Time(Span(0, 1, "x"), "DATE", None, Shift(**shift), "test")


@pytest.mark.parametrize(
    ("shift", "value"),
    [
        ({"kind": "offset", "unit": "D", "count": -1}, "2031-03-11"),
        ({"kind": "offset", "unit": "D", "count": 0, "part": "TNI"}, "2031-03-12TNI"),
        ({"kind": "offset", "unit": "W", "count": -1}, "2031-W10"),
        ({"kind": "offset", "unit": "2W", "count": 1}, "2031-03-26"),
        ({"kind": "offset", "unit": "M", "count": -1}, "2031-02"),
        ({"kind": "offset", "unit": "M", "count": -3}, "2030-12"),
        ({"kind": "offset", "unit": "M", "count": -1, "day": 5}, "2031-02-05"),
        ({"kind": "offset", "unit": "Q", "count": -1}, "2030-Q4"),
        ({"kind": "offset", "unit": "Y", "count": 1}, "2032"),
        ({"kind": "offset", "unit": "E", "count": -1}, "202"),
        ({"kind": "offset", "unit": "WE", "count": 0, "toward": "past"}, "2031-W10-WE"),
        ({"kind": "offset", "unit": "WE", "count": 0, "toward": "future"}, "2031-W11-WE"),
        ({"kind": "weekday", "weekday": 2}, "2031-03-12"),
        ({"kind": "weekday", "weekday": 4}, "2031-03-07"),
        ({"kind": "weekday", "weekday": 4, "toward": "future"}, "2031-03-14"),
        ({"kind": "weekday", "weekday": 2, "count": -1}, "2031-03-05"),
        ({"kind": "weekday", "weekday": 3, "unit": "W", "count": 1}, "2031-03-20"),
        ({"kind": "calendar", "month": 2}, "2031-02"),
        ({"kind": "calendar", "month": 11}, "2030-11"),
        ({"kind": "calendar", "month": 5, "day": 3, "toward": "future"}, "2031-05-03"),
        ({"kind": "calendar", "month": 1, "toward": "future"}, "2032-01"),
        ({"kind": "calendar", "month": 9, "count": -1}, "2030-09"),
        ({"kind": "calendar", "month": 9, "unit": "Y"}, "2031-09"),
        ({"kind": "calendar", "part": "Q1"}, "2031-Q1"),
        ({"kind": "calendar", "part": "SU", "count": -1}, "2030-SU"),
    ],
)
def test_a_shift_gives_a_value_that_stays_as_partial_as_it_is(shift: dict[str, object], value: str) -> None:
    assert dates.value(time(**shift), WEDNESDAY) == value


def test_a_fixed_value_needs_no_day() -> None:
    fixed = Time(Span(0, 4, "2019"), "DATE", "2019", None, "year")
    assert dates.value(fixed, WEDNESDAY) == "2019"


@pytest.mark.parametrize(("year", "day"), [(1818, "1818-03-22"), (2000, "2000-04-23"), (2038, "2038-04-25")])
def test_easter_of_a_year(year: int, day: str) -> None:
    assert dates.feast("EASTER", year).isoformat() == day


@pytest.mark.parametrize(
    ("name", "day"),
    [("MEMORIAL", "2032-05-31"), ("LABOR", "2031-09-01"), ("COLUMBUS", "2031-10-13"), ("THANKSGIVING", "2031-11-27")],
)
def test_a_holiday_on_the_nth_weekday_of_a_month(name: str, day: str) -> None:
    assert dates.feast(name, int(day[:4])).isoformat() == day


def test_a_value_that_is_missing_has_a_reason() -> None:
    leap = time(kind="calendar", month=2, day=29, unit="Y")
    assert dates.reason(leap, WEDNESDAY) == "no such day in the calendar"
    assert dates.reason(leap, date(2032, 3, 1)) is None
    assert "not known" in (dates.reason(leap, None) or "")


def test_what_falls_outside_the_calendar_is_unknown() -> None:
    assert dates.value(time(kind="offset", unit="Y", count=-9000), WEDNESDAY) is None
    assert dates.value(time(kind="offset", unit="D", count=10**9), WEDNESDAY) is None


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2031-03-12", (2031, 3, 12), (2031, 3, 12)),
        ("2031-03-12TMO", (2031, 3, 12), (2031, 3, 12)),
        ("2032-02", (2032, 2, 1), (2032, 2, 29)),
        ("2031", (2031, 1, 1), (2031, 12, 31)),
        ("203", (2030, 1, 1), (2039, 12, 31)),
        ("2031-W10", (2031, 3, 3), (2031, 3, 9)),
        ("2031-W10-WE", (2031, 3, 8), (2031, 3, 9)),
        ("2031-Q4", (2031, 10, 1), (2031, 12, 31)),
        ("2031-H2", (2031, 7, 1), (2031, 12, 31)),
        ("2031-WI", (2031, 12, 1), (2032, 2, 29)),
    ],
)
def test_the_days_of_a_value(value: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert dates.days(value) == Interval(date(*first), date(*last))


@pytest.mark.parametrize("value", ["P6W", "PAST_REF", "XXXX-WXX-2", "2031-02-31", "2031-W60", "2031-13", ""])
def test_what_names_no_days_has_none(value: str) -> None:
    assert dates.days(value) is None


def test_an_interval_holds_every_day_that_a_time_can_mean() -> None:
    week = Interval(date(2031, 3, 10), date(2031, 3, 16))
    friday = time(kind="weekday", weekday=4)
    assert dates.interval(friday, week) == Interval(date(2031, 3, 7), date(2031, 3, 14))
    months = Interval(date(2031, 1, 20), date(2031, 3, 2))
    last_month = time(kind="offset", unit="M", count=-1)
    assert dates.interval(last_month, months) == Interval(date(2030, 12, 1), date(2031, 2, 28))


def test_a_length_is_no_interval() -> None:
    length = Time(Span(0, 8, "two days"), "DURATION", "P2D", None, "length")
    assert dates.interval(length, Interval(WEDNESDAY, WEDNESDAY)) is None
