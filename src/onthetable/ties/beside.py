"""What reports with a known day say about others that share their quotations, their people or their counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from onthetable.lexicon import load
from onthetable.model import Interval, Published, Reading, Span
from onthetable.text import plain

POSTINGS = 50
"""A name or quotation leads to so many reports at most: what more share tells nothing."""


class Beside:
    """Reports whose day is known closely, to be asked which of them stands nearest to another."""

    def __init__(self, close: Sequence[Reading], found: Mapping[str, Published]) -> None:
        self._found = found
        self._quotes: dict[str, list[str]] = defaultdict(list)
        self._names: dict[str, list[str]] = defaultdict(list)
        for r in close:
            for key in quotations(r.report.text):
                self._quotes[key].append(r.report.id)
            for key in _names(r.report.text):
                self._names[key].append(r.report.id)

    def same_news(self, reading: Reading) -> tuple[str, int, Span, Interval] | None:
        """The report that shares two quotations or more: its id, how many, the first of them here, its interval."""
        here = quotations(reading.report.text)
        shared = _most(self._quotes, here, reading.report.id)
        if not shared or shared[1] < 2:
            return None
        first = next(q for q in here if shared[0] in self._quotes.get(q, ()))
        return *shared, reading.report.span(*here[first]), self._found[shared[0]].interval

    def same_talks(self, reading: Reading) -> tuple[str, Interval] | None:
        """The report that names most of the same people and places, a quarter of those here at least."""
        here = _names(reading.report.text)
        shared = _most(self._names, here, reading.report.id)
        if not shared or shared[1] < 4 or shared[1] * 4 < len(here):
            return None
        return shared[0], self._found[shared[0]].interval


def _most(index: Mapping[str, list[str]], keys: Iterable[str], but: str) -> tuple[str, int] | None:
    """The report that shares most keys, and how many; the smaller id of equals."""
    counts: dict[str, int] = defaultdict(int)
    for k in keys:
        reports = index.get(k, ())
        for other in reports if len(reports) <= POSTINGS else ():
            if other != but:
                counts[other] += 1
    return min(counts.items(), key=lambda x: (-x[1], x[0]), default=None)


def quotations(text: str) -> dict[str, tuple[int, int]]:
    """Quoted runs of four words or more, in plain letters, and where they stand."""
    found: dict[str, tuple[int, int]] = {}
    for m in re.finditer(r"[“\"]([^“”\"\n]{15,600})[”\"]", text):
        words = re.findall(r"[a-z0-9]+", plain(m[1]))
        if len(words) >= 4:
            found.setdefault(" ".join(words), m.span(1))
    return found


def _names(text: str) -> set[str]:
    """Capitalised words inside sentences, without those of the calendar."""
    return set(re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}", text)) - _calendar()


def _calendar() -> frozenset[str]:
    return frozenset(load("onthetable.ties", "dating.toml")["calendar"])


def toll(text: str) -> tuple[Span, int] | None:
    """The highest count of dead in a report, from a thousand on: it only ever grows."""
    best: tuple[Span, int] | None = None
    for m in re.finditer(r"(?<![\d$€£.,])\d{1,3}(?:,\d{3}){1,4}(?![\d%])", text):
        count = int(m[0].replace(",", ""))
        if (best is None or count > best[1]) and _of_the_dead(text, *m.span()):
            best = Span(m.start(), m.end(), m[0]), count
    return best


def _of_the_dead(text: str, start: int, end: int) -> bool:
    """Whether the closest word that says what a count counts, no other count between, is one of death."""
    before = re.split(r"\d|[.;]\s|\n", plain(text[max(0, start - 50) : start]))[-1]
    after = re.split(r"\d|[.;]\s|\n", plain(text[end : end + 50]))[0]
    words = _kinds().finditer(f"{before}#{after}")
    closest = min(words, key=lambda m: abs(m.start() - len(before)), default=None)
    return closest is not None and closest["dead"] is not None


@cache
def _kinds() -> re.Pattern[str]:
    raw = load("onthetable.ties", "dating.toml")
    return re.compile(rf"\b(?:(?P<dead>{'|'.join(raw['dead'])})|{'|'.join(raw['hurt'])})\b")
