"""Moves that a predicate of the lexicon makes: a verb, noun or adjective with somebody who acts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms import clauses
from onthetable.terms.acts import WHOLE, Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.exchanges import counterparts
from onthetable.terms.givers import giver
from onthetable.terms.implied import duties, falsehoods
from onthetable.terms.issues import TALKS, Named
from onthetable.terms.meetings import several, with_partner
from onthetable.terms.stretches import Stretch, Stretches, lacking
from onthetable.terms.table import Seat
from onthetable.terms.turns import (
    asserted,
    brought_to_nothing,
    made_to,
    outcome,
    reckoned,
    taking_over,
    tells_only,
    to_come,
    tries_to,
    turned,
    unreal,
)  # fmt: skip
from onthetable.tree import Token

_DATA = load("onthetable.terms", "moves.toml")
_PUSHING = frozenset(_DATA["pushing"])
_WHOLE_KEYS = frozenset(_DATA["whole"])
_CONFERRING = frozenset(_DATA["conferring"])
_TWO_SIDED = frozenset(_DATA["two_sided"])
_WIDE = frozenset(_DATA["wide"])
_ANSWERS: frozenset[Act] = frozenset({"accepts", "rejects", "considers"})
_SUBSTITUTED: frozenset[Act] = frozenset({"accepts", "rejects"})
"""Answers to "it" that are about what it would give; studying it is about the talks."""
_PROMOTING = frozenset(_DATA["promoting"])
_CLAIMS = frozenset(_DATA["claims"])
_DENIABLE = (WHOLE | _CLAIMS | {"talk"}) - {"it", "this", "that", "them", "those"}
_TRUCE = frozenset({TALKS, "ceasefire", "end-of-war"})
"""The issues that a mediator pushes for on nobody's side."""
_POINTING = frozenset(_DATA["pointing"])
_FORMER = frozenset(_DATA["former"])
_ANYTHING = frozenset(_DATA["anything"])
_TALKS = frozenset(load("onthetable.terms", "attending.toml")["talks"]) | {"meeting", "session", "dialogue", "table"}
_FIGHTING = frozenset(_DATA["fighting"])
_TERMS = frozenset(_DATA["terms"])
_OUTSIDERS = frozenset(_DATA["outsiders"])
_LEADING = frozenset(_DATA["leading"])
_ASKING = frozenset(_DATA["asking"])
_PRESS = frozenset(_DATA["press"])
_SOON = 6
"""How many tokens behind "ask" may tell whom or what."""
OTHER = "other"
"""The issue of a move on something that no pack names."""


def predicated(d: Discourse, p: Predicate) -> Iterator[Move]:
    """The moves of one predicate; what it governs counts as told."""
    tree, i = d.tree, p.head
    if i in d.told or unreal(tree, i):
        return
    if clauses.purpose(tree, i) and p.act not in ("meets", "mediates"):
        d.tell(i)
        return
    if p.form == "adjective" and p.act == "denies":
        yield from falsehoods(d, p)
        return
    inner = taking_over(tree, p, d.predicates)
    if inner:
        d.told.add(inner.head)
    act = turned(tree, inner.act if inner else p.act, p)
    if act is None or tells_only(tree, p) or tries_to(tree, p) or made_to(tree, i):
        return
    if reckoned(tree, p) or outcome(tree, p) or brought_to_nothing(tree, i):
        return
    if _to_reporters(d, p):
        return
    seats = [s for s in d.table.actors(p) if not d.table.own_side(p, s)]
    parts = d.stretches(p)
    if clauses.modality(tree, i) == "must":
        yield from duties(d, p, seats, parts)
        return
    if not asserted(d.table, p, seats):
        return
    d.tell(i)
    if act == "concedes":
        d.told.update(o for o in tree.kids(i, "dobj") if not tree.kids(o, "acl", "ccomp", "relcl"))
    for s in (*parts.exchange, *parts.condition):
        inside = (j for j in range(s.first, s.last) if j in d.predicates)
        d.told.update(j for j in inside if d.table.statement(j) is d.table.statement(i))
    for seat in seats:
        own = _at_table(d, seat, act, p, parts.main)
        if own:
            yield from _moves_of(d, seat, own, p, parts)


