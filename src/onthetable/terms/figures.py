"""Numbers in circulation: what each one counts, between which bounds, and by whose count.

An amount becomes a figure when it measures something of the talks or their matter: people, money, shares,
weights, lengths of time. Points in time ("four years ago"), small numbers of sources ("two officials") and
counts inside a compound ("a two-page paper") are none. The measure is read from the noun that is counted
and the verb that governs it; a number without a noun takes what the last comparable figure measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from onthetable.lexicon import load
from onthetable.model import Amount, Figure, Qualifier, Report, Statement, Time
from onthetable.terms.near import innermost, times_within
from onthetable.tree import Spans, Tree

_DATA: dict[str, Any] = load("onthetable.terms", "figures.toml")
_STATUS: dict[str, str] = {word: name for name, words in _DATA["status"].items() for word in words}
_SEVERAL: dict[tuple[str, str], str] = {(a, b): name for name, pairs in _DATA["several"].items() for a, b in pairs}
_PEOPLE_STATUS, _ALONE = (frozenset(_DATA["status-kinds"][k]) for k in ("people", "by-itself"))
_NOUNS = {k: frozenset(v) for k, v in _DATA["nouns"].items()}
_CLASS: dict[str, str] = {word: name for name in ("hostages", "prisoners", "bodies", "jobs") for word in _NOUNS[name]}
_ROLES, _SAYING = frozenset(_DATA["roles"]["who"]), frozenset(_DATA["roles"]["saying"])
_VERBS = {k: frozenset(v) for k, v in _DATA["verbs"].items() if k != "nouns"}
_VERB_NOUN: dict[str, str] = _DATA["verbs"]["nouns"]
_AGO, _PAST = frozenset(_DATA["words"]["ago"]), frozenset(_DATA["words"]["past"])
_MEASURES, _MONEY, _TIME = (frozenset(_DATA["words"][k]) for k in ("measures", "money", "time"))
_PRONOUNS, _LENGTHS, _WAYS = (frozenset(_DATA["words"][k]) for k in ("pronouns", "lengths", "ways"))
_THRESHOLDS = frozenset({"above", "below", "over", "under", "beyond"})
_CANON: dict[str, str] = _DATA["canon"]
_PARTICIPLE: dict[str, str] = _DATA["participles"]

_Kind = Literal["time", "money", "percent", "weight", "count"]


@dataclass(frozen=True, slots=True)
class _Site:
    """Where an amount stands: its head token, the noun that it measures and the verb over both.

    `partitive` tells that the noun hangs under the number ("nine tonnes of grain").
    """

    core: int
    noun: int | None
    verb: int | None
    partitive: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure before it is numbered, with what later numbers without a noun may take from it."""

    amount: Amount
    site: _Site
    noun: str
    unit: str
    kind: _Kind
    measure: str
    rule: str


def find_figures(report: Report, spans: Spans, statements: Sequence[Statement]) -> tuple[Figure, ...]:
    """The figures of a report in the order of the text.

    `number` is the amount with its bounds, `evidence` the words around it with what is counted. `authority`
    is the source named in the clause itself ("X puts it at", "X's estimate"), else the source of the
    innermost statement that holds the number, else None.
    """
    tree = spans.tree
    numeric = frozenset(i for a in spans.amounts for i in range(a.first, a.last))
    found: list[_Found] = []
    for amount in spans.amounts:
        site = _site(tree, amount, numeric)
        if any(refused(tree, amount, site) for refused in (_is_time_point, _is_distance, _is_age, _is_who, _is_minor)):
            continue
        one = _name_it(tree, amount, site, numeric, found)
        if one:
            found.append(one)
    ordered = sorted(statements, key=lambda s: s.content)
    return tuple(_figure(report, spans, ordered, f, n) for n, f in enumerate(found, 1))


