"""Figures: each value in circulation once, by whose count, on one scale, with those that contradict it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from onthetable import model
from onthetable.model import Figure, Measure
from onthetable.views import anchors, charts, labels, svg
from onthetable.views.ledger import Ledger
from onthetable.views.reckoning import Told, measures

_SCALE = (8, 232)


@dataclass(frozen=True, slots=True)
class Count:
    """One value of a measure and the figures that give it; no bar where there is nothing to compare it with."""

    figures: tuple[Figure, ...]
    bar: svg.Bar | None
    against: tuple[Figure, ...]


class Figures:
    """Measures of which several figures are reported, and those of which there is one."""

    drawn: int | None = None
    """Counts of one authority that are drawn, the latest; None for all."""

    def __init__(self, ledger: Ledger, at: date | None) -> None:
        self.measures = ledger.figures(at)
        self._ledger = ledger
        self._told = {(t.name, t.unit): t for group in measures(ledger, at) for t in group}
        self._known = {f.id: f for m in self.measures for f in m.figures}

    @cached_property
    def several(self) -> tuple[Measure, ...]:
        """What more than one figure is reported for, contradicted ones first."""
        return tuple(sorted((m for m in self.measures if len(m.figures) > 1), key=lambda m: not m.contradictions))

    @cached_property
    def single(self) -> tuple[Measure, ...]:
        """What only one figure is reported for."""
        return tuple(m for m in self.measures if len(m.figures) == 1)

    def counts(self, measure: Measure) -> tuple[Count, ...]:
        """The values in circulation, each once."""
        axis = svg.numbers(measure.figures, *_SCALE)
        groups: dict[str, list[Figure]] = defaultdict(list)
        for f in measure.figures:
            groups[labels.figure(f)].append(f)
        against = self._against(measure)
        found = []
        for figures in groups.values():
            bar = svg.number_bar(axis, figures[0]) if axis and len(groups) > 1 else None
            others = {labels.figure(o): o for f in figures for o in against[f.id]}
            found.append(Count(tuple(figures), bar, tuple(others.values())))
        return tuple(found)

    def course(self, measure: Measure) -> charts.Course | None:
        """How the numbers of each authority went on, parts of others left out; None where all are of one day."""
        told = self._told[measure.name, measure.unit]
        first = -self.drawn if self.drawn else None
        groups = [(s.authority, [b for c in s.counts[first:] if (b := self._band(c, told))]) for s in told.series]
        return charts.course(groups, labels.UNNAMED)

    def _band(self, count: model.Count, told: Told) -> charts.Band | None:
        f = count.figure
        if count.days is None or count.part or (f.low is None and f.high is None):
            return None
        where = labels.report(self._ledger.report(f.report))
        against = f.id in told.against
        title = f"{labels.figure(f)}, {f.authority or labels.UNNAMED}, {labels.days(count)} ({where})"
        return charts.Band(
            count.days, f.low, f.high, f"#{anchors.evidence(f)}", title + (", contradicted" if against else ""), against
        )

    def _against(self, measure: Measure) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = defaultdict(list)
        for t in measure.contradictions:
            for one, other in ((t.source, t.target), (t.target, t.source)):
                if other in self._known:
                    found[one].append(self._known[other])
        return found