def _to_reporters(d: Discourse, p: Predicate) -> bool:
    """What is asked of the press, or by it: "asked not to be named", "asked whether", "ask me tomorrow"."""
    if p.key not in _ASKING:
        return False
    tree = d.tree
    if tree[p.head].tag == "VBN" and tree[p.head].dep == "advcl":
        return True
    near = {tree[j].text.lower() for j in range(p.head, min(p.head + _SOON, len(tree)))}
    return not near.isdisjoint(_PRESS)


def _at_table(d: Discourse, seat: Seat, act: Act, p: Predicate, main: Stretch) -> Act | None:
    """The act by who acts: a principal that "mediates" meets, a mediator that meets or pushes for a truce mediates."""
    if act == "considers" and p.key in _CONFERRING:
        several_meet = d.table.case.open or len({s.party for s in d.table.actors(p)}) > 1
        act = "meets" if several_meet or with_partner(d, p.head) else "considers"
    if act == "mediates" and seat.party in d.table.principals:
        return "meets" if p.key not in _LEADING and with_partner(d, p.head) else None
    mediator = d.table.mediates(seat)
    if act == "meets" and mediator:
        return "mediates"
    if act == "demands" and p.key in (_PROMOTING if d.table.case.open else _PUSHING if mediator else ()):
        named = {n.issue for n in d.issues.of(main)}
        return "mediates" if named <= _TRUCE and (named or _vague_push(d, p, main)) else act
    return act


def _vague_push(d: Discourse, p: Predicate, main: Stretch) -> bool:
    """Whether a push that names no issue is one for a deal."""
    nouns = (d.tree[j] for j in range(main.first, main.last) if d.tree[j].pos == "NOUN")
    return p.key != "want" and (not d.table.case.open or any(t.lemma in WHOLE for t in nouns))


def _moves_of(d: Discourse, seat: Seat, act: Act, p: Predicate, parts: Stretches) -> Iterator[Move]:
    if act in ("meets", "mediates"):
        if d.tree[p.head].tag == "VBN" and d.tree[p.head].dep == "amod":
            return  # "the Selland-brokered truce" is history
        if d.table.case.open and not _of_talks(d, p, parts.main):
            return
        if not _bygone_talks(d, p) and _takes_place(d, act, p):
            yield d.move(seat, act, TALKS, p, parts.main)
            yield from _brought_together(d, act, p, parts.main)
        return
    missing = lacking(d.tree, parts) if act == "rejects" else None
    if missing:
        for n in d.issues.terms(missing):
            by = giver(d.table, seat.party, "demands", n, missing)
            yield d.move(seat, "demands", n.issue, p, parts.main, by, n)
        return
    if p.form == "noun":
        parts = replace(parts, main=_equated(d, p, parts.main))
    named = _about(d, act, parts.main)
    vague = all(n.issue == TALKS for n in named)
    if vague and (act == "delivers" or (act == "offers" and p.form == "noun")):
        return
    if act == "delivers":
        act = _delivery(d, p, named)
    if d.table.case.open and not _between_parties(d, seat, act, p):
        return
    if named:
        yield from d.moves_on(seat, act, p, parts.main, named, parts.condition_first)
    elif act == "concedes" and p.key not in _WHOLE_KEYS and _own_demand(d, parts.main):
        yield d.move(seat, act, TALKS, p, parts.main, condition=parts.condition_first, rule="own")
    elif _on_the_whole(d, act, p, parts.main):
        carried = act == "denies" or (d.table.case.open and _points_back(d, parts.main))
        about = d.issues.before(parts.main.first) if carried else TALKS
        if act == "denies" and not d.table.case.open and _elsewhere(d, parts.main):
            return
        if about == TALKS and act == "denies" and not d.table.case.open and not _claimed(d, p, parts.main):
            return
        rule = "whole" if act in _SUBSTITUTED and p.key not in _WHOLE_KEYS else ""
        yield d.move(seat, act, about, p, parts.main, condition=parts.condition_first, rule=rule)
    else:
        if d.table.case.open and _has_object(d, p):
            yield d.move(seat, act, OTHER, p, parts.main, condition=parts.condition_first)
        return
    yield from counterparts(d, seat, act, p, parts)


