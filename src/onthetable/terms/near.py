"""What lies within a stretch of text, found without a walk over the whole report."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onthetable.model import Span, Statement, Time

REACH = 40
"""How many statements back one that holds a place may begin."""


def times_within(times: Sequence[Time], start: int, end: int, recent: bool = False) -> list[Time]:
    """The dates and clock times from `start` to `end` (code points); `times` in the order of the text.

    `recent` adds lengths of time that end now ("the last 24 hours").
    """
    first = bisect_left(times, start, key=lambda t: t.span.start)
    last = bisect_left(times, end, key=lambda t: t.span.start)
    wanted = (t for t in times[first:last] if t.type in {"DATE", "TIME"} or (recent and _is_recent(t)))
    return [t for t in wanted if t.span.end <= end]


def _is_recent(time: Time) -> bool:
    return time.type == "DURATION" and bool({"last", "past"}.intersection(time.span.text.lower().split()[:2]))


def innermost(statements: Sequence[Statement], span: Span) -> Statement | None:
    """The statement with a source whose content holds the span, the shortest of several; sorted by content."""
    last = bisect_right(statements, span.start, key=lambda s: s.content.start)
    around = [s for s in statements[max(0, last - REACH) : last] if s.source and span.within(s.content)]
    return min(around, key=lambda s: s.content.end - s.content.start, default=None)
