"""Which reports pass on what another report of the collection had: "..., the Orlan newspaper reported"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from onthetable.model import Published, Reading, Report, Span, Statement, Tie
from onthetable.outlets import same
from onthetable.text import plain, words
from onthetable.ties.bodies import Body, Sentence, overlap, read_body

SAME = 0.5
"""Share of the shorter sentence from which on two sentences tell the same."""
NEAR = 14
"""Days after a report within which another passes it on."""
KEPT = 50
"""Reports of one outlet in which the words are looked for, the latest of those that came out in time."""
PLACED = 2_000
"""Reports held ready for looking words up."""

_Places = Mapping[str, Sequence[tuple[int, float]]]
_Placed = tuple[Body, _Places]


def find_relays(
    readings: Sequence[Reading],
    published: Mapping[str, Published] | None = None,
    families: Iterable[Iterable[str]] = (),
    bodies: Mapping[str, Body] | None = None,
) -> tuple[Tie, ...]:
    """Ties of kind `relays`, from a report that names an outlet for a statement to that outlet's own report of it.

    The outlet's report must tell the statement in a sentence of its own, must not have come out later (where
    `published` says so) nor more than `NEAR` days before, and the two must not be copies of one story
    (`families`). The evidence is the sentence in either; the score is the share of the shorter one that both
    tell. One tie for each pair of reports, the strongest. `bodies` are those already read, by the id of the report.
    Any order of readings gives the same ties.
    """
    unique = {r.report.id: r for r in readings}
    family = {i: min(group) for group in map(tuple, families) for i in group}
    shelves = _Shelves((r.report for r in unique.values()), published or {})
    known = bodies or {}

    @lru_cache(PLACED)
    def placed(id: str) -> _Placed:
        body = known.get(id) or read_body(unique[id].report)
        return body, body.places()

    asked = sorted(  # outlet by outlet and day by day, so that what is held ready serves many
        (outlet, shelves.day(i), i, n)
        for i, reading in unique.items()
        for n, statement in enumerate(reading.statements)
        for outlet in shelves.named(statement)
    )
    best: dict[tuple[str, str], Tie] = {}
    for outlet, _, i, n in asked:
        here = known.get(i) or placed(i)[0]
        for other in shelves.timely(outlet, i):
            if family.get(i, i) == family.get(other, other):
                continue
            tie = _told(unique[i].statements[n], here, placed(other))
            if tie and ((i, other) not in best or tie.score > best[i, other].score):
                best[i, other] = tie
    return tuple(tie for _, tie in sorted(best.items()))


class _Shelves:
    """The reports of each outlet (by id), in the order in which they came out; those without a day come first."""

    def __init__(self, reports: Iterable[Report], published: Mapping[str, Published]) -> None:
        self._days = {i: p.interval for i, p in published.items()}
        self._reports: dict[str, list[tuple[date, str]]] = defaultdict(list)
        self._widest: dict[str, int] = defaultdict(int)
        self._bare: dict[str, list[str]] = defaultdict(list)
        self._alike: dict[str, list[str]] = {}
        for report in sorted(reports, key=lambda r: r.id):
            if outlet := report.outlet:
                if outlet not in self._reports:
                    self._bare[_bare(outlet)].append(outlet)
                days = self._days.get(report.id)
                self._reports[outlet].append((self.day(report.id), report.id))
                self._widest[outlet] = max(self._widest[outlet], days.days if days else 0)
        for dated in self._reports.values():
            dated.sort()

    def day(self, id: str) -> date:
        """The day by which a report was out, the earliest of all where that is unknown."""
        return self._days[id].latest if id in self._days else date.min

    def named(self, statement: Statement) -> list[str]:
        """The outlets through which a statement came, or that make it themselves."""
        found: dict[str, None] = {}
        for name in statement.relay:
            if name not in self._alike:
                self._alike[name] = [outlet for outlet in self._reports if same(name, outlet)]
            found |= dict.fromkeys(self._alike[name])
        source = statement.source
        if source and source.kind == "organisation":
            for name in (source.name or "", source.span.text.split(",")[0]):
                found |= dict.fromkeys(self._bare.get(_bare(name), ()))
        return list(found)

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


def _bare(name: str) -> str:
    return plain(name).removeprefix("the ").strip()


def _told(statement: Statement, here: Body, other: _Placed) -> Tie | None:
    there, places = other
    outlet = frozenset(w[:5] for w in words(there.report.outlet or ""))
    mine = [s for s in here.sentences if s.start < statement.content.end and statement.content.start < s.end]
    pairs = [(overlap(s, t), s, t) for s in mine for t in _like(s, there, places, outlet)]
    score, s, t = max(pairs, key=lambda p: (p[0], -p[2].start), default=(0.0, None, None))
    if s is None or t is None or score < SAME:
        return None
    evidence: tuple[Span, Span] = here.report.span(s.start, s.end), there.report.span(t.start, t.end)
    return Tie("relays", here.report.id, there.report.id, round(min(1.0, score), 3), evidence)


def _like(s: Sentence, body: Body, places: _Places, outlet: frozenset[str]) -> list[Sentence]:
    """Sentences of a body that share three things or more with the one given, the name of its outlet apart."""
    shared = Counter(n for item in s.items if item not in outlet for n, _ in places.get(item, ()))
    return [body.sentences[n] for n, count in shared.items() if count >= 3]
