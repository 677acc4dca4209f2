"""What each page shows, narrowed to what its address asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from onthetable.ledger import Ledger
from onthetable.model import Change, Move, Reading, Report, Retelling, Voice
from onthetable.reviews import Review
from onthetable.views.accounts import Account
from onthetable.views.screens.events import Events
from onthetable.views.screens.figures import Figures
from onthetable.views.screens.positions import Positions, Row
from onthetable.views.screens.sources import Family, Sources
from onthetable.views.selection import Selection

MANY, SAID = 200, 12
"""Events, sources or moves on a page, and statements of one source; all of them are in its CSV and JSON."""
OPENED = 2_000
"""Reports up to which all ties are opened for a page."""
MARGIN = 700
"""Code points of a report that are shown before and after the words under review."""


class Narrowed(Positions):
    """The matrix, of one party or one issue if asked."""

    def __init__(self, s: Selection) -> None:
        super().__init__(s.ledger, s.at)
        self._selection = s

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The parties with a position, principals first; of them those that are asked for."""
        found = super().parties
        return tuple(p for p in found if self._selection.party in (None, p))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The issues on which a position is reported; of them those that are asked for."""
        found = super().rows
        s = self._selection
        return tuple(
            r for r in found
            if s.issue in (None, r.gap.issue) and (s.party is None or any(c.positions for c in r.cells))
        )  # fmt: skip


class LatestEvents(Events):
    """The latest events, no more than a page can hold."""

    def __init__(self, ledger: Ledger, at: date | None) -> None:
        super().__init__(ledger, at)
        self.of = len(self.events)
        self.events = self.events[-MANY:]
        self._reports = self._reports[-MANY:]


class MainFigures(Figures):
    """The measures with the most figures, no more than a page can hold."""

    drawn = MANY

    def __init__(self, ledger: Ledger, at: date | None) -> None:
        super().__init__(ledger, at)
        self.of = len(self.several) + len(self.single)
        most = sorted(self.several, key=lambda m: -len(m.figures))[: MANY // SAID]
        self.several = tuple(replace(m, figures=m.figures[-SAID:]) for m in most)
        self.single = self.single[-MANY:]


class MainSources(Sources):
    """The sources with the most statements, no more than a page can hold."""

    def __init__(self, ledger: Ledger, at: date | None) -> None:
        super().__init__(ledger, at)
        self.of = len(self.voices)
        best = set(sorted(range(self.of), key=lambda n: -len(self.voices[n].statements))[: MANY // 4])
        most = [v for n, v in enumerate(self.voices) if n in best]
        self.voices = tuple(replace(v, statements=v.statements[-SAID // 2 :]) for v in most)
        self._said = {few: len(v.statements) for few, v in zip(self.voices, most, strict=True)}
        told = self.families
        self.stories = len(told)
        self.families = tuple(Family(f.reports[:SAID], max(0, len(f.reports) - SAID)) for f in told[-MANY // 4 :])

    @cached_property
    def merged(self) -> tuple[tuple[Report, tuple[Report, ...]], ...]:
        """Reports that merge the stories of others, or none of a large ledger."""
        return super().merged if len(self._reports) <= OPENED else ()

    @cached_property
    def contrary(self) -> tuple[tuple[Account, Account], ...]:
        """The latest sentences that contradict each other, or none of a large ledger."""
        return super().contrary[-MANY // SAID :] if len(self._reports) <= OPENED else ()

    def earlier(self, voice: Voice) -> int:
        """How many statements a source made before those that are shown."""
        return self._said[voice] - len(voice.statements)

    @cached_property
    def retellings(self) -> tuple[Retelling, ...]:
        """The first of the claims that several outlets word in their own way."""
        return self._ledger.retellings(self._at, first=MANY // SAID)


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a ledger, for the slider: the first, the last, and those on which reports came out."""

    first: date
    last: date
    published: tuple[date, ...]

    def before(self, at: date | None) -> date | None:
        """The day of the last report before a day."""
        return next((d for d in reversed(self.published) if at and d < at), None)

    def after(self, at: date | None) -> date | None:
        """The day of the first report after a day."""
        return next((d for d in self.published if at and d > at), None)


def days_of(ledger: Ledger) -> Days | None:
    """The days on which reports of a ledger were out for sure; None where none is dated."""
    found = ledger.publication_days()
    return Days(found[0], found[-1], found) if found else None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A move under review, with the words around it."""

    move: Move
    report: Report
    before: str
    after: str
    others: tuple[Move, ...]


def doubt(move: Move, reading: Reading) -> Doubt:
    """One of them, with its surroundings and the other moves of its report."""
    report, e = reading.report, move.evidence
    before, after = report.text[max(0, e.start - MARGIN) : e.start], report.text[e.end : e.end + MARGIN]
    others = tuple(m for m in reading.moves if m.id != move.id)
    return Doubt(move, report, before, after, others)


@dataclass(frozen=True, slots=True)
class Made:
    """A review with its number, and whether it was undone or finds no record any more."""

    number: int
    review: Review
    undone: bool
    orphan: bool


def made(reviews: Sequence[Review], orphans: Sequence[int]) -> tuple[Made, ...]:
    """Every review, the latest first."""
    undone = {r.undoes for r in reviews if r.action == "undo"}
    return tuple(Made(n, r, n in undone, n in orphans) for n, r in reversed(list(enumerate(reviews, 1))))


def moved(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes that are any."""
    return tuple(c for c in changes if c.kind not in ("not reported", "reaffirmed"))
