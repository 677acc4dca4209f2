"""Moves without a predicate of their own: what must be, what will never be, what is false, and what is carried.

What "must" be is a demand of whoever says so, what "will never" be a refusal of whoever would have to do it;
both hold inside a statement alone, as in the reporter's own voice nobody asks or refuses.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms import clauses
from onthetable.terms.actors import actors_of, owner_of
from onthetable.terms.acts import FALSE, NEEDING, NEEDS, NOUNS, Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.givers import giver
from onthetable.terms.issues import TALKS, Named
from onthetable.terms.stretches import Stretch, Stretches
from onthetable.terms.table import Seat
from onthetable.terms.turns import SPEAKING, unreal

_DATA = load("onthetable.terms", "moves.toml")
_CLAIMS = frozenset(_DATA["claims"])
_CARRYING = frozenset(_DATA["carrying"])
_ANSWERING: frozenset[Act] = frozenset({"threatens", "demands", "rejects", "denies"})
_NAYSAID = frozenset(_DATA["naysaid"])
_SPARING = frozenset(_DATA["sparing"])
_MADE = frozenset(_DATA["made"])
_ON_TERMS = frozenset(_DATA["on_terms"])
_LAPSING = frozenset({"expire", "lapse", "come", "go", "take", "be"})
_OFFERS = frozenset({"offer", "bid", "proposal", "package"})
_OPENING = 8
"""How many words into a statement it is called false."""
_CLAUSES = frozenset({"prep", "ROOT", "relcl", "conj", "ccomp", "advcl", "acl", "xcomp"})
_DEPENDING = frozenset({"require", "depend", "hinge"})


def implied(d: Discourse, i: int) -> Iterator[Move]:
    """The moves that a token implies which is no predicate of the lexicon, or is one of carrying."""
    token = d.tree[i]
    known = d.predicates.get(i)
    known = None if known and known.key in _ON_TERMS else known
    if token.pos in ("VERB", "AUX") and (known is None or token.lemma == "require"):
        yield from _needs(d, i)
    if token.pos in ("VERB", "AUX") and (known is None or _undone(d, i)):
        yield from _refusals(d, i)
    if token.pos in ("VERB", "AUX") and (known is None or known.act not in _ANSWERING):
        yield from _warnings(d, i)
    if token.lemma in _LAPSING and token.pos in ("VERB", "AUX"):
        yield from _lapses(d, i)
    if token.text.lower() == "no" and token.dep in ("det", "neg"):
        yield from _no_such(d, i)
    if token.lemma == "contrary":
        yield from _contrary(d, i)
    if token.lemma in FALSE and token.dep == "attr" and not clauses.negated(d.tree, token.head):
        yield from falsehoods(d, Predicate(i, "denies", "noun", "false"))
    if token.lemma in FALSE and i not in d.told and not any(_denies(d, j) for j in d.tree.above(i)):
        yield from _called_false(d, i)
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
    clause = next(iter(d.tree.kids(p.head, "ccomp") or d.tree.kids(d.tree[p.head].head, "ccomp")), p.head)
    if subject is not None and d.tree[subject].text.lower() == "it" and p.head < clause:
        subject = clause  # "it is untrue that they agreed"
    if speaker and subject is not None and (subject == clause or d.tree[subject].lemma in _CLAIMS):
        first, last = d.tree.edges[subject]
        d.told.update(j for j in range(first, last) if j in d.predicates)
        main = Stretch(first, max(last, p.head + 1), first)
        about = next((n.issue for n in d.issues.terms(main)), None) or d.before(first)
        yield d.move(Seat(speaker, p.head), "denies", about, p, main)


def _needs(d: Discourse, i: int) -> Iterator[Move]:
    """ "Any agreement must include X", "the deal depends on X", "X must be lifted": demands of the speaker."""
    tree = d.tree
    if i in d.told or unreal(tree, i) or clauses.pending(tree, i):
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
    named = [n for n in d.issues.of(main) if (must or n.issue != TALKS) and not _refused(d, n, i)]
    yield from _on_whom(d, speaker, p, seats, main, named, parts.condition_first, "needs")


def _refused(d: Discourse, n: Named, i: int) -> bool:
    """ "Must include their rejection of the cut": what is asked for is the refusal."""
    above = itertools.takewhile(lambda j: j != i, d.tree.above(n.head))
    return any(NOUNS.get(d.tree[j].lemma) == "rejects" for j in above)


def _on_whom(
    d: Discourse, speaker: str, p: Predicate, seats: Sequence[Seat], main: Stretch, named: Sequence[Named],
    condition: Stretch | None, rule: str,
) -> Iterator[Move]:  # fmt: skip
    """What a speaker asks of whoever is named, or refuses if it must not be."""
    act: Act = "rejects" if clauses.negated(d.tree, p.head) else "demands"
    if act == "rejects" and d.table.case.open:
        return  # what anybody says must not be is an opinion
    for n in named:
        by = seats[0].party if seats and n.given != "mutual" else giver(d.table, speaker, act, n, main)
        yield d.move(Seat(speaker, p.head), act, n.issue, p, main, by, n, condition, rule)


def _refusals(d: Discourse, i: int) -> Iterator[Move]:
    """ "The sites will never be opened", said by whoever would have to open them: a refusal."""
    tree, speaker = d.tree, d.table.speaker(i)
    if i in d.told or unreal(tree, i) or (d.table.case.open and not speaker) or tree[i].lemma in SPEAKING:
        return
    subject = clauses.subject(tree, i)
    if subject is None:
        subject = next((s.head for s in actors_of(d.table, Predicate(i, "rejects", "verb", ""))), None)
    none = next((a for a in tree.kids(i, "attr") if tree.kids(i, "expl") and _denied(d, a)), None)
    subject = none if subject is None else subject
    if subject is None or clauses.modality(tree, i) not in ("will", "would"):
        return
    if none is None and not clauses.negated(tree, i):
        return
    p = Predicate(i, "rejects", "verb", "will not")
    others = [s for s in d.table.seats(subject) if s.party != speaker]
    if others and (d.table.case.open or any(s.party not in d.table.principals for s in others)):
        return
    who = others or ([Seat(speaker, i)] if speaker else [])
    parts = d.stretches(p)
    first = min(tree.edges[subject][0], parts.main.first) if subject < i else parts.main.first
    main = Stretch(first, parts.main.last, first)
    for seat in who:
        for n in d.issues.of(main):
            by = giver(d.table, seat.party, "offers", n, main)
            act: Act = "offers" if n.issue in _SPARING and by == seat.party else "rejects"
            yield d.move(seat, act, n.issue, p, main, by, n, parts.condition_first, "refusal")


def _denied(d: Discourse, i: int) -> bool:
    """ "There will be no truce"."""
    return any(d.tree[c].text.lower() == "no" for c in d.tree.kids(i, "det"))


def _warnings(d: Discourse, i: int) -> Iterator[Move]:
    """ "The halls will be shut unless there is a deal": a threat by whoever says so, or will do it."""
    tree = d.tree
    if clauses.modality(tree, i) not in ("will", "would") or clauses.negated(tree, i) or clauses.supposed(tree, i):
        return
    clause = next((c for c in tree.kids(i, "advcl") if clauses.unless(tree, c)), None)
    subject = clauses.subject(tree, i)
    if clause is None or subject is None or i in d.told:
        return
    speaker, seats = d.table.speaker(i), d.table.seats(subject)
    seat = seats[0] if seats else Seat(speaker, i) if speaker else None
    if seat is None or tree[subject].lemma in NEEDING:
        return
    first, last = min(tree.edges[subject][0], i), tree.edges[i][1]
    start, end = tree.edges[clause]
    main = Stretch(first, start, first) if start > i else Stretch(max(first, end), last, max(first, end))
    condition = Stretch(start, end, start)
    p = Predicate(i, "threatens", "verb", "unless")
    d.tell(i)
    named = d.issues.terms(main)
    yield from d.moves_on(seat, "threatens", p, main, named, condition, "unless")
    for n in d.issues.terms(condition) if named else ():
        by = giver(d.table, seat.party, "demands", n, condition)
        yield d.move(seat, "demands", n.issue, p, condition, by, n, rule="unless")


def _lapses(d: Discourse, i: int) -> Iterator[Move]:
    """ "The offer will lapse on Friday", "comes off the table": who says so of its own offer threatens with that."""
    tree, subject = d.tree, clauses.subject(d.tree, i)
    after = {tree[j].lemma for j in range(i, min(i + 4, len(tree)))}
    soon = {tree[j].lemma for j in range(i, min(i + 6, len(tree)))}
    if tree[i].lemma == "be" and not {"on", "table", "until"} <= soon:
        return
    whole = tree[i].lemma in ("be", "expire", "lapse") or {"off", "table"} <= after
    if subject is None or not whole or tree[i].tag in ("VBD", "VBN") or clauses.negated(tree, i):
        return
    pronoun = tree[subject].pos == "PRON"
    heard = range(tree.sentence(i)[0], subject + 1) if pronoun else (subject,)
    offer = next((j for j in reversed(heard) if tree[j].lemma in _OFFERS), None)
    if offer is None or clauses.supposed(tree, i):
        return
    seats = d.table.seats(owner_of(d.table, offer))
    speaker = d.table.speaker(i)
    if not speaker or any(s.party != speaker for s in seats):
        return
    start, last = tree.edges[offer][0], max(tree.edges[i][1], i + 1)
    main = Stretch(min(start, i), last, min(start, i))
    p = Predicate(i, "threatens", "verb", "lapse")
    named = d.issues.terms(main)
    yield from d.moves_on(Seat(speaker, i), "threatens", p, main, named, None, "lapse")
    most = Counter(n.issue for n in d.issues.named if n.issue not in (TALKS, "industrial-action")).most_common(1)
    if not named and most and not d.table.case.open:  # "our offer" is about what the report is about
        yield d.move(Seat(speaker, i), "threatens", most[0][0], p, main, speaker, rule="lapse")


def _called_false(d: Discourse, i: int) -> Iterator[Move]:
    """ "A fairy tale," said by a party of what was just told: a denial."""
    tree, speaker, statement = d.tree, d.table.speaker(i), d.table.statement(i)
    if not speaker or statement is None or tree[i].pos not in ("NOUN", "PROPN") or clauses.negated(tree, i):
        return
    first, last = tree.range(statement.content.start, statement.content.end)
    if i - first > _OPENING or any(tree[j].pos == "VERB" and j not in tree.subtree(i) for j in range(first, i)):
        return
    p = Predicate(i, "denies", "noun", "false")
    yield d.move(Seat(speaker, i), "denies", d.before(first), p, Stretch(first, last, first), rule="false")


def _no_such(d: Discourse, i: int) -> Iterator[Move]:
    """ "No concession was made on X", "there was no such call": a party that says so denies it."""
    tree, noun = d.tree, d.tree[i].head
    verb, speaker, statement = tree[noun].head, d.table.speaker(i), d.table.statement(i)
    if not speaker or statement is None or tree[noun].lemma not in _NAYSAID or i in d.told:
        return
    made = tree[noun].dep == "nsubjpass" and tree[verb].lemma in _MADE
    there = tree[noun].dep == "attr" and bool(tree.kids(verb, "expl"))
    past = tree[verb].tag in ("VBD", "VBN") or any(tree[c].tag == "VBD" for c in tree.kids(verb, "aux", "auxpass"))
    if not (made or there) or not past or clauses.modality(tree, verb) or unreal(tree, verb):
        return
    p = Predicate(verb, "denies", "verb", "no such")
    main = Stretch(min(tree.edges[noun][0], verb), max(tree.edges[verb][1], tree.edges[noun][1]), i)
    about = next((n.issue for n in d.issues.terms(main)), None) or d.before(main.first)
    d.tell(verb)
    yield d.move(Seat(speaker, verb), "denies", about, p, main, rule="naysaid")


def _contrary(d: Discourse, i: int) -> Iterator[Move]:
    """ "Contrary to reports that X, the union said": a denial of X by the union."""
    tree = d.tree
    to = next((c for c in tree.kids(i, "prep") if tree[c].lemma == "to"), i)
    noun = next((o for c in (to, i) for o in tree.kids(c, "pobj") if tree[o].lemma in _CLAIMS), None)
    verb = next((j for j in tree.above(i) if tree[j].pos == "VERB"), None)
    if noun is None or verb is None:
        return
    seats = d.table.seats(clauses.subject(tree, verb))
    speaker = d.table.speaker(verb)
    main = Stretch(*tree.edges[noun], noun)
    about = next((n.issue for n in d.issues.terms(main)), None) or d.before(main.first)
    p = Predicate(verb, "denies", "verb", "contrary")
    d.told.update(j for j in range(main.first, main.last) if j in d.predicates)
    for seat in seats or ([Seat(speaker, verb)] if speaker else []):
        yield d.move(seat, "denies", about, p, main, rule="contrary")


def _denies(d: Discourse, j: int) -> bool:
    return j in d.predicates and d.predicates[j].act == "denies"


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
