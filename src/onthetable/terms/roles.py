"""The act by who acts: what a principal and what a go-between do by the same predicate."""

from __future__ import annotations

from onthetable.lexicon import load
from onthetable.model import Act
from onthetable.terms import clauses
from onthetable.terms.actors import actors_of
from onthetable.terms.acts import WHOLE, Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.efforts import on_efforts, peaceful
from onthetable.terms.gatherings import TRUCE
from onthetable.terms.meetings import with_outsiders, with_partner
from onthetable.terms.menacing import stoppage
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Seat
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "moves.toml")
PUSHING = frozenset(_DATA["pushing"])
"""Verbs of asking by which a mediator only mediates."""
PROMOTING = frozenset(_DATA["promoting"])
"""Those by which anybody does whose place at the table is unknown."""
CONFERRING = frozenset(_DATA["conferring"])
"""Verbs of talking a matter over, by which those who do it together meet."""
_HANDING_OVER = frozenset(_DATA["handing_over"])
_WELCOMING = frozenset(_DATA["welcoming"])
_LEADING = frozenset(_DATA["leading"])
_BIDDING = frozenset(_DATA["bidding"])
_APPEARING = frozenset(_DATA["appearing"])


def at_table(d: Discourse, seat: Seat, act: Act, p: Predicate, main: Stretch) -> Act | None:
    """The act by who acts: a principal that "mediates" meets, a mediator that meets or pushes for a truce mediates."""
    if act == "considers" and p.key in CONFERRING:
        several_meet = d.table.case.open or len({s.party for s in actors_of(d.table, p)}) > 1
        met = with_partner(d, p.head) and (d.table.case.open or not with_outsiders(d.tree, p.head))
        act = "meets" if several_meet or met else "considers"
    if act == "mediates" and seat.party in d.table.principals:
        guests = {s.party for s in d.table.seats_of_all(d.tree.kids(p.head, "dobj"))} if p.key in _WELCOMING else set()
        if guests - {seat.party}:
            return "meets"
        return "meets" if p.key not in _LEADING and with_partner(d, p.head) else None
    if p.key in _HANDING_OVER and _passes_on(d, seat, p):
        return "mediates"
    if p.key in ("call for", "call") and _calls_stoppage(d, p):
        return "threatens"
    mediator = d.table.mediates(seat)
    if act in ("demands", "meets") and mediator and summons_sides(d.tree, p.head):
        return "mediates"
    if act == "offers" and mediator and _is_effort(d, p):
        return "mediates"
    if act == "meets" and (mediator or on_efforts(d, p.head)):
        return "mediates"
    if act == "demands" and _for_to(d.tree, p.head):
        return act
    if act == "demands" and mediator and _in_a_text(d.tree, p.head):
        return "offers"
    if act == "demands" and p.key in (PROMOTING if d.table.case.open else PUSHING if mediator else ()):
        named = {n.issue for n in d.issues.of(main)}
        for_deal = d.table.case.open and _pushes_for_deal(d, p)
        return "mediates" if for_deal or (named <= TRUCE and (named or _vague_push(d, p, main))) else act
    return act


def summons_sides(tree: Tree, i: int) -> bool:
    """ "Invited the two delegations to his rooms", "called the parties back": who goes between brings them together."""
    if tree[i].lemma not in _BIDDING or not tree.kids(i, "dobj", "nsubjpass"):
        return False
    to_come = any(tree[c].lemma in _APPEARING for c in tree.kids(i, "xcomp", "ccomp", "advcl"))
    return to_come or any(tree[c].lemma == "back" for c in tree.kids(i, "advmod", "prt"))


def _passes_on(d: Discourse, seat: Seat, p: Predicate) -> bool:
    """ "Kelmar delivered Norland's proposal to the rebels": whose text is another's carries it."""
    owners = (c for o in d.tree.kids(p.head, "dobj", "nsubjpass") for c in d.tree.kids(o, "poss"))
    parties = {s.party for s in d.table.seats_of_all(owners)}
    return bool(parties) and seat.party not in parties and d.tree[seat.head].pos != "PRON"


def _is_effort(d: Discourse, p: Predicate) -> bool:
    """ "Put forward a fresh effort to resume the talks": no offer."""
    return any(peaceful(d.tree, o) for o in d.tree.kids(p.head, "dobj", "nsubjpass"))


def _calls_stoppage(d: Discourse, p: Predicate) -> bool:
    fors = (c for c in d.tree.kids(p.head, "prep") if d.tree[c].lemma == "for")
    return any(stoppage(d.tree, o) for c in fors for o in d.tree.kids(c, "pobj"))


def _pushes_for_deal(d: Discourse, p: Predicate) -> bool:
    """Whether what is pushed for is a truce and what else belongs to the deal on it."""
    heads = [o for c in d.tree.kids(p.head, "prep") if d.tree[c].lemma == "for" for o in d.tree.kids(c, "pobj")]
    named = {n.issue for o in heads for n in d.issues.between(*d.tree.edges[o])}
    return any(d.tree[o].lemma in WHOLE for o in heads) and "ceasefire" in named


def _for_to(tree: Tree, i: int) -> bool:
    """ "Pushed for both sides to sign": who is told what to do is called upon."""
    clauses_ = (c for c in tree.kids(i, "advcl", "ccomp", "xcomp") if tree[c].tag == "VB" and tree.kids(c, "nsubj"))
    return any(tree[m].lemma == "for" for c in clauses_ for m in tree.kids(c, "mark"))


def _in_a_text(tree: Tree, i: int) -> bool:
    """ "The plan calls for X", of a go-between: what it puts before both."""
    subject = clauses.subject(tree, i)
    return subject is not None and tree[subject].pos == "NOUN" and tree[subject].lemma in WHOLE


def _vague_push(d: Discourse, p: Predicate, main: Stretch) -> bool:
    """Whether a push that names no issue is one for a deal."""
    nouns = (d.tree[j] for j in range(main.first, main.last) if d.tree[j].pos == "NOUN")
    return p.key != "want" and (not d.table.case.open or any(t.lemma in WHOLE for t in nouns))
