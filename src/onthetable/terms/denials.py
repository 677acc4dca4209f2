"""Denials of an account: "denied telling them that it would", "had never told anyone that", "nothing of the kind"."""

from __future__ import annotations

from collections.abc import Iterator

from onthetable.lexicon import load
from onthetable.model import Move
from onthetable.terms import clauses
from onthetable.terms.acts import Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.issues import TALKS
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Seat
from onthetable.tree import Tree

_TELLING = frozenset(load("onthetable.terms", "turns.toml")["account_giving"])
_KINDS = frozenset({"kind", "sort"})


def denials(d: Discourse, i: int) -> Iterator[Move]:
    """The denial that a verb of telling which is itself denied, or a "nothing of the kind", makes."""
    tree = d.tree
    if tree[i].pos == "VERB" and tree[i].lemma in _TELLING:
        yield from _untold(d, i)
    if tree[i].text.lower() == "nothing" and any(
        tree[o].lemma in _KINDS for c in tree.kids(i, "prep") if tree[c].lemma == "of" for o in tree.kids(c, "pobj")
    ):
        yield from _no_kind(d, i)


def untold(tree: Tree, i: int) -> bool:
    """Whether a verb of telling tells what was not told: "denied saying", "never told anyone"."""
    if tree[i].lemma not in _TELLING or tree[i].pos != "VERB":
        return False
    return _under_denial(tree, i) or (clauses.negated(tree, i) and not clauses.modality(tree, i))


def _under_denial(tree: Tree, i: int) -> bool:
    return tree[i].dep in ("xcomp", "ccomp", "pcomp") and tree[tree[i].head].lemma == "deny" and tree[i].tag == "VBG"


def _untold(d: Discourse, i: int) -> Iterator[Move]:
    tree, speaker = d.tree, d.table.speaker(i)
    clause = tree.kid(i, "ccomp", "xcomp")
    if clause is None or clause < i or i in d.told or not untold(tree, i) or clauses.question(tree, i):
        return
    seats = d.table.seats(clauses.subject(tree, i))
    if not _under_denial(tree, i):
        seats = [s for s in seats if s.party == speaker and clauses.never_was(tree, i)]
    main = Stretch(*tree.edges[clause], i)
    named = d.issues.terms(main)
    for seat in seats if named else ():
        yield d.move(seat, "denies", named[0].issue, Predicate(i, "denies", "verb", tree[i].lemma), main, rule="untold")


def _no_kind(d: Discourse, i: int) -> Iterator[Move]:
    """ "It was nothing of the kind", said by a party of what was just told."""
    tree, speaker = d.tree, d.table.speaker(i)
    _, last = tree.sentence(i)
    if speaker is None:
        over = (j for j in tree.above(i) if tree[j].lemma in _TELLING)
        speaker = next((s.party for j in over for s in d.table.seats(clauses.subject(tree, j))), None)
    about = d.before(i)
    if speaker is None or (about == TALKS and not d.table.case.open) or clauses.question(tree, i):
        return
    p = Predicate(i, "denies", "noun", "nothing of the kind")
    yield d.move(Seat(speaker, i), "denies", about, p, Stretch(i, min(last, i + 4), i), rule="false")
