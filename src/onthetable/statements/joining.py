"""Unites what the rules found with what the tagger marked."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from onthetable.lexicon import load
from onthetable.model import Manner, Quote, Report, Source, Span, Statement
from onthetable.statements.grading import graded
from onthetable.statements.layout import Stretch
from onthetable.statements.sources import Phrase, passive, phrase, subject
from onthetable.statements.speakers import speaker
from onthetable.statements.tagger import Tagged, Tagging
from onthetable.text import trim
from onthetable.tree import Spans

_MARKS = ",;:—–-"


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds of `joining.toml`."""

    trusted: float
    support: float
    least: float
    borders: float
    sure: float
    new: float


@cache
def limits() -> Limits:
    """The thresholds, read once."""
    data = load("onthetable.statements", "joining.toml")
    return Limits(**data["rules"], **data["tagger"])


def join(
    report: Report, spans: Spans, rules: Sequence[Statement], tagging: Tagging, chosen: Limits | None = None
) -> tuple[Statement, ...]:
    """The statements of rules and tagger, in the order of the text, numbered anew.

    A statement of the rules stays unless the tagger contradicts it, and less is asked of rules that were right
    more often. What the tagger alone marked becomes a piece of the statement whose cue it belongs to, or else a
    statement of its own.
    """
    chosen = chosen or limits()
    kept = [s for s in rules if _stands(s, tagging, chosen)]
    kept = [_bordered(report, s, tagging, chosen) for s in kept]
    held = _Held(kept)
    groups: dict[int | None, list[Tagged]] = defaultdict(list)
    for n, c in enumerate(tagging.contents):
        if c.sure >= chosen.sure and held.free(c.start, c.end) > chosen.new * (c.end - c.start):
            groups[c.cue if c.cue is not None else -1 - n].append(c)
    by_cue = {s.cue.start: n for n, s in enumerate(kept) if s.cue}
    found: list[Statement] = []
    for number, contents in groups.items():
        cue = tagging.cues[number] if number is not None and number >= 0 else None
        pieces = [p for c in contents for p in held.rest(*_clean(report.text, c.start, c.end))]
        if not pieces:
            continue
        owner = _owner(kept, by_cue, cue)
        if owner is not None:
            kept[owner] = _reshaped(report, kept[owner], [*_stretches(kept[owner]), *pieces])
        else:
            found.append(_made(report, spans, tagging, number, cue, contents, pieces))
    both = sorted([*kept, *found], key=lambda s: (s.content.start, -s.content.end, s.cue.start if s.cue else -1))
    return tuple(replace(s, id=f"{report.id}.s{n + 1}", confidence=graded(s, tagging)) for n, s in enumerate(both))


def share(tagging: Tagging, start: int, end: int) -> float:
    """How likely the tagger takes the words between two places to be content, on average; 0 where it read none."""
    first, last = bisect_left(tagging.places, start), bisect_left(tagging.places, end)
    return (tagging.shares[last] - tagging.shares[first]) / (last - first) if last > first else 0.0


def _support(statement: Statement, tagging: Tagging) -> float:
    size = sum(p.end - p.start for p in statement.pieces)
    return sum(share(tagging, p.start, p.end) * (p.end - p.start) for p in statement.pieces) / size


def _stands(statement: Statement, tagging: Tagging, chosen: Limits) -> bool:
    least = chosen.least if statement.confidence >= chosen.trusted else chosen.support
    return _support(statement, tagging) >= least


def _bordered(report: Report, statement: Statement, tagging: Tagging, chosen: Limits) -> Statement:
    """The statement with the borders of the tagged content that shares most of its words, for rules less trusted."""
    if statement.confidence >= chosen.borders or len(statement.pieces) != 1:
        return statement
    piece = statement.pieces[0]
    at = bisect_left(tagging.contents, piece.end, key=lambda c: c.start)
    for c in reversed(tagging.contents[max(0, at - 3) : at]):
        common = min(c.end, piece.end) - max(c.start, piece.start)
        if common * 2 >= max(c.end, piece.end) - min(c.start, piece.start):
            start, end = _clean(report.text, c.start, c.end)
            apart = not any(s and start < s.end and s.start < end for s in (statement.cue, _source(statement)))
            return _reshaped(report, statement, [(start, end)]) if start < end and apart else statement
    return statement


