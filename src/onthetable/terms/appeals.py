"""Appeals: what a speaker asks for without a verb of asking ("we need a truce", "let's get it done", "it is time to").

They hold inside a statement alone; in the reporter's own voice nobody asks.
"""

from __future__ import annotations

from collections.abc import Iterator

from onthetable.lexicon import load
from onthetable.model import Move
from onthetable.terms import clauses
from onthetable.terms.acts import WHOLE, Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.issues import OTHER, TALKS
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Seat
from onthetable.terms.turns import unreal
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "appeals.toml")
_NEEDING = frozenset(_DATA["needing"])
_TIMES = frozenset(_DATA["times"])
_LASTING = frozenset(_DATA["lasting"])
_UNTIL = frozenset(_DATA["until"])
_WE = frozenset(_DATA["we"])


def appeals(d: Discourse, i: int) -> Iterator[Move]:
    """The demands of a speaker that a word of need, of time, or a "let" opens."""
    tree = d.tree
    if tree[i].pos in ("VERB", "AUX") and i not in d.predicates:
        yield from _holdouts(d, i)
    speaker = d.table.speaker(i)
    if not speaker or i in d.told or _let_alone(tree, i) or not _appeals(tree, i) or unreal(tree, i):
        return
    p = Predicate(i, "demands", "verb", tree[i].lemma)
    last = tree.edges[tree[i].head if tree[i].dep in ("attr", "nsubj") else i][1]
    main = Stretch(i, max(last, i + 1), i)
    named = d.issues.of(main)
    d.tell(i)
    yield from d.moves_on(Seat(speaker, i), "demands", p, main, named, rule="appeal")
    if not named and any(tree[j].lemma in WHOLE and tree[j].pos == "NOUN" for j in range(*tree.edges[i])):
        yield d.move(Seat(speaker, i), "demands", TALKS, p, main, rule="appeal")


def _let_alone(tree: Tree, i: int) -> bool:
    """ "No truce, let alone a deal": no appeal."""
    return tree[i].lemma == "let" and i + 1 < len(tree) and tree[i + 1].text.lower() == "alone"


def _holdouts(d: Discourse, i: int) -> Iterator[Move]:
    """ "The pickets will stay until the firm backs down", "they will not speak unless he leaves": asked of others."""
    tree = d.tree
    if clauses.modality(tree, i) not in ("will", "would") or clauses.supposed(tree, i):
        return
    if not (clauses.negated(tree, i) or tree[i].lemma in _LASTING):
        return
    clause = next((c for c in tree.kids(i, "advcl") if _is_until(tree, c)), None)
    speaker = d.table.speaker(i)
    seat = next(iter(d.table.seats(clauses.subject(tree, i))), None) or (Seat(speaker, i) if speaker else None)
    if clause is None or seat is None or clause in d.told:
        return
    others = [s for s in d.table.seats(tree.kid(clause, "nsubj", "nsubjpass")) if s.party != seat.party]
    s = Stretch(*tree.edges[clause], tree.edges[clause][0])
    named = d.issues.terms(s)
    p = Predicate(i, "demands", "verb", "until")
    if named and (others or d.table.case.open):
        yield from d.moves_on(seat, "demands", p, s, named, rule="until")
    elif others and d.table.case.open:
        yield d.move(seat, "demands", TALKS if d.issues.of(s) else OTHER, p, s, rule="until")


def _is_until(tree: Tree, c: int) -> bool:
    marks = {tree[m].text.lower() for m in tree.kids(c, "mark", "advmod")}
    return not marks.isdisjoint(_UNTIL) and not clauses.negated(tree, c)


def _appeals(tree: Tree, i: int) -> bool:
    """Whether a word opens an appeal."""
    lemma = tree[i].lemma
    if lemma == "let":
        return tree[i].tag == "VB" and not any(c < i for c in tree.kids(i, "nsubj", "aux"))
    if lemma in _TIMES:
        return _is_time(tree, i)
    if lemma not in _NEEDING or tree[i].pos != "VERB" or clauses.negated(tree, i):
        return False
    subject = tree.kid(i, "nsubj", "expl")
    return subject is not None and tree[subject].text.lower() in _WE


def _is_time(tree: Tree, i: int) -> bool:
    """ "It is time to", "now is the time for", "the time for a deal is now"."""
    up = tree[i].head
    opened = any(tree[c].lemma == "for" for c in tree.kids(i, "prep")) or bool(tree.kids(i, "acl", "relcl"))
    if tree[up].lemma != "be" or clauses.negated(tree, up):
        return False
    if tree[i].dep == "attr":
        return opened or bool(tree.kids(up, "xcomp", "advcl", "ccomp", "prep"))
    return tree[i].dep == "nsubj" and opened and any(tree[c].text.lower() == "now" for c in tree.children[up])
