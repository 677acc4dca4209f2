"""Statements that say the same: on shared quotations, on whose side says it, and on what both speak of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from onthetable.memory import shared
from onthetable.model import Interval, Reading, Source, Statement, Tie
from onthetable.text import words
from onthetable.ties.bodies import Sentence, overlap, speaks_of
from onthetable.ties.claim import Doubles, Finding, Stories, link, within
from onthetable.ties.same import Rules
from onthetable.ties.sense import Sense, alike, bounding, sense

NEAR = 7
"""Days that two statements may lie apart and still be one; the same quotation is one whenever it is repeated."""
LONGEST = 3000
"""Code points of a statement that are compared."""
QUOTED = 4
"""Words that make a quotation of its own."""
MOST = 0.7
"""Share of both statements that a quotation has to be, to make them one by itself."""
LESS, MORE = 0.65, 0.6
"""Share of the lighter and of the heavier statement that both tell, for them to be the same."""
LESS_KIN, MORE_KIN = 0.45, 0.35
"""The same in copies of one story, and with a quotation in common."""
LESS_BESIDE = 0.25
"""The same of the lighter one in two neighbouring sentences of which one is the other reworded."""
UNKNOWN = 0.8
"""The same for people unnamed of whom nobody knows for whom they speak."""
FEW = 3
"""Things that both have to speak of."""
ALL = 0.9
"""Share of a statement that another has to tell as well, for it to follow from that."""
KEYS = 24
"""Things by which a statement is looked up, those that weigh most."""


@dataclass(frozen=True, slots=True)
class Saying(Finding):
    """A statement as it is compared; `who` is the party or the name for which it speaks, None where unknown."""

    who: str | None
    speaker: str | None
    """The last word of the name of the person or body that speaks, None if it is not named."""
    items: Sentence
    sense: Sense
    quotes: frozenset[str]
    length: int
    unnamed: bool


def rules(doubles: Doubles) -> Rules[Saying]:
    """When statements say the same.

    Two are the same if they come from one side (party, else name) within a week and speak of the same things,
    with the same numbers and polarity and nobody's part taken by another. Where either side is not known they have to
    share a quotation.
    """

    def same(a: Saying, b: Saying) -> bool:
        if doubles.apart(a, b):
            return _beside(a, b)
        return _same(a, b) and not (a.quotes & b.quotes and a.family != b.family and _two_speakers(a, b))

    def keys(s: Saying) -> Iterator[Hashable]:
        yield from doubles.of(s)
        yield from s.quotes
        best = sorted(s.items.items, key=lambda i: (-s.items.items[i], i))[:KEYS]
        yield from ((s.who, item) for item in best)

    return Rules(keys, same, _holds, _claimed, _one_side)


def wording(statement: Statement) -> tuple[frozenset[str], frozenset[str]]:
    """What tells whether two statements are in the same words: their quotations, and the things they speak of."""
    return frozenset(_quotes(statement)), frozenset(speaks_of(_text(statement)).items)


def sayings_of(reading: Reading, days: Interval | None, story: Stories) -> Iterator[Saying]:
    """The statements of a report as they are compared; `days` are those of its publication."""
    report = reading.report
    places = [w.span.start for w in reading.wordings]
    for s in reading.statements:
        text, at = _text(s), 0
        named: dict[int, str] = {}
        for piece in s.pieces or (s.content,):
            first, last = bisect_left(places, piece.start), bisect_left(places, piece.end)
            named |= {w.span.start - piece.start + at: w.referent for w in reading.wordings[first:last]}
            at += piece.end - piece.start + 1
        source = s.source
        who = (source.party or source.name) if source else None
        meant = sense(text, reported=s.manner == "indirect", speaker=who, named=named)
        yield Saying(
            s.id, report.id, story.of(report.id, s.content), days, s.content, s.confidence, who, _speaker(source),
            speaks_of(text), meant, shared(_quotes(s)), len(words(text)), source is None or unnamed(source),
        )  # fmt: skip


def _speaker(source: Source | None) -> str | None:
    if source is None or source.kind != "named" or not source.name:
        return None
    return source.name.split()[-1].casefold()


def unnamed(source: Source) -> bool:
    """Whether nobody knows who the source is."""
    return source.kind == "anonymous" or source.name is None


def _text(s: Statement) -> str:
    return " ".join(p.text for p in s.pieces or (s.content,))[:LONGEST]


def _quotes(s: Statement) -> Iterator[str]:
    for q in s.quoted:
        found = words(q.text[:LONGEST])
        if len(found) >= QUOTED:
            yield " ".join(w for w in found)


def _same(a: Saying, b: Saying) -> bool:
    shared = a.quotes & b.quotes
    known = a.who is not None and b.who is not None
    if known and a.who != b.who:
        return False
    if max((len(q.split()) for q in shared), default=0) >= MOST * max(a.length, b.length):
        return True
    if (not shared and within(a, b, NEAR) is False) or not a.sense.agrees(b.sense):
        return False
    if not shared and (a.who is None) != (b.who is None):
        return False
    less, more = (LESS_KIN, MORE_KIN) if shared or a.family == b.family else (LESS, MORE)
    if not shared and not known:
        less = more = UNKNOWN
    if not shared and a.family != b.family and (_exchanged(a, b) or _replaced(a, b)):
        return False
    return (
        len(_things(a) & _things(b)) >= FEW - any(unit for *_, unit in a.sense.numbers & b.sense.numbers)
        and overlap(a.items, b.items) >= less
        and _heavier(a, b) >= more
    )


def _claimed(a: Saying, b: Saying) -> bool:
    """Whether one quotation is given to two speakers."""
    return bool(a.quotes & b.quotes) and _two_speakers(a, b) and within(a, b, NEAR) is True


def _two_speakers(a: Saying, b: Saying) -> bool:
    return a.speaker is not None and b.speaker is not None and a.speaker != b.speaker


def _beside(a: Saying, b: Saying) -> bool:
    """Whether one of two statements in neighbouring sentences is the other reworded."""
    if a.who is not None and b.who is not None and a.who != b.who:
        return False
    return bool(a.quotes & b.quotes) or (a.sense.second(b.sense) and overlap(a.items, b.items) >= LESS_BESIDE)


def _one_side(a: Saying, b: Saying) -> bool:
    """Whether both are said for one side, as far as that is known."""
    return (None in (a.who, b.who) or a.who == b.who) and not (a.quotes & b.quotes and _two_speakers(a, b))


def _holds(a: Saying, b: Saying) -> bool:
    """Whether the second follows from the first."""
    if a.who is None or a.who != b.who or within(a, b, NEAR) is False or not a.sense.holds(b.sense):
        return False
    mine, theirs = _things(a), _things(b)
    kept = sum(b.items.items[i] for i in theirs if i in mine)
    return len(theirs) >= FEW and kept >= ALL * sum(b.items.items[i] for i in theirs)


def _exchanged(a: Saying, b: Saying) -> bool:
    """Whether two begin with different things, other than by exchanging words beside each other or by the passive."""
    if a.sense.passive != b.sense.passive:
        return False
    x, y = _first(a), _first(b)
    return not (set(x[:1]) <= set(y) or set(y[:1]) <= set(x))


def _replaced(a: Saying, b: Saying) -> bool:
    """Whether each has a word of its own, which may be the other's in other words as well as its opposite."""
    mine, theirs = _things(a), _things(b)
    return bool(_own(mine, theirs) and _own(theirs, mine))


