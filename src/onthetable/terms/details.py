"""What is said of a single term besides who gives what: phase, duration, deadline and guarantee."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from onthetable.lexicon import load
from onthetable.model import Amount, Move, Quantity, Span, Term
from onthetable.terms.discourse import TIME, Discourse
from onthetable.terms.issues import TALKS
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "proposals.toml")
_PHASES = frozenset(_DATA["phases"])
_PLACES = frozenset(_DATA["places"])
_DEADLINES = frozenset(_DATA["deadlines"])
_GUARANTEES = frozenset(_DATA["guarantees"])
GUARANTEES = "guarantees"
"""The issue of the packs that makes other terms sure."""
_CLOSE = 3
"""How many tokens may stand between the opener of a deadline and its time."""


def term(d: Discourse, m: Move) -> Term:
    """The term that a move tells, with what its words say of it."""
    first, last = _own(d, m)
    due = _deadline(d, first, last)
    return Term(m.giver, m.issue, m.quantity, _phase(d.tree, first, last), m.condition,
                _duration(d, m, first, last, due), due, _guarantee(d.tree, first, last))  # fmt: skip


def _own(d: Discourse, m: Move) -> tuple[int, int]:
    """The tokens of a move that are about its issue: up to where another one is named, before it or behind it."""
    first, last = d.tree.range(m.evidence.start, m.evidence.end)
    named = [n for n in d.issues.between(first, last) if n.issue not in (TALKS, GUARANTEES)]
    own = next((n for n in named if n.issue == m.issue), None)
    if own is None:
        return first, last
    before = max((n.last for n in named if n.issue != m.issue and n.last <= own.first), default=None)
    behind = min((n.first for n in named if n.issue != m.issue and n.first >= own.last), default=None)
    begin = first if before is None else _joint(d.tree, before, own.first) or before
    return begin, last if behind is None else _joint(d.tree, own.last, behind) or behind


def _joint(tree: Tree, first: int, last: int) -> int | None:
    """The last "and" between two tokens: what stands before it is said of what it follows."""
    return next((j for j in range(last - 1, first - 1, -1) if tree[j].dep == "cc"), None)


def _phase(tree: Tree, first: int, last: int) -> str | None:
    """ "the first phase", "in three stages": the first such words, without article and preposition."""
    for j in range(first + 1, last):
        if tree[j].lemma.lower() in _PHASES and tree[j].pos == "NOUN":
            k = j - 1
            if tree[k].text.lower() in _PLACES or tree[k].pos == "NUM" or tree[k].tag == "CD":
                return tree.span(k, j + 1).text
    return None


def _times(d: Discourse, first: int, last: int) -> Iterator[Amount]:
    amounts = d.table.spans.amounts
    low, high = (bisect_left(amounts, j, key=lambda a: a.first) for j in (first, last))
    return (a for a in amounts[low:high] if a.unit in TIME and a.last <= last)


def _duration(d: Discourse, m: Move, first: int, last: int, due: Span | None) -> Quantity | None:
    """The length of time in the words of a term, unless it is its deadline."""
    if m.quantity and m.quantity.unit in TIME and (due is None or _outside(d, m.quantity, first, last, due)):
        return m.quantity
    for a in _times(d, first, last):
        if due is None or not a.span.within(due):
            return Quantity(a.low, a.high, a.unit or "")
    return None


def _outside(d: Discourse, q: Quantity, first: int, last: int, due: Span) -> bool:
    return any((a.low, a.high) == (q.low, q.high) and not a.span.within(due) for a in _times(d, first, last))


def _deadline(d: Discourse, first: int, last: int) -> Span | None:
    """ "within 14 days", "by the end of June"."""
    tree, spans = d.tree, d.table.spans
    ends = {t.span.start: t.span.end for t in spans.times} | {a.span.start: a.span.end for a in _times(d, first, last)}
    for j in range(first, last):
        if tree[j].text.lower() in _DEADLINES:
            near = (ends[tree[k].start] for k in range(j + 1, min(j + 1 + _CLOSE, last)) if tree[k].start in ends)
            end = next(near, None)
            if end is not None:
                return Span(tree[j].start, end, tree.text[tree[j].start : end])
    return None


def _guarantee(tree: Tree, first: int, last: int) -> Span | None:
    """ "guaranteed in writing by both states", "under the eyes of monitors": the words under such a word."""
    for j in range(first, last):
        if tree[j].text.lower() in _GUARANTEES:
            begin = j if tree[j].pos == "VERB" else max(first, tree.edges[j][0])
            return tree.span(begin, max(begin + 1, min(last, tree.edges[j][1])))
    return None
