"""How far a statement is to be trusted, by whether rules and tagger agree on it."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import Literal

from onthetable.lexicon import load
from onthetable.model import Span, Statement
from onthetable.statements.tagger import Tagged, Tagging

Grade = Literal["firm", "agreed", "content", "rule", "tagged-firm", "tagged"]
Band = Literal["high", "middle", "low"]


@cache
def _table() -> dict[str, float]:
    return dict(load("onthetable.statements", "joining.toml")["grades"])


def band(confidence: float) -> Band:
    """The band of a confidence as `grade` gives it: in the high band 97 of 100 were right when it was measured."""
    limits = load("onthetable.statements", "joining.toml")["bands"]
    return "high" if confidence >= limits["high"] else "middle" if confidence >= limits["middle"] else "low"


def graded(statement: Statement, tagging: Tagging) -> float:
    """How often statements of its grade were right: they share words with one that was marked, source too."""
    return float(_table()[grade(statement, tagging)])


def grade(statement: Statement, tagging: Tagging) -> Grade:
    """How well rules and tagger agree on a statement."""
    sure = float(load("onthetable.statements", "joining.toml")["grading"]["sure"])
    trusted = float(load("onthetable.statements", "joining.toml")["grading"]["trusted"])
    shared = [c for p in statement.pieces for c in overlapping(tagging.contents, p) if _halves(c, p)]
    tied = {c.cue for c in shared if c.cue is not None and c.tie >= 0.5}
    source = statement.source.span if statement.source else None
    sources = [s for s in overlapping(tagging.sources, source) if s.cue in tied] if source else []
    certain = bool(sources) and min(max(s.sure for s in sources), min(c.sure for c in shared)) >= sure
    if statement.rule == "tagged":
        return "tagged-firm" if certain else "tagged"
    if certain and statement.confidence >= trusted:
        return "firm"
    return "agreed" if sources else "content" if shared else "rule"


def overlapping(marked: tuple[Tagged, ...], span: Span) -> list[Tagged]:
    """Those of stretches in the order of the text, none overlapping, that share a code point with a span."""
    found = []
    n = bisect_left(marked, span.start + 1, key=lambda t: t.end)
    while n < len(marked) and marked[n].start < span.end:
        found.append(marked[n])
        n += 1
    return found


def _halves(tagged: Tagged, span: Span) -> bool:
    """Whether what two stretches share is at least half of what they cover together."""
    common = min(tagged.end, span.end) - max(tagged.start, span.start)
    return common * 2 >= max(tagged.end, span.end) - min(tagged.start, span.start)
