"""Numbers in circulation: what each one counts, between which bounds, and by whose count.

An amount becomes a figure when it measures something of the talks or their matter: people, money, shares,
weights, lengths of time. Points in time ("four years ago"), small numbers of sources ("two officials") and
counts inside a compound ("a two-page paper") are none. The measure is read from the noun that is counted
and the verb that governs it; a number without a noun takes what the last comparable figure measured.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from onthetable.lexicon import load
from onthetable.model import Amount, Figure, Qualifier, Report, Statement, Time
from onthetable.terms.measures import (
    counted_set,
    is_bidder,
    is_somebody,
    measure_of,
    near_noun,
    noun_of_verb,
    noun_phrase,
    status_of,
    topic_of,
    unit_of,
)
from onthetable.terms.near import innermost, times_within
from onthetable.terms.sites import NOUNS, TIME, VERBS, Kind, Site, find_site, is_people, kind_of, line_over, low_at
from onthetable.tree import Spans, Tree

_DATA: dict[str, Any] = load("onthetable.terms", "figures.toml")
_ROLES, _SAYING = frozenset(_DATA["roles"]["who"]), frozenset(_DATA["roles"]["saying"])
_AGO, _PAST, _PRONOUNS, _LENGTHS, _WAYS, _OWNED = (
    frozenset(_DATA["words"][k]) for k in ("ago", "past", "pronouns", "lengths", "ways", "owned")
)
_THRESHOLDS = frozenset({"above", "below", "over", "under", "beyond"})


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure before it is numbered, with what later numbers without a noun may take from it."""

    amount: Amount
    site: Site
    noun: str
    unit: str
    kind: Kind
    measure: str
    rule: str


def find_figures(report: Report, spans: Spans, statements: Sequence[Statement]) -> tuple[Figure, ...]:
    """The figures of a report in the order of the text.

    `number` is the amount with its bounds, `evidence` the words around it with what is counted. `authority`
    is the source named in the clause itself ("X puts it at", "X's estimate"), else the source of the
    innermost statement that holds the number, else None. `rule` tells how the measure was found: "noun" and
    "context", "range" for the other end of a change, "part" and "share" for a part of another number, and
    "overlong" for a number of too many digits, which has no bounds.
    """
    tree = spans.tree
    numeric = frozenset(i for a in spans.amounts for i in range(a.first, a.last))
    topic = topic_of(tree)
    found: list[_Found] = []
    for n, amount in enumerate(spans.amounts):
        amount = _with_unit(tree, amount, spans.amounts[n + 1 : n + 2])
        site = find_site(tree, amount, numeric)
        if any(refused(tree, amount, site) for refused in (_is_time_point, _is_distance, _is_age, _is_who, _is_minor)):
            continue
        one = _share_of(tree, amount, site, found) or _name_it(spans, amount, site, numeric, found, topic)
        if one:
            found.append(_settled(tree, one, found[-1] if found else None))
    ordered = sorted(statements, key=lambda s: s.content)
    return tuple(_figure(report, spans, ordered, f, numeric, n) for n, f in enumerate(found, 1))


def _with_unit(tree: Tree, amount: Amount, behind: Sequence[Amount]) -> Amount:
    """The amount with the unit of the whole that it is part of: "210 of its 350 kilograms"."""
    whole = next(iter(behind), None)
    part = whole and amount.unit is None and low_at(tree, amount.last) == "of" and 1 <= whole.first - amount.last <= 2
    return replace(amount, unit=whole.unit) if part and whole and kind_of(whole.unit) in {"weight", "money"} else amount


def _part_of(tree: Tree, site: Site, last: _Found) -> str | None:
    """What is said of a part ("of which 640 are running"); a level is not measured as its change is."""
    verb = site.verb
    if verb is not None and tree[verb].tag == "VBG" and tree.kid(verb, "aux") is not None:
        plain = tree[verb].lemma in VERBS["plain"] | VERBS["reach"]
        return None if plain or last.kind != "count" else f"{last.noun} {low_at(tree, verb)}"
    by = any(low_at(tree, i) == "by" for i in line_over(tree, site.core)[:2])
    if last.measure.startswith(("rise in ", "fall in ")) and not by:
        return last.noun
    return None


