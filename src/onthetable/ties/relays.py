"""Which reports pass on what another report of the collection had: "..., the Orlan newspaper reported"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from onthetable.model import Interval, Published, Reading, Span, Statement, Tie
from onthetable.outlets import same
from onthetable.text import plain, words
from onthetable.ties.bodies import Bodies, Body, Places, Sentence, overlap
from onthetable.ties.claim import Stories
from onthetable.ties.saving import Part

SAME = 0.5
"""Share of the shorter sentence from which on two sentences tell the same."""
NEAR = 14
"""Days after a report within which another passes it on."""
LEAST = 3
"""Things that two sentences share at least, the name of the outlet apart."""
KEPT = 50
"""Reports of one outlet in which the words are looked for, the latest of those that came out in time."""


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

    KEPT = ("_readings", "_shelves", "ties")

    def __init__(self, stories: Stories, bodies: Bodies) -> None:
        """`stories` tell which reports are copies of one another; `again` is for those of which that changes."""
        self._stories, self._bodies = stories, bodies
        self._readings: dict[str, Reading] = {}
        self._shelves = _Shelves()
        self._told: dict[str, dict[str, Tie | None]] = {}
        self._due: set[str] = set()
        self.ties: dict[str, tuple[Tie, ...]] = {}

    def all(self) -> tuple[Tie, ...]:
        """All ties, by the ids of both reports."""
        return tuple(tie for _, ties in sorted(self.ties.items()) for tie in ties)

    def put(self, reading: Reading, days: Interval | None) -> None:
        """Adds a report, in the place of one of the same id; `days` are those of its publication."""
        id = reading.report.id
        if self._readings.get(id) is not reading:
            self._told.pop(id, None)
        self._readings[id] = reading
        self._due |= self._shelves.put(reading, days)
        self._due.add(id)

    def again(self, id: str) -> None:
        """Has it looked for anew what a report passes on, and who passes it on."""
        self._due |= self._shelves.passing_on(id)
        self._due.add(id)

    def settle(self) -> set[str]:
        """Looks for what reports pass on, where that may have changed; gives the ids of those where it has."""
        cited = {id: self._shelves.cited(self._readings[id]) for id in sorted(self._due)}
        told: dict[str, dict[str, Tie | None]] = {id: {} for id in cited}
        # One outlet after the other, day by day: its reports are held ready, and only those that cite it read again.
        for outlet, _, id in sorted((o, self._shelves.day(id), id) for id, outlets in cited.items() for o in outlets):
            told[id] |= self._look(id, outlet, cited[id][outlet])
        self._due.clear()
        return {id for id, found in told.items() if self._take(id, found)}

    def _look(self, id: str, outlet: str, statements: Sequence[Statement]) -> dict[str, Tie | None]:
        """What a report may have from those of an outlet; what two were found to share is not looked for again."""
        known, family = self._told.get(id, {}), self._stories.family(id)
        others = (i for i in self._shelves.timely(outlet, id) if self._stories.family(i) != family)
        return {i: known[i] if i in known else self._compare(id, statements, i, outlet) for i in others}

    def _take(self, id: str, told: dict[str, Tie | None]) -> bool:
        """Ties a report to what it has from others; tells whether that is other than before."""
        self._told.pop(id, None)
        if told:
            self._told[id] = told
        ties = tuple(tie for _, tie in sorted(told.items()) if tie)
        changed = ties != self.ties.get(id, ())
        if ties:
            self.ties[id] = ties
        else:
            self.ties.pop(id, None)
        return changed

    def _compare(self, id: str, statements: Iterable[Statement], other: str, outlet: str) -> Tie | None:
        here = self._bodies[id]
        return _told(_around(statements, here), _name(outlet), here, self._bodies[other], self._bodies.places(other))


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

    def cited(self, reading: Reading) -> dict[str, list[Statement]]:
        """Each outlet with the statements that came through it, or that it makes itself; from now on it is cited."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in reading.statements:
            for outlet in self._named(statement, reading.report.id):
                found[outlet].append(statement)
        return found

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


def _around(statements: Iterable[Statement], body: Body) -> list[Sentence]:
    """The sentences that statements stand in."""
    contents = [s.content for s in statements]
    return [s for s in body.sentences if any(s.start < c.end and c.start < s.end for c in contents)]


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
