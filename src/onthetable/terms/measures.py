"""What a number measures, as a short noun phrase: the noun, and what the sentence says of those counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from onthetable.lexicon import load
from onthetable.model import Amount
from onthetable.terms.sites import (
    MEASURES,
    MONEY,
    NOUNS,
    VERBS,
    Kind,
    Site,
    is_light,
    is_people,
    kind_of,
    line_over,
    low_at,
)
from onthetable.tree import Tree

_DATA: dict[str, Any] = load("onthetable.terms", "figures.toml")
_STATUS: dict[str, str] = {word: name for name, words in _DATA["status"].items() for word in words}
_SEVERAL: dict[tuple[str, str], str] = {(a, b): name for name, pairs in _DATA["several"].items() for a, b in pairs}
PEOPLE_STATUS, _ALONE = (frozenset(_DATA["status-kinds"][k]) for k in ("people", "by-itself"))
_CLASS: dict[str, str] = {word: name for name in ("hostages", "prisoners", "bodies", "jobs") for word in NOUNS[name]}
_VERB_NOUN: dict[str, str] = _DATA["verbs"]["nouns"]
_CANON: dict[str, str] = _DATA["canon"]
_STANDING, _SWAPPING, _COSTING, _GETTING = (
    frozenset(_DATA["words"][k]) for k in ("standing", "swapping", "costing", "getting")
)
_WHO = frozenset(_DATA["roles"]["who"])
_PARTICIPLE: dict[str, str] = _DATA["participles"]
_DEFINITE = frozenset({"the", "its", "their", "those", "these", "his", "her", "our"})
_DWELLINGS = frozenset({"home", "house", "dwelling", "village"})
_PREFIXES = frozenset({"no", "non", "anti", "pre", "post"})
_LASTING = frozenset({"last", "run", "take", "lie"})
MANY = 24
"""How many dependents of one word are looked at."""


# --- what is said of it -------------------------------------------------------------------------------


def status_of(tree: Tree, site: Site, unit: str | None) -> str | None:
    """What the sentence says of those counted: the noun itself, words beside it, then nouns and the verb over it."""
    start = site.noun if site.noun is not None else site.core
    right = _right_behind(tree, site)
    if right in _ALONE:
        return right
    allowed = _allowed(tree, site, kind_of(unit))
    own = _STATUS.get(tree[start].lemma)
    if site.noun is not None and own in _ALONE:
        return own
    behind = [start + 1] if tree[start].pos == "PRON" and start + 1 < tree.sentence(start)[1] else []
    beside = [*_beside(tree, site.core), *(_beside(tree, start) if start != site.core else []), *behind]
    found = [
        n for i in (*beside, *_over(tree, site)) if (n := _word_status(tree, i)) and (allowed is None or n in allowed)
    ]
    if found[:1] == ["held"] and "released" in found and not _is_definite(tree, site):
        return "released"  # "90 members held without trial would be freed"
    return found[0] if found else None


def _right_behind(tree: Tree, site: Site) -> str | None:
    """What the word behind a bare number says: "and 60 injured", whatever the sentence tells besides."""
    after = site.core + 1
    bare = tree[site.core].pos == "NUM" and after < tree.sentence(site.core)[1]
    return _word_status(tree, after) if bare and tree[after].tag in {"VBN", "JJ"} else None


def _is_definite(tree: Tree, site: Site) -> bool:
    """Whether the words take those counted for granted: "the 17 soldiers"."""
    top = site.noun if site.noun is not None else site.core
    return any(low_at(tree, c) in _DEFINITE for c in (*tree.kids(top, "det", "poss"), *tree.kids(site.core, "det")))


def _allowed(tree: Tree, site: Site, kind: Kind) -> frozenset[str] | None:
    """Which statuses fit: all (None) where persons or nothing in particular is counted, few for things and measures."""
    noun = site.noun
    if noun is not None and (is_people(tree, noun) or tree[noun].lemma in _CLASS):
        return None
    if kind != "count":
        return frozenset({"released", "lost"} if noun is None or tree[noun].lemma in NOUNS["released"] else ())
    if noun is None or is_light(tree, noun) or (site.partitive and tree[noun].lemma in NOUNS["collective"]):
        return None
    return frozenset(_ALONE | {"released"} if tree[noun].lemma in NOUNS["released"] else _ALONE)


def _beside(tree: Tree, i: int) -> Iterator[int]:
    """Words that describe a noun: adjectives, participles and clauses; "in captivity", "in the hands of"."""
    for c in tree.children[i][:MANY]:
        described = tree[c].dep in {"amod", "acl", "relcl", "advmod", "appos"} and not tree.kids(c, "conj")
        if described or (tree[c].dep == "compound" and is_light(tree, i)):
            yield c
            yield from tree.kids(c, "xcomp", "acomp", "oprd", "attr")
        if tree[c].dep == "prep" and tree[c].text.lower() in {"in", "under"}:
            yield from tree.kids(c, "pobj")


def _over(tree: Tree, site: Site) -> Iterator[int]:
    """The nouns over the number and the first verb that says something, with what completes it."""
    top = site.core if site.partitive or site.noun is None else max(site.core, site.noun)
    for i in line_over(tree, top):
        yield i
        if tree[i].pos not in {"VERB", "AUX"}:
            continue
        for c in tree.kids(i, "acomp", "xcomp", "attr", "oprd"):
            yield c
            yield from tree.kids(c, "acomp")
        yield from (c for c in tree.kids(i, "advcl", "ccomp") if tree[i].lemma == "leave" and tree[c].tag == "VBN")
        if tree[i].lemma in VERBS["reach"]:
            for c in tree.kids(i, "nsubj", "nsubjpass"):
                yield c
                yield from (g for p in tree.kids(c, "prep") for g in tree.kids(p, "pobj") if low_at(tree, p) == "of")
        if tree[i].lemma == "be":
            yield from (g for p in tree.kids(i, "prep") for g in tree.kids(p, "pobj"))
        if tree[i].lemma not in VERBS["plain"] or tree[i].dep not in {"xcomp", "ccomp", "advcl", "acl"}:
            return


def _word_status(tree: Tree, i: int) -> str | None:
    lemma = tree[i].lemma
    if i + 1 < len(tree) and (lemma, tree[i + 1].lemma) in _SEVERAL:
        return _SEVERAL[lemma, tree[i + 1].lemma]
    for c in tree.children[i][:MANY]:
        for other in (tree[c].lemma, *(tree[g].lemma for g in tree.children[c][:MANY])):
            if (lemma, other) in _SEVERAL:
                return _SEVERAL[lemma, other]
    return _STATUS.get(lemma) or _STATUS.get(tree[i].text.lower())


def _is_planned(tree: Tree, site: Site) -> bool:
    """Whether the release or payment is only asked, offered or foreseen."""
    for i in (site.core, *line_over(tree, site.core)):
        token = tree[i]
        auxiliaries = {tree[c].lemma for c in tree.kids(i, "aux", "auxpass")}
        open_ = auxiliaries & VERBS["modal"] or "to" in auxiliaries or tree.kids(i, "neg")
        if open_ or token.lemma in VERBS["planned"]:
            return True
        if token.tag in {"VBD", "VBN"} and token.dep != "acl" and token.lemma not in VERBS["plain"]:
            return False
    return False


# --- its name -----------------------------------------------------------------------------------------


def noun_phrase(tree: Tree, site: Site, numeric: frozenset[int]) -> str | None:
    """The noun in words, its compounds before it; a mere "number" gives way to what it is the number of."""
    noun = site.noun
    for _ in range(3):
        if noun is None or tree[noun].pos == "PRON" or noun in numeric or noun == site.core:
            return None
        compounds = (
            c for c in tree.kids(noun, "compound") if c < noun and c not in numeric and tree[c].lemma != "time"
        )
        beside = [c for c in compounds if tree[c].pos in {"NOUN", "PROPN"}]
        if not is_light(tree, noun):
            return _called(tree, noun, beside)
        if beside:
            kept = [noun] if tree[noun].lemma in {"level", "rate"} else []
            return " ".join(_plain(tree, c) for c in (*beside, *kept))
        noun = next((k for p in tree.kids(noun, "prep") if low_at(tree, p) == "of" for k in tree.kids(p, "pobj")), None)
        if noun is not None and tree[noun].entity in {"ORG", "PERSON", "GPE"}:
            return None
    return None


def counted_set(tree: Tree, site: Site) -> str | None:
    """A light noun in the plural that is itself what is counted: "in two groups"."""
    noun = site.noun
    if noun is None or tree[noun].tag != "NNS" or tree[noun].lemma not in NOUNS["sets"] or site.partitive:
        return None
    return tree[noun].text.lower() if tree[site.core].head == noun else None


def _called(tree: Tree, noun: int, beside: list[int]) -> str:
    over = tree[noun].head
    if tree[noun].dep == "pobj" and tree[tree[over].head].lemma in NOUNS["bodies"]:
        return "bodies"
    name = _CLASS.get(tree[noun].lemma)
    return name or " ".join(_plain(tree, c) for c in (*beside, noun))


def _plain(tree: Tree, i: int) -> str:
    word = re.split(r"[—–]", tree[i].text, maxsplit=1)[0]
    if low_at(tree, i - 1) == "-" and low_at(tree, i - 2) in _PREFIXES:
        return f"{low_at(tree, i - 2)}-{word.lower()}"  # "no-strike clause"
    return word if tree[i].pos == "PROPN" and tree[i].entity else _CANON.get(word.lower(), word.lower())


def noun_of_verb(tree: Tree, site: Site, kind: Kind, unit: str) -> str | None:
    """What the verb measures where no noun says it: "earns 900 crowns" is pay, "enriched to 5 per cent" a level."""
    if kind == "weight" and site.noun is None and unit.endswith("per second"):
        return "flow"
    if site.verb is None or kind not in {"money", "percent"} or site.noun is not None:
        return None
    return _VERB_NOUN.get(tree[site.verb].lemma)


def is_somebody(tree: Tree, i: int) -> bool:
    """Whether a noun means persons, a body or a place, of which a percentage says nothing by itself."""
    return is_people(tree, i) or tree[i].pos == "PRON" or tree[i].entity in {"PERSON", "ORG", "GPE", "NORP", "LOC"}


def is_bidder(tree: Tree, site: Site) -> bool:
    """Whether the noun of a percentage is who gets or offers it: "the islands get 26 per cent", "they went up to 5"."""
    verb = site.verb
    if verb is None or site.noun is None or tree[verb].lemma not in _GETTING:
        return False
    ways = {tree[c].lemma for c in tree.children[verb]}
    moved = tree[verb].lemma not in {"go", "come"} or bool(ways & {"up", "down"})
    return moved and (tree[site.noun].dep in {"nsubj", "nsubjpass"} or tree[verb].lemma == "shake")


def near_noun(tree: Tree, site: Site, kind: Kind) -> str | None:
    """What a percentage or sum without a noun of its own measures: the nearest measurable noun, rather before it."""
    wanted = NOUNS[kind] if kind in {"percent", "money"} else frozenset()
    last = tree.sentence(site.core)[1]
    back = range(site.core - 1, max(-1, site.core - MEMORY), -1)
    ahead = range(site.core + 1, min(last, site.core + 12))
    found = next((i for i in (*back[:20], *ahead, *back[20:]) if tree[i].lemma in wanted), None)
    if found is None:
        return None
    return _plain(tree, found) if tree[found].pos in {"NOUN", "PROPN"} else tree[found].lemma


MEMORY = 60
"""How many tokens back the noun of a bare percentage is looked for."""


def topic_of(tree: Tree) -> str | None:
    """What percentages without any noun near them measure: the measurable noun that the report uses most."""
    used = Counter(t.lemma for t in tree.tokens if t.lemma in NOUNS["percent"] and t.pos == "NOUN")
    return _CANON.get(used.most_common(1)[0][0], used.most_common(1)[0][0]) if used else None


def measure_of(tree: Tree, noun: str, status: str | None, kind: Kind, site: Site, amount: Amount) -> str:
    """The measure in words ("hostages to be released", "duty", "strike length"), empty where nothing is known.

    `noun` is what is counted (empty if nothing says so), `status` what is said of those counted.
    """
    lemma = tree[site.noun].lemma if site.noun is not None else ""
    if kind == "time":
        if _is_standstill(tree, site):
            return "ceasefire length"
        people = site.noun is not None and (is_somebody(tree, site.noun) or lemma in _WHO)
        verb = tree[site.verb].lemma if site.verb is not None else "be"
        if verb in {"cost", "lose"}:
            return f"{amount.unit} lost"
        done = "time" if verb in VERBS["plain"] or verb in _LASTING else verb
        if low_at(tree, amount.first - 1) in {"within", "inside"}:
            aimed = site.noun is not None and not people and tree[site.noun].dep in {"dobj", "nsubjpass"}
            return _time_to(noun if aimed or done == "time" else "", done)
        return f"{noun if noun and not people else done} length"
    if kind == "weight" and noun and amount.unit in _VOLUMES and noun != "flow" and _is_rate(tree, amount):
        return f"{noun} flow"
    own = amount.unit is not None and amount.unit.startswith(lemma)
    if kind == "count" and lemma in NOUNS["collective"] and not (site.partitive or own):
        return f"{lemma} size"
    if kind == "weight" and site.noun is not None and is_people(tree, site.noun) and not site.partitive:
        return amount.unit or ""
    if kind == "money" and site.noun is not None and is_people(tree, site.noun):
        costs = any(tree[i].lemma in _COSTING for i in line_over(tree, site.core)[:3])
        return noun if noun in NOUNS["money"] else f"{noun} {'cost' if costs else 'pay'}"
    if status == "displaced" and lemma in _DWELLINGS:
        return status
    if status in _ALONE and (status == "deaths" or noun in {"", "people", "persons"} or lemma in _STATUS):
        return status or ""
    if status == "released":
        thing = noun or ("funds" if kind == "money" else (amount.unit or "") if kind in {"weight", "count"} else "")
        return f"{thing} {'to be ' if _is_planned(tree, site) else ''}released".strip()
    if status:
        return noun if noun[:7] == status[:7] else f"{noun} {status}".strip()
    if noun in {"hostages", "prisoners"}:
        over = line_over(tree, site.core)[:5]
        things = [c for i in over for c in tree.kids(i, "dobj", "nsubjpass") if tree[i].pos == "VERB"]
        bid = any(tree[i].lemma in _SWAPPING for i in (*over, *things))
        return f"{noun} to be released" if bid else f"{noun} held"
    if kind == "count" and lemma in NOUNS["population"] and (amount.low or 0) >= 10_000:
        return "population"
    change = _change(tree, site, amount)
    if change and noun:
        return f"{change} in {noun}"
    holder = _holder(tree, site) if kind == "count" and noun else None
    if holder:
        return f"{noun} {holder}"
    said = _participle(tree, site) if kind != "percent" or site.partitive else None
    if kind == "percent" and site.partitive and (subject := _rated(tree, site)):
        return subject
    parted = site.partitive or (amount.unit == "share" and site.noun == tree[site.core].head)
    if kind == "percent" and parted and noun and not said and "share" not in noun:
        return f"{noun} share"
    if (
        kind == "money"
        and noun
        and site.verb is not None
        and tree[site.verb].lemma == "cost"
        and site.noun != site.verb
    ):
        return noun if noun.endswith("cost") else f"{noun} cost"
    noun = noun or (
        "funds"
        if kind == "money" and said
        else "sum"
        if kind == "money"
        else (amount.unit or "")
        if amount.unit != "share"
        else "share"
    )
    return f"{noun} {said}" if said and noun else noun


def _rated(tree: Tree, site: Site) -> str | None:
    """The subject of "the deficit is 3 per cent of output", which is what the percentage measures."""
    verb = next((i for i in line_over(tree, site.core)[:3] if tree[i].pos in {"VERB", "AUX"}), None)
    if verb is None or tree[verb].lemma not in VERBS["reach"]:
        return None
    subject = tree.kid(verb, "nsubj")
    return _plain(tree, subject) if subject is not None and tree[subject].lemma in NOUNS["percent"] else None


_VOLUMES = frozenset({"cubic metres", "cubic feet", "litres", "gallons"})


def _is_rate(tree: Tree, amount: Amount) -> bool:
    """Whether so much passes in a second or a year: "40 cubic metres of water a second"."""
    last = min(amount.last + 5, tree.sentence(amount.first)[1] - 1)
    return any(
        low_at(tree, i) in {"a", "per", "each", "every"} and low_at(tree, i + 1) in {"second", "minute", "day", "year"}
        for i in range(amount.last, last)
    )


def _time_to(noun: str, done: str) -> str:
    """The measure of a time limit: "time to issue licences", "time for licences"."""
    if done == "time":
        return f"time for {noun}" if noun else "time limit"
    return f"time to {done} {noun}".strip()


def _is_standstill(tree: Tree, site: Site) -> bool:
    """ "Hold their lines for 30 days": a truce, whatever it is called."""
    verb = next((i for i in line_over(tree, site.core) if tree[i].pos == "VERB"), None)
    if verb is None or tree[verb].lemma not in _STANDING:
        return False
    things = tree.kids(verb, "dobj", "nsubj", "nsubjpass")
    things += [g for p in tree.kids(verb, "prep") if tree[p].lemma == "in" for g in tree.kids(p, "pobj")]
    return any(tree[g].lemma in NOUNS["ground"] or tree[g].lemma == "place" for g in things)


def _holder(tree: Tree, site: Site) -> str | None:
    """What the counted are in: "a quota of 300,000 vehicles"."""
    if site.noun is None or tree[site.noun].dep != "pobj":
        return None
    over = tree[tree[site.noun].head].head
    return (
        tree[over].lemma
        if tree[over].lemma in NOUNS["containers"] and low_at(tree, tree[site.noun].head) == "of"
        else None
    )


def _change(tree: Tree, site: Site, amount: Amount) -> str | None:
    """ "Fall" or "rise" where the number is by how much: "reduced by 60 per cent", "down about 60%"."""
    if low_at(tree, amount.last + 1) == "than" and low_at(tree, amount.last) in {"more", "fewer", "less"}:
        return "rise" if low_at(tree, amount.last) == "more" else "fall"
    line = line_over(tree, site.core)[:2]
    by = any(tree[i].text.lower() == "by" for i in line)
    for n, i in enumerate(line):
        if by or (n == 0 and tree[i].pos == "ADV" and tree[i].lemma in {"down", "up"}):
            if tree[i].lemma in VERBS["down"]:
                return "fall"
            if tree[i].lemma in VERBS["up"]:
                return "rise"
    return None


def _participle(tree: Tree, site: Site) -> str | None:
    """What is done to what is counted, as a participle: "oil money frozen", "drivers hired"."""
    if site.noun is not None:
        behind = [site.noun + 1] if site.noun + 1 < len(tree) and tree[site.noun + 1].dep == "advcl" else []
        for c in (*tree.kids(site.noun, "acl"), *behind):
            if tree[c].tag == "VBN" and tree[c].lemma not in VERBS["plain"]:
                return tree[c].text.lower()
    top = site.core if site.partitive or site.noun is None else max(site.core, site.noun)
    verb = tree[top].head
    if tree[verb].pos != "VERB" or tree[verb].lemma in VERBS["plain"] or tree[verb].lemma in VERBS["reach"]:
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


def unit_of(tree: Tree, amount: Amount, site: Site, noun: str, status: str | None) -> str:
    """The unit of a figure: a unit of measure or money, "people" where persons are counted, else the noun."""
    if amount.unit == "share":
        return "percent"
    if amount.unit in MEASURES or amount.unit in MONEY:
        return amount.unit or ""
    crew = site.noun is not None and tree[site.noun].lemma in NOUNS["collective"] and not amount.unit
    counted = site.noun is not None and is_people(tree, site.noun)
    gone = status in PEOPLE_STATUS and (site.noun is None or status in _ALONE)
    if crew or counted or gone or noun in {"hostages", "prisoners", "bodies", "population"}:
        return "people"
    return amount.unit or (noun.split()[-1] if noun else "count")
