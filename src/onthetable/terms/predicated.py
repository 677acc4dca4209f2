"""Moves that a predicate of the lexicon makes: a verb, noun or adjective with somebody who acts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms import clauses
from onthetable.terms.acts import WHOLE, Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.exchanges import counterparts
from onthetable.terms.givers import giver
from onthetable.terms.implied import duties, falsehoods
from onthetable.terms.issues import TALKS, Named
from onthetable.terms.meetings import several, with_partner
from onthetable.terms.stretches import Stretch, Stretches, lacking
from onthetable.terms.table import Seat
from onthetable.terms.turns import asserted, made_to, taking_over, tells_only, to_come, tries_to, turned, unreal

_DATA = load("onthetable.terms", "moves.toml")
_PUSHING = frozenset(_DATA["pushing"])
_WHOLE_KEYS = frozenset(_DATA["whole"])
_CONFERRING = frozenset(_DATA["conferring"])
_TWO_SIDED = frozenset(_DATA["two_sided"])
_WIDE = frozenset(_DATA["wide"])
_ANSWERS: frozenset[Act] = frozenset({"accepts", "rejects", "considers"})
_PROMOTING = frozenset(_DATA["promoting"])
_TRUCE = frozenset({TALKS, "ceasefire", "end-of-war"})
"""The issues that a mediator pushes for on nobody's side."""
OTHER = "other"
"""The issue of a move on something that no pack names."""


def predicated(d: Discourse, p: Predicate) -> Iterator[Move]:
    """The moves of one predicate; what it governs counts as told."""
    tree, i = d.tree, p.head
    if i in d.told or unreal(tree, i):
        return
    if clauses.purpose(tree, i) and p.act not in ("meets", "mediates"):
        d.tell(i)
        return
    if p.form == "adjective" and p.act == "denies":
        yield from falsehoods(d, p)
        return
    inner = taking_over(tree, p, d.predicates)
    if inner:
        d.told.add(inner.head)
    act = turned(tree, inner.act if inner else p.act, p)
    if act is None or tells_only(tree, p) or tries_to(tree, p) or made_to(tree, i):
        return
    seats = [s for s in d.table.actors(p) if not d.table.own_side(p, s)]
    parts = d.stretches(p)
    if clauses.modality(tree, i) == "must":
        yield from duties(d, p, seats, parts)
        return
    if not asserted(d.table, p, seats):
        return
    d.tell(i)
    for s in (*parts.exchange, *parts.condition):
        d.told.update(j for j in range(s.first, s.last) if j in d.predicates)
    for seat in seats:
        own = _at_table(d, seat, act, p, parts.main)
        if own:
            yield from _moves_of(d, seat, own, p, parts)


def _at_table(d: Discourse, seat: Seat, act: Act, p: Predicate, main: Stretch) -> Act | None:
    """The act by who acts: a principal that "mediates" meets, a mediator that meets or pushes for a truce mediates."""
    if act == "considers" and p.key in _CONFERRING:
        act = "meets"
    if act == "mediates" and seat.party in d.table.principals:
        return "meets" if with_partner(d, p.head) else None
    mediator = seat.party in d.table.mediators
    if act == "meets" and mediator:
        return "mediates"
    if act == "demands" and p.key in (_PUSHING if mediator else _PROMOTING if d.table.case.open else ()):
        return "mediates" if {n.issue for n in d.issues.of(main)} <= _TRUCE else act
    return act


