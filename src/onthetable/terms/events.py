"""Events of a report: meetings, visits, formal statements, attacks, releases, protests and leaks.

A verb or noun triggers an event when the sentence says that it took place or is fixed; what is denied, only
threatened or foreseen is none. Participants are the parties (or, failing that, the words) in the roles around
the trigger. `plover` is the PLOVER event type (Open Event Data Alliance 2018), empty where it has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile
from typing import Any

from onthetable.case import Case
from onthetable.lexicon import load
from onthetable.model import Event, EventType, Report, Statement, Time
from onthetable.terms.deeds import is_munition
from onthetable.terms.eventwords import MODIFIERS, NEEDS, NOUNS, OBJECTS, Trigger, is_name, subject_of, with_whom
from onthetable.terms.near import innermost, times_within
from onthetable.terms.nominals import DYING
from onthetable.terms.triggers import find_triggers
from onthetable.tree import Spans, Tree

_DATA: dict[str, Any] = load("onthetable.terms", "events.toml")
_PEOPLE = frozenset(load("onthetable.terms", "figures.toml")["nouns"]["people"])
_PLOVER: dict[EventType, str] = _DATA["plover"]
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
RECENT = 50
"""How many events back one that is told again is looked for."""


def find_events(report: Report, spans: Spans, statements: Sequence[Statement], case: Case) -> tuple[Event, ...]:
    """The events of a report in the order of the text, each once.

    Participants are party names where the words refer to a party of the case, else the words without
    article or number. `time` is the time of the clause as written; its date is worked out later. What a
    statement says that is itself denied is no event.
    """
    parties = {p.name for p in case.parties}
    principals = tuple(p.name for p in case.parties if p.role == "principal")
    ordered = sorted(statements, key=lambda s: s.content)
    found: list[Event] = []
    for trigger in find_triggers(spans):
        statement = innermost(ordered, spans.tree.span(trigger.word, trigger.word + 1))
        absent = _known_strikers(found) if trigger.type == "protest" else principals
        event = _event(report, spans, trigger, parties, absent)
        told = _is_told(event)
        if not told or (statement is not None and statement.denied):
            continue
        again = next((i for i in _recent(found) if _is_again(spans.tree, trigger, event, found[i])), None)
        if again is None:
            found.append(event)
        elif _is_richer(event, found[again]):
            found[again] = event
    found = [e for e in found if not _is_headline(report, e, found)]
    found.sort(key=lambda e: e.evidence)
    return tuple(replace(e, id=f"{report.id}.e{n}") for n, e in enumerate(found, 1))


def _known_strikers(found: list[Event]) -> tuple[str, ...]:
    """Those of the protest told last: "the walkout" is theirs where nobody else is named."""
    return next((found[i].participants for i in reversed(_recent(found)) if found[i].type == "protest"), ())


def _is_told(event: Event) -> bool:
    """Whether it is said who, or at least where and when; an attack told without either is talk of attacks."""
    if event.type == "attack":
        return event.time is not None or (event.place is not None and bool(event.participants))
    return bool(event.participants) or (event.type == "protest" and event.time is not None and event.place is not None)


def _is_richer(event: Event, other: Event) -> bool:
    return event.evidence.overlaps(other.evidence) and len(event.participants) > len(other.participants)


def _recent(found: list[Event]) -> range:
    return range(max(0, len(found) - RECENT), len(found))


def _is_headline(report: Report, event: Event, found: list[Event]) -> bool:
    """Whether the title tells an event that the text tells again."""
    if report.title is None or not event.evidence.overlaps(report.title):
        return False
    return any(e.type == event.type and not e.evidence.overlaps(report.title) for e in found)


# --- the record ---------------------------------------------------------------------------------------


def _event(report: Report, spans: Spans, t: Trigger, parties: set[str], absent: tuple[str, ...]) -> Event:
    """The event of a trigger; `absent` are those who take part in one that names nobody."""
    tree = spans.tree
    heads = [h for h in _participants(spans, t) if h != t.word and tree[h].lemma not in NEEDS["things"]]
    names = tuple(dict.fromkeys(x for h in heads for x in _names(spans, h)))
    if t.type == "protest" and not names:
        names = absent
    if not set(names) & parties:
        names = (*names, *(p for p in _in_sentence(spans, t) if p not in names))
    time = _time(spans, t)
    place = _place(tree, t)
    body = any(tree[h].lemma in NEEDS["councils"] for h in heads)
    if not (body and t.type == "meeting") and _is_between_all(spans, t, names, absent):
        names = (*(n for n in names if n in parties), *(p for p in absent if p not in names))
    return Event(
        id="",
        report=report.id,
        type=t.type,
        plover=_PLOVER[t.type],
        participants=names,
        place=place[0] if place else None,
        time=time,
        evidence=report.span(*_evidence(tree, t, heads, time, place[1] if place else None)),
        rule=t.rule,
    )


def _is_between_all(spans: Spans, t: Trigger, names: tuple[str, ...], principals: tuple[str, ...]) -> bool:
    """Whether those at the table take part unnamed, as in "the talks".

    A meeting that names its own partners, owner or body is theirs alone.
    """
    tree = spans.tree
    if t.type != "meeting" or len(principals) > MANY or len(set(names) & set(principals)) > 1:
        return False
    if t.rule == "verb":
        return bool(names) and all(n.split()[-1].lower() in _TEAMS for n in names)
    partners = any(tree[p].text.lower() in {"with", "between", "among"} for p in tree.kids(t.word, "prep"))
    own = any(tree[c].pos != "PRON" for c in tree.kids(t.word, "poss")) or any(
        tree[c].lemma in NEEDS["bodies"] for c in tree.kids(t.word, "compound")
    )
    session = t.rule == "pronoun" or tree[t.word].lemma in {*NEEDS["sessions"], "round", "session", "summit"} - {
        "meeting"
    }
    return not partners and not own and (session or not names)


_TEAMS = frozenset(
    {
        "teams",
        "team",
        "negotiators",
        "delegations",
        "sides",
        "parties",
        "delegates",
        "camps",
        "delegation",
        "envoys",
        "rivals",
    }
)


def _agents(tree: Tree, t: Trigger) -> list[int]:
    """The words for who did it: the subject or agent of the verb, or what a noun of attack belongs to."""
    by = [g for p in tree.kids(t.verb, "agent") for g in tree.kids(p, "pobj")]
    by += [g for p in tree.kids(t.word, "prep") if tree[p].lemma == "by" for g in tree.kids(p, "pobj")]
    shelled = t.word > 0 and is_munition(tree, t.word - 1)
    doer = tree.kids(t.verb, "nsubj") if t.rule == "verb" and not shelled else []
    return [*by, *tree.kids(t.word, *MODIFIERS), *doer]


def _participants(spans: Spans, t: Trigger) -> Iterator[int]:
    """The heads of the words in the roles around the trigger, the subject's first."""
    tree = spans.tree
    subject = subject_of(tree, t.verb)
    loose = [] if t.type == "attack" and t.rule == "noun" and t.verb == t.word else _outer_subject(tree, t.verb)
    yield from _with_others(tree, [subject] if subject is not None else loose)
    around = tree.kids(t.word, *OBJECTS, *MODIFIERS)
    yield from _with_others(tree, [c for c in around if _takes_part(spans, t, c)])
    if subject == t.word:
        yield from _with_others(tree, [c for c in tree.kids(t.verb, *OBJECTS) if _takes_part(spans, t, c)])
    if t.type == "attack":
        over = tree[t.verb].head
        victims = tree.kids(over, "nsubj", "nsubjpass") if tree[over].lemma in DYING and over != t.verb else []
        yield from _with_others(tree, victims)
    if t.rule == "discuss-with":
        yield from _with_others(tree, with_whom(tree, t.word))
    for root in dict.fromkeys((t.verb, t.word)):
        for prep in tree.kids(root, "prep", "agent"):
            below = tree.kids(prep, "pobj")
            if tree[prep].text.lower() in _BESIDE - (
                {"to"} if t.type == "meeting" and tree[root].lemma != "play" else set()
            ):
                yield from _with_others(tree, [c for c in below if _takes_part(spans, t, c)])
            if t.type == "attack":
                raids = [g for g in below if "attack" in NOUNS.get(tree[g].lemma, ())]
                yield from (c for g in raids for c in tree.kids(g, *MODIFIERS) if _takes_part(spans, t, c))


