"""Threats without a verb of threatening: stoppages fixed for a day, wars to be resumed, warnings of what will be done.

"The dockers will be on strike on Monday", "we are ready to resume the war", "he warned that he would resign if they
did not give way".
"""

from __future__ import annotations

from collections.abc import Iterator

from onthetable.lexicon import load
from onthetable.model import Move
from onthetable.terms import clauses
from onthetable.terms.actors import owner_of
from onthetable.terms.acts import Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.issues import OTHER
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Seat
from onthetable.terms.turns import made_to, to_come, unreal
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "menacing.toml")
_STOPPAGES = frozenset(_DATA["stoppages"])
_ACTIONS = frozenset(_DATA["actions"])
_ARMED = frozenset(_DATA["armed"])
_HOLDING = frozenset(_DATA["holding"])
_COURSE = frozenset(_DATA["course"])
_RESOLVED = frozenset(_DATA["resolved"])
_RENEWING = frozenset(_DATA["renewing"])
_FIGHTS = frozenset(_DATA["fights"])
_MENACING = _HOLDING | _COURSE | _RENEWING | {"warn"}
STOPPAGE = "industrial-action"


def menacing(d: Discourse, i: int) -> Iterator[Move]:
    """The threats that a verb makes which is no predicate of threatening."""
    tree = d.tree
    told = d.predicates.get(i)
    if tree[i].lemma not in _MENACING or tree[i].pos not in ("VERB", "AUX") or tree[i].dep in ("aux", "auxpass"):
        return
    if clauses.negated(tree, i):
        return
    if (told and told.act == "threatens" and tree[i].lemma != "warn") or unreal(tree, i) or made_to(tree, i):
        return
    if i in d.told:
        return
    issue, seats = _threat(d, i)
    p = Predicate(i, "threatens", "verb", "menace")
    first = min(tree.edges[i][0], i)
    for seat in seats:
        yield d.move(seat, "threatens", issue, p, Stretch(first, tree.edges[i][1], first), rule="menacing")


def _threat(d: Discourse, i: int) -> tuple[str, list[Seat]]:
    """What is threatened by a verb, and by whom; by nobody where it threatens nothing."""
    tree = d.tree
    if tree[i].lemma in _HOLDING and _holds_stoppage(tree, i) and to_come(tree, i):
        return STOPPAGE, d.table.seats(clauses.subject(tree, i))
    subject = tree.kid(i, "nsubj")
    if subject is not None and tree[i].lemma in _COURSE and stoppage(tree, subject) and to_come(tree, i):
        owner, speaker = owner_of(d.table, subject), d.table.speaker(i)
        return STOPPAGE, d.table.seats(owner) if owner is not None else [Seat(speaker, i)] if speaker else []
    if tree[i].lemma == "warn" and d.table.case.open and _warns_of_deed(tree, i):
        return OTHER, d.table.seats(clauses.subject(tree, i))
    if _renews_fight(tree, i):
        named = d.issues.terms(Stretch(i, tree.edges[i][1], i))
        issue = named[0].issue if named else OTHER if d.table.case.open else ""
        return issue, d.table.seats(clauses.subject(tree, i)) if issue else []
    return "", []


def stoppage(tree: Tree, i: int) -> bool:
    """Whether a noun is a stoppage of work, and no strike of arms."""
    beside = {tree[c].lemma.lower() for c in tree.kids(i, "amod", "compound", "nmod")}
    if tree[i].lemma in _STOPPAGES:
        return beside.isdisjoint(_ARMED) and not any(tree[c].lemma in ("on", "against") for c in tree.kids(i, "prep"))
    return tree[i].lemma == "action" and not beside.isdisjoint(_ACTIONS)


def _holds_stoppage(tree: Tree, i: int) -> bool:
    """ "Hold a strike", "be on strike", "go out on strike", "go ahead with a walkout"."""
    if any(tree[c].lemma == "off" for c in tree.kids(i, "prt")):
        return False
    preps = [c for c in tree.kids(i, "prep") if tree[c].lemma in ("on", "with", "in")]
    return any(stoppage(tree, o) for c in (i, *preps) for o in tree.kids(c, "dobj", "pobj"))


def _warns_of_deed(tree: Tree, i: int) -> bool:
    """ "Warned that he would resign if they did not move": what one side will do itself, on a condition."""
    told = next((c for c in tree.kids(i, "ccomp") if clauses.modality(tree, c) in ("will", "would")), None)
    if told is None:
        return False
    return any(tree[m].lemma in ("if", "unless") for c in tree.kids(told, "advcl") for m in tree.kids(c, "mark"))


def _renews_fight(tree: Tree, i: int) -> bool:
    """ "Vowed to renew their attacks", "are ready to return to war"."""
    up = tree[tree[i].head]
    if tree[i].lemma not in _RENEWING or tree[i].dep != "xcomp" or up.lemma not in _RESOLVED:
        return False
    objects = (*tree.kids(i, "dobj"), *(o for c in tree.kids(i, "prep") for o in tree.kids(c, "pobj")))
    return not clauses.negated(tree, up.i) and any(tree[o].lemma in _FIGHTS for o in objects)


def lest(tree: Tree, i: int) -> bool:
    """Whether something is done if the other side does not act: "ready to shut the port unless there is a deal"."""
    below = (c for j in (i, *tree.kids(i, "xcomp")) for c in tree.kids(j, "advcl"))
    return any(clauses.unless(tree, c) for c in below)