def _name_it(tree: Tree, amount: Amount, site: _Site, numeric: frozenset[int], before: list[_Found]) -> _Found | None:
    kind = _kind(amount.unit)
    status = _status(tree, site, amount.unit)
    noun = _noun_phrase(tree, site, numeric) or _of_verb_itself(tree, site, kind)
    last = None if noun else _last(tree, before, kind, amount)
    if last:
        same = status is None or last.measure.endswith(" size")
        measure = last.measure if same else _measure(tree, last.noun, status, kind, site, amount)
        unit = amount.unit if kind != "count" and amount.unit != "share" else last.unit
        return _Found(amount, site, last.noun, unit or last.unit, last.kind, measure, "context")
    measure = _measure(tree, noun or "", status, kind, site, amount)
    unit = _unit(tree, amount, site, noun or "", status)
    return _Found(amount, site, noun or "", unit, kind, measure, "noun") if measure else None


def _kind(unit: str | None) -> _Kind:
    if unit in _TIME:
        return "time"
    if unit in _MONEY:
        return "money"
    if unit in {"percent", "share", "basis points"}:
        return "percent"
    return "weight" if unit in _MEASURES and unit not in {"times", "occasions"} else "count"


# --- what is no figure --------------------------------------------------------------------------------


def _low(tree: Tree, i: int) -> str:
    return tree[i].text.lower() if 0 <= i < len(tree) else ""


def _is_time_point(tree: Tree, amount: Amount, _: _Site) -> bool:
    """"Four years ago", "in two weeks", "the last 24 hours", "every two weeks", a person's age."""
    if amount.unit not in _TIME:
        return False
    if _low(tree, amount.last) in _AGO or (_low(tree, amount.last) == "-" and _low(tree, amount.last + 1) == "old"):
        return True
    lead = amount.first - 1
    if _low(tree, lead) in _PAST and tree[lead].pos not in {"VERB", "AUX"}:
        return True
    bounded = amount.qualifier in {"at-least", "at-most"}
    served = _low(tree, amount.last) in {"of", "prison", "jail"}
    return _low(tree, amount.first - 1) == "in" and not bounded and not served


def _is_distance(tree: Tree, amount: Amount, _: _Site) -> bool:
    """How far a place lies from another: "30 miles (50 km) south of the capital"."""
    if amount.unit not in _LENGTHS or any(tree[i].lemma in _VERBS["moving"] for i in _line(tree, amount.first)[:3]):
        return False
    return any(_low(tree, i) in _WAYS for i in range(amount.last, min(amount.last + 6, tree.sentence(amount.first)[1])))


def _is_age(tree: Tree, amount: Amount, site: _Site) -> bool:
    """A person's age: "who is 70", "people under 30"."""
    if amount.unit is not None or (amount.low or amount.high or 0) >= 110 or site.noun is None:
        return False
    head = tree[site.core].head
    if tree[head].lemma == "be":
        subject = tree.kid(head, "nsubj")
        personal = subject is not None and _low(tree, subject) in {"he", "she", "who"}
        return personal or tree[site.noun].entity == "PERSON"
    if tree[site.noun].lemma == "age":
        return True
    limit = _low(tree, amount.first) in _THRESHOLDS and tree[amount.first].dep == "prep"
    return limit and _is_people(tree, site.noun)


def _is_who(tree: Tree, amount: Amount, site: _Site) -> bool:
    """A few people or bodies that speak or act: "two officials said", "the two governments"."""
    few = amount.qualifier == "exact" and (amount.low or 0) <= 12
    if site.noun is None or not few or _kind(amount.unit) != "count":
        return False
    if tree[site.noun].lemma not in _ROLES:
        return False
    if _status(tree, site, amount.unit):
        return False
    near = {tree[i].lemma for i in (*tree.children[site.noun], *_line(tree, site.core))}
    return (amount.low or 0) <= 4 or bool(near & _SAYING)


def _is_minor(tree: Tree, amount: Amount, site: _Site) -> bool:
    """Small exact counts of things, counts in a compound, a bare "zero", and plural talk of nothing counted."""
    if _kind(amount.unit) != "count" or amount.unit in {"times", "occasions"}:
        return amount.unit == "share" and site.noun is None
    if _low(tree, amount.last) == "-" or amount.low == 0:
        return True
    if amount.qualifier == "vague" and site.noun is None and amount.unit is None:
        return _status(tree, site, amount.unit) is None
    small = amount.qualifier == "exact" and (amount.low or 0) <= 4
    return small and _status(tree, site, amount.unit) is None