def _settled(tree: Tree, f: _Found, whole: _Found | None) -> _Found:
    """Those killed or displaced counted as people, and a part of the number before told apart from it."""
    behind = low_at(tree, f.amount.last) == "of" and low_at(tree, f.amount.last + 1) in _THEM
    before = {low_at(tree, f.amount.first - k) for k in (1, 2)}
    near = whole is not None and tree[whole.amount.first].sentence == tree[f.amount.first].sentence
    told = near and (behind or bool(before & {"among", "including"}) or before == {"which", "of"})
    part = f.kind == "count" and (told or _has_whole(tree, f.amount))
    overlong = f.amount.low is None and f.amount.high is None
    rule = "overlong" if overlong else "part" if part else f.rule
    people = f.measure in _SUFFERED and f.kind != "percent"
    return replace(f, unit="people" if people else f.unit, rule=rule)


def _has_whole(tree: Tree, amount: Amount) -> bool:
    """Whether the number that it is a part of comes right behind it: "four of the 15 seats", "two of the last nine"."""
    behind = takewhile(lambda i: tree[i].pos in _BETWEEN, range(amount.last + 1, min(amount.last + 4, len(tree))))
    return low_at(tree, amount.last) == "of" and any(tree[i].pos == "NUM" for i in behind)


_BETWEEN = frozenset({"DET", "PRON", "ADJ", "NUM"})


def _share_of(tree: Tree, amount: Amount, site: Site, before: list[_Found]) -> _Found | None:
    """A part of a number told before: "two thirds of them", "less than half of that"."""
    pronoun = low_at(tree, amount.last) == "of" and low_at(tree, amount.last + 1) in _THEM
    whole = next((f for f in reversed(before[-3:]) if f.kind == "count"), None)
    if kind_of(amount.unit) != "percent" or not pronoun or whole is None:
        return None
    return _Found(amount, site, whole.noun, "percent", "percent", f"share of {whole.measure}", "share")


_THEM = frozenset({"them", "those", "that", "these", "whom", "which"})


def _name_it(
    spans: Spans, amount: Amount, site: Site, numeric: frozenset[int], before: list[_Found], topic: str | None
) -> _Found | None:
    tree = spans.tree
    kind = kind_of(amount.unit)
    status = status_of(tree, site, amount.unit)
    noun = (
        noun_phrase(tree, site, numeric) or noun_of_verb(tree, site, kind, amount.unit or "") or counted_set(tree, site)
    )
    start = _other_end(tree, amount, before)
    if start and start.kind in {kind, "percent" if kind == "count" else kind}:
        return _Found(amount, site, start.noun, start.unit, start.kind, start.measure, "range")
    acting = site.noun is not None and (spans.actor(site.noun) is not None or tree[site.noun].entity == "PERSON")
    no_thing = site.noun is not None and (acting or is_somebody(tree, site.noun) or is_bidder(tree, site))
    if kind == "percent" and noun and no_thing and not site.partitive:
        last = _last(tree, before, kind, amount)
        noun = near_noun(tree, site, kind) or (last.noun if last else None) or topic or noun
    if kind == "money" and noun and acting and not site.partitive:
        noun = noun_of_verb(tree, site, kind, amount.unit or "") or near_noun(tree, site, kind) or noun
    if kind == "time" and acting:
        noun = None
    if kind == "time" and site.noun is not None and low_at(tree, site.noun) in _OWNED:
        noun = next((f.noun for f in reversed(before[-12:]) if f.kind == "time"), noun)
    loose = tree[site.core].dep in {"appos", "conj"} and not site.partitive
    if kind == "percent" and noun and site.noun is not None and loose and tree[site.noun].lemma not in NOUNS["percent"]:
        noun = None
    bare = amount.unit is None and (not noun or (no_thing and tree[site.core].dep == "pobj"))
    again = _again(before, amount) if bare else None
    if again or (bare and low_at(tree, site.noun if site.noun is not None else site.core) in _OWNED):
        noun = None
    last = None if noun else again or _last(tree, before, kind, amount)
    if not noun and not last and kind in {"percent", "money"}:
        noun = near_noun(tree, site, kind) or (topic if kind == "percent" else None)
    if last:
        same = status is None or last.measure.endswith(" size")
        measure = (
            _part_of(tree, site, last) or last.measure
            if same
            else measure_of(tree, last.noun, status, kind, site, amount)
        )
        unit = amount.unit if kind != "count" and amount.unit != "share" else last.unit
        return _Found(amount, site, last.noun, unit or last.unit, last.kind, measure, "context")
    measure = measure_of(tree, noun or "", status, kind, site, amount)
    if measure == "time length":
        near = [f for f in before[-6:] if f.kind == "time" and f.noun and f.measure.endswith(" length")]
        said = near and tree[amount.first].sentence - tree[near[-1].amount.first].sentence <= 1
        measure = near[-1].measure if said else measure
    unit = unit_of(tree, amount, site, noun or "", status)
    if amount.unit is None:
        unit = next((f.unit for f in reversed(before[-12:]) if f.noun == noun and f.kind != "count"), unit)
    return _Found(amount, site, noun or "", unit, kind, measure, "noun") if measure else None


