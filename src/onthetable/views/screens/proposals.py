"""Proposals: the packages of each side, term by term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from onthetable.model import Term
from onthetable.views.ledger import Ledger
from onthetable.views.packages import Package, packages

SIDE_BY_SIDE = 8
"""How many packages one table can hold and still be read."""


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term: what each package has of it, and how that differs from an earlier package."""

    issue: str
    giver: str | None
    cells: tuple[tuple[Term, ...], ...]
    changes: tuple[str, ...]


class Proposals:
    """All packages, and the latest of them side by side."""

    def __init__(self, ledger: Ledger, at: date | None) -> None:
        self._order = {issue.id: n for n, issue in enumerate(ledger.issues())}
        self.packages = packages(ledger, ledger.proposals(at))
        self.ids = frozenset(i for p in self.packages for i in p.ids)

    @cached_property
    def compared(self) -> tuple[Package, ...]:
        """The latest packages with terms, oldest first."""
        return tuple(p for p in self.packages if p.terms)[-SIDE_BY_SIDE:]

    @cached_property
    def terms(self) -> tuple[TermRow, ...]:
        """Term by term, in the order of the issues."""
        keys = {(t.issue, t.giver) for p in self.compared for t in p.terms}
        order = sorted(keys, key=lambda k: (self._order.get(k[0], len(self._order)), k[0], k[1] or ""))
        return tuple(self._row(issue, giver) for issue, giver in order)

    def _row(self, issue: str, giver: str | None) -> TermRow:
        cells = tuple(tuple(t for t in p.terms if (t.issue, t.giver) == (issue, giver)) for p in self.compared)
        before = (None if n is None else cells[n] for n in self._compared_with)
        return TermRow(issue, giver, cells, tuple(_change(b, c) for b, c in zip(before, cells, strict=True)))

    @cached_property
    def _compared_with(self) -> tuple[int | None, ...]:
        """For each package the one that it answers, else the last one before it of the same proposer."""
        found: list[int | None] = []
        for n, mine in enumerate(self.compared):
            earlier = list(enumerate(self.compared[:n]))
            answered = (k for k, p in earlier if p.ids & mine.answers)
            own = (k for k, p in reversed(earlier) if mine.proposer and p.proposer == mine.proposer)
            found.append(next(answered, next(own, None)))
        return tuple(found)


def _change(before: tuple[Term, ...] | None, now: tuple[Term, ...]) -> str:
    """What a package does to a term, against an earlier one; nothing where there is none to compare with."""
    if before is None or not (before or now):
        return ""
    if not before:
        return "new"
    if not now:
        return "not mentioned"
    same = [(t.quantity, t.phase) for t in before] == [(t.quantity, t.phase) for t in now]
    return "same" if same else "changed"
