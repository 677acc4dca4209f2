"""Judges the sentences that findings stand in: which say the same, which follow from which, which cannot both be so.

Each sentence is compared with a few earlier ones that share most of its words, so that the work grows with the
sentences and not with their square; those that say the same are put under the earliest of them, as findings are
(leader clustering: Hartigan 1975).
In copies of one story nothing but that is told: what differs there is only the words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from onthetable.case import Party
from onthetable.model import Event, Figure, Interval, Move, Reading, Report, Span, Statement
from onthetable.text import words
from onthetable.ties.account import Account, account, items_of
from onthetable.ties.alignment import align
from onthetable.ties.bodies import Body
from onthetable.ties.claim import Finding, Order, Stories, placed
from onthetable.ties.masking import Masked, filled, masked
from onthetable.ties.names import Names
from onthetable.ties.relations import strange
from onthetable.ties.saving import Part
from onthetable.ties.settings import sentence
from onthetable.ties.verdicts import Verdict, verdict
from onthetable.ties.windows import Ranked, Seen

NAMED = 1_000
"""Reports of which the names are kept at a time."""
ACCOUNTS = 5_000
"""Accounts that are kept at a time: a sentence is compared with the latest that share its words."""
KEPT = 16
"""Leaders of each key that are looked at, the latest."""
JUDGED = 3
"""Leaders that a sentence is compared with, those that share most keys."""
SHARED, FEW = 0.3, 1
"""Share of the keys of the shorter of two, and how many, that both have to have, for them to be worth a verdict."""
LOOSELY = 0.2
"""The same for first sentences of reports of a few days. The very first of one day are compared whatever they share,
and those of two days if they name somebody in common or nobody.
"""
SHORT = 600
"""Code points up to which two reports in like words need not be copies."""
BARE = 8
"""Sentences of a report without a finding that are looked at: of the first all are judged, of the others those that
name somebody."""

REUSED = 8
"""Words from which on two sentences that are the same are no two tellings."""
QUOTE = re.compile('["“”«»]')

LEDE = 3
"""Sentences of a report, of those that are judged, that are weighed as well: the first, which tell its news."""
DAYS = 2
"""Days between two reports up to which their sentences are weighed."""
MASKED = 5_000
"""Masked sentences that are kept at a time."""

Place = tuple[str, int, int]
"""A report, and the offsets of a sentence or of what is said in it."""
_NOTED = (None, None, *Verdict)
"""What a byte stands for that is noted of two sentences: 0 that they were not compared, 1 that there is no verdict;
as many more where the one story is told in both, on which a verdict hangs as well.
"""
_TURNED = {Verdict.HOLDS: Verdict.FOLLOWS, Verdict.FOLLOWS: Verdict.HOLDS}


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a report, or what is said in it: its story, and the days of its report."""

    id: str
    report: str
    start: int
    family: str
    days: Interval | None

    @property
    def order(self) -> Order:
        """Where it stands among all."""
        return placed(self.id, self.report, self.start, self.days)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a sentence is to earlier ones: the one that says the same, if any; else the verdicts on others (by id)."""

    leader: str | None
    pairs: tuple[tuple[str, Verdict], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Sentences that say again what another does, after that other; and pairs of leading ones with their verdict, the
    earlier first; in their order.
    """

    same: Sequence[tuple[Place, Place]]
    pairs: Sequence[tuple[Place, Place, Verdict]]