_BESIDE = frozenset({"with", "between", "by", "among", "against", "to", "of"})


def _takes_part(spans: Spans, t: Trigger, i: int) -> bool:
    """Whether words that are no subject are somebody, and not where it happened: by name, role or known actor."""
    token, actor = spans.tree[i], spans.actor(i)
    if actor and actor.party:
        return True
    if t.type in {"visit", "protest"} and (token.dep == "poss" or spans.tree[token.head].lemma == "by"):
        return token.tag in {"NNS", "NNPS", "NNP"} and token.entity != "DATE"
    if t.type in {"visit", "protest"} or (token.entity in {"GPE", "LOC", "FAC"} and token.dep in MODIFIERS):
        return False
    return is_name(spans.tree, i) or token.pos == "PRON" or actor is not None or token.lemma in _PEOPLE


def _outer_subject(tree: Tree, verb: int) -> list[int]:
    """Whose act a verb without a subject is: the noun that it describes, or the subject of the verb over it."""
    for j in (verb, *islice(tree.above(verb), 12)):
        over = tree[tree[j].head].head
        if tree[j].dep == "pcomp" and tree[over].lemma in _ACCUSING:
            loose = [c for c in tree.kids(over, "advmod", "npadvmod") if c > over and tree[c].text[0].isupper()]
            return tree.kids(over, "dobj", "nsubjpass") or loose
        if tree[j].dep in {"acl", "relcl"}:
            return [tree[j].head]
        found = tree.kids(j, "nsubj", "nsubjpass")
        if found and j != verb:
            return found
    return []


