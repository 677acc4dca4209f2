"""Whether a move is about talks at all, where anybody may be a party: words of offering and refusing are used of much.

What the packs do not name is a move only where the sentences around it tell of talks; an offer of it, only where its
own sentence does. What puts a burden on somebody (a tariff, sanctions) is offered or asked for by lifting it.
"""

from __future__ import annotations

from onthetable.lexicon import load
from onthetable.model import Act, Move
from onthetable.terms.discourse import Discourse
from onthetable.terms.issues import OTHER, TALKS

_DATA = load("onthetable.terms", "moves.toml")
_TOPIC = frozenset(_DATA["topic"])
_VERBS = frozenset(_DATA["topic_verbs"])
_BURDENS = frozenset(_DATA["burdens"])
_RELIEVING = frozenset(_DATA["relieving"])
_UNNAMED = frozenset({TALKS, OTHER})
_GIVING: frozenset[Act] = frozenset({"offers", "demands"})
_AROUND = 4
"""How many sentences before and behind a move may tell that it is about talks."""


def on_topic(d: Discourse, m: Move) -> bool:
    """Whether the words around a move, in a text whose parties nobody has named, leave it a move at the table."""
    i = d.tree.at(m.trigger.start) or 0
    if m.issue in _BURDENS and m.act in _GIVING:
        return _relieves(d, m)
    if m.issue == OTHER and m.act == "offers":
        return _tells_of_talks(d, i, 0)
    if m.act == "accuses":
        return _tells_of_talks(d, i, 1)
    return m.issue not in _UNNAMED or _tells_of_talks(d, i, _AROUND)


def _tells_of_talks(d: Discourse, i: int, around: int) -> bool:
    sentences, at = d.tree.sentences, d.tree[i].sentence
    first, last = sentences[max(0, at - around)][0], sentences[min(len(sentences) - 1, at + around)][1]
    near = (d.tree[j] for j in range(first, last))
    return any((t.lemma in _TOPIC and t.pos in ("NOUN", "PROPN")) or t.lemma in _VERBS for t in near)


def _relieves(d: Discourse, m: Move) -> bool:
    first, last = d.tree.range(m.evidence.start, m.evidence.end)
    return any(d.tree[j].lemma in _RELIEVING for j in range(first, last))
