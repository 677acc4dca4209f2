"""The words that tell events, and what the tree says of who stands in which role around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any

from onthetable.lexicon import load
from onthetable.model import EventType
from onthetable.tree import Tree

_DATA: dict[str, Any] = load("onthetable.terms", "events.toml")


def _by_word(table: dict[EventType, list[str]]) -> dict[str, list[EventType]]:
    found: dict[str, list[EventType]] = {}
    for kind, words in table.items():
        for word in words:
            found.setdefault(word, []).append(kind)
    return found


VERBS, NOUNS = _by_word(_DATA["verbs"]), _by_word(_DATA["nouns"])


LIGHT = {k: frozenset(v) for k, v in _DATA["light"].items()}


NEEDS = {k: frozenset(v) for k, v in _DATA["needs"].items()}


MOOD = {k: frozenset(v) for k, v in _DATA["mood"].items()}


OBJECTS = ("dobj", "dative")


MODIFIERS = ("poss", "compound", "amod", "nmod")


@dataclass(frozen=True, slots=True)
class Trigger:
    """The word that names an event, and the verb of the clause that tells it."""

    type: EventType
    word: int
    verb: int
    rule: str


def agent_of(tree: Tree, verb: int) -> int | None:
    """Who does what the verb says; also a name before it that the parser took for an adverb, or hung from a date."""
    for over in (verb, *tree.kids(verb, "aux")):
        found = tree.kid(over, "nsubj")
        if found is not None:
            return found
    dates = (g for p in tree.kids(verb, "prep") if p < verb for g in tree.kids(p, "pobj") if tree[g].entity == "DATE")
    behind = next((c for g in dates for c in tree.kids(g, "appos") if tree[c].entity != "DATE"), None)
    if behind is not None:
        return behind
    loose = (c for c in tree.kids(verb, "advmod", "npadvmod") if c < verb)
    named = (c for c in loose if tree[c].text[0].isupper() and tree[c].entity not in {"DATE", "TIME", ""})
    return next(named, None)


def subject_of(tree: Tree, verb: int) -> int | None:
    """The subject of a verb, active or passive; where the parser found both, the nearer one."""
    both = tree.kids(verb, "nsubj", "nsubjpass")
    return both[-1] if both else agent_of(tree, verb)


def with_whom(tree: Tree, verb: int) -> list[int]:
    """Those behind a "with" of a verb, also where the parser hangs it from a place or time before the verb."""
    first = max(tree.edges[verb][0], verb - 40)
    withs = [i for i in (*range(first, verb), *tree.kids(verb, "prep")) if tree[i].text.lower() == "with"]
    withs = [i for i in withs if not any(tree[j].dep in {"relcl", "acl"} for j in _up_to(tree, i, verb))]
    return [g for i in withs for g in tree.kids(i, "pobj") if is_name(tree, g) or tree[g].tag == "NNS"]


def _up_to(tree: Tree, i: int, top: int) -> Iterator[int]:
    return takewhile(lambda j: j != top, islice(tree.above(i), 12))


def lemmas_below(tree: Tree, i: int) -> set[str]:
    """The lemmas of a word's children and of theirs."""
    return {tree[j].lemma for c in tree.children[i] for j in (c, *tree.children[c])}


def is_name(tree: Tree, i: int) -> bool:
    """Whether a token is in the name of a person, body, place or people."""
    return tree[i].entity in {"PERSON", "ORG", "GPE", "NORP"} or tree[i].pos == "PROPN"


def is_person(tree: Tree, i: int) -> bool:
    """Whether a word names a person, or an office at the table."""
    return tree[i].entity == "PERSON" or tree[i].lemma in NEEDS["persons"]


def is_several(tree: Tree, i: int) -> bool:
    """Whether a noun means more than one who may meet: a plural, a pair or body, or two joined."""
    return tree[i].tag in {"NNS", "NNPS"} or tree[i].lemma in NEEDS["pairs"] or bool(tree.kids(i, "conj"))


def is_crowd(tree: Tree, i: int) -> bool:
    """Whether a subject is many: a plural that is no weapon, or a word for a crowd."""
    many = tree[i].tag in {"NNS", "NNPS"} and tree[i].lemma not in NEEDS["weapons"]
    return many or tree[i].lemma in NEEDS["crowd"] or tree[i].pos == "PRON"


def verb_over(tree: Tree, i: int) -> int:
    """The nearest verb over a word, or the word itself."""
    return next((j for j in tree.above(i) if tree[j].pos in {"VERB", "AUX"}), i)


def is_dated(tree: Tree, verb: int) -> bool:
    """Whether a day stands by the verb: the present of a habit has none."""
    under = (g for p in tree.kids(verb, "prep") for g in (p, *tree.kids(p, "pobj")))
    return any(tree[c].entity in {"DATE", "TIME"} for c in (*tree.kids(verb, "npadvmod", "advmod"), *under))


def is_past_form(tree: Tree, i: int) -> bool:
    """A past tense, also that of "hit", which the tagger takes for a present, beside another past."""
    if tree[i].tag in {"VBD", "VBN"}:
        return True
    first, last = tree.sentence(i)
    near = range(max(first, i - 12), min(last, i + 12))
    return tree[i].text.lower() == "hit" and (any(tree[j].tag == "VBD" for j in near) or is_dated(tree, i))
