"""How many reports there are, how many stories they tell, and from which days. Pure functions over records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from onthetable.model import Extent, Interval, Report

_Day = Callable[[str], Interval | None]
"""The days on which a report (id) can have been published."""
_Family = Callable[[str], tuple[str, ...]]
"""The reports that tell one story with a report (id)."""


def extent(reports: Sequence[Report], day: _Day, family: _Family) -> Extent:
    """What reports are, all together; the day of one is guessed where it carries no date and still has a day."""
    days = [d for r in reports if (d := day(r.id))]
    guessed = sum(r.dated is None and day(r.id) is not None for r in reports)
    whole = Interval(min(d.earliest for d in days), max(d.latest for d in days)) if days else None
    stories = len({family(r.id)[0] for r in reports})
    return Extent(len(reports), stories, len(reports) - len(days), guessed, whole)


def publication_days(reports: Iterable[Report], day: _Day) -> tuple[date, ...]:
    """The days by which reports were out for sure, each once."""
    return tuple(sorted({d.latest for r in reports if (d := day(r.id))}))


def story_days(reports: Iterable[Report], day: _Day, family: _Family) -> dict[str, Interval | None]:
    """The day of each report, or of the earliest one that tells the same story; a day goes before a stretch of days."""
    found: dict[str, Interval | None] = {}
    for group in {family(r.id) for r in reports}:
        days = (d for i in group if (d := day(i)))
        found |= dict.fromkeys(group, min(days, key=lambda d: (d.days > 1, d.latest, d.earliest), default=None))
    return found
