"""Where an amount stands in its sentence: the noun that it counts or measures, and the verb over both."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from onthetable.lexicon import load
from onthetable.model import Amount
from onthetable.tree import Tree

_DATA: dict[str, Any] = load("onthetable.terms", "figures.toml")
NOUNS = {k: frozenset(v) for k, v in _DATA["nouns"].items()}
VERBS = {k: frozenset(v) for k, v in _DATA["verbs"].items() if k != "nouns"}
MEASURES, MONEY, TIME = (frozenset(_DATA["words"][k]) for k in ("measures", "money", "time"))
_ATTACHED = frozenset({"prep", "appos", "acl", "relcl", "nmod", "npadvmod", "advmod", "amod"})

Kind = Literal["time", "money", "percent", "weight", "count"]


@dataclass(frozen=True, slots=True)
class Site:
    """Where an amount stands: its head token, the noun that it measures and the verb over both.

    `partitive` tells that the noun hangs under the number ("nine tonnes of grain").
    """

    core: int
    noun: int | None
    verb: int | None
    partitive: bool = False


def find_site(tree: Tree, amount: Amount, numeric: frozenset[int]) -> Site:
    """The site of an amount; `numeric` are the tokens of all amounts, none of which is a noun that is measured."""
    core = _core(tree, amount)
    noun, partitive = _counted(tree, amount, core)
    if noun is None:
        noun = _labelled(tree, amount)
    if noun is None:
        noun = _measured(tree, core, kind_of(amount.unit), numeric)
    top = core if noun is None or partitive or not core < noun else noun
    return Site(core, noun, _verb(tree, top), partitive)


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
        after = head + 1
        split = tree[head].pos == "PROPN" and after < last and tree[after].tag == "NNS" and tree[after].pos == "NOUN"
        return (after if split else head), False  # "90 Guild members", of which the parser makes two nouns
    kind = kind_of(amount.unit)
    for prep in dict.fromkeys((*tree.kids(core, "prep"), *([amount.last] if amount.last < last else []))):
        word = tree[prep].text.lower()
        inner = tree.kid(prep, "pobj")
        if inner is not None and (word == "of" or (word == "in" and kind == "money" and not is_light(tree, inner))):
            return inner, True
    if low_at(tree, amount.first - 1) == "worth":
        ahead = range(amount.first - 2, max(-1, amount.first - 5), -1)
        return next((i for i in ahead if tree[i].pos == "NOUN"), None), False
    if [low_at(tree, amount.last + k) for k in (0, 1)] == ["out", "of"]:
        return next((i for i in range(amount.last + 2, min(last, amount.last + 9)) if tree[i].tag == "NNS"), None), True
    if amount.unit and kind == "count":
        behind = range(amount.last, min(last, amount.last + 8))
        return next((i for i in behind if tree[i].text.lower().startswith(amount.unit)), None), False
    return _owned(tree, amount.last, last)


def _labelled(tree: Tree, amount: Amount) -> int | None:
    """The noun right before a percentage or sum that it names: "salary £90,000", "turnout: 83 per cent"."""
    kind = kind_of(amount.unit)
    if kind not in {"percent", "money"}:
        return None
    at = amount.first - 1
    at -= low_at(tree, at) in {"(", ":", "-", "–", "—", "of"}
    return (
        at
        if at >= tree.sentence(amount.first)[0] and tree[at].lemma in NOUNS[kind] and tree[at].pos == "NOUN"
        else None
    )


def _owned(tree: Tree, after: int, last: int) -> tuple[int | None, bool]:
    """What a measure owns: "a month's delay", "ten days' warning", "2 billion pesos' worth of maize"."""
    if after + 1 >= last or low_at(tree, after) not in {"'s", "’s", "'", "’"} or tree[after + 1].pos != "NOUN":
        return None, False
    if low_at(tree, after + 1) != "worth":
        return after + 1, False
    inner = next((g for p in tree.kids(after + 1, "prep") for g in tree.kids(p, "pobj")), None)
    return inner, inner is not None


def _measured(tree: Tree, core: int, kind: Kind, numeric: frozenset[int]) -> int | None:
    """The noun that a measure is said of: "turnout was 83 per cent", "a quota of 1.2m tonnes", "cut gangs to six"."""
    at = core
    for _ in range(6):
        head, dep = tree[at].head, tree[at].dep
        if head == at:
            return None
        if tree[head].pos in {"NOUN", "PROPN"} and dep in _ATTACHED and head not in numeric:
            return None if tree[head].entity in {"DATE", "TIME"} and tree[head].pos == "PROPN" else head
        if tree[head].pos in {"VERB", "AUX"}:
            noun = _real(tree, _of_verb(tree, head, dep, kind))
            named = noun is not None and tree[noun].entity == "PERSON" and tree[noun].pos == "PROPN"
            return None if noun in numeric or noun == core or named else noun
        at = head
    return None


def _of_verb(tree: Tree, verb: int, dep: str, kind: Kind) -> int | None:
    """The noun that a number under a verb is said of, by the role that the number has."""
    subjects = tree.kids(verb, "nsubjpass", "nsubj")
    if not subjects and tree[verb].dep == "xcomp":
        subjects = tree.kids(tree[verb].head, "nsubjpass", "nsubj")
    subject = subjects[-1] if subjects else None
    thing = tree.kid(verb, "dobj")
    if dep in {"nsubj", "nsubjpass"}:
        said = tree.kid(verb, "attr") if tree[verb].lemma == "be" else None
        worth = said is not None and tree[said].lemma in NOUNS["percent"]
        return said if worth else None  # "six and a half is a pay cut"
    if dep in {"attr", "oprd", "acomp"} or tree.kids(verb, "nsubjpass", "auxpass"):
        return subject
    if dep == "dobj":
        return subject if tree[verb].lemma in VERBS["reach"] else None
    if thing is not None:
        return tree[verb].head if tree[thing].tag in {"WDT", "WP"} and tree[verb].dep == "relcl" else thing
    reduced = tree[verb].dep == "relcl" and kind != "time" and all(tree[s].tag not in {"WDT", "WP"} for s in subjects)
    if tree[verb].dep == "acl" or (reduced and dep == "prep"):
        return tree[verb].head  # "the number of prisoners it would free from 90 to 240"
    moves = VERBS["reach"] | VERBS["up"] | VERBS["down"]
    return subject if kind == "time" or tree[verb].lemma in moves else None


def _real(tree: Tree, noun: int | None) -> int | None:
    """The noun behind a relative pronoun, past a place that it only lies in ("the detainees in X, which ...")."""
    if noun is None or tree[noun].tag not in {"WDT", "WP"}:
        return noun
    verb = next((j for j in line_over(tree, noun) if tree[j].dep == "relcl"), None)
    if verb is None:
        return noun
    head = tree[verb].head
    while tree[head].pos == "PROPN" and tree[head].dep == "pobj" and tree[tree[tree[head].head].head].pos == "NOUN":
        head = tree[tree[head].head].head
    return head


def _verb(tree: Tree, i: int) -> int | None:
    return next((j for j in line_over(tree, i) if tree[j].pos == "VERB" or tree[j].lemma == "be"), None)


def kind_of(unit: str | None) -> Kind:
    """The kind of number by its unit; plain counts have the counted noun, or nothing, as theirs."""
    if unit in TIME:
        return "time"
    if unit in MONEY:
        return "money"
    if unit in {"percent", "share", "basis points"}:
        return "percent"
    return "weight" if unit in MEASURES and unit not in {"times", "occasions"} else "count"


def low_at(tree: Tree, i: int) -> str:
    """The token in lower case, empty beyond either end of the text."""
    return tree[i].text.lower() if 0 <= i < len(tree) else ""


def line_over(tree: Tree, i: int) -> list[int]:
    """The heads over a token, nearest first, no more than a dozen."""
    return list(islice(tree.above(i), 12))


def is_light(tree: Tree, i: int) -> bool:
    """Whether a noun or pronoun only stands for what it is the number of ("a total of", "it")."""
    return tree[i].pos == "PRON" or tree[i].lemma in NOUNS["light"]


def is_people(tree: Tree, noun: int) -> bool:
    """Whether the noun means persons, by the lexicon or as the name of a people."""
    token = tree[noun]
    named = token.entity == "NORP" or (token.tag == "NNPS" and token.entity not in {"ORG", "GPE", "PRODUCT"})
    return token.lemma in NOUNS["people"] or named or token.lemma.split("—")[0] in NOUNS["people"]
