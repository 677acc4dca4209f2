"""A finding as it is compared with others: what a statement, move, figure or event says, when, out of which story."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from onthetable.lexicon import load
from onthetable.model import Interval, Report, Span, Tie, TieKind
from onthetable.text import words
from onthetable.ties.bodies import Body
from onthetable.ties.copies import doubled
from onthetable.ties.saving import Part

KEPT = 12
"""Earlier claims of a group that a later one is compared with."""

Order = str
"""Where a finding stands among all of its kind; no two stand at one place."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement, move, figure or event with the days it holds for (None: unknown) and the story it comes from."""

    id: str
    report: str
    family: str
    days: Interval | None
    evidence: Span
    confidence: float

    @property
    def order(self) -> Order:
        """Earliest first, by the day on which it was out for sure; unknown days last."""
        return placed(self.id, self.report, self.evidence.start, self.days)


def placed(id: str, report: str, start: int, days: Interval | None) -> Order:
    """Where something stands whose report is of those days: by when it was out for sure, and could have been first."""
    last, first = (days.latest, days.earliest) if days else (date.max, date.max)
    return f"{last} {first} {report} {start:09} {id}"


def id_of(order: Order) -> str:
    """The id of the finding that stands there."""
    return order.split(" ", 4)[4]


class Stories(Part):
    """From which story a claim comes: that of its report, or of the report that it was taken from."""

    KEPT = ("_family", "_taken")

    def __init__(self, families: Iterable[Iterable[str]] = (), relays: Iterable[Tie] = ()) -> None:
        self._family: dict[str, str] = {}
        self._taken: dict[str, list[Tie]] = defaultdict(list)
        for group in families:
            self.put_family(tuple(group))
        for tie in relays:
            self._taken[tie.source].append(tie)

    def put_family(self, reports: Sequence[str]) -> set[str]:
        """These reports, and no others, tell one story; gives those of which the story has another id than before.

        The id of a story is that of one of its reports, the one by which most of them are known already.
        """
        known = Counter(self._family.get(i) for i in reports)
        first = max(reports, key=lambda i: (known[i], i == reports[0]))
        moved = {i for i in reports if self._family.get(i) != first}
        self._family |= dict.fromkeys(moved, first)
        return moved

    def put_relays(self, report: str, ties: Iterable[Tie]) -> Sequence[Tie]:
        """This is what a report has from others, and nothing else; gives what it had before."""
        before = self._taken.get(report, ())
        self._taken[report] = list(ties)
        return before

    def family(self, report: str) -> str:
        """The id that stands for the story of a report."""
        return self._family.get(report, report)

    def of(self, report: str, evidence: Span) -> str:
        """The id that stands for the story."""
        return self.family(self.taken_from(report, evidence))

    def taken_from(self, report: str, evidence: Span) -> str:
        """The report that the words come from in the end, by way of others where each passes them on; or this one."""
        seen: set[str] = set()
        while report not in seen:
            seen.add(report)
            taken = (t for t in self._taken.get(report, ()) if t.evidence[0].overlaps(evidence))
            tie = next((t for t in taken if t.target not in seen), None)
            if tie:
                report, evidence = tie.target, tie.evidence[-1]
        return report


class Doubles(Part):
    """Sentences that have a second wording beside them in their report."""

    KEPT = ("_pairs",)

    def __init__(self) -> None:
        self._pairs: dict[str, tuple[tuple[Span, Span], ...]] = {}

    def put(self, report: Report, body: Body | None = None) -> None:
        """Looks through a report; `body` is that already read."""
        if pairs := doubled(report, body):
            self._pairs[report.id] = pairs

    def of(self, finding: Finding) -> Iterator[tuple[str, int]]:
        """The pairs of sentences in one of which a finding stands, each as a key."""
        for n, pair in enumerate(self._pairs.get(finding.report, ())):
            if any(s.overlaps(finding.evidence) for s in pair):
                yield finding.report, n

    def apart(self, a: Finding, b: Finding) -> bool:
        """Whether one of the two stands in a sentence and the other in its second wording."""
        pairs = self._pairs.get(a.report, ()) if a.report == b.report else ()
        return any(
            (x.overlaps(a.evidence) and y.overlaps(b.evidence)) or (y.overlaps(a.evidence) and x.overlaps(b.evidence))
            for x, y in pairs
        )


def link(kind: TieKind, later: Finding, earlier: Finding, score: float) -> Tie:
    """The tie from the later claim to the earlier one."""
    return Tie(kind, later.id, earlier.id, round(score, 3), (later.evidence, earlier.evidence))


def within(a: Finding, b: Finding, days: int) -> bool | None:
    """Whether the days of the two overlap or lie so many apart at most; None where either is unknown."""
    if a.report == b.report:
        return True
    if not a.days or not b.days:
        return None
    gap = max(a.days.earliest, b.days.earliest) - min(a.days.latest, b.days.latest)
    return gap.days <= days


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
