"""Proposals put together: all that one side proposes in one story is one package."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from onthetable.model import Proposal, Status, Term
from onthetable.views import labels
from onthetable.views.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Package:
    """The proposals of one side in one story, in the order in which they are told."""

    proposals: tuple[Proposal, ...]

    @property
    def first(self) -> Proposal:
        """The proposal that the story tells first."""
        return self.proposals[0]

    @property
    def proposer(self) -> str | None:
        """Whose it is."""
        return self.first.proposer

    @property
    def statuses(self) -> tuple[Status, ...]:
        """What is said of its proposals, each once."""
        return tuple(dict.fromkeys(p.status for p in self.proposals))

    @property
    def ids(self) -> frozenset[str]:
        """Its proposals by id."""
        return frozenset(p.id for p in self.proposals)

    @property
    def answers(self) -> frozenset[str]:
        """The proposals (ids) that it answers."""
        return frozenset(p.answers for p in self.proposals if p.answers)

    @property
    def terms(self) -> tuple[Term, ...]:
        """Its terms, each once: the same numbers are the same term, and one without gives way to one with."""
        terms = [t for p in self.proposals for t in p.terms]
        known = {(t.issue, t.giver) for t in terms if t.quantity}
        found: dict[tuple[str | None, ...], Term] = {}
        for t in terms:
            if t.quantity or (t.issue, t.giver) not in known:
                number = labels.bounds(t.quantity.low, t.quantity.high, "") if t.quantity else None
                found.setdefault((t.issue, t.giver, number, t.phase), t)
        return tuple(found.values())


def packages(ledger: Ledger, proposals: Iterable[Proposal]) -> tuple[Package, ...]:
    """The packages that the proposals make up, in the order of the first of each."""
    groups: dict[tuple[str, str | None], list[Proposal]] = defaultdict(list)
    for p in proposals:
        groups[ledger.family(p.report)[0], p.proposer].append(p)
    return tuple(Package(tuple(g)) for g in groups.values())
