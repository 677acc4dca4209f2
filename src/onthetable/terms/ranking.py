"""How likely a move that the rules found is one: a logistic regression over what stands around its trigger.

Rules propose, the ranking judges: words of talks are used of much that is no move (history, speculation, acts of
outsiders), and which of them the rules take is learned better than written. Names never count: whoever acts is
seen as a party, a name, or a common noun, so that what holds for one party holds for the other. The weights come
from `training/moves.py`; what they gain and cost stands in docs/decisions.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from onthetable.model import Move
from onthetable.terms import clauses
from onthetable.terms.discourse import Discourse
from onthetable.tree import Token

SIZE = 8192
"""How many weights the signs are hashed to (feature hashing: Weinberger and others 2009)."""
_HIGH = 3
_WIDE = 4
_MEASURES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
"""The recogniser's labels that are no names."""


def worth(d: Discourse, m: Move) -> float:
    """The probability that a move of the rules is one, from 0 to 1."""
    weights = _weights()
    return 1 / (1 + math.exp(-float(weights[SIZE] + weights[list(columns(d, m))].sum())))


def columns(d: Discourse, m: Move) -> tuple[int, ...]:
    """The weights that the signs of a move switch on, in order."""
    return tuple(sorted({crc32(sign.encode()) % SIZE for sign in signs(d, m)}))


@cache
def _weights() -> NDArray[np.float32]:
    """One weight a sign, and the bias."""
    with (files("onthetable.terms") / "ranking.npy").open("rb") as file:
        return np.asarray(np.load(file), dtype=np.float32)


def signs(d: Discourse, m: Move) -> Iterator[str]:
    """What a move is judged by, as words of the form kind=value."""
    tree = d.tree
    i = tree.at(m.trigger.start) or 0
    rule, _, key = m.rule.partition(":")
    yield from (f"rule={rule}", f"key={key}", f"key={key}={m.act}", f"rule={rule}={m.act}")
    yield from (f"act={m.act}", f"issue={m.issue}", f"issue={m.issue}={m.act}")
    yield from (f"when={m.when}", f"hedge={m.hedge}", f"negated={m.negated}", f"giver={m.giver is not None}")
    yield from (f"condition={m.condition is not None}", f"quantity={m.quantity is not None}", f"to={m.to is not None}")
    yield from (f"mood={clauses.modality(tree, i)}", f"supposed={clauses.supposed(tree, i)}")
    yield f"question={clauses.question(tree, i)}"
    yield from _said_in(d, i, m)
    yield from _about_actor(d, m)
    yield from _around(d, i)


def _said_in(d: Discourse, i: int, m: Move) -> Iterator[str]:
    """Whose words the trigger stands in, and whether the mover is who says them."""
    statement = d.table.statement(i)
    if statement is None:
        yield "said=no"
        return
    yield f"said={statement.manner}"
    source = statement.source
    if source:
        yield f"source={source.kind}"
        yield f"own={m.party in (source.party, source.name, source.span.text)}"
    if statement.cue:
        at = d.tree.at(statement.cue.start)
        yield f"cue={d.tree[at].lemma if at is not None else ''}"


def _about_actor(d: Discourse, m: Move) -> Iterator[str]:
    """What kind of word names the mover, and how it stands to the trigger."""
    at = d.tree.at(m.actor.end - 1) if m.actor else None
    if at is None:
        yield "actor=none"
        return
    actor = d.table.spans.actor(at)
    yield f"actor={_word(d, d.tree[at])}"
    yield f"actor.dep={d.tree[at].dep}"
    yield f"actor.role={(actor.role or '') if actor else ''}"
    trigger = d.tree.at(m.trigger.start) or 0
    gap = at - trigger
    yield f"actor.far={'before' if gap < 0 else 'after'}{min(3, abs(gap) // 4)}"


def _around(d: Discourse, i: int) -> Iterator[str]:
    """The words and labels beside, over and under the trigger."""
    tree = d.tree
    t = tree[i]
    yield from (f"word={t.lemma}", f"tag={t.tag}", f"dep={t.dep}", f"dep={t.dep}={t.tag}")
    for c in tree.children[i]:
        yield f"kid={tree[c].dep}"
        yield f"kid={tree[c].dep}={_word(d, tree[c])}"
    for n, j in enumerate(islice(tree.above(i), _HIGH)):
        yield f"up{n}={_word(d, tree[j])}"
        yield f"up{n}.dep={tree[j].dep}"
        yield from (f"up.{tree[c].dep}={tree[c].lemma}" for c in tree.kids(j, "aux", "neg", "mark"))
    first, last = tree.sentence(i)
    yield f"opens={_word(d, tree[first])}"
    for j in range(max(first, i - _WIDE), min(last, i + _WIDE + 1)):
        if j != i:
            yield f"near={'-' if j < i else '+'}{_word(d, tree[j])}"


def _word(d: Discourse, t: Token) -> str:
    """A word as the ranking may see it: of a name only that it is one."""
    if t.entity in _MEASURES:
        return f"<{t.entity}>"
    return "NAME" if t.pos == "PROPN" or t.entity or d.table.spans.actor(t.i) else t.lemma
