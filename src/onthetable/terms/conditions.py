"""Conditions and exchanges between clauses: what is promised or refused on terms, and the terms that are asked.

"A will lift the ban if B cuts its duty" offers the one and asks for the other; "not until", "unless" and
"before" refuse the one until the other is given. The condition may stand before or behind what depends on it.
Conditionals as in event factuality (Saurí and Pustejovsky 2009), commissives after Searle (1976).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms import clauses
from onthetable.terms.acts import Predicate
from onthetable.terms.bargains import imperative, in_return, met_with, paper_swaps
from onthetable.terms.commitments import BURDENS, DEEDS, SAYING, committed, is_denied, of_deal, own_can, own_deed
from onthetable.terms.discourse import Discourse
from onthetable.terms.issues import OTHER, TALKS, Named
from onthetable.terms.prices import at_no_price, listed, priced, slogan, tied_to
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Seat
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "conditions.toml")
_MOVES = load("onthetable.terms", "moves.toml")
_LACKING = frozenset(_DATA["lacking"])
_TIMING = frozenset(_DATA["timing"])
_IDLE = frozenset(_DATA["idle"])
_KEEPING = frozenset(_DATA["keeping"])
_LIFTING = frozenset((*_DATA["lifting"], *_MOVES["relieving"]))
_GETTING = frozenset(_DATA["getting"])
_BY_KEY: dict[str, str] = {k: issue for issue, keys in _MOVES["by_key"].items() for k in keys}
_SUPPORTING = frozenset(_DATA["supporting"])
_ANSWERS: frozenset[Act] = frozenset({"offers", "accepts", "rejects", "considers", "threatens"})
"""The acts whose terms are asked for where they stand before them."""
_LONG = 100
"""How many tokens of a clause are looked at for verbs of lifting."""
_HIGH = 6
"""How many heads up from a condition what depends on it may stand."""
_NEAR = 12
"""Within how many tokens of its opener the verb of a condition stands where the parser has not tied them."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A clause or phrase that something depends on: its opener and span, its verb, and the verb that depends."""

    opens: int
    first: int
    last: int
    verb: int | None
    head: int
    opener: str
    denied: bool
    """Whether "not" stands before the opener: "not until", "not unless"."""


def conditions(d: Discourse) -> Iterator[Move]:
    """What is promised, refused and asked on terms: behind openers of conditions first, then word by word."""
    if d.table.case.open:
        return
    for j, size in d.openers.condition:
        c = _condition(d.tree, j, size)
        if c is not None:
            yield from _on_terms(d, c)
    for t in d.tree.tokens:
        yield from in_return(d, t.i)
        yield from tied_to(d, t.i)
        yield from priced(d, t.i)
        yield from met_with(d, t.i)
        yield from slogan(d, t.i)
        yield from listed(d, t.i)
        yield from imperative(d, t.i)
        yield from at_no_price(d, t.i)
        yield from paper_swaps(d, t.i)


def _condition(tree: Tree, j: int, size: int) -> Condition | None:
    """What an opener opens; None where it is no condition of a verb."""
    begin, end = tree.sentence(j)
    words = [tree[k].text.lower() for k in range(j, j + size)]
    before = tree[j - 1].text.lower() if j > begin else ""
    if before in _IDLE and words[0] == "if":
        return None
    first = j + size
    if words[0] == "if" and first + 1 < end and tree[first].text == "," and tree[first + 1].text.lower() == "and":
        return None  # "if, and only if,": the second one tells
    inside = reversed(range(j, first))
    marked = [(tree[t].dep, tree[t].head) for t in inside if tree[t].dep in ("mark", "advmod", "aux")]
    verb = next((v for dep, v in marked if v >= first and (dep == "mark" or tree[v].pos in ("VERB", "AUX"))), None)
    lone = verb is None
    if verb is None:
        near = range(first, min(first + _NEAR, end))
        verb = next((v for v in near if tree[v].pos in ("VERB", "AUX") and tree[v].dep not in ("aux", "auxpass")), None)
        if verb is None or words[0] in ("without", *_TIMING):
            return None
    if before == "for" and tree[verb].lemma in ("take", "need"):
        return None  # "for as long as it takes"
    last = max(tree.edges[verb][1], first + 1)
    head = _dependent(tree, verb, j)
    if head is None or (lone and head > j):
        return None
    denied = before == "not"
    if denied and j - 2 >= begin and tree[j - 2].text.lower() in ("but", "though", "and", "only"):
        return Condition(j, first, min(last, end), verb, head, "after", False)  # "but not before"
    opener = words[1] if words[0] in ("only", "solely") and len(words) > 1 else words[0]
    return Condition(j, first, min(last, end), verb, head, opener, denied)


