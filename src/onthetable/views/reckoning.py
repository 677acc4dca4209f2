"""Figures as they are shown: by measure, in one series for each authority, what is told most first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from onthetable.model import Count, Series
from onthetable.views.ledger import Ledger

_LOOSE = frozenset({"time length", "time limit", "time", "sum", "share", "offer"})
"""Names that say little of what is counted."""


@dataclass(frozen=True, slots=True)
class Told:
    """A measure with its series; `against` are the ids of the figures that another one contradicts."""

    name: str
    unit: str
    series: tuple[Series, ...]
    against: frozenset[str]

    @property
    def counts(self) -> tuple[Count, ...]:
        """All counts, series by series."""
        return tuple(c for s in self.series for c in s.counts)


def measures(ledger: Ledger, at: date | None) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """Measures with several figures, contradicted ones first and then those told most, and measures with one."""
    by_key = groupby(ledger.series(at), key=lambda s: (s.measure, s.unit))
    found = [_told(*key, tuple(series)) for key, series in by_key]
    several = [t for t in found if _compares(t)]
    several.sort(key=lambda t: (not t.against, t.name in _LOOSE, -len(t.counts)))
    return tuple(several), tuple(t for t in found if not _compares(t))


def _compares(told: Told) -> bool:
    """Whether there is something to compare: another number, authority or report."""
    return len({(c.figure.low, c.figure.high, c.figure.authority, c.figure.report) for c in told.counts}) > 1


def _told(name: str, unit: str, series: tuple[Series, ...]) -> Told:
    ids = {c.figure.id for s in series for c in s.counts}
    against = {i for s in series for t in s.contradictions for i in (t.source, t.target)}
    # Who is named first, and of those who counts most often.
    ordered = sorted(series, key=lambda s: (s.authority is None, -len(s.counts)))
    return Told(name, unit, tuple(ordered), frozenset(ids & against))


def steps(series: Series) -> tuple[tuple[Count, ...], ...]:
    """The counts of a series with those together that follow each other and say the same."""
    runs = groupby(series.counts, key=lambda c: (c.figure.low, c.figure.high, c.figure.qualifier, c.part))
    return tuple(tuple(run) for _, run in runs)
