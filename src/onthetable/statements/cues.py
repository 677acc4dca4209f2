"""Reporting cues: the words that attribute, the frames that they take, and where they stand in a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onthetable.lexicon import Lexicon, load
from onthetable.tree import Tree

Tier = Literal["saying", "attitude"]

PREPOSITIONS = ("of", "with", "for", "on", "about", "against", "to", "at", "after")
SLOTS = ("clause", "infinitive", "object", "predicate", *PREPOSITIONS)


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicon: for each verb the slots that hold what is said, each with its tier."""

    verbs: dict[str, dict[str, Tier]]
    nouns: dict[str, Tier]
    addressee: frozenset[str]
    denies: frozenset[str]
    hedge_adverbs: frozenset[str]
    hedge_modals: frozenset[str]
    hedge_verbs: frozenset[str]
    carry_on: frozenset[str]
    labels: frozenset[str]
    adjectives: dict[str, Tier]
    carriers: frozenset[str]
    asking: frozenset[str]
    quoting: frozenset[str]
    participles: frozenset[str]
    quote_only: frozenset[str]
    mandative: frozenset[str]
    expected: frozenset[str]
    silent: frozenset[str]
    nobody: frozenset[str]
    made: frozenset[str]
    according: Lexicon[bool]


@cache
def words() -> Words:
    """The lexicon of `cues.toml`, read once."""
    data = load("onthetable.statements", "cues.toml")
    verbs: dict[str, dict[str, Tier]] = {}
    tiers: tuple[Tier, ...] = ("attitude", "saying")
    for slot in SLOTS:
        for tier in tiers:
            for lemma in data[slot][tier].split():
                verbs.setdefault(lemma, {})[slot] = tier
    nouns: dict[str, Tier] = {}
    for tier in tiers:
        nouns.update(dict.fromkeys(data["nouns"][tier].split(), tier))
    return Words(
        verbs,
        nouns,
        frozenset(data["verbs"]["addressee"].split()),
        frozenset(data["verbs"]["denies"].split()),
        frozenset(data["hedges"]["adverbs"].split()),
        frozenset(data["hedges"]["modals"].split()),
        frozenset(data["hedges"]["verbs"].split()),
        frozenset(data["hedges"]["carry_on"].split()),
        frozenset(data["colon"]["labels"].split()),
        {lemma: tier for tier in tiers for lemma in data["adjectives"][tier].split()},
        frozenset(data["nouns"]["carriers"].split()),
        frozenset(data["nouns"]["asking"].split()),
        frozenset(data["verbs"]["quoting"].split()),
        frozenset(data["verbs"]["participles"].split()),
        frozenset(data["verbs"]["quote_only"].split()),
        frozenset(data["verbs"]["mandative"].split()),
        frozenset(data["verbs"]["expected"].split()),
        frozenset(data["sources"]["silent"].split()),
        frozenset(data["sources"]["nobody"].split()),
        frozenset(data["adjectives"]["made"].split()),
        Lexicon((phrase, True) for phrase in data["according"]["phrases"]),
    )


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its head token, its words as tokens `first` to `last` (end exclusive), and its slots."""

    head: int
    first: int
    last: int
    kind: Literal["verb", "noun", "adjective", "according", "colon"]
    slots: dict[str, Tier]
    top: int
    """The token that stands for the cue in the sentence: "quoted" in "was quoted as saying", else the head."""


def find_cues(tree: Tree) -> list[Cue]:
    """All cue verbs, nouns and prepositions of a report in the order of the text, used as such or not."""
    return sorted([*_cues(tree), *_colons(tree)], key=lambda c: c.head)


def _cues(tree: Tree) -> Iterator[Cue]:
    lexicon = words()
    for t in tree.tokens:
        if t.pos in ("VERB", "AUX") and t.dep not in ("aux", "auxpass", "amod", "prep") and t.lemma in lexicon.verbs:
            if t.lemma in lexicon.quoting and any(tree.kids(c, "pcomp") for c in tree.kids(t.i, "prep")):
                continue
            top = _top(tree, t.i)
            first, last = _verb_group(tree, t.i)
            yield Cue(t.i, min(first, _verb_group(tree, top)[0]), last, "verb", lexicon.verbs[t.lemma], top)
        elif t.pos == "NOUN" and t.lemma in lexicon.nouns:
            yield _noun(tree, t.i)
        elif t.pos == "ADJ" and t.head < t.i and (tier := _adjective(tree, t.i)) is not None:
            yield Cue(t.i, _verb_group(tree, t.head)[0], t.i + 1, "adjective", {"clause": tier}, t.head)
    for hit in lexicon.according.find(tree):
        if tree[hit.last - 1].lemma != "per" or _attributes(tree, hit.first, hit.last):
            yield Cue(hit.first, hit.first, hit.last, "according", {"clause": "saying"}, hit.first)


def _noun(tree: Tree, noun: int) -> Cue:
    """A cue noun, with the verb that carries it ("expressed confidence that")."""
    tier = words().nouns[tree[noun].lemma]
    verb = tree[noun].head
    if verb < noun and tree[noun].dep == "dobj" and tree[verb].lemma in words().carriers:
        return Cue(noun, _verb_group(tree, verb)[0], noun + 1, "noun", {"clause": "saying"}, verb)
    return Cue(noun, noun, noun + 1, "noun", {"clause": tier}, noun)


def _adjective(tree: Tree, i: int) -> Tier | None:
    """The tier of a cue adjective: "was adamant", "made clear"."""
    t = tree[i]
    if tree[t.head].lemma == "make":
        return "saying" if t.lemma in words().made and t.dep in ("ccomp", "oprd", "acomp", "xcomp") else None
    return words().adjectives.get(t.lemma) if t.dep == "acomp" else None


def _top(tree: Tree, verb: int) -> int:
    """The verb that a cue hangs on: "was quoted as saying", "went on to say"."""
    t = tree[verb]
    lexicon = words()
    if t.dep == "pcomp" and tree[t.head].lemma == "as" and tree[tree[t.head].head].lemma in lexicon.quoting:
        return tree[t.head].head
    above = tree[t.head]
    if t.dep in ("xcomp", "advcl") and t.head < verb and tree[t.i - 1].pos in ("PART", "AUX", "ADV"):
        hedged = above.lemma in lexicon.hedge_verbs and tree.kid(t.head, "auxpass") is not None
        if t.tag in ("VB", "VBN") and (above.lemma in lexicon.carry_on or hedged):
            return t.head
    return verb


def _colons(tree: Tree) -> Iterator[Cue]:
    """Names before a colon at the beginning of a paragraph: "Pell: 'No deal'", "PELL: No deal"."""
    for first, last in tree.sentences:
        if first and "\n" not in tree.text[tree[first - 1].end : tree[first].start]:
            continue
        colon = next((i for i in range(first + 1, min(last, first + 9)) if tree[i].text == ":"), None)
        if colon is None or colon + 1 >= len(tree):
            continue
        if any(tree[i].pos in ("VERB", "AUX", "PRON") for i in range(first, colon)):
            continue
        if tree[colon - 1].pos == "PROPN" or tree[colon - 1].lemma in words().labels:
            yield Cue(colon, colon, colon + 1, "colon", {"clause": "saying"}, colon)


def _attributes(tree: Tree, first: int, last: int) -> bool:
    """Whether "per" names a source ("as per two officials") rather than a rate ("per cent")."""
    opens = first == tree.sentence(first)[0] or tree[first - 1].text == "," or last - first > 1
    return opens and last < len(tree) and tree[last].pos in ("DET", "PROPN", "NUM", "ADJ", "PRON")


def _verb_group(tree: Tree, verb: int) -> tuple[int, int]:
    """The verb with the auxiliaries, adverbs and particles that stand next to it."""
    own = {c for c in tree.children[verb] if tree[c].dep in ("aux", "auxpass", "neg", "advmod", "prt")}
    first = verb
    while first - 1 in own and tree[first - 1].dep != "prt":
        first -= 1
    while first < verb and tree[first].dep == "advmod" and tree[first].tag == "WRB":
        first += 1
    last = verb + 1
    while last in own and tree[last].dep == "prt":
        last += 1
    return first, last
