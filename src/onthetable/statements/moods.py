"""How firmly it is said: hedged, denied, or not said at all."""

from __future__ import annotations

from dataclasses import dataclass

from onthetable.statements.cues import Cue, words
from onthetable.tree import Tree


@dataclass(frozen=True, slots=True)
class Mood:
    """`said` is False where nothing was said: hypothetical, negated, asked or intended saying."""

    said: bool
    hedge: bool
    denied: bool


def mood_of(tree: Tree, cue: Cue) -> Mood:
    """The mood of a cue, from its auxiliaries and adverbs and from what governs it."""
    lexicon = words()
    lemma = tree[cue.head].lemma
    if cue.kind in ("according", "colon") or (cue.kind == "noun" and cue.top == cue.head):
        return Mood(True, False, lemma == "denial")
    at = cue.head if cue.kind == "verb" else cue.top
    hedge = any(tree[c].lemma in lexicon.hedge_adverbs for c in tree.children[at])
    said = True
    for _ in range(4):
        kids = tree.children[at]
        if any(tree[c].dep == "neg" for c in kids):
            said = False
        if any(tree[c].dep == "aux" and tree[c].lemma in lexicon.hedge_modals for c in kids):
            said = said and any(tree[c].lemma == "only" for c in kids)
        if any(tree[c].dep == "mark" and tree[c].lemma in ("if", "unless", "whether", "lest") for c in kids):
            said = False
        t = tree[at]
        if t.dep == "ROOT" and _asked(tree, at):
            said = False
        if t.dep == "acl" and tree[t.head].lemma in lexicon.asking:
            said = False
        if t.dep not in ("xcomp", "ccomp") or t.head == at or (t.dep == "ccomp" and t.tag not in ("VB", "VBG")):
            break
        if tree[t.head].lemma in lexicon.hedge_verbs:
            hedge = True
        elif tree[t.head].lemma not in lexicon.carry_on:
            said = False
        at = t.head
    return Mood(said, hedge, lemma in lexicon.denies)


def _asked(tree: Tree, root: int) -> bool:
    last = tree.sentence(root)[1]
    return tree[last - 1].text == "?" and any(
        tree[c].dep in ("aux", "auxpass") and c < min((s for s in tree.kids(root, "nsubj", "nsubjpass")), default=c)
        for c in tree.children[root]
    )
