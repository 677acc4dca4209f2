"""Which reports pass on what another report of the collection had: "..., the Orlan newspaper reported"."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from onthetable.model import Interval, Published, Reading, Span, Statement, Tie
from onthetable.outlets import same
from onthetable.text import plain, words
from onthetable.ties.bodies import Bodies, Body, Places, Sentence, bit, bits, overlap
from onthetable.ties.claim import Stories
from onthetable.ties.saving import Part

SAME = 0.5
"""Share of the shorter sentence from which on two sentences tell the same."""
NEAR = 14
"""Days after a report within which another passes it on."""
ROUNDED = 1e-9
"""What sums of weights may differ by."""
LEAST = 3
"""Things that two sentences share at least, the name of the outlet apart."""
KEPT = 50
"""Reports of one outlet in which the words are looked for, the latest of those that came out in time."""

_Bits = tuple[tuple[int, ...], "array[float]"]
"""Of each sentence of a report bits of what it speaks of, and its weight."""


def find_relays(
    readings: Sequence[Reading],
    published: Mapping[str, Published] | None = None,
    families: Iterable[Iterable[str]] = (),
) -> tuple[Tie, ...]:
    """Ties of kind `relays`, from a report that names an outlet for a statement to that outlet's own report of it.

    The outlet's report must tell the statement in a sentence of its own, must not have come out later (where
    `published` says so) nor more than `NEAR` days before, and the two must not be copies of one story
    (`families`). The evidence is the sentence in either; the score is the share of the shorter one that both
    tell. One tie for each pair of reports, the strongest. Any order of readings gives the same ties.
    """
    relays = Relays(Stories(families), Bodies(r.report for r in readings))
    for r in readings:
        known = (published or {}).get(r.report.id)
        relays.put(r, known.interval if known else None)
    relays.settle()
    return relays.all()


class Relays(Part):
    """What reports pass on of one another; one more can come, or be dated otherwise, at any time."""

    KEPT = ("_readings", "_shelves", "_bits", "ties")

    def __init__(self, stories: Stories, bodies: Bodies) -> None:
        """`stories` tell which reports are copies of one another; `again` is for those of which that changes."""
        self._stories, self._bodies = stories, bodies
        self._readings: dict[str, Reading] = {}
        self._shelves = _Shelves()
        self._bits: dict[str, _Bits] = {}
        self._due: set[str] = set()
        self.ties: dict[str, tuple[Tie, ...]] = {}

    def all(self) -> tuple[Tie, ...]:
        """All ties, by the ids of both reports."""
        return tuple(tie for _, ties in sorted(self.ties.items()) for tie in ties)

    def put(self, reading: Reading, days: Interval | None) -> None:
        """Adds a report, in the place of one of the same id; `days` are those of its publication."""
        id = reading.report.id
        self._readings[id] = reading
        if id not in self._bits:  # whatever else changes of a report, its text does not
            sentences = self._bodies[id].sentences
            self._bits[id] = tuple(bits(s.items) for s in sentences), array("d", (s.weight for s in sentences))
        self._due |= self._shelves.put(reading, days)
        self._due.add(id)

    def again(self, id: str) -> None:
        """Has it looked for anew what a report passes on, and who passes it on."""
        self._due |= self._shelves.passing_on(id)
        self._due.add(id)

    def settle(self) -> set[str]:
        """Looks for what reports pass on, where that may have changed; gives the ids of those where it has."""
        # Day by day, so that what is held ready serves many.
        order = sorted(self._due, key=lambda i: (self._shelves.day(i), i))
        changed = {id for id in order if self._look(id)}
        self._due.clear()
        return changed

    def _look(self, id: str) -> bool:
        reading, bodies = self._readings[id], self._bodies
        family = self._stories.family(id)
        best: dict[str, Tie] = {}
        for statement, outlet in self._shelves.cited(reading):
            name = _name(outlet)
            mine = _around(statement, bodies[id])
            sought = [_Sought(s, name) for s in mine]
            for other in self._shelves.timely(outlet, id):
                if family == self._stories.family(other) or not self._may_tell(other, sought):
                    continue
                tie = _told(mine, name, bodies[id], bodies[other], bodies.places(other))
                if tie and (other not in best or tie.score > best[other].score):
                    best[other] = tie
        ties = tuple(tie for _, tie in sorted(best.items()))
        changed = ties != self.ties.get(id, ())
        if ties:
            self.ties[id] = ties
        else:
            self.ties.pop(id, None)
        return changed

    def _may_tell(self, id: str, sought: Iterable[_Sought]) -> bool:
        """Whether a report may have a sentence like one of those; it is read for that only then."""
        return any(s.may_be(*there) for there in zip(*self._bits[id], strict=True) for s in sought)


class _Sought:
    """A sentence that others may tell, without the name of their outlet, by bits of what it speaks of."""

    def __init__(self, sentence: Sentence, outlet: frozenset[str]) -> None:
        self._weight = sentence.weight
        self._items = [(bit(i), w) for i, w in sentence.items.items() if i not in outlet]
        self._name = sum(w for i, w in sentence.items.items() if i in outlet)
        self._bits = bits(sentence.items.keys() - outlet)

    def may_be(self, there: int, weight: float) -> bool:
        """Whether the sentence of those bits and that weight may share enough of it."""
        if (self._bits & there).bit_count() < LEAST:
            return False
        both = self._name + sum(w for b, w in self._items if b & there)
        return both >= SAME * min(self._weight, weight) - ROUNDED


class _Shelves(Part):
    """The reports of each outlet (by id), in the order in which they came out; those without a day come first."""

    KEPT = ("_days", "_outlet", "_reports", "_widest", "_bare", "_alike", "_by_relay", "_by_source")

    def __init__(self) -> None:
        self._days: dict[str, Interval] = {}
        self._outlet: dict[str, str] = {}
        self._reports: dict[str, list[tuple[date, str]]] = {}
        self._widest: dict[str, int] = defaultdict(int)
        self._bare: dict[str, list[str]] = defaultdict(list)
        self._alike: dict[str, list[str]] = {}
        self._by_relay: dict[str, set[str]] = defaultdict(set)
        self._by_source: dict[str, set[str]] = defaultdict(set)

    def put(self, reading: Reading, days: Interval | None) -> set[str]:
        """Puts a report in its place, from wherever it was before; gives the ids of those that may pass it on."""
        id, outlet = reading.report.id, reading.report.outlet
        found = self.passing_on(id) if id in self._outlet else set()
        if id in self._outlet:
            self._reports[self._outlet[id]].remove((self.day(id), id))
        self._days.pop(id, None)
        if days:
            self._days[id] = days
        if outlet:
            self._outlet[id] = outlet
            if outlet not in self._reports:
                self._open(outlet)
            insort(self._reports[outlet], (self.day(id), id))
            self._widest[outlet] = max(self._widest[outlet], days.days if days else 0)
            found |= self.passing_on(id)
        return found

    def _open(self, outlet: str) -> None:
        self._reports[outlet] = []
        self._bare[_bare(outlet)].append(outlet)
        for name, known in self._alike.items():
            if same(name, outlet):
                known.append(outlet)

    def passing_on(self, id: str) -> set[str]:
        """The reports that name the outlet of this one and may have come out soon enough after it."""
        outlet, mine = self._outlet.get(id), self._days.get(id)
        if not outlet:
            return set()
        names = [name for name, known in self._alike.items() if outlet in known]
        citing = self._by_source.get(_bare(outlet), set()).union(*(self._by_relay[n] for n in names))
        return {i for i in citing if i != id and _in_time(self._days.get(i), mine)}

    def day(self, id: str) -> date:
        """The day by which a report was out, the earliest of all where that is unknown."""
        return self._days[id].latest if id in self._days else date.min

    def cited(self, reading: Reading) -> Iterator[tuple[Statement, str]]:
        """Statements with each outlet through which they came, or that makes them itself; from now on it cites them."""
        for statement in reading.statements:
            yield from ((statement, outlet) for outlet in self._named(statement, reading.report.id))

    def _named(self, statement: Statement, id: str) -> list[str]:
        found: dict[str, None] = {}
        for name in statement.relay:
            if name not in self._alike:
                self._alike[name] = [outlet for outlet in self._reports if same(name, outlet)]
            self._by_relay[name].add(id)
            found |= dict.fromkeys(self._alike[name])
        source = statement.source
        if source and source.kind == "organisation":
            for name in (source.name or "", source.span.text.split(",")[0]):
                self._by_source[_bare(name)].add(id)
                found |= dict.fromkeys(self._bare.get(_bare(name), ()))
        return sorted(found)

    def timely(self, outlet: str, id: str) -> list[str]:
        """The latest reports of an outlet that may have come out before the given one, and soon enough; `KEPT` at most.

        Unknown days may be any.
        """
        dated, mine = self._reports[outlet], self._days.get(id)
        if not mine:
            return [i for _, i in dated[-KEPT:] if i != id]
        undated = bisect_right(dated, (date.min, "~"))
        last = min(date.max.toordinal(), mine.latest.toordinal() + self._widest[outlet])
        first = max(date.min.toordinal(), mine.earliest.toordinal() - NEAR)
        low = bisect_left(dated, (date.fromordinal(first), ""), undated)
        found: list[str] = []
        for _, i in reversed(dated[low : bisect_right(dated, (date.fromordinal(last), "~"), low)]):
            if self._days[i].earliest <= mine.latest:
                found.append(i)
                if len(found) == KEPT:
                    break
        found += (i for _, i in reversed(dated[max(0, undated - KEPT + len(found)) : undated]))
        return [i for i in found if i != id]


def _in_time(teller: Interval | None, owner: Interval | None) -> bool:
    if not teller or not owner:
        return True
    return owner.earliest <= teller.latest and (teller.earliest - owner.latest).days <= NEAR


def _bare(name: str) -> str:
    return plain(name).removeprefix("the ").strip()


def _name(outlet: str) -> frozenset[str]:
    """The name of an outlet as sentences are compared."""
    return frozenset(w[:5] for w in words(outlet))


def _around(statement: Statement, body: Body) -> list[Sentence]:
    """The sentences that a statement stands in."""
    return [s for s in body.sentences if s.start < statement.content.end and statement.content.start < s.end]


def _told(mine: Sequence[Sentence], outlet: frozenset[str], here: Body, there: Body, places: Places) -> Tie | None:
    pairs = [(overlap(s, t), s, t) for s in mine for t in _like(s, there, places, outlet)]
    score, s, t = max(pairs, key=lambda p: (p[0], -p[2].start), default=(0.0, None, None))
    if s is None or t is None or score < SAME:
        return None
    evidence: tuple[Span, Span] = here.report.span(s.start, s.end), there.report.span(t.start, t.end)
    return Tie("relays", here.report.id, there.report.id, round(min(1.0, score), 3), evidence)


def _like(s: Sentence, body: Body, places: Places, outlet: frozenset[str]) -> list[Sentence]:
    """Sentences of a body that share some things with the one given, the name of its outlet apart."""
    shared = Counter(n for item in s.items if item not in outlet for n, _ in places.get(item, ()))
    return [body.sentences[n] for n, count in shared.items() if count >= LEAST]
