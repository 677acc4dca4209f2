"""Whether a predicate of meeting, hosting or taking part is about talks of the two sides."""

from __future__ import annotations

from collections.abc import Iterator

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms import clauses
from onthetable.terms.acts import WHOLE, Predicate
from onthetable.terms.asides import PRESS
from onthetable.terms.discourse import Discourse
from onthetable.terms.issues import TALKS
from onthetable.terms.meetings import several, with_partner
from onthetable.terms.stretches import Stretch
from onthetable.tree import Token

_DATA = load("onthetable.terms", "moves.toml")
_TWO_SIDED = frozenset(_DATA["two_sided"])
TRUCE = frozenset({TALKS, "ceasefire", "end-of-war"})
"""The issues that a mediator pushes for on nobody's side."""
_FORMER = frozenset(_DATA["former"])
_ANYTHING = frozenset(_DATA["anything"])
_TALKS = frozenset(load("onthetable.terms", "attending.toml")["talks"]) | {"meeting", "session", "dialogue", "table"}
_TERMS = frozenset(_DATA["terms"])
_ORGANS = frozenset(_DATA["organs"])


def bygone_talks(d: Discourse, p: Predicate) -> bool:
    """ "Took part in previous rounds": history."""
    tree = d.tree
    nouns = [p.head, *(o for c in (p.head, *tree.kids(p.head, "prep")) for o in tree.kids(c, "dobj", "pobj"))]
    return any(tree[a].lemma in _FORMER for n in nouns for a in tree.kids(n, "amod"))


def of_talks(d: Discourse, p: Predicate, main: Stretch) -> bool:
    """Whether a verb that may be about anything ("took part", "hosted") is about talks."""
    if p.key not in _ANYTHING:
        return True
    first, subject = min(main.first, p.head), clauses.subject(d.tree, p.head)
    if subject is not None and is_of_table(d.tree[subject]):
        return True
    peace = any(n.issue in TRUCE for n in d.issues.between(first, main.last))
    return peace or any(is_of_table(d.tree[j]) for j in range(first, main.last))


def takes_place(d: Discourse, act: Act, p: Predicate) -> bool:
    """Whether a predicate of meeting is no part of a name, and no meeting of one side by itself."""
    token = d.tree[p.head]
    if p.form == "noun" and any(d.tree[c].lemma in _ORGANS for c in d.tree.kids(p.head, "poss", "compound")):
        return with_partner(d, p.head)
    if d.table.case.open and p.key == "negotiate" and token.tag == "VB" and token.dep in ("ccomp", "acl", "advcl"):
        return bool(clauses.modality(d.tree, p.head))
    if p.key in ("gather", "assemble"):
        subject = clauses.subject(d.tree, p.head)
        return subject is not None and is_of_table(d.tree[subject])
    if p.key == "speak to":
        others = [o for c in d.tree.kids(p.head, "prep") for o in d.tree.kids(c, "pobj")]
        heard = [d.tree[s.head] for s in d.table.seats_of_all(others)]
        return any(t.text.lower() not in PRESS | {"us"} and t.entity != "ORG" for t in heard)
    by_itself = act == "meets" and (
        "meeting" in p.key or p.key in _TWO_SIDED or (p.form == "noun" and d.table.case.open)
    )
    return not by_itself or with_partner(d, p.head) or (p.key == "meet" and several(d, p))


def brought_together(d: Discourse, act: Act, p: Predicate, main: Stretch) -> Iterator[Move]:
    """Those whom a mediator brings together meet."""
    if act == "mediates" and ("together" in p.key or "table" in p.key):
        for other in d.table.seats_of_all(d.tree.kids(p.head, "dobj")):
            if other.party in d.table.principals:
                yield d.move(other, "meets", TALKS, p, main, rule="host")


def is_of_table(t: Token) -> bool:
    """Whether a word is a noun for talks, or for what is talked of there."""
    return t.pos == "NOUN" and (t.lemma in WHOLE or t.lemma in _TALKS or t.lemma in _TERMS)