# --- where it stands ----------------------------------------------------------------------------------


def _site(tree: Tree, amount: Amount, numeric: frozenset[int]) -> _Site:
    core = _core(tree, amount)
    noun, partitive = _counted(tree, amount, core)
    if noun is None:
        noun = _measured(tree, core, _kind(amount.unit), numeric)
    top = core if noun is None or partitive or not core < noun else noun
    return _Site(core, noun, _verb(tree, top), partitive)


def _core(tree: Tree, amount: Amount) -> int:
    """The token of an amount that hangs from outside it."""
    inside = range(amount.first, amount.last)
    outer = [i for i in inside if tree[i].head not in inside or tree[i].head == i]
    solid = [i for i in outer if tree[i].pos not in {"ADP", "PUNCT", "ADV", "DET", "VERB"}]
    return (solid or outer or [amount.last - 1])[-1]


def _counted(tree: Tree, amount: Amount, core: int) -> tuple[int | None, bool]:
    """The noun that the amount goes with, and whether it hangs under it.

    "105 civilian hostages", "a 7 per cent rise", "nine tonnes of grain", "3 billion crowns' worth of grain".
    """
    last = tree.sentence(core)[1]
    head = tree[core].head
    if core < head < min(last, core + 9) and tree[head].pos in {"NOUN", "PROPN"} and tree[core].dep != "nsubj":
        return head, False
    kind = _kind(amount.unit)
    for prep in dict.fromkeys((*tree.kids(core, "prep"), *([amount.last] if amount.last < last else []))):
        word = tree[prep].text.lower()
        inner = tree.kid(prep, "pobj")
        if inner is not None and (word == "of" or (word == "in" and kind == "money" and not _is_light(tree, inner))):
            return inner, True
    if _low(tree, amount.first - 1) == "worth":
        ahead = range(amount.first - 2, max(0, amount.first - 5), -1)
        return next((i for i in ahead if tree[i].pos == "NOUN"), None), False
    if [_low(tree, amount.last + k) for k in (0, 1)] == ["out", "of"]:
        return next((i for i in range(amount.last + 2, min(last, amount.last + 9)) if tree[i].tag == "NNS"), None), True
    if amount.unit and kind == "count":
        behind = range(amount.last, min(last, amount.last + 8))
        return next((i for i in behind if tree[i].text.lower().startswith(amount.unit)), None), False
    return _owned(tree, amount.last, last)


def _owned(tree: Tree, after: int, last: int) -> tuple[int | None, bool]:
    """What a measure owns: "one week's stoppage", "24 hours' notice", "3.5 billion crowns' worth of grain"."""
    if after + 1 >= last or _low(tree, after) not in {"'s", "’s", "'", "’"} or tree[after + 1].pos != "NOUN":
        return None, False
    if _low(tree, after + 1) != "worth":
        return after + 1, False
    inner = next((g for p in tree.kids(after + 1, "prep") for g in tree.kids(p, "pobj")), None)
    return inner, inner is not None


def _measured(tree: Tree, core: int, kind: _Kind, numeric: frozenset[int]) -> int | None:
    """The noun that a measure is said of: "turnout was 83 per cent", "a quota of 1.2m tonnes", "cut gangs to six"."""
    at = core
    for _ in range(6):
        head, dep = tree[at].head, tree[at].dep
        if head == at:
            return None
        if tree[head].pos in {"NOUN", "PROPN"} and dep in _ATTACHED and head not in numeric:
            return head
        if tree[head].pos in {"VERB", "AUX"}:
            noun = _real(tree, _of_verb(tree, head, dep, kind))
            named = noun is not None and tree[noun].entity == "PERSON" and tree[noun].pos == "PROPN"
            return None if noun in numeric or noun == core or named else noun
        at = head
    return None