def _own(mine: set[str], theirs: set[str]) -> set[str]:
    """What is only in the first, other forms of what is in the second and other words for it apart."""
    forms = {i[:4] for i in theirs}
    lines = frozenset[int]().union(*(alike().get(i, frozenset()) for i in theirs))
    return {i for i in mine - theirs if i[:4] not in forms and not alike().get(i, frozenset()) & lines}


def _first(s: Saying) -> list[str]:
    """The first two things that a statement speaks of, numbers and days apart."""
    days = {d[:5] for d in s.sense.days}
    return [i for i in s.items.items if not i[0].isdigit() and i not in days][:2]


def _things(s: Saying) -> set[str]:
    """What a statement speaks of, numbers and their bounds apart."""
    return {i for i in s.items.items if len(i) > 1 and not i[0].isdigit() and i not in bounding()}


def _heavier(a: Saying, b: Saying) -> float:
    both = sum(min(w, b.items.items[i]) for i, w in a.items.items.items() if i in b.items.items)
    return both / (max(a.items.weight, b.items.weight) or 1.0)


def support(later: Saying, first: Saying) -> Tie | None:
    """The tie of a statement to one that says the same in another story.

    The same words of people unnamed support nothing: they may be the same people.
    """
    if later.family == first.family or _one_voice(first, later):
        return None
    return link("corroborates", later, first, min(first.confidence, later.confidence))


def _one_voice(a: Saying, b: Saying) -> bool:
    """Whether two may well be one source: the same words, both of people unnamed."""
    if not (a.unnamed and b.unnamed):
        return False
    return bool(a.quotes & b.quotes) or a.items.items.keys() == b.items.items.keys()