_ACCUSING = frozenset({"accuse", "suspect", "convict", "absolve", "blame", "charge", "stop", "prevent", "acquit"})


def _with_others(tree: Tree, heads: list[int]) -> Iterator[int]:
    """Each head with those joined to it by "and"; a relative pronoun gives way to its noun."""
    for head in heads:
        if tree[head].tag in {"WDT", "WP"}:
            clause = tree[head].head
            head = tree[clause].head if tree[clause].dep == "relcl" else head
        stack = [head]
        for _ in range(MANY):
            if not stack:
                break
            yield stack[-1]
            stack += reversed(tree.kids(stack.pop(), "conj"))


MANY = 24
"""How many names joined by "and" are read as participants."""


def _names(spans: Spans, head: int) -> list[str]:
    tree = spans.tree
    actor = spans.actor(head)
    if actor and (actor.party or actor.members):
        own = [*actor.members, *([actor.party] if actor.party else [])]
        return [*own, *_adjectives(spans, head), *_owners(spans, head)]
    if tree[head].pos == "PRON":
        return [_ARTICLE.sub("", actor.name)] if actor else []
    inner = tree.kid(head, "prep")
    if tree[head].lemma in _LOTS and inner is not None:
        return [n for g in tree.kids(inner, "pobj") for n in _names(spans, g)]
    if tree[head].pos == "ADJ" and tree[head].entity == "NORP":
        return [tree[head].text]
    if actor is None:
        beside = [n for c in tree.kids(head, "appos", "poss") if spans.actor(c) for n in _names(spans, c)]
        if beside:
            return beside
    person = tree[head].lemma in _PEOPLE or tree[head].lemma in NEEDS["persons"] | NEEDS["institutions"]
    thing = tree[head].tag == "NN" and not tree[head].entity and actor is None and not person
    if thing or tree[head].pos in {"NUM", "VERB", "ADJ"} or tree[head].entity in {"DATE", "TIME"}:
        return []
    owners = [n for c in tree.kids(head, "poss") if spans.actor(c) for n in _names(spans, c)]
    known = actor is not None and actor.kind in {"named", "organisation"}
    return [_ARTICLE.sub("", actor.name) if actor and known else _words(tree, head), *owners]