def _other_end(tree: Tree, amount: Amount, before: list[_Found]) -> _Found | None:
    """The figure that a number goes on from, with no noun of its own: "from 400 prisoners to 320", "61 votes to 54"."""
    if not before or low_at(tree, amount.first - 1) != "to" or amount.unit is not None:
        return None
    start = before[-1]
    near = 0 <= amount.first - start.amount.last <= REACH
    bare = low_at(tree, amount.last) in _ENDS
    told = low_at(tree, start.amount.first - 1) == "from" or (
        amount.first - start.amount.last <= 2 and start.kind == "count"
    )
    return start if near and bare and told else None


_ENDS = frozenset({"", ".", ",", ";", ":", ")", "and", "but", "in", "if", "as", "on", "after", "by", "at"})
REACH = 6
"""How many tokens may stand between the two ends of a change."""


def _again(before: list[_Found], amount: Amount) -> _Found | None:
    """The figure that a bare number repeats: "so the 5.5 is still on offer"."""
    value = amount.low, amount.high
    if (amount.low or amount.high or 0) <= SMALL or amount.qualifier == "vague":
        return None
    same = (f for f in reversed(before[-MEMORY:]) if (f.amount.low, f.amount.high) == value)
    return next((f for f in same if f.kind != "time"), None)


MEMORY = 200
"""How many figures back a number may be told again."""
SMALL = 4
"""Up to here, a bare number says too little to be the same as another one."""


def _last(tree: Tree, before: list[_Found], kind: Kind, amount: Amount) -> _Found | None:
    """The figure that a number without a noun goes back to: the last of its kind, in the same sentence for some."""
    near = tree[amount.first].sentence
    for f in reversed(before[-12:]):
        if amount.unit is not None:
            if f.kind == kind and (kind != "count" or f.unit == amount.unit) and kind != "time":
                return f
        elif f.kind not in {"time", "percent"} or tree[f.amount.first].sentence == near:
            return f
    return None


# --- what is no figure --------------------------------------------------------------------------------


def _is_time_point(tree: Tree, amount: Amount, _: Site) -> bool:
    """ "Four years ago", "in two weeks", "the last 24 hours", "every two weeks", a person's age."""
    if amount.unit not in TIME:
        return False
    behind = [low_at(tree, amount.last + k) for k in (0, 1)]
    if behind[0] in _AGO or behind == ["-", "old"]:
        return True
    lead = amount.first - 1
    if low_at(tree, lead) in _PAST and tree[lead].pos not in {"VERB", "AUX"}:
        return True
    bounded = amount.qualifier in {"at-least", "at-most"}
    served = low_at(tree, amount.last) in {"of", "prison", "jail"}
    return low_at(tree, amount.first - 1) == "in" and not bounded and not served


