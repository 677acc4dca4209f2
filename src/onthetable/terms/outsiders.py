"""Those who are never at the table: their roles, the bodies that speak for them, and those of one side who look on."""

from __future__ import annotations

from onthetable.case import Case
from onthetable.lexicon import load
from onthetable.model import Actor
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "table.toml")
OUTSIDE = frozenset(_DATA["outside"])
"""Roles of those who are never at the table."""
_GROUPS = frozenset(_DATA["groups"])
_CAUSES = frozenset(_DATA["causes"])
_PUBLIC = frozenset(_DATA["public"])
_OPPOSED = frozenset(_DATA["opposed"])
_OF_NAMES = frozenset({"the", "of", "and", "for"})


def outside(tree: Tree, j: int) -> bool:
    """Whether a noun, or what describes a name, is a word for those who are never at the table."""
    beside = (c for c in tree.kids(j, "compound", "appos", "nmod") if tree[j].pos == "PROPN")
    return any(tree[k].lemma in OUTSIDE for k in (j, *beside)) or _stands_for_them(tree, j)


def _stands_for_them(tree: Tree, j: int) -> bool:
    """ "A group representing the families", "an association of relatives", "a rights group"."""
    if tree[j].lemma not in _GROUPS:
        return False
    whose = [o for c in tree.kids(j, "prep") if tree[c].lemma in ("of", "for") for o in tree.kids(c, "pobj")]
    whose += [o for c in tree.kids(j, "acl", "relcl") if tree[c].lemma == "represent" for o in tree.kids(c, "dobj")]
    whose += [k for o in tuple(whose) for k in tree.kids(o, "conj")]
    causes = any(tree[c].lemma in _CAUSES for c in tree.kids(j, "compound", "amod"))
    return causes or any(tree[o].lemma in OUTSIDE for o in whose)


def bystander(case: Case, actor: Actor) -> bool:
    """ "Norland's farmers", "its opposition leader": of one side, and not at the table for it."""
    party = case.party(actor.party) if actor.party and actor.kind == "anonymous" else None
    if party is None:
        return False
    known = {w for n in (party.name, *party.aliases) for w in n.lower().split()}
    words = set(actor.name.lower().split())
    apart = actor.role in OUTSIDE or actor.role in _PUBLIC or not words.isdisjoint(_OPPOSED)
    return apart and words.isdisjoint(known - _OF_NAMES)
