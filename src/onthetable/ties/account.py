"""What a sentence says, as far as its words tell: who acts, what it speaks of, how many, when, and whether it is so.

There is no tree between reports, so that all of this is read off the words in their order (shallow natural logic:
MacCartney and Manning 2007). It proposes; `verdicts` decides, and where little is known it does not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onthetable.lexicon import load
from onthetable.model import Interval, Reading, Span, Statement
from onthetable.text import plain
from onthetable.ties.names import Names
from onthetable.ties.numerals import Number, counted, with_units
from onthetable.ties.row import Row, data, row, words_of
from onthetable.ties.scan import BE, Actor, Item, Scan, without_negations
from onthetable.ties.thesaurus import Term, lemma
from onthetable.ties.when import when

_CUE = (
    r"\b(?:said|announced|reported|confirmed|added|claimed|insisted|told|stated|explained|noted|argued|stressed|reckoned|"
    r"estimated|forecast|predicted|revealed|disclosed|made clear)\b"
)
_SAYING = re.compile(rf",\s(?:according to [^,\"]{{2,80}}|[^,\"]{{0,80}}(?:{_CUE}|\bsays\b)[^,\"]{{0,60}})$")
_SAID = re.compile(rf"[^,\"]{{2,80}}{_CUE}(?: [\w’']+){{0,4}}? that\b")
_PUT = re.compile(r"[^,\"]{2,60}\bput (?=(?:the|its|their) [^,\"]{2,80}? at\b)")
_TO_COME = re.compile(r"\b(?:(?:is|are|was|were|due|set|expects?|expected|scheduled|about) to|(?:is|are) going to)\b")
_HAVE_TO = re.compile(r"\b(?:have|has|had) to\b")
_CLEFT = re.compile(r"it was .{2,60}? (?:that|who)\b")
_ONE_WAY = re.compile(r"\b(?:no one|none|nothing|nobody|no\b).{0,40}\b(?:in return|in exchange|back)\b")
_DATELINE = re.compile(r"\s*[A-Z][A-Z .'’-]{2,30}(?:, [A-Z][a-z.]+(?: \d{1,2})?)?\s+[-–—]+ ")
_LENGTHS = {"second", "minute", "hour", "day", "week", "month", "year", "time"}
_UNCHANGED = {"set", "put", "cut", "hit", "let", "shut", "hurt", "spread", "cast", "beat", "split"}
_NOT_PAST = {"is", "are", "be", "being", "the", "a", "an", "its", "their", "his", "her"}
_OWNING = {"no", "any", "the", "a", "its", "their", "his", "her", "our", "my", "'s"}
_SIDES = {"side", "party", "government", "team", "delegation"}
LONGEST = 900
"""Code points of a content that are compared."""
BEFORE = 4
"""Statements that begin before a sentence and may still go on in it."""
SPOKEN = 0.4
"""Share of a sentence from which on what is said in it is what it tells."""


@dataclass(frozen=True, slots=True)
class Account:
    """What is told.

    `agent` is the party or name that acts, None where that is not plain; `order` all who are named, in their order;
    `none` what there is said to be nothing of; `said` days that stand beside it in its sentence; `definite` the places
    of words told of as known; `wholes` what all of is spoken of; `excluded` who it is not.
    """

    words: tuple[str, ...]
    items: tuple[Item, ...]
    numbers: tuple[Number, ...]
    none: tuple[Term, ...]
    ordinals: frozenset[float]
    days: tuple[Interval, ...]
    said: tuple[Interval, ...]
    published: Interval | None
    order: tuple[str, ...]
    agent: str | None
    denied: bool
    past: bool
    future: bool
    open: bool
    prospect: bool
    possible: bool
    condition: bool
    sequence: frozenset[str]
    universal: bool
    wholes: tuple[Term, ...]
    no: bool
    only: bool
    exclusive: bool
    passive: bool
    receives: bool
    contrast: bool
    excluded: frozenset[str]
    once: bool
    signed: bool
    definite: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Core:
    """The stretches of a sentence that tell something, whose words they are, and who acts by saying them."""

    pieces: tuple[tuple[int, int], ...]
    speaker: str | None = None
    acting: str | None = None
    denied: bool = False


def account(reading: Reading, span: Span, published: Interval | None, names: Names) -> Account:
    """What a content or a sentence of a report says."""
    text, start, end = reading.report.text, span.start, min(span.end, span.start + LONGEST)
    if m := _DATELINE.match(text, start, end):
        start = m.end()
    core = _core(reading, start, end)
    words = row(text, core.pieces)
    first = core.pieces[0][0]
    begins = not re.search(r"[\w,] $", text[max(0, first - 2) : first])
    times = when(reading, words, published, _sentence_around(text, start, end), names)
    scan = Scan(words, names, core.speaker, begins)
    scan.read(times.taken)

    line = " ".join(words.low)
    passive, giver = _passive(words), _giver(words, scan)
    kept = [n for n in range(len(words)) if n not in times.taken]
    held, bases = {words.low[n] for n in kept}, {words.lemmas[n] for n in kept}
    late = _late(words, held, scan)
    signed = bool(held & _once())
    return Account(
        words=words.low,
        items=tuple(without_negations(scan.items) if late else scan.items),
        numbers=with_units((*times.lengths, *scan.numbers)),
        none=tuple(scan.none),
        ordinals=frozenset(scan.ordinals),
        days=times.days,
        said=times.said,
        published=published,
        order=tuple(a.name for a in scan.actors),
        agent=_agent(words, core, scan, passive, giver),
        denied=core.denied != scan.denied,
        past=bool(held & words_of("past")) or any(_was(words, n) for n in kept),
        future=bool(held & words_of("future"))
        or any(_plans(words, n) for n in kept)
        or any(published is not None and d.earliest > published.latest for d in times.days)
        or bool(_TO_COME.search(line)),
        open=bool(held & words_of("open")) or bool(_HAVE_TO.search(line)),
        prospect=any(b in words_of("ahead") and "to" in words.low[n + 1 : n + 4] for n, b in enumerate(words.lemmas)),
        possible=bool(held & {"may", "might", "could", "perhaps", "possibly", "maybe"}),
        condition=(late and "after" not in held) or bool(held & {"if", "unless", "provided", "providing"}),
        sequence=frozenset(held & {"before", "after", "later", "earlier"}),
        universal=any(_universal(words, n) for n in range(len(words)) if words.low[n] in held),
        wholes=tuple(
            t for n, w in enumerate(words.low) if w in {"all", "every", "whole"} for t in counted(words, n + 1, names)
        ),
        no="no" in held,
        only=bool(held & words_of("only")) or bool(_CLEFT.match(line)),
        exclusive=bool(bases & words_of("exclusive")),
        passive=passive,
        receives=giver is not None,
        contrast=scan.contrast or any(c in line for c in data()["contrast"]) or bool(_ONE_WAY.search(line)),
        excluded=frozenset(scan.excluded),
        once=signed or bool(held & {"first", "last", "final"} or set(words.lemmas) & words_of("once")),
        signed=signed,
        definite=_definite(words, times.timed),
    )


def items_of(made: Account) -> Iterator[str | int]:
    """What an account is looked up by: its words of weight, by the lists that they are in or in their basic form."""
    for item in made.items:
        if item.weight >= 1:
            if item.term.lists:
                yield from sorted(item.term.lists)
            else:
                yield item.term.lemma


def _core(reading: Reading, start: int, end: int) -> _Core:
    """The stretches without who is said to say it, if they are most of it."""
    first, last = (bisect_left(reading.statements, at, key=lambda s: s.content.start) for at in (start, end))
    for s in reading.statements[max(0, first - BEFORE) : last]:
        if s.content.end <= start:
            continue
        pieces = tuple((max(p.start, start), min(p.end, end)) for p in s.pieces or (s.content,))
        pieces = tuple((a, b) for a, b in pieces if a < b)
        if sum(b - a for a, b in pieces) >= SPOKEN * (end - start) or s.denied:
            return _spoken(s, pieces, start, end)
    text = reading.report.text
    if m := _SAYING.search(text, start, end):
        return _Core(((start, m.start()),))
    if m := _SAID.match(text, start, end) or _PUT.match(text, start, end):
        return _Core(((m.end(), end),))
    return _Core(((start, end),))


def _spoken(s: Statement, pieces: tuple[tuple[int, int], ...], start: int, end: int) -> _Core:
    """What a statement says, with its cue where that is an act: "demands that"."""
    speaker = s.source.party or s.source.name if s.source else None
    if not s.cue or s.denied or lemma(plain(s.cue.text)) not in words_of("acting"):
        return _Core(pieces, speaker, denied=s.denied)
    inside = start <= s.cue.start < end
    return _Core(((start, end),) if inside else (*pieces, (s.cue.start, s.cue.end)), speaker, speaker)


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The line that a stretch stands in, so far as it is near, up to the stops of its sentence."""
    before = max(0, start - 200)
    stops = [n + len(stop) for stop in (". ", "\n") if (n := text.rfind(stop, before, start)) >= 0]
    ends = [n for stop in (". ", "\n") if (n := text.find(stop, end, end + 200)) >= 0]
    return max(stops, default=before), min(ends, default=min(end + 200, len(text)))


