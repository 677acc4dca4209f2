"""When an undated report was published, from what it says itself.

Every cue is a likelihood over days (`likelihoods`). Their product over the days of the case, its smallest
stretch with `MASS` of the weight, is the interval. Each cue is kept as a reason with its words; one that fits
no day of the interval is kept too, and named as a conflict.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from onthetable.case import Case
from onthetable.model import Basis, Interval, Published, Reading, Report
from onthetable.ties import likelihoods as like
from onthetable.ties.beside import Beside, toll
from onthetable.ties.timecues import Cue, find_cues

MASS = 0.9
"""The share of the likelihood that an interval holds."""
CLOSE = 16
"""Reports dated to so many days or fewer help to date others."""
YEAR = 400
"""A report that its own words place in so many days needs no other one to tell the year."""
ROUNDS = 3
"""How often reports that were dated from others may help to date further ones."""
WIDEST = 3653
"""An interval of more days says nothing: ten years."""
_TAIL = 730
"""Days after the last anchor of a case that still come into question."""
_GONE = 25.0
"""Days so much less likely than the best, as a natural logarithm, are dropped."""


def date_reports(readings: Sequence[Reading], case: Case) -> dict[str, Published]:
    """The publication interval of each report that anything bounds, by the report's id, with the reasons.

    A report with a date of its own has that day. One that nothing bounds from both sides is absent: unknown
    is no guess. A report that shares quotations with one that is dated, or names the same people and lacks
    only its year, leans on it; so does one whose count of the dead lies between those of others.
    """
    cues = {r.report.id: find_cues(r, case) for r in readings}
    found: dict[str, Published] = {}
    for r in readings:
        if r.report.dated:
            found[r.report.id] = _dated(r.report, r.report.dated, cues[r.report.id])
        elif published := _weighed(cues[r.report.id], case):
            found[r.report.id] = published
    alone = dict(found)
    for _ in range(ROUNDS):
        fresh = _leaning(readings, case, cues, found, alone)
        if all(found.get(i) == p for i, p in fresh.items()):
            break
        found.update(fresh)
    return found


def _leaning(
    readings: Sequence[Reading],
    case: Case,
    cues: dict[str, list[Cue]],
    found: dict[str, Published],
    alone: dict[str, Published],
) -> dict[str, Published]:
    """New intervals for reports without a close one, from those that have one; `alone` is what each says by itself."""
    close = [r for r in readings if r.report.id in found and found[r.report.id].interval.days <= CLOSE]
    beside = Beside(close, found)
    tolls = _Tolls(readings, found) if case.start else None
    fresh: dict[str, Published] = {}
    for r in readings:
        own = cues[r.report.id]
        known = found.get(r.report.id)
        if known and known.interval.days <= CLOSE:
            continue
        own_days = alone.get(r.report.id)
        # Talks may go on for years: what a report itself says of the world outweighs who it is about.
        year_known = bool(own_days and (own_days.interval.days <= YEAR or not case.anchors))
        more = [*_from_beside(r, own, beside, year_known=year_known), *(tolls.cues(r) if tolls else ())]
        published = _weighed([*own, *more], case) if more else None
        if published:
            fresh[r.report.id] = published
    return fresh


# --- from cues to an interval -----------------------------------------------------------------------------


def _dated(report: Report, day: date, cues: list[Cue]) -> Published:
    reasons = [Basis(report.dated_by, f"dated {day.isoformat()}" + ("" if report.dated_by else " by the page"))]
    reasons += [_conflict(c.basis) for c in cues if c.bounds and c.weigh(day) < c.misfit]
    return Published(Interval(day, day), tuple(reasons))


def _weighed(cues: Sequence[Cue], case: Case) -> Published | None:
    """The smallest interval with `MASS` of the product of all cues; None if no cue bounds it."""
    bounded = any(c.bounds or (c.partial and case.start) for c in cues)
    days = _window(cues, case) if bounded else []
    if not days:
        return None
    logs = dict.fromkeys(days, 0.0)
    for c in sorted(cues, key=lambda c: not c.bounds):
        for day in logs:
            logs[day] += c.force * math.log(c.weigh(day))
        # What is out of the question already need not be asked about further.
        least = max(logs.values()) - _GONE
        logs = {day: x for day, x in logs.items() if x >= least}
    top = max(logs.values())
    weights = [math.exp(logs[d] - top) if d in logs else 0.0 for d in days]
    first, last = _with_alike(weights, *_smallest(weights, MASS))
    held = days[first : last + 1]
    if len(held) > WIDEST:
        return None
    reasons = (c.basis if max(map(c.weigh, held)) >= c.misfit else _conflict(c.basis) for c in cues)
    return Published(Interval(held[0], held[-1]), tuple(reasons))


def _conflict(basis: Basis) -> Basis:
    return replace(basis, says=f"{basis.says} (conflict: does not fit the other reasons)")


def _window(cues: Sequence[Cue], case: Case) -> list[date]:
    """The days that come into question: those of the case, or those around the days that cues bring in."""
    known = [d for a in case.anchors for d in (a.date, a.end) if d] + ([case.start] if case.start else [])
    given = [d for c in cues for d in (c.at, c.to) if d and (c.bounds or not known) and not (known and c.to)]
    if not known and not given:
        return []
    first = min(known) - timedelta(days=30) if known else min(given) - timedelta(days=400)
    first = min([first, *given])
    last = max([*known, *given]) + timedelta(days=_TAIL)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _smallest(weights: list[float], mass: float) -> tuple[int, int]:
    """The first and last index of the shortest run with that share of the weight."""
    want = mass * math.fsum(weights)
    best = (0, len(weights) - 1)
    first, held = 0, 0.0
    for last, w in enumerate(weights):
        held += w
        while first < last and held - weights[first] >= want:
            held -= weights[first]
            first += 1
        if held >= want and last - first < best[1] - best[0]:
            best = (first, last)
    return best


def _with_alike(weights: list[float], first: int, last: int) -> tuple[int, int]:
    """The run with the weeks beside it that are as likely as its own: where all days are alike, none is cut off."""
    least = 0.4 * 7 * math.fsum(weights[first : last + 1]) / (last + 1 - first)
    while first > 0 and math.fsum(weights[max(0, first - 7) : first]) >= least:
        first = max(0, first - 7)
    while last + 1 < len(weights) and math.fsum(weights[last + 1 : last + 8]) >= least:
        last = min(len(weights) - 1, last + 7)
    while weights[first] < least / 70:
        first += 1
    while weights[last] < least / 70:
        last -= 1
    return first, last


# --- from other reports -----------------------------------------------------------------------------------


def _from_beside(reading: Reading, own: Sequence[Cue], beside: Beside, *, year_known: bool) -> Iterator[Cue]:
    """Shared quotations date closely; shared names help only where a day or month lacks nothing but its year."""
    if news := beside.same_news(reading):
        other, count, span, when = news
        says = f"shares {count} quotations with report {other}, published {_said(when)}"
        yield Cue(Basis(span, says), like.near(when, 2), True, at=when.earliest)
    elif not year_known and any(c.partial for c in own) and (talks := beside.same_talks(reading)):
        other, when = talks
        says = f"names the same people and places as report {other}, published {_said(when)}"
        yield Cue(Basis(None, says), like.near(when, 60), True, at=when.earliest)


_NEIGHBOURS = 100
"""So many reports with the next lower and the next higher counts are looked at."""


class _Tolls:
    """Counts of the dead, which only grow: a report stands between those with a lower and a higher one."""

    def __init__(self, readings: Sequence[Reading], found: dict[str, Published]) -> None:
        self._of = {r.report.id: t for r in readings if (t := toll(r.report.text))}
        self._known = sorted((self._of[i][1], i, found[i].interval) for i in self._of if i in found)
        self._counts = [k[0] for k in self._known]

    def cues(self, reading: Reading) -> Iterator[Cue]:
        """At most two: not before the closest lower count, not after the closest higher one."""
        here = self._of.get(reading.report.id)
        if not here:
            return
        span, count = here
        # Counts further away than threefold are of something else.
        i, j = bisect_left(self._counts, count / 3), bisect_left(self._counts, count * 0.98)
        below = self._known[max(i, j - _NEIGHBOURS) : j]
        i, j = bisect_right(self._counts, count * 1.02), bisect_right(self._counts, count * 3)
        above = self._known[i : min(j, i + _NEIGHBOURS)]
        if below:
            n, other, when = max(below, key=lambda k: (k[2].earliest, k[1]))
            says = f"more dead than the {n:,} of report {other}, published {_said(when)}"
            yield Cue(Basis(span, says), like.after(when.earliest, _doubt(count, n)))
        if above:
            n, other, when = min(above, key=lambda k: (k[2].latest, k[1]))
            says = f"fewer dead than the {n:,} of report {other}, published {_said(when)}"
            yield Cue(Basis(span, says), like.before(when.latest, _doubt(count, n)))


def _doubt(one: int, other: int) -> float:
    """How likely two counts are not of the same: close ones mostly are."""
    return 0.01 if max(one, other) < 1.5 * min(one, other) else 0.05


def _said(interval: Interval) -> str:
    first, last = interval.earliest.isoformat(), interval.latest.isoformat()
    return first if first == last else f"{first} to {last}"
