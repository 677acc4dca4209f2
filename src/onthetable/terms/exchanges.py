"""What goes in exchange, and what a move depends on: moves of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms import clauses
from onthetable.terms.acts import PACTS, Predicate
from onthetable.terms.custom import given_words
from onthetable.terms.discourse import Discourse
from onthetable.terms.issues import OTHER, TALKS, Named
from onthetable.terms.stretches import Stretch, Stretches
from onthetable.terms.table import Seat

_STATE = frozenset(load("onthetable.terms", "moves.toml")["state"])
_ASKING = frozenset(load("onthetable.terms", "moves.toml")["asking_openers"])
_TIMING = frozenset({"after", "before", "once", "should"})
"""Openers that mostly tell when, where anybody may act."""
_GIVING: frozenset[Act] = frozenset({"offers", "accepts", "considers"})
_CONDITIONAL: frozenset[Act] = frozenset({"offers", "accepts", "considers", "rejects", "threatens"})


def counterparts(d: Discourse, seat: Seat, act: Act, p: Predicate, parts: Stretches) -> Iterator[Move]:
    """What goes in exchange is asked for by whoever gives, and given by whoever asks; conditions are asked for."""
    other = _in_return(d, seat, act, p)
    taker = d.table.other(seat.party) if other == "delivers" else None
    by = Seat(taker, seat.head) if taker else seat
    for s in parts.exchange if other else ():
        named = d.issues.terms(s) or _like_for_like(d, parts.main, s)
        if other == "delivers":
            named = [n for n in named if n.given != "mutual"]  # a truce that is kept is nobody's delivery
        yield from d.moves_on(by, other or act, p, s, named)
        if d.table.case.open and not named:
            yield d.move(by, other or act, OTHER, p, s)
    for s in parts.condition if act in _CONDITIONAL else ():
        opener = d.tree[s.opens].text.lower()
        if d.table.case.open and (opener in _TIMING or (opener == "if" and act == "threatens" and not _denied(d, s))):
            continue
        if act != "rejects" or opener not in _STATE:
            named = d.named(s)
            terms = [n for n in named if n.issue != TALKS]
            yield from d.moves_on(seat, "demands", p, s, terms)
            if d.table.case.open and not terms and _of_others(d, seat, act, s):
                yield d.move(seat, "demands", TALKS if named else OTHER, p, s)


def _of_others(d: Discourse, seat: Seat, act: Act, s: Stretch) -> bool:
    """Whether a condition is a deed of somebody else: "unless the firm drops its plan", not "if it is elected"."""
    opener = d.tree[s.opens].text.lower()
    if opener not in _ASKING or (opener == "if" and act == "threatens"):
        return False
    done = (c for c in _marked(d, s) if not clauses.negated(d.tree, c))
    return any(other.party != seat.party for c in done for other in d.table.seats(d.tree.kid(c, "nsubj")))


def _marked(d: Discourse, s: Stretch) -> list[int]:
    """The verbs of the clause that a condition opens."""
    return [d.tree[j].head for j in range(s.opens, s.first) if d.tree[j].dep in ("mark", "advmod")]


def _denied(d: Discourse, s: Stretch) -> bool:
    """ "If the pay is not raised": what is threatened for want of something asks for it."""
    return any(clauses.negated(d.tree, c) for c in _marked(d, s))


def _like_for_like(d: Discourse, main: Stretch, s: Stretch) -> list[Named]:
    """What is swapped for its like: in "to exchange the miners for all the drivers" both sides let people go."""
    if d.tree[s.opens].text.lower() != "for":
        return []
    for n in d.issues.terms(main):
        for hit in given_words(d.table.case.with_all_packs().packs, n.issue).find(d.tree, s.first, s.last):
            return [replace(n, first=hit.first, last=hit.last, head=hit.first)]
    return []


def _in_return(d: Discourse, seat: Seat, act: Act, p: Predicate) -> Act | None:
    """The act by which the other half of an exchange is moved.

    A mediator, who delivers, and who has agreed a deal moves both halves alike.
    """
    agreed = act == "accepts" and p.key.rpartition(" ")[2] in PACTS
    if act == "delivers" or seat.party in d.table.mediators or agreed:
        return act
    return "demands" if act in _GIVING else "offers" if act == "demands" else None
