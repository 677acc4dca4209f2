"""Conditions and exchanges between clauses: what is promised or refused on terms, and the terms that are asked.

"A will lift the ban if B cuts its duty" offers the one and asks for the other; "not until", "unless" and
"before" refuse the one until the other is given. The condition may stand before or behind what depends on it.
Conditionals as in event factuality (Saurí and Pustejovsky 2009), commissives after Searle (1976).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms import clauses
from onthetable.terms.actors import owner_of
from onthetable.terms.acts import NEEDING, WHOLE, Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.givers import giver
from onthetable.terms.issues import OTHER, TALKS, Named
from onthetable.terms.stretches import Stretch
from onthetable.terms.table import Seat
from onthetable.terms.turns import unreal
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "conditions.toml")
_MOVES = load("onthetable.terms", "moves.toml")
_LACKING = frozenset(_DATA["lacking"])
_TIMING = frozenset(_DATA["timing"])
_IDLE = frozenset(_DATA["idle"])
_KEEPING = frozenset(_DATA["keeping"])
_BURDENS = frozenset(_DATA["burdens"])
_LIFTING = frozenset((*_DATA["lifting"], *_MOVES["relieving"]))
_GETTING = frozenset(_DATA["getting"])
_TYING = frozenset(_DATA["tying"])
_PRICES = frozenset(_DATA["prices"])
_CALLING = frozenset(_DATA["calling"])
_CONSENTS = frozenset(_DATA["consents"])
_MESSAGES = frozenset(_DATA["messages"])
_BY_KEY: dict[str, str] = {k: issue for issue, keys in _MOVES["by_key"].items() for k in keys}
_SAYING = frozenset(load("onthetable.terms", "stretches.toml")["saying"]) | {"hint", "vow", "mutter"}
_SUPPORTING = frozenset(_DATA["supporting"])
_MOVING = frozenset(_DATA["moving"])
_LINKING = frozenset(_DATA["linking"])
_SWAPPING = frozenset(load("onthetable.terms", "stretches.toml")["swapping"])
_SETTLING = frozenset({"sign", "discuss", "negotiate", "talk", "settle", "agree", "ratify"})
_DEEDS: frozenset[Act] = frozenset({"concedes", "delivers", "meets"})
"""The acts of predicates that only name a deed: on terms, it is offered or refused."""
_ANSWERS: frozenset[Act] = frozenset({"offers", "accepts", "rejects", "considers", "threatens"})
"""The acts whose terms are asked for where they stand before them."""
_BACK = 60
"""How many tokens back a proposal may be named whose terms a clause tells."""
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
    """What is promised, refused and asked in conditional sentences, in the order of the text."""
    if d.table.case.open:
        return
    for j, size in d.openers.condition:
        c = _condition(d.tree, j, size)
        if c is not None:
            yield from _on_terms(d, c)
    for t in d.tree.tokens:
        yield from _in_return(d, t.i)
        yield from _tied(d, t.i)
        yield from _priced(d, t.i)
        yield from _met_with(d, t.i)
        yield from _slogan(d, t.i)
        yield from _listed(d, t.i)
        yield from _imperative(d, t.i)
        yield from _at_no_price(d, t.i)
        yield from _paper_swaps(d, t.i)


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
        if tree[up].lemma in _SAYING and not clauses.modality(tree, up):
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
    mood, denied = clauses.modality(tree, h), c.denied or _denied(tree, h)
    if c.opener in _TIMING and mood not in ("will", "would") and not denied and not _own_can(d, h):
        return
    seat = _committed(d, h)
    if seat is None or seat.party in d.table.mediators:
        return
    known = d.predicates.get(h)
    yielding = mood == "may" and known is not None and known.act == "accepts" and not denied
    plain = known is None or known.act in _DEEDS or yielding
    if plain and mood in ("will", "would", "may"):
        act, named, main = _promised(d, c, denied)
        act = "accepts" if act == "offers" and (yielding or tree[h].lemma in _SUPPORTING) else act
        if act == "threatens" and not (d.table.speaker(h) in (None, seat.party) and c.opener in ("if", "unless")):
            return
        if act and (named or (known and known.act == "meets" and denied)):
            d.tell(h)
            d.told.add(h)
            p = Predicate(h, act, "verb", "on terms")
            yield from _deed(d, seat, act, p, main, named, Stretch(c.opens, c.last, c.opens))
            if not named:
                yield d.move(seat, act, TALKS, p, main, condition=Stretch(c.opens, c.last, c.opens), rule="condition")
        elif act == "offers" and not _of_deal(d, h) and d.table.speaker(h) != seat.party:
            return
        if act == "threatens" and not (c.opener == "unless" or (c.verb is not None and clauses.negated(tree, c.verb))):
            return
    elif plain:
        if not _of_deal(d, h):
            return
    elif known is None or known.act not in _ANSWERS or c.opens > h:
        return  # what follows a predicate is told with it
    yield from _asked(d, c, seat)


def _deed(
    d: Discourse, seat: Seat, act: Act, p: Predicate, s: Stretch, named: Sequence[Named], terms: Stretch | None = None
) -> Iterator[Move]:
    """A deed that a party promises or refuses: it would give itself what it will not do."""
    if act != "rejects":
        yield from d.moves_on(seat, act, p, s, named, terms, rule="condition")
        return
    for n in named:
        yield d.move(seat, act, n.issue, p, s, giver(d.table, seat.party, "offers", n, s), n, terms, "condition")


def _own_can(d: Discourse, h: int) -> bool:
    return clauses.modality(d.tree, h) == "may" and d.table.speaker(h) is not None


def _denied(tree: Tree, i: int) -> bool:
    """Whether a clause is negated, by "not one" or "no" before its subject as well."""
    subject = tree.kid(i, "nsubj", "nsubjpass")
    nouns = [*([] if subject is None else [subject]), *tree.kids(i, "attr")]
    near = {k for s in nouns for c in tree.children[s] if c < s for k in (c, *tree.children[c])}
    words = {tree[k].text.lower() for k in near}
    return clauses.negated(tree, i) or not words.isdisjoint({"not", "no"})


def _committed(d: Discourse, h: int) -> Seat | None:
    """Whom a clause commits: its subject or agent where that is a party, else the party that says so."""
    tree, speaker, statement = d.tree, d.table.speaker(h), d.table.statement(h)
    passive = clauses.passive(tree, h)
    seats = d.table.seats(clauses.agent(tree, h) if passive else clauses.subject(tree, h))
    source = statement.source if statement else None
    if source and source.party is None and source.kind != "anonymous":
        return None  # what outsiders reckon
    mood = clauses.modality(tree, h)
    if seats:
        own = seats[0].party == speaker
        if mood == "may" and not own and not _denied(tree, h):
            return None
        retold = speaker is not None and speaker not in d.table.mediators
        return seats[0] if own or retold or mood == "will" or (source and speaker is None) else None
    mood_fits = mood in ("will", "may") or _of_deal(d, h) or passive
    return Seat(speaker, h) if speaker and mood_fits else None


def _of_deal(d: Discourse, h: int) -> bool:
    """Whether a clause is about whether there is a deal at all: "the talks are over", "can there be a deal"."""
    tree = d.tree
    nouns = tree.kids(h, "nsubj", "nsubjpass", "attr")
    if any(tree[n].text.lower() == "nothing" and _to_settle(tree, n) for n in nouns):
        return True  # "there was nothing left to discuss"
    lemmas = {tree[n].lemma for n in nouns}
    issues = {n.issue for k in nouns for n in d.issues.between(*tree.edges[k])}
    return not lemmas.isdisjoint(NEEDING | {"talk"}) or bool(issues & {TALKS, "ceasefire"})


def _to_settle(tree: Tree, i: int) -> bool:
    return any(tree[c].lemma in _SETTLING for c in tree.kids(i, "relcl", "acl"))


def _promised(d: Discourse, c: Condition, denied: bool) -> tuple[Act | None, list[Named], Stretch]:
    """The act by which a plain deed on terms is moved, and on which issues."""
    tree, h = d.tree, c.head
    first, last = tree.edges[h]
    main = Stretch(first, c.opens, first) if c.opens > h else Stretch(max(first, c.last), last, max(first, c.last))
    if c.opens > h and main.last <= h:
        main = Stretch(first, h + 1, first)
    named = [n for n in d.issues.of(main) if n.issue != TALKS]
    burden = any(n.issue in _BURDENS for n in named)
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


def _in_return(d: Discourse, i: int) -> Iterator[Move]:
    """ "In return it will cut the duty", "would swap land for peace", "for an end to the ban it could sign"."""
    tree = d.tree
    if tree[i].pos != "VERB" or i in d.told or clauses.question(tree, i) or clauses.supposed(tree, i):
        return
    known = d.predicates.get(i)
    plain = known is None or known.act in _DEEDS
    mood = clauses.modality(tree, i)
    swaps = tree[i].lemma in _SWAPPING
    tied = swaps or _bare_return(tree, i) or _fronted(tree, i) is not None or _returned_for(tree, i, swaps) is not None
    if not mood or mood == "must" or not tied:
        return
    seat = _committed(d, i) or _would_in_turn(d, i)
    if seat is None or seat.party in d.table.mediators:
        return
    first, last = tree.edges[i]
    front, behind = _fronted(tree, i), _returned_for(tree, i, swaps)
    stop = last if behind is None else behind
    main = Stretch(i, max(stop, i + 1), first)
    act: Act = "rejects" if _denied(tree, i) else "offers"
    if act == "offers" and known is not None and known.act == "concedes" and gives_up_demand(d, i):
        act = "concedes"
    named = [n for n in d.issues.of(main) if n.issue != TALKS]
    if plain and named:
        d.tell(i)
        d.told.add(i)
        p = Predicate(i, act, "verb", "in return")
        yield from _deed(d, seat, act, p, main, named)
    asked = front if front is not None else behind
    if asked is not None and act != "rejects" and (plain or front is not None):
        s = Stretch(asked + 1, max(tree.edges[asked][1], asked + 2), asked)
        p = Predicate(i, "demands", "verb", "in return")
        yield from d.moves_on(seat, "demands", p, s, d.issues.terms(s), rule="condition")


def gives_up_demand(d: Discourse, i: int) -> bool:
    """Whether what is given up is a demand: "would drop its claim"."""
    nouns = (d.predicates.get(o) for o in d.tree.kids(i, "dobj"))
    return any(n is not None and n.act == "demands" for n in nouns)


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
    near = any(up == i or tree[up].lemma in _SAYING or tree[up].dep == "parataxis" for up in (tree[first].head,))
    timed = any(tree[o].entity in ("DATE", "TIME") for o in objects)
    return first if near and objects and not timed and comma < len(tree) and tree[comma].text == "," else None


def _tied(d: Discourse, i: int) -> Iterator[Move]:
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


def _priced(d: Discourse, i: int) -> Iterator[Move]:
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


def _met_with(d: Discourse, i: int) -> Iterator[Move]:
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


def _slogan(d: Discourse, i: int) -> Iterator[Move]:
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
    said = (k for k in range(comma, last) if tree[k].lemma in _SAYING | {"tell"} and tree[k].pos == "VERB")
    seats = [Seat(speaker, i)] if speaker else next((d.table.seats(owner_of(d.table, k)) for k in owned), [])
    seats = seats or next((d.table.seats(tree.kid(k, "nsubj")) for k in said), [])
    s = Stretch((lacking or i) + 1, comma, lacking or i)
    p = Predicate(i, "demands", "noun", "slogan")
    for seat in seats[:1]:
        yield from d.moves_on(seat, "demands", p, s, d.issues.terms(s), rule="condition")


def _listed(d: Discourse, i: int) -> Iterator[Move]:
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


def _imperative(d: Discourse, i: int) -> Iterator[Move]:
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
    gives = [n for n in d.issues.terms(given) if n.issue not in _BURDENS]
    p = Predicate(then, "offers", "verb", "imperative")
    yield from d.moves_on(seat, "offers", p, given, gives, rule="condition")


def _at_no_price(d: Discourse, i: int) -> Iterator[Move]:
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
    yield from _deed(d, Seat(speaker, i), "rejects", p, s, d.issues.terms(s))


def _paper_swaps(d: Discourse, i: int) -> Iterator[Move]:
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