def _moves_of(d: Discourse, seat: Seat, act: Act, p: Predicate, parts: Stretches) -> Iterator[Move]:
    if act in ("meets", "mediates"):
        if _takes_place(d, act, p):
            yield d.move(seat, act, TALKS, p, parts.main)
        return
    missing = lacking(d.tree, parts) if act == "rejects" else None
    if missing:
        for n in d.issues.terms(missing):
            by = giver(d.table, seat.party, "demands", n, missing)
            yield d.move(seat, "demands", n.issue, p, parts.main, by, n)
        return
    if p.form == "noun":
        parts = replace(parts, main=_equated(d, p, parts.main))
    named = [] if act == "accuses" else d.named(parts.main)
    vague = all(n.issue == TALKS for n in named)
    if vague and (act == "delivers" or (act == "offers" and p.form == "noun")):
        return
    if act == "delivers":
        act = _delivery(d, p, named)
    if named:
        yield from d.moves_on(seat, act, p, parts.main, named, parts.condition_first)
    elif act == "concedes" and p.key not in _WHOLE_KEYS and _own_demand(d, parts.main):
        yield d.move(seat, act, TALKS, p, parts.main, condition=parts.condition_first, rule="own")
    elif _on_the_whole(d, act, p, parts.main):
        about = d.issues.before(parts.main.first) if act == "denies" else TALKS
        rule = "whole" if act in _ANSWERS and p.key not in _WHOLE_KEYS else ""
        yield d.move(seat, act, about, p, parts.main, condition=parts.condition_first, rule=rule)
    else:
        if d.table.case.open and _has_object(d, p):
            yield d.move(seat, act, OTHER, p, parts.main, condition=parts.condition_first)
        return
    yield from counterparts(d, seat, act, p, parts)


def _equated(d: Discourse, p: Predicate, main: Stretch) -> Stretch:
    """ "An end to the subsidy was their price": what a noun is about may be the subject of the verb that it completes."""
    tree = d.tree
    subject = tree.kid(tree[p.head].head, "nsubj") if tree[p.head].dep == "attr" else None
    if subject is None or d.issues.terms(main):
        return main
    first = tree.edges[subject][0]
    return Stretch(first, max(main.last, tree.edges[subject][1]), first)


def _takes_place(d: Discourse, act: Act, p: Predicate) -> bool:
    """Whether a predicate of meeting is no part of a name, and no meeting of one side by itself."""
    by_itself = act == "meets" and (
        "meeting" in p.key or p.key in _TWO_SIDED or (p.form == "noun" and d.table.case.open)
    )
    return not by_itself or with_partner(d, p.head) or (p.key == "meet" and several(d, p))


def _on_the_whole(d: Discourse, act: Act, p: Predicate, main: Stretch) -> bool:
    """Whether an act that names no issue is about all that is on the table: "accepted the deal", "backed down"."""
    if act in ("accuses", "denies") or p.key in _WHOLE_KEYS:
        return True
    if clauses.negated(d.tree, p.head) and p.act in ("offers", "considers"):
        return False
    words = (d.tree[j] for j in range(main.first, main.last))
    return any(t.lemma in WHOLE and (act in _ANSWERS or t.pos != "PRON") for t in words)


def _own_demand(d: Discourse, main: Stretch) -> bool:
    """Whether what is given up is a demand that the clause does not name: "lowered its claim"."""
    nouns = [n for j in range(main.first, main.last) if (n := d.predicates.get(j)) and n.form == "noun"]
    bare = [n for n in nouns if not any(d.tree[c].lemma == "for" for c in d.tree.kids(n.head, "prep"))]
    return any(n.act == "demands" and not d.tree.kids(n.head, "acl", "ccomp", "relcl") for n in bare)


def _has_object(d: Discourse, p: Predicate) -> bool:
    """Whether a predicate that names no issue of the packs says at least what it is about."""
    if p.form == "noun" or p.key in _WIDE or (clauses.negated(d.tree, p.head) and p.act in ("offers", "considers")):
        return False
    return bool(d.tree.kids(p.head, "dobj", "xcomp", "ccomp", "prep", "nsubjpass"))


def _delivery(d: Discourse, p: Predicate, named: Sequence[Named]) -> Act:
    """What a verb of giving is in its mood: done, promised, or threatened."""
    if not to_come(d.tree, p.head):
        return "delivers"
    return "threatens" if any(n.issue == "industrial-action" for n in named) else "offers"
