"""Trains the ranking of `onthetable.terms`: which moves that the rules find are moves.

Data: passages of news annotated with moves and traps (see docs/decisions.md), one object a line with "text" and
"moves" (each with "act", "evidence" and, if a careful reader may leave it out, "optional"). The texts belong to
their publishers: they are read here and nothing of them goes into the package but one number for each of 8,192
hashed signs.

Method: the program annotates every passage; a move whose clause and act the annotators have, too, counts as right.
Logistic regression with an L2 penalty, full batches. Prints what each threshold gives in five folds by passage.

    python training/moves.py TRAIN.jsonl src/onthetable/terms/ranking.npy

Takes about a minute on two cores.
"""

from __future__ import annotations

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onthetable.annotation import proposed
from onthetable.terms.ranking import SIZE, columns

FOLDS = 5
STEPS = 400
RATE = 0.05
PENALTY = 2e-3
OPTIONAL = 0.25
"""What a move weighs that a careful reader may leave out."""


@dataclass(frozen=True, slots=True)
class Example:
    """A move of the rules: its passage, its weights' columns, whether it is right, and how much that counts."""

    passage: int
    columns: tuple[int, ...]
    right: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Passage:
    """What one passage gives: the examples, and how many moves its annotators require."""

    examples: tuple[Example, ...]
    required: int


def passage(numbered: tuple[int, dict[str, Any]]) -> Passage:
    """Annotates one passage and compares its moves with the gold, one to one, the required ones first."""
    number, row = numbered
    discourse, moves = proposed(row["text"])
    gold = sorted(row["moves"], key=lambda g: bool(g.get("optional")))
    weight: dict[int, float] = {}
    for g in gold:
        start = row["text"].find(g["evidence"])
        end = start + len(g["evidence"])
        fits = (
            n for n, m in enumerate(moves)
            if n not in weight and m.act == g["act"] and m.evidence.start < end and start < m.evidence.end
        )  # fmt: skip
        n = next(fits, None)
        if n is not None:
            weight[n] = OPTIONAL if g.get("optional") else 1.0
    examples = (
        Example(number, columns(discourse, m), n in weight, weight.get(n, 1.0)) for n, m in enumerate(moves)
    )  # fmt: skip
    return Passage(tuple(examples), sum(not g.get("optional") for g in gold))


def matrix(examples: list[Example]) -> NDArray[np.float32]:
    """One row an example, one column a weight; the last column is the bias."""
    rows = np.zeros((len(examples), SIZE + 1), dtype=np.float32)
    for n, e in enumerate(examples):
        rows[n, list(e.columns)] = 1
    rows[:, SIZE] = 1
    return rows


def fit(examples: list[Example]) -> NDArray[np.float32]:
    """Weights by Adam (Kingma and Ba 2015) on the penalised log loss."""
    x = matrix(examples)
    y = np.array([e.right for e in examples], dtype=np.float32)
    c = np.array([e.weight for e in examples], dtype=np.float32)
    w = np.zeros(SIZE + 1, dtype=np.float32)
    mean, square = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (c * (p - y)) / c.sum() + PENALTY * w * (np.arange(SIZE + 1) < SIZE)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        w -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return w


def report(passages: list[Passage]) -> None:
    """Prints precision, recall and F1 of the moves over each threshold, every passage judged by others' weights."""
    examples = [e for p in passages for e in p.examples]
    judged: list[tuple[Example, float]] = []
    for fold in range(FOLDS):
        w = fit([e for e in examples if e.passage % FOLDS != fold])
        unseen = [e for e in examples if e.passage % FOLDS == fold]
        judged += zip(unseen, (1 / (1 + np.exp(-matrix(unseen) @ w))).tolist(), strict=True)
    required = sum(p.required for p in passages)
    for threshold in (0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        kept = [e for e, p in judged if p >= threshold]
        hits = sum(e.right and e.weight == 1 for e in kept)
        wrong = sum(not e.right for e in kept)
        precision, recall = hits / (hits + wrong), hits / required
        f1 = 2 * precision * recall / (precision + recall)
        print(f"over {threshold:.2f}: precision {precision:.1%}  recall {recall:.1%}  F1 {f1:.1%}")


def main() -> None:
    """Reads the passages, prints the cross-validation, and writes the weights of all of them."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("train", type=Path)
    arguments.add_argument("weights", type=Path)
    given = arguments.parse_args()
    rows = [json.loads(line) for line in given.train.read_text("utf-8").splitlines()]
    with ProcessPoolExecutor(2) as pool:
        passages = list(pool.map(passage, enumerate(rows), chunksize=8))
    report(passages)
    np.save(given.weights, fit([e for p in passages for e in p.examples]).astype(np.float16))


if __name__ == "__main__":
    main()
