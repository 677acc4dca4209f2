"""Proposals: moves that lie in one another's words, put together as packages of terms.

A package begins with an offer (or a demand that is tied to one), takes up the terms that the same sentence or
the sentences right behind it name for the same table, and has the status that the report gives it: what
other parties are said to have answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onthetable.case import Case
from onthetable.model import Move, Proposal, Report, Span, Status, Term
from onthetable.terms.issues import TALKS
from onthetable.tree import Spans, Tree

_PACKAGING = frozenset({"offers", "demands", "accepts"})
_ANSWERS: dict[str, Status] = {"accepts": "accepted", "rejects": "rejected", "considers": "under-review"}
_COUNTERING = frozenset({"counter", "counterproposal", "counteroffer", "instead", "reply", "response"})
_SIDE_BY_SIDE = 3
_FOLLOWING = 2
"""How many sentences behind a package its further terms may stand."""
_FAR = 3
"""How many sentences after a proposal an answer to it may stand."""


def find_proposals(report: Report, spans: Spans, moves: tuple[Move, ...], case: Case) -> tuple[Proposal, ...]:
    """The packages of a report, numbered in the order of the text."""
    packages = [p for p in _merged(spans.tree, _packages(spans.tree, moves)) if _is_package(p)]
    made: list[Proposal] = []
    for n, package in enumerate(packages, 1):
        first = package[0]
        terms = tuple(_terms(package))
        span = _hull(report, package)
        status = _status(spans.tree, moves, package)
        answers = next((p for p in reversed(made) if p.proposer != first.party and status == "tabled"), None)
        counter = answers is not None and _counters(spans.tree, package)
        made.append(Proposal(f"{report.id}.p{n}", report.id, first.party if first.act != "accepts" else None, status,
                             answers.id if counter and answers else None, terms, span, "package"))  # fmt: skip
    return tuple(made)


def _packages(tree: Tree, moves: Sequence[Move]) -> Iterator[list[Move]]:
    """Runs of offers and demands in one sentence, by one party, of which at least one is an offer."""
    by_sentence: dict[tuple[int, str], list[Move]] = {}
    for m in moves:
        if m.act in _PACKAGING and m.issue != TALKS:
            at = tree.at(m.trigger.start)
            sentence = tree[at].sentence if at is not None else -1
            by_sentence.setdefault((sentence, m.party), []).append(m)
    for package in by_sentence.values():
        offers = [m for m in package if m.act == "offers"]
        if offers or len({m.issue for m in package}) > 1:
            yield sorted(package, key=lambda m: (m.act != "offers", m.evidence.start))


def _merged(tree: Tree, packages: Iterator[list[Move]]) -> list[list[Move]]:
    """Packages of one party in sentences that follow each other are one, where the later ones add terms to it."""
    found: list[list[Move]] = []
    for package in packages:
        last = next((p for p in reversed(found[-_SIDE_BY_SIDE:]) if p[0].party == package[0].party), None)
        scope = all(m.rule.startswith("scope") for m in package)
        if last and scope and _sentence(tree, package[0]) - max(_sentence(tree, m) for m in last) <= _FOLLOWING:
            last.extend(package)
        else:
            found.append(package)
    return found


def _sentence(tree: Tree, m: Move) -> int:
    at = tree.at(m.trigger.start)
    return tree[at].sentence if at is not None else -1


def _is_package(package: Sequence[Move]) -> bool:
    """Whether moves make a package: several terms, or one with a number or a condition, or one called a proposal."""
    terms = {(m.giver, m.issue) for m in package}
    return len(terms) > 1 or any(m.quantity or m.condition or m.rule.startswith("noun") for m in package)


def _terms(package: Sequence[Move]) -> Iterator[Term]:
    seen = set()
    for m in package:
        if (m.giver, m.issue) not in seen:
            seen.add((m.giver, m.issue))
            yield Term(m.giver, m.issue, m.quantity, None, m.condition)


def _hull(report: Report, package: Sequence[Move]) -> Span:
    return report.span(min(m.evidence.start for m in package), max(m.evidence.end for m in package))


def _status(tree: Tree, moves: Sequence[Move], package: Sequence[Move]) -> Status:
    """What the first answer by another party, within a few sentences, makes of it."""
    end = max(m.evidence.end for m in package)
    at = tree.at(max(0, end - 1))
    sentence = tree[at].sentence if at is not None else 0
    if any(m.act == "accepts" for m in package):
        return "accepted"
    for m in moves:
        if m.act in _ANSWERS and m.party != package[0].party and m.evidence.start >= package[0].evidence.start:
            there = tree.at(m.trigger.start)
            if there is not None and sentence <= tree[there].sentence <= sentence + _FAR:
                return _ANSWERS[m.act]
    return "tabled"


def _counters(tree: Tree, package: Sequence[Move]) -> bool:
    """Whether the sentence calls the package a counter-proposal or puts it "instead"."""
    at = tree.at(package[0].trigger.start)
    first, last = tree.sentence(at or 0)
    return any(tree[i].text.lower() in _COUNTERING for i in range(first, last))
