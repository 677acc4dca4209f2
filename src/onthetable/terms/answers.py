"""What became of a proposal by the end of its report: who is said to have answered it, and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from onthetable.lexicon import load
from onthetable.model import Move, Status
from onthetable.terms.discourse import Discourse
from onthetable.terms.drafts import Draft, is_over
from onthetable.terms.issues import TALKS

_DATA = load("onthetable.terms", "proposals.toml")
_STUDYING = frozenset(_DATA["studying"])
_ANSWERING = frozenset(_DATA["answering"])
_AWAITING = frozenset(_DATA["awaiting"])
_ENDING = frozenset(_DATA["ending"])
_PARTLY = frozenset(_DATA["partly"])
_PROPOSALS = frozenset((*_DATA["tabled"], *_DATA["agreements"]))
ANSWERS: dict[str, Status] = {"accepts": "accepted", "rejects": "rejected", "considers": "under-review"}
BySentence = Mapping[int, Sequence[Move]]
"""The moves of a report by the sentence of their trigger."""
_FAR = 3
"""How many sentences after a proposal an answer to one of its terms may stand."""


def status(d: Discourse, draft: Draft, moves: BySentence) -> Status:
    """The status that the report gives a draft; `tabled` where it tells of no answer."""
    if draft.rule == "deal":
        return "lapsed" if is_over(d.tree, draft) else "in-force"
    if draft.proposer is None and (agreed := _agreed(d, draft)):
        return agreed
    first = next((m for m in replies(d, draft, moves) if m.act != "accepts" or _whole(draft, m)), None)
    return _ended(d, draft) or (ANSWERS[first.act] if first else None) or _waiting(d, draft)


def _agreed(d: Discourse, draft: Draft) -> Status | None:
    """What nobody in particular proposed is accepted once every principal is said to accept it."""
    accepting = {m.party for m in draft.terms if m.act == "accepts" and not m.hedge}
    if not any(m.act == "accepts" for m in draft.terms):
        return None
    partly = _any(d, draft.first, draft.first, _PARTLY)
    return "accepted" if not partly and accepting >= set(d.table.principals) else "under-review"


def replies(d: Discourse, draft: Draft, moves: BySentence) -> Iterator[Move]:
    """The moves by which other parties answer a draft: the whole of it or one of its terms, close by."""
    issues = {TALKS, *(m.issue for m in draft.terms)}
    for m in (m for s in range(draft.first, draft.last + _FAR + 1) for m in moves.get(s, ())):
        another = m.party != draft.proposer and m.party not in d.table.mediators
        if another and m.act in ANSWERS and m.when != "past" and m not in draft.terms and m.issue in issues:
            yield m


def _whole(draft: Draft, m: Move) -> bool:
    """Whether an acceptance is of all that a draft asks and gives, and not of one term among others."""
    return m.issue == TALKS or m.rule.startswith("whole") or {m.issue} == {t.issue for t in draft.terms}


def _ended(d: Discourse, draft: Draft) -> Status | None:
    """Whether something ends the proposal: "the offer expired", "they withdrew the plan"."""
    tree = d.tree
    begin, end = tree.sentences[draft.first][0], tree.sentences[draft.last][1]
    ends = (i for i in range(begin, end) if tree[i].lemma in _ENDING)
    about = (tree[c].lemma for i in ends for c in tree.kids(i, "nsubj", "nsubjpass", "dobj"))
    return "lapsed" if not _PROPOSALS.isdisjoint(about) else None


def _waiting(d: Discourse, draft: Draft) -> Status:
    """Whether the report says that the proposal is studied, or that an answer to it is still to come."""
    tree = d.tree
    for s in range(draft.first, min(draft.last + _FAR + 1, len(tree.sentences))):
        words = {tree[i].lemma.lower() for i in range(*tree.sentences[s])}
        if (words & _ANSWERING and words & _AWAITING) or any(_studies(d, i) for i in range(*tree.sentences[s])):
            return "under-review"
    return "tabled"


def _studies(d: Discourse, i: int) -> bool:
    """Whether a verb tells that a proposal is looked at."""
    if d.tree[i].lemma not in _STUDYING or d.tree[i].pos != "VERB":
        return False
    about = {d.tree[c].lemma for c in d.tree.kids(i, "dobj", "nsubjpass")}
    return not about.isdisjoint(_PROPOSALS | {"it", "text", "term", "document"})


def _any(d: Discourse, first: int, last: int, lemmas: frozenset[str]) -> bool:
    begin, end = d.tree.sentences[first][0], d.tree.sentences[last][1]
    return any(d.tree[i].lemma.lower() in lemmas for i in range(begin, end))
