"""The table: which party a word stands for, who speaks where, who acts, and who sits opposite."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from onthetable.case import Case
from onthetable.lexicon import load
from onthetable.model import Mention, Statement
from onthetable.terms import clauses
from onthetable.terms.acts import Predicate
from onthetable.tree import Spans, Tree

_DATA = load("onthetable.terms", "table.toml")
_WE = frozenset(_DATA["we"])
_THINGS = frozenset(_DATA["things"])
_OUTSIDE = frozenset(_DATA["outside"])
_LIGHT = frozenset(_DATA["light"])


@dataclass(frozen=True, slots=True)
class Seat:
    """A party, and the token that names it."""

    party: str
    head: int


@dataclass(frozen=True)
class Table:
    """Who is at the table in one report.

    With `case.open` anybody counts as a party, under the name that the text gives.
    """

    spans: Spans
    statements: tuple[Statement, ...]
    case: Case

    @property
    def tree(self) -> Tree:
        """The tree of the report."""
        return self.spans.tree

    @cached_property
    def principals(self) -> tuple[str, ...]:
        """The parties that negotiate for themselves."""
        return tuple(p.name for p in self.case.parties if p.role == "principal")

    @cached_property
    def mediators(self) -> frozenset[str]:
        """The parties that go between."""
        return frozenset(p.name for p in self.case.parties if p.role == "mediator")

    @cached_property
    def _within(self) -> dict[int, Statement]:
        found: dict[int, Statement] = {}
        for s in sorted(self.statements, key=lambda s: s.content.start - s.content.end):
            for piece in s.pieces:
                found.update(dict.fromkeys(range(*self.tree.range(piece.start, piece.end)), s))
        return found

    @cached_property
    def _names(self) -> dict[int, Mention]:
        """The mention by name that a token is part of."""
        found: dict[int, Mention] = {}
        for m in self.spans.mentions:
            for j in range(m.first, m.last) if m.form == "name" else ():
                found.setdefault(j, m)
        return found

    def statement(self, i: int) -> Statement | None:
        """The innermost statement that a token is said in."""
        return self._within.get(i)

    def speaker(self, i: int) -> str | None:
        """The party whose words a token is part of."""
        statement = self.statement(i)
        source = statement.source if statement else None
        if source and self.case.open and source.kind != "document":
            return source.party or source.name or source.span.text
        return source.party if source else None

    def other(self, party: str) -> str | None:
        """The one other principal, if there is just one."""
        others = [p for p in self.principals if p != party]
        return others[0] if len(others) == 1 and party in self.principals else None

    def seats(self, i: int | None) -> list[Seat]:
        """The parties that a token, and what is joined to it by "and", refer to."""
        return [seat for j in self._joined(i) for seat in self._seats_of(j)]

    def seats_of_all(self, heads: Iterable[int]) -> list[Seat]:
        """The parties that several tokens refer to."""
        return [seat for i in heads for seat in self.seats(i)]

    def _joined(self, i: int | None) -> list[int]:
        found: list[int] = []
        stack = [] if i is None else [i]
        while stack:
            j = stack.pop()
            found.append(j)
            stack.extend(reversed(self.tree.kids(j, "conj")))
        return found

    def _seats_of(self, j: int) -> list[Seat]:
        token = self.tree[j]
        if token.text.lower() in _WE:
            speaker = self.speaker(j)
            return [Seat(speaker, j)] if speaker else []
        actor = self.spans.actor(j)
        if actor and actor.party:
            return [Seat(actor.party, j)]
        if actor and actor.members:
            return [Seat(m, j) for m in actor.members]
        if not self.case.open:
            return []
        if actor:
            outside = actor.kind == "document" or actor.role in _OUTSIDE
            return [] if outside else [Seat(actor.name, j)]
        if token.pos in ("NOUN", "PROPN") and token.lemma not in _THINGS:
            return [Seat(self.tree.span(self.tree.edges[j][0], j + 1).text, j)]
        return []

    def actors(self, p: Predicate) -> list[Seat]:
        """Who does what a predicate tells: its owner, its agent, or its subject."""
        if p.form == "noun":
            owner = self.owner(p.head)
            return self.seats(owner) if owner is not None else self._lent_subject(p.head)
        if p.form == "verb" and clauses.passive(self.tree, p.head):
            return self.seats(clauses.agent(self.tree, p.head))
        subject = clauses.subject(self.tree, p.head)
        return self.seats(subject) if subject is not None else self._before_verb(p.head)

    def owner(self, i: int) -> int | None:
        """Whose a noun is: "the miners' offer", "the union's refusal", "an offer by the firms"."""
        tree = self.tree
        for c in tree.kids(i, "poss", "compound", "amod", "nmod"):
            if (tree[c].dep == "poss" or self.spans.mention(c)) and self.seats(c):
                return c
        by = [c for c in tree.kids(i, "prep", "agent") if tree[c].lemma in ("of", "by", "from")]
        return next((o for c in by for o in tree.kids(c, "pobj") if self.seats(o)), None)

    def _lent_subject(self, i: int) -> list[Seat]:
        """The subject of the light verb that a noun is the object of: "the firms made an offer"."""
        tree = self.tree
        if tree[i].dep in ("dobj", "attr", "pobj") and tree[tree[i].head].lemma in _LIGHT:
            return self.seats(clauses.subject(tree, tree[i].head))
        return []

    def _before_verb(self, i: int) -> list[Seat]:
        """Who stands right before a finite verb that the parser has left without a subject."""
        tree = self.tree
        top = i
        while tree[top].dep in ("xcomp", "acomp") and tree[top].head != top:
            top = tree[top].head
        j = min([top, *tree.kids(top, "aux", "auxpass", "neg")]) - 1
        while j > 0 and (tree[j].text == "," or tree[j].dep == "advmod"):
            j -= 1
        if j < 0 or tree[j].sentence != tree[i].sentence or tree[top].tag not in ("VBD", "VBZ", "VBP"):
            return []
        mention = self._names.get(j)
        return self.seats(mention.head) if mention else []

    def own_side(self, p: Predicate, seat: Seat) -> bool:
        """Whether a demand goes to the party's own side: that is a quarrel within it, and no move of it."""
        if p.act not in ("demands", "accuses") or p.form != "verb":
            return False
        targets = [t for t in self.tree.kids(p.head, "dobj", "dative") if self.tree[t].pos != "VERB"]
        return any(s.party == seat.party for s in self.seats_of_all(targets))
