"""What is given for what, told in one sentence: "in return", verbs of swapping, "would be met with"."""

from __future__ import annotations

from collections.abc import Iterator

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms import clauses
from onthetable.terms.actors import owner_of
from onthetable.terms.acts import WHOLE, Predicate
from onthetable.terms.commitments import BURDENS, DEEDS, SAYING, committed, gives_up_demand, is_denied, own_deed
from onthetable.terms.discourse import Discourse
from onthetable.terms.issues import TALKS
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Seat
from onthetable.terms.turns import unreal
from onthetable.tree import Tree

_SWAPPING = frozenset(load("onthetable.terms", "stretches.toml")["swapping"])
_BACK = 60
"""How many tokens back a proposal may be named whose terms a clause tells."""


def in_return(d: Discourse, i: int) -> Iterator[Move]:
    """ "In return it will cut the duty", "would swap land for peace", "for an end to the ban it could sign"."""
    tree = d.tree
    if tree[i].pos != "VERB" or i in d.told or clauses.question(tree, i) or clauses.supposed(tree, i):
        return
    known = d.predicates.get(i)
    plain = known is None or known.act in DEEDS
    mood = clauses.modality(tree, i)
    swaps = tree[i].lemma in _SWAPPING
    tied = swaps or _bare_return(tree, i) or _fronted(tree, i) is not None or _returned_for(tree, i, swaps) is not None
    if not mood or mood == "must" or not tied:
        return
    seat = committed(d, i) or _would_in_turn(d, i)
    if seat is None or seat.party in d.table.mediators:
        return
    first, last = tree.edges[i]
    front, behind = _fronted(tree, i), _returned_for(tree, i, swaps)
    stop = last if behind is None else behind
    main = Stretch(i, max(stop, i + 1), first)
    act: Act = "rejects" if is_denied(tree, i) else "offers"
    if act == "offers" and known is not None and known.act == "concedes" and gives_up_demand(d, i):
        act = "concedes"
    named = [n for n in d.issues.of(main) if n.issue != TALKS]
    if plain and named:
        d.tell(i)
        d.told.add(i)
        p = Predicate(i, act, "verb", "in return")
        yield from own_deed(d, seat, act, p, main, named)
    asked = front if front is not None else behind
    if asked is not None and act != "rejects" and (plain or front is not None):
        s = Stretch(asked + 1, max(tree.edges[asked][1], asked + 2), asked)
        p = Predicate(i, "demands", "verb", "in return")
        yield from d.moves_on(seat, "demands", p, s, d.issues.terms(s), rule="condition")


def _returned_for(tree: Tree, i: int, swaps: bool) -> int | None:
    """The "for" before what a deed is done in return for, or before what something is swapped for."""
    below = [k for j in (i, *tree.kids(i, "dobj")) for k in tree.kids(j, "prep") if k > i]
    if swaps:
        return next((k for k in below if tree[k].lemma == "for"), None)
    nouns = (o for k in below if tree[k].lemma == "in" for o in tree.kids(k, "pobj"))
    returned = (o for o in nouns if tree[o].lemma in ("return", "exchange"))
    return next((k for o in returned for k in tree.kids(o, "prep") if tree[k].lemma == "for"), None)


def _would_in_turn(d: Discourse, i: int) -> Seat | None:
    """Who "could live with" something: a party that says so of itself, or of which the reporter tells it."""
    if clauses.modality(d.tree, i) == "would" and d.table.statement(i) is None and not _sets_out(d.tree, i):
        return next(iter(d.table.seats(clauses.subject(d.tree, i))), None)
    speaker = d.table.speaker(i)
    return next((s for s in d.table.seats(clauses.subject(d.tree, i)) if s.party == speaker), None)


def _sets_out(tree: Tree, i: int) -> bool:
    """Whether the clause may tell the terms of a proposal that the same sentence or the one before names."""
    if _bare_return(tree, i) and (tree[i].dep != "conj" or tree.kids(i, "nsubj", "nsubjpass")):
        return True  # "They offered a truce. In return the army would leave": asked by those who offer
    first = tree.sentences[max(0, tree[i].sentence - 1)][0]
    return any(tree[k].lemma in WHOLE and tree[k].pos == "NOUN" for k in range(max(first, i - _BACK), i))


def _bare_return(tree: Tree, i: int) -> bool:
    """ "In return", "in exchange" and "in turn" with nothing behind them."""
    ins = (c for c in tree.kids(i, "prep") if tree[c].lemma == "in")
    nouns = (o for c in ins for o in tree.kids(c, "pobj") if tree[o].lemma in ("return", "exchange", "turn"))
    return any(not tree.kids(o, "prep") for o in nouns)


