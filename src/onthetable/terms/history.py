"""History: moves of other talks, long before those of the report.

Only what a clause itself puts into an old year ("agreed in 1987 to", "the pact of 1994 that ended the strike")
or into an episode that it points back to ("in that war the rebels agreed"); "a return to the 2015 accord" is asked now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from onthetable.lexicon import load
from onthetable.model import Move
from onthetable.terms.discourse import Discourse
from onthetable.tree import Tree

_EPISODES = frozenset(load("onthetable.terms", "moves.toml")["episodes"])
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_OLD = 3
"""How many years before the newest one that is known a year is another story."""
_HIGH = 6
"""How many heads up the clause may stand that tells when."""
_WHEN = frozenset({"in", "during", "of", "at", "back"})


def of_history(d: Discourse, m: Move) -> bool:
    """Whether the clause of a move says that it was made in an old year, or in an episode told as over."""
    at = d.tree.at(m.trigger.start)
    if at is None:
        return False
    now = d.table.case.start.year if d.table.case.start else _newest(d.tree.text)
    for j in _clauses(d.tree, at):
        past = d.tree[j].tag == "VBD" or any(d.tree[c].tag == "VBD" for c in d.tree.kids(j, "aux", "auxpass"))
        if past and any(y <= now - _OLD for y in _years(d.tree, j)):
            return True
        if past and _in_that_episode(d.tree, j):
            return True
    return False


def _clauses(tree: Tree, i: int) -> Iterator[int]:
    """The verbs that a token stands under, itself first."""
    for n, j in enumerate((i, *tree.above(i))):
        if n > _HIGH:
            return
        if tree[j].pos in ("VERB", "AUX"):
            yield j


def _years(tree: Tree, i: int) -> Iterator[int]:
    """The years that a verb has beside it, or the noun that it describes."""
    nouns = [o for c in tree.kids(i, "prep") if tree[c].lemma in _WHEN for o in tree.kids(c, "pobj")]
    if tree[i].dep == "relcl":
        nouns += [o for c in tree.kids(tree[i].head, "prep") if tree[c].lemma in _WHEN for o in tree.kids(c, "pobj")]
        nouns += tree.kids(tree[i].head, "nummod")
    for o in nouns:
        yield from (int(tree[k].text) for k in (o, *tree.kids(o, "nummod")) if _YEAR.fullmatch(tree[k].text))


def _in_that_episode(tree: Tree, i: int) -> bool:
    ins = (c for c in tree.kids(i, "prep") if tree[c].lemma in ("in", "during", "under"))
    told = (o for c in ins for o in tree.kids(c, "pobj") if tree[o].lemma in _EPISODES)
    return any(tree[c].text.lower() in ("that", "those") for o in told for c in tree.kids(o, "det"))


@lru_cache(maxsize=64)
def _newest(text: str) -> int:
    """The newest year that a text names; 0 where it names none."""
    return max((int(y) for y in re.findall(r"\b(?:18|19|20)\d\d\b", text)), default=0)