def _agent(words: Row, core: _Core, scan: Scan, passive: bool, giver: str | None) -> str | None:
    """Who acts, as far as that is plain."""
    by = next((a.name for a in scan.actors if a.by), None)
    if words.at(0) == "it" and words.at(1) in BE and scan.actors:
        return scan.actors[0].name
    if core.acting:
        return core.acting
    if passive and by:
        return by
    if core.speaker and words.at(0).endswith("ing"):
        return core.speaker
    if giver:
        return giver
    first = next((a for a in scan.actors if not a.aside), None)
    if passive or words.at(0) in words_of("subordinate") or (first and _joint(words, first, scan)):
        return None
    return first.name if first else None


def _late(words: Row, held: set[str], scan: Scan) -> bool:
    """Whether "no X until Y" tells that Y comes before X."""
    turning = bool(held & {"until", "unless", "till"}) or "before" in words.low[:-1]
    return turning and bool(scan.negations or held & {"must", "only"})


def _passive(words: Row) -> bool:
    return any(w in BE and any(map(_participle, words.low[n + 1 : n + 3])) for n, w in enumerate(words.low[:-1]))


def _giver(words: Row, scan: Scan) -> str | None:
    """From whom somebody receives something."""
    taken = next((n for n, base in enumerate(words.lemmas) if base in words_of("receiving")), None)
    if taken is None:
        return None
    return next((a.name for a in scan.actors if a.at > taken and "from" in words.low[max(0, a.at - 2) : a.at]), None)