def _source(statement: Statement) -> Span | None:
    return statement.source.span if statement.source else None


class _Held:
    """The stretches that statements hold, in order, none of them overlapping."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        merged: list[Stretch] = []
        own = [p for s in statements for p in s.pieces]
        own += [span for s in statements for span in (s.cue, _source(s)) if span is not None]
        for p in sorted(own):
            if merged and p.start <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(p.end, merged[-1][1])
            else:
                merged.append((p.start, p.end))
        self._merged = merged
        self._ends = [end for _, end in merged]

    def free(self, start: int, end: int) -> int:
        """How many code points of a stretch nothing holds yet."""
        return sum(b - a for a, b in self.rest(start, end))

    def rest(self, start: int, end: int) -> list[Stretch]:
        """What nothing holds of a stretch."""
        found = []
        n = bisect_left(self._ends, start + 1)
        while n < len(self._merged) and self._merged[n][0] < end:
            a, b = self._merged[n]
            if a > start:
                found.append((start, a))
            start = max(start, b)
            n += 1
        return [*found, (start, end)] if start < end else found


def _clean(text: str, start: int, end: int) -> Stretch:
    return trim(text, start, end, _MARKS)


def _owner(kept: Sequence[Statement], by_cue: dict[int, int], cue: Tagged | None) -> int | None:
    """The statement of the rules that has the cue."""
    if cue is None:
        return None
    return next((by_cue[k] for k in range(cue.start, cue.end) if k in by_cue), None)


def _stretches(statement: Statement) -> list[Stretch]:
    return [(p.start, p.end) for p in statement.pieces]


def _reshaped(report: Report, statement: Statement, stretches: list[Stretch]) -> Statement:
    """The statement with other pieces."""
    pieces = tuple(report.span(*p) for p in sorted(stretches))
    return replace(statement, content=report.span(pieces[0].start, pieces[-1].end), pieces=pieces)


def _made(
    report: Report,
    spans: Spans,
    tagging: Tagging,
    number: int | None,
    cue: Tagged | None,
    contents: list[Tagged],
    pieces: list[Stretch],
) -> Statement:
    """A statement of what the tagger alone found."""
    shown = tuple(report.span(*p) for p in sorted(pieces))
    whole = report.span(shown[0].start, shown[-1].end)
    source = _tagged_source(report, spans, tagging, number) if cue else None
    if cue and source is None:
        source = _subject(spans, cue, whole)
    quoted = tuple(q.span for q in _quoted(spans.quotes, shown))
    manner: Manner = "indirect" if not quoted else "mixed"
    if quoted and all(any(p.within(q) for q in quoted) for p in shown):
        manner = "direct"
    return Statement(
        "", report.id, whole, shown, report.span(cue.start, cue.end) if cue else None, source, manner, (), quoted,
        False, False, "tagged", min(c.sure for c in contents),
    )  # fmt: skip


def _tagged_source(report: Report, spans: Spans, tagging: Tagging, number: int | None) -> Source | None:
    """The source that is tied most firmly to a cue."""
    tied = [s for s in tagging.sources if s.cue == number]
    if not tied:
        return None
    best = max(tied, key=lambda s: s.tie)
    return _as_source(report, spans, best.start, best.end)


def _as_source(report: Report, spans: Spans, start: int, end: int) -> Source | None:
    tree = spans.tree
    first, last = tree.range(start, end)
    if first >= last:
        return None
    head = next((i for i in range(first, last) if not first <= tree[i].head < last or tree[i].head == i), first)
    return replace(speaker(spans, Phrase(head, first, last)), span=report.span(start, end))


def _subject(spans: Spans, cue: Tagged, content: Span) -> Source | None:
    """The subject of the cue by the parse, where the tagger ties no source to it."""
    tree = spans.tree
    first, last = tree.range(cue.start, cue.end)
    for i in range(first, last):
        if tree[i].pos == "VERB" and not passive(tree, i):
            head = subject(tree, i)
            if head is not None and not content.start <= tree[head].start < content.end:
                return speaker(spans, phrase(tree, head, i))
    return None


def _quoted(quotes: tuple[Quote, ...], pieces: tuple[Span, ...]) -> list[Quote]:
    """The quotations that share a code point with a piece; quotations come in the order of the text."""
    return [q for q in quotes if any(q.span.overlaps(p) for p in pieces)]
