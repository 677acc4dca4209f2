"""A report's text cut up for display: paragraphs of plain, greyed and highlighted stretches."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

from onthetable.model import Reading, Span
from onthetable.reviews import kind_of, words_of
from onthetable.views import anchors


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, or where a highlight opens or closes.

    An opening piece has an `id` unless it goes on with a highlight that had to be broken off.
    """

    kind: str
    text: str = ""
    id: str | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text with its pieces; `start` and `end` are its offsets."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


def spans(reading: Reading) -> dict[Span, tuple[str, ...]]:
    """Every span that a claim rests on, with what rests on it."""
    found: dict[Span, set[str]] = {}
    for record in reading.records:
        found.setdefault(words_of(record), set()).add(kind_of(record))
    return {span: tuple(sorted(found[span])) for span in sorted(found)}


def paragraphs(reading: Reading) -> tuple[Paragraph, ...]:
    """The whole text in order, without its blank lines.

    Highlights nest; where two cross, the second is broken at the end of the first and goes on after it.
    """
    report = reading.report
    marked = [(s, kinds, anchors.words(report.id, s)) for s, kinds in spans(reading).items()]
    greyed = [(f.span, ("furniture",), None) for f in report.furniture]
    queue = [_Waiting(s.start, -s.end, n, kinds, id) for n, (s, kinds, id) in enumerate([*greyed, *marked])]
    heapq.heapify(queue)
    found = []
    for start, end in _lines(report.text):
        pieces = tuple(_pieces(report.text, start, end, queue))
        found.append(Paragraph(start, end, pieces))
    return tuple(found)


@dataclass(frozen=True, slots=True, order=True)
class _Waiting:
    start: int
    minus_end: int
    number: int
    kinds: tuple[str, ...]
    id: str | None


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _pieces(text: str, start: int, end: int, queue: list[_Waiting]) -> Iterator[Piece]:
    """Takes from the queue what begins in the paragraph, and puts back what goes on after it."""
    at = start
    open_: list[tuple[int, tuple[str, ...]]] = []
    while True:
        opens = queue[0].start if queue and queue[0].start < end else end
        opens = max(opens, at)
        while open_ and open_[-1][0] <= opens:
            stop, kinds = open_.pop()
            yield from _text(text, at, stop)
            at = stop
            yield Piece("close", marks=kinds)
        if not queue or queue[0].start >= end:
            yield from _text(text, at, end)
            return
        yield from _text(text, at, opens)
        at = opens
        mark = heapq.heappop(queue)
        stop = min(-mark.minus_end, open_[-1][0] if open_ else end, end)
        if stop <= at:
            continue
        if stop < -mark.minus_end:
            heapq.heappush(queue, _Waiting(stop, mark.minus_end, mark.number, mark.kinds, None))
        yield Piece("open", id=mark.id, marks=mark.kinds)
        open_.append((stop, mark.kinds))


def _text(text: str, start: int, end: int) -> Iterator[Piece]:
    if start < end:
        yield Piece("text", text[start:end])
