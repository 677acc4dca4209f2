"""A report as it is compared with others: sentences by what they speak of, quotations, and rare features."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log
from sys import intern
from zlib import crc32

from onthetable.lexicon import load
from onthetable.model import Report
from onthetable.text import paragraphs, plain, trim
from onthetable.ties.saving import Part

OFTEN = 60
"""Sentences of one report from which on what they share says nothing."""

DOUBLED, DOUBLED_APART = 0.55, 0.22
"""What a sentence shares with its second wording, in one paragraph and where that is a line of its own."""

HELD = 1_000
"""Reports that are held ready."""
WORDS = 50_000
"""Words of which it is held what stands for them."""

LONGEST = 200_000
"""Code points of a report that are compared: no story is longer, and a hostile file must not fill the memory."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_QUOTE = re.compile(r'"([^"\n]{8,1200})"')
_STOP = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])")
_ENDED = re.compile(r"[.!?:;…][\"'”’)]*$")
_DIGIT = re.compile(
    r"(?<=\s)[2-9](?:(?:st|nd|rd|th)\b)?(?=[ -](?!(?:per|percent|p|million|billion|trillion|m|bn)\b)[a-z]{2,})"
)
_SPELLED = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine)\b(?= [a-z])", re.IGNORECASE)
_ABBREVIATED = re.compile(
    r"(?:^|[\s(.])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|St|No|vs|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Offsets, and what the sentence speaks of with weights: numbers, names, other words by their stem."""

    start: int
    end: int
    items: Mapping[str, float]
    names: tuple[str, ...]
    weight: float


Places = Mapping[str, Sequence[tuple[int, float]]]
"""Which sentences hold an item, and its weight there, for items that are in few."""


@dataclass(frozen=True, slots=True)
class Body:
    """A report as it is compared, without its page furniture; `quotes` are its longer quotations as compared."""

    report: Report
    sentences: tuple[Sentence, ...]
    quotes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outline:
    """What is kept of a report that others are compared with.

    `features` are what makes it worth comparing with another, as numbers, the last three bits of each telling how much
    it counts. `sentences` is how many it has, `length` that of them in code points, `doubles` how many have a second
    wording beside them; `digital` tells that small numbers are mostly written as digits, where editors spell them out.
    """

    report: Report
    features: array[int]
    sentences: int
    length: int
    doubles: int
    digital: bool


class Bodies(Part):
    """Reports as they are compared, by id. Those asked for last are held ready, others are read again."""

    KEPT = ("_reports",)

    def __init__(self, reports: Iterable[Report] = ()) -> None:
        self._reports: dict[str, Report] = {}
        self._read = lru_cache(HELD)(lambda id: read_body(self._reports[id]))
        self._placed = lru_cache(HELD)(lambda id: _places(self._read(id)))
        for report in reports:
            self.put(report)

    def put(self, report: Report) -> None:
        """Adds a report, unless it is there."""
        self._reports.setdefault(report.id, report)

    def __iter__(self) -> Iterator[str]:
        return iter(self._reports)

    def __getitem__(self, id: str) -> Body:
        return self._read(id)

    def places(self, id: str) -> Places:
        """Where a report speaks of what."""
        return self._placed(id)


def read_body(report: Report) -> Body:
    """The report as it is compared; its title, headings and furniture are left out."""
    text, low = _compared(report)
    found = [s for s in (_sentence(text, low, a, b) for a, b in _prose(text)) if len(s.items) >= 4]
    often = Counter(item for s in found for item in s.items)
    quotes = frozenset(" ".join(words) for m in _QUOTE.finditer(low) if len(words := _WORD.findall(m[1])) >= 4)
    return Body(report, tuple(_weighed(s, often) for s in found), quotes)


def outline(body: Body) -> Outline:
    """What is kept of a report."""
    report, sentences = body.report, body.sentences
    _, low = _compared(report)
    features = array("Q", sorted(_features(low, body.quotes, sentences)))
    length, twice = sum(s.end - s.start for s in sentences), len(doubles(report.text, sentences))
    return Outline(report, features, len(sentences), length, twice, _digital(report.text, sentences))


def _compared(report: Report) -> tuple[str, str]:
    """The text that is compared, as it is and in plain letters."""
    text = _blank(report)[:LONGEST]
    return text, plain(text)


def _places(body: Body) -> Places:
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for n, s in enumerate(body.sentences):
        for item, w in s.items.items():
            places[item].append(_place(n, w))
    return {item: where for item, where in places.items() if len(where) <= OFTEN}


@lru_cache(4096)
def _place(sentence: int, weight: float) -> tuple[int, float]:
    """The same object for what is equal: many items stand in one sentence with one weight."""
    return sentence, weight


def _blank(report: Report) -> str:
    """The text with its furniture blanked out, every other code point in its place."""
    pieces, at = [], 0
    for start, end in sorted((f.span.start, f.span.end) for f in report.furniture):
        if end > at:
            start = max(start, at)
            pieces += [report.text[at:start], re.sub(r"[^\n]", " ", report.text[start:end])]
            at = end
    return "".join([*pieces, report.text[at:]])


def speaks_of(text: str) -> Sentence:
    """A piece of text, with what it speaks of; offsets are those in the piece."""
    return _sentence(text, plain(text), 0, len(text))


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


def _weighed(s: Sentence, often: Mapping[str, int]) -> Sentence:
    """The sentence with less weight on what the report speaks of all the time."""
    items = {item: _less(w, often[item]) for item, w in s.items.items()}
    return Sentence(s.start, s.end, items, s.names, sum(items.values()))


@cache
def _less(weight: float, often: int) -> float:
    return weight / (1 + log(often))


def _sentence(text: str, low: str, start: int, end: int) -> Sentence:
    items: dict[str, float] = {}
    names: list[str] = []
    for m in _WORD.finditer(low, start, end):
        if (known := _item(m[0])) is None:
            continue
        item, weight = known
        at = m.start()
        if not weight:
            weight = 1.0
            if at > start and text[at].isupper():
                weight = 1.5
                names.append(item)
        items[item] = weight
    return Sentence(start, end, items, tuple(dict.fromkeys(names)), sum(items.values()))


@lru_cache(WORDS)
def _item(word: str) -> tuple[str, float] | None:
    """What stands for a word among what a sentence speaks of, with its weight if it is a number; None if ignored."""
    if word in _ignored():
        return None
    if number := _number(word):
        return intern(number), 2.0 if len(number) > 1 else 1.0
    return intern(_same().get(word) or word[:5]), 0.0


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


def _features(low: str, quotes: Iterable[str], sentences: Iterable[Sentence]) -> set[int]:
    """What two copies are likely to share and two other reports are not: quotations, runs of words, facts."""
    found = {_feature(q, 4) for q in quotes}
    words = _WORD.findall(low)
    for i in range(len(words) - 5):
        run = _feature(" ".join(words[i : i + 6]), 2)
        if (run >> 3) % 4 == 0:  # one in four, the same ones in every report
            found.add(run)
    for s in sentences:
        numbers = [i for i in s.items if i[0].isdigit() and len(i) > 1]
        found.update(_feature(f"{n} {name}", 1) for n in numbers[:4] for name in s.names[:4])
    return found


def _feature(words: str, weight: int) -> int:
    return crc32(words.encode("utf-8", "replace")) << 3 | weight


def overlap(a: Sentence, b: Sentence) -> float:
    """The weight of what both speak of, as a share of the lighter sentence."""
    both = sum(min(w, b.items[item]) for item, w in a.items.items() if item in b.items)
    return both / (min(a.weight, b.weight) or 1.0)


def doubles(text: str, sentences: Sequence[Sentence]) -> list[tuple[Sentence, Sentence]]:
    """Neighbouring sentences that tell the same thing in other words: the first, and its second wording.

    A line of its own below a paragraph, with no blank line between where the report has them elsewhere, is
    how such second wordings are often set, so less needs to be shared there.
    """
    found = []
    spaced = "\n\n" in text
    for n, second in enumerate(sentences[1:], 1):
        between = text[sentences[n - 1].end : second.start]
        set_apart = spaced and between.count("\n") == 1
        first = max(sentences[max(0, n - (3 if set_apart else 1)) : n], key=lambda s: overlap(s, second))
        if overlap(first, second) >= (DOUBLED_APART if set_apart else DOUBLED) and _alike(first, second):
            found.append((first, second))
    return found


def _alike(a: Sentence, b: Sentence) -> bool:
    """Whether the two are of about one length, so that the one can be the other reworded."""
    return max(a.weight, b.weight) <= 2.5 * min(a.weight, b.weight)


def _digital(text: str, sentences: Iterable[Sentence]) -> bool:
    digits = spelled = 0
    for s in sentences:
        digits += sum(1 for _ in _DIGIT.finditer(text, s.start, s.end))
        spelled += sum(1 for _ in _SPELLED.finditer(text, s.start, s.end))
    return digits >= 2 and digits > spelled
