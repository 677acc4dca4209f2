"""Moves that a predicate of the lexicon makes: a verb, noun or adjective with somebody who acts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms import clauses
from onthetable.terms.actors import actors_of, asks_own_side
from onthetable.terms.acts import Predicate
from onthetable.terms.asides import dates_only, from_poll, publishes, to_reporters
from onthetable.terms.commitments import gives_up_demand
from onthetable.terms.discourse import Discourse
from onthetable.terms.exchanges import counterparts
from onthetable.terms.gatherings import brought_together, bygone_talks, of_talks, takes_place
from onthetable.terms.givers import giver
from onthetable.terms.implied import duties, falsehoods
from onthetable.terms.issues import OTHER, TALKS, Named
from onthetable.terms.matters import (
    SUBSTITUTED,
    WHOLE_KEYS,
    WORDED,
    about_else,
    denies_claim,
    has_object,
    made_known,
    matters,
    named_before,
    of_meeting,
    on_the_whole,
    own_demand,
    points_back,
    spelt_out,
    with_subject,
)
from onthetable.terms.meetings import several
from onthetable.terms.menacing import lest
from onthetable.terms.pacts import partners
from onthetable.terms.purposes import come_for, sat_over
from onthetable.terms.roles import at_table, summons_sides
from onthetable.terms.stretches import Stretch, Stretches, lacking
from onthetable.terms.table import Seat
from onthetable.terms.turns import (
    asserted,
    brought_to_nothing,
    foretold,
    made_to,
    outcome,
    reckoned,
    stopped_short,
    taking_over,
    tells_only,
    tries_to,
    turned,
    unreal,
)
from onthetable.terms.undertakings import BY_KEY, act_of_giving, as_agreed, between_parties, gives_counted, is_done
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "moves.toml")
_NEVER: frozenset[Act] = frozenset({"accepts", "offers", "concedes"})
"""What a party denies by saying that it never did it."""
_MEETING_AGAIN = frozenset(_DATA["meeting_again"])
_ON_TERMS = frozenset(_DATA["on_terms"])
_COMING_TOGETHER = frozenset(load("onthetable.terms", "turns.toml")["coming_together"])
_LETTING_GO = frozenset(_DATA["letting_go"])
_YIELDING = frozenset(_DATA["yielding"])


def predicated(d: Discourse, p: Predicate) -> Iterator[Move]:
    """The moves of one predicate; what it governs counts as told."""
    tree, i = d.tree, p.head
    if i in d.told or unreal(tree, i):
        return
    if clauses.purpose(tree, i) and p.act not in ("meets", "mediates") and not come_for(d, p):
        yield from sat_over(d, p)
        d.tell(i)
        return
    if p.form == "adjective" and p.act == "denies":
        yield from falsehoods(d, p)
        return
    act = _act(d, p)
    if act is None or _is_no_move(d, p, act):
        return
    seats = [s for s in actors_of(d.table, p) if not asks_own_side(d.table, p, s)] or _doer(d, p)
    parts = _without_purpose(tree, i, d.stretches(p))
    if act == "rejects" and p.act in _NEVER and clauses.never_was(tree, i) and _own_words(d, i, seats):
        act = "denies"
    speaker = d.table.speaker(i) if p.key == "want" and act == "rejects" else None
    if speaker and all(s.party != speaker for s in seats):
        return  # a reproach: "they do not want a deal"
    if clauses.modality(tree, i) == "must":
        yield from duties(d, p, seats, parts)
        return
    if not asserted(d.table, p, seats):
        if p.form == "adjective":
            d.tell(i)  # "might care to propose" proposes nothing
        return
    if act == "accepts":
        seats.extend(s for s in partners(d, p) if all(s.party != t.party for t in seats))
    _tell(d, p, act, parts)
    for seat in seats:
        own = at_table(d, seat, act, p, parts.main)
        if own:
            yield from _moves_of(d, seat, own, p, parts)


def _act(d: Discourse, p: Predicate) -> Act | None:
    """The act of a predicate as it is told; None where there is none. One that decides in its place counts as told."""
    tree, i = d.tree, p.head
    inner = taking_over(tree, p, d.predicates)
    if inner:
        d.told.add(inner.head)
    act = turned(tree, _declared(d, p, inner) if inner else p.act, p)
    if act == "delivers" and p.key in _MEETING_AGAIN and several(d, p) and not tree.kids(i, "nsubjpass"):
        act = "meets"
    if act == "offers" and p.form == "adjective" and lest(tree, i):
        act = "threatens"
    if act == "concedes" and _on_condition(d, p, d.stretches(p)):
        act = "offers"
    if act == "concedes" and p.key in _LETTING_GO and gives_counted(tree, i) and not d.table.case.open:
        act = "delivers"
    return act


def _is_no_move(d: Discourse, p: Predicate, act: Act) -> bool:
    """Whether an act is only told of, tried, foretold or beside the talks."""
    tree, i = d.tree, p.head
    if tells_only(tree, p) or tries_to(tree, p) or made_to(tree, i):
        return True
    if reckoned(tree, p) or outcome(tree, p) or brought_to_nothing(tree, i) or stopped_short(tree, i):
        return True
    if foretold(d.table, i) or from_poll(d, i) or (act == "delivers" and dates_only(tree, i)):
        return True
    if to_reporters(d, p) or publishes(tree, p):
        return True
    return p.key in _ON_TERMS and not (d.table.case.open and is_done(d, i) and as_agreed(tree, i))


def _tell(d: Discourse, p: Predicate, act: Act, parts: Stretches) -> None:
    """Marks as told what a predicate governs, what it gives up or takes back, and what stands in its terms."""
    tree, i = d.tree, p.head
    d.tell(i)
    if act == "concedes":
        d.told.update(o for o in tree.kids(i, "dobj") if not tree.kids(o, "acl", "ccomp", "relcl"))
    if act == "rejects":  # "pulled its offer of a bonus"
        d.told.update(o for o in tree.kids(i, "dobj", "nsubjpass") if p.key.endswith(f" {tree[o].lemma}"))
    for s in (*parts.exchange, *parts.condition):
        inside = (j for j in range(s.first, s.last) if j in d.predicates)
        d.told.update(j for j in inside if d.table.statement(j) is d.table.statement(i))


def _declared(d: Discourse, p: Predicate, inner: Predicate) -> Act:
    """What somebody is ready for: to sign, to strike a deal or to make concessions is offered where it is not done."""
    open_to = d.table.case.open and p.form == "adjective" and p.act == "offers"
    return "offers" if open_to and inner.key in _COMING_TOGETHER | _YIELDING else inner.act


def _on_condition(d: Discourse, p: Predicate, parts: Stretches) -> bool:
    """ "Ready to ease the siege if the guns fall silent": what is given up on terms is offered."""
    ready = p.form == "adjective" or clauses.modality(d.tree, p.head) in ("will", "would")
    ready = ready and not d.table.case.open and not gives_up_demand(d, p.head)
    return ready and bool(parts.condition or parts.exchange)


def _own_words(d: Discourse, i: int, seats: Sequence[Seat]) -> bool:
    """Whether one of those who act says so itself."""
    speaker = d.table.speaker(i)
    return speaker is not None and any(s.party == speaker for s in seats)


def _doer(d: Discourse, p: Predicate) -> list[Seat]:
    """ "The withdrawal was carried out", said by a party where anybody may be one: it has done so."""
    if summons_sides(d.tree, p.head) and clauses.passive(d.tree, p.head) and clauses.agent(d.tree, p.head) is None:
        return [Seat(party, p.head) for party in d.table.mediators if len(d.table.mediators) == 1]
    speaker = d.table.speaker(p.head)
    undone = p.act == "delivers" and p.form == "verb" and clauses.agent(d.tree, p.head) is None
    aux = {d.tree[c].text.lower() for c in d.tree.kids(p.head, "aux", "auxpass")}
    past = bool(aux & {"was", "were", "been"}) and not clauses.modality(d.tree, p.head)
    told = undone and past and d.table.case.open and bool(d.tree.kids(p.head, "nsubjpass"))
    return [Seat(speaker, p.head)] if told and speaker else []


def _without_purpose(tree: Tree, i: int, parts: Stretches) -> Stretches:
    """ "Dropped its demand in order to get a truce": what it is done for is not what it is about."""
    s = parts.main
    inside = range(max(i, s.first), min(s.last, len(tree)) - 1)
    cut = next((j for j in inside if (tree[j].lemma, tree[j + 1].lemma) == ("in", "order")), None)
    return parts if cut is None else replace(parts, main=Stretch(s.first, cut, s.opens))


def _moves_of(d: Discourse, seat: Seat, act: Act, p: Predicate, parts: Stretches) -> Iterator[Move]:
    """The moves of one who acts, with what goes in exchange and the conditions."""
    if act in ("meets", "mediates"):
        yield from _gathering(d, seat, act, p, parts.main)
        return
    missing = lacking(d.tree, parts, act == "rejects") if act in SUBSTITUTED else None
    if missing:
        for n in d.issues.terms(missing):
            by = giver(d.table, seat.party, "demands", n, missing)
            yield d.move(seat, "demands", n.issue, p, parts.main, by, n)
        return
    if p.form == "noun":
        if d.table.case.open and p.key in WORDED and not spelt_out(d.tree, p.head):
            return
        parts = replace(parts, main=with_subject(d, p, parts.main))
    if act == "offers" and p.key == "offer" and not d.table.case.open:
        parts = _offered_for(d, p, parts)
    named = _named(d, p, act, parts.main)
    if named is None:
        return
    if act == "delivers":
        act = act_of_giving(d, p, named)
    if d.table.case.open and not between_parties(d, seat, act, p):
        return
    if named:
        yield from d.moves_on(seat, act, p, parts.main, named, parts.condition_first)
    elif unnamed := _unnamed(d, seat, act, p, parts):
        yield unnamed
    else:
        return
    if p.key not in _ON_TERMS:
        yield from counterparts(d, seat, act, p, parts)


def _gathering(d: Discourse, seat: Seat, act: Act, p: Predicate, main: Stretch) -> Iterator[Move]:
    """The meeting or mediation that a predicate tells, if it is one of the talks."""
    if d.tree[p.head].tag == "VBN" and d.tree[p.head].dep == "amod":
        return  # "the Selland-brokered truce" is history
    if d.table.case.open and not of_talks(d, p, main):
        return
    if not bygone_talks(d, p) and takes_place(d, act, p):
        yield d.move(seat, act, TALKS, p, main)
        yield from brought_together(d, act, p, main)


def _named(d: Discourse, p: Predicate, act: Act, main: Stretch) -> list[Named] | None:
    """The issues that an act is about, if any; None where an act without one is no move."""
    named = matters(d, p, act, main) or of_meeting(d, p)
    if act == "delivers" and not named and p.key in BY_KEY:
        named = [Named(BY_KEY[p.key], p.head, p.head + 1, p.head, "")]
    if any(n.issue != TALKS for n in named):
        return named
    if act == "delivers" and d.table.case.open and p.key in _ON_TERMS and as_agreed(d.tree, p.head):
        return [Named(OTHER, p.head, p.head + 1, p.head, "")]
    if act == "delivers" or (act == "offers" and (p.form == "noun" or made_known(d.tree, p))):
        return None
    return named


def _unnamed(d: Discourse, seat: Seat, act: Act, p: Predicate, parts: Stretches) -> Move | None:
    """The move of an act that names no issue: on a demand of one's own, on all that is on the table, on something."""
    main, condition, open_ = parts.main, parts.condition_first, d.table.case.open
    if act == "concedes" and p.key not in WHOLE_KEYS and own_demand(d, main):
        return d.move(seat, act, TALKS, p, main, condition=condition, rule="own")
    if on_the_whole(d, act, p, main):
        carried = act == "denies" or (open_ and points_back(d, main))
        about = d.before(main.first) if carried else named_before(d, act, main)
        if act == "denies" and not open_ and about_else(d, main):
            return None
        if about == TALKS and act == "denies" and not open_ and not denies_claim(d, p, main):
            return None
        rule = "whole" if act in SUBSTITUTED and p.key not in WHOLE_KEYS else ""
        return d.move(seat, act, about, p, main, condition=condition, rule=rule)
    return d.move(seat, act, OTHER, p, main, condition=condition) if open_ and has_object(d, p) else None


def _offered_for(d: Discourse, p: Predicate, parts: Stretches) -> Stretches:
    """ "Offered them fuel for a halt to the raids": what stands behind "for" and is another issue goes in exchange."""
    s, tree = parts.main, d.tree
    below = (c for j in (p.head, *tree.kids(p.head, "dobj")) for c in tree.kids(j, "prep"))
    k = next((c for c in below if tree[c].lemma == "for" and p.head < c < s.last), None)
    if k is None:
        return parts
    given, asked = Stretch(s.first, k, s.opens), Stretch(k + 1, s.last, k)
    issues = {n.issue for n in d.issues.terms(given)}
    if not issues or not {n.issue for n in d.issues.terms(asked)} - issues:
        return parts
    return Stretches(given, (asked, *parts.exchange), parts.condition)