def _is_distance(tree: Tree, amount: Amount, _: Site) -> bool:
    """How far a place lies from another: "30 miles (50 km) south of the capital"."""
    if amount.unit not in _LENGTHS or any(tree[i].lemma in VERBS["moving"] for i in line_over(tree, amount.first)[:3]):
        return False
    last = min(amount.last + 6, tree.sentence(amount.first)[1])
    return any(low_at(tree, i) in _WAYS for i in range(amount.last, last))


def _is_age(tree: Tree, amount: Amount, site: Site) -> bool:
    """A person's age: "who is 70", "people under 30", "died at 43"."""
    if amount.unit is not None or (amount.low or amount.high or 0) >= 110:
        return False
    lead = amount.first - 1
    if low_at(tree, lead) == "aged" or (low_at(tree, lead) == "at" and tree[tree[lead].head].lemma in VERBS["ageing"]):
        return True
    if site.noun is None:
        return False
    head = tree[site.core].head
    if tree[head].lemma == "be":
        subject = tree.kid(head, "nsubj")
        personal = subject is not None and low_at(tree, subject) in {"he", "she", "who"}
        return personal or tree[site.noun].entity == "PERSON"
    if tree[site.noun].lemma == "age":
        return True
    limit = low_at(tree, amount.first) in _THRESHOLDS and tree[amount.first].dep == "prep"
    return limit and is_people(tree, site.noun)


def _is_who(tree: Tree, amount: Amount, site: Site) -> bool:
    """A few people or bodies that speak or act: "two officials said", "the two governments"."""
    few = amount.qualifier == "exact" and (amount.low or 0) <= 12
    if site.noun is None or not few or kind_of(amount.unit) != "count":
        return False
    if tree[site.noun].lemma not in _ROLES:
        return False
    if status_of(tree, site, amount.unit):
        return False
    near = {tree[i].lemma for i in (*tree.children[site.noun], *line_over(tree, site.core))}
    return (amount.low or 0) <= 4 or bool(near & _SAYING)


def _is_minor(tree: Tree, amount: Amount, site: Site) -> bool:
    """Small exact counts of things, counts in a compound, a bare "zero", and plural talk of nothing counted."""
    if kind_of(amount.unit) != "count" or amount.unit in {"times", "occasions"}:
        return amount.unit == "share" and site.noun is None
    if low_at(tree, amount.last) == "-" or amount.low == 0:
        return True
    if amount.qualifier == "vague" and site.noun is None and amount.unit is None:
        return status_of(tree, site, amount.unit) is None
    if _has_whole(tree, amount):
        return False
    small = amount.qualifier == "exact" and (amount.low or 0) <= 4
    return small and status_of(tree, site, amount.unit) is None


# --- the record ---------------------------------------------------------------------------------------


def _figure(
    report: Report, spans: Spans, statements: Sequence[Statement], f: _Found, numeric: frozenset[int], n: int
) -> Figure:
    low, high, qualifier = _bounds(spans.tree, f)
    return Figure(
        id=f"{report.id}.f{n}",
        report=report.id,
        measure=f.measure,
        low=low,
        high=high,
        unit=f.unit,
        qualifier=qualifier,
        authority=_authority(spans, statements, f),
        as_of=_as_of(spans, f, numeric),
        number=f.amount.span,
        evidence=report.span(*_evidence(spans.tree, f)),
        rule=f.rule,
    )


def _bounds(tree: Tree, f: _Found) -> tuple[float | None, float | None, Qualifier]:
    """The amount's bounds; shares as percent, and a threshold ("work above 5 per cent") as the value that it is."""
    low, high, qualifier = f.amount.low, f.amount.high, f.amount.qualifier
    if f.amount.unit == "share":
        return low and round(low * 100, 1), high and round(high * 100, 1), qualifier
    first = tree[f.amount.first]
    if qualifier == "at-least" and _is_negated(tree, f):
        return None, low, "at-most"
    level = VERBS["reach"] | VERBS["up"] | VERBS["keeping"]
    threshold = first.dep == "prep" and tree[first.head].lemma not in level
    if threshold and f.kind == "percent" and first.text.lower() in _THRESHOLDS:
        value = low if low is not None else high
        return value, value, "exact"
    return low, high, qualifier


