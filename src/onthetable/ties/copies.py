"""Which reports tell the same story: verbatim, trimmed, merged, or reworded with the quotations kept.

Two reports are compared only where they share something rare (a long quotation, a run of words, a number
with a name; `candidates`). Whether they are copies is then decided on how much of the
one is told, sentence by sentence, in the other; nothing else in the collection has a say in that. Fuzzy
copies by shared runs of words: Broder 1997; reuse by aligned sentences: METER (Clough and others 2002).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from onthetable.model import Published, Reading, Report, Span, Tie
from onthetable.text import plain
from onthetable.ties.bodies import HELD, Bodies, Body, Outline, Places, doubles, outline, overlap, read_body
from onthetable.ties.candidates import CROWD, Candidates, Rank
from onthetable.ties.saving import Part

FIRM = 0.45
"""Share of one report told in the other, weighted by how much of each sentence is, that makes a copy by itself."""
ALL = 0.9
"""The same where either is told in the other, however short they are."""
LOOSE = 0.2
"""Share that is enough where the order or the quotations are kept as well."""
RUN = 5
"""Sentences told in the same order that make a copy of a loosely told story."""
ORDERLY = 0.7
"""Share of the sentences told in both that are in the same order."""
SAME = 0.5
"""Share of the shorter sentence from which on two sentences tell the same."""
FAINT, HALF = 0.35, 0.5
"""What sentences share that are reworded beyond that, and the share of a report that has to be so, in order."""
FEW = 3
"""Sentences that have to be told in both at least, unless two are all there is: fewer may be one quotation that
everybody has.
"""
SHORT = 120
"""Code points after a sentence that go with it where no other is compared."""
QUOTED, KEPT, KEPT_BESIDE = 2, 0.75, 0.5
"""Quotations that tell whether the one is from the other, and the share of those of one that a copy keeps; the last
where they stand in one stretch of sentences in both.
"""
EARLY = 0.2
"""Share of the first half of one of two that has to be told in the other: what stands below that is background."""
APART, WHOLE = 0.2, 0.6
"""How little two stories overlap in a report that merges them, and how much of it they make up."""


_Sentence = tuple[int, int]
"""The offsets of one."""


@dataclass(frozen=True, slots=True)
class _Told:
    """How much of one body is told in another, and the heaviest passage that both tell.

    `share` counts a sentence as told or not, `firm` by how much of it is; `which` are the sentences told, a bit for
    each, and `run` is the longest series of them that comes in the same order in both; `faint` is such a series, as a
    share of all sentences, with those that are told but faintly. `block` is the longest stretch of sentences that is a
    stretch in the other. `best` are the two sentences of the passage.
    """

    share: float
    firm: float
    which: int
    run: int
    faint: float
    block: int
    best: tuple[_Sentence, _Sentence] | None


def find_copies(readings: Iterable[Reading], published: Mapping[str, Published] | None = None) -> tuple[Tie, ...]:
    """Ties of kind `copies` between reports that tell the same story, from the copy to the original.

    `published` says when each report (by id) was published. The copy is the report that was published later.
    Failing that, of the two, the one that: names the other's outlet; shares with a third report what the
    other does not (it merges them); doubles more sentences; writes small numbers as digits, which
    editors spell out and rewriting software does not; is told to a larger share in the other; is shorter; at
    last has the higher id, which is arbitrary. The evidence is the heaviest passage that both tell, in the
    copy and in the original. The score is the larger share of the one that is told in the other. Of a story that more
    than `CROWD` reports tell, each is tied to some of the others only, which makes them one family all the same.
    Any order of readings gives the same ties.
    """
    bodies = Bodies(r.report for r in readings)
    copies = Copies(bodies)
    copies.put(list(bodies))
    return copies.ties(published)


class Copies(Part):
    """Reports, with those of them that tell the same story; more can be added at any time.

    Adding them one by one, in any order, comes to the same as giving them all at once.
    """

    KEPT = ("_outlines", "_near", "_candidates")

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        self._outlines: dict[str, Outline] = {}
        self._near: dict[str, dict[str, _Told]] = defaultdict(dict)
        self._candidates = Candidates()

    def put(self, ids: Iterable[str]) -> set[str]:
        """Adds reports; gives the ids of those that may have other ties than before, theirs among them.

        Many are best given in the order of their stories, so that those of one are compared while they are held ready.
        """
        new = [i for i in dict.fromkeys(ids) if i not in self._outlines]
        if self._outlines:
            return {i for id in new for i in self._add(id)}
        for id in new:
            self._list(id)
        self._compare_all(new)
        return set(new)

    def _compare_all(self, ids: Sequence[str]) -> None:
        """Compares every two that are worth it, while both are held ready.

        First those near each other in the order given, then the others in the order of their ranks, in which those that
        share a set phrase are neighbours.
        """
        order = {id: n for n, id in enumerate(ids)}
        apart: list[tuple[Rank, Rank]] = []
        for id in ids:
            rank = self._rank(id)
            for other in self._candidates.of(rank):
                if other > rank and abs(order[other[1]] - order[id]) < HELD // 2:
                    self._compare(id, [other])
                elif other > rank:
                    apart.append((rank, other))
        for (_, id), other in sorted(apart):
            self._compare(id, [other])

    def _add(self, id: str) -> set[str]:
        pushed = self._list(id)
        changed = {id}
        for rank in pushed:
            changed |= self._drop(rank[1], {i for _, i in self._candidates.of(rank)})
        self._compare(id, self._candidates.of(self._rank(id)))
        return changed | self._near[id].keys()

    def _list(self, id: str) -> set[Rank]:
        """Takes a report up; gives others that may be worth comparing with fewer than before."""
        self._outlines[id] = outline(self._bodies[id])
        return self._candidates.add(self._rank(id), self._outlines[id].features)

    def _rank(self, id: str) -> Rank:
        return -self._outlines[id].length, id

    def ties(
        self, published: Mapping[str, Published] | None = None, of: Iterable[str] | None = None
    ) -> tuple[Tie, ...]:
        """All ties as `find_copies` gives them, or those of some reports (by id)."""
        pairs = {tuple(sorted((i, j))) for i in (self._outlines if of is None else of) for j in self._near.get(i, ())}
        ties = (self._tie(i, j, published or {}) for i, j in pairs)
        return tuple(sorted(ties, key=lambda t: (t.source, t.target)))

    def near(self, id: str) -> frozenset[str]:
        """The reports that one is tied to, by their ids."""
        return frozenset(self._near.get(id, ()))

    def _compare(self, id: str, others: Iterable[Rank]) -> None:
        for _, other in others:
            long, short = sorted((id, other), key=self._rank)
            one, two = self._bodies[long], self._bodies[short]
            back = _told(two, one, self._bodies.places(long))
            if back.share < LOOSE and back.faint < LOOSE:  # less of the longer one can be told in the shorter
                continue
            there = _told(one, two, self._bodies.places(short))
            enough = _suffices(there, one, two) or _suffices(back, two, one) or min(there.firm, back.firm) >= ALL
            if enough and max(_early(there, one), _early(back, two)) >= EARLY and not _quote_others(one, two):
                self._near[long][short], self._near[short][long] = there, back

    def merging(self, id: str) -> bool:
        """Whether a report tells one story in one part of it and another in another."""
        others = sorted(self._near.get(id, ()))
        if len(others) > CROWD:
            return False
        pairs = ((a, b) for a, b in combinations(others, 2) if b not in self._near[a])
        return any(self._two_parts(id, a, b) for a, b in pairs)

    def _two_parts(self, id: str, a: str, b: str) -> bool:
        """Whether what two others tell of a report are two parts of it, and most of it."""
        first, second = self._near[id][a].which, self._near[id][b].which
        fewer = min(first.bit_count(), second.bit_count())
        whole = (first | second).bit_count() >= WHOLE * self._outlines[id].sentences
        return whole and (first & second).bit_count() <= APART * fewer

    def passages(self, id: str, others: Iterable[str]) -> tuple[Tie, ...]:
        """Each sentence of a report that others tell as well, with that of the first of them that does."""
        body = self._bodies[id]
        found: list[Tie] = []
        for n, s in enumerate(body.sentences):
            if other := next((o for o in others if self._near[id][o].which >> n & 1), None):
                there = self._bodies[other]
                score, at = max((overlap(s, t), -m) for m, t in enumerate(there.sentences))
                evidence = _passage(body, n), _passage(there, -at)
                found.append(Tie("copies", id, other, round(min(1.0, score), 3), evidence))
        return tuple(found)

    def _drop(self, id: str, keep: Collection[str]) -> set[str]:
        """Forgets the pairs of a report with others than those to keep; gives both ends of each."""
        gone = self._near[id].keys() - keep if id in self._near else set()
        for other in gone:
            del self._near[id][other], self._near[other][id]
        return {id, *gone} if gone else set()

    def _tie(self, i: str, j: str, published: Mapping[str, Published]) -> Tie:
        a, b = (self._outlines[x] for x in sorted((i, j), key=self._rank))
        copy, original = (a, b) if self._first_is_copy(a, b, published) else (b, a)
        there, back = self._near[copy.report.id][original.report.id], self._near[original.report.id][copy.report.id]
        best = there.best or (back.best[::-1] if back.best else None)
        evidence = (copy.report.span(*best[0]), original.report.span(*best[1])) if best else ()
        score = round(min(1.0, max(there.share, back.share, there.faint, back.faint)), 3)
        return Tie("copies", copy.report.id, original.report.id, score, evidence)

    def _first_is_copy(self, a: Outline, b: Outline, published: Mapping[str, Published]) -> bool:
        """Whether `a` is the copy, `b` coming after it in the neutral order (longer first, then lower id)."""
        when_a, when_b = published.get(a.report.id), published.get(b.report.id)
        if when_a and when_b and when_a.interval.latest < when_b.interval.earliest:
            return False
        if when_a and when_b and when_b.interval.latest < when_a.interval.earliest:
            return True
        clues: tuple[Callable[[Outline, Outline], float], ...] = (
            _credits,
            self._merges,
            lambda x, _: x.doubles,
            lambda x, _: x.digital,
            lambda x, y: round(self._near[x.report.id][y.report.id].share, 1),
        )
        for clue in clues:
            x, y = clue(a, b), clue(b, a)
            if x != y:
                return x > y
        return False

    def _merges(self, a: Outline, b: Outline) -> bool:
        """Whether the first tells the second in one part of it and a third story in the other."""
        id, other = a.report.id, b.report.id
        mine = self._near[id]
        others = (o for o in mine if o != other and o not in self._near[other]) if len(mine) <= CROWD else ()
        return any(self._two_parts(id, other, o) for o in others)


def doubled(report: Report, body: Body | None = None) -> tuple[tuple[Span, Span], ...]:
    """Neighbouring sentences that tell the same thing in other words: the first, and its second wording."""
    pairs = doubles(report.text, (body or read_body(report)).sentences)
    return tuple((report.span(a.start, a.end), report.span(b.start, b.end)) for a, b in pairs)


# --- how much is told in both -------------------------------------------------------------------------


def _told(a: Body, b: Body, places: Places) -> _Told:
    share = firm = 0.0
    which = 0
    order: list[int] = []
    faint: list[int] = []
    block = longest = 0
    best: tuple[float, tuple[_Sentence, _Sentence]] | None = None
    for here, s in enumerate(a.sentences):
        once: dict[int, float] = {}
        both: dict[int, float] = {}
        for item, w in s.items.items():
            for n, v in places.get(item, ()):
                held = w if w < v else v
                if n in once:
                    both[n] = both.get(n, once[n]) + held
                else:
                    once[n] = held
        likely = ((total / min(s.weight, b.sentences[n].weight), -n) for n, total in both.items())
        strength, place = max(likely, default=(0.0, 0))
        if strength >= FAINT:
            faint.append(-place)
        if strength < SAME:
            block = 0
            continue
        block = block + 1 if block and -place - order[-1] in (0, 1) else 1
        longest = max(longest, block)
        share, firm = share + s.weight, firm + s.weight * strength
        which |= 1 << here
        order.append(-place)
        if best is None or s.weight * strength > best[0]:
            other = b.sentences[-place]
            best = s.weight * strength, ((s.start, s.end), (other.start, other.end))
    whole = sum(s.weight for s in a.sentences) or 1.0
    return _Told(
        share / whole,
        firm / whole,
        which,
        _run(order),
        _run(faint) / (len(a.sentences) or 1) if len(faint) >= RUN else 0.0,
        longest,
        best[1] if best else None,
    )


def _run(places: Iterable[int]) -> int:
    """The length of the longest rising series in the numbers (patience sorting)."""
    ends: list[int] = []
    for n in places:
        at = bisect_left(ends, n)
        ends[at : at + 1] = [n]
    return len(ends)


def _suffices(told: _Told, a: Body, b: Body) -> bool:
    """Whether so much of `a` is told in `b` that one is a copy of the other."""
    if told.which.bit_count() < FEW:
        return told.which.bit_count() == len(a.sentences) > 1 and bool(a.quotes) and a.quotes <= b.quotes
    if (told.firm >= FIRM and told.run > 1) or told.faint >= HALF:
        return True
    if told.share < LOOSE or told.run < FEW:
        return False
    orderly = told.block >= RUN or (told.run >= RUN and told.run >= ORDERLY * told.which.bit_count())
    return orderly or _keeps_quotes(a, b, KEPT if told.block < FEW else KEPT_BESIDE)


def _early(told: _Told, a: Body) -> float:
    """How much of the first half of `a` is told in the other."""
    half = (len(a.sentences) + 1) // 2 or 1
    return (told.which & ((1 << half) - 1)).bit_count() / half


def _keeps_quotes(a: Body, b: Body, least: float) -> bool:
    """Whether at least two quotations, and so much of those of the one that has fewer, are in both.

    Two that were at one press conference share some, and each has others.
    """
    both = [q for q in a.quotes if q in b.quotes]
    fewer = min(sum(map(len, a.quotes)), sum(map(len, b.quotes)))
    return len(both) >= QUOTED and sum(map(len, both)) >= least * fewer


def _passage(body: Body, n: int) -> Span:
    """A sentence with those after it that are too short to be compared."""
    start, text = body.sentences[n].start, body.report.text
    last = body.sentences[n + 1].start if n + 1 < len(body.sentences) else 0
    end = max(body.sentences[n].end, min(last, body.sentences[n].end + SHORT))
    return body.report.span(start, start + len(text[start:end].rstrip()))


def _quote_others(a: Body, b: Body) -> bool:
    """Whether each has quotations and neither any of the other's, or a part of one.

    Then what they share is background: reports of one outlet on one matter have much of it in the same words for weeks.
    """
    if min(len(a.quotes), len(b.quotes)) < QUOTED:
        return False
    return not any(x in y or y in x for x in a.quotes for y in b.quotes)


def _credits(a: Outline, b: Outline) -> bool:
    """Whether the first names the outlet that published the second."""
    outlet = b.report.outlet
    if not outlet or outlet == a.report.outlet:
        return False
    return outlet in a.report.credits or plain(outlet) in plain(a.report.text)
