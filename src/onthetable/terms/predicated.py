"""Moves that a predicate of the lexicon makes: a verb, noun or adjective with somebody who acts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms import clauses
from onthetable.terms.actors import DOCUMENTS, actors_of, asks_own_side
from onthetable.terms.acts import CLAIMS, RESULTING, WHOLE, Predicate
from onthetable.terms.commitments import gives_up_demand
from onthetable.terms.discourse import Discourse
from onthetable.terms.efforts import on_efforts, peaceful
from onthetable.terms.exchanges import counterparts
from onthetable.terms.givers import giver
from onthetable.terms.implied import duties, falsehoods
from onthetable.terms.issues import DAYS, OTHER, TALKS, Named
from onthetable.terms.meetings import several, with_outsiders, with_partner
from onthetable.terms.menacing import lest, stoppage
from onthetable.terms.offices import MEDIATORS
from onthetable.terms.pacts import partners
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
    to_come,
    tries_to,
    turned,
    unreal,
)  # fmt: skip
from onthetable.tree import Token, Tree

_DATA = load("onthetable.terms", "moves.toml")
_PUSHING = frozenset(_DATA["pushing"])
_WHOLE_KEYS = frozenset(_DATA["whole"])
_CONFERRING = frozenset(_DATA["conferring"])
_TWO_SIDED = frozenset(_DATA["two_sided"])
_WIDE = frozenset(_DATA["wide"])
_ANSWERS: frozenset[Act] = frozenset({"accepts", "rejects", "considers"})
_NEVER: frozenset[Act] = frozenset({"accepts", "offers", "concedes"})
"""What a party denies by saying that it never did it."""
_SUBSTITUTED: frozenset[Act] = frozenset({"accepts", "rejects"})
"""Answers to "it" that are about what it would give; studying it is about the talks."""
_PROMOTING = frozenset(_DATA["promoting"])
_DENIABLE = (WHOLE | CLAIMS | {"talk"}) - {"it", "this", "that", "them", "those"}
_CALLED = frozenset({"call false", "dismiss report", "reject report", "dismiss claim"})
_TRUCE = frozenset({TALKS, "ceasefire", "end-of-war"})
"""The issues that a mediator pushes for on nobody's side."""
_POINTING = frozenset(_DATA["pointing"])
_FORMER = frozenset(_DATA["former"])
_ANYTHING = frozenset(_DATA["anything"])
_TALKS = frozenset(load("onthetable.terms", "attending.toml")["talks"]) | {"meeting", "session", "dialogue", "table"}
_COMING = frozenset(load("onthetable.terms", "attending.toml")["coming"]) - {"leave", "return"}
_FIGHTING = frozenset(_DATA["fighting"])
_TERMS = frozenset(_DATA["terms"])
_CONTRACTS = frozenset(_DATA["contracts"])
_MEETING_AGAIN = frozenset(_DATA["meeting_again"])
_BREAKING = frozenset(_DATA["breaking"])
_HANDING_OVER = frozenset(_DATA["handing_over"])
_ON_TERMS = frozenset(_DATA["on_terms"])
_DEALS = WHOLE | {"swap", "exchange", "ceasefire"}
_WELCOMING = frozenset(_DATA["welcoming"])
_BY_KEY: dict[str, str] = {k: issue for issue, keys in _DATA["by_key"].items() for k in keys}
"""Deeds that name no issue because they are about one alone."""
_OUTSIDERS = frozenset(_DATA["outsiders"])
_LEADING = frozenset(_DATA["leading"])
_ASKING = frozenset(_DATA["asking"])
_COMING_TOGETHER = frozenset(load("onthetable.terms", "turns.toml")["coming_together"])
_LETTING_GO = frozenset(_DATA["letting_go"])
_YIELDING = frozenset(_DATA["yielding"])
_WORDED = frozenset(_DATA["worded"])
_PRESS = frozenset(_DATA["press"])
_POLLS = frozenset({"poll", "survey"})
_RESUMED = frozenset(_DATA["resumed"])
_OF_WHAT = frozenset({"for", "on", "upon", "to", "over"})
_ORGANS = frozenset(_DATA["organs"])
_KNOWN = frozenset({"the", "this", "that"})
_BIDDING = frozenset(_DATA["bidding"])
_APPEARING = frozenset(_DATA["appearing"])
_SOON = 6
"""How many tokens behind "ask" may tell whom or what."""


