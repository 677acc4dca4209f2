"""What lies within a stretch of text, found without a walk over the whole report."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onthetable.model import Span, Statement, Time

REACH = 40
"""How many statements back one that holds a place may begin."""


def times_within(times: Sequence[Time], start: int, end: int) -> list[Time]:
    """The dates and clock times from `start` to `end` (code points); `times` in the order of the text."""
    first = bisect_left(times, start, key=lambda t: t.span.start)
    last = bisect_left(times, end, key=lambda t: t.span.start)
    return [t for t in times[first:last] if t.type in {"DATE", "TIME"} and t.span.end <= end]


def innermost(statements: Sequence[Statement], span: Span) -> Statement | None:
    """The statement with a source whose content holds the span, the shortest of several; sorted by content."""
    last = bisect_right(statements, span.start, key=lambda s: s.content.start)
    around = [s for s in statements[max(0, last - REACH) : last] if s.source and span.within(s.content)]
    return min(around, key=lambda s: s.content.end - s.content.start, default=None)
