"""Advice and deadlines: what a party tells its own people to answer, and what it gives the other side time for.

"The union will recommend that members accept the deal" accepts it; "gave them until Friday to leave" asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms import clauses
from onthetable.terms.acts import WHOLE, Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.issues import TALKS
from onthetable.terms.stretches import Stretch
from onthetable.terms.turns import unreal
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "advising.toml")
_ADVISING = frozenset(_DATA["advising"])
_OWN = frozenset(_DATA["own"])
_ANSWERS: dict[str, Act] = {verb: act for act in ("accepts", "rejects") for verb in _DATA[act]}
_NOUNS: dict[str, Act] = {noun: act for act in ("accepts", "rejects") for noun in _DATA["nouns"][act]}
_GIVING = frozenset(_DATA["giving"])
_FAR = 20
"""How many tokens behind "gave" what there is time for is named."""


def advising(d: Discourse, i: int) -> Iterator[Move]:
    """The answer that a party advises its own people to give, or the demand that it sets a date for."""
    tree = d.tree
    if tree[i].pos != "VERB" or i in d.told or unreal(tree, i) or clauses.modality(tree, i) in ("may", "must"):
        return
    if tree[i].lemma in _ADVISING:
        yield from _advice(d, i)
    elif tree[i].lemma in _GIVING and not clauses.negated(tree, i):
        yield from _deadline(d, i)


def _advice(d: Discourse, i: int) -> Iterator[Move]:
    tree = d.tree
    told = _answer(d, i)
    if told is None:
        return
    act, verb = told
    if clauses.negated(tree, i):
        act = "rejects" if act == "accepts" else "accepts"
    main = Stretch(i, max(tree.edges[verb][1], i + 1), i)
    named = [n for n in d.issues.of(main) if n.issue != TALKS]
    whole = any(
        tree[j].lemma in WHOLE and tree[j].pos in ("NOUN", "PROPN", "PRON") for j in range(main.first, main.last)
    )
    p = Predicate(i, act, "verb", tree[i].lemma)
    for seat in d.table.seats(clauses.subject(tree, i)):
        if d.table.mediates(seat) or not (named or whole):
            continue
        d.tell(i)
        d.told.update((i, verb))
        if named:
            yield from d.moves_on(seat, act, p, main, named, rule="advice")
        else:
            yield d.move(seat, act, TALKS, p, main, rule="advice")


def _answer(d: Discourse, i: int) -> tuple[Act, int] | None:
    """The answer that is advised, and the token that names it: "accept", "rejection", or the deal itself."""
    tree = d.tree
    for c in tree.kids(i, "ccomp", "xcomp"):
        act = _ANSWERS.get(_key(tree, c))
        subject = tree.kid(c, "nsubj")
        whom = [subject] if subject is not None else tree.kids(i, "dobj")
        if (
            act
            and tree[c].tag in ("VB", "VBP", "VBG")
            and (tree[i].lemma == "recommend" or any(tree[o].lemma in _OWN for o in whom))
        ):
            return act, c
    if tree[i].lemma != "recommend":
        return None
    for o in tree.kids(i, "dobj"):
        if tree[o].lemma in _NOUNS:
            return _NOUNS[tree[o].lemma], o
        if tree[o].lemma in WHOLE and tree[o].pos == "NOUN" and not tree.kids(o, "acl"):
            to = (x for j in (i, o) for c in tree.kids(j, "prep", "dative") for x in tree.kids(c, "pobj"))
            if any(tree[x].lemma in _OWN for x in to):
                return "accepts", o
    return None


def _key(tree: Tree, i: int) -> str:
    return " ".join((tree[i].lemma, *(tree[c].lemma for c in tree.kids(i, "prt"))))


def _deadline(d: Discourse, i: int) -> Iterator[Move]:
    """ "Gave Norland until Friday to lift the ban", "has given the rebels a week to leave"."""
    tree = d.tree
    asked = next((j for j in range(i + 1, min(tree.edges[i][1], i + _FAR)) if _infinitive(tree, j)), None)
    if asked is None:
        return
    whom = d.table.seats_of_all(o for o in tree.kids(i, "dative", "dobj") if o < asked)
    timed = any(tree[j].text.lower() == "until" or tree[j].entity in ("DATE", "TIME") for j in range(i, asked))
    seats = [s for s in d.table.seats(clauses.subject(tree, i)) if whom and s.party != whom[0].party]
    if not whom or not timed:
        return
    main = Stretch(asked, max(tree.edges[asked][1], asked + 1), i)
    named = d.issues.of(main)
    p = Predicate(i, "demands", "verb", "give until")
    for seat in seats if named else ():
        d.tell(i)
        d.told.update((i, asked))
        yield from d.moves_on(seat, "demands", p, main, named, rule="deadline")


def _infinitive(tree: Tree, i: int) -> bool:
    return tree[i].tag == "VB" and any(tree[c].tag == "TO" for c in tree.kids(i, "aux"))
