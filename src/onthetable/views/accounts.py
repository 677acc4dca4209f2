"""Accounts that cannot both be so, side by side, with who gives which; neither is preferred."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from onthetable.model import Report, Span
from onthetable.views import anchors, labels
from onthetable.views.ledger import Ledger
from onthetable.views.sentences import around


@dataclass(frozen=True, slots=True)
class Account:
    """One of two: a report, words in it and their sentence, on whose word they stand, and where they are marked."""

    report: Report
    words: Span
    sentence: str
    who: str
    anchor: str


def contrary(ledger: Ledger, at: date | None = None) -> tuple[tuple[Account, Account], ...]:
    """Every two sentences that contradict each other, once, the earlier report first; in the order of the reports."""
    order = {r.id: n for n, r in enumerate(ledger.reports(at))}
    found: dict[frozenset[tuple[str, str]], tuple[Account, Account]] = {}
    for tie in (t for t in ledger.contradictions(at) if t.evidence):
        ends = zip((tie.source, tie.target), tie.evidence, strict=False)
        pair = sorted((_account(ledger, id, words) for id, words in ends), key=lambda a: order[a.report.id])
        if pair[0].sentence == pair[1].sentence:  # "one says 40, another 55"
            pair = [replace(a, sentence=labels.one_line(a.words.text)) for a in pair]
        found.setdefault(frozenset((a.report.id, a.sentence) for a in pair), (pair[0], pair[1]))
    return tuple(sorted(found.values(), key=lambda pair: tuple(order[a.report.id] for a in pair)))


def _account(ledger: Ledger, id: str, words: Span) -> Account:
    told, _, finding = id.partition(".")
    report = ledger.report(told)
    anchor = anchors.words(told, words) if finding else f"r-{told}"
    return Account(report, words, around(report, words), _who(ledger, id, finding[:1]), anchor)


def _who(ledger: Ledger, id: str, kind: str) -> str:
    match kind:
        case "s":
            return labels.speaker(ledger.statement(id))
        case "m":
            return labels.word(ledger, ledger.move(id))
        case "f":
            figures = ledger.reading(id.partition(".")[0]).figures
            return next(labels.one_line(f.authority or labels.UNNAMED) for f in figures if f.id == id)
        case _:
            return labels.ITSELF
