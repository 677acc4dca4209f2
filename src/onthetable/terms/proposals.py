"""Proposals: moves that lie in one another's words, put together as packages of terms.

A package begins with an offer (or a demand that is tied to one), takes up the terms that the same sentence or
the sentences right behind it name for the same table, and has the status that the report gives it: what
other parties are said to have answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onthetable.model import Move, Proposal, Term
from onthetable.terms.answers import BySentence, replies, status
from onthetable.terms.custom import Givers
from onthetable.terms.details import term
from onthetable.terms.discourse import Discourse
from onthetable.terms.drafts import Draft, counters, drafts, hull, sentence

_OPEN = frozenset({"tabled", "under-review", "rejected"})


def find_proposals(d: Discourse, moves: tuple[Move, ...]) -> tuple[Proposal, ...]:
    """The packages of a report, numbered in the order of the text."""
    usual = Givers(d, moves)
    by_sentence: dict[int, list[Move]] = {}
    for m in moves:
        by_sentence.setdefault(sentence(d.tree, m.trigger), []).append(m)
    made: list[Proposal] = []
    for n, draft in enumerate(drafts(d, moves), 1):
        answers = _answers(d, draft, made)
        if answers is not None:
            made = [replace(p, status="countered") if p.id == answers else p for p in made]
        made.append(_proposal(d, draft, f"{d.report.id}.p{n}", answers, by_sentence, usual))
    return tuple(made)


def _proposal(
    d: Discourse, draft: Draft, id: str, answers: str | None, moves: BySentence, usual: Givers
) -> Proposal:  # fmt: skip
    evidence = d.report.span(*hull(draft))
    terms = tuple(_terms(d, draft, usual))
    replied = tuple(m.id for m in replies(d, draft, moves))
    return Proposal(id, d.report.id, draft.proposer, status(d, draft, moves), answers, terms, evidence, draft.rule,
                    draft.proposer is not None and counters(d.tree, draft), replied)  # fmt: skip


def _answers(d: Discourse, draft: Draft, made: Sequence[Proposal]) -> str | None:
    """The last open proposal of another side, if the sentence calls this one an answer to it."""
    if draft.proposer is None or not counters(d.tree, draft):
        return None
    return next((p.id for p in reversed(made) if p.proposer not in (None, draft.proposer) and p.status in _OPEN), None)


def _terms(d: Discourse, draft: Draft, usual: Givers) -> Iterator[Term]:
    """Each thing given once, with its number if the report names one; what no words give goes by what is usual."""
    issues = {m.issue for m in draft.terms}
    told = [*draft.terms, *(m for m in draft.also if m.issue not in issues)]
    found: dict[tuple[str | None, str], Move] = {}
    for m in (replace(m, giver=m.giver or usual.of(m)) for m in told):
        known = found.get((m.giver, m.issue))
        if known is None or (m.quantity and not known.quantity):
            found[m.giver, m.issue] = m
    yield from (term(d, m) for m in found.values())
