"""What goes in exchange, and what a move depends on: moves of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms.acts import Predicate
from onthetable.terms.custom import given_words
from onthetable.terms.discourse import Discourse
from onthetable.terms.issues import TALKS, Named
from onthetable.terms.stretches import Stretch, Stretches
from onthetable.terms.table import Seat

_STATE = frozenset(load("onthetable.terms", "moves.toml")["state"])
_GIVING: frozenset[Act] = frozenset({"offers", "accepts", "considers"})
_CONDITIONAL: frozenset[Act] = frozenset({"offers", "accepts", "considers", "rejects", "threatens"})


def counterparts(d: Discourse, seat: Seat, act: Act, p: Predicate, parts: Stretches) -> Iterator[Move]:
    """What goes in exchange is asked for by whoever gives, and given by whoever asks; conditions are asked for."""
    other = _in_return(d, seat, act)
    taker = d.table.other(seat.party) if other == "delivers" else None
    by = Seat(taker, seat.head) if taker else seat
    for s in parts.exchange if other else ():
        yield from d.moves_on(by, other or act, p, s, d.issues.terms(s) or _like_for_like(d, parts.main, s))
    for s in parts.condition if act in _CONDITIONAL else ():
        if act != "rejects" or d.tree[s.opens].text.lower() not in _STATE:
            yield from d.moves_on(seat, "demands", p, s, [n for n in d.named(s) if n.issue != TALKS])


def _like_for_like(d: Discourse, main: Stretch, s: Stretch) -> list[Named]:
    """What is swapped for its like: in "to exchange the miners for all the drivers" both sides let people go."""
    if d.tree[s.opens].text.lower() != "for":
        return []
    for n in d.issues.terms(main):
        for hit in given_words(d.table.case.with_all_packs().packs, n.issue).find(d.tree, s.first, s.last):
            return [replace(n, first=hit.first, last=hit.last, head=hit.first)]
    return []


def _in_return(d: Discourse, seat: Seat, act: Act) -> Act | None:
    """The act by which the other half of an exchange is moved; a mediator, or who delivers, moves both alike."""
    if act == "delivers" or seat.party in d.table.mediators:
        return act
    return "demands" if act in _GIVING else "offers" if act == "demands" else None
