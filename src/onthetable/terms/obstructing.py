"""Reproaches without a verb of reproaching: what a party says of another that stands in the way of a deal.

"They are stalling the talks", "Norland does not want a deal", "the firms are the obstacle to an agreement": said by
one party of another, that is an accusation.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from onthetable.lexicon import load
from onthetable.model import Move
from onthetable.terms import clauses
from onthetable.terms.acts import WHOLE, Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.issues import TALKS
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Seat
from onthetable.terms.turns import unreal

_DATA = load("onthetable.terms", "obstructing.toml")
_OBSTRUCTING = frozenset(_DATA["obstructing"])
_WANTING = frozenset(_DATA["wanting"])
_OBSTACLES = frozenset(_DATA["obstacles"])
_ADDING = frozenset(_DATA["adding"])
_PLAYING = frozenset(tuple(pair) for pair in _DATA["playing"])
_MEANING = frozenset(_DATA["meaning"])
_EARNEST = frozenset(_DATA["earnest"])
_BREACHES = frozenset(_DATA["breaches"])
_NEW = frozenset(_DATA["new"])
_TERMS = frozenset(_DATA["terms"])
_TALKS = frozenset(load("onthetable.terms", "attending.toml")["talks"])
_OUTSIDERS = frozenset(load("onthetable.terms", "moves.toml")["outsiders"])


def obstructing(d: Discourse, i: int) -> Iterator[Move]:
    """The accusation that a clause in a party's mouth makes of somebody else."""
    tree = d.tree
    if tree[i].pos not in ("VERB", "AUX", "NOUN") or not _reproaches(d, i) or unreal(tree, i):
        return
    above = (d.predicates.get(j) for j in islice(tree.above(i), 3))
    if any(p is not None and p.act == "accuses" for p in above):
        return
    statement, speaker = d.table.statement(i), d.table.speaker(i)
    if statement is None or statement.denied or not speaker or statement.source is None or clauses.modality(tree, i):
        return
    subject = clauses.subject(tree, i)
    accused = {s.party for s in d.table.seats(subject)}
    if subject is None or not accused or speaker in accused or any(s.head == i for s in d.table.seats(i)):
        return
    if tree[subject].text.lower() in ("we", "i", "it", "this", "that") or _is_outsider(d, speaker):
        return
    first = min(tree.edges[subject][0], i)
    p = Predicate(i, "accuses", "verb", "obstruct")
    yield d.move(Seat(speaker, i), "accuses", TALKS, p, Stretch(first, tree.edges[i][1], first), rule="obstructing")


def _reproaches(d: Discourse, i: int) -> bool:
    tree, lemma = d.tree, d.tree[i].lemma
    if lemma in _OBSTACLES and tree[i].dep in ("attr", "appos", "oprd"):
        return _about_table(d, i)
    if lemma in _OBSTRUCTING:
        return not clauses.negated(tree, i) and _about_table(d, i)
    if any((lemma, tree[o].lemma) in _PLAYING for o in tree.kids(i, "dobj")):
        return not clauses.negated(tree, i)
    if lemma == "lack" or (lemma in ("have", "show") and clauses.negated(tree, i)):
        return any(tree[o].lemma in _MEANING for o in tree.kids(i, "dobj")) and _about_table(d, i)
    if lemma == "be" and any(tree[c].lemma in _EARNEST for c in tree.kids(i, "acomp")):
        return clauses.negated(tree, i) and _about_table(d, i)
    if lemma == "be" and any(tree[o].lemma in _BREACHES for c in tree.kids(i, "prep") for o in tree.kids(c, "pobj")):
        return not clauses.negated(tree, i)
    if lemma in _ADDING:
        return any(tree[o].lemma in _TERMS and _is_new(d, o) for o in tree.kids(i, "dobj"))
    return lemma in _WANTING and clauses.negated(tree, i) and _about_table(d, i)


def _is_new(d: Discourse, o: int) -> bool:
    return any(d.tree[a].lemma in _NEW for a in d.tree.children[o])


def _about_table(d: Discourse, i: int) -> bool:
    """Whether what stands in a clause names the deal or the talks."""
    words = (d.tree[j] for j in range(i + 1, d.tree.edges[i][1]))
    return any(t.pos == "NOUN" and (t.lemma in WHOLE or t.lemma in _TALKS) for t in words)


def _is_outsider(d: Discourse, speaker: str) -> bool:
    return d.table.case.open and not _OUTSIDERS.isdisjoint(w.rstrip("s") for w in speaker.lower().split())