def predicated(d: Discourse, p: Predicate) -> Iterator[Move]:
    """The moves of one predicate; what it governs counts as told."""
    tree, i = d.tree, p.head
    if i in d.told or unreal(tree, i):
        return
    if clauses.purpose(tree, i) and p.act not in ("meets", "mediates") and not _come_for(d, p):
        yield from _sat_over(d, p)
        d.tell(i)
        return
    if p.form == "adjective" and p.act == "denies":
        yield from falsehoods(d, p)
        return
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
    if act == "concedes" and p.key in _LETTING_GO and _counted(tree, i) and not d.table.case.open:
        act = "delivers"
    if act is None or tells_only(tree, p) or tries_to(tree, p) or made_to(tree, i):
        return
    if reckoned(tree, p) or outcome(tree, p) or brought_to_nothing(tree, i) or stopped_short(tree, i):
        return
    if foretold(d.table, i) or _polled(d, i) or (act == "delivers" and _dates_only(tree, i)):
        return
    if _to_reporters(d, p) or _publishes(tree, p):
        return
    if p.key in _ON_TERMS and not (d.table.case.open and _is_done(d, i) and _on_terms(tree, i)):
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
    d.tell(i)
    if act == "concedes":
        d.told.update(o for o in tree.kids(i, "dobj") if not tree.kids(o, "acl", "ccomp", "relcl"))
    if act == "rejects":  # "pulled its offer of a bonus"
        d.told.update(o for o in tree.kids(i, "dobj", "nsubjpass") if p.key.endswith(f" {tree[o].lemma}"))
    for s in (*parts.exchange, *parts.condition):
        inside = (j for j in range(s.first, s.last) if j in d.predicates)
        d.told.update(j for j in inside if d.table.statement(j) is d.table.statement(i))
    for seat in seats:
        own = _at_table(d, seat, act, p, parts.main)
        if own:
            yield from _moves_of(d, seat, own, p, parts)


def _without_purpose(tree: Tree, i: int, parts: Stretches) -> Stretches:
    """ "Dropped its demand in order to get a truce": what it is done for is not what it is about."""
    s = parts.main
    inside = range(max(i, s.first), min(s.last, len(tree)) - 1)
    cut = next((j for j in inside if (tree[j].lemma, tree[j + 1].lemma) == ("in", "order")), None)
    return parts if cut is None else replace(parts, main=Stretch(s.first, cut, s.opens))


def _polled(d: Discourse, i: int) -> bool:
    """ "A survey finds that voters would like": what people think is nobody's move."""
    statement = d.table.statement(i)
    if statement is None or statement.source is None or statement.source.kind != "document":
        return False
    first, last = d.tree.range(statement.source.span.start, statement.source.span.end)
    return any(d.tree[j].lemma in _POLLS for j in range(first, last))


def _dates_only(tree: Tree, i: int) -> bool:
    """ "On the day the crews walked out": it only tells when."""
    return tree[i].dep == "relcl" and tree[tree[i].head].lemma in DAYS


def _own_words(d: Discourse, i: int, seats: Sequence[Seat]) -> bool:
    """Whether one of those who act says so itself."""
    speaker = d.table.speaker(i)
    return speaker is not None and any(s.party == speaker for s in seats)


def _on_condition(d: Discourse, p: Predicate, parts: Stretches) -> bool:
    """ "Ready to ease the siege if the guns fall silent": what is given up on terms is offered."""
    ready = p.form == "adjective" or clauses.modality(d.tree, p.head) in ("will", "would")
    ready = ready and not d.table.case.open and not gives_up_demand(d, p.head)
    return ready and bool(parts.condition or parts.exchange)


def _counted(tree: Tree, i: int) -> bool:
    """ "Gave up nine tonnes", "surrendered 40 rifles": done, and no demand or claim that is given up."""
    things = [t for o in tree.kids(i, "dobj") for t in (o, *tree.kids(o, "conj"))]
    return tree[i].tag in ("VBD", "VBN") and any(tree.kids(t, "nummod") for t in things)


