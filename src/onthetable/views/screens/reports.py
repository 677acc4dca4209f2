"""Reports: the original texts with highlights, and notes in the margin that lead back to where they are used."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from onthetable.model import Reading, Report
from onthetable.views import anchors, labels, marks
from onthetable.views.ledger import Ledger
from onthetable.views.screens.positions import Positions


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """What was read at `at`, and the place in the dossier that uses it."""

    at: int
    kind: str
    text: str
    back: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text and the notes beside it."""

    pieces: tuple[marks.Piece, ...]
    notes: tuple[Note, ...]


class Texts:
    """Texts as stored; by id, `places` tell where each move is used, `sources` where who said a statement is."""

    def __init__(
        self, ledger: Ledger, places: Mapping[str, str], sources: Mapping[str, str], readings: tuple[Reading, ...],
        shown: Container[str], most: int | None = None,
    ) -> None:  # fmt: skip
        """`shown` are the ids of the reports that copies may be among, of which `most` are named."""
        self._ledger, self._places, self._sources, self._shown, self._most = ledger, places, sources, shown, most
        self.readings = readings
        self.reports = tuple(r.report for r in readings)

    def copies(self, report: Report) -> tuple[Report, ...]:
        """The other reports that tell the same story, or the first of them."""
        others = [i for i in self._ledger.family(report.id) if i != report.id and i in self._shown]
        return tuple(self._ledger.report(i) for i in others[: self._most])

    def unnamed(self, report: Report) -> int:
        """How many more tell the same story."""
        return max(0, len(self._ledger.family(report.id)) - 1 - self._most) if self._most is not None else 0

    def paragraphs(self, reading: Reading) -> tuple[Paragraph, ...]:
        """A report's text, line by line, without its blank lines."""
        found = marks.paragraphs(reading)
        starts = [p.start for p in found]
        beside: dict[int, list[Note]] = defaultdict(list)
        for note in sorted(self._notes(reading)):
            beside[bisect_right(starts, note.at) - 1].append(note)
        return tuple(Paragraph(p.pieces, tuple(beside[n])) for n, p in enumerate(found))

    def _notes(self, reading: Reading) -> Iterator[Note]:
        for s in reading.statements:
            if s.source:
                who = s.source.name or s.source.span.text
                yield Note(s.content.start, "says", f"{who}, {s.manner}", self._sources[s.id])
        for m in reading.moves:
            yield Note(m.evidence.start, "move", labels.move(self._ledger, m), self._places[m.id])
        for p in reading.proposals:
            said = f"{p.proposer or 'not said by whom'}, {labels.status(p.status)}"
            yield Note(p.evidence.start, "proposal", said, f"p-{p.id}")
        for f in reading.figures:
            yield Note(f.evidence.start, "figure", f"{f.measure}: {labels.figure(f)}", f"f-{f.id}")
        for e in reading.events:
            yield Note(e.evidence.start, "event", ", ".join((e.type, *e.participants)), f"ev-{e.id}")


class Reports(Texts):
    """The texts of all reports that were out on a day."""

    def __init__(self, ledger: Ledger, at: date | None, positions: Positions) -> None:
        shown = {r.id for r in ledger.reports(at)}
        readings = tuple(r for r in ledger.readings if r.report.id in shown)
        super().__init__(ledger, positions.of_move, sources_of(ledger, at), readings, shown)
        self.stories = len({ledger.family(i)[0] for i in shown})


def sources_of(ledger: Ledger, at: date | None = None) -> dict[str, str]:
    """Where the source of each statement (by id) is."""
    return {s: anchors.source(v) for v in ledger.sources(at) for s in v.statements}


def places_of(ledger: Ledger, reading: Reading) -> dict[str, str]:
    """Where each move of a report is used: at a position, else at its issue if that is shown."""
    shown = {g.issue for g in ledger.gaps(steps=1) if g.positions}
    known = ledger.places(reading.report.id)
    return {
        m.id: anchors.position(known[m.id])
        if m.id in known else anchors.issue(m.issue) if m.issue in shown else "positions"
        for m in reading.moves
    }  # fmt: skip


def sources_in(ledger: Ledger, reading: Reading) -> dict[str, str]:
    """Where the source of each statement of a report is."""
    return {s: anchors.voice_of(first) for s, first in ledger.voices(reading.report.id).items()}
