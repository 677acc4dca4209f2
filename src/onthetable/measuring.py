"""Figures by what they count, with those that contradict one another. Pure functions over records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from onthetable.model import Figure, Measure, Tie


def measures(figures: Iterable[Figure], contradictions: Iterable[Tie]) -> tuple[Measure, ...]:
    """Figures by measure and unit, the most reported first; of the contradictions, each has those of its figures."""
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.measure, figure.unit].append(figure)
    key_of = {f.id: key for key, group in groups.items() for f in group}
    against: dict[tuple[str, str], dict[Tie, None]] = defaultdict(dict)
    for tie in contradictions:
        for end in (tie.source, tie.target):
            if end in key_of:
                against[key_of[end]][tie] = None
    found = (Measure(*key, tuple(group), tuple(against[key])) for key, group in groups.items())
    return tuple(sorted(found, key=lambda m: (-len(m.figures), m.name, m.unit)))
