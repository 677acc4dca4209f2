"""A claim as it is compared with others: what a move or a figure says, for which days, out of which story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from onthetable.lexicon import load
from onthetable.model import Interval, Span, Tie, TieKind
from onthetable.text import words

KEPT = 12
"""Earlier claims of a group that a later one is compared with."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A move or figure with the days it holds for (None: unknown) and the story that it comes from."""

    id: str
    report: str
    family: str
    days: Interval | None
    evidence: Span
    confidence: float

    @property
    def order(self) -> tuple[date, date, str, int, str]:
        """Earliest first, by the day on which it was out for sure; unknown days last."""
        days = self.days or Interval(date.max, date.max)
        return days.latest, days.earliest, self.report, self.evidence.start, self.id


class Stories:
    """From which story a claim comes: that of its report, or of the report that it was taken from."""

    def __init__(self, families: Iterable[Iterable[str]], relays: Iterable[Tie]) -> None:
        self._family = {i: min(group) for group in map(tuple, families) for i in group}
        self._taken: dict[str, list[tuple[Span, str]]] = defaultdict(list)
        for tie in relays:
            self._taken[tie.source].append((tie.evidence[0], tie.target))

    def of(self, report: str, evidence: Span) -> str:
        """The id that stands for the story."""
        origin = next((target for span, target in self._taken[report] if span.overlaps(evidence)), report)
        return self._family.get(origin, origin)


def link(kind: TieKind, later: Claim, earlier: Claim, score: float) -> Tie:
    """The tie from the later claim to the earlier one."""
    return Tie(kind, later.id, earlier.id, round(score, 3), (later.evidence, earlier.evidence))


def within(a: Claim, b: Claim, days: int) -> bool | None:
    """Whether the days of the two overlap or lie so many apart at most; None where either is unknown."""
    if a.report == b.report:
        return True
    if not a.days or not b.days:
        return None
    gap = max(a.days.earliest, b.days.earliest) - min(a.days.latest, b.days.latest)
    return gap.days <= days


def grouped(claims: Iterable[tuple[Hashable, Claim]]) -> Iterator[list[Any]]:
    """Claims of one key together, earliest first."""
    groups: dict[Hashable, list[Claim]] = defaultdict(list)
    for key, claim in claims:
        groups[key].append(claim)
    for group in groups.values():
        yield sorted(group, key=lambda c: c.order)


def bounds(low: float | None, high: float | None) -> tuple[float, float]:
    """Both bounds as numbers; one that is open is infinite."""
    return (float("-inf") if low is None else low), (float("inf") if high is None else high)


def exclude(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Whether no number is within both pairs of bounds."""
    return a[1] < b[0] or b[1] < a[0]


@lru_cache(4096)
def stems(text: str) -> frozenset[str]:
    """The longer words of a text by their first letters, so that their forms are one."""
    return frozenset(w[:5] for w in words(text) if len(w) > 3)


@cache
def ignored() -> str:
    """Words that say nothing about what a sentence is about."""
    return str(load("onthetable.ties", "copies.toml")["ignored"])


@cache
def data() -> dict[str, Any]:
    """The words of `claims.toml`."""
    return load("onthetable.ties", "claims.toml")


@cache
def listed(key: str) -> frozenset[str]:
    """The words of one list in `claims.toml`."""
    return frozenset(data()[key].split())
