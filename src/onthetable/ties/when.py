"""When what a sentence tells is said to have been, and for how long."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from onthetable import dates
from onthetable.model import Interval, Reading, Time
from onthetable.ties.names import Names
from onthetable.ties.numerals import Number, bounded, counted
from onthetable.ties.row import Row

PREPOSED = frozenset(
    [
        "by",
        "of",
        "from",
        "with",
        "to",
        "at",
        "against",
        "between",
        "for",
        "in",
        "on",
        "into",
        "among",
        "than",
        "towards",
    ]
)
_PERIOD = re.compile(r"P(\d+)([DWMY])$")
_DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}
_LONGEST = 62
"""Days of a time that tells one thing from another."""


@dataclass(frozen=True, slots=True)
class When:
    """Days and lengths of time of a row of words.

    `taken` are the places of words that tell them, `timed` those and the places of other words of time; `said` the days
    that stand beside the row in its sentence.
    """

    taken: frozenset[int]
    timed: frozenset[int]
    days: tuple[Interval, ...]
    said: tuple[Interval, ...]
    lengths: tuple[Number, ...]


def when(reading: Reading, row: Row, published: Interval | None, around: tuple[int, int], names: Names) -> When:
    """The times of a row of words; `around` are the offsets of the sentence that it is of."""
    taken, timed = set[int](), set[int]()
    days: list[Interval] = []
    said: list[Interval] = []
    lengths: list[Number] = []
    for t in _within(reading.times, around):
        inside = range(bisect_left(row.start, t.span.start), bisect_left(row.start, t.span.end))
        timed |= set(inside)
        if not inside:
            day = dates.interval(t, published) if published and t.type == "DATE" else None
            said += [day] if day and day.days == 1 else []
        elif t.type != "SET" and not _rate(row, inside):
            length = _length(t, row, inside, names)
            lengths += length
            if length or t.type != "DURATION":
                taken |= set(inside)
            if t.type != "DURATION" and not (
                t.type == "TIME" and t.shift and t.shift.kind == "offset" and not t.shift.count
            ):
                day = dates.interval(t, published) if published else None
                days += [day] if day and day.days <= _LONGEST else []
    return When(frozenset(taken), frozenset(timed), tuple(days), tuple(said), tuple(lengths))


def _within(times: Sequence[Time], around: tuple[int, int]) -> Sequence[Time]:
    first, last = (bisect_left(times, at, key=lambda t: t.span.start) for at in around)
    return times[first:last]


def _length(t: Time, row: Row, inside: range, names: Names) -> list[Number]:
    if t.type != "DURATION" or not t.value or not (m := _PERIOD.match(t.value)):
        return []
    low, high = bounded(row, inside[0], inside[-1] + 1, float(int(m[1]) * _DAYS[m[2]]))
    return [Number(low, high, "days", counted(row, inside[-1] + 1, names), inside[0])]


def _rate(row: Row, inside: range) -> bool:
    """Whether a length of time is that of a rate: "two days a year", "days off"."""
    first = inside[0]
    if row.at(inside[-1] + 1) == "off":
        return True
    if len(inside) != 2 or row.low[first] not in {"a", "an"} or not first:
        return False
    return row.low[first - 1] not in PREPOSED | {"after", "within", "before", "over", "least"}
