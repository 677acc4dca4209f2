"""Calendar arithmetic: TIMEX3 values, and the days that they stand for.

Values are those of ISO-TimeML: "2024-05-27", "2024-05", "2024", "202" (a decade), "20" (a century),
"2024-W22", "2024-W22-WE", "2024-Q2", "2024-H1", "2024-SU"; a part of the day follows after "T".
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from onthetable.model import Interval, Shift, Time

_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
_YEARS = {"Y": 1, "E": 10, "C": 100}
_DAYS = {"D": 1, "W": 7, "2W": 14}


def value(time: Time, day: date) -> str | None:
    """The TIMEX3 value of a time in a document of that day; a partial date stays partial ("2024-05").

    A bare weekday is the document's own day or the last one before it, unless the tense points ahead; a
    month without its year is the nearest that the tense allows, the past where it says nothing.
    None where the value would fall outside the calendar.
    """
    if time.shift is None:
        return time.value
    try:
        return _shifted(time.shift, day)
    except (OverflowError, ValueError):
        return None


def reason(time: Time, day: date | None) -> str | None:
    """Why a time has no value in a document of that day, in words; None where it has one."""
    if (value(time, day) if day else time.value) is not None:
        return None
    if time.shift is not None and day is None:
        return "depends on the day of the report, which is not known"
    if time.rule == "other-calendar":
        return "a day of a calendar that is not converted"
    return "no such day in the calendar"


def _shifted(shift: Shift, day: date) -> str:
    if shift.kind == "weekday":
        return weekday(shift, day).isoformat() + (shift.part or "")
    if shift.kind == "calendar":
        return _calendar(shift, day)
    return _offset(shift, day)


def weekday(shift: Shift, day: date) -> date:
    """The day that a weekday names in a document of `day`."""
    number = shift.weekday or 0
    if shift.unit == "W":
        return monday(day) + timedelta(weeks=shift.count, days=number)
    back = (day.weekday() - number) % 7
    if shift.count < 0:
        return day - timedelta(days=back or 7)
    if shift.count > 0 or (shift.toward == "future" and back):
        return day + timedelta(days=7 - back)
    return day - timedelta(days=back)


def monday(day: date) -> date:
    """The first day of the ISO week."""
    return day - timedelta(days=day.weekday())


def months_after(day: date, months: int) -> date:
    """The same day so many months later (earlier if negative), or the last of that month."""
    n = day.year * 12 + day.month - 1 + months
    year, month = n // 12, n % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _calendar(shift: Shift, day: date) -> str:
    if shift.part in _FEASTS:
        return _feast(shift, day).isoformat()
    if shift.month is None:
        return _part_of_year(shift, day)
    year = _nearest_year(shift, day)
    if shift.day is None:
        return f"{year:04}-{shift.month:02}"
    return date(year, shift.month, shift.day).isoformat() + (shift.part or "")


def _feast(shift: Shift, day: date) -> date:
    """A movable feast: the year follows the rules for fixed days, `shift.day` counts days from the feast."""
    here = feast(shift.part or "", day.year, shift.day or 0)
    return feast(shift.part or "", _nearest_year(replace(shift, month=here.month, day=here.day), day), shift.day or 0)


def feast(name: str, year: int, days: int = 0) -> date:
    """The day of "EASTER" (Gregorian) or an American holiday ("THANKSGIVING") in a year, or so many days from it."""
    return _FEASTS[name](year) + timedelta(days=days)


def _easter(year: int) -> date:
    """Meeus, Astronomical Algorithms (1991), chapter 8: the anonymous Gregorian computus."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    leap = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + leap - 7 * ((a + 11 * h + 22 * leap) // 451) + 114, 31)
    return date(year, month, day + 1)


def _from(month: int, day: int, weekday: int) -> Callable[[int], date]:
    """The first such weekday (Monday is 0) on or after a day of the year."""
    return lambda year: date(year, month, day) + timedelta(days=(weekday - date(year, month, day).weekday()) % 7)


_FEASTS = {
    "EASTER": _easter,
    # American holidays (5 U.S.C. 6103): the last Monday of May, the first of September, the second of October,
    # the fourth Thursday of November.
    "MEMORIAL": _from(5, 25, 0),
    "LABOR": _from(9, 1, 0),
    "COLUMBUS": _from(10, 8, 0),
    "THANKSGIVING": _from(11, 22, 3),
}


def _nearest_year(shift: Shift, day: date) -> int:
    if shift.unit == "Y":
        return day.year + shift.count
    here, there = (day.month, day.day), (shift.month or 1, shift.day or day.day)
    if shift.count < 0:
        return day.year - (there[0] >= here[0])
    if shift.count > 0:
        return day.year + (there <= here)
    ahead = (there[0] - here[0]) % 12
    if shift.toward == "future":
        return day.year + (there < here)
    # Undecided by tense: what lies close ahead is more likely announced than eleven months old.
    limit = 1 if shift.toward == "past" else 5
    if there > here:
        return day.year if ahead <= limit else day.year - 1
    return day.year + 1 if 0 < ahead <= (0 if shift.toward == "past" else 3) else day.year