def _between_parties(d: Discourse, seat: Seat, act: Act, p: Predicate) -> bool:
    """Whether a reproach is about the talks and no outsider's, and a deed may be agreed on, where anybody may act."""
    if act == "accuses":
        first, last = d.tree.edges[p.head]
        words = (d.tree[j] for j in range(first, last))
        about = d.issues.between(first, last) or any(_is_of_table(t) for t in words)
        return bool(about) and d.tree[seat.head].lemma not in _OUTSIDERS
    if act == "delivers":
        if not _is_done(d, p.head):
            return False
        objects = d.tree.kids(p.head, "dobj", "nsubjpass")
        inside = [Stretch(*d.tree.edges[o], o) for o in objects]
        if d.tree[p.head].dep == "acl":
            noun = d.tree[p.head].head
            inside = [Stretch(d.tree.edges[noun][0], noun + 1, noun)]
        return p.key not in _FIGHTING and (not inside or any(d.issues.of(s) for s in inside))
    return True


def _is_done(d: Discourse, i: int) -> bool:
    """Whether a verb form tells a deed: "freed", "have freed", "is freeing", not "free" or "freeing" alone."""
    helped = d.tree.kids(i, "aux", "auxpass")
    return d.tree[i].tag in ("VBD", "VBN") or (d.tree[i].tag == "VBG" and bool(helped)) or d.tree[i].dep == "xcomp"


def _is_of_table(t: Token) -> bool:
    return t.pos == "NOUN" and (t.lemma in WHOLE or t.lemma in _TALKS or t.lemma in _TERMS)


def _about(d: Discourse, act: Act, main: Stretch) -> list[Named]:
    """The issues that an act is about; those of a claim for a denial, those named before for "it"."""
    if act == "accuses":
        return []
    if act == "denies":
        inside = [n for n in d.issues.between(main.first, main.last) if n.issue != TALKS][:1]
        return inside or d.named(main)
    named = d.named(main)
    if named or act not in ("offers", "demands", "concedes", *_SUBSTITUTED):
        return named
    taken = d.taken_up(main)
    return [] if act in _SUBSTITUTED and len(taken) < 2 else taken


def _equated(d: Discourse, p: Predicate, main: Stretch) -> Stretch:
    """ "An end to the subsidy was their price": a noun may be about the subject of its verb."""
    tree = d.tree
    subject = tree.kid(tree[p.head].head, "nsubj") if tree[p.head].dep == "attr" else None
    if subject is None or d.issues.terms(main):
        return main
    first = tree.edges[subject][0]
    return Stretch(first, max(main.last, tree.edges[subject][1]), first)


def _bygone_talks(d: Discourse, p: Predicate) -> bool:
    """ "Took part in previous rounds": history."""
    tree = d.tree
    nouns = [p.head, *(o for c in (p.head, *tree.kids(p.head, "prep")) for o in tree.kids(c, "dobj", "pobj"))]
    return any(tree[a].lemma in _FORMER for n in nouns for a in tree.kids(n, "amod"))


