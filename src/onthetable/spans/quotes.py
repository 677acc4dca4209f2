"""Quotation marks of every kind, paired within each paragraph and chained over paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from onthetable.model import Quote, Report, Span
from onthetable.text import paragraphs, trim

_MARK = re.compile("''|``|,,(?=[\\w'‘])|[\"“”„‟″＂«»‹›‘’‚‛'`]")
_FAMILY = {"«": "g", "»": "g", "‹": "h", "›": "h", "‘": "s", "’": "s", "‚": "s", "‛": "s", "'": "s", "`": "s"}
_OPENS = frozenset("“„«‹‘‚‛`") | {"``", ",,"}
_CLOSES = frozenset("”»›’")
_BEFORE_OPENING = frozenset("([{<—–-/:;,=|…*•")
_ELIDED = re.compile(r"(?:em|til|till|tis|twas|twere|cause|cos|bout|round|n|neath|\d\ds?)\b", re.IGNORECASE)
_DEPTH = 4

Role = Literal["open", "close", "either", "none"]


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    family: str
    text: str
    role: Role
    before: str


@dataclass(slots=True)
class _Paragraph:
    """The quotes of one paragraph; `opening` is the mark that begins it, `stray` a closing mark without its opening."""

    start: int
    end: int
    quotes: list[Quote]
    opening: _Mark | None
    stray: _Mark | None


def find_quotes(report: Report) -> tuple[Quote, ...]:
    """All quotations of a report, nested ones too, in the order of the text.

    Marks are paired within a paragraph. A quotation that a paragraph leaves open ends with it, and is
    continued by the next one's if that begins with an opening mark or holds a closing mark without its
    opening. Apostrophes, primes after figures and empty quotations are none. Linear in the text's length.
    """
    text = report.text
    quotes: list[Quote] = []
    left_open: int | None = None
    previous_end = 0
    for start, end in paragraphs(text):
        found = _pair(text, start, end)
        continued: Quote | None = None
        if left_open is not None and not text[previous_end:start].strip():
            if found.stray and not found.opening:
                inner = trim(text, start, found.stray.start)
                if inner[0] < inner[1]:
                    continued = Quote(_span(text, start, found.stray.end), _span(text, *inner))
                    found.quotes = [q for q in found.quotes if q.span.start >= found.stray.end]
                    found.quotes.insert(0, continued)
            elif found.opening and found.quotes:
                continued = found.quotes[0]
        base = len(quotes)
        for q in found.quotes:
            quotes.append(replace(q, continues=left_open) if q is continued else q)
        last = _left_open(found)
        left_open = base + last if last is not None else None
        previous_end = end
    return tuple(quotes)


def _left_open(found: _Paragraph) -> int | None:
    """Which quote runs open to the end of its paragraph."""
    return next((n for n, q in enumerate(found.quotes) if q.open and q.span.end == found.end), None)


def _span(text: str, start: int, end: int) -> Span:
    return Span(start, end, text[start:end])


def _pair(text: str, start: int, end: int) -> _Paragraph:
    marks = [m for m in _marks(text, start, end) if m.role != "none"]
    closings = _next_closing(marks)
    stack: list[_Mark] = []
    quotes: list[Quote] = []
    opening: _Mark | None = None
    stray: _Mark | None = None
    for n, mark in enumerate(marks):
        level = next((k for k in range(len(stack) - 1, -1, -1) if stack[k].family == mark.family), None)
        if level is not None and _closes(mark, stack[level], marks, n):
            for unclosed in stack[level + 1 :]:
                quotes += _quote(text, unclosed, mark.start, mark.start, opened=True)
            quotes += _quote(text, stack[level], mark.start, mark.end, opened=False)
            del stack[level:]
        elif mark.role == "close":
            if level is None and stray is None and mark.family != "s" and not quotes and not stack:
                stray = mark
        elif mark.family != "s" or closings[n]:
            if level is not None and level == len(stack) - 1:
                quotes += _quote(text, stack.pop(), mark.start, mark.start, opened=True)
            if len(stack) < _DEPTH:
                stack.append(mark)
                if mark.start == start:
                    opening = mark
    for mark in stack:
        if mark.family != "s":
            quotes += _quote(text, mark, end, end, opened=True)
    quotes.sort(key=lambda q: (q.span.start, -q.span.end))
    return _Paragraph(start, end, quotes, opening, stray)


def _quote(text: str, mark: _Mark, inner_end: int, end: int, *, opened: bool) -> list[Quote]:
    inner = trim(text, mark.end, inner_end)
    if inner[0] >= inner[1]:
        return []
    return [Quote(_span(text, mark.start, inner[1] if opened else end), _span(text, *inner), opened)]


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    for m in _MARK.finditer(text, start, end):
        before = text[m.start() - 1] if m.start() > start else " "
        after = text[m.end()] if m.end() < end else " "
        family = "d" if len(m[0]) == 2 else _FAMILY.get(m[0], "d")
        yield _Mark(m.start(), m.end(), family, m[0], _role(text, m, family, before, after), before)


def _role(text: str, m: re.Match[str], family: str, before: str, after: str) -> Role:
    mark = m[0]
    if before.isspace() and after.isspace():
        return "open" if mark == "“" else "close" if mark == "”" else "none"
    can_open = (before.isspace() or before in _BEFORE_OPENING or before in _OPENS or before in "\"'") and (
        not after.isspace()
    )
    can_close = not before.isspace() and not after.isalnum()
    if family == "s" and mark != "‚":
        if before.isalnum() and after.isalnum():
            return "none"
        if _ELIDED.match(text, m.end()) and mark != "`":
            return "close" if can_close else "none"
        if before.isdigit() and mark == "'" and not can_close:
            return "none"
    if mark == "“" or mark in ("»", "«", "›", "‹"):
        return "either" if can_open == can_close else "open" if can_open else "close"
    if mark in _OPENS:
        return "open" if not can_close or can_open else "either"
    if mark in _CLOSES:
        return "open" if can_open and not can_close else "close"
    if can_open and not can_close:
        return "open"
    if can_close and not can_open:
        return "close"
    return "either"


def _closes(mark: _Mark, opened: _Mark, marks: list[_Mark], n: int) -> bool:
    if mark.role == "open" and not (opened.text in "„‚,," and mark.text in "“‘"):
        return False
    if mark.family == "s" and mark.text in "’'" and n + 1 < len(marks):
        return not _possessive(mark, marks[n + 1])
    return mark.role != "either" or mark.end > opened.end


def _possessive(mark: _Mark, following: _Mark) -> bool:
    """Whether it rather is the apostrophe of a plural ("the dockers' claim"), the quotation's own end coming later."""
    closing = following.family == "s" and following.role == "close"
    return mark.before in "sxz" and closing and following.start > mark.end + 1


def _next_closing(marks: list[_Mark]) -> list[bool]:
    """For each mark, whether some later mark of its family may close it before the family opens again."""
    later: dict[str, bool] = {}
    found = [False] * len(marks)
    for n in range(len(marks) - 1, -1, -1):
        m = marks[n]
        found[n] = later.get(m.family, False)
        later[m.family] = m.role in ("close", "either")
    return found