def _part_of_year(shift: Shift, day: date) -> str:
    part = shift.part or ""
    year = day.year + shift.count
    if part[0] == "Q":
        current = (day.month - 1) // 3 + 1
        if shift.count == 0 and shift.toward != "future" and int(part[1]) > current + 1:
            year -= 1
    elif part in _SEASONS:
        first = _SEASONS[part][0]
        year = day.year
        if shift.count < 0:
            year -= day.month <= _SEASONS[part][1] or first > day.month
        elif shift.count > 0:
            year += first <= day.month
        elif first > day.month and shift.toward == "past":
            year -= 1
    return f"{year}-{part}"


def _offset(shift: Shift, day: date) -> str:
    unit, n = shift.unit or "D", shift.count
    if unit.startswith("T"):
        return day.isoformat()
    if unit in ("D", "2W"):
        return (day + timedelta(days=n * _DAYS[unit])).isoformat() + (shift.part or "")
    if unit in ("W", "WE"):
        if unit == "WE" and n == 0 and day.weekday() < 5 and shift.toward != "future":
            n = -1  # "over the weekend", read on a working day, is the one that is over
        year, week, _ = (day + timedelta(weeks=n)).isocalendar()
        return f"{year}-W{week:02}" + ("-WE" if unit == "WE" else "")
    if unit == "M":
        first = months_after(day.replace(day=1), n)
        return first.replace(day=shift.day).isoformat() if shift.day else first.isoformat()[:7]
    if unit == "Q":
        there = months_after(day.replace(day=1), 3 * n)
        return f"{there.year}-Q{(there.month - 1) // 3 + 1}"
    year = day.year + n * _YEARS[unit]
    if not 1 <= year <= 9999:
        raise ValueError("outside the calendar")
    return f"{year:04}"[: {"Y": 4, "E": 3, "C": 2}[unit]]


def days(value: str) -> Interval | None:
    """The days that a TIMEX3 DATE or TIME value stands for; None for any other ("P6W", "PAST_REF", "XXXX-05")."""
    try:
        return _days(value.split("T")[0])
    except (ValueError, OverflowError):
        return None


def _days(value: str) -> Interval | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        day = date.fromisoformat(value)
        return Interval(day, day)
    if m := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return _months(int(m[1]), int(m[2]), 1)
    if m := re.fullmatch(r"(\d{2,4})", value):
        year, wide = int(value.ljust(4, "0")), 10 ** (4 - len(value))
        return Interval(date(max(year, 1), 1, 1), date(year + wide - 1, 12, 31))
    if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        first = date.fromisocalendar(int(m[1]), int(m[2]), 6 if m[3] else 1)
        return Interval(first, first + timedelta(days=1 if m[3] else 6))
    if m := re.fullmatch(r"(\d{4})-([QH])(\d)", value):
        size = 3 if m[2] == "Q" else 6
        return _months(int(m[1]), (int(m[3]) - 1) * size + 1, size)
    if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return _months(int(m[1]), _SEASONS[m[2]][0], 3)
    return None


def _months(year: int, month: int, count: int) -> Interval:
    first = date(year, month, 1)
    return Interval(first, months_after(first, count) - timedelta(days=1))


def interval(time: Time, published: Interval) -> Interval | None:
    """The days that a time can mean in a document published on one of the days of `published`.

    None for lengths, sets and references that name no days ("recently").
    """
    if time.type not in ("DATE", "TIME"):
        return None
    ends = [value(time, day) for day in _turning_points(time, published)]
    spans = [s for s in (days(v) for v in ends if v) if s]
    if not spans:
        return None
    return Interval(min(s.earliest for s in spans), max(s.latest for s in spans))


def _turning_points(time: Time, published: Interval) -> list[date]:
    """The days of publication that matter: the ends, and for what recurs every day of a week and year between."""
    if time.shift is None:
        return [published.earliest]
    ends = {published.earliest, published.latest}
    if time.shift.kind == "weekday":
        ends |= {published.earliest + timedelta(days=n) for n in range(min(published.days, 7))}
        ends |= {published.latest - timedelta(days=n) for n in range(min(published.days, 7))}
    elif time.shift.kind == "calendar":
        first = published.earliest.replace(day=1)
        ends |= {d for n in range(1, min(published.days // 28 + 2, 1200))
                 if (d := months_after(first, n)) <= published.latest}  # fmt: skip
    return sorted(ends)
