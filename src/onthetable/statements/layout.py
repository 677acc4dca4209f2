"""How the clause of a cue is laid out: what belongs to the cue itself, and which parts may hold what is said."""

from __future__ import annotations

from dataclasses import dataclass

from onthetable.statements.cues import PREPOSITIONS, Cue, Tier, words
from onthetable.statements.sources import Phrase, past_dateline
from onthetable.tree import Tree

Stretch = tuple[int, int]
_ADJUNCTS = ("prep", "npadvmod", "advmod", "dative", "agent", "prt")
_LIGHT = ("PUNCT", "ADV", "AUX", "PART")


@dataclass(frozen=True, slots=True)
class Content:
    """What a cue introduces: stretches of code points in order, the cue's words as tokens, the rule that found it."""

    pieces: tuple[Stretch, ...]
    cue: Stretch
    rule: str
    tier: Tier


@dataclass(frozen=True, slots=True)
class Layout:
    """A cue with its source; `core` are the tokens of both, with addressee and adjuncts, that no content holds.

    `parts` are the children of the cue that may hold what is said, each with its slot.
    """

    tree: Tree
    cue: Cue
    source: Phrase | None
    core: Stretch
    parts: tuple[tuple[int, str], ...]

    @property
    def group(self) -> Stretch:
        """The words of the cue, as tokens."""
        return self.cue.first, self.cue.last

    def after(self) -> dict[str, int]:
        """The first part of each slot that follows the cue."""
        found: dict[str, int] = {}
        for c, slot in self.parts:
            if c > self.cue.head:
                found.setdefault(slot, c)
        return found

    def content(self, ranges: list[Stretch], rule: str, tier: Tier, cue: Stretch | None = None) -> Content | None:
        """A content of some token ranges, if there are any."""
        tokens = self.tree.tokens
        begun = [(past_dateline(self.tree, a), b) for a, b in ranges if a < b]
        pieces = tuple((tokens[a].start, tokens[b - 1].end) for a, b in begun if a < b)
        return Content(pieces, cue or self.group, rule, tier) if pieces else None

    def outside(self, first: int, last: int) -> list[Stretch]:
        """A range of tokens without the core."""
        if self.core[1] <= first or last <= self.core[0]:
            return [(first, last)]
        return [(a, b) for a, b in ((first, self.core[0]), (self.core[1], last)) if a < b]

    def addressed(self, child: int) -> bool:
        """Whether a child of the cue names who is spoken to."""
        return addressed(self.tree, self.cue, child)


def layout_of(tree: Tree, cue: Cue, source: Phrase | None) -> Layout:
    """The layout of the clause of a cue."""
    parts = tuple(_parts(tree, cue)) if cue.kind == "verb" else ()
    return Layout(tree, cue, source, _core(tree, cue, source, {c for c, _ in parts}), parts)


def addressed(tree: Tree, cue: Cue, child: int) -> bool:
    """Whether a child of a cue verb names who is spoken to ("told reporters")."""
    spoken_to = tree[child].dep in ("dobj", "dative") and tree[child].text not in ("he", "she", "they", "we", "I")
    return spoken_to and tree[cue.head].lemma in words().addressee


def to_infinitive(tree: Tree, verb: int) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(tree[c].tag == "TO" for c in tree.children[verb])


def _core(tree: Tree, cue: Cue, source: Phrase | None, parts: set[int]) -> Stretch:
    first, last = cue.first, cue.last
    if cue.kind == "verb":
        own = {c for c in tree.children[cue.top] if tree[c].dep in ("aux", "auxpass", "neg", "advmod")}
        while first - 1 in own:
            first -= 1
    if source is not None:
        if source.last <= first and not _wordy(tree, source.last, first, cue.top):
            first = source.first
        elif source.first >= last and not _wordy(tree, last, source.first, cue.head):
            last = source.last
    if cue.kind != "verb":
        return first, last
    last = _with_adjuncts(tree, cue, last, parts)
    if source is not None and source.first < cue.head and tree[cue.head].dep != "conj":
        link = tree.kid(cue.head, "advmod", "mark")
        if link is not None and link == first - 1 and tree[link].lemma == "as":
            first = link
    return first, last


def _with_adjuncts(tree: Tree, cue: Cue, last: int, parts: set[int]) -> int:
    """Where the addressee and the adjuncts end that follow a cue verb one upon another."""
    for c in tree.children[cue.head]:
        start, end = tree.edges[c]
        near = start == last or (start == last + 1 and tree[last].text == ",")
        if near and (addressed(tree, cue, c) or (c not in parts and tree[c].dep in _ADJUNCTS)):
            last = end
    return last


def _wordy(tree: Tree, first: int, last: int, verb: int) -> bool:
    """Whether anything but commas, adverbs and short adjuncts of the verb stands between."""
    for i in range(first, last):
        if tree[i].pos in _LIGHT:
            continue
        chain = (i, *tree.above(i))
        if not any(tree[a].head == verb and tree[a].dep in ("prep", "npadvmod", "appos", "advmod") for a in chain):
            return True
    return False


def _parts(tree: Tree, cue: Cue) -> list[tuple[int, str]]:
    found = [(c, slot) for c in tree.children[cue.head] if (slot := _slot(tree, cue, c)) is not None]
    return [(c, slot) for c, slot in found if slot in cue.slots or slot == "object"]


def _slot(tree: Tree, cue: Cue, child: int) -> str | None:
    t = tree[child]
    if t.dep in ("ccomp", "advcl", "xcomp") and "for" in cue.slots and _for(tree, child):
        return "for"
    if t.dep == "ccomp":
        if t.pos not in ("VERB", "AUX") and tree.kid(child, "cop", "aux") is None:
            return _first(cue, "predicate", "clause")
        infinitive = to_infinitive(tree, child) and tree.kid(child, "mark") is None
        return _first(cue, "infinitive" if infinitive else "clause", "clause", "predicate", "object")
    if t.dep == "xcomp":
        gerund = t.tag == "VBG" or any(tree[c].tag == "VBG" for c in tree.kids(child, "aux"))
        verbal = t.pos in ("VERB", "AUX") and (gerund or to_infinitive(tree, child))
        return _first(cue, "infinitive", "to", "object") if verbal else "predicate"
    if t.dep == "oprd" or (t.dep == "prep" and t.lemma == "as"):
        return "predicate"
    if t.dep == "dobj" and t.text in ("he", "she", "they", "we", "I"):
        return "clause"
    if t.dep == "dobj":
        second = child > cue.head and any(c < cue.head for c in tree.kids(cue.head, "dobj"))
        return "predicate" if second and "predicate" in cue.slots else "object"
    return t.lemma if t.dep == "prep" and t.lemma in PREPOSITIONS else None


def _for(tree: Tree, child: int) -> bool:
    """Whether it is "for Y to C" right after the cue."""
    first = tree.edges[child][0]
    return tree[first].lemma == "for" and tree[first - 1].i == tree[child].head


def _first(cue: Cue, *slots: str) -> str:
    """The first of some slots that the cue has."""
    return next((s for s in slots if s in cue.slots), slots[0])
