"""The table: which party a word stands for, who speaks where, and who sits opposite."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from onthetable.case import Case
from onthetable.lexicon import load
from onthetable.model import Mention, Statement
from onthetable.terms.offices import MEDIATORS, body_of, by_office, lone_mediator, some_workers, union_of
from onthetable.terms.outsiders import OUTSIDE, bystander, outside
from onthetable.terms.plurals import joined, pair, together
from onthetable.tree import Spans, Tree

_DATA = load("onthetable.terms", "table.toml")
_WE = frozenset(_DATA["we"])
_PERSONS = frozenset({"he", "she", "they"})
_THINGS = frozenset(_DATA["things"])
_QUANTITIES = frozenset(_DATA["quantities"])
_ASIDE = 8
"""How many tokens an aside may have."""
_FEW = 1
"""So many turns, or fewer, make no transcript."""


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
    def _lone_mediator(self) -> str | None:
        """Whom "the mediator" means where just one party goes between."""
        return lone_mediator(self.mediators)

    def mediates(self, seat: Seat) -> bool:
        """Whether who acts goes between, by the case or by the word for it ("mediators", "the Kelmari mediator")."""
        if not self.case.open:
            return seat.party in self.mediators
        beside = (seat.head, *self.tree.kids(seat.head, "compound", "appos"))
        return any(self.tree[j].lemma in MEDIATORS for j in beside)

    @cached_property
    def _within(self) -> dict[int, Statement]:
        found: dict[int, Statement] = {}
        for s in sorted(self.statements, key=lambda s: s.content.start - s.content.end):
            for piece in s.pieces:
                found.update(dict.fromkeys(range(*self.tree.range(piece.start, piece.end)), s))
        return found

    @cached_property
    def names(self) -> dict[int, Mention]:
        """The mention by name that a token is part of."""
        found: dict[int, Mention] = {}
        for m in self.spans.mentions:
            for j in range(m.first, m.last) if m.form == "name" or self.spans.actors[m.actor].party else ():
                found.setdefault(j, m)
        return found

    def statement(self, i: int) -> Statement | None:
        """The innermost statement that a token is said in."""
        return self._within.get(i)

    def speaker(self, i: int) -> str | None:
        """The party whose words a token is part of."""
        statement = self.statement(i)
        source = statement.source if statement else None
        if source is None:
            return self._turn(i)
        if source and self.case.open and source.kind != "document":
            return source.party or source.name or source.span.text
        return source.party if source else None

    @cached_property
    def _turns(self) -> list[tuple[int, str | None]]:
        """Where somebody takes the word in a transcript ("ORR (recording): ..."), and for which party."""
        tree, found = self.tree, []
        for m in self.spans.mentions:
            j = m.last
            if m.form != "name" or tree.text[tree.text.rfind("\n", 0, m.span.start) + 1 : m.span.start].strip():
                continue
            if j < len(tree) and tree[j].text == "(":
                closing = (k for k in range(j, min(j + _ASIDE, len(tree))) if tree[k].text in (")", "):"))
                j = next((k if tree[k].text == "):" else k + 1 for k in closing), j)
            if j < len(tree) and tree[j].text in (":", "):"):
                found.append((m.first, self.spans.actors[m.actor].party))
        return found if len(found) > _FEW else []

    def _turn(self, i: int) -> str | None:
        at = bisect_right(self._turns, i, key=lambda t: t[0]) - 1
        return self._turns[at][1] if at >= 0 else None

    def other(self, party: str) -> str | None:
        """The one other principal, if there is just one."""
        others = [p for p in self.principals if p != party]
        return others[0] if len(others) == 1 and party in self.principals else None

    def seats(self, i: int | None) -> list[Seat]:
        """The parties that a token, and what is joined to it by "and", refer to."""
        return [seat for j in joined(self.tree, i) for seat in self._seats_of(j)]

    def seats_of_all(self, heads: Iterable[int]) -> list[Seat]:
        """The parties that several tokens refer to."""
        return [seat for i in heads for seat in self.seats(i)]

    def _seats_of(self, j: int) -> list[Seat]:
        token = self.tree[j]
        if token.text.lower() in _WE and token.text != "US":
            speaker = self.speaker(j) or (token.text if self.case.open and token.text.lower() == "we" else None)
            return [Seat(speaker, j)] if speaker else []
        return self._anybody(j) if self.case.open else self._known(j)

    def _known(self, j: int) -> list[Seat]:
        """The parties of the case that a token refers to, where the case names them."""
        if self.tree[j].lemma in MEDIATORS and self._lone_mediator and not self._named_actor(j):
            return [Seat(self._lone_mediator, j)]
        actor = self.spans.actor(j)
        if some_workers(self.tree, j) or (actor and bystander(self.case, actor)):
            return []
        union = union_of(self.tree, self.case, j)
        if union:
            return [Seat(union, j)]
        named = self._by_name(j)
        if named:
            return named
        body = body_of(self.spans, j)
        if body:
            return [Seat(body, j)]
        described = self._by_description(j)
        if described:
            return described
        office = by_office(self.spans, self.case, self.mediators, j)
        return [Seat(office, j)] if office else []

    def _anybody(self, j: int) -> list[Seat]:
        """Who a token refers to, under the name that the text gives, where anybody may be a party."""
        token = self.tree[j]
        if token.lemma in MEDIATORS:
            apposed = [s for c in self.tree.kids(j, "appos") if self.tree[c].pos == "PROPN" for s in self.seats(c)]
            goes_between = apposed or self._included(j)
            if goes_between:
                return goes_between
        if token.lemma in _QUANTITIES:
            of = (o for c in self.tree.kids(j, "prep") if self.tree[c].lemma == "of" for o in self.tree.kids(c, "pobj"))
            whom = next(of, None)
            return self.seats(whom) if whom is not None else []
        if outside(self.tree, j):
            return []
        several = (together(self.spans, j) or pair(self.spans, j)) if token.pos in ("NOUN", "PROPN") else []
        if len(several) > 1:
            return [Seat(name, j) for name in several]
        found = self._by_name(j) or self._by_description(j)
        return found or self._unlisted(j)

    def _by_name(self, j: int) -> list[Seat]:
        """The party of the case that a token names, and those before it."""
        actor = self.spans.actor(j)
        return [Seat(actor.party, j), *self._modifying(j, actor.party)] if actor and actor.party else []

    def _by_description(self, j: int) -> list[Seat]:
        """The parties that stand in apposition to a noun, or that it has for its members."""
        actor = self.spans.actor(j)
        apposed = [s for c in self.tree.kids(j, "appos") for s in self._seats_of(c) if self._is_party(s.party)]
        if apposed and self.tree[j].pos in ("NOUN", "PROPN"):
            return apposed
        return [Seat(m, j) for m in actor.members] if actor else []

    def _unlisted(self, j: int) -> list[Seat]:
        """Who acts and is no party of the case: anybody with a name, a pronoun of persons, a noun that may act."""
        token, actor = self.tree[j], self.spans.actor(j)
        if token.entity in ("DATE", "TIME"):
            return []
        if actor:
            apart = actor.kind == "document" or actor.role in OUTSIDE
            return [] if apart else [Seat(actor.name, j)]
        if token.pos == "PRON" and token.text.lower() in _PERSONS:
            return [Seat(token.text, j)]
        if token.dep == "amod" and token.entity == "NORP":
            return [Seat(token.text, j)]
        if token.pos in ("NOUN", "PROPN") and token.lemma not in _THINGS | OUTSIDE:
            return [Seat(self.tree.span(self.tree.edges[j][0], j + 1).text, j)]
        return []

    def _named_actor(self, j: int) -> bool:
        """Whether a word stands for a party, or describes somebody whom a name behind it tells."""
        actor = self.spans.actor(j)
        if any(self.tree[c].text.lower() not in ("the", "both") for c in self.tree.kids(j, "det")):
            return True  # "a go-between who kept his counsel"
        named = (c for c in self.tree.kids(j, "appos", "compound", "poss", "prep") if self.tree[c].pos != "DET")
        return bool(actor and actor.party) or any(True for _ in named)

    def _included(self, j: int) -> list[Seat]:
        """Those whom a plural takes in: "mediators including Norland and Tarvia"."""
        tree = self.tree
        lists = (c for c in tree.kids(j, "prep") if tree[c].lemma in ("include", "including", "like"))
        return [s for c in lists for o in tree.kids(c, "pobj") for s in self.seats(o)]

    def _is_party(self, name: str) -> bool:
        return self.case.party(name) is not None

    def _modifying(self, j: int, party: str) -> list[Seat]:
        """The other parties before a noun: "Kelmari and Morvenian mediators"."""
        others = [k for c in self.tree.kids(j, "nmod", "amod", "compound") for k in joined(self.tree, c)[1:]]
        actors = [(k, self.spans.actor(k)) for k in others]
        return [Seat(a.party, k) for k, a in actors if a and a.party and a.party != party]
