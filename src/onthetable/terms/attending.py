"""Talks told by their noun: who comes to them, holds them, is in them, or has just left them.

"The envoys flew in for talks", "Norland is in talks with Tarvia", "after talks with the firms, Lund said": the
verb alone is none of the table, and the noun has no owner.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms import clauses
from onthetable.terms.acts import Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.issues import TALKS
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Seat
from onthetable.terms.turns import asserted, made_to, unreal
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "attending.toml")
_TALKS = frozenset(_DATA["talks"])
_COMING = frozenset(_DATA["coming"])
_BEING = frozenset(_DATA["being"])
_HOLDING = frozenset(_DATA["holding"])
_AFTER = frozenset(_DATA["after"])
_FORMER = frozenset(load("onthetable.terms", "moves.toml")["former"])
_SITTINGS = frozenset({"meeting", "session", "lunch", "dinner", "breakfast"})
_HIGH = 4
"""How many heads over the noun of talks the verb of coming may stand."""


def attending(d: Discourse, i: int) -> Iterator[Move]:
    """The meetings that a noun of talks makes of whoever comes to them or holds them."""
    tree = d.tree
    if tree[i].pos != "NOUN" or _former(tree, i):
        return
    beside = _beside(tree, i)
    if beside is None and (tree[i].lemma not in _TALKS or i in d.told):
        return
    verb = _attended(tree, i) if beside is None else beside
    if verb is None or unreal(tree, verb) or _denied(tree, verb) or made_to(tree, verb):
        return
    if clauses.modality(tree, verb) in ("must", "may") or tree[verb].dep == "acl":
        return
    seats = _attendants(d, verb, i)
    p = Predicate(verb, "meets", "verb", "attend")
    if not asserted(d.table, p, seats):
        return
    first, last = min(i, verb), max(tree.edges[i][1], verb + 1)
    for seat in (*seats, *_partners(d, i)):
        act: Act = "mediates" if d.table.mediates(seat) else "meets"
        move = d.move(seat, act, TALKS, p, Stretch(first, last, first), rule="attend")
        yield replace(move, when="past") if beside is not None else move


def _attended(tree: Tree, i: int) -> int | None:
    """The verb whose subject takes part in the talks of noun `i`."""
    i = tree[i].head if tree[i].dep == "conj" else i
    up, dep = tree[i].head, tree[i].dep
    while dep == "pobj" and tree[up].lemma == "of" and tree[tree[up].head].pos == "NOUN":
        i = tree[up].head
        up, dep = tree[i].head, tree[i].dep
    if dep in ("dobj", "nsubjpass"):
        return up if tree[up].lemma in _HOLDING else None
    if dep != "pobj":
        return None
    prep, over = tree[up].lemma, tree[up].head
    if prep in _AFTER:
        came = tree[over].lemma in _COMING
        return over if tree[over].pos in ("VERB", "AUX") and (came or _with(tree, i)) else None
    if prep == "in" and tree[over].lemma in _BEING:
        return over
    if prep == "in" and tree[over].pos in ("PROPN", "VERB") and _with(tree, i) and tree[over].lemma not in _COMING:
        return over
    if prep in ("for", "to", "at", "in", "into"):
        line = (over, *islice(tree.above(over), _HIGH))
        verb = next((j for j in line if tree[j].pos in ("VERB", "AUX")), None)
        return verb if verb is not None and tree[verb].lemma in _COMING else None
    return None


def _beside(tree: Tree, i: int) -> int | None:
    """The verb of "made the offer at a meeting with her counterpart": what was done there tells that they met."""
    at = tree[i].head
    if tree[i].lemma not in _TALKS | _SITTINGS or tree[i].dep != "pobj" or tree[at].lemma not in ("at", "during"):
        return None
    verb = next((j for j in islice(tree.above(at), 2) if tree[j].pos == "VERB"), None)
    return verb if verb is not None and tree[verb].tag == "VBD" and _with(tree, i) else None


def _attendants(d: Discourse, verb: int, i: int) -> list[Seat]:
    """Who takes part: the subject of the verb, or the agent of "the talks were attended by"."""
    tree = d.tree
    if tree[i].dep == "nsubjpass" or (clauses.passive(tree, verb) and clauses.agent(tree, verb) is not None):
        return d.table.seats(clauses.agent(tree, verb))
    if tree[verb].pos == "PROPN":
        return d.table.seats(verb)
    return [s for s in d.table.seats(clauses.subject(tree, verb)) if tree[s.head].lemma != "it"]


def _with(tree: Tree, i: int) -> list[int]:
    return [c for c in tree.kids(i, "prep") if tree[c].lemma == "with"]


def _partners(d: Discourse, i: int) -> list[Seat]:
    """Those whom the talks are held with."""
    return [s for c in _with(d.tree, i) for s in d.table.seats_of_all(d.tree.kids(c, "pobj"))]


def _denied(tree: Tree, verb: int) -> bool:
    """Whether the verb, or one that it is joined to or governed by, is negated: "will not stop or return to talks"."""
    for j in (verb, *islice(tree.above(verb), _HIGH)):
        if clauses.negated(tree, j):
            return True
        if tree[j].dep not in ("conj", "xcomp", "acomp"):
            return False
    return False


def _former(tree: Tree, i: int) -> bool:
    return any(tree[a].lemma in _FORMER for a in tree.kids(i, "amod"))