_ATTACHED = frozenset({"prep", "appos", "acl", "relcl", "nmod", "npadvmod", "advmod", "amod"})


def _of_verb(tree: Tree, verb: int, dep: str, kind: _Kind) -> int | None:
    """The noun that a number under a verb is said of, by the role that the number has."""
    subject = tree.kid(verb, "nsubjpass", "nsubj")
    if subject is None and tree[verb].dep == "xcomp":
        subject = tree.kid(tree[verb].head, "nsubjpass", "nsubj")
    thing = tree.kid(verb, "dobj")
    if dep in {"nsubj", "nsubjpass"}:
        return None
    if dep in {"attr", "oprd", "acomp"} or tree.kid(verb, "nsubjpass") is not None:
        return subject
    if dep == "dobj":
        return subject if tree[verb].lemma in _VERBS["reach"] else None
    if thing is not None:
        return tree[verb].head if tree[thing].tag in {"WDT", "WP"} and tree[verb].dep == "relcl" else thing
    if tree[verb].dep == "acl":
        return tree[verb].head
    return subject if kind == "time" or tree[verb].lemma in _VERBS["reach"] else None


def _real(tree: Tree, noun: int | None) -> int | None:
    """The noun behind a relative pronoun, past a place that it only lies in ("the detainees in X, which ...")."""
    if noun is None or tree[noun].tag not in {"WDT", "WP"}:
        return noun
    verb = next((j for j in _line(tree, noun) if tree[j].dep == "relcl"), None)
    if verb is None:
        return noun
    head = tree[verb].head
    while tree[head].pos == "PROPN" and tree[head].dep == "pobj" and tree[tree[tree[head].head].head].pos == "NOUN":
        head = tree[tree[head].head].head
    return head


def _line(tree: Tree, i: int) -> list[int]:
    """The heads over a token, nearest first, no more than a dozen."""
    return list(islice(tree.above(i), 12))


def _verb(tree: Tree, i: int) -> int | None:
    return next((j for j in _line(tree, i) if tree[j].pos == "VERB" or tree[j].lemma == "be"), None)


# --- what is said of it -------------------------------------------------------------------------------


def _status(tree: Tree, site: _Site, unit: str | None) -> str | None:
    """What the sentence says of those counted: the noun itself, words beside it, then nouns and the verb over it."""
    if site.noun is not None and not _may_have_status(tree, site.noun):
        return None
    kind = _kind(unit)
    start = site.noun if site.noun is not None else site.core
    own = _STATUS.get(tree[start].lemma)
    if site.noun is not None and own in _ALONE:
        return own
    for i in [*_beside(tree, site.core), *(_beside(tree, start) if start != site.core else []), *_over(tree, site)]:
        name = _word_status(tree, i)
        if name and (kind == "count" or site.noun is not None or name in {"released", "lost"}):
            return name
    return None


def _may_have_status(tree: Tree, noun: int) -> bool:
    lemma = tree[noun].lemma
    return (
        _is_people(tree, noun) or lemma in _STATUS or lemma in _CLASS or tree[noun].pos == "PRON"
        or _is_light(tree, noun) or (tree[noun].tag in {"NNS", "NNPS"} and lemma in _NOUNS["released"])
    )  # fmt: skip


def _beside(tree: Tree, i: int) -> Iterator[int]:
    """Words that describe a noun: adjectives, participles and clauses; "in captivity", "in the hands of"."""
    for c in tree.children[i][:MANY]:
        if tree[c].dep in {"amod", "acl", "relcl", "advmod", "appos"}:
            yield c
            yield from tree.kids(c, "xcomp", "acomp", "oprd", "attr")
        if tree[c].dep == "prep" and tree[c].text.lower() in {"in", "under"}:
            yield from tree.kids(c, "pobj")


