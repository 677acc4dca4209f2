"""What reports with a known day say about others that share their quotations, their people or their counts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from onthetable.lexicon import load
from onthetable.model import Interval, Reading, Report, Span
from onthetable.text import plain
from onthetable.ties.saving import Part

POSTINGS = 50
"""A name or quotation leads to so many reports at most: what more share tells nothing."""


class Beside(Part):
    """Reports whose day is known closely, to be asked which of them stands nearest to another."""

    KEPT = ("_days", "_by_key")

    def __init__(self) -> None:
        self._days: dict[str, Interval] = {}
        self._by_key: dict[str, list[str]] = defaultdict(list)

    def put(self, report: Report, days: Interval) -> list[str]:
        """Adds a report; gives the keys by which others may lean otherwise than before."""
        self._days[report.id] = days
        keys = keys_of(report)
        for key in keys:
            known = self._by_key[key]
            at = bisect_left(known, report.id)
            if known[at : at + 1] != [report.id]:
                known.insert(at, report.id)
        return [key for key in keys if len(self._by_key[key]) <= POSTINGS + 1]

    def drop(self, report: Report) -> list[str]:
        """Takes a report out; gives the keys by which others may lean otherwise than before."""
        del self._days[report.id]
        keys = keys_of(report)
        for key in keys:
            known = self._by_key[key]
            at = bisect_left(known, report.id)
            if known[at : at + 1] == [report.id]:
                del known[at]
        return [key for key in keys if len(self._by_key[key]) <= POSTINGS]

    def same_news(self, reading: Reading) -> tuple[str, int, Span, Interval] | None:
        """The report that shares two quotations or more: its id, how many, the first of them here, its interval."""
        here = quotations(reading.report.text)
        shared = self._most(here, reading.report.id)
        if not shared or shared[1] < 2:
            return None
        first = next(q for q in here if shared[0] in self._by_key.get(q, ()))
        return *shared, reading.report.span(*here[first]), self._days[shared[0]]

    def same_talks(self, reading: Reading) -> tuple[str, Interval] | None:
        """The report that names most of the same people and places, a quarter of those here at least."""
        here = _names(reading.report.text)
        shared = self._most(here, reading.report.id)
        if not shared or shared[1] < 4 or shared[1] * 4 < len(here):
            return None
        return shared[0], self._days[shared[0]]

    def _most(self, keys: Iterable[str], but: str) -> tuple[str, int] | None:
        """The report that shares most keys, and how many; the smaller id of equals."""
        counts: dict[str, int] = defaultdict(int)
        for k in keys:
            reports = self._by_key.get(k, ())
            for other in reports if len(reports) <= POSTINGS else ():
                if other != but:
                    counts[other] += 1
        return min(counts.items(), key=lambda x: (-x[1], x[0]), default=None)


def keys_of(report: Report) -> list[str]:
    """By what a report may lean on another: its quotations, in small letters, and the names in it, in capitals."""
    return [*quotations(report.text), *_names(report.text)]


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