_LOTS = frozenset(
    {"hundred", "dozen", "thousand", "number", "group", "batch", "score", "handful", "crowd", "total", "million"}
)


def _adjectives(spans: Spans, head: int) -> list[str]:
    """The parties of "Norlandic and Tarvian mediators", of which the noun itself stands for the first."""
    joined = [x for c in spans.tree.kids(head, "amod", "compound") for x in spans.tree.kids(c, "conj")]
    actors = (spans.actor(x) for x in joined)
    return [a.party for a in actors if a and a.party]


def _owners(spans: Spans, head: int) -> list[str]:
    """The parties of "envoys of Norland and Tarvia", of which the noun itself stands for the first."""
    tree = spans.tree
    preps = (p for p in tree.kids(head, "prep") if tree[p].text.lower() in {"of", "from", "for"})
    actors = (spans.actor(j) for p in preps for g in tree.kids(p, "pobj") for j in _with_others(tree, [g]))
    return [a.party for a in actors if a and a.party]


def _words(tree: Tree, head: int) -> str:
    """The words of a noun phrase without article and number, and with its "of"."""
    first = min([tree.edges[c][0] for c in tree.kids(head, *MODIFIERS) if c < head], default=head)
    last = head + 1
    for prep in tree.kids(head, "prep"):
        inner = tree.kid(prep, "pobj")
        if tree[prep].text.lower() == "of" and prep == head + 1 and inner is not None and inner - head < 5:
            last = inner + 1
    numbers = [i for i in range(first, head) if tree[i].pos in {"DET", "NUM", "PRON"}]
    first = numbers[-1] + 1 if numbers else first
    return tree.span(first, last).text


def _in_sentence(spans: Spans, t: Trigger) -> list[str]:
    """The parties named in the sentence, as no place, of an event that has nobody in its own roles."""
    tree = spans.tree
    first, last = tree.sentence(t.word)
    around = range(max(first, t.word - WINDOW), min(last, t.word + WINDOW))
    named = ((i, spans.actor(i)) for i in around)
    return list(dict.fromkeys(a.party for i, a in named if a and a.party and not _is_aside(tree, i, t.verb)))


_PLACING = frozenset({"in", "at", "near", "outside", "across", "throughout"})


def _is_aside(tree: Tree, i: int, verb: int) -> bool:
    """Whether a word only names a place, or stands in a clause under the one that tells the event."""
    if tree[tree[i].head].text.lower() in _PLACING:
        return True
    between = takewhile(lambda j: j != verb, islice(tree.above(i), 12))
    return any(tree[j].dep in {"advcl", "ccomp"} or tree[j].lemma == "accord" for j in between)


def _clause(tree: Tree, t: Trigger) -> tuple[int, int]:
    """The tokens of the clause of the trigger, as far as its verb reaches inside the sentence."""
    first, last = tree.sentence(t.word)
    low, high = tree.edges[t.verb]
    return max(first, min(low, t.word), t.word - WINDOW), min(last, max(high, t.word + 1), t.word + WINDOW)


WINDOW = 60
"""How many tokens to either side of a trigger belong to its clause at most."""


def _time(spans: Spans, t: Trigger) -> Time | None:
    """The time nearest to the trigger that its own clause, or the one over it, gives."""
    tree = spans.tree
    first, last = tree.sentence(t.word)
    over = {*_own_line(tree, t.word), *_own_line(tree, t.verb)}
    near = times_within(spans.times, tree[first].start, tree[last - 1].end)
    own = [x for x in near if _tells_when(tree, x, over)]
    return min(own, key=lambda x: abs(x.span.start - tree[t.word].start), default=None)


