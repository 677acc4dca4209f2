"""Findings of different reports that say the same, support or contradict each other; kept side by side, never settled.

A finding is linked to the earliest one that it agrees with, not to every member of a group, so that the ties
grow with the number of findings and not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onthetable.model import Interval, Published, Reading, Tie
from onthetable.ties import counts, happenings, sayings, steps
from onthetable.ties.bodies import Body
from onthetable.ties.claim import Doubles, Stories, link
from onthetable.ties.same import Gathering
from onthetable.ties.settings import Settings


@dataclass(frozen=True, slots=True)
class Found:
    """What findings have to do with one another: ties, groups that say the same, and what follows from what, by id."""

    ties: tuple[Tie, ...]
    same: tuple[tuple[str, ...], ...]
    entails: tuple[tuple[str, str], ...]


def find_claims(
    readings: Sequence[Reading],
    published: Mapping[str, Published] | None = None,
    families: Iterable[Iterable[str]] = (),
    relays: Iterable[Tie] = (),
) -> tuple[Tie, ...]:
    """Ties of kind `corroborates` and `contradicts` between findings, from the later to the earlier.

    Corroborates: one party, act, issue and giver with a compatible quantity, one measure with the same number, or
    one side with a statement of the same content, in reports of different stories within a week. `families` are the
    groups of copies; what a report has from another (`relays`) counts as that one's story.
    Contradicts: numbers of one measure that exclude each other on days that overlap or lie three
    apart (in two reports, or in one by two authorities); a move and a denial by the same party of that issue;
    one party accepting and rejecting the same. `published` gives the days of a report by its id; a report
    without any is taken to contradict no other. The evidence is that of `source`, then that of `target`.
    """
    return compare(readings, published, families, relays).ties


def compare(
    readings: Sequence[Reading],
    published: Mapping[str, Published] | None = None,
    families: Iterable[Iterable[str]] = (),
    relays: Iterable[Tie] = (),
) -> Found:
    """The ties of `find_claims`, and what says the same or follows from what. Any order of readings gives the same."""
    claims = Claims(Stories(families, relays))
    for reading in readings:
        known = (published or {}).get(reading.report.id)
        claims.put(reading, known.interval if known else None)
    return claims.found()


class Claims:
    """The findings of readings as they say the same, support or contradict each other; any may come or change later.

    Whatever comes when, it is as if all had come at once. Every finding is in one group at most; a sentence and its
    second wording beside it say the same.
    """

    def __init__(self, stories: Stories) -> None:
        """`stories` tell which story a finding is of; a report of which that changes has to be put again."""
        self._stories = stories
        self._days: dict[str, Interval] = {}
        self._readings: dict[str, Reading] = {}
        self._doubles, self._settings = Doubles(), Settings(self._days)
        self._sayings = Gathering(sayings.rules(self._doubles), self._days, self._settings)
        self._steps = Gathering(steps.rules(self._doubles, self._settings), self._days, self._settings)
        self._counts = Gathering(counts.rules(self._doubles, self._settings), self._days, self._settings)
        self._happenings = Gathering(happenings.rules(self._doubles, self._settings), self._days, self._settings)
        self._supported, self._opposed = steps.supported(), steps.opposed()
        self._beside = counts.side_by_side()
        self._tabled: Counter[counts.Bounds] = Counter()
        self._numbers: dict[counts.Bounds, set[str]] = defaultdict(set)
        self._flipped: set[counts.Bounds] = set()
        self._new: set[str] = set()

    @property
    def _gatherings(self) -> tuple[Gathering[Any], ...]:
        return self._sayings, self._steps, self._counts, self._happenings

    def put(self, reading: Reading, days: Interval | None, body: Body | None = None) -> None:
        """Adds the findings of a reading, in the place of those of the same report; `days` are its publication's."""
        id = reading.report.id
        if id in self._readings:
            self._take_out(self._readings[id])
        else:
            self._doubles.put(reading.report, body)
        self._readings[id] = reading
        if days:
            self._days[id] = days
        self._settings.put(reading)
        self._table(reading, 1)
        moves = steps.steps_of(reading, days, self._stories)
        self._sayings.put(sayings.sayings_of(reading, days, self._stories))
        self._steps.put(moves)
        self._counts.put(counts.counts_of(reading, days, self._stories))
        self._happenings.put(happenings.happenings_of(reading, days, self._stories))
        self._supported.put(moves)
        self._opposed.put(moves)

    def settle(self) -> None:
        """Compares what came with what was there, and that with it."""
        for id in self._uncounted():
            self._beside.drop(f.id for f in self._readings[id].figures)
            self._beside.put(counts.settled(self._readings[id], self._days.get(id), self._stories, self._tabled.keys()))
        for gathering in self._gatherings:
            gathering.settle()
        self._supported.settle()
        self._opposed.settle()
        self._beside.settle()

    def found(self) -> Found:
        """Everything that was found."""
        self.settle()
        groups = [g for gathering in self._gatherings for g in gathering.groups()]
        entails = {pair for g in self._gatherings for _, heard in g.heard() for pair in heard.entails}
        ties: dict[tuple[str, str, str], Tie] = {}
        for tie in self._ties():
            known = ties.setdefault((tie.kind, tie.source, tie.target), tie)
            if tie.score > known.score:
                ties[tie.kind, tie.source, tie.target] = tie
        found = tuple(tie for _, tie in sorted(ties.items(), key=lambda t: t[0]))
        return Found(found, tuple(sorted(groups)), tuple(sorted(entails)))

    def _ties(self) -> Iterator[Tie]:
        for ties in (*self._supported.found.values(), *self._opposed.found.values()):
            yield from ties
        yield from counts.ties_of(self._beside)
        for said, heard in self._sayings.heard():
            if heard.leader and (tie := sayings.support(said, heard.leader)):
                yield tie
        for gathering in self._gatherings:
            for finding, heard in gathering.heard():
                yield from (link("contradicts", finding, earlier, 1.0) for earlier in heard.clashes)

    def _take_out(self, reading: Reading) -> None:
        id = reading.report.id
        self._table(reading, -1)
        self._days.pop(id, None)
        moves = [m.id for m in reading.moves]
        self._sayings.drop(s.id for s in reading.statements)
        self._steps.drop(moves)
        self._counts.drop(f.id for f in reading.figures)
        self._happenings.drop(e.id for e in reading.events)
        self._supported.drop(moves)
        self._opposed.drop(moves)
        self._beside.drop(f.id for f in reading.figures)

    def _table(self, reading: Reading, change: int) -> None:
        """Counts the numbers that are on the table; whether a figure may be one of them depends on all reports."""
        id = reading.report.id
        for bounds in counts.tabled(reading):
            before = self._tabled[bounds]
            self._tabled[bounds] += change
            if not before or not self._tabled[bounds]:
                self._flipped.add(bounds)
            if not self._tabled[bounds]:
                del self._tabled[bounds]
        for f in reading.figures:
            numbered = self._numbers[f.low, f.high]
            (numbered.add if change > 0 else numbered.discard)(id)
        self._new.add(id)

    def _uncounted(self) -> set[str]:
        """Reports whose figures may count otherwise than before."""
        found = self._new.union(*(self._numbers.get(bounds, ()) for bounds in self._flipped))
        self._flipped.clear()
        self._new.clear()
        return found