def _dependent(tree: Tree, verb: int, opens: int) -> int | None:
    """The verb that depends on a condition; past "Monk said" and the like, whatever the parser hangs it on."""
    for up in islice(tree.above(verb), _HIGH):
        if tree[up].pos not in ("VERB", "AUX") or opens <= up < verb:
            continue
        if tree[up].lemma in SAYING and not clauses.modality(tree, up):
            told = [c for c in tree.kids(up, "ccomp") if c != verb and not opens <= c < verb]
            if told:
                return told[-1]
            continue
        return up
    return None


def _on_terms(d: Discourse, c: Condition) -> Iterator[Move]:
    """What depends on a condition, and what the condition asks."""
    tree, h = d.tree, c.head
    if clauses.question(tree, h) or h in d.told or any(tree[k].text.lower() == "had" for k in tree.kids(h, "aux")):
        return
    if any(tree[k].lemma == "have" for k in tree.kids(h, "aux")) and clauses.modality(tree, h) == "would":
        return  # "would have signed, had they": what was not to be
    mood, denied = clauses.modality(tree, h), c.denied or is_denied(tree, h)
    if c.opener in _TIMING and mood not in ("will", "would") and not denied and not own_can(d, h):
        return
    seat = committed(d, h)
    if seat is None or seat.party in d.table.mediators:
        return
    known = d.predicates.get(h)
    yielding = mood == "may" and known is not None and known.act == "accepts" and not denied
    plain = known is None or known.act in DEEDS or yielding
    if plain and mood in ("will", "would", "may"):
        act, named, main = _promised(d, c, denied)
        act = "accepts" if act == "offers" and (yielding or tree[h].lemma in _SUPPORTING) else act
        if act == "threatens" and not (d.table.speaker(h) in (None, seat.party) and c.opener in ("if", "unless")):
            return
        if act and (named or (known and known.act == "meets" and denied)):
            d.tell(h)
            d.told.add(h)
            p = Predicate(h, act, "verb", "on terms")
            yield from own_deed(d, seat, act, p, main, named, Stretch(c.opens, c.last, c.opens))
            if not named:
                yield d.move(seat, act, TALKS, p, main, condition=Stretch(c.opens, c.last, c.opens), rule="condition")
        elif act == "offers" and not of_deal(d, h) and d.table.speaker(h) != seat.party:
            return
        if act == "threatens" and not (c.opener == "unless" or (c.verb is not None and clauses.negated(tree, c.verb))):
            return
    elif plain:
        if not of_deal(d, h):
            return
    elif known is None or known.act not in _ANSWERS or c.opens > h:
        return  # what follows a predicate is told with it
    yield from _asked(d, c, seat)


def _promised(d: Discourse, c: Condition, denied: bool) -> tuple[Act | None, list[Named], Stretch]:
    """The act by which a plain deed on terms is moved, and on which issues."""
    tree, h = d.tree, c.head
    first, last = tree.edges[h]
    main = Stretch(first, c.opens, first) if c.opens > h else Stretch(max(first, c.last), last, max(first, c.last))
    if c.opens > h and main.last <= h:
        main = Stretch(first, h + 1, first)
    named = [n for n in d.issues.of(main) if n.issue != TALKS]
    burden = any(n.issue in BURDENS for n in named)
    words = {tree[k].lemma for k in range(main.first, min(main.last, main.first + _LONG))}
    known = d.predicates.get(h)
    lifts = not words.isdisjoint(_LIFTING) or (known is not None and known.act == "concedes")
    if burden and not lifts:
        keeps = tree[h].lemma in _KEEPING and (c.opener in _LACKING or c.opener in ("as", "so"))
        return ("rejects" if keeps else "offers" if denied else "threatens"), named, main
    if denied:
        return "rejects", named, main
    return (None if c.opener in _LACKING else "offers"), named, main


def _asked(d: Discourse, c: Condition, seat: Seat) -> Iterator[Move]:
    """What a condition names, asked for by whoever has made it; what it tells is no deed."""
    tree = d.tree
    d.told.update(k for k in range(c.first, c.last) if k in d.predicates)
    if c.verb is not None:
        own = any(s.party == seat.party for s in d.table.seats(tree.kid(c.verb, "nsubj")))
        if own and tree[c.verb].lemma not in _GETTING:
            return
    s = Stretch(c.first, c.last, c.opens)
    p = Predicate(c.head, "demands", "verb", "on terms")
    named = [n for n in d.named(s) if n.issue != TALKS]
    keys = ((k, _BY_KEY.get(d.predicates[k].key)) for k in range(c.first, c.last) if k in d.predicates)
    named = named or [Named(issue, k, k + 1, k, "") for k, issue in keys if issue and issue != OTHER][:1]
    yield from d.moves_on(seat, "demands", p, s, named, rule="condition")