def _over(tree: Tree, site: _Site) -> Iterator[int]:
    """The nouns over the number and the first verb that says something, with what completes it."""
    top = site.core if site.partitive or site.noun is None else max(site.core, site.noun)
    for i in _line(tree, top):
        yield i
        if tree[i].pos not in {"VERB", "AUX"}:
            continue
        for c in tree.kids(i, "acomp", "xcomp", "attr", "oprd"):
            yield c
            yield from tree.kids(c, "acomp")
        yield from (c for c in tree.kids(i, "advcl", "ccomp") if tree[i].lemma == "leave" and tree[c].tag == "VBN")
        if tree[i].lemma in _VERBS["reach"]:
            for c in tree.kids(i, "nsubj", "nsubjpass"):
                yield c
                yield from (g for p in tree.kids(c, "prep") for g in tree.kids(p, "pobj") if _low(tree, p) == "of")
        if tree[i].lemma == "be":
            yield from (g for p in tree.kids(i, "prep") for g in tree.kids(p, "pobj"))
        if tree[i].lemma not in _VERBS["plain"] or tree[i].dep not in {"xcomp", "ccomp", "advcl", "acl"}:
            return


MANY = 24
"""How many dependents of one word are looked at."""


def _word_status(tree: Tree, i: int) -> str | None:
    lemma = tree[i].lemma
    for c in tree.children[i][:MANY]:
        for other in (tree[c].lemma, *(tree[g].lemma for g in tree.children[c][:MANY])):
            if (lemma, other) in _SEVERAL:
                return _SEVERAL[lemma, other]
    return _STATUS.get(lemma) or _STATUS.get(tree[i].text.lower())


def _is_planned(tree: Tree, site: _Site) -> bool:
    """Whether the release or payment is only asked, offered or foreseen."""
    for i in (site.core, *_line(tree, site.core)):
        token = tree[i]
        auxiliaries = {tree[c].lemma for c in tree.kids(i, "aux", "auxpass")}
        if token.lemma in _VERBS["planned"] or (auxiliaries & _VERBS["modal"]) or "to" in auxiliaries:
            return True
        if token.tag in {"VBD", "VBN"} and token.dep != "acl" and token.lemma not in _VERBS["plain"]:
            return False
    return False


# --- its name -----------------------------------------------------------------------------------------


def _is_light(tree: Tree, i: int) -> bool:
    return tree[i].pos == "PRON" or tree[i].lemma in _NOUNS["light"]


def _noun_phrase(tree: Tree, site: _Site, numeric: frozenset[int]) -> str | None:
    """The noun in words, its compounds before it; a mere "number" gives way to what it is the number of."""
    noun = site.noun
    for _ in range(3):
        if noun is None or tree[noun].pos == "PRON" or noun in numeric or noun == site.core:
            return None
        compounds = (c for c in tree.kids(noun, "compound") if c < noun and c not in numeric)
        beside = [c for c in compounds if tree[c].pos in {"NOUN", "PROPN"}]
        if not _is_light(tree, noun):
            return _called(tree, noun, beside)
        if beside:
            return " ".join(_plain(tree, c) for c in beside)
        noun = next((k for p in tree.kids(noun, "prep") if _low(tree, p) == "of" for k in tree.kids(p, "pobj")), None)
        if noun is not None and tree[noun].entity in {"ORG", "PERSON", "GPE"}:
            return None
    return None


def _called(tree: Tree, noun: int, beside: list[int]) -> str:
    over = tree[noun].head
    if tree[noun].dep == "pobj" and tree[tree[over].head].lemma in _NOUNS["bodies"]:
        return "bodies"
    name = _CLASS.get(tree[noun].lemma)
    return name or " ".join(_plain(tree, c) for c in (*beside, noun))


def _plain(tree: Tree, i: int) -> str:
    word = re.split(r"[—–]", tree[i].text, maxsplit=1)[0]
    return word if tree[i].pos == "PROPN" and tree[i].entity else _CANON.get(word.lower(), word.lower())


def _of_verb_itself(tree: Tree, site: _Site, kind: _Kind) -> str | None:
    """What the verb measures where no noun says it: "earns 900 crowns" is pay, "enriched to 5 per cent" a level."""
    if site.verb is None or kind not in {"money", "percent"} or site.noun is not None:
        return None
    return _VERB_NOUN.get(tree[site.verb].lemma)


