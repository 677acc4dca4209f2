"""What words refer back to: "the group", "the minister", "she", "they"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onthetable.spans.memory import Memory, Seen
from onthetable.spans.phrases import definite, expletive, fellow_argument, quoted_as
from onthetable.spans.roles import BODIES, OTHER, PEOPLE, SAME, STANDS_FOR, WORKING, Sort
from onthetable.tree import Tree

PRONOUNS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("he", "she", "him", "her", "his", "hers"), ("person",)),
    **dict.fromkeys(("it", "its"), ("body", "thing")),
    **dict.fromkeys(("they", "them", "their"), ("many", "body")),
}
"""What each pronoun can take up."""
SENTENCES, MENTIONS = 4, 60
"""How far back a pronoun looks."""
FAR = 400
"""How many mentions back a noun looks."""


@dataclass(frozen=True)
class References:
    """Finds referents in what has been said; `sorts` tells what sort each principal is."""

    tree: Tree
    memory: Memory
    sorts: dict[str, Sort]
    words: frozenset[str] = frozenset()
    """The words of which the parties' names are made: "hospital" describes the chiefs of Quill Hospitals no further."""

    def party_of_sort(self, i: int) -> int | None:
        """The principal that "the union" or "the government" stands for: the last one named of its sort."""
        lemma = self.tree[i].lemma
        wanted = [sort for sort, nouns in STANDS_FOR.items() if lemma in nouns]
        parties = [p for p, sort in self.sorts.items() if sort in wanted]
        if not parties:
            return None
        for s in self.memory.newest(FAR):
            party = self.memory.actors[s.actor].party
            if party in parties and s.salience != "thing":
                return self.memory.body(party)
        return self.memory.body(parties[0]) if len(parties) == 1 else None

    def noun(self, i: int, plural: bool, party: str | None) -> int | None:
        """The actor that "the official", "the minister", "the group" was before."""
        if not definite(self.tree, i):
            return None
        lemma = self.tree[i].lemma
        if party is None and lemma in BODIES | (PEOPLE & WORKING) and not self.described(i):
            stands = self.party_of_sort(i)
            if stands is not None:
                return stands
        for s in self.memory.newest(FAR):
            actor = self.memory.actors[s.actor]
            same = lemma in self.memory.roles.get(s.actor, ()) and actor.plural in (plural, None)
            if same and party in (None, actor.party):
                return s.actor
        return None

    def described(self, i: int) -> bool:
        """Whether words beside a noun make it another than the one that is known."""
        tree = self.tree
        for c in tree.children[i]:
            if tree[c].dep in ("prep", "relcl") and tree[i].lemma in PEOPLE:
                return True
            if tree[c].dep == "amod" and tree[c].lemma in OTHER:
                return True
            if tree[c].dep in ("compound", "nummod", "nmod") and tree[c].lemma not in SAME | self.words:
                return True
        return False

    def pronoun(self, i: int) -> Seen | None:
        """The mention that a pronoun takes up: near, a subject, with a name or a party."""
        word = self.tree[i].text.lower()
        fits = PRONOUNS.get(word)
        if not fits or ("body" in fits and word in ("it", "its") and expletive(self.tree, i)):
            return None
        best = max(self._candidates(i, fits), key=lambda c: c[0], default=None)
        return best[1] if best else None

    def _candidates(self, i: int, fits: tuple[str, ...]) -> Iterator[tuple[float, Seen]]:
        for n, s in enumerate(self.memory.newest(MENTIONS + 1)):
            back = self.tree[i].sentence - s.sentence
            if back > SENTENCES:
                break
            if s.salience not in fits or fellow_argument(self.tree, s.head, i):
                continue
            actor = self.memory.actors[s.actor]
            score = -2.0 * back - 0.02 * n + 1.5 * s.subject
            if fits == ("person",):
                score += 0.7 * (actor.kind == "named") + 0.3 * (" " in actor.name)
            else:
                score += 1.0 * bool(actor.party)
            score += 3.0 * quoted_as(self.tree, s.head, i)
            score += 1.0 * (s.salience == "many") - 1.5 * (s.salience == "thing")
            yield score, s