def _is_negated(tree: Tree, f: _Found) -> bool:
    """Whether more is ruled out: "no party would hold more than six seats"."""
    verb = f.site.verb
    if verb is None or f.site.core < verb:
        return False
    subject = tree.kid(verb, "nsubj", "nsubjpass")
    words = {low_at(tree, i) for i in (subject, *tree.kids(subject, "det"))} if subject is not None else set()
    return bool(words & _NOBODY or tree.kids(verb, "neg"))


_NOBODY = frozenset({"nobody", "none", "neither", "no"})


def _authority(spans: Spans, statements: Sequence[Statement], f: _Found) -> str | None:
    statement = innermost(statements, f.amount.span)
    speaker = _reckoner(spans.tree, f)
    told = statement.source.span if statement and statement.source else None
    if told and speaker is not None and spans.tree.span(speaker, speaker + 1).overlaps(told):
        speaker = None  # the source of the statement has the whole of its words
    named = _words(spans, speaker) if speaker is not None else _counter(spans, f) or _teller(spans, f)
    if named:
        return named
    source = statement.source if statement else None
    if source is None:
        return None
    words = re.split(r",| who | which ", source.span.text, maxsplit=1)[0].strip(" \"'“”‘’")
    vague = not words or words.lower().split()[0] in _PRONOUNS | _OWNED
    return source.name if vague else words


def _counter(spans: Spans, f: _Found) -> str | None:
    """Whose count the noun itself names: "the agency's latest estimate", "the official toll"."""
    tree = spans.tree
    noun = f.site.noun
    if noun is not None and tree[noun].lemma in NOUNS["counts"]:
        owners = [*tree.kids(noun, "poss"), *(g for p in tree.kids(noun, "prep") for g in tree.kids(p, "pobj"))]
        owners = [o for o in owners if tree[o].entity not in {"DATE", "TIME"} and low_at(tree, o) not in _PRONOUNS]
        bodies = (o for o in owners if tree[o].entity == "ORG" or (spans.actor(o) and not tree[o].entity))
        owner = next((o for o in owners if tree[o].dep == "poss"), next(bodies, None))
        if owner is not None:
            return _words(spans, owner)
        if any(tree[c].lemma in NOUNS["official"] for c in tree.kids(noun, "amod", "compound")):
            dated = [tree.edges[c][1] for c in tree.kids(noun, "poss") if tree[c].entity in {"DATE", "TIME"}]
            within = tree.edges[noun][0] <= f.site.core < tree.edges[noun][1]
            return tree.span(max([tree.edges[noun][0], *dated]), noun + 1).text if within or not dated else None
    return None


_NUMERIC = frozenset({"DATE", "TIME", "CARDINAL", "QUANTITY", "MONEY", "PERCENT"})
_SUFFERED = frozenset({"deaths", "injuries", "displaced", "missing"})


def _reckoner(tree: Tree, f: _Found) -> int | None:
    """The subject of the verb over the number that counts it, or tells the clause that holds it."""
    told = False
    for verb in line_over(tree, f.site.core)[:6]:
        if any(low_at(tree, i) == ";" for i in range(f.amount.last, min(verb, f.amount.last + 60))):
            return None
        if tree[verb].pos not in {"VERB", "AUX"}:
            continue
        subject = tree.kid(verb, "nsubj")
        if subject is None and tree[verb].dep == "conj":
            subject = tree.kid(tree[verb].head, "nsubj")
        first, end = tree.edges[subject] if subject is not None else (0, 0)
        if subject is not None and not first <= f.site.core < end:
            counts = VERBS["counting"] - (VERBS["paying"] if f.kind == "money" else frozenset())
            says = tree[verb].lemma in counts or (told and tree[verb].lemma in VERBS["telling"])
            says = says or (f.rule == "context" and tree[verb].lemma == "have" and f.measure in _SUFFERED)
            noun = tree[subject].pos in {"NOUN", "PROPN"} and tree[subject].entity not in _NUMERIC
            sound = noun and subject != f.site.noun
            return subject if says and sound else None
        told = told or tree[verb].dep in {"ccomp", "parataxis"}
    return None