def _come_for(d: Discourse, p: Predicate) -> bool:
    """ "Flew in to discuss a truce", "landed to push for a deal": who comes for that does it."""
    mediators = not d.table.case.open and any(d.table.mediates(s) for s in actors_of(d.table, p))
    if p.key not in _CONFERRING and p.key not in (_PROMOTING if d.table.case.open else _PUSHING if mediators else ()):
        return False
    return d.tree[p.head].dep == "advcl" and d.tree[d.tree[p.head].head].lemma in _COMING


def _sat_over(d: Discourse, p: Predicate) -> Iterator[Move]:
    """ "The cabinet met to weigh the offer", "held a session to discuss a truce": who sits by itself considers it."""
    tree, up = d.tree, d.tree[p.head].head
    while tree[up].pos == "NOUN" and tree[up].head != up:
        up = tree[up].head
    sitting = d.predicates.get(up)
    if d.table.case.open or p.act != "considers" or sitting is None or sitting.act != "meets" or with_partner(d, up):
        return
    if clauses.negated(tree, up) or tree[up].tag not in ("VBD", "VBZ", "VBP", "VBN", "VBG") or unreal(tree, up):
        return
    parts, seats = d.stretches(p), d.table.seats(clauses.subject(tree, up))
    if len({s.party for s in seats}) != 1 or d.table.mediates(seats[0]):
        return
    named = d.named(parts.main)
    if named and (p.key not in _CONFERRING or named[0].issue == TALKS):
        yield from d.moves_on(seats[0], "considers", p, parts.main, named)
    elif _on_the_whole(d, "considers", p, parts.main):
        yield d.move(seats[0], "considers", TALKS, p, parts.main)


def _declared(d: Discourse, p: Predicate, inner: Predicate) -> Act:
    """What somebody is ready for: to sign, to strike a deal or to make concessions is offered where it is not done."""
    open_to = d.table.case.open and p.form == "adjective" and p.act == "offers"
    return "offers" if open_to and inner.key in _COMING_TOGETHER | _YIELDING else inner.act


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
        several_meet = d.table.case.open or len({s.party for s in actors_of(d.table, p)}) > 1
        met = with_partner(d, p.head) and (d.table.case.open or not with_outsiders(d.tree, p.head))
        act = "meets" if several_meet or met else "considers"
    if act == "mediates" and seat.party in d.table.principals:
        guests = {s.party for s in d.table.seats_of_all(d.tree.kids(p.head, "dobj"))} if p.key in _WELCOMING else set()
        if guests - {seat.party}:
            return "meets"
        return "meets" if p.key not in _LEADING and with_partner(d, p.head) else None
    if p.key in _HANDING_OVER and _passes_on(d, seat, p):
        return "mediates"
    if p.key in ("call for", "call") and _calls_stoppage(d, p):
        return "threatens"
    mediator = d.table.mediates(seat)
    if act in ("demands", "meets") and mediator and _summons(d.tree, p.head):
        return "mediates"
    if act == "offers" and mediator and _is_effort(d, p):
        return "mediates"
    if act == "meets" and (mediator or on_efforts(d, p.head)):
        return "mediates"
    if act == "demands" and _for_to(d.tree, p.head):
        return act
    if act == "demands" and mediator and _in_a_text(d.tree, p.head):
        return "offers"
    if act == "demands" and p.key in (_PROMOTING if d.table.case.open else _PUSHING if mediator else ()):
        named = {n.issue for n in d.issues.of(main)}
        for_deal = d.table.case.open and _pushes_for_deal(d, p)
        return "mediates" if for_deal or (named <= _TRUCE and (named or _vague_push(d, p, main))) else act
    return act


def _summons(tree: Tree, i: int) -> bool:
    """ "Invited the two delegations to his rooms", "called the parties back": who goes between brings them together."""
    if tree[i].lemma not in _BIDDING or not tree.kids(i, "dobj", "nsubjpass"):
        return False
    to_come = any(tree[c].lemma in _APPEARING for c in tree.kids(i, "xcomp", "ccomp", "advcl"))
    return to_come or any(tree[c].lemma == "back" for c in tree.kids(i, "advmod", "prt"))


