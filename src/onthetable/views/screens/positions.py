"""Where they stand: issues by parties, and each issue in its own words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from onthetable.model import Gap, Position
from onthetable.views import anchors, charts, labels
from onthetable.views.ledger import Ledger

DRAWN = 200
"""Moves of a party on an issue that are drawn, the latest."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A party on an issue: its positions, and how many moves it has there all told."""

    party: str
    positions: tuple[Position, ...]
    moves: int


@dataclass(frozen=True, slots=True)
class Row:
    """An issue of the matrix, with a cell for each party."""

    gap: Gap
    cells: tuple[Cell, ...]

    @property
    def silent(self) -> tuple[str, ...]:
        """The parties without a position."""
        return tuple(c.party for c in self.cells if not c.positions)


class Positions:
    """The matrix and what stands under it."""

    drawn = DRAWN

    def __init__(self, ledger: Ledger, at: date | None) -> None:
        self._ledger, self._at = ledger, at
        self._positions = ledger.positions(at)
        self._gaps = ledger.gaps(at)
        self._number = {(p.party, p.issue, p.giver): n for n, p in enumerate(self._positions)}

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The parties with a position, principals first."""
        return labels.parties(self._ledger, self._positions)

    @cached_property
    def silent_parties(self) -> tuple[str, ...]:
        """The parties of the case without any position."""
        return tuple(p.name for p in self._ledger.case.parties if p.name not in self.parties)

    @cached_property
    def silent(self) -> tuple[str, ...]:
        """The issues on which no position is reported."""
        return tuple(labels.issue(self._ledger, g.issue) for g in self._gaps if not g.positions)

    @cached_property
    def states(self) -> dict[str, int]:
        """How many issues are in each state."""
        found = Counter(g.state for g in self._gaps)
        return {state: found[state] for state in ("agreed", "contested", "one-sided", "not reported")}

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The issues on which a position is reported."""
        return tuple(self._row(g) for g in self._gaps if g.positions)

    def _row(self, gap: Gap) -> Row:
        held: dict[str, list[Position]] = defaultdict(list)
        for p in gap.positions:
            held[p.party].append(p)
        cells = (Cell(p, tuple(held[p]), self._ledger.count(p, gap.issue, self._at)) for p in self.parties)
        return Row(gap, tuple(cells))

    def id(self, p: Position) -> str:
        """Where a position is on the page."""
        return anchors.position(self._number[p.party, p.issue, p.giver])

    @cached_property
    def of_move(self) -> dict[str, str]:
        """Where the dossier uses a move (id): at a position, else at its issue if that is shown."""
        shown = {row.gap.issue for row in self.rows}
        moves = self._ledger.moves(self._at)
        found = {m.id: anchors.issue(m.issue) if m.issue in shown else "positions" for m in moves}
        for p in self._positions:
            ids = (*p.moves, *p.also, *(m for step in p.history for m in step.moves))
            found |= dict.fromkeys(ids, self.id(p))
        return found

    def word(self, p: Position) -> str:
        """On whose word a position stands, in short: the latest one, and how many more."""
        said = labels.words(self._ledger, p)
        more = f" and {len(said) - 1} more" if len(said) > 1 else ""
        last = labels.word(self._ledger, self._ledger.move(p.moves[-1]))
        return labels.clip(last, 60) + more

    def besides(self, p: Position) -> tuple[str, ...]:
        """What other acts are reported of the party on the same day."""
        return tuple(dict.fromkeys(a for m in p.also if (a := self._ledger.move(m).act) != p.stance))

    def lanes(self, gap: Gap) -> charts.Chart | None:
        """The latest moves on an issue over time, a lane for each party; None where they all were on one day."""
        groups = {p: list(self._points(p, gap.issue)) for p in (*self.parties, *self._ledger.parties())}
        lanes = [(party, points) for party, points in groups.items() if points or party in self.parties]
        several = len({p.days for _, points in lanes for p in points}) > 1
        return charts.timeline(lanes) if several else None

    def crowded(self, gap: Gap) -> bool:
        """Whether a party has more moves on an issue than are drawn."""
        return any(self._ledger.count(p, gap.issue, self._at) > DRAWN for p in self._ledger.parties())

    def _points(self, party: str, issue: str) -> Iterator[charts.Point]:
        for m in self._ledger.history(party, issue, self._at, last=DRAWN):
            if day := self._ledger.day(m.report):
                title = f"{labels.move(self._ledger, m)} · {labels.interval(day)}"
                yield charts.Point(day, f"#{anchors.evidence(m)}", title, labels.act_mark(m.act))
