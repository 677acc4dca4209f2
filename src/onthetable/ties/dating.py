"""When an undated report was published, from what it says itself.

Every cue is a likelihood over days (`likelihoods`). Their product over the days of the case, its smallest
stretch with `MASS` of the weight, is the interval. Each cue is kept as a reason with its words; one that fits
no day of the interval is kept too, and named as a conflict.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from onthetable.case import Case
from onthetable.model import Basis, Interval, Published, Reading, Report, Span
from onthetable.ties import likelihoods as like
from onthetable.ties.beside import Beside, keys_of, quotations, toll
from onthetable.ties.cue import Cue
from onthetable.ties.saving import Part
from onthetable.ties.timecues import find_cues

MASS = 0.9
"""The share of the likelihood that an interval holds."""
CLOSE = 16
"""Reports dated to so many days or fewer help to date others."""
YEAR = 400
"""A report that its own words place in so many days needs no other one to tell the year."""
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
    only its year, leans on it; so does one whose count of the dead lies between those of others. On what a report
    says of its own day others lean, never on what it has from others.
    """
    dating = Dating(case)
    dating.put(readings)
    return dating.published


class Dating(Part):
    """When reports were published; one more may come at any time, and others lean on it then.

    `published` is by the id of the report, as `date_reports` gives it for all of them at once.
    """

    KEPT = ("_alone", "_open", "_beside", "_tolls", "_leaning", "_tolled", "_by_key", "published")

    def __init__(self, case: Case) -> None:
        self._case = case
        self._alone: dict[str, Published] = {}
        self._open: dict[str, Reading] = {}
        self._cues: dict[str, list[Cue]] = {}
        self._beside = Beside()
        self._tolls = _Tolls()
        self._leaning: dict[str, tuple[Basis, ...]] = {}
        self._tolled: dict[str, tuple[Basis, ...]] = {}
        self._by_key: dict[str, set[str]] = defaultdict(set)
        self.published: dict[str, Published] = {}

    def put(self, readings: Iterable[Reading]) -> set[str]:
        """Adds reports, in the place of those of the same ids; gives the ids of those whose days are other ones now."""
        before: dict[str, Interval | None] = {}
        due: set[str] = set()
        tolls: list[_Counts] = []
        for r in readings:
            tolls += self._tolls.drop(r.report.id)
            due |= self._take_out(r, before)
            due |= self._add(r)
            alone = self._alone.get(r.report.id)
            if self._case.start:
                tolls += self._tolls.put(r.report, alone.interval if alone else None)
        if tolls:
            low, high = min(a for a, _ in tolls), max(b for _, b in tolls)
            beside = (i for i in self._open if low <= self._tolls.count(i) <= high)
            due |= {i for i in beside if self._by_toll(self._open[i]) != self._tolled.get(i)}
        for id in due & self._open.keys():
            before.setdefault(id, self._days(id))
            self._lean(id)
        for id in due & self._open.keys():
            for key in self._leans_on(id):
                self._by_key[key].add(id)
        return {id for id, was in before.items() if self._days(id) != was}

    def _by_toll(self, reading: Reading) -> tuple[Basis, ...]:
        return tuple(c.basis for c in self._tolls.cues(reading))

    def _leans_on(self, id: str) -> Iterable[str]:
        """What an open report shares with others that it may lean on."""
        report = self._open[id].report
        return keys_of(report) if self._lacks_year(id) else quotations(report.text)

    def _lacks_year(self, id: str) -> bool:
        """Whether only the year is lacking; else who a report is about says nothing, since talks go on for years."""
        own_days = self._alone.get(id)
        known = own_days and (own_days.interval.days <= YEAR or not self._case.anchors)
        return not known and any(c.partial for c in self._cues[id])

    def _days(self, id: str) -> Interval | None:
        known = self.published.get(id)
        return known.interval if known else None

    def _add(self, reading: Reading) -> set[str]:
        """Adds one; gives the ids of the open reports that may lean otherwise now, and its own if it is open."""
        id, report = reading.report.id, reading.report
        cues = find_cues(reading, self._case)
        alone = _dated(report, report.dated, cues) if report.dated else _weighed(cues, self._case)
        due: set[str] = set()
        if alone:
            self._alone[id] = self.published[id] = alone
        else:
            self.published.pop(id, None)
        if alone and alone.interval.days <= CLOSE:
            due |= self._sharing(self._beside.put(report, alone.interval))
        else:
            self._open[id], self._cues[id] = reading, cues
            due.add(id)
        return due

    def _take_out(self, reading: Reading, before: dict[str, Interval | None]) -> set[str]:
        """Forgets an earlier reading of the same report."""
        id = reading.report.id
        before.setdefault(id, self._days(id))
        due = self._sharing(self._beside.drop(reading.report)) if id in self._alone and id not in self._open else set()
        for known in (self._alone, self._open, self._cues, self._leaning, self._tolled):
            known.pop(id, None)
        return due

    def _sharing(self, keys: Iterable[str]) -> set[str]:
        return {i for key in keys for i in self._by_key.get(key, ())}

    def _lean(self, id: str) -> None:
        """Dates an open report by what others say as well."""
        reading = self._open[id]
        if id not in self._cues:
            self._cues[id] = find_cues(reading, self._case)
        cues = self._cues[id]
        tolls = list(self._tolls.cues(reading))
        self._tolled[id] = tuple(c.basis for c in tolls)
        more = [*_from_beside(reading, self._beside, names=self._lacks_year(id)), *tolls]
        told = tuple(c.basis for c in more)
        if told == self._leaning.get(id, ()):
            return
        self._leaning[id] = told
        published = _weighed([*cues, *more], self._case) if more else None
        if published or id in self._alone:
            self.published[id] = published or self._alone[id]
        else:
            self.published.pop(id, None)


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