def _doer(d: Discourse, p: Predicate) -> list[Seat]:
    """ "The withdrawal was carried out", said by a party where anybody may be one: it has done so."""
    if _summons(d.tree, p.head) and clauses.passive(d.tree, p.head) and clauses.agent(d.tree, p.head) is None:
        return [Seat(party, p.head) for party in d.table.mediators if len(d.table.mediators) == 1]
    speaker = d.table.speaker(p.head)
    undone = p.act == "delivers" and p.form == "verb" and clauses.agent(d.tree, p.head) is None
    aux = {d.tree[c].text.lower() for c in d.tree.kids(p.head, "aux", "auxpass")}
    past = bool(aux & {"was", "were", "been"}) and not clauses.modality(d.tree, p.head)
    told = undone and past and d.table.case.open and bool(d.tree.kids(p.head, "nsubjpass"))
    return [Seat(speaker, p.head)] if told and speaker else []


def _publishes(tree: Tree, p: Predicate) -> bool:
    """ "Released a statement": what it says is told by itself."""
    return p.act == "delivers" and any(tree[o].lemma in DOCUMENTS for o in tree.kids(p.head, "dobj", "nsubjpass"))


def _passes_on(d: Discourse, seat: Seat, p: Predicate) -> bool:
    """ "Kelmar delivered Norland's proposal to the rebels": whose text is another's carries it."""
    owners = (c for o in d.tree.kids(p.head, "dobj", "nsubjpass") for c in d.tree.kids(o, "poss"))
    parties = {s.party for s in d.table.seats_of_all(owners)}
    return bool(parties) and seat.party not in parties and d.tree[seat.head].pos != "PRON"


def _is_effort(d: Discourse, p: Predicate) -> bool:
    """ "Put forward a fresh effort to resume the talks": no offer."""
    return any(peaceful(d.tree, o) for o in d.tree.kids(p.head, "dobj", "nsubjpass"))


def _calls_stoppage(d: Discourse, p: Predicate) -> bool:
    fors = (c for c in d.tree.kids(p.head, "prep") if d.tree[c].lemma == "for")
    return any(stoppage(d.tree, o) for c in fors for o in d.tree.kids(c, "pobj"))


def _pushes_for_deal(d: Discourse, p: Predicate) -> bool:
    """Whether what is pushed for is a truce and what else belongs to the deal on it."""
    heads = [o for c in d.tree.kids(p.head, "prep") if d.tree[c].lemma == "for" for o in d.tree.kids(c, "pobj")]
    named = {n.issue for o in heads for n in d.issues.between(*d.tree.edges[o])}
    return any(d.tree[o].lemma in WHOLE for o in heads) and "ceasefire" in named


def _for_to(tree: Tree, i: int) -> bool:
    """ "Pushed for both sides to sign": who is told what to do is called upon."""
    clauses_ = (c for c in tree.kids(i, "advcl", "ccomp", "xcomp") if tree[c].tag == "VB" and tree.kids(c, "nsubj"))
    return any(tree[m].lemma == "for" for c in clauses_ for m in tree.kids(c, "mark"))


def _in_a_text(tree: Tree, i: int) -> bool:
    """ "The plan calls for X", of a go-between: what it puts before both."""
    subject = clauses.subject(tree, i)
    return subject is not None and tree[subject].pos == "NOUN" and tree[subject].lemma in WHOLE


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
    missing = lacking(d.tree, parts, act == "rejects") if act in _SUBSTITUTED else None
    if missing:
        for n in d.issues.terms(missing):
            by = giver(d.table, seat.party, "demands", n, missing)
            yield d.move(seat, "demands", n.issue, p, parts.main, by, n)
        return
    if p.form == "noun":
        if d.table.case.open and p.key in _WORDED and not _spelt_out(d.tree, p.head):
            return
        parts = replace(parts, main=_equated(d, p, parts.main))
    if act == "offers" and p.key == "offer" and not d.table.case.open:
        parts = _offered_for(d, p, parts)
    named = _about(d, p, act, parts.main) or _of_meeting(d, p)
    if act == "delivers" and not named and p.key in _BY_KEY:
        named = [Named(_BY_KEY[p.key], p.head, p.head + 1, p.head, "")]
    vague = all(n.issue == TALKS for n in named)
    if vague and act == "delivers" and d.table.case.open and p.key in _ON_TERMS and _on_terms(d.tree, p.head):
        named = [Named(OTHER, p.head, p.head + 1, p.head, "")]
    elif vague and (act == "delivers" or (act == "offers" and (p.form == "noun" or _made_known(d.tree, p)))):
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
        about = d.before(parts.main.first) if carried else _just_named(d, act, parts.main)
        if act == "denies" and not d.table.case.open and _elsewhere(d, parts.main):
            return
        if about == TALKS and act == "denies" and not d.table.case.open and not _claimed(d, p, parts.main):
            return
        rule = "whole" if act in _SUBSTITUTED and p.key not in _WHOLE_KEYS else ""
        yield d.move(seat, act, about, p, parts.main, condition=parts.condition_first, rule=rule)
    elif d.table.case.open and _has_object(d, p):
        yield d.move(seat, act, OTHER, p, parts.main, condition=parts.condition_first)
    else:
        return
    if p.key not in _ON_TERMS:
        yield from counterparts(d, seat, act, p, parts)


