"""Which reports tell the same story: verbatim, trimmed, merged, or reworded with the quotations kept.

Two reports are compared only where they share something rare (a long quotation, a run of words, a number
with a name), found through an inverted index. Whether they are copies is then decided on how much of the
one is told, sentence by sentence, in the other; nothing else in the collection has a say in that. Fuzzy
copies by shared runs of words: Broder 1997; reuse by aligned sentences: METER (Clough and others 2002).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import log
from zlib import crc32

from onthetable.lexicon import load
from onthetable.model import Published, Reading, Report, Span, Tie
from onthetable.text import paragraphs, plain, trim

FIRM = 0.45
"""Share of one report told in the other, weighted by how much of each sentence is, that makes a copy by itself."""
LOOSE = 0.2
"""Share that is enough where the order or the quotations are kept as well."""
RUN = 5
"""Sentences told in the same order that make a copy of a loosely told story."""
ORDERLY = 0.7
"""Share of the sentences told in both that are in the same order."""
SAME = 0.5
"""Share of the shorter sentence from which on two sentences tell the same."""
FEW = 3
"""Sentences that have to be told in both at least: fewer may be one quotation that everybody has."""
APART, WHOLE = 0.2, 0.6
"""How little two stories overlap in a report that merges them, and how much of it they make up."""
CROWD = 40
"""Of more reports than this that share a feature, each is compared with the first of them only."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_QUOTE = re.compile(r'"([^"\n]{8,1200})"')
_STOP = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])")
_ENDED = re.compile(r"[.!?:;…][\"'”’)]*$")
_DIGIT = re.compile(
    r"(?<=\s)[2-9](?:(?:st|nd|rd|th)\b)?(?=[ -](?!(?:per|percent|p|million|billion|trillion|m|bn)\b)[a-z]{2,})"
)
_SPELLED = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine)\b(?= [a-z])", re.IGNORECASE)
_ABBREVIATED = re.compile(r"(?:^|[\s(.])(?:[A-Z]|[A-Z][a-z]{1,3})$")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """Offsets, and what the sentence speaks of with weights: numbers, names, other words by their stem."""

    start: int
    end: int
    items: Mapping[str, float]
    names: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class _Body:
    """A report as it is compared, without its page furniture.

    `quotes` are its longer quotations as compared, with where they stand; `places` says which sentences
    hold an item, for items that are in few; `features` are what makes it worth comparing with another.
    """

    report: Report
    sentences: tuple[_Sentence, ...]
    quotes: Mapping[str, Span]
    places: Mapping[str, tuple[int, ...]]
    features: Mapping[str, int]
    length: int


_Near = dict[str, dict[str, frozenset[int]]]
"""For each report (by id) those that share its story, with which of its sentences they tell."""


@dataclass(frozen=True, slots=True)
class _Told:
    """How much of one body is told in another, and the heaviest passage that both tell.

    `share` counts a sentence as told or not, `firm` by how much of it is; `which` are the sentences told, and
    `run` is the longest series of them that comes in the same order in both.
    """

    share: float
    firm: float
    which: frozenset[int]
    run: int
    here: Span | None
    there: Span | None


def find_copies(readings: Sequence[Reading], published: Mapping[str, Published] | None = None) -> tuple[Tie, ...]:
    """Ties of kind `copies` between reports that tell the same story, from the copy to the original.

    `published` says when each report (by id) was published. The copy is the report that was published later.
    Failing that, of the two, the one that: names the other's outlet; shares with a third report what the
    other does not (it merges them); doubles more sentences; writes small numbers as digits, which
    editors spell out and rewriting software does not; is told to a larger share in the other; is shorter; at
    last has the higher id, which is arbitrary. The evidence is the heaviest passage that both tell, in the
    copy and in the original. The score is the larger share of the one that is told in the other. Any order of
    readings gives the same ties.
    """
    unique = {r.report.id: r.report for r in readings}
    bodies = sorted(map(_body, unique.values()), key=lambda b: (-b.length, b.report.id))
    pairs = []
    near: _Near = defaultdict(dict)
    for i, j in _candidates(bodies):
        a, b = bodies[i], bodies[j]
        there, back = _told(a, b), _told(b, a)
        if _suffices(there, a, b) or _suffices(back, b, a):
            pairs.append((a, b, there, back))
            near[a.report.id][b.report.id] = there.which
            near[b.report.id][a.report.id] = back.which
    ties = []
    for a, b, there, back in pairs:
        if _first_is_copy(a, b, there, back, published or {}, near):
            ties.append(_tie(a, b, there, back))
        else:
            ties.append(_tie(b, a, back, there))
    return tuple(sorted(ties, key=lambda t: (t.source, t.target)))


