"""Predicates in a clause of purpose: what somebody came or sat together for."""

from __future__ import annotations

from collections.abc import Iterator

from onthetable.lexicon import load
from onthetable.model import Move
from onthetable.terms import clauses
from onthetable.terms.actors import actors_of
from onthetable.terms.acts import Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.issues import TALKS
from onthetable.terms.matters import on_the_whole
from onthetable.terms.meetings import with_partner
from onthetable.terms.roles import CONFERRING, PROMOTING, PUSHING
from onthetable.terms.turns import unreal

_COMING = frozenset(load("onthetable.terms", "attending.toml")["coming"]) - {"leave", "return"}


def come_for(d: Discourse, p: Predicate) -> bool:
    """ "Flew in to discuss a truce", "landed to push for a deal": who comes for that does it."""
    mediators = not d.table.case.open and any(d.table.mediates(s) for s in actors_of(d.table, p))
    if p.key not in CONFERRING and p.key not in (PROMOTING if d.table.case.open else PUSHING if mediators else ()):
        return False
    return d.tree[p.head].dep == "advcl" and d.tree[d.tree[p.head].head].lemma in _COMING


def sat_over(d: Discourse, p: Predicate) -> Iterator[Move]:
    """ "The cabinet met to weigh the offer", "held a session to discuss a truce": who sits by itself considers it."""
    tree, up = d.tree, d.tree[p.head].head
    while tree[up].pos == "NOUN" and tree[up].head != up:
        up = tree[up].head
    sitting = d.predicates.get(up)
    if d.table.case.open or p.act != "considers" or sitting is None or sitting.act != "meets" or with_partner(d, up):
        return
    if clauses.negated(tree, up) or tree[up].tag not in ("VBD", "VBZ", "VBP", "VBN", "VBG") or unreal(tree, up):
        return
    parts, seats = d.stretches(p), d.table.seats(clauses.subject(tree, up))
    if len({s.party for s in seats}) != 1 or d.table.mediates(seats[0]):
        return
    named = d.named(parts.main)
    if named and (p.key not in CONFERRING or named[0].issue == TALKS):
        yield from d.moves_on(seats[0], "considers", p, parts.main, named)
    elif on_the_whole(d, "considers", p, parts.main):
        yield d.move(seats[0], "considers", TALKS, p, parts.main)
