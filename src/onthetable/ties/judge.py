"""Judges the sentences that findings stand in: which say the same, which follow from which, which cannot both be so.

Each sentence is compared with a few earlier ones that share most of its words, so that the work grows with the
sentences and not with their square; those that say the same are put under the earliest of them, as findings are
(leader clustering: Hartigan 1975).
In copies of one story nothing but that is told: what differs there is only the words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from onthetable.case import Party
from onthetable.model import Event, Figure, Interval, Move, Reading, Report, Span, Statement
from onthetable.ties.account import Account, Names, account, items_of
from onthetable.ties.bodies import Body
from onthetable.ties.claim import Finding, Stories, appeared
from onthetable.ties.settings import sentence
from onthetable.ties.verdicts import Verdict, verdict

ACCOUNTS = 20_000
"""Accounts that are kept at a time: a sentence is compared with the latest that share its words."""
KEPT = 16
"""Leaders of each key that are looked at, the latest."""
JUDGED = 3
"""Leaders that a sentence is compared with, those that share most keys."""
SHARED, FEW = 0.3, 1
"""Share of the keys of the shorter of two, and how many, that both have to have, for them to be worth a verdict."""
SHORT = 600
"""Code points up to which two reports in like words need not be copies."""
BARE = 8
"""Sentences of a report without a finding that are judged as well, the first that name a party."""

Place = tuple[str, int, int]
"""A report, and the offsets of a sentence or of what is said in it."""
_TURNED = {Verdict.HOLDS: Verdict.FOLLOWS, Verdict.FOLLOWS: Verdict.HOLDS}


class Judge:
    """What the sentence of one finding is to that of another."""

    def __init__(
        self,
        readings: Sequence[Reading],
        published: Mapping[str, Interval],
        story: Stories,
        parties: Iterable[Party] = (),
        bodies: Mapping[str, Body] | None = None,
    ) -> None:
        self._readings = {r.report.id: r for r in readings}
        self._published = published
        self._names = Names(readings, parties)
        self._account: Callable[[Place], Account] = lru_cache(ACCOUNTS)(self._read)
        self._place: dict[str, Place] = {}
        self._family: dict[Place, str] = {}
        self._leader: dict[Place, Place] = {}
        self._found: dict[tuple[Place, Place], Verdict] = {}
        for r in readings:
            self._settle(r, story, (bodies or {}).get(r.report.id))
        self._compare()
        self._near: dict[Place, list[Place]] = defaultdict(list)
        for a, b in self._found:
            self._near[b].append(a)

    def place(self, finding: Finding) -> Place:
        """The sentence that a finding stands in, or what is said there."""
        return self._place[finding.id]

    def __contains__(self, id: str) -> bool:
        return id in self._place

    def at(self, id: str) -> Place:
        """The same by the id of a finding. Raises KeyError for one that is not known."""
        return self._place[id]

    def span(self, place: Place) -> Span:
        """The words of a sentence."""
        return self._readings[place[0]].report.span(place[1], place[2])

    def of(self, first: Finding, second: Finding) -> Verdict | None:
        """What the first is to the second; None in one story, and where too little is known."""
        a, b = self._place[first.id], self._place[second.id]
        return None if a[0] == b[0] else self.between(a, b)

    def keys(self, finding: Finding) -> Iterator[Hashable]:
        """The leading sentences that say the same as that of a finding or have to do with it."""
        leader = self._leader[self._place[finding.id]]
        yield leader
        yield from self._near.get(leader, ())

    def between(self, a: Place, b: Place) -> Verdict | None:
        """The same of two sentences."""
        a, b = self._leader[a], self._leader[b]
        if a == b:
            return Verdict.SAME
        if (found := self._found.get((a, b))) is not None:
            return found
        back = self._found.get((b, a))
        return _TURNED.get(back, back) if back else None

    def same(self) -> Iterator[tuple[Place, Place]]:
        """Each sentence that says again what another does, after that other."""
        return ((leader, place) for place, leader in self._leader.items() if place != leader)

    def pairs(self, *kinds: Verdict) -> Iterator[tuple[Place, Place, Verdict]]:
        """The pairs of leading sentences of which one of some verdicts holds, the earlier first."""
        return ((a, b, v) for (a, b), v in self._found.items() if v in kinds)

    def _copied(self, a: Place, b: Place) -> bool:
        """Whether the one story is told in both, so that what differs is but the words."""
        lengths = (len(self._readings[p[0]].report.text) for p in (a, b))
        return self._family[a] == self._family[b] and max(lengths) > SHORT

    def _settle(self, reading: Reading, story: Stories, body: Body | None) -> None:
        report = reading.report
        said = _outer(reading.statements)
        for f in _all(reading):
            span = _told(report, said, _evidence(f))
            place = self._place[f.id] = report.id, span.start, span.end
            self._family.setdefault(place, story.of(report.id, span))
        if body:
            taken = sorted({self._place[f.id][1:] for f in _all(reading)})
            for span in _bare(report, body, taken):
                made = report.id, span.start, span.end
                if any(i.kind != "word" for i in self._account(made).items):
                    self._family.setdefault(made, story.of(report.id, span))

    def _read(self, place: Place) -> Account:
        report, start, end = place
        reading = self._readings[report]
        return account(reading, reading.report.span(start, end), self._published.get(report), self._names)

    def _compare(self) -> None:
        leaders: dict[Hashable, deque[int]] = defaultdict(lambda: deque(maxlen=KEPT))
        known: list[tuple[Place, int]] = []
        for place in sorted(self._family, key=lambda p: (*appeared(self._published.get(p[0])), p)):
            keys = list(dict.fromkeys(items_of(self._account(place))))
            shared = Counter(n for k in keys for n in leaders.get(k, ()))
            best = sorted(shared, key=lambda n: (-shared[n], n))[: 2 * JUDGED]
            self._leader[place] = place
            judged = 0
            for n in best:
                other, size = known[n]
                if other[0] == place[0]:
                    continue
                if shared[n] < min(FEW, size, len(keys)) or shared[n] < SHARED * min(size, len(keys)):
                    continue
                found = verdict(self._account(other), self._account(place))
                if found is Verdict.SAME:
                    self._leader[place] = other
                    break
                if found and not self._copied(other, place):
                    self._found[other, place] = found
                judged += 1
                if judged == JUDGED:
                    break
            if self._leader[place] == place:
                for k in keys:
                    leaders[k].append(len(known))
                known.append((place, len(keys)))
            else:
                for n in best:
                    self._found.pop((known[n][0], place), None)


def _all(r: Reading) -> Iterator[Statement | Move | Figure | Event]:
    yield from r.statements
    yield from r.moves
    yield from r.figures
    yield from r.events


def _evidence(f: Statement | Move | Figure | Event) -> Span:
    return f.content if isinstance(f, Statement) else f.evidence


def _outer(statements: Sequence[Statement]) -> list[Span]:
    """What is said, in order, without what nobody known says inside of what another does."""
    found: list[Span] = []
    for s in sorted(statements, key=lambda s: (s.content.start, -s.content.end)):
        named = s.source is not None and (s.source.name or s.source.party)
        if named or not any(s.content.within(o) for o in found[-3:]):
            found.append(s.content)
    return found


def _told(report: Report, said: Sequence[Span], evidence: Span) -> Span:
    """The statement that is the evidence or most of it, else its sentence, but for what is said there by others."""
    whole = sentence(report, evidence)
    last = bisect_left(said, whole.end, key=_start)
    beside = [s for s in said[max(0, last - 4) : last] if _both(s, whole)]
    inside = next((s for s in beside if evidence.within(s) or _both(s, evidence) > len(evidence.text) / 2), None)
    return inside or (evidence if beside else whole)


def _both(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _bare(report: Report, body: Body, taken: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """The first sentences of a report in which no finding stands."""
    count = 0
    for s in body.sentences:
        at = bisect_left(taken, (s.end, 0))
        if any(a < s.end and s.start < b for a, b in taken[max(0, at - 3) : at]):
            continue
        yield report.span(s.start, s.end)
        count += 1
        if count == BARE:
            return


def _start(span: Span) -> int:
    return span.start