class Judge(Part):
    """What the sentence of one finding is to that of another; reports may come, and come otherwise, at any time."""

    KEPT = ("_readings", "_version", "_place", "_members", "_followed", "_windows", "_of_report")

    def __init__(self, stories: Stories, published: Mapping[str, Interval], parties: Iterable[Party] = ()) -> None:
        """`published` gives the days of the reports by id; a report whose days or story change has to be put again."""
        self._stories, self._published, self._parties = stories, published, tuple(parties)
        self._readings: dict[str, Reading] = {}
        self._version: Counter[str] = Counter()
        self._account: Callable[[Place, int], Account] = lru_cache(ACCOUNTS)(self._read)
        self._masked: Callable[[Place, int], Masked] = lru_cache(MASKED)(self._mask)
        self._named: Callable[[str, int], Names] = lru_cache(NAMED)(self._names)
        self._place: dict[str, Place] = {}
        self._members: dict[str, set[str]] = defaultdict(set)
        self._followed: dict[str, str] = {}
        self._windows: Ranked[Passage, Judged] = Ranked(lambda p: p.order, lambda p: (), self._judge, KEPT, 2 * JUDGED)
        self._of_report: dict[str, tuple[Place, ...]] = {}

    def put(self, reading: Reading, body: Body | None, *, otherwise: bool = True) -> None:
        """Adds the sentences of a report, in the place of those of the same report.

        `otherwise` tells that the report has another reading or other days than before, and not just another story.
        """
        report = reading.report
        if otherwise:
            self._version[report.id] += 1
            for f in records(self._readings[report.id]) if report.id in self._readings else ():
                self._place.pop(f.id, None)
            self._readings[report.id] = reading
            before, after = self._of_report.get(report.id, ()), self._sentences(reading, body)
            self._windows.drop(_name(p) for p in before if p not in after)
            self._of_report[report.id] = after
        for place in self._of_report[report.id]:
            if otherwise:
                self._add(place)
            else:
                self._move(place)

    def _sentences(self, reading: Reading, body: Body | None) -> tuple[Place, ...]:
        """What is judged of a report: the sentences in which its findings stand, and some others."""
        report, said = reading.report, _outer(reading.statements)
        found: dict[tuple[int, int], Place] = {}
        for f in records(reading):
            span = _told(report, said, _evidence(f))
            offsets = span.start, span.end
            self._place[f.id] = found.setdefault(offsets, (report.id, *offsets))
        bare = _bare(report, body, sorted(found)) if body else ()
        for n, span in enumerate(bare):
            place = report.id, span.start, span.end
            if n < LEDE or any(i.kind != "word" for i in self._of(place).items):
                found[place[1:]] = place
        return tuple(found[offsets] for offsets in sorted(found))

    def _add(self, place: Place) -> None:
        report, start, _ = place
        keys = (*dict.fromkeys(items_of(self._of(place))), *self._times(place))
        story, days = self._stories.of(report, self.span(place)), self._published.get(report)
        self._windows.put(Passage(_name(place), report, start, story, days), keys, otherwise=True)

    def _move(self, place: Place) -> None:
        """Takes up that a sentence may be of another story: what it tells is as it was."""
        known = self._windows[_name(place)]
        story = self._stories.of(place[0], self.span(place))
        self._windows.put(replace(known, family=story), self._windows.more(known.id))

    def _times(self, place: Place) -> tuple[int, ...]:
        """Keys that the first sentence of a report shares with those of reports of its days or the next, and no others.

        They are numbers of days, far above those of the lists of words.
        """
        days = self._published.get(place[0])
        if days is None or days.days > DAYS or place not in self._of_report[place[0]][:1]:
            return ()
        first, last = days.earliest.toordinal(), days.latest.toordinal()
        return tuple(range(first, last + 2))

    def judge(self) -> None:
        """Judges what came, while what it tells is held ready; `settle` tells of it."""
        self._windows.judge()

    def settle(self) -> dict[Place, frozenset[str] | None]:
        """Judges what came; gives the sentences of which anything is told otherwise than before.

        With each that leads as before stand the leading ones (ids) to which it is something else now, and with the
        others None.
        """
        again: dict[str, frozenset[str] | None] = {}
        for id, before in self._windows.settle().items():
            now = self._windows.found.get(id)
            again[id] = _otherwise(before, now)
            if leader := self._followed.pop(id, None):
                self._members[leader].discard(id)
            if now and now.leader:
                self._members[now.leader].add(id)
                self._followed[id] = now.leader
        for id, others in [*again.items()]:
            again |= {m: others for m in self._members.get(id, ()) if m not in again}
        return {_of_name(id): others for id, others in again.items()}

    def place(self, finding: Finding) -> Place:
        """The sentence that a finding stands in, or what is said there."""
        return self._place[finding.id]

    def __contains__(self, id: str) -> bool:
        return id in self._place

    def at(self, id: str) -> Place:
        """The same by the id of a finding. Raises KeyError for one that is not known."""
        return self._place[id]

    def places(self, report: str) -> tuple[Place, ...]:
        """The sentences of a report that are judged, in their order."""
        return self._of_report[report]

    def accounts(self, report: str) -> Iterator[Account]:
        """What each sentence of a report that is judged tells."""
        return map(self._of, self._of_report[report])

    def one_story(self, a: Place, b: Place) -> bool:
        """Whether two sentences are of one story."""
        return self._windows[_name(a)].family == self._windows[_name(b)].family

    def reused(self, a: Place, b: Place) -> bool:
        """Whether two sentences are the very same words, and nobody's quotation: the one has them from the other."""
        told = self.span(a).text, self.span(b).text
        first, second = map(words, told)
        return first == second and len(first) >= REUSED and not any(QUOTE.search(t) for t in told)

    def span(self, place: Place) -> Span:
        """The words of a sentence."""
        return self._readings[place[0]].report.span(place[1], place[2])

    def of(self, first: str, second: str) -> Verdict | None:
        """What the first finding (id) is to the second; None in one report, and where too little is known."""
        a, b = self._place[first], self._place[second]
        if a[0] == b[0]:
            return None
        x, y = self._leader(_name(a)), self._leader(_name(b))
        if x == y:
            return Verdict.SAME
        if (found := self._pairs(y).get(x)) is not None:
            return found
        back = self._pairs(x).get(y)
        return _TURNED.get(back, back) if back else None

    def keys(self, finding: Finding) -> Iterator[Hashable]:
        """The leading sentences that say the same as that of a finding or have to do with it."""
        leader = self._windows[self.leader(finding)].id  # the same object for all of them
        yield leader
        yield from self._pairs(leader)

    def leader(self, finding: Finding) -> str:
        """The id of the sentence that leads those that say the same as that of a finding."""
        return self._leader(_name(self._place[finding.id]))

    def told(self) -> Told:
        """What is told of all sentences."""
        same: list[tuple[Place, Place]] = []
        pairs: list[tuple[Place, Place, Verdict]] = []
        for id, judged in sorted(self._windows.found.items(), key=lambda f: self._windows.order(f[0])):
            place = _of_name(id)
            if judged.leader:
                same.append((_of_name(judged.leader), place))
            pairs += ((_of_name(other), place, v) for other, v in judged.pairs)
        return Told(same, pairs)

    def _leader(self, id: str) -> str:
        judged = self._windows.found.get(id)
        return judged.leader if judged and judged.leader else id

    def _pairs(self, id: str) -> Mapping[str, Verdict]:
        judged = self._windows.found.get(id)
        return dict(judged.pairs) if judged else {}

    def _of(self, place: Place) -> Account:
        return self._account(place, self._version[place[0]])

    def _read(self, place: Place, version: int) -> Account:
        report, start, end = place
        reading = self._readings[report]
        names = self._named(report, version)
        return account(reading, reading.report.span(start, end), self._published.get(report), names)

    def _verdict(self, first: str, second: str, copied: bool) -> Verdict | None:
        from onthetable.ties.weighing import TOLD, comparable, confirmed, heard, weighed  # numpy takes a moment to load

        p, q = _of_name(first), _of_name(second)
        a, b = self._of(p), self._of(q)
        both = align(a, b)
        found = verdict(a, b, both)
        news = self._one_news(*map(self._windows.__getitem__, (first, second)))
        if copied or a.words == b.words or not (news or found in TOLD):
            return found
        texts = filled(*(self._masked(x, self._version[x[0]]) for x in (p, q)))
        if news and comparable(a, b, both):
            return weighed(a, b, both, found, texts)
        one_day = _of_one_time(self._windows[first].days, self._windows[second].days, 0)
        if news and (one_day or not strange(both)):
            return heard(a, b, both, found, texts)
        return confirmed(found, texts)

    def _one_news(self, a: Passage, b: Passage) -> bool:
        """Whether two are among the first sentences, which tell the news, of two reports of a few days."""
        return _of_one_time(a.days, b.days) and all(_of_name(x.id) in self._of_report[x.report][:LEDE] for x in (a, b))

    def _mask(self, place: Place, version: int) -> Masked:
        report = self._readings[place[0]].report
        return masked(sentence(report, report.span(place[1], place[2])).text, self._named(place[0], version))

    def _names(self, report: str, _: int) -> Names:
        return Names([self._readings[report]], self._parties)

    def _judge(self, told: Passage, near: Sequence[Seen[Passage]]) -> tuple[bool, Judged | None, bytes]:
        times = self._times(_of_name(told.id))
        size = len(self._windows.more(told.id)) - len(times)
        pairs: list[tuple[str, Verdict]] = []
        noted = bytearray(len(near))
        for n, seen in enumerate(near):
            other, theirs = seen.leader, self._times(_of_name(seen.leader.id))
            close = len(set(times).intersection(theirs))
            less = min(size, len(self._windows.more(other.id)) - len(theirs))
            least = LOOSELY if self._one_news(other, told) else SHARED
            like = seen.shared - close >= max(min(FEW, less), least * less)
            if other.report == told.report or not (like or close):
                continue
            copied = self._copied(other, told)
            then, before = divmod(seen.noted, len(_NOTED))
            found = _NOTED[before] if before and then == copied else self._verdict(other.id, told.id, copied)
            noted[n] = _NOTED.index(found, 1) + copied * len(_NOTED)
            if found is Verdict.SAME:
                return False, Judged(other.id, ()), _once(bytes(noted))
            if found and not copied:
                pairs.append((other.id, found))
            if len(near) - noted.count(0) == JUDGED:
                break
        return True, Judged(None, tuple(pairs)) if pairs else None, _once(bytes(noted))

    def _copied(self, a: Passage, b: Passage) -> bool:
        """Whether the one story is told in both, so that what differs is but the words."""
        lengths = (len(self._readings[p.report].report.text) for p in (a, b))
        return a.family == b.family and max(lengths) > SHORT


def _otherwise(before: tuple[Judged | None, ...], now: Judged | None) -> frozenset[str] | None:
    """The leading sentences (ids) to which one is something else than before; None where it has not led both times."""
    if not before or any(x and x.leader for x in (*before, now)):
        return None
    was, pairs = (set(x.pairs) if x else set() for x in (*before, now))
    return frozenset(id for id, _ in was ^ pairs)


@cache
def _once(noted: bytes) -> bytes:
    """The same object for what is equal: there are few such, and one for each sentence."""
    return noted


def _of_one_time(a: Interval | None, b: Interval | None, apart: int = DAYS) -> bool:
    if a is None or b is None:
        return False
    return (max(a.earliest, b.earliest) - min(a.latest, b.latest)).days <= apart


def _name(place: Place) -> str:
    return f"{place[0]} {place[1]} {place[2]}"


def _of_name(id: str) -> Place:
    report, start, end = id.rsplit(" ", 2)
    return report, int(start), int(end)


def records(r: Reading) -> Iterator[Statement | Move | Figure | Event]:
    """What is compared of a reading."""
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
