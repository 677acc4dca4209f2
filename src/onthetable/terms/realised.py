"""Whether what a trigger names took place or is fixed: not what is negated, hypothetical, feared or only offered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from onthetable.terms.eventwords import MOOD, Trigger, is_dated, is_past_form
from onthetable.tree import Tree


def took_place(tree: Tree, t: Trigger) -> bool:
    """Whether the sentence says that it happened, or, of meetings, visits and protests, that it is fixed."""
    if t.type == "meeting" and t.rule == "table":
        return True
    fixed = False
    for i in dict.fromkeys((t.word, t.verb)):
        if any(tree[c].dep == "neg" or tree[c].lemma in {"no", "never"} for c in tree.children[i]):
            return False
        auxiliaries = {tree[c].lemma for c in tree.kids(i, "aux") if tree[c].tag != "NNP"}
        if auxiliaries & MOOD["modal"]:
            return False
        if auxiliaries & MOOD["fixed"]:
            fixed = True
        if "to" in auxiliaries and tree[tree[i].head].lemma not in MOOD["set"] | {"be"}:
            return False
        marks = {tree[c].lemma for c in tree.kids(i, "mark", "advmod", "amod")}
        if marks & MOOD["unreal"]:
            return False
    habit = t.rule == "verb" and t.type != "statement" and tree[t.verb].tag in {"VBP", "VBZ"}
    if habit and not (t.type == "attack" and is_past_form(tree, t.verb)) and not is_dated(tree, t.verb):
        return False
    line = list(islice(tree.above(t.word), 6))
    if any(tree[j].lemma in MOOD["unreal"] for j in _governors(tree, t.word) if j != t.verb):
        return False
    if tree[t.verb].dep in {"advcl", "relcl", "pcomp", "ccomp"} and any(_is_open(tree, j) for j in line if j != t.verb):
        return False
    return not fixed or t.type in {"meeting", "protest", "visit"}


def _governors(tree: Tree, i: int) -> Iterator[int]:
    """What a word depends on for being real: its heads, up to a subject or a clause that stands beside."""
    for _ in range(4):
        if tree[i].dep in {"advcl", "relcl", "nsubj", "nsubjpass", "ROOT"}:
            return
        i = tree[i].head
        yield i


def _is_open(tree: Tree, verb: int) -> bool:
    """Whether a verb is only possible: what is told under it need not have taken place."""
    return bool({tree[c].lemma for c in tree.kids(verb, "aux")} & (MOOD["modal"] | MOOD["fixed"]))