def _made_known(tree: Tree, p: Predicate) -> bool:
    """ "Put the bid forward over lunch": an offer that was told of before."""
    known = (o for o in tree.kids(p.head, "dobj") if tree[o].lemma == p.key.rpartition(" ")[2])
    return p.key.startswith("make ") and any(tree[c].text.lower() in _KNOWN for o in known for c in tree.kids(o, "det"))


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


def _between_parties(d: Discourse, seat: Seat, act: Act, p: Predicate) -> bool:
    """Whether a reproach is about the talks and no outsider's, and a deed may be agreed on, where anybody may act."""
    if act == "accuses":
        first, last = d.tree.sentence(p.head)
        words = (d.tree[j] for j in range(first, last))
        about = d.issues.between(first, last) or any(_is_of_table(t) for t in words)
        return bool(about) and d.tree[seat.head].lemma not in _OUTSIDERS
    if act == "delivers":
        if not _is_done(d, p.head) and not (p.key in _BY_KEY and clauses.modality(d.tree, p.head) == "will"):
            return False
        if _on_terms(d.tree, p.head) or _BY_KEY.get(p.key) == OTHER:
            return True
        objects = d.tree.kids(p.head, "dobj", "nsubjpass")
        inside = [Stretch(min(p.head, d.tree.edges[o][0]), max(d.tree.edges[o][1], p.head + 1), o) for o in objects]
        if d.tree[p.head].dep == "acl":
            noun = d.tree[p.head].head
            inside = [Stretch(d.tree.edges[noun][0], noun + 1, noun)]
        return p.key in _BY_KEY or (p.key not in _FIGHTING and (not inside or any(d.issues.of(s) for s in inside)))
    return True


def _on_terms(tree: Tree, i: int) -> bool:
    """ "In return for", "as part of the deal", "as agreed", "that it had promised": a deed that was agreed on."""
    inside = range(i, tree.edges[i][1])
    for j in inside:
        swap = tree[j].lemma in ("return", "exchange") and tree[j - 1].lemma == "in"
        if swap and tree[min(j + 1, len(tree) - 1)].lemma == "for":
            return True
        if tree[j].lemma in ("promise", "pledge", "agree") and tree[j].dep in ("relcl", "advcl", "acl"):
            return True
        if tree[j].lemma in _DEALS and tree[tree[j].head].lemma in ("under", "of") and tree[j].dep == "pobj":
            part = tree[tree[j].head].head
            if tree[tree[j].head].lemma == "under" or tree[part].lemma in ("part", "terms", "implementation"):
                return True
    return False


def _is_done(d: Discourse, i: int) -> bool:
    """Whether a verb form tells a deed: "freed", "have freed", "is freeing", not "free" or "freeing" alone."""
    helped = d.tree.kids(i, "aux", "auxpass")
    up = d.tree[d.tree[i].head]
    if d.tree[i].dep == "ccomp" and up.lemma == "see" and up.tag == "VBD":
        return True
    return d.tree[i].tag in ("VBD", "VBN") or (d.tree[i].tag == "VBG" and bool(helped)) or d.tree[i].dep == "xcomp"


def _is_of_table(t: Token) -> bool:
    return t.pos == "NOUN" and (t.lemma in WHOLE or t.lemma in _TALKS or t.lemma in _TERMS)