def _measure(tree: Tree, noun: str, status: str | None, kind: _Kind, site: _Site, amount: Amount) -> str:
    lemma = tree[site.noun].lemma if site.noun is not None else ""
    if kind == "time":
        people = site.noun is not None and _is_people(tree, site.noun)
        verb = tree[site.verb].lemma if site.verb is not None else "be"
        done = "time" if verb in _VERBS["plain"] else verb
        return f"{noun if noun and not people else done} length"
    if kind == "count" and lemma in _NOUNS["collective"] and not (amount.unit and amount.unit.startswith(lemma)):
        return f"{lemma} size"
    if kind == "money" and site.noun is not None and _is_people(tree, site.noun):
        return f"{noun} pay"
    if status in _ALONE and (status == "deaths" or noun in {"", "people", "persons"} or lemma in _STATUS):
        return status or ""
    if status == "released":
        thing = noun or ("funds" if kind == "money" else "")
        return f"{thing} {'to be ' if _is_planned(tree, site) else ''}released".strip()
    if status:
        return noun if noun[:7] == status[:7] else f"{noun} {status}".strip()
    if noun in {"hostages", "prisoners"}:
        return f"{noun} held"
    if kind == "count" and lemma in _NOUNS["population"] and (amount.low or 0) >= 10_000:
        return "population"
    change = _change(tree, site)
    if change and noun:
        return f"{change} in {noun}"
    said = _participle(tree, site) if kind != "percent" or site.partitive else None
    noun = noun or ("funds" if kind == "money" and said else (amount.unit or "") if amount.unit != "share" else "share")
    return f"{noun} {said}" if said and noun else noun


def _change(tree: Tree, site: _Site) -> str | None:
    """"Fall" or "rise" where the number is by how much: "reduced by 60 per cent", "down about 60%"."""
    line = _line(tree, site.core)[:2]
    by = any(tree[i].text.lower() == "by" for i in line)
    for n, i in enumerate(line):
        if by or (n == 0 and tree[i].pos == "ADV" and tree[i].lemma in {"down", "up"}):
            if tree[i].lemma in _VERBS["down"]:
                return "fall"
            if tree[i].lemma in _VERBS["up"]:
                return "rise"
    return None


def _participle(tree: Tree, site: _Site) -> str | None:
    """What is done to what is counted, as a participle: "oil money frozen", "drivers hired"."""
    if site.noun is not None:
        for c in tree.kids(site.noun, "acl"):
            if tree[c].tag == "VBN" and tree[c].lemma not in _VERBS["plain"]:
                return tree[c].text.lower()
    top = site.core if site.partitive or site.noun is None else max(site.core, site.noun)
    verb = tree[top].head
    if tree[verb].pos != "VERB" or tree[verb].lemma in _VERBS["plain"] or tree[verb].lemma in _VERBS["reach"]:
        return None
    return _to_participle(tree[verb].lemma, tree[verb].text.lower()) if tree[top].dep in {"dobj", "nsubjpass"} else None


def _to_participle(lemma: str, form: str) -> str:
    if lemma in _PARTICIPLE:
        return _PARTICIPLE[lemma]
    if form.endswith("ed"):
        return form
    if lemma.endswith("e"):
        return f"{lemma}d"
    if lemma.endswith("y") and lemma[-2:-1] not in set("aeiou"):
        return f"{lemma[:-1]}ied"
    return f"{lemma}ed"


def _unit(tree: Tree, amount: Amount, site: _Site, noun: str, status: str | None) -> str:
    if amount.unit == "share":
        return "percent"
    if amount.unit in _MEASURES or amount.unit in _MONEY:
        return amount.unit or ""
    crew = site.noun is not None and tree[site.noun].lemma in _NOUNS["collective"] and not amount.unit
    counted = site.noun is not None and _is_people(tree, site.noun)
    gone = status in _PEOPLE_STATUS and (site.noun is None or status in _ALONE)
    if crew or counted or gone or noun in {"hostages", "prisoners", "bodies"}:
        return "people"
    return amount.unit or (noun.split()[-1] if noun else "count")


