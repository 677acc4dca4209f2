"""Whom somebody speaks for, by the words beside: "a Kelmari envoy", "officials in Ostra", "who heads the guild"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from onthetable.lexicon import Hit
from onthetable.model import Actor
from onthetable.spans.aliases import Alias
from onthetable.spans.phrases import MODIFIERS, base, head_of
from onthetable.spans.references import References
from onthetable.spans.roles import BODIES, OUTSIDERS, PEOPLE, STANDING
from onthetable.tree import Tree

_SPEAKING = ("of", "for", "from", "with")
_PLACED = ("in", "at", "inside", "within", "to", "near")
_NEAR = ("close", "near", "loyal")
_HEADING = ("head", "lead", "chair", "run", "represent")


@dataclass(frozen=True)
class Affiliations:
    """Looks for a party around a noun; `actor_at` gives the actor that a token was found to mention."""

    tree: Tree
    hit_at: dict[int, Hit[Alias]]
    references: References
    actor_at: Callable[[int], Actor | None]

    def party(self, first: int, head: int) -> str | None:
        """The party of the noun `head`, whose phrase begins at token `first`; the nearest words decide."""
        return (
            self._before(first, head)
            or self._owned(head)
            or self._by_preposition(head)
            or self._close_to(head)
            or self._apposed(head)
            or self._by_sort(head)
            or self._heading(head)
        )

    def _before(self, first: int, head: int) -> str | None:
        hits = (self.hit_at[j] for j in range(first, head) if j in self.hit_at)
        return next((h.value.party for h in hits if self._modifies(h, head)), None)

    def _modifies(self, hit: Hit[Alias], head: int) -> bool:
        """Whether a name before a noun is its own modifier and not, say, the object of "X-run"."""
        up = self.tree[head_of(self.tree, hit.first, hit.last)].head
        return up >= head or (self.tree[up].head == head and self.tree[up].pos in ("PROPN", "NOUN", "ADP"))

    def _owned(self, head: int) -> str | None:
        tree = self.tree
        whose = next((c for c in tree.kids(head, "poss") if tree[c].tag == "WP$"), None)
        clause = next((j for j in islice(tree.above(head), 4) if tree[j].dep == "relcl"), None)
        if whose is not None and clause is not None:
            return self._at(tree[clause].head)
        owners = tree.kids(head, "poss", *MODIFIERS)
        inner = [k for c in owners for k in tree.kids(c, "poss", *MODIFIERS) if k in self.hit_at]
        for c in (*owners, *inner):
            owner = self.actor_at(c)
            if owner and owner.party:
                return owner.party
        body = next((c for c in owners if tree[c].dep == "compound" and tree[c].lemma in STANDING - PEOPLE), None)
        return self._standing(body) if body is not None else None

    def _standing(self, i: int) -> str | None:
        found = self.references.party_of_sort(i)
        return self.references.memory.actors[found].party if found is not None else None

    def _by_preposition(self, head: int) -> str | None:
        for words in (_SPEAKING, _PLACED) if self.tree[head].lemma not in BODIES else (_SPEAKING,):
            for c in self.tree.kids(head, "prep"):
                party = self._under(c, deep=words is _SPEAKING) if self.tree[c].lemma in words else None
                if party:
                    return party
        return None

    def _under(self, preposition: int, *, deep: bool) -> str | None:
        """The party that the object of a preposition names, or (deep) that the words around the object name."""
        for c in self.tree.kids(preposition, "pobj"):
            party = self._at(c)
            if party or not deep:
                return party
            inner = self.party(base(self.tree, c)[0], c)
            if inner and self.tree[c].lemma not in OUTSIDERS:
                return inner
        return None

    def _at(self, i: int) -> str | None:
        if i in self.hit_at:
            return self.hit_at[i].value.party
        actor = self.actor_at(i)
        return actor.party if actor else self._standing(i)

    def _close_to(self, head: int) -> str | None:
        """ "a person near the board" """
        near = [c for c in self.tree.kids(head, "amod", "relcl", "acl", "acomp") if self.tree[c].lemma in _NEAR]
        return next((p for c in near for t in self.tree.kids(c, "prep") if (p := self._under(t, deep=False))), None)

    def _apposed(self, head: int) -> str | None:
        for c in self.tree.kids(head, "appos"):
            if c not in self.hit_at and self.tree[c].lemma in PEOPLE:
                party = self.party(base(self.tree, c)[0], c)
                if party:
                    return party
        return None

    def _by_sort(self, head: int) -> str | None:
        """ "Furious bosses", "dockers": people in the plural who are one side's by their kind."""
        token = self.tree[head]
        plural = token.tag == "NNS" and token.lemma in STANDING & PEOPLE
        return self._standing(head) if plural and not self.references.described(head) else None

    def _heading(self, head: int) -> str | None:
        """ "Sula Bek, who heads the guild" """
        for c in self.tree.kids(head, "relcl"):
            if self.tree[c].lemma in _HEADING:
                return next((p for o in self.tree.kids(c, "dobj") if (p := self._at(o))), None)
        return None
