"""Accusations that only tell what the other side did: "the rebels broke the truce, the army said"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onthetable.lexicon import load
from onthetable.model import Move
from onthetable.terms import clauses
from onthetable.terms.acts import Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.issues import TALKS
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Seat
from onthetable.terms.turns import unreal

_DATA = load("onthetable.terms", "breaches.toml")
_BREACHES = frozenset(_DATA["breaches"].split())
_BREAKING = frozenset(_DATA["breaking"].split())
_BOUND = frozenset(_DATA["bound"].split())


def breaches(d: Discourse, i: int) -> Iterator[Move]:
    """The accusation of whoever says that another party has broken what both had agreed."""
    tree = d.tree
    if tree[i].lemma not in _BREACHES or tree[i].pos != "VERB" or clauses.negated(tree, i) or unreal(tree, i):
        return
    what = next(iter(tree.kids(i, "dobj")), None)
    speaker = d.table.speaker(i)
    if what is None or speaker is None or (tree[i].lemma in _BREAKING and tree[what].lemma not in _BOUND):
        return
    blamed = d.table.seats(clauses.subject(tree, i))
    if not blamed or any(s.party == speaker for s in blamed):
        return
    first, last = tree.edges[i]
    within = Stretch(what, max(last, what + 1), first)
    named = next((n for n in d.issues.terms(within) if n.issue != TALKS), None)
    p = Predicate(i, "accuses", "verb", "breach")
    issue = named.issue if named else TALKS
    move = d.move(Seat(speaker, i), "accuses", issue, p, Stretch(first, last, first), rule="breach")
    yield replace(move, when="now")  # the breach is past, the accusation is not