def _is_people(tree: Tree, noun: int) -> bool:
    token = tree[noun]
    named = token.entity == "NORP" or (token.tag == "NNPS" and token.entity not in {"ORG", "GPE", "PRODUCT"})
    return token.lemma in _NOUNS["people"] or named or token.lemma.split("—")[0] in _NOUNS["people"]


def _last(tree: Tree, before: list[_Found], kind: _Kind, amount: Amount) -> _Found | None:
    """The figure that a number without a noun goes back to: the last of its kind, in the same sentence for some."""
    near = tree[amount.first].sentence
    for f in reversed(before[-12:]):
        if amount.unit is not None:
            if f.kind == kind and (kind != "count" or f.unit == amount.unit) and kind != "time":
                return f
        elif f.kind not in {"time", "percent"} or tree[f.amount.first].sentence == near:
            return f
    return None


# --- the record ---------------------------------------------------------------------------------------


def _figure(report: Report, spans: Spans, statements: Sequence[Statement], f: _Found, n: int) -> Figure:
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
        as_of=_as_of(spans, f),
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
    level = _VERBS["reach"] | _VERBS["up"] | _VERBS["keeping"]
    threshold = first.dep == "prep" and tree[first.head].lemma not in level
    if threshold and f.kind == "percent" and first.text.lower() in _THRESHOLDS:
        value = low if low is not None else high
        return value, value, "exact"
    return low, high, qualifier


def _authority(spans: Spans, statements: Sequence[Statement], f: _Found) -> str | None:
    named = _counter(spans, f)
    if named:
        return named
    statement = innermost(statements, f.amount.span)
    source = statement.source if statement else None
    if source is None:
        return None
    words = re.split(r",| who | which ", source.span.text, maxsplit=1)[0].strip(" \"'“”‘’")
    if not words:
        return source.name
    return source.name if words.lower().split()[0] in _PRONOUNS else words




def _counter(spans: Spans, f: _Found) -> str | None:
    """The source in the clause itself: "X counts 1.7m", "X gives a figure of", "the agency's latest estimate"."""
    tree = spans.tree
    told = (i for i in _line(tree, f.site.core)[:5] if tree.kid(i, "nsubj", "nsubjpass") is not None)
    verb = next(told, None)
    if verb is not None and tree[verb].lemma in _VERBS["counting"]:
        subject = tree.kid(verb, "nsubj")
        if subject is not None and tree[subject].pos in {"NOUN", "PROPN"} and subject != f.site.noun:
            return _words(spans, subject)
    noun = f.site.noun
    if noun is not None and tree[noun].lemma in _NOUNS["counts"]:
        owners = [*tree.kids(noun, "poss"), *(g for p in tree.kids(noun, "prep") for g in tree.kids(p, "pobj"))]
        owner = next((o for o in owners if tree[o].dep == "poss" or tree[o].entity == "ORG" or spans.actor(o)), None)
        return _words(spans, owner) if owner is not None else None
    return None


def _words(spans: Spans, head: int) -> str:
    mention = spans.mention(head)
    if mention and mention.form != "pronoun":
        return mention.span.text
    actor = spans.actor(head)
    return actor.name if actor else spans.tree.span(min(spans.tree.edges[head][0], head), head + 1).text


def _as_of(spans: Spans, f: _Found) -> Time | None:
    """The time that the clause of the number gives: the nearest before the next number of the sentence."""
    tree = spans.tree
    first, last = tree.sentence(f.site.core)
    top = f.site.verb if f.site.verb is not None else f.site.core
    low, high = tree.edges[top]
    start, end = tree[max(first, low)].start, tree[min(last, high) - 1].end
    near = [t for t in times_within(spans.times, start, end) if not t.span.overlaps(f.amount.span)]
    return min(near, key=lambda t: abs(t.span.start - f.amount.span.start), default=None)


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