def _from_beside(reading: Reading, beside: Beside, *, names: bool) -> Iterator[Cue]:
    """Shared quotations date closely; shared names help only where a day or month lacks nothing but its year."""
    if news := beside.same_news(reading):
        other, count, span, when = news
        says = f"shares {count} quotations with report {other}, published {_said(when)}"
        yield Cue(Basis(span, says), like.near(when, 2), True, at=when.earliest)
    elif names and (talks := beside.same_talks(reading)):
        other, when = talks
        says = f"names the same people and places as report {other}, published {_said(when)}"
        yield Cue(Basis(None, says), like.near(when, 60), True, at=when.earliest)


_NEIGHBOURS = 100
"""So many reports with the next lower and the next higher counts are looked at."""
BELOW, ABOVE = 0.98, 1.02
"""What a count has to be multiplied by to be a lower or a higher one."""
_Counts = tuple[float, float]


class _Tolls(Part):
    """Counts of the dead, which only grow: a report stands between those with a lower and a higher one."""

    KEPT = ("_of", "_known")

    def __init__(self) -> None:
        self._of: dict[str, tuple[Span, int]] = {}
        self._known: list[tuple[int, str, Interval]] = []

    def count(self, id: str) -> int:
        """The count of a report, 0 if it has none."""
        return self._of[id][1] if id in self._of else 0

    def put(self, report: Report, when: Interval | None) -> Sequence[_Counts]:
        """Adds a report; gives between which counts others may stand beside it now, if any may."""
        found = toll(report.text)
        if found:
            self._of[report.id] = found
        if not found or not when:
            return ()
        insort(self._known, (found[1], report.id, when), key=_counted)
        return (self._beside(bisect_left(self._known, (found[1], report.id), key=_counted)),)

    def drop(self, id: str) -> Sequence[_Counts]:
        """Takes a report out; gives between which counts others may have stood beside it, if any may."""
        found = self._of.pop(id, None)
        at = bisect_left(self._known, (found[1], id), key=_counted) if found else len(self._known)
        if at == len(self._known) or self._known[at][1] != id:
            return ()
        counts = self._beside(at)
        del self._known[at]
        return (counts,)

    def _beside(self, at: int) -> _Counts:
        """Between which counts others look at the one that stands there."""
        low = self._known[at - _NEIGHBOURS][0] if at >= _NEIGHBOURS else 0
        high = self._known[at + _NEIGHBOURS][0] if at + _NEIGHBOURS < len(self._known) else math.inf
        return max(1, low / ABOVE - 1), high / BELOW + 1

    def cues(self, reading: Reading) -> Iterator[Cue]:
        """At most two: not before the closest lower count, not after the closest higher one."""
        here = self._of.get(reading.report.id)
        if not here:
            return
        span, count = here
        # Counts further away than threefold are of something else.
        i, j = self._from(count / 3), self._from(count * BELOW)
        below = self._known[max(i, j - _NEIGHBOURS) : j]
        i, j = self._beyond(count * ABOVE), self._beyond(count * 3)
        above = self._known[i : min(j, i + _NEIGHBOURS)]
        if below:
            n, other, when = max(below, key=lambda k: (k[2].earliest, k[1]))
            says = f"more dead than the {n:,} of report {other}, published {_said(when)}"
            yield Cue(Basis(span, says), like.after(when.earliest, _doubt(count, n)))
        if above:
            n, other, when = min(above, key=lambda k: (k[2].latest, k[1]))
            says = f"fewer dead than the {n:,} of report {other}, published {_said(when)}"
            yield Cue(Basis(span, says), like.before(when.latest, _doubt(count, n)))

    def _from(self, count: float) -> int:
        return bisect_left(self._known, count, key=lambda k: k[0])

    def _beyond(self, count: float) -> int:
        return bisect_right(self._known, count, key=lambda k: k[0])


def _counted(known: tuple[int, str, Interval]) -> tuple[int, str]:
    return known[:2]


def _doubt(one: int, other: int) -> float:
    """How likely two counts are not of the same: close ones mostly are."""
    return 0.01 if max(one, other) < 1.5 * min(one, other) else 0.05


def _said(interval: Interval) -> str:
    first, last = interval.earliest.isoformat(), interval.latest.isoformat()
    return first if first == last else f"{first} to {last}"
