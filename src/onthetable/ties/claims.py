"""Findings of different reports that say the same, support or contradict each other; kept side by side, never settled.

A finding is linked to the earliest one that it agrees with, not to every member of a group, so that the ties
grow with the number of findings and not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from onthetable.case import Party
from onthetable.model import Interval, Published, Reading, Tie, TieKind
from onthetable.ties import counts, happenings, sayings, steps
from onthetable.ties.bodies import Body
from onthetable.ties.claim import Doubles, Finding, Stories, link
from onthetable.ties.counts import Count
from onthetable.ties.happenings import Happening
from onthetable.ties.judge import Judge, Place, Told, records
from onthetable.ties.same import Gathering
from onthetable.ties.saving import Part
from onthetable.ties.sayings import Saying
from onthetable.ties.settings import Settings
from onthetable.ties.steps import Step
from onthetable.ties.verdicts import Verdict

AT_ONCE = 100
"""Reports of a first fill after which their sentences are judged, while what they tell is held (`judge.ACCOUNTS`)."""


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
    parties: Iterable[Party] = (),
) -> Found:
    """The ties of `find_claims`, and what says the same or follows from what. Any order of readings gives the same.

    `parties` are those of the case, for the names of them and their people.
    """
    claims = Claims(Stories(families, relays), parties)
    for reading in readings:
        known = (published or {}).get(reading.report.id)
        claims.put(reading, known.interval if known else None)
    return claims.found()


class Claims(Part):
    """The findings of readings as they say the same, support or contradict each other; any may come or change later.

    Whatever comes when, it is as if all had come at once. Every finding is in one group at most; a sentence and its
    second wording beside it say the same.
    """

    KEPT = (
        "_days", "_readings", "_doubles", "_settings", "_judge", "_sayings", "_steps", "_counts",
        "_happenings", "_at", "_supported", "_opposed", "_beside", "_tabled", "_numbers",
    )  # fmt: skip

    def __init__(self, stories: Stories, parties: Iterable[Party] = ()) -> None:
        """`stories` tell which story a finding is of; a report of which that changes has to be put again."""
        self._stories = stories
        self._days: dict[str, Interval] = {}
        self._readings: dict[str, Reading] = {}
        doubles, settings = self._doubles, self._settings = Doubles(), Settings(self._days)
        judge = self._judge = Judge(stories, self._days, parties)
        self._sayings = Gathering(sayings.rules(doubles), self._days, settings, judge)
        self._steps = Gathering(steps.rules(doubles, settings), self._days, settings, judge)
        self._counts = Gathering(counts.rules(doubles, settings), self._days, settings, judge)
        self._happenings = Gathering(happenings.rules(doubles, settings), self._days, settings, judge)
        self._at: dict[Place, list[Finding]] = defaultdict(list)
        self._supported, self._opposed = steps.supported(), steps.opposed()
        self._beside = counts.side_by_side(settings)
        self._tabled: Counter[counts.Bounds] = Counter()
        self._numbers: dict[counts.Bounds, set[str]] = defaultdict(set)
        self._flipped: set[counts.Bounds] = set()
        self._put: dict[str, bool] = {}

    @property
    def _gatherings(self) -> tuple[Gathering[Any], ...]:
        return self._sayings, self._steps, self._counts, self._happenings

    def _gathering(self, finding: Finding) -> Gathering[Any]:
        """Where findings of that kind are compared."""
        kinds = Saying, Step, Count, Happening
        return self._gatherings[next(n for n, kind in enumerate(kinds) if isinstance(finding, kind))]

    def put(self, reading: Reading, days: Interval | None, body: Body | None = None) -> None:
        """Adds the findings of a reading, in the place of those of the same report; `days` are its publication's.

        The first are best given in the order of their days.
        """
        id = reading.report.id
        before = self._readings.get(id)
        otherwise = before != reading or self._days.get(id) != days
        if otherwise:
            self._replace(before, reading, days, body)
        self._judge.put(reading, body, otherwise=otherwise)
        self._put[id] = otherwise or self._put.get(id, False)
        if len(self._put) == len(self._readings) and not len(self._put) % AT_ONCE:
            self._judge.judge()

    def _replace(self, before: Reading | None, reading: Reading, days: Interval | None, body: Body | None) -> None:
        """Takes up a reading, and takes out what is no longer in it."""
        id = reading.report.id
        if before:
            self._table(before, -1)
            for f in records(before):
                self._at.pop(self._judge.at(f.id), None)
            kept = {f.id for f in records(reading)}
            gone = [f.id for f in records(before) if f.id not in kept]
            for gathering in self._gatherings:
                gathering.drop(gone)
            for windows in (self._supported, self._opposed):
                windows.drop(gone)
            self._beside.drop(gone)
        else:
            self._doubles.put(reading.report, body)
        self._readings[id] = reading
        self._days.pop(id, None)
        if days:
            self._days[id] = days
        self._settings.put(reading)
        self._table(reading, 1)

    def settle(self) -> None:
        """Compares what came with what was there, and that with it."""
        changed = self._judge.settle()
        for id, otherwise in self._put.items():
            self._compare(id, changed, otherwise=otherwise)
        for place, leaders in changed.items():
            beside = None if place[0] in self._put else leaders
            for finding in self._at.get(place, ()):
                self._gathering(finding).put(finding, otherwise=True, beside=beside)
        for id in self._uncounted():
            reading = self._readings[id]
            found = list(counts.settled(reading, self._days.get(id), self._stories, self._tabled.keys()))
            self._beside.drop({f.id for f in reading.figures} - {c.id for c in found})
            for count in found:
                self._beside.put(count, otherwise=self._put.get(id, False))
        self._put.clear()
        for gathering in self._gatherings:
            gathering.settle()
        self._supported.settle()
        self._opposed.settle()
        self._beside.settle()

    def found(self) -> Found:
        """Everything that was found."""
        self.settle()
        at, told = self._standing_at, self._judge.told()
        groups, entails, apart = _bridged(
            [g for gathering in self._gatherings for g in gathering.groups()],
            [pair for gathering in self._gatherings for pair in gathering.entailed()],
            told, at,
        )  # fmt: skip
        ties: dict[tuple[str, str, str], Tie] = {}
        kept = [t for t in self._ties() if not _overruled(t, self._judge)]
        against = _against(kept, self._judge)
        apart = {pair for pair in apart if frozenset(pair) not in against}
        contradictions = _contradictions(self._judge, told, at, against)
        for tie in (*kept, *contradictions, *_agreements(self._judge, told, at, apart)):
            known = ties.setdefault((tie.kind, tie.source, tie.target), tie)
            if tie.score > known.score:
                ties[tie.kind, tie.source, tie.target] = tie
        found = tuple(tie for _, tie in sorted(ties.items(), key=lambda t: t[0]))
        return Found(found, tuple(sorted(groups)), tuple(sorted(entails)))

    def _standing_at(self, place: Place) -> Sequence[Finding]:
        """The findings that stand in a sentence."""
        return self._at.get(place, ())

    def _ties(self) -> Iterator[Tie]:
        for ties in (*self._supported.found.values(), *self._opposed.found.values()):
            yield from ties
        yield from counts.ties_of(self._beside)
        for said, first in self._sayings.repeated():
            if tie := sayings.support(said, first):
                yield tie
        for gathering in self._gatherings:
            yield from (link("contradicts", finding, earlier, 1.0) for finding, earlier in gathering.clashing())

    def _compare(self, id: str, changed: Collection[Place], *, otherwise: bool) -> None:
        """Has the findings of a report compared; what stands in a sentence that is told otherwise comes later."""
        reading, days, stories = self._readings[id], self._days.get(id), self._stories
        moves = steps.steps_of(reading, days, stories)
        found: tuple[Iterable[Finding], ...] = (
            sayings.sayings_of(reading, days, stories),
            moves,
            counts.counts_of(reading, days, stories),
            happenings.happenings_of(reading, days, stories),
        )
        for f in records(reading):
            self._at.pop(self._judge.at(f.id), None)
        for finding in chain(*found):
            place = self._judge.place(finding)
            self._at[place].append(finding)
            if place not in changed:
                self._gathering(finding).put(finding, otherwise=otherwise)
        for move in moves:
            self._supported.put(move)
            self._opposed.put(move)

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

    def _uncounted(self) -> set[str]:
        """Reports whose figures may count otherwise than before."""
        found = set(self._put).union(*(self._numbers.get(bounds, ()) for bounds in self._flipped))
        self._flipped.clear()
        return found


_NOT_OPPOSED = (Verdict.APART,)
_NOT_ALIKE = (Verdict.APART, Verdict.CONTRADICTS, Verdict.UNLIKE)
_At = Callable[[Place], Sequence[Finding]]


def _overruled(tie: Tie, judge: Judge) -> bool:
    """Whether the sentences of two findings say otherwise, or the one is the other word for word."""
    known = tie.source in judge and tie.target in judge
    if known and tie.kind == "corroborates" and judge.reused(judge.at(tie.source), judge.at(tie.target)):
        return True
    found = judge.of(tie.source, tie.target) if known else None
    return found in (_NOT_OPPOSED if tie.kind == "contradicts" else _NOT_ALIKE)


def _contradictions(judge: Judge, told: Told, at: _At, tied: Collection[frozenset[Place]]) -> Iterator[Tie]:
    """Ties between what stands in sentences that cannot both be so, one for each two sentences.

    A sentence in which nothing was found is named by its report. Those that are `tied` already are left out.
    """
    for earlier, later, verdict in told.pairs:
        if verdict is not Verdict.CONTRADICTS or frozenset((earlier, later)) in tied:
            continue
        if (first := at(earlier)) and (second := at(later)):
            yield link("contradicts", *_two(second, first), 1.0)
        else:
            yield _tie("contradicts", later, earlier, at, judge)


def _against(ties: Iterable[Tie], judge: Judge) -> set[frozenset[Place]]:
    """The sentences between which there is a contradiction."""
    return {
        frozenset((judge.at(t.source), judge.at(t.target)))
        for t in ties if t.kind == "contradicts" and t.source in judge and t.target in judge
    }  # fmt: skip


def _agreements(judge: Judge, told: Told, at: _At, apart: Collection[tuple[Place, Place]]) -> Iterator[Tie]:
    """Ties between sentences of two stories that say the same, where in one of them nothing was found, or what was
    found in them does not go together (`apart`): then they are named by their reports.
    """
    for earlier, later in told.same:
        if judge.one_story(earlier, later) or judge.reused(earlier, later):
            continue
        if not (at(earlier) and at(later)):
            yield _tie("corroborates", later, earlier, at, judge)
        elif (earlier, later) in apart:
            yield _tie("corroborates", later, earlier, lambda _: (), judge)


def _tie(kind: TieKind, later: Place, earlier: Place, at: _At, judge: Judge) -> Tie:
    """A tie between two sentences, each named by the first finding in it, or by its report where there is none."""
    return Tie(kind, _end(later, at), _end(earlier, at), 1.0, (judge.span(later), judge.span(earlier)))


def _end(place: Place, at: _At) -> str:
    found = at(place)
    return min(found, key=_rank).id if found else place[0]


def _bridged(
    groups: Iterable[Sequence[Finding]], entails: Iterable[tuple[str, str]], told: Told, at: _At
) -> tuple[list[tuple[str, ...]], set[tuple[str, str]], set[tuple[Place, Place]]]:
    """Groups and pairs, with those joined that stand in sentences of which that is told: of different kinds, and moves
    of one party that are taken for different acts. Beside them, the sentences whose findings do not go together.

    What one report tells as a deed and another as what somebody says is one claim; findings of one kind come first.
    Figures and events of two such sentences may be of two things that both tell of: then only the sentences are one.
    """
    apart: set[tuple[Place, Place]] = set()
    own: dict[str, list[Finding]] = {}
    for group in map(list, groups):
        own |= dict.fromkeys((f.id for f in group), group)
    for f in (f for pair in told.same for p in pair for f in at(p)):
        own.setdefault(f.id, [f])
    for a, b in told.same:
        first, second = at(a), at(b)
        if not first or not second or any(own[f.id] is own[g.id] for f in first for g in second):
            continue
        pair = _two(second, first)
        if type(pair[0]) is type(pair[1]) and not _of_one_party(*pair):
            # they were not joined as findings of one kind: two who are not of one side, or two things
            apart |= {(a, b)} if isinstance(pair[0], Count | Happening) else set()
            continue
        joined = own[pair[1].id]
        for f in own[pair[0].id]:
            joined.append(f)
            own[f.id] = joined
    lead = _Lead((i, group[0].id) for i, group in own.items())
    pairs = {(lead[a], lead[b]) for a, b in entails if lead[a] != lead[b]}
    for a, b, v in told.pairs:
        if v not in (Verdict.HOLDS, Verdict.FOLLOWS):
            continue
        first, second = at(a), at(b)
        if not first or not second:
            ends = _end(a, at), _end(b, at)
            pairs.add(ends if v is Verdict.HOLDS else ends[::-1])
            continue
        ids = {lead[f.id] for f in first}, {lead[f.id] for f in second}
        if any((x, y) in pairs or (y, x) in pairs for x in ids[0] for y in ids[1]):
            continue
        later, earlier = _two(second, first)
        joinable = type(later) is not type(earlier) or _of_one_party(later, earlier)
        if joinable and lead[later.id] != lead[earlier.id]:
            ends = lead[earlier.id], lead[later.id]
            pairs.add(ends if v is Verdict.HOLDS else ends[::-1])
        elif not joinable and isinstance(later, Count | Happening):
            ends = a[0], b[0]
            pairs.add(ends if v is Verdict.HOLDS else ends[::-1])
    unique = {id(group): group for group in own.values()}
    return [tuple(f.id for f in group) for group in unique.values() if len(group) > 1], pairs, apart


def _of_one_party(a: Finding, b: Finding) -> bool:
    """Whether both are moves of one party: an outlet calls a plan dropped, another a demand given up."""
    return isinstance(a, steps.Step) and isinstance(b, steps.Step) and a.move.party == b.move.party is not None


class _Lead(dict[str, str]):
    """The first of the group of each finding, by id; one alone is its own."""

    def __missing__(self, id: str) -> str:
        return id


def _two(later: Sequence[Finding], earlier: Sequence[Finding]) -> tuple[Finding, Finding]:
    """The two findings of two sentences that are of one kind, or the first of each."""
    pairs = ((a, b) for a in sorted(later, key=_rank) for b in sorted(earlier, key=_rank))
    return next((p for p in pairs if type(p[0]) is type(p[1])), (min(later, key=_rank), min(earlier, key=_rank)))


def _rank(f: Finding) -> tuple[int, int, str]:
    """Statements first, then moves, figures and events; in the order of the text."""
    kinds = (sayings.Saying, steps.Step, counts.Count)
    return next((n for n, k in enumerate(kinds) if isinstance(f, k)), len(kinds)), f.evidence.start, f.id
