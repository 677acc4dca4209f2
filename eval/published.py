"""First sentences of published reports that have nothing to do with each other, for `training/entailment.py all`.

    python -m eval.published LEDGER LEARN.jsonl TEST.jsonl

LEDGER is a kept ledger of published reports with their days: the months take turns in being learned from and tried.
The words belong to their publishers and go nowhere but into these files; the network keeps none of them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from pathlib import Path

from eval.learn_pairs import numbered
from onthetable.following import kept
from onthetable.ledger import Ledger
from onthetable.ties.account import items_of
from onthetable.ties.bodies import read_body
from onthetable.ties.claim import Stories
from onthetable.ties.judge import DAYS, LEDE, LOOSELY, Judge
from onthetable.ties.masking import Masked, masked
from onthetable.ties.names import Names
from onthetable.ties.settings import sentence

MOST = 0.6
"""Share of the words of the shorter of two from which on they may well tell of one thing."""
SHORT, LONG = 20, 260
"""Code points of a sentence that is taken."""


@dataclass(frozen=True, slots=True)
class Lede:
    """One of the first sentences of a report: its day and story, its masked words, and what it speaks of."""

    day: date
    story: str
    text: Masked
    items: frozenset[str]


def ledes(ledger: Ledger) -> Iterator[Lede]:
    """The first sentences of the dated reports of a ledger."""
    days = {id: known.interval for id, known in ledger.ties.published.items()}
    judge = Judge(Stories(ledger.ties.families), days, ledger.case.parties)
    for reading in ledger.readings:
        report = reading.report
        judge.put(reading, read_body(report))
        names = Names([reading], ledger.case.parties)
        found = zip(judge.places(report.id)[:LEDE], judge.accounts(report.id), strict=False)
        for place, account in found if report.id in days else ():
            text = masked(sentence(report, judge.span(place)).text, names)
            yield Lede(days[report.id].latest, ledger.family(report.id)[0], text, frozenset(items_of(account)))


def pairs(ledger: Ledger) -> Iterator[tuple[date, str, str]]:
    """Two sentences of other stories of a few days that share words, but not most of them, and the earlier day."""
    told = sorted(ledes(ledger), key=lambda lede: lede.day)
    seen = set[tuple[str, ...]]()
    for n, one in enumerate(told):
        for other in takewhile(lambda later: (later.day - one.day).days <= DAYS, told[n + 1 :]):  # noqa: B023
            less, shared = min(len(one.items), len(other.items)), len(one.items & other.items)
            texts = numbered(one.text, other.text)
            fits = all(SHORT <= len(text) <= LONG for text in texts) and texts not in seen
            if fits and other.story != one.story and max(1, LOOSELY * less) <= shared <= MOST * less:
                seen.add(texts)
                yield one.day, texts[0], texts[1]


def main() -> None:
    lines: tuple[list[str], list[str]] = [], []
    for n, (day, a, b) in enumerate(pairs(kept(sys.argv[1]).ledger)):
        row = {"id": f"real {n}", "hand": "real", "group": "", "label": "unrelated", "early": False, "a": a, "b": b}
        lines[day.month % 2].append(json.dumps(row, ensure_ascii=False) + "\n")
    for path, found in zip(sys.argv[2:], reversed(lines), strict=True):
        Path(path).write_text("".join(found), "utf-8")


if __name__ == "__main__":
    main()
