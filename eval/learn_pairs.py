"""Learns what decides about pairs of sentences from the developed pairs of `eval.pairs` and those of tests/ties.

    python -m eval.learn_pairs rows ROWS.jsonl       the rows that `training/entailment.py` learns from
    python -m eval.learn_pairs learn FOLDS.json      writes ties/weights.json, prints what talks left out come to

No talks that are held out are read. Beside the pairs stand sentences of two pairs of one talks that share enough words
for the ledger to compare them, which have nothing to do with each other: in news most have not. FOLDS.json is what
`training/entailment.py folds` wrote: what the encoder says of talks that it had not learned from.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import onthetable.ties
from eval.pairs import HANDS, _report, rows
from onthetable.case import Case
from onthetable.model import Reading
from onthetable.pipeline import read
from onthetable.ties.account import Account, items_of
from onthetable.ties.alignment import align
from onthetable.ties.bodies import read_body
from onthetable.ties.claim import Stories
from onthetable.ties.dating import Dating
from onthetable.ties.entailment import LABELS, TURNED, Likelihoods
from onthetable.ties.judge import SHARED, Judge
from onthetable.ties.masking import Masked, masked
from onthetable.ties.names import Names
from onthetable.ties.relations import verbatim
from onthetable.ties.signs import signs
from onthetable.ties.verdicts import Verdict, verdict
from onthetable.ties.weighing import Weights, comparable, decided, joined

BESIDE = 3
"""Sentences of other pairs that each is put beside, those that share most words."""
COUNTED = 0.3
"""How much such a pair counts for one that is labelled."""
STRENGTH = 0.01
"""Inverse of the L2 penalty."""
DIGITS = 5
WEIGHTS = Path(onthetable.ties.__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Row:
    """Two reports of one talks with a label, the masked texts, and the accounts of the sentences that share most."""

    id: str
    talk: str
    hand: str
    label: str
    texts: tuple[Masked, Masked]
    accounts: tuple[Account, Account]


@dataclass(frozen=True, slots=True)
class _Side:
    text: Masked
    accounts: tuple[Account, ...]


def labelled() -> Iterator[Row]:
    """All pairs that may be learned from, in which there is a sentence to be judged."""
    from tests.ties.test_verdicts import rows as own

    known = [(hand, row, case) for hand in HANDS for row, case in rows(hand)]
    for n, (hand, row, case) in enumerate(chain(known, (("own", row, case) for row, case in own()))):
        label = row["label"]
        if label == "entails":
            label = "holds" if row["stronger"] == "a" else "follows"
        sides = _sides(*(read(_report(row[side]), case) for side in ("a", "b")), case)
        if all(side.accounts for side in sides):
            yield _row(f"{case.name} {n}", "own" if hand == "own" else case.name, hand, label, *sides)


def beside(pairs: Sequence[Row]) -> Iterator[Row]:
    """The first sentence of each with the second ones of others that the ledger would compare it with."""
    talks: dict[str, list[Row]] = defaultdict(list)
    for row in pairs:
        talks[row.talk].append(row)
    keys = {row.id: tuple(set(items_of(a)) for a in row.accounts) for row in pairs}
    for row in pairs:
        first, near = keys[row.id][0], list[tuple[float, Row]]()
        for other in talks[row.talk] if row.hand != "own" else ():
            second = keys[other.id][1]
            share = len(first & second) / (min(len(first), len(second)) or 1)
            if other is not row and share >= SHARED:
                near.append((share, other))
        for _, other in sorted(near, key=lambda n: (-n[0], n[1].id))[:BESIDE]:
            texts, accounts = (row.texts[0], other.texts[1]), (row.accounts[0], other.accounts[1])
            yield Row(f"{row.id} {other.id}", row.talk, "beside", "unrelated", texts, accounts)


def _row(id: str, talk: str, hand: str, label: str, first: _Side, second: _Side) -> Row:
    def common(pair: tuple[Account, Account]) -> float:
        both = align(*pair)
        return both.grounds + sum(min(x.weight, y.weight) for x, y in both.against)

    accounts = max(product(first.accounts, second.accounts), key=common)
    return Row(id, talk, hand, label, (first.text, second.text), accounts)


def _sides(a: Reading, b: Reading, case: Case) -> tuple[_Side, _Side]:
    """Both reports of a pair with what their sentences tell, as the ledger judges them."""
    dating = Dating(case)
    dating.put([a, b])
    published = {id: p.interval for id, p in dating.published.items()}
    judge = Judge(Stories((), ()), published, case.parties)
    found = []
    for reading in (a, b):
        judge.put(reading, read_body(reading.report))
        text = masked(reading.report.text, Names([reading], case.parties))
        found.append(_Side(text, tuple(judge.accounts(reading.report.id))))
    return found[0], found[1]


def _written(row: Row) -> dict[str, str]:
    """A row as text, parties as "@0@" and so on."""
    order = list(dict.fromkeys(party for m in row.texts for party, _ in m.named))
    first, second = (_numbered(m, order) for m in row.texts)
    return {"id": row.id, "talk": row.talk, "hand": row.hand, "label": row.label, "a": first, "b": second}


def _numbered(m: Masked, order: list[str]) -> str:
    named = (("Mr " if person else "") + f"@{min(order.index(party), 7)}@" for party, person in m.named)
    return "".join(x for pair in zip(m.between, (*named, ""), strict=True) for x in pair)


@dataclass(frozen=True, slots=True)
class Signs:
    """Rows as they are learned from: signs both ways round, labels by number, and how much each counts."""

    first: NDArray[np.float64]
    second: NDArray[np.float64]
    labels: NDArray[np.int64]
    counts: NDArray[np.float64]

    def __getitem__(self, which: NDArray[np.bool_]) -> Signs:
        return Signs(self.first[which], self.second[which], self.labels[which], self.counts[which])


def signs_of(found: Sequence[Row]) -> tuple[Signs, list[Verdict | None]]:
    """The signs of rows, and what the rules say of each."""
    ruled = [verdict(*row.accounts) for row in found]
    first, second = [], []
    for row, says in zip(found, ruled, strict=True):
        both, a, b = signs(*row.accounts, align(*row.accounts), says)
        first.append([*both, *a, *b])
        second.append([*both, *b, *a])
    labels = np.array([LABELS.index(row.label) for row in found])
    counts = np.array([COUNTED if row.hand == "beside" else 1.0 for row in found])
    return Signs(np.array(first), np.array(second), labels, counts), ruled


def fitted(known: Signs) -> Weights:
    """The regression learned from rows, each both ways round, so that it is the same whichever comes first."""
    from sklearn.linear_model import LogisticRegression

    rows = np.concatenate([known.first, known.second])
    labels = np.concatenate([known.labels, np.array(TURNED)[known.labels]])
    mean, spread = rows.mean(0), rows.std(0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit((rows - mean) / spread, labels, sample_weight=np.tile(known.counts, 2))
    return Weights(mean, spread, model.coef_, model.intercept_)


def left_out(found: Sequence[Row], known: Signs, heard: dict[str, list[float]]) -> list[Likelihoods]:
    """How likely the labels of each row are by what was learned from the other talks."""
    talks = np.array([row.talk for row in found])
    likely: list[Likelihoods] = [np.full(len(LABELS), np.nan) for _ in found]
    for talk in sorted(set(talks) - {"own"}):
        weights = fitted(known[talks != talk])
        for n in np.flatnonzero(talks == talk):
            likely[n] = joined(weights.likelihoods(known.first[n].tolist()), np.array(heard[found[n].id]))
    return likely


def report(found: Sequence[Row], ruled: Sequence[Verdict | None], likely: Sequence[Likelihoods]) -> None:
    """Prints what the rules and what is learned come to, by hand and label, where sentences are compared at all."""
    for hand in (*HANDS, "beside"):
        for name in ("rules", "learned"):
            right, all, wrong = Counter[str](), Counter[str](), Counter[str]()
            for row, says, p in zip(found, ruled, likely, strict=True):
                if row.hand == hand:
                    both = align(*row.accounts)
                    weighs = name == "learned" and comparable(*row.accounts, both)
                    verdict = decided(p, says, verbatim=verbatim(*row.accounts, both)) if weighs else says
                    said = verdict.value if verdict and verdict not in (Verdict.APART, Verdict.UNLIKE) else "unrelated"
                    all[row.label] += 1
                    right[row.label] += said == row.label
                    wrong[f"{row.label} called {said}"] += said != row.label
            shares = {label: round(100 * right[label] / all[label], 1) for label in LABELS if all[label]}
            print(f"{hand}, {name}: {100 * right.total() / all.total():.1f} % of {all.total()}", shares)
            print("   ", {k: n for k, n in wrong.most_common() if n and "called unrelated" not in k})


def main() -> None:
    command, path = sys.argv[1], Path(sys.argv[2])
    pairs = list(labelled())
    everything = [*pairs, *beside(pairs)]
    if command == "rows":
        lines = (json.dumps(_written(row), ensure_ascii=False) + "\n" for row in everything)
        path.write_text("".join(lines), "utf-8")
        return
    known, ruled = signs_of(everything)
    weights = fitted(known)
    parts = ("mean", "spread", "weights", "bias")
    text = json.dumps({k: np.round(getattr(weights, k), DIGITS).tolist() for k in parts})
    WEIGHTS.write_text(text + "\n", "utf-8")
    report(everything, ruled, left_out(everything, known, json.loads(path.read_text("utf-8"))))


if __name__ == "__main__":
    main()