def _joint(words: Row, first: Actor, scan: Scan) -> bool:
    """Whether two act together: "the Union and Norrland"."""
    others = (a for a in scan.actors if first.at < a.at <= first.at + 5 and a.name != first.name)
    return any("and" in words.low[first.at : a.at] for a in others)


def _participle(word: str) -> bool:
    return word.endswith("ed") or word in _UNCHANGED or (lemma(word) != word and not word.endswith(("s", "ing")))


def _was(words: Row, n: int) -> bool:
    """Whether a word tells what was: no participle of "is done" or "the wounded"."""
    return _participle(words.low[n]) and words.at(n - 1) not in _NOT_PAST


def _plans(words: Row, n: int) -> bool:
    """Whether somebody plans to do something here, and it is no plan of theirs."""
    return words.lemmas[n] in {"plan", "aim"} and words.at(n + 1) == "to" and words.at(n - 1) not in _OWNING


def _universal(words: Row, n: int) -> bool:
    """Whether a word speaks of all: "every town", "none of them", but not "every second" or "each other"."""
    if words.low[n] in {"none", "nobody"} or words.low[n : n + 2] in (("not", "one"), ("no", "one")):
        return True
    if words.low[n] == "both" and words.base(n + 1) in _SIDES:
        return False
    return words.low[n] in words_of("universal") and words.base(n + 1) not in _LENGTHS | {"other"}


def _definite(words: Row, timed: frozenset[int]) -> frozenset[int]:
    """The places of words that are told of as known: after "the" or a day: "Tuesday's pause"."""
    found = set[int]()
    for n, low in enumerate(words.low[:-1]):
        if low == "the" or (low == "'s" and n - 1 in timed):
            found |= {n + 1, n + 2}
    return frozenset(found)


@cache
def listed_negative() -> frozenset[str]:
    """Words of refusal, absence and failure in their forms."""
    return frozenset(load("onthetable.ties", "claims.toml")["sense"]["negative"].split())


@cache
def _once() -> frozenset[str]:
    return frozenset(load("onthetable.ties", "claims.toml")["once"].split())