def _about(d: Discourse, p: Predicate, act: Act, main: Stretch) -> list[Named]:
    """The issues that an act is about; those of a claim for a denial, those named before for "it"."""
    if act == "accuses":
        broken = any(d.tree[j].lemma in _BREAKING for j in range(main.first, main.last))
        named = d.issues.terms(main) if broken else []
        if broken and not named and d.tree[p.head].dep == "relcl":  # "a deal that either says the other broke"
            named = d.issues.terms(Stretch(d.tree.edges[d.tree[p.head].head][0], p.head, p.head))
        return named[:1]
    if act == "denies":
        last = d.tree.sentence(main.first)[1] if p.key in _CALLED else main.last
        inside = [n for n in d.issues.between(main.first, last) if n.issue != TALKS][:1]
        if not inside and any(d.tree[j].lemma in CLAIMS for j in range(main.first, main.last)):
            end = _clause_behind(d.tree, main.last)
            inside = [n for n in d.issues.between(main.last, end) if n.issue != TALKS][:1]
        return inside or d.named(main)
    named = d.named(main)
    if named or act not in ("offers", "demands", "concedes", *_ANSWERS):
        return named
    resumed = _resumed(d, p) if act in _ANSWERS else []
    if resumed:
        return resumed
    if act == "considers":
        return []
    taken = d.taken_up(main)
    return d.counted(p) if not taken or (act in _SUBSTITUTED and len(taken) < 2) else taken


def _resumed(d: Discourse, p: Predicate) -> list[Named]:
    """ "..., a condition that they rejected", "an idea that he said he would study": what was told right before."""
    tree, i = d.tree, p.head
    while tree[i].dep in ("ccomp", "xcomp") and tree[i].head != i:
        i = tree[i].head
    noun = tree[i].head
    first, _ = tree.edges[noun]
    indefinite = any(tree[c].text.lower() in ("a", "an") for c in tree.kids(noun, "det"))
    if tree[i].dep not in ("relcl", "acl") or not indefinite or tree[noun].lemma not in _RESUMED:
        return []
    begin, _ = tree.sentence(noun)
    before = [n for n in d.issues.between(begin, first) if n.issue != TALKS][-1:]
    return [replace(n, first=noun, last=noun + 1, head=noun) for n in before if tree[first - 1].text in (",", "–", "—")]


def _clause_behind(tree: Tree, i: int) -> int:
    """The end of the clause that goes on at a token: "denied a report on the site TODAY that the army had left"."""
    end = tree.sentence(min(i, len(tree) - 1))[1]
    that = next((j for j in range(i, min(i + _SOON, end)) if tree[j].text.lower() == "that"), None)
    return i if that is None else max(tree.edges[tree[that].head][1], that + 1)


def _just_named(d: Discourse, act: Act, main: Stretch) -> str:
    """What "it" takes up inside one sentence: "did not turn the rise down but voted it through"."""
    first, _ = d.tree.sentence(main.first)
    before = [n.issue for n in d.issues.between(first, main.first) if n.issue != TALKS]
    return before[-1] if before and act in _ANSWERS and not d.table.case.open and d.taken_up(main) else TALKS


def _of_meeting(d: Discourse, p: Predicate) -> list[Named]:
    """ "Refused to meet them", "won't sit down with them": what governs a verb of meeting is about the talks."""
    if p.act == "meets" and p.form == "verb" and not d.table.case.open:
        return [Named(TALKS, p.head, p.head + 1, p.head, "mutual")]
    inner = ((c, d.predicates.get(c)) for c in d.tree.kids(p.head, "xcomp"))
    met = (c for c, q in inner if q and (q.act == "meets" or (q.key == "discuss" and p.act == "rejects")))
    return [Named(TALKS, c, c + 1, c, "mutual") for c in met][:1]