def _teller(spans: Spans, f: _Found) -> str | None:
    """Whose numbers come behind a colon: "new numbers from the harbour board: 40 per cent of"."""
    tree = spans.tree
    first = tree.sentence(f.site.core)[0]
    near = range(f.amount.first - 1, max(first, f.amount.first - 40), -1)
    colon = next((i for i in near if low_at(tree, i) == ":"), first)
    for i in range(colon - 1, max(first - 1, colon - 10), -1):
        if tree[i].lemma in NOUNS["tellers"] and tree[i].pos == "NOUN":
            named = i + 2 < colon and low_at(tree, i + 1) in {"from", "by"}
            return tree.span(i + 2, colon).text if named else None
    return None


def _words(spans: Spans, head: int) -> str:
    """How somebody is called in the text, with whose or of what they are ("a study by the guild")."""
    tree, mention, actor = spans.tree, spans.mention(head), spans.actor(head)
    if actor and (mention is None or mention.form == "pronoun"):
        return actor.name
    ends = [tree.edges[p][1] for p in tree.kids(head, "prep") if low_at(tree, p) in _BODY_OF][:1]
    start = tree[min(tree.edges[head][0], head)].start if mention is None else mention.span.start
    end = max([tree[head].end if mention is None else mention.span.end, *(tree[e - 1].end for e in ends)])
    return tree.text[start:end]


_BODY_OF = frozenset({"of", "for", "at", "by", "from"})


def _as_of(spans: Spans, f: _Found, numeric: frozenset[int]) -> Time | None:
    """The time that stands by the number's own verb or noun, the nearest of several."""
    tree = spans.tree
    first, last = tree.sentence(f.site.core)
    near = [
        t
        for t in times_within(spans.times, tree[first].start, tree[last - 1].end, recent=True)
        if not t.span.overlaps(f.amount.span)
        and not _is_start(tree, t)
        and _is_beside(tree, t, f.site)
        and not _is_next(tree, t, f, numeric)
    ]
    return min(near, key=lambda t: abs(t.span.start - f.amount.span.start), default=None)


def _is_start(tree: Tree, time: Time) -> bool:
    """Whether a count goes on from the time and is not of it: "killed since August"."""
    at = tree.at(time.span.start)
    last = None if at is None else at - 1 if low_at(tree, at) not in _SINCE else at
    return last is not None and low_at(tree, last) in _SINCE


_SINCE = frozenset({"since", "from", "until", "till", "by", "before"})


def _is_next(tree: Tree, time: Time, f: _Found, numeric: frozenset[int]) -> bool:
    """Whether another number stands between this one and a time behind it."""
    at = tree.at(time.span.start)
    return at is not None and any(i in numeric for i in range(f.amount.last, min(at, f.amount.last + 60)))


def _is_beside(tree: Tree, time: Time, site: Site) -> bool:
    """Whether the nearest verb over a time, or a noun before that, is the number's own."""
    at = tree.at(time.span.end - 1)
    for i in line_over(tree, at) if at is not None else []:
        if i in {site.noun, site.verb, site.core}:
            apart = (
                i == site.noun and at is not None and at < i and not tree.edges[i][0] <= site.core < tree.edges[i][1]
            )
            return not apart  # "last month's count has risen to 1,344"
        if tree[i].pos in {"VERB", "AUX"}:
            return False
    return False


REACH = 10
"""How many tokens away from the number a noun or verb still belongs to the words quoted for it."""


def _evidence(tree: Tree, f: _Found) -> tuple[int, int]:
    first, last = f.amount.first, f.amount.last
    near = [i for i in (f.site.noun, f.site.verb) if i is not None]
    low, high = tree.sentence(f.site.core)
    for i in near:
        if first - REACH <= i < last + REACH and low <= i < high:
            first, last = min(first, i), max(last, i + 1)
    if f.site.noun is not None and first <= f.site.noun < last:
        edge = tree.edges[f.site.noun][0]
        first = edge if first - 4 <= edge < first else first
    return tree[first].start, tree[last - 1].end