def families(ids: Iterable[str], ties: Iterable[Tie]) -> tuple[tuple[str, ...], ...]:
    """Reports (by id) grouped by the `copies` ties among them; one without any is a group of its own, all sorted."""
    root = {i: i for i in ids}

    def find(i: str) -> str:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for tie in ties:
        if tie.kind == "copies" and tie.source in root and tie.target in root:
            first, second = sorted((find(tie.source), find(tie.target)))
            root[second] = first
    groups: dict[str, list[str]] = defaultdict(list)
    for i in sorted(root):
        groups[find(i)].append(i)
    return tuple(tuple(g) for _, g in sorted(groups.items()))


def doubled(report: Report) -> tuple[tuple[Span, Span], ...]:
    """Neighbouring sentences that tell the same thing in other words: the first, and its second wording.

    A line of its own below a paragraph, with no blank line between where the report has them elsewhere, is
    how such second wordings are often set, so less needs to be shared there.
    """
    found = []
    spaced = "\n\n" in report.text
    sentences = _body(report).sentences
    for n, second in enumerate(sentences[1:], 1):
        between = report.text[sentences[n - 1].end : second.start]
        set_apart = spaced and between.count("\n") == 1
        before = sentences[max(0, n - (3 if set_apart else 1)) : n]
        first = max(before, key=lambda s: _overlap(s, second))
        if _overlap(first, second) >= (0.3 if set_apart else 0.65) and _alike(first, second):
            found.append((report.span(first.start, first.end), report.span(second.start, second.end)))
    return tuple(found)


# --- a report as it is compared -----------------------------------------------------------------------


def _body(report: Report) -> _Body:
    text = _blank(report)
    low = plain(text)
    found = [s for s in (_sentence(text, low, a, b) for a, b in _prose(text)) if len(s.items) >= 4]
    places: dict[str, list[int]] = defaultdict(list)
    for n, s in enumerate(found):
        for item in s.items:
            places[item].append(n)
    sentences = tuple(_weighed(s, places) for s in found)
    quotes: dict[str, Span] = {}
    for m in _QUOTE.finditer(low):
        words = _WORD.findall(m[1])
        if len(words) >= 4:
            quotes.setdefault(" ".join(words), report.span(m.start(1), m.end(1)))
    return _Body(
        report,
        sentences,
        quotes,
        {item: tuple(where) for item, where in places.items() if len(where) <= CROWD},
        _features(low, quotes, sentences),
        sum(s.end - s.start for s in sentences),
    )


def _blank(report: Report) -> str:
    """The text with its furniture blanked out, every other code point in its place."""
    pieces, at = [], 0
    for start, end in sorted((f.span.start, f.span.end) for f in report.furniture):
        if end > at:
            start = max(start, at)
            pieces += [report.text[at:start], re.sub(r"[^\n]", " ", report.text[start:end])]
            at = end
    return "".join([*pieces, report.text[at:]])


