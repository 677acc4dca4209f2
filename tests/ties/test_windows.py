"""Findings judged by the leaders before them: only what may have changed is judged again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onthetable.ties.windows import Ranked, Seen


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    keys: tuple[str, ...] = ("k",)


class Judging:
    """Notes whom it has judged, and finds of each whom it sees, the best first."""

    def __init__(self, most: int) -> None:
        self.judged: list[str] = []
        self.windows: Ranked[Item, tuple[str, ...]] = Ranked(
            lambda i: f"2026-03-02 {i.id}", lambda i: i.keys, self._judge, 4, most
        )

    def _judge(self, item: Item, seen: Sequence[Seen[Item]]) -> tuple[bool, tuple[str, ...] | None, bytes]:
        self.judged.append(item.id)
        return True, tuple(s.leader.id for s in seen) or None, bytes(len(seen))

    def settled(self) -> list[str]:
        self.judged.clear()
        self.windows.settle()
        return self.judged


def test_only_those_are_judged_again_beside_which_another_is_thought_of_otherwise() -> None:
    judging = Judging(4)
    for id in "abcd":
        judging.windows.put(Item(id))
    assert judging.settled() == [*"abcd"]
    judging.windows.put(Item("a"), otherwise=True, beside=lambda other: other.id == "c")
    assert judging.settled() == ["a", "c"]
    judging.windows.put(Item("a"), otherwise=True)
    assert judging.settled() == [*"abcd"]


def test_one_that_comes_under_more_keys_is_seen_by_all_its_keys() -> None:
    judging = Judging(1)
    for item in (Item("a", ("k", "l")), Item("b"), Item("z", ("k", "l", "m"))):
        judging.windows.put(item)
    judging.settled()
    assert judging.windows.found["z"] == ("a",)
    judging.windows.put(Item("b"), ("l", "m"), otherwise=True, beside=lambda other: False)
    judging.settled()
    assert judging.windows.found["z"] == ("b",)


def test_what_was_found_before_is_told_of_what_stays_and_nothing_of_what_comes_or_goes() -> None:
    judging = Judging(4)
    judging.windows.put(Item("b"))
    assert judging.windows.settle() == {"b": ()}
    judging.windows.put(Item("a"))
    assert judging.windows.settle() == {"a": (), "b": (None,)}
    judging.windows.drop(["a"])
    assert judging.windows.settle() == {"a": (), "b": (("a",),)}
