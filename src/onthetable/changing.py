"""What became of a position between two days, in words that take no side. Pure functions over records."""

from __future__ import annotations

from collections.abc import Mapping

from onthetable.model import Change, ChangeKind, Move, Position, Quantity
from onthetable.text import words

_SAME = 0.5
"""How much of the words of two moves must be shared for the wording to count as the same."""
_BOUNDED = frozenset({"offers", "accepts", "considers"})
"""The acts that a condition bounds."""


def change(before: Position | None, after: Position, moves: Mapping[str, Move]) -> Change:
    """How a position differs from what it was; `moves` are those behind both, by id."""
    return Change(_kind(before, after, moves), before, after)


def _kind(before: Position | None, after: Position, moves: Mapping[str, Move]) -> ChangeKind:
    if before is None:
        return "new"
    if (before.last_reported, set(before.moves)) == (after.last_reported, set(after.moves)):
        return "not reported"
    if after.stance == "concedes" != before.stance:
        return "dropped"
    if before.stance != after.stance:
        return "moved"
    return (
        _numbers(before.quantity, after.quantity) or _conditions(before, after, moves) or _wording(before, after, moves)
    )


def _numbers(a: Quantity | None, b: Quantity | None) -> ChangeKind | None:
    """Whether a number went down or up; where the unit is another one, or a number is new, only the wording changed."""
    if a == b:
        return None
    if a is None or b is None or a.unit != b.unit:
        return "changed wording"
    low, high = _compare(a.low, b.low, 0.0), _compare(a.high, b.high, float("inf"))
    if {low, high} <= {-1, 0}:
        return "narrowed"
    return "widened" if {low, high} <= {0, 1} else "changed wording"


def _compare(a: float | None, b: float | None, unknown: float) -> int:
    x, y = (unknown if v is None else v for v in (a, b))
    return (y > x) - (y < x)


def _conditions(before: Position, after: Position, moves: Mapping[str, Move]) -> ChangeKind | None:
    """Whether a condition came or went: an offer with one is narrower than without."""
    if after.stance not in _BOUNDED:
        return None
    newly = [m for m in after.moves if m not in before.moves]
    was, now = (any(moves[m].condition for m in ids) for ids in (before.moves, newly))
    return None if was == now else "narrowed" if now else "widened"


def _wording(before: Position, after: Position, moves: Mapping[str, Move]) -> ChangeKind:
    newly = [m for m in after.moves if m not in before.moves] or list(after.moves)
    a, b = ({w for m in ids for w in words(moves[m].evidence.text)} for ids in (before.moves, newly))
    return "reaffirmed" if not b or len(a & b) >= _SAME * min(len(a), len(b)) else "changed wording"