def _prose(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences; what has no full stop is a headline or a piece of the page."""
    return ((a, b) for a, b in _sentences(text) if _ENDED.search(text, max(a, b - 8), b))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for first, last in paragraphs(text):
        start = first
        for m in _STOP.finditer(text, first, last):
            if not _ABBREVIATED.search(text, max(start, m.start() - 6), m.start()):
                yield trim(text, start, m.end())
                start = m.end()
        if start < last:
            yield start, last


def _weighed(s: _Sentence, places: Mapping[str, Sequence[int]]) -> _Sentence:
    """The sentence with less weight on what the report speaks of all the time."""
    items = {item: w / (1 + log(len(places[item]))) for item, w in s.items.items()}
    return _Sentence(s.start, s.end, items, s.names, sum(items.values()))


def _sentence(text: str, low: str, start: int, end: int) -> _Sentence:
    items: dict[str, float] = {}
    names: list[str] = []
    ignored, same = _ignored(), _same()
    for m in _WORD.finditer(low, start, end):
        word = m[0]
        if word in ignored:
            continue
        number = _number(word)
        named = m.start() > start and text[m.start()].isupper()
        item = number or same.get(word) or word[:5]
        if named and not number:
            names.append(item)
        items[item] = (2.0 if len(item) > 1 else 1.0) if number else 1.5 if named else 1.0
    return _Sentence(start, end, items, tuple(dict.fromkeys(names)), sum(items.values()))


@cache
def _ignored() -> frozenset[str]:
    return frozenset(load("onthetable.ties", "copies.toml")["ignored"].split())


@cache
def _spelled() -> dict[str, str]:
    return {word: f"{value:g}" for word, value in load("onthetable.ties", "copies.toml")["numbers"].items()}


@cache
def _same() -> dict[str, str]:
    """For each word of a group of synonyms the stem that stands for all of them."""
    groups = [line.split() for line in load("onthetable.ties", "copies.toml")["same"]["groups"].splitlines()]
    return {word: f"={group[0]}" for group in groups for word in group}


def _number(word: str) -> str | None:
    return word.replace(",", "") if word[0].isdigit() else _spelled().get(word)


def _features(low: str, quotes: Iterable[str], sentences: Iterable[_Sentence]) -> dict[str, int]:
    """What two copies are likely to share and two other reports are not, and how much it counts."""
    found = {f"quote {q}": 2 for q in quotes}
    words = _WORD.findall(low)
    for i in range(len(words) - 5):
        run = " ".join(words[i : i + 6])
        if crc32(run.encode("utf-8", "replace")) % 4 == 0:  # one in four, the same ones in every report
            found[f"run {run}"] = 1
    for s in sentences:
        numbers = [i for i in s.items if i[0].isdigit() and len(i) > 1]
        found |= {f"fact {n} {name}": 1 for n in numbers[:4] for name in s.names[:4]}
    return found


def _candidates(bodies: Sequence[_Body]) -> list[tuple[int, int]]:
    """Pairs worth comparing, as indices: those that share a long quotation, or two lesser features."""
    index: dict[str, list[int]] = defaultdict(list)
    for n, body in enumerate(bodies):
        for feature in body.features:
            index[feature].append(n)
    shared: Counter[tuple[int, int]] = Counter()
    for feature, where in index.items():
        if len(where) > CROWD:
            pairs: Iterable[tuple[int, int]] = ((where[0], n) for n in where[1:])
        else:
            pairs = combinations(where, 2)
        for pair in pairs:
            shared[pair] += bodies[pair[0]].features[feature]
    return sorted(pair for pair, weight in shared.items() if weight >= 2)


# --- how much is told in both -------------------------------------------------------------------------


def _told(a: _Body, b: _Body) -> _Told:
    share = firm = 0.0
    order: list[tuple[int, int]] = []
    best: tuple[float, _Sentence, _Sentence] | None = None
    for here, s in enumerate(a.sentences):
        near = Counter(n for item in s.items for n in b.places.get(item, ()))
        likely = [(_overlap(s, b.sentences[n]), -n) for n, count in near.most_common(6) if count >= FEW]
        overlap, place = max(likely, default=(0.0, 0))
        if overlap < SAME:
            continue
        share, firm = share + s.weight, firm + s.weight * overlap
        order.append((here, -place))
        if best is None or s.weight * overlap > best[0]:
            best = s.weight * overlap, s, b.sentences[-place]
    whole = sum(s.weight for s in a.sentences) or 1.0
    return _Told(
        share / whole,
        firm / whole,
        frozenset(n for n, _ in order),
        _run(n for _, n in order),
        a.report.span(best[1].start, best[1].end) if best else None,
        b.report.span(best[2].start, best[2].end) if best else None,
    )


def _run(places: Iterable[int]) -> int:
    """The length of the longest rising series in the numbers (patience sorting)."""
    ends: list[int] = []
    for n in places:
        at = bisect_left(ends, n)
        ends[at : at + 1] = [n]
    return len(ends)


def _suffices(told: _Told, a: _Body, b: _Body) -> bool:
    """Whether so much of `a` is told in `b` that one is a copy of the other."""
    if len(told.which) < FEW:
        return False
    if told.firm >= FIRM:
        return True
    if told.share < LOOSE or told.run < FEW:
        return False
    return (told.run >= RUN and told.run >= ORDERLY * len(told.which)) or _keeps_quotes(a, b)


def _overlap(a: _Sentence, b: _Sentence) -> float:
    """The weight of what both speak of, as a share of the lighter sentence."""
    both = sum(min(w, b.items[item]) for item, w in a.items.items() if item in b.items)
    return both / (min(a.weight, b.weight) or 1.0)


def _alike(a: _Sentence, b: _Sentence) -> bool:
    """Whether the two are of about one length, so that the one can be the other reworded."""
    return max(a.weight, b.weight) <= 2.5 * min(a.weight, b.weight)


def _keeps_quotes(a: _Body, b: _Body) -> bool:
    """Whether at least two quotations, and half of those of the one that has fewer, are in both."""
    both = [q for q in a.quotes if q in b.quotes]
    fewer = min(sum(map(len, a.quotes)), sum(map(len, b.quotes)))
    return len(both) >= 2 and sum(map(len, both)) * 2 >= fewer


# --- which is the copy --------------------------------------------------------------------------------


def _first_is_copy(
    a: _Body, b: _Body, there: _Told, back: _Told, published: Mapping[str, Published], near: _Near
) -> bool:
    """Whether `a` is the copy, `b` coming after it in the neutral order (longer first, then lower id)."""
    when_a, when_b = published.get(a.report.id), published.get(b.report.id)
    if when_a and when_b and when_a.interval.latest < when_b.interval.earliest:
        return False
    if when_a and when_b and when_b.interval.latest < when_a.interval.earliest:
        return True
    clues: tuple[tuple[float, float], ...] = (
        (_credits(a, b), _credits(b, a)),
        (_merges(a, b, near), _merges(b, a, near)),
        (len(doubled(a.report)), len(doubled(b.report))),
        (_digital(a), _digital(b)),
        (round(there.share, 1), round(back.share, 1)),
    )
    return next((x > y for x, y in clues if x != y), False)


def _merges(a: _Body, b: _Body, near: _Near) -> bool:
    """Whether the first tells the second in one part of it and a third story in the other."""
    mine = near[a.report.id]
    if len(mine) > CROWD:
        return False
    own = mine[b.report.id]
    for other, which in mine.items():
        if other not in near[b.report.id] and other != b.report.id:
            both, all_told = len(own & which), len(own | which)
            if both <= APART * min(len(own), len(which)) and all_told >= WHOLE * len(a.sentences):
                return True
    return False


def _digital(body: _Body) -> bool:
    """Whether small numbers are mostly written as digits, where editors spell them out."""
    digits = spelled = 0
    for s in body.sentences:
        digits += sum(1 for _ in _DIGIT.finditer(body.report.text, s.start, s.end))
        spelled += sum(1 for _ in _SPELLED.finditer(body.report.text, s.start, s.end))
    return digits >= 2 and digits > spelled


def _credits(a: _Body, b: _Body) -> bool:
    """Whether the first names the outlet that published the second."""
    outlet = b.report.outlet
    if not outlet or outlet == a.report.outlet:
        return False
    return outlet in a.report.credits or plain(outlet) in plain(a.report.text)


def _tie(copy: _Body, original: _Body, there: _Told, back: _Told) -> Tie:
    score = round(min(1.0, max(there.share, back.share)), 3)
    if there.here and there.there:
        evidence: tuple[Span, ...] = (there.here, there.there)
    elif back.here and back.there:
        evidence = (back.there, back.here)
    else:
        evidence = ()
    return Tie("copies", copy.report.id, original.report.id, score, evidence)
