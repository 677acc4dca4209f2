"""Moves without a predicate of their own: what must be, what will never be, what is false, and what is carried.

What "must" be is a demand of whoever says so, what "will never" be a refusal of whoever would have to do it;
both hold inside a statement alone, as in the reporter's own voice nobody asks or refuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms import clauses
from onthetable.terms.acts import NEEDING, NEEDS, Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.givers import giver
from onthetable.terms.issues import TALKS, Named
from onthetable.terms.stretches import Stretch, Stretches
from onthetable.terms.table import Seat
from onthetable.terms.turns import unreal

_DATA = load("onthetable.terms", "moves.toml")
_CLAIMS = frozenset(_DATA["claims"])
_CARRYING = frozenset(_DATA["carrying"])
_CLAUSES = frozenset({"prep", "ROOT", "relcl", "conj", "ccomp", "advcl", "acl"})
_DEPENDING = frozenset({"require", "depend", "hinge"})


def implied(d: Discourse, i: int) -> Iterator[Move]:
    """The moves that a token implies which is no predicate of the lexicon, or is one of carrying."""
    token = d.tree[i]
    if token.pos in ("VERB", "AUX") and i not in d.predicates:
        yield from _needs(d, i)
    if token.pos in ("VERB", "AUX") and (i not in d.predicates or _undone(d, i)):
        yield from _refusals(d, i)
    if token.lemma == "without":
        yield from _lackings(d, i)
    if token.lemma in ("through", "via") or token.lemma in _CARRYING:
        yield from _carryings(d, i)


def duties(d: Discourse, p: Predicate, seats: Sequence[Seat], parts: Stretches) -> Iterator[Move]:
    """ "They must withdraw": a demand of the speaker on whoever must."""
    speaker = d.table.speaker(p.head)
    if not speaker or any(s.party == speaker for s in seats):
        return
    d.tell(p.head)
    first = min(parts.main.first, d.tree.edges[p.head][0])
    main = Stretch(first, parts.main.last, parts.main.opens)
    yield from _on_whom(d, speaker, p, seats, main, d.issues.of(main), parts.condition_first, "must")


def falsehoods(d: Discourse, p: Predicate) -> Iterator[Move]:
    """ "Reports that X are false": a denial by whoever says so."""
    speaker = d.table.speaker(p.head)
    subject = clauses.subject(d.tree, p.head)
    if speaker and subject is not None and d.tree[subject].lemma in _CLAIMS:
        first, last = d.tree.edges[subject]
        main = Stretch(first, max(last, p.head + 1), first)
        about = next((n.issue for n in d.issues.terms(main)), None) or d.issues.before(first)
        yield d.move(Seat(speaker, p.head), "denies", about, p, main)


def _needs(d: Discourse, i: int) -> Iterator[Move]:
    """ "Any agreement must include X", "the deal depends on X", "X must be lifted": demands of the speaker."""
    tree = d.tree
    if i in d.told or unreal(tree, i):
        return
    subject = clauses.subject(tree, i)
    needing = subject is not None and tree[subject].lemma in NEEDING and tree[i].lemma in NEEDS
    must = clauses.modality(tree, i) == "must"
    if not must and not (needing and tree[i].lemma in _DEPENDING):
        return
    speaker, seats = d.table.speaker(i), d.table.seats(subject)
    if not speaker or any(s.party == speaker for s in seats):
        return
    p = Predicate(i, "demands", "verb", "must")
    parts = d.stretches(p)
    first = i if needing or subject is None else min(tree.edges[subject][0], i)
    main = Stretch(first, parts.main.last, first)
    named = [n for n in d.issues.of(main) if must or n.issue != TALKS]
    yield from _on_whom(d, speaker, p, seats, main, named, parts.condition_first, "needs")


def _on_whom(
    d: Discourse, speaker: str, p: Predicate, seats: Sequence[Seat], main: Stretch, named: Sequence[Named],
    condition: Stretch | None, rule: str,
) -> Iterator[Move]:  # fmt: skip
    """What a speaker asks of whoever is named, or refuses if it must not be."""
    act: Act = "rejects" if clauses.negated(d.tree, p.head) else "demands"
    for n in named:
        by = seats[0].party if seats and n.given != "mutual" else giver(d.table, speaker, act, n, main)
        yield d.move(Seat(speaker, p.head), act, n.issue, p, main, by, n, condition, rule)


def _refusals(d: Discourse, i: int) -> Iterator[Move]:
    """ "The sites will never be opened", said by whoever would have to open them: a refusal."""
    tree, speaker = d.tree, d.table.speaker(i)
    if not speaker or i in d.told or unreal(tree, i):
        return
    subject = clauses.subject(tree, i)
    if subject is None or clauses.modality(tree, i) not in ("will", "would") or not clauses.negated(tree, i):
        return
    if any(s.party != speaker for s in d.table.seats(subject)):
        return
    p = Predicate(i, "rejects", "verb", "will not")
    parts = d.stretches(p)
    first = min(tree.edges[subject][0], parts.main.first) if subject < i else parts.main.first
    main = Stretch(first, parts.main.last, first)
    for n in d.issues.of(main):
        by = giver(d.table, speaker, "offers", n, main)
        yield d.move(Seat(speaker, i), "rejects", n.issue, p, main, by, n, parts.condition_first, "refusal")


def _undone(d: Discourse, i: int) -> bool:
    """A deed in the passive that names nobody who does it."""
    passive = d.predicates[i].act == "delivers" and clauses.passive(d.tree, i)
    return passive and clauses.agent(d.tree, i) is None


def _lackings(d: Discourse, i: int) -> Iterator[Move]:
    """ "There will be no deal without X", "without X there is no peace": demands of the speaker."""
    tree, speaker, up = d.tree, d.table.speaker(i), d.tree[i].head
    if not speaker or tree[i].dep != "prep" or unreal(tree, i):
        return
    around = (up, *tree.kids(up, "nsubj", "nsubjpass", "attr", "dobj"), tree[up].head)
    if any(tree[j].lemma in NEEDING and any(tree[k].lemma == "no" for k in tree.kids(j, "det")) for j in around):
        s = Stretch(i + 1, max(tree.edges[i][1], i + 2), i)
        p = Predicate(i, "demands", "verb", "without")
        yield from d.moves_on(Seat(speaker, i), "demands", p, s, d.issues.terms(s), rule="needs")


def _carryings(d: Discourse, i: int) -> Iterator[Move]:
    """A text that goes "through" somebody, or that mediators carry: they mediate."""
    tree = d.tree
    if tree[i].dep not in _CLAUSES or i in d.told or unreal(tree, i):
        return
    subject = clauses.subject(tree, i)
    heads = tree.kids(i, "pobj") if tree[i].pos == "ADP" else [] if subject is None else [subject]
    p = Predicate(i, "mediates", "verb", tree[i].lemma)
    for seat in d.table.seats_of_all(heads):
        if seat.party in d.table.mediators:
            yield d.move(seat, "mediates", TALKS, p, Stretch(i, tree.edges[i][1], i), rule="carrying")