def _equated(d: Discourse, p: Predicate, main: Stretch) -> Stretch:
    """ "An end to the subsidy was their price": a noun may be about the subject of its verb."""
    tree = d.tree
    up = tree[p.head].head
    if tree[p.head].dep == "nsubj" and tree[up].lemma == "be" and tree.kids(up, "attr", "ccomp", "xcomp"):
        return Stretch(main.first, max(main.last, tree.edges[up][1]), main.opens)
    over = tree[up].head
    if tree[up].lemma == "to" and tree[over].lemma in RESULTING:
        return Stretch(main.first, max(main.last, tree.edges[over][1]), main.opens)
    subject = tree.kid(up, "nsubj") if tree[p.head].dep == "attr" else None
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
    token = d.tree[p.head]
    if p.form == "noun" and any(d.tree[c].lemma in _ORGANS for c in d.tree.kids(p.head, "poss", "compound")):
        return with_partner(d, p.head)
    if d.table.case.open and p.key == "negotiate" and token.tag == "VB" and token.dep in ("ccomp", "acl", "advcl"):
        return bool(clauses.modality(d.tree, p.head))
    if p.key in ("gather", "assemble"):
        subject = clauses.subject(d.tree, p.head)
        return subject is not None and _is_of_table(d.tree[subject])
    if p.key == "speak to":
        others = [o for c in d.tree.kids(p.head, "prep") for o in d.tree.kids(c, "pobj")]
        heard = [d.tree[s.head] for s in d.table.seats_of_all(others)]
        return any(t.text.lower() not in _PRESS | {"us"} and t.entity != "ORG" for t in heard)
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
    if act == "considers" and any(d.tree[j].lemma in MEDIATORS | {"mediation"} for j in range(main.first, main.last)):
        return True  # "is rethinking its role as mediator"
    words = (d.tree[j] for j in range(main.first, main.last))
    whole = WHOLE | _CONTRACTS if d.table.case.open else WHOLE
    return any(t.lemma in whole and (act in _ANSWERS or t.pos in ("NOUN", "PROPN")) for t in words)


def _points_back(d: Discourse, main: Stretch) -> bool:
    """Whether what is answered is only pointed at: "dismissed the idea", "agreed to this"."""
    words = {d.tree[j].lemma for j in range(main.first, main.last)}
    return not words.isdisjoint(_POINTING)


def _elsewhere(d: Discourse, main: Stretch) -> bool:
    """Whether a claim that is denied is "of" or "about" something that no pack names."""
    told = (j for j in range(main.first, main.last) if d.tree[j].lemma in CLAIMS)
    return any(d.tree[c].lemma in ("of", "about") for j in told for c in d.tree.kids(j, "prep"))


def _claimed(d: Discourse, p: Predicate, main: Stretch) -> bool:
    """Whether a denial that names no issue is at least of something said, or of something about the talks."""
    words = {d.tree[j].lemma for j in range(main.first, main.last)}
    return " " in p.key or not words.isdisjoint(_DENIABLE | {"such"})


def _own_demand(d: Discourse, main: Stretch) -> bool:
    """Whether what is given up is a demand that the clause does not name: "lowered its claim"."""
    nouns = [n for j in range(main.first, main.last) if (n := d.predicates.get(j)) and n.form == "noun"]
    bare = [n for n in nouns if not any(d.tree[c].lemma in _OF_WHAT for c in d.tree.kids(n.head, "prep"))]
    return any(n.act == "demands" and not d.tree.kids(n.head, "acl", "ccomp", "relcl") for n in bare)


def _has_object(d: Discourse, p: Predicate) -> bool:
    """Whether a predicate that names no issue of the packs says at least what it is about."""
    if p.form == "noun":
        return p.key not in _WORDED and p.act in ("demands", "offers") and _spelt_out(d.tree, p.head)
    if p.key in _WIDE or (clauses.negated(d.tree, p.head) and p.act in ("offers", "considers")):
        return False
    marked = (c for c in d.tree.kids(p.head, "advcl") if d.tree.kids(c, "mark"))
    towards = p.key.rpartition(" ")[2]
    split = any(d.tree[m].text.lower() == towards for c in marked for m in d.tree.kids(c, "mark"))
    return split or bool(d.tree.kids(p.head, "dobj", "xcomp", "ccomp", "prep", "nsubjpass"))


def _spelt_out(tree: Tree, i: int) -> bool:
    """Whether a noun says what it is about: "the demand that they leave", "their offer to buy the yard"."""
    if tree[i].dep == "nsubj" and tree[tree[i].head].lemma == "be":
        return bool(tree.kids(tree[i].head, "attr", "ccomp", "xcomp"))
    infinitives = (c for c in tree.kids(i, "acl") if tree[c].tag == "VB" or tree.kids(c, "mark"))
    towards = (c for c in tree.kids(i, "prep") if tree[c].lemma in ("for", "to", "on"))
    return any(True for _ in infinitives) or any(True for _ in towards)


def _delivery(d: Discourse, p: Predicate, named: Sequence[Named]) -> Act:
    """What a verb of giving is in its mood: done, promised, or threatened."""
    if p.key in _BY_KEY or not to_come(d.tree, p.head):
        return "delivers"
    return "threatens" if any(n.issue == "industrial-action" for n in named) else "offers"
