"""What a predicate tells beside the talks, and no move: a date, a survey, a word to the press, a publication."""

from __future__ import annotations

from onthetable.lexicon import load
from onthetable.terms.actors import DOCUMENTS
from onthetable.terms.acts import Predicate
from onthetable.terms.discourse import Discourse
from onthetable.terms.issues import DAYS
from onthetable.tree import Tree

_DATA = load("onthetable.terms", "moves.toml")
_ASKING = frozenset(_DATA["asking"])
PRESS = frozenset(_DATA["press"])
"""Words by which the press is asked, or asks."""
_POLLS = frozenset({"poll", "survey"})
_SOON = 6
"""How many tokens behind "ask" may tell whom or what."""


def from_poll(d: Discourse, i: int) -> bool:
    """ "A survey finds that voters would like": what people think is nobody's move."""
    statement = d.table.statement(i)
    if statement is None or statement.source is None or statement.source.kind != "document":
        return False
    first, last = d.tree.range(statement.source.span.start, statement.source.span.end)
    return any(d.tree[j].lemma in _POLLS for j in range(first, last))


def dates_only(tree: Tree, i: int) -> bool:
    """ "On the day the crews walked out": it only tells when."""
    return tree[i].dep == "relcl" and tree[tree[i].head].lemma in DAYS


def to_reporters(d: Discourse, p: Predicate) -> bool:
    """What is asked of the press, or by it: "asked not to be named", "asked whether", "ask me tomorrow"."""
    if p.key not in _ASKING:
        return False
    tree = d.tree
    if tree[p.head].tag == "VBN" and tree[p.head].dep == "advcl":
        return True
    near = {tree[j].text.lower() for j in range(p.head, min(p.head + _SOON, len(tree)))}
    return not near.isdisjoint(PRESS)


def publishes(tree: Tree, p: Predicate) -> bool:
    """ "Released a statement": what it says is told by itself."""
    return p.act == "delivers" and any(tree[o].lemma in DOCUMENTS for o in tree.kids(p.head, "dobj", "nsubjpass"))
