"""Prices: what is named as the condition of something, by a noun, a verb of tying or a slogan, and what has none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from onthetable.lexicon import load
from onthetable.model import Move
from onthetable.terms import clauses
from onthetable.terms.actors import owner_of
from onthetable.terms.acts import Predicate
from onthetable.terms.commitments import SAYING, own_deed
from onthetable.terms.discourse import Discourse
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Seat
from onthetable.terms.turns import unreal

_DATA = load("onthetable.terms", "conditions.toml")
_TYING = frozenset(_DATA["tying"])
_PRICES = frozenset(_DATA["prices"])
_CALLING = frozenset(_DATA["calling"])
_CONSENTS = frozenset(_DATA["consents"])
_MESSAGES = frozenset(_DATA["messages"])
_MOVING = frozenset(_DATA["moving"])
_LINKING = frozenset(_DATA["linking"])
_NEAR = 12
"""Within how many tokens the first half of a slogan ends."""


def tied_to(d: Discourse, i: int) -> Iterator[Move]:
    """ "The rise is contingent on longer shifts": what something is tied to is asked for by whoever says so."""
    tree = d.tree
    hinges = tree[i].lemma in ("hinge", "depend") and tree[i].pos == "VERB"
    links = tree[i].lemma in _LINKING and tree[i].pos == "VERB" and bool(tree.kids(i, "dobj", "nsubjpass"))
    states = tree[i].lemma in _TYING and tree[i].dep in ("acomp", "attr", "oprd", "ROOT", "ccomp", "conj", "amod")
    if not (hinges or links or states) or unreal(tree, i):
        return
    towards = ("to", "with") if links else ("on", "upon") if hinges else ("on", "upon", "to")
    below = (i, *tree.kids(i, "dobj")) if links else (i, tree[i].head) if tree[tree[i].head].lemma == "be" else (i,)
    near = (c for j in below for c in tree.kids(j, "prep", "dative") if links or i < c <= i + 2)
    on = next((c for c in near if tree[c].lemma in towards), None)
    up = next((k for k in (i, *islice(tree.above(i), 3)) if tree[k].lemma in ("make", "be")), i)
    nothing = any(tree[k].lemma == "nothing" for k in (*tree.kids(up, "dobj", "nsubj"), *tree.kids(i, "nsubj", "dobj")))
    if on is None or nothing or clauses.negated(tree, i) or clauses.negated(tree, up) or i in d.told:
        return
    speaker = d.table.speaker(i)
    active = (tree[up].lemma == "make" and not clauses.passive(tree, up)) or (links and not clauses.passive(tree, i))
    makers = d.table.seats(clauses.subject(tree, i if links else up)) if active else []
    owner = owner_of(d.table, subject) if (subject := clauses.subject(tree, i)) is not None else None
    owned = d.table.seats(owner)
    seat = makers[0] if makers else Seat(speaker, i) if speaker else owned[0] if owned else None
    if seat is None or seat.party in d.table.mediators:
        return
    s = Stretch(on + 1, max(tree.edges[on][1], on + 2), on)
    d.told.update(k for k in range(s.first, s.last) if k in d.predicates)
    if links:
        d.tell(i)
        d.told.add(i)
    p = Predicate(i, "demands", "adjective", "tied")
    yield from d.moves_on(seat, "demands", p, s, d.issues.terms(s), rule="condition")


def priced(d: Discourse, i: int) -> Iterator[Move]:
    """ "The price of A's consent is B", "B is the price of peace", "made B a condition of any deal": B is asked for."""
    tree = d.tree
    if tree[i].lemma not in _PRICES or tree[i].pos != "NOUN" or i in d.told:
        return
    up, speaker = tree[i].head, d.table.speaker(i)
    behind = [c for c in tree.kids(i, "prep") if tree[c].lemma in ("of", "for", "to")]
    consents = [o for c in behind for o in tree.kids(c, "pobj") if tree[o].lemma in _CONSENTS]
    owners = d.table.seats_of_all(c for o in (i, *consents) for c in tree.kids(o, "poss"))
    made = next((k for k in islice(tree.above(i), 3) if tree[k].lemma in _CALLING and tree[k].pos == "VERB"), None)
    if made is not None and behind and not clauses.negated(tree, made):
        seats = d.table.seats(clauses.subject(tree, made)) if not clauses.passive(tree, made) else []
        s = Stretch(made + 1, i, made + 1)
        if i < made or not seats:
            return
    elif tree[up].lemma == "be" and tree[i].dep in ("nsubj", "attr") and (behind or owners):
        seats = owners or ([Seat(speaker, i)] if speaker else [])
        last = tree.edges[up][1]
        subject = tree.kid(up, "nsubj", "csubj")
        if tree[i].dep == "nsubj":
            s = Stretch(up + 1, last, up + 1)
        elif subject is not None and subject != i:
            s = Stretch(*tree.edges[subject], tree.edges[subject][0])
        else:
            return
        if clauses.negated(tree, up):
            return
    else:
        return
    named = d.issues.terms(s)
    if not named or not seats or seats[0].party in d.table.mediators:
        return
    d.tell(i)
    d.told.update({i, *(k for k in range(s.first, s.last) if k in d.predicates)})
    if made is not None:
        d.told.add(made)
    p = Predicate(i, "demands", "noun", "price")
    for n in named:
        yield from d.moves_on(seats[0], "demands", p, s, [n], rule="condition")


def listed(d: Discourse, i: int) -> Iterator[Move]:
    """ "On one condition: that the funds be released": what a colon opens behind the word is asked for."""
    tree = d.tree
    if tree[i].lemma not in ("condition", "proviso", "caveat") or i + 2 >= len(tree) or i in d.told:
        return
    last = tree.sentence(i)[1]
    if tree[i + 1].text not in (":", "–", "—") or tree[tree[i].head].lemma not in ("on", "with", "under"):
        return
    verb = next((k for k in tree.above(i) if tree[k].pos in ("VERB", "AUX")), i)
    speaker = d.table.speaker(i)
    seats = d.table.seats(clauses.subject(tree, verb)) or ([Seat(speaker, i)] if speaker else [])
    s = Stretch(i + 2, last, i + 1)
    d.told.update(k for k in range(i, last) if k in d.predicates)
    p = Predicate(i, "demands", "noun", "condition")
    for seat in seats[:1]:
        yield from d.moves_on(seat, "demands", p, s, d.issues.terms(s), rule="condition")


def slogan(d: Discourse, i: int) -> Iterator[Move]:
    """ "No pay rise, no night shifts": what comes first is asked for, by whoever says so or whose message it is."""
    tree = d.tree
    first, last = tree.sentence(i)
    opening = all(tree[k].pos == "PUNCT" for k in range(first, i))
    if tree[i].text.lower() not in ("no", "without", "first") or not opening:
        return
    comma = next((k for k in range(i + 1, min(i + _NEAR, last)) if tree[k].text in (",", "-", "–", "—")), None)
    lacking = next((k for k in range(i + 1, comma or i) if tree[k].text.lower() == "without"), None)
    follows = "then" if tree[i].text.lower() == "first" else "no"
    if comma is None or comma + 1 >= last or not (lacking or tree[comma + 1].text.lower() == follows):
        return
    if any(tree[k].pos in ("VERB", "AUX") and tree[k].tag != "VBN" for k in range(i + 1, comma)):
        return
    owned = (k for k in range(comma, last) if tree[k].lemma in _MESSAGES and owner_of(d.table, k) is not None)
    speaker = d.table.speaker(i)
    said = (k for k in range(comma, last) if tree[k].lemma in SAYING | {"tell"} and tree[k].pos == "VERB")
    seats = [Seat(speaker, i)] if speaker else next((d.table.seats(owner_of(d.table, k)) for k in owned), [])
    seats = seats or next((d.table.seats(tree.kid(k, "nsubj")) for k in said), [])
    s = Stretch((lacking or i) + 1, comma, lacking or i)
    p = Predicate(i, "demands", "noun", "slogan")
    for seat in seats[:1]:
        yield from d.moves_on(seat, "demands", p, s, d.issues.terms(s), rule="condition")


def at_no_price(d: Discourse, i: int) -> Iterator[Move]:
    """ "No sum would make us give up the sites", "nothing will buy our consent": a refusal by whoever says so."""
    tree, speaker = d.tree, d.table.speaker(i)
    subject = tree.kid(i, "nsubj")
    if not speaker or subject is None or tree[i].lemma not in _MOVING or i in d.told:
        return
    words = {tree[subject].text.lower(), *(tree[k].text.lower() for k in tree.kids(subject, "det"))}
    if words.isdisjoint({"no", "nothing"}) or clauses.modality(tree, i) not in ("will", "would", "may"):
        return
    moved = tree.kids(i, "dobj", "dative") + [k for c in tree.kids(i, "ccomp", "xcomp") for k in tree.kids(c, "nsubj")]
    seats = d.table.seats_of_all(moved)
    if seats and seats[0].party != speaker:
        return
    s = Stretch(i + 1, max(tree.edges[i][1], i + 2), i)
    d.tell(i)
    d.told.update(k for k in range(i, s.last) if k in d.predicates)
    p = Predicate(i, "rejects", "verb", "no price")
    yield from own_deed(d, Seat(speaker, i), "rejects", p, s, d.issues.terms(s))
