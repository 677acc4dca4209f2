"""Words that stand for several at once: those joined by "and", plural nouns, "both sides"."""

from __future__ import annotations

from onthetable.lexicon import load
from onthetable.tree import Spans, Tree

_DATA = load("onthetable.terms", "table.toml")
_MEMBERS = frozenset({"from", "including", "of"})
"""What the names of those stand behind whom a plural noun means."""
_SIDES = frozenset(_DATA["sides"])
_PAIRS = frozenset(_DATA["pairs"])
_HALVES = frozenset(_DATA["halves"])
_BEFORE = 250
"""How many tokens back "both sides" may have been named."""
_NEAR = 2
"""How many sentences back they may have been named apart."""
_BESIDE = frozenset({"along", "together", "alongside"})


def joined(tree: Tree, i: int | None) -> list[int]:
    """A token with those that "and", "along with" and the like join to it, the token itself first."""
    found: list[int] = []
    stack = [] if i is None else [i]
    while stack:
        j = stack.pop()
        found.append(j)
        stack.extend(reversed((*tree.kids(j, "conj"), *_accompanying(tree, j))))
    return found


def _accompanying(tree: Tree, j: int) -> list[int]:
    """Who acts "along with" a party, or "together with" it."""
    after = (c for c in tree.kids(tree[j].head, "prep", "advmod") if j < c <= j + 2)
    beside = [c for c in (*tree.kids(j, "prep", "advmod"), *after) if tree[c].lemma in _BESIDE]
    withs = [w for c in beside for w in (c, *tree.kids(c, "prep")) if tree[w].lemma in ("with", "alongside")]
    return [o for w in withs for o in tree.kids(w, "pobj")]


def together(spans: Spans, j: int) -> list[str]:
    """The names in a plural noun: "Kelmari and Morvenian envoys", "envoys from Kelmar and Morven"."""
    tree = spans.tree
    if tree[j].tag not in ("NNS", "NNPS"):
        return []
    before = [k for c in tree.kids(j, "amod", "nmod", "compound") for k in joined(tree, c)]
    if not any(tree.kids(k, "conj") for k in before):
        before = []
    froms = (c for c in tree.kids(j, "prep") if tree[c].text.lower() in _MEMBERS)
    behind = [k for c in froms for o in tree.kids(c, "pobj") for k in joined(tree, o)]
    named = [k for k in before or behind if tree[k].pos == "PROPN" or tree[k].entity or tree[k].lemma in _SIDES]
    actors = [spans.actor(k) for k in named]
    return [a.name if a else tree[k].text for k, a in zip(named, actors, strict=True)]


def pair(spans: Spans, j: int) -> list[str]:
    """The names of the two who were last named side by side, for "both sides" and "the two countries"."""
    tree = spans.tree
    two = any(tree[c].text.lower() in ("two", "both") for c in tree.kids(j, "nummod", "det", "predet", "preconj"))
    if tree[j].lemma not in _PAIRS and not (two and tree[j].lemma in _HALVES):
        return []
    for k in range(j - 1, max(-1, j - _BEFORE), -1):
        both = [k, *tree.kids(k, "conj")]
        if len(both) == 2 and not tree.kids(both[1], "conj") and all(_collective(tree, o) for o in both):
            actors = [spans.actor(o) for o in both]
            return [a.name if a else tree[o].text for o, a in zip(both, actors, strict=True)]
    first, _ = tree.sentences[max(0, tree[j].sentence - _NEAR)]
    named = {a.name: k for k in range(first, j) if _collective(tree, k) and (a := spans.actor(k))}
    return list(named) if len(named) == 2 else []


def _collective(tree: Tree, j: int) -> bool:
    """Whether a word names a country, a people or a body, and no single person."""
    return tree[j].entity in ("GPE", "NORP", "ORG", "LOC")
