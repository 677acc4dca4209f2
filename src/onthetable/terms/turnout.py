"""Answers to an invitation: who says that it will be there accepts the talks, and who will stay away rejects them."""

from __future__ import annotations

from collections.abc import Iterator

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms import clauses
from onthetable.terms.acts import Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.issues import TALKS
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Seat
from onthetable.terms.turns import unreal
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "attending.toml")
_INVITING = frozenset(_DATA["inviting"])
_TURNING_UP = frozenset(_DATA["turning_up"])
_CALLING_IN = frozenset(_DATA["calling_in"])
_SIDES = frozenset(load("onthetable.terms", "table.toml")["halves"])
_BACK = 3
"""How many sentences back the invitation may stand."""


def turnout(d: Discourse, i: int) -> Iterator[Move]:
    """The answer that a "will be there" or "will attend" gives to an invitation told of just before."""
    tree = d.tree
    if d.table.case.open or i in d.told or not _turns_up(tree, i) or unreal(tree, i):
        return
    if clauses.modality(tree, i) not in ("will", "would") or not _invited(tree, i):
        return
    speaker, seats = d.table.speaker(i), d.table.seats(clauses.subject(tree, i))
    seats = seats or ([Seat(speaker, i)] if speaker else [])
    first = min(tree.edges[i][0], i)
    main = Stretch(first, max(tree.edges[i][1], i + 1), first)
    for seat in seats:
        if seat.party in d.table.principals and speaker in (None, seat.party):
            act: Act = "rejects" if clauses.negated(tree, i) else "accepts"
            p = Predicate(i, act, "verb", "turn up")
            yield d.move(seat, act, TALKS, p, main, rule="turnout")


def _turns_up(tree: Tree, i: int) -> bool:
    if tree[i].lemma == "be":
        return any(tree[c].lemma == "there" and c > i for c in tree.kids(i, "advmod"))
    return tree[i].lemma in _TURNING_UP and tree[i].pos == "VERB"


def _invited(tree: Tree, i: int) -> bool:
    """Whether somebody was asked to come, in this sentence or just before it."""
    first, _ = tree.sentences[max(0, tree[i].sentence - _BACK)]
    return any(tree[j].lemma in _INVITING for j in range(first, i))


def summons(d: Discourse, i: int) -> Iterator[Move]:
    """ "The two delegations were summoned to the ministry": who goes between brings them together."""
    tree = d.tree
    if d.table.case.open or tree[i].lemma not in _CALLING_IN or i in d.predicates or not clauses.passive(tree, i):
        return
    called, agent = tree.kid(i, "nsubjpass"), clauses.agent(tree, i)
    towards = [o for c in tree.kids(i, "prep") if tree[c].lemma in ("to", "for") for o in tree.kids(c, "pobj")]
    if called is None or not towards or unreal(tree, i) or clauses.negated(tree, i):
        return
    if tree[called].lemma not in _SIDES and not d.table.seats(called):
        return
    first, last = tree.edges[i]
    inside = [agent] if agent is not None else [j for o in towards for j in range(*tree.edges[o])]
    seats = [s for j in inside for s in d.table.seats(j) if s.party in d.table.mediators]
    for seat in seats[:1]:
        p = Predicate(i, "mediates", "verb", "call in")
        yield d.move(seat, "mediates", TALKS, p, Stretch(first, last, first), rule="turnout")