def _fronted(tree: Tree, i: int) -> int | None:
    """The "for" of "For an end to the ban, she said, they could ..." at the start of a sentence."""
    first, _ = tree.sentence(i)
    while first < i and tree[first].pos == "PUNCT":
        first += 1
    if tree[first].text.lower() != "for" or tree[first].dep != "prep":
        return None
    objects = tree.kids(first, "pobj")
    comma = tree.edges[first][1]
    up = tree[first].head
    near = up == i or tree[up].lemma in SAYING or tree[up].dep == "parataxis"
    timed = any(tree[o].entity in ("DATE", "TIME") for o in objects)
    return first if near and objects and not timed and comma < len(tree) and tree[comma].text == "," else None


def met_with(d: Discourse, i: int) -> Iterator[Move]:
    """ "The release of a hostage would be met with a pause": who says so offers the one and asks for the other."""
    tree, speaker = d.tree, d.table.speaker(i)
    if tree[i].lemma == "pay" and speaker and not clauses.negated(tree, i):
        ways = {tree[c].lemma: c for c in tree.kids(i, "prep")}
        if {"for", "with"} <= set(ways) and clauses.passive(tree, i) and clauses.modality(tree, i):
            s = Stretch(ways["with"] + 1, max(tree.edges[i][1], ways["with"] + 2), ways["with"])
            p = Predicate(i, "demands", "verb", "paid for")
            yield from d.moves_on(Seat(speaker, i), "demands", p, s, d.issues.terms(s), rule="condition")
        return
    if tree[i].lemma not in ("meet", "answer", "match", "reward", "reciprocate", "repay") or not speaker:
        return
    subject = tree.kid(i, "nsubjpass")
    by = next((c for c in tree.kids(i, "prep", "agent") if tree[c].lemma in ("with", "by")), None)
    if subject is None or by is None or clauses.modality(tree, i) not in ("will", "would") or clauses.negated(tree, i):
        return
    given, asked = Stretch(by + 1, max(tree.edges[by][1], by + 2), by), Stretch(*tree.edges[subject], subject)
    named = [n for n in d.issues.terms(given) if n.issue != "industrial-action"]
    if not named:
        return
    d.told.add(i)
    p = Predicate(i, "offers", "verb", "met with")
    yield from d.moves_on(Seat(speaker, i), "offers", p, given, named, rule="condition")
    yield from d.moves_on(Seat(speaker, i), "demands", p, asked, d.issues.terms(asked), rule="condition")


def imperative(d: Discourse, i: int) -> Iterator[Move]:
    """ "Lift the ban and you will get your gas": the one is asked for, the other is offered."""
    tree, speaker = d.tree, d.table.speaker(i)
    if not speaker or tree[i].tag not in ("VB", "VBP") or tree.kids(i, "nsubj", "nsubjpass", "aux", "mark", "neg"):
        return
    joined = (c for c in tree.kids(i, "conj") if tree.kids(c, "nsubj"))
    then = next((c for c in joined if clauses.modality(tree, c) == "will"), None)
    if then is None or speaker in d.table.mediators or clauses.negated(tree, then):
        return
    start = min(tree.edges[then][0], then)
    asked, given = Stretch(i, max(start, i + 1), i), Stretch(start, max(tree.edges[then][1], then + 1), start)
    seat = Seat(speaker, i)
    d.told.update({i, then})
    p = Predicate(i, "demands", "verb", "imperative")
    yield from d.moves_on(seat, "demands", p, asked, d.issues.terms(asked), rule="condition")
    gives = [n for n in d.issues.terms(given) if n.issue not in BURDENS]
    p = Predicate(then, "offers", "verb", "imperative")
    yield from d.moves_on(seat, "offers", p, given, gives, rule="condition")


def paper_swaps(d: Discourse, i: int) -> Iterator[Move]:
    """ "The mediator's paper trades a pause for fuel": both halves are its owner's offer."""
    tree = d.tree
    subject = tree.kid(i, "nsubj")
    if tree[i].lemma not in _SWAPPING or tree[i].tag != "VBZ" or subject is None or tree[subject].lemma not in WHOLE:
        return
    owner = owner_of(d.table, subject)
    behind = _returned_for(tree, i, True)
    if owner is None or behind is None or unreal(tree, i):
        return
    seat = d.table.seats(owner)[0]
    given, asked = Stretch(i, behind, i), Stretch(behind + 1, max(tree.edges[i][1], behind + 2), behind)
    p = Predicate(i, "offers", "verb", "paper swaps")
    yield from d.moves_on(seat, "offers", p, given, d.issues.terms(given), rule="condition")
    other: Act = "offers" if seat.party in d.table.mediators else "demands"
    yield from d.moves_on(seat, other, p, asked, d.issues.terms(asked), rule="condition")
