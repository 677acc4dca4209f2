"""What two accounts share, word by word."""

from __future__ import annotations

from dataclasses import dataclass

from onthetable.ties.account import Account
from onthetable.ties.scan import PARTY, Item
from onthetable.ties.thesaurus import converse, opposed, related


@dataclass(frozen=True, slots=True)
class Aligned:
    """What two accounts share: pairs of items, pairs of opposites, and what is only in the one or the other."""

    pairs: tuple[tuple[Item, Item, float], ...]
    against: tuple[tuple[Item, Item], ...]
    first: tuple[Item, ...]
    second: tuple[Item, ...]
    shared: float
    """The weight of what both speak of, parties and words of little weight apart."""
    grounds: float
    """The same with the parties that both speak of, where there is something else that is shared or opposite."""


def align(a: Account, b: Account) -> Aligned:
    """Each item with the nearest of the other account that no nearer one takes."""
    scored = []
    others = [(j, y, y.term, y.kind == "word") for j, y in enumerate(b.items)]
    for i, x in enumerate(a.items):
        own, word = x.term, x.kind == "word"
        for j, y, term, too in others:
            if score := related(own, term) if word and too else nearness(x, y):
                scored.append((-score, abs(x.at - y.at), i, j))
    pairs, used, taken = [], set[int](), set[int]()
    for score, _, i, j in sorted(scored):
        if i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            pairs.append((a.items[i], b.items[j], -score))
    first = [x for i, x in enumerate(a.items) if i not in used]
    second = [y for j, y in enumerate(b.items) if j not in taken]
    against = []
    poled = [y for y in second if y.kind == "word" and (y.term.poles or y.term.opposite)]
    for x in first if poled else ():
        other = next((y for y in poled if opposites(x, y)), None)
        if other is not None:
            poled.remove(other)
            against.append((x, other))
    for x, y in against:
        first.remove(x)
        second.remove(y)
    shared = sum(n * min(x.weight, y.weight) for x, y, n in pairs if x.weight >= 1 and y.weight >= 1)
    parties = {x.key for x, _, _ in pairs if x.kind == "party"}
    grounds = shared + PARTY * len(parties) if shared or against else 0.0
    return Aligned(tuple(pairs), tuple(against), tuple(first), tuple(second), shared, grounds)


def nearness(x: Item, y: Item) -> float:
    """How near two items are, from 0 to 1: names by their words, words by their meaning."""
    if x.kind == "party" or y.kind == "party":
        return 1.0 if x.kind == y.kind and x.key == y.key else 0.0
    if x.kind == "name" and y.kind == "name":
        a, b = set(x.key.split()), set(y.key.split())
        return 1.0 if a <= b or b <= a else 0.0
    if x.kind == "name" or y.kind == "name":
        return 1.0 if x.key == y.term.lemma or y.key == x.term.lemma else 0.0
    return related(x.term, y.term)


def opposites(x: Item, y: Item) -> bool:
    """Whether two words mean opposites, and not what giver and taker do."""
    return x.kind == y.kind == "word" and opposed(x.term, y.term) and not converse(x.term, y.term)
