"""Sources: who said what, which reports are copies, and how each outlet words the same thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from onthetable.model import Claim, Report, Retelling, Statement, Voice
from onthetable.views import labels
from onthetable.views.accounts import Account, contrary
from onthetable.views.ledger import Ledger
from onthetable.views.selection import Selection


@dataclass(frozen=True, slots=True)
class Worded:
    """A referent, and for each outlet its terms with their counts."""

    referent: str
    terms: tuple[tuple[tuple[str, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Reports that tell the same story; `more` counts those that are not named."""

    reports: tuple[Report, ...]
    more: int = 0


class Sources:
    """Voices by the party they speak for, families of copies, wording by outlet."""

    def __init__(self, ledger: Ledger, at: date | None) -> None:
        self._ledger, self._at = ledger, at
        self._reports = ledger.reports(at)
        self._wording = ledger.wording(at)
        self.voices = ledger.sources(at)

    @cached_property
    def sides(self) -> tuple[tuple[str | None, tuple[Voice, ...]], ...]:
        """Sources by party in the order of the case; those who speak for none come last."""
        groups: dict[str | None, list[Voice]] = {p.name: [] for p in self._ledger.case.parties}
        groups[None] = []
        for v in self.voices:
            groups[v.party if v.party in groups else None].append(v)
        return tuple((name, tuple(voices)) for name, voices in groups.items() if voices)

    def statements(self, voice: Voice) -> tuple[Statement, ...]:
        """What a source is said to have said."""
        return tuple(self._ledger.statement(s) for s in voice.statements)

    def earlier(self, voice: Voice) -> int:
        """How many statements a source made before those that are shown."""
        return 0

    def again(self, statement: Statement) -> str:
        """What stands behind a statement that other reports have too; else nothing."""
        return labels.also(self._claims[statement.id])

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        """The claim of each statement that is shown."""
        shown = [s for v in self.voices for s in v.statements]
        return {i: c for c in self._ledger.claims(self._at, of=shown) for i in c.members}

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """Reports that tell the same story, group by group."""
        shown = {r.id: r for r in self._reports}
        groups = dict.fromkeys(self._ledger.family(r.id) for r in self._reports)
        inside = (tuple(shown[i] for i in group if i in shown) for group in groups)
        return tuple(Family(g) for g in inside if len(g) > 1)

    @cached_property
    def merged(self) -> tuple[tuple[Report, tuple[Report, ...]], ...]:
        """Reports that merge the stories of others, each with one report of every story that it has a part of."""
        parts: dict[str, list[Report]] = {}
        for t in Selection(self._ledger, self._at).between("copies"):
            if t.target not in self._ledger.family(t.source):
                parts.setdefault(t.source, []).append(self._ledger.report(t.target))
        return tuple((self._ledger.report(id), tuple(others)) for id, others in parts.items())

    @cached_property
    def contrary(self) -> tuple[tuple[Account, Account], ...]:
        """Sentences that contradict each other, two by two."""
        return contrary(self._ledger, self._at)

    @cached_property
    def outlets(self) -> tuple[str | None, ...]:
        """The outlets whose wording is known; None are the reports of unknown outlet."""
        return tuple(sorted({w.outlet for w in self._wording}, key=lambda o: (o is None, o or "")))

    @cached_property
    def worded(self) -> tuple[Worded, ...]:
        """Each referent, outlet by outlet."""
        table = {(w.referent, w.outlet): w.terms for w in self._wording}
        referents = dict.fromkeys(w.referent for w in self._wording)
        return tuple(Worded(r, tuple(table.get((r, o), ()) for o in self.outlets)) for r in referents)

    @cached_property
    def retellings(self) -> tuple[Retelling, ...]:
        """The claims that several outlets word in their own way."""
        return self._ledger.retellings(self._at)
