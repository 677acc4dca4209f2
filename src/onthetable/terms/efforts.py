"""Mediation without a verb of mediating: efforts at a truce, work for a deal, being the go-between."""

from __future__ import annotations

from collections.abc import Iterator

from onthetable.lexicon import load
from onthetable.model import Move
from onthetable.terms import clauses
from onthetable.terms.actors import owner_of
from onthetable.terms.acts import Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.issues import TALKS
from onthetable.terms.offices import MEDIATORS
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Seat
from onthetable.terms.turns import asserted, unreal
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "efforts.toml")
_EFFORTS = frozenset(_DATA["efforts"])
_KINDS = frozenset(_DATA["kinds"])
_WORKING = frozenset(_DATA["working"])
_TRYING = _WORKING | frozenset(_DATA["trying"])
_TELLING = frozenset(_DATA["telling"])
_BRINGING = frozenset(_DATA["bringing"])
_ENDING = frozenset(_DATA["ending"])
_QUARRELS = frozenset(_DATA["quarrels"])
_LEADING = frozenset(_DATA["leading"])
_ENDS = frozenset(_DATA["ends"])


def efforts(d: Discourse, i: int) -> Iterator[Move]:
    """The mediation that a noun of effort, a verb of working for a deal, or the word for a go-between tells of."""
    tree = d.tree
    if tree[i].lemma not in _EFFORTS | _WORKING | _TELLING | MEDIATORS or i in d.told or unreal(tree, i):
        return
    if tree[i].lemma in _EFFORTS and tree[i].pos == "NOUN":
        seats = _makers(d, i) if peaceful(tree, i) else []
    elif tree[i].lemma in _WORKING and tree[i].pos == "VERB" and not clauses.negated(tree, i):
        seats = d.table.seats(clauses.subject(tree, i)) if _for_peace(tree, i) else []
    elif tree[i].lemma in _TELLING and tree[i].pos == "VERB" and d.table.case.open:
        seats = [s for s in d.table.seats(tree.kid(i, "nsubj")) if _is_mediator(d, tree.kid(i, "nsubj"))]
    elif tree[i].lemma in MEDIATORS and tree[i].dep == "attr":
        seats = d.table.seats(clauses.subject(tree, i))
    else:
        return
    p = Predicate(i, "mediates", "noun" if tree[i].pos == "NOUN" else "verb", tree[i].lemma)
    if not asserted(d.table, p, seats):
        return
    for seat in seats:
        if tree[seat.head].lemma == "negotiator" or any(tree[c].lemma == "together" for c in tree.children[i]):
            continue
        if d.table.case.open or seat.party in d.table.mediators:
            yield d.move(seat, "mediates", TALKS, p, Stretch(i, tree.edges[i][1], i), rule="effort")


def _is_mediator(d: Discourse, i: int | None) -> bool:
    return i is not None and d.tree[i].lemma in MEDIATORS


def on_efforts(d: Discourse, i: int) -> bool:
    """Whether a clause is about efforts at a truce: those who meet on them mediate."""
    tree = d.tree
    inside = range(i, tree.edges[i][1]) if d.table.case.open else ()
    return any(tree[j].lemma == "effort" and _is_talked_of(tree, j) and peaceful(tree, j) for j in inside)


def _is_talked_of(tree: Tree, i: int) -> bool:
    return tree[i].dep == "dobj" or (tree[i].dep == "pobj" and tree[tree[i].head].lemma in ("about", "on", "over"))


def peaceful(tree: Tree, i: int) -> bool:
    """ "Mediation efforts", "diplomatic efforts", "efforts to secure a truce", "efforts for a ceasefire"."""
    if tree[i].lemma not in _EFFORTS:
        return False
    if any(tree[c].lemma in _KINDS for c in tree.kids(i, "amod", "compound", "nmod")):
        return True
    if any(tree[o].lemma in _ENDS for c in tree.kids(i, "prep") for o in tree.kids(c, "pobj")):
        return True
    return any((tree[c].lemma in _BRINGING and _has_end(tree, c)) or _settles(tree, c) for c in _purposes(tree, i))


def _settles(tree: Tree, i: int) -> bool:
    """ "To end the war", "to bring the two sides together"."""
    if tree[i].lemma == "bring":
        return any(tree[c].lemma == "together" for c in tree.children[i])
    return tree[i].lemma in _ENDING and any(tree[o].lemma in _QUARRELS for o in tree.kids(i, "dobj"))


def _for_peace(tree: Tree, i: int) -> bool:
    """ "Working to secure a ceasefire", "working on a truce", "trying to find a settlement"."""
    if any(tree[c].lemma in _BRINGING and _has_end(tree, c) for c in _purposes(tree, i)):
        return True
    preps = (c for c in tree.kids(i, "prep") if tree[c].lemma in ("on", "for", "toward", "towards"))
    return tree[i].lemma == "work" and any(tree[o].lemma in _ENDS for c in preps for o in tree.kids(c, "pobj"))


def _purposes(tree: Tree, i: int) -> list[int]:
    """The infinitives of purpose under a word, past another verb of trying."""
    found = [c for c in tree.kids(i, "xcomp", "advcl", "acl") if c > i and tree[c].tag in ("VB", "VBG")]
    found += [c for p in tree.kids(i, "prep") for c in tree.kids(p, "pcomp")]
    inner = [c for j in found if tree[j].lemma in _TRYING for c in tree.kids(j, "xcomp", "conj")]
    joined = [c for j in (*found, *inner) for c in tree.kids(j, "conj")]
    return [*found, *inner, *joined]


def _has_end(tree: Tree, i: int) -> bool:
    """Whether what is brought about is a truce or a settlement."""
    done = (o for c in tree.kids(i, "ccomp") for o in tree.kids(c, "nsubj", "nsubjpass"))
    below = (*tree.kids(i, "dobj"), *done, *(o for c in tree.kids(i, "prep", "prt") for o in tree.kids(c, "pobj")))
    heads = (j for o in below for j in (o, *tree.kids(o, "conj")))
    return any(tree[j].lemma in _ENDS for j in heads)


def _makers(d: Discourse, i: int) -> list[Seat]:
    """Whose efforts they are: an owner's, or that of whoever "leads" or makes them."""
    tree = d.tree
    owner = owner_of(d.table, i)
    if owner is not None:
        return d.table.seats(owner)
    if d.table.case.open:
        people = [Seat(tree[c].text, c) for c in tree.kids(i, "amod") if tree[c].entity == "NORP"]
        if people:
            return people
    if tree[i].dep == "dobj" and tree[tree[i].head].lemma in _LEADING:
        return d.table.seats(clauses.subject(tree, tree[i].head))
    led = (c for c in tree.kids(i, "amod", "acl") if tree[c].tag == "VBN")
    by = [g for c in led for g in (*tree.kids(c, "npadvmod", "compound"), clauses.agent(tree, c)) if g is not None]
    return d.table.seats_of_all(by)
