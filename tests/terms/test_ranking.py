"""The ranking: likely moves over traps, and no eye for names."""

from __future__ import annotations

import pytest

from onthetable.annotation import annotate, proposed
from onthetable.terms.moves import LIKELY
from onthetable.terms.ranking import SIZE, columns, worth

MOVE = "The dockers' union rejected the port's latest pay offer on Friday."
TRAP = "Decades ago, historians wrote, a guild might have rejected any pay offer from a king."


def worths(text: str) -> list[float]:
    d, moves = proposed(text)
    return [worth(d, m) for m in moves]


def test_a_plain_move_is_likely() -> None:
    assert max(worths(MOVE)) > 0.6


def test_what_historians_suppose_is_less_likely_than_what_a_party_did() -> None:
    assert max(worths(TRAP), default=0.0) < max(worths(MOVE))


def test_a_probability_is_one() -> None:
    assert all(0 <= w <= 1 for w in (*worths(MOVE), *worths(TRAP)))


@pytest.mark.parametrize(("one", "other"), [("Kelmar", "Tisso"), ("Norway", "Canada")])
def test_names_switch_on_the_same_weights(one: str, other: str) -> None:
    text = "{} said on Monday that it would reject any tariff on steel unless {} lifted its quota."
    seen = []
    for names in ((one, other), (other, one)):
        d, moves = proposed(text.format(*names))
        seen.append({(m.act, m.issue, columns(d, m)) for m in moves})
    assert seen[0] == seen[1]


def test_columns_lie_within_the_weights() -> None:
    d, moves = proposed(MOVE)
    assert moves
    assert all(0 <= c < SIZE for m in moves for c in columns(d, m))


def test_annotate_gives_the_probability_as_confidence_and_leaves_out_the_unlikely() -> None:
    found = annotate("a", f"{MOVE}\n\n{TRAP}")["moves"]
    assert found
    assert all(m["confidence"] >= LIKELY for m in found)