def _own_line(tree: Tree, i: int) -> Iterator[int]:
    """A word and its heads, short of the verb of saying that a clause hangs from."""
    for _ in range(12):
        yield i
        if tree[i].dep in {"ccomp", "ROOT"}:
            return
        i = tree[i].head


def _tells_when(tree: Tree, time: Time, over: set[int]) -> bool:
    """Whether the nearest verb over a time is one of those over the event; a time may itself be over it."""
    at = tree.at(time.span.end - 1)
    for i in (at, *islice(tree.above(at), 12)) if at is not None else ():
        if i in over:
            return True
        if tree[i].pos == "VERB" and tree[i].dep != "pcomp":
            return False
    return False


def _place(tree: Tree, t: Trigger) -> tuple[str, int] | None:
    """The place name behind "in", "at", "outside" nearest to the trigger in its clause, and its token."""
    first, last = _clause(tree, t)
    leads = {"in", "at", "near", "outside", "to"} if t.type == "visit" else {"in", "at", "near", "outside"}
    struck = {"on", "of", "against"} if t.type == "attack" else set()
    found = [
        g
        for p in range(first, last)
        if tree[p].dep == "prep"
        and (tree[p].text.lower() in leads or (tree[p].head == t.word and tree[p].lemma in struck))
        for g in tree.kids(p, "pobj")
        if tree[g].entity in {"GPE", "LOC", "FAC"} or (tree[g].pos == "PROPN" and not tree[g].entity)
    ]
    if t.type == "visit" and not found:
        found = [c for c in tree.kids(t.word, "dobj") if tree[c].entity in {"GPE", "LOC", "FAC"}]
    found = [g for g in found if _is_own(tree, g, t)]
    if not found:
        return None
    best = min(found, key=lambda g: abs(g - t.word))
    low = min([c for c in tree.kids(best, "compound") if tree[c].pos == "PROPN"], default=best)
    return tree.span(low, best + 1).text, best


def _is_own(tree: Tree, i: int, t: Trigger) -> bool:
    """Whether no other verb stands between a word and the trigger or its verb."""
    for j in islice(tree.above(i), 12):
        if j in {t.word, t.verb}:
            return True
        if tree[j].pos == "VERB":
            return False
    return True


REACH = 30
"""How many tokens the words quoted for an event may reach to either side of its trigger."""


def _evidence(tree: Tree, t: Trigger, heads: list[int], time: Time | None, place: int | None) -> tuple[int, int]:
    first, last = tree.sentence(t.word)
    near = [t.word, t.verb, *heads, *([place] if place is not None else [])]
    if time:
        near += [x for x in tree.range(time.span.start, time.span.end) if x < last]
    near = [x for x in near if first <= x < last and abs(x - t.word) <= REACH]
    low = min(near)
    subject = [tree.edges[h][0] for h in heads if h == low]
    low = max(first, min([low, *subject]))
    return tree[low].start, tree[max(near)].end


def _is_again(tree: Tree, t: Trigger, event: Event, other: Event) -> bool:
    """Whether an event is told a second time: the same kind and people, with "the" or at the same time and place."""
    if event.type != other.type:
        return False
    if event.evidence.overlaps(other.evidence):
        return True
    if event.type != "leak" and not set(event.participants) & set(other.participants):
        return False
    if event.type == "leak":
        return True
    definite = any(tree[c].lemma in {"the", "this", "that", "these", "those"} for c in tree.kids(t.word, "det"))
    same_time = event.time is None or other.time is None or event.time.span.text.lower() == other.time.span.text.lower()
    same_place = event.place is None or other.place is None or event.place == other.place
    return same_time and same_place and (definite or (event.time is not None and other.time is not None))