def _of_talks(d: Discourse, p: Predicate, main: Stretch) -> bool:
    """Whether a verb that may be about anything ("took part", "hosted") is about talks."""
    if p.key not in _ANYTHING:
        return True
    first, subject = min(main.first, p.head), clauses.subject(d.tree, p.head)
    if subject is not None and _is_of_table(d.tree[subject]):
        return True
    peace = any(n.issue in _TRUCE for n in d.issues.between(first, main.last))
    return peace or any(_is_of_table(d.tree[j]) for j in range(first, main.last))


def _brought_together(d: Discourse, act: Act, p: Predicate, main: Stretch) -> Iterator[Move]:
    """Those whom a mediator brings together meet."""
    if act == "mediates" and ("together" in p.key or "table" in p.key):
        for other in d.table.seats_of_all(d.tree.kids(p.head, "dobj")):
            if other.party in d.table.principals:
                yield d.move(other, "meets", TALKS, p, main, rule="host")


def _takes_place(d: Discourse, act: Act, p: Predicate) -> bool:
    """Whether a predicate of meeting is no part of a name, and no meeting of one side by itself."""
    by_itself = act == "meets" and (
        "meeting" in p.key or p.key in _TWO_SIDED or (p.form == "noun" and d.table.case.open)
    )
    return not by_itself or with_partner(d, p.head) or (p.key == "meet" and several(d, p))


def _on_the_whole(d: Discourse, act: Act, p: Predicate, main: Stretch) -> bool:
    """Whether an act that names no issue is about all that is on the table: "accepted the deal", "backed down"."""
    if act in ("accuses", "denies") or p.key in _WHOLE_KEYS:
        return True
    if clauses.negated(d.tree, p.head) and p.act in ("offers", "considers"):
        return False
    words = (d.tree[j] for j in range(main.first, main.last))
    return any(t.lemma in WHOLE and (act in _ANSWERS or t.pos in ("NOUN", "PROPN")) for t in words)


def _points_back(d: Discourse, main: Stretch) -> bool:
    """Whether what is answered is only pointed at: "dismissed the idea", "agreed to this"."""
    words = {d.tree[j].lemma for j in range(main.first, main.last)}
    return not words.isdisjoint(_POINTING)


def _elsewhere(d: Discourse, main: Stretch) -> bool:
    """Whether a claim that is denied is "of" or "about" something that no pack names."""
    told = (j for j in range(main.first, main.last) if d.tree[j].lemma in _CLAIMS)
    return any(d.tree[c].lemma in ("of", "about") for j in told for c in d.tree.kids(j, "prep"))


def _claimed(d: Discourse, p: Predicate, main: Stretch) -> bool:
    """Whether a denial that names no issue is at least of something said, or of something about the talks."""
    words = {d.tree[j].lemma for j in range(main.first, main.last)}
    return " " in p.key or not words.isdisjoint(_DENIABLE)


def _own_demand(d: Discourse, main: Stretch) -> bool:
    """Whether what is given up is a demand that the clause does not name: "lowered its claim"."""
    nouns = [n for j in range(main.first, main.last) if (n := d.predicates.get(j)) and n.form == "noun"]
    bare = [n for n in nouns if not any(d.tree[c].lemma == "for" for c in d.tree.kids(n.head, "prep"))]
    return any(n.act == "demands" and not d.tree.kids(n.head, "acl", "ccomp", "relcl") for n in bare)


def _has_object(d: Discourse, p: Predicate) -> bool:
    """Whether a predicate that names no issue of the packs says at least what it is about."""
    if p.form == "noun" or p.key in _WIDE or (clauses.negated(d.tree, p.head) and p.act in ("offers", "considers")):
        return False
    return bool(d.tree.kids(p.head, "dobj", "xcomp", "ccomp", "prep", "nsubjpass"))


def _delivery(d: Discourse, p: Predicate, named: Sequence[Named]) -> Act:
    """What a verb of giving is in its mood: done, promised, or threatened."""
    if not to_come(d.tree, p.head):
        return "delivers"
    return "threatens" if any(n.issue == "industrial-action" for n in named) else "offers"
