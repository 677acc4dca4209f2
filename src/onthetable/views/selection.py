"""What of a ledger is to be shown: as known on a day, of one party, on one issue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from onthetable.errors import UsageError
from onthetable.model import Change, DatedEvent, Gap, Measure, Move, Position, Tie, TieKind, Track, Voice
from onthetable.views.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Selection:
    """The parts of a ledger that a day, a party (by its short name) and an issue (by its id) leave."""

    ledger: Ledger
    at: date | None = None
    party: str | None = None
    issue: str | None = None

    def gaps(self, steps: int | None = None) -> tuple[Gap, ...]:
        """The issues with a position; each keeps its state, whichever of its positions are shown."""
        gaps = self.ledger.gaps(self.at, steps=steps)
        found = (Gap(g.issue, g.state, tuple(p for p in g.positions if self._of(p))) for g in gaps)
        return tuple(g for g in found if g.positions)

    def moves(self, last: int | None = None) -> tuple[Move, ...]:
        """The moves, report by report, or so many of the last."""
        return self.ledger.moves(self.at, party=self.party, issue=self.issue, last=last)

    def lines(self) -> tuple[Track, ...]:
        """The proposals that a party tabled, or answered, and that have a term on the issue."""
        return tuple(t for t in self.ledger.lines(self.at) if self._tracked(t))

    def figures(self) -> tuple[Measure, ...]:
        """All figures; they belong to no party and to no issue."""
        return self.ledger.figures(self.at)

    def timeline(self) -> tuple[DatedEvent, ...]:
        """The events that a party takes part in."""
        found = self.ledger.timeline(self.at)
        return tuple(e for e in found if self.party in (None, *e.event.participants))

    def sources(self) -> tuple[Voice, ...]:
        """Who speaks for a party; of what they say, that in which there is a move on the issue."""
        found = (v for v in self.ledger.sources(self.at) if self.party in (None, v.party))
        if self.issue is None:
            return tuple(found)
        said = {m.statement for m in self.ledger.moves(self.at, issue=self.issue)}
        few = (replace(v, statements=tuple(i for i in v.statements if i in said)) for v in found)
        return tuple(sorted((v for v in few if v.statements), key=lambda v: (-len(v.statements), v.statements)))

    def between(self, kind: TieKind) -> tuple[Tie, ...]:
        """What reports have from others, report by report: of several that tell one story, from the nearest of them."""
        order = {r.id: n for n, r in enumerate(self.ledger.reports(self.at))}
        ties = (t for t in self.ledger.ties.ties if t.kind == kind and t.reports <= order.keys())
        best: dict[tuple[str, str], Tie] = {}
        for t in sorted(ties, key=lambda t: (order[t.source], -t.score, order[t.target])):
            best.setdefault((t.source, self.ledger.family(t.target)[0]), t)
        return tuple(best.values())

    def changes(self, since: date, until: date) -> tuple[Change, ...]:
        """What became of the positions between two days."""
        return tuple(c for c in self.ledger.changes(since, until) if self._of(c.after))

    def _of(self, p: Position) -> bool:
        return self._about(p.party, p.issue)

    def _about(self, party: str, issue: str) -> bool:
        return self.party in (None, party) and self.issue in (None, issue)

    def _tracked(self, t: Track) -> bool:
        parties = (None, t.proposer, *(a.party for a in t.by_party))
        return self.party in parties and self.issue in (None, *(x.issue for x in t.terms))


def select(ledger: Ledger, at: date | None = None, party: str | None = None, issue: str | None = None) -> Selection:
    """A selection by names as people write them. Raises UsageError with the known ones if there is none such."""
    return Selection(ledger, at, party and _party(ledger, party), issue and _issue(ledger, issue))


def _party(ledger: Ledger, name: str) -> str:
    aliases = {n.casefold(): p.name for p in ledger.case.parties for n in (*p.aliases, p.name)}
    known = ledger.parties()
    found = (aliases | {p.casefold(): p for p in known}).get(name.casefold())
    if found is None:
        raise UsageError(f"--party {name}: no such party (known: {', '.join(sorted(known))})")
    return found


def _issue(ledger: Ledger, name: str) -> str:
    known = {n.casefold(): i.id for i in ledger.issues() for n in (i.label, i.id)}
    found = known.get(name.casefold())
    if found is None:
        raise UsageError(f"--issue {name}: no such issue (known: {', '.join(i.id for i in ledger.issues())})")
    return found
