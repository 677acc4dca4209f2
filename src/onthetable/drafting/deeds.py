"""What the parties of a case do in a text, and whether as those who stand between the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onthetable.case import Case
from onthetable.drafting.acting import behind, heads, neutral
from onthetable.drafting.words import MEDIATING
from onthetable.spans.names import find_names
from onthetable.tree import Tree


@dataclass(frozen=True, slots=True)
class Deed:
    """A party acts, at token `head`: how much that counts, and whether it stands `between` the others."""

    party: str
    head: int
    weight: float
    between: bool


def deeds(tree: Tree, case: Case) -> Iterator[Deed]:
    """What the parties do, now that people and bodies are known to speak for them."""
    actors, mentions = find_names(tree, case)
    by_head = {m.head: actors[m.actor].party for m in mentions}
    for head, weight, mediates in heads(tree):
        role = tree[head].lemma in MEDIATING
        beside = tree.kids(head, "amod", "compound", "nmod") if role else []
        beside += behind(tree, head) if mediates and by_head.get(head) is None else []
        for i in (head, *tree.kids(head, "conj"), *beside, *(j for b in beside for j in tree.kids(b, "conj"))):
            party = by_head.get(i)
            if party is not None:
                yield Deed(party, i, weight, mediates or role or neutral(tree, i, party))
