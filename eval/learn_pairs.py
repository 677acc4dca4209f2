"""Learns what decides about pairs of sentences: pairs of `eval.pairs` and tests/ties, and clusters of `eval.clusters`.

    python -m eval.learn_pairs rows ROWS.jsonl       the rows that `training/entailment.py` learns from
    python -m eval.learn_pairs learn HEARD.json      writes ties/weights.json, prints what talks left out come to (needs
                                                     scikit-learn)

No talks that are held out are read. Beside the pairs stand sentences of two pairs or clusters of one talks that share
enough words for the ledger to compare them, which have nothing to do with each other: in news most have not. HEARD.json
is what `training/entailment.py early` wrote: what the encoder says of talks by writers of whom it had read nothing.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import onthetable.ties
from eval.clusters import LATER, Pair, talks
from eval.pairs import HANDS, _report, rows
from onthetable.case import Case
from onthetable.pipeline import read
from onthetable.ties.account import Account, items_of
from onthetable.ties.alignment import align
from onthetable.ties.bodies import read_body
from onthetable.ties.claim import Stories
from onthetable.ties.dating import Dating
from onthetable.ties.entailment import LABELS, TURNED, Likelihoods
from onthetable.ties.judge import FEW, LOOSELY, SHARED, Judge
from onthetable.ties.masking import Masked, masked
from onthetable.ties.names import Names
from onthetable.ties.relations import ordered
from onthetable.ties.signs import signs
from onthetable.ties.verdicts import Verdict, verdict
from onthetable.ties.weighing import Weights, comparable, decided, joined

BESIDE = 3
"""Sentences of other pairs that each is put beside, those that share most words."""
OF_GROUP = 3
"""Rows of each label of a cluster that are tried, and of which the signs are learned from."""
COUNTED = {"beside": 0.3, "apart": 0.3, "cluster": 0.4}
"""How much a row counts for one of a pair that somebody labelled."""
FOLDS = 6
STRENGTH = 0.01
"""Inverse of the L2 penalty."""
DIGITS = 5
WEIGHTS = Path(onthetable.ties.__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Row:
    """Two reports of one talks with a label, the masked texts, and the accounts of the sentences that share most.

    `group` tells which rows are of one cluster or list, of which not all are learned from each time round, and `early`
    those that are learned from before the others, which are judged by that, as far as they are `tried`.
    """

    id: str
    talk: str
    hand: str
    group: str
    early: bool
    tried: bool
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
        sides = _side(row["a"], case), _side(row["b"], case)
        if all(side.accounts for side in sides):
            id, talk = f"{case.name} {n}", "own" if hand == "own" else case.name
            yield _row(id, talk, hand, "", False, label, *sides)


def clustered() -> Iterator[Row]:
    """All pairs of clusters, and of lists of what is apart."""
    for case, pairs in talks():
        known: dict[tuple[str, str], _Side] = {}
        for n, pair in enumerate(pairs):
            sides = [_told(text, pair, case, known) for text in (pair.first, pair.second)]
            if all(side.accounts for side in sides):
                hand = "apart" if " apart " in pair.group else "cluster"
                yield _row(f"{pair.group} {n}", case.name, hand, pair.group, case.name not in LATER, pair.label, *sides)


def _told(text: str, pair: Pair, case: Case, known: dict[tuple[str, str], _Side]) -> _Side:
    if (text, pair.date) not in known:
        known[text, pair.date] = _side({"text": text, "date": pair.date, "outlet": "Evening Paper"}, case)
    return known[text, pair.date]


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
            yield Row(f"{row.id} {other.id}", row.talk, "beside", "", row.early, True, "unrelated", texts, accounts)


def everything() -> list[Row]:
    """All that is learned from: pairs, clusters, and sentences of two pairs or clusters beside each other."""
    pairs, of_clusters = list(labelled()), list(clustered())
    firsts = {row.group: row for row in reversed(of_clusters) if row.label == "same"}
    return [*pairs, *beside(pairs), *_some(of_clusters), *beside(list(firsts.values()))]


def _some(found: Sequence[Row]) -> list[Row]:
    """The rows of clusters and lists, some of each label of a cluster marked, and what the ledger compares of lists."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in found:
        if row.hand != "apart" or near(row):
            groups[row.group, row.label].append(row)
    dice, tried = random.Random(0), set[str]()
    for those in groups.values():
        few = those if those[0].hand == "apart" else dice.sample(those, min(OF_GROUP, len(those)))
        tried.update(row.id for row in few)
    return [replace(row, tried=row.id in tried) for row in found]


def near(row: Row) -> bool:
    """Whether the ledger compares two, as first sentences of reports of a few days."""
    first, second = (set(items_of(a)) for a in row.accounts)
    less, shared = min(len(first), len(second)), len(first & second)
    return shared >= max(min(FEW, less), LOOSELY * less)


def weighs(row: Row) -> bool:
    """Whether the ledger weighs two by what was learned."""
    return near(row) and comparable(*row.accounts, align(*row.accounts))


def _row(
    id: str, talk: str, hand: str, group: str, early: bool, label: str, first: _Side, second: _Side
) -> Row:  # fmt: skip
    def common(pair: tuple[Account, Account]) -> float:
        both = align(*pair)
        return both.grounds + sum(min(x.weight, y.weight) for x, y in both.against)

    accounts = max(product(first.accounts, second.accounts), key=common)
    return Row(id, talk, hand, group, early, not group, label, (first.text, second.text), accounts)


def _side(told: dict[str, str], case: Case) -> _Side:
    """A report with what its sentences tell, as the ledger judges them."""
    reading = read(_report(told), case)
    dating = Dating(case)
    dating.put([reading])
    judge = Judge(Stories((), ()), {id: p.interval for id, p in dating.published.items()}, case.parties)
    judge.put(reading, read_body(reading.report))
    text = masked(reading.report.text, Names([reading], case.parties))
    return _Side(text, tuple(judge.accounts(reading.report.id)))


def _written(row: Row) -> dict[str, str | int]:
    """A row as text."""
    first, second = numbered(*row.texts)
    own = {"id": row.id, "hand": row.hand, "group": row.group, "label": row.label}
    return {**own, "early": row.early, "tried": row.tried, "a": first, "b": second}


def numbered(*texts: Masked) -> tuple[str, ...]:
    """Texts of one row, parties as "@0@" and so on."""
    order = list(dict.fromkeys(party for m in texts for party, _ in m.named))
    return tuple(_numbered(m, order) for m in texts)


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
    counts = np.array([COUNTED.get(row.hand, 1.0) for row in found])
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
    """How likely the labels of each row are that the encoder had not learned from, the signs learned of other talks."""
    talks = np.array([row.talk for row in found])
    likely: list[Likelihoods] = [np.full(len(LABELS), np.nan) for _ in found]
    names = sorted({row.talk for row in found if row.id in heard})
    for fold in range(FOLDS):
        away = np.isin(talks, names[fold::FOLDS])
        weights = fitted(known[~away])
        for n in np.flatnonzero(away):
            if found[n].id in heard:
                likely[n] = joined(weights.likelihoods(known.first[n].tolist()), np.array(heard[found[n].id]))
    return likely


def report(found: Sequence[Row], ruled: Sequence[Verdict | None], likely: Sequence[Likelihoods]) -> None:
    """Prints what the rules and what is learned come to, by hand and label, of what was left out."""
    for hand in (*HANDS, "cluster", "apart", "beside"):
        those = [x for x in zip(found, ruled, likely, strict=True) if x[0].hand == hand and not np.isnan(x[2][0])]
        for name in ("rules", "learned") if those else ():
            right, all, wrong = Counter[str](), Counter[str](), Counter[str]()
            for row, says, p in those:
                verdict = _decided(row, says, p) if name == "learned" else says
                said = verdict.value if verdict and verdict not in (Verdict.APART, Verdict.UNLIKE) else "unrelated"
                all[row.label] += 1
                right[row.label] += said == row.label
                wrong[f"{row.label} called {said}"] += said != row.label
            shares = {label: round(100 * right[label] / all[label], 1) for label in LABELS if all[label]}
            print(f"{hand}, {name}: {100 * right.total() / all.total():.1f} % of {all.total()}", shares)
            print("   ", {k: n for k, n in wrong.most_common() if n and "called unrelated" not in k})


def _decided(row: Row, says: Verdict | None, likely: Likelihoods) -> Verdict | None:
    """What the ledger says of a row; of what is in the same words it weighs nothing."""
    if not weighs(row):
        return says
    return decided(likely, says, verbatim=ordered(*row.accounts, align(*row.accounts)))


def main() -> None:
    command, path = sys.argv[1], Path(sys.argv[2])
    found = everything()
    if command == "rows":
        lines = (json.dumps(_written(row), ensure_ascii=False) + "\n" for row in found)
        path.write_text("".join(lines), "utf-8")
        return
    found = [row for row in found if row.tried]
    known, ruled = signs_of(found)
    weights = fitted(known)
    parts = ("mean", "spread", "weights", "bias")
    text = json.dumps({k: np.round(getattr(weights, k), DIGITS).tolist() for k in parts})
    WEIGHTS.write_text(text + "\n", "utf-8")
    report(found, ruled, left_out(found, known, json.loads(path.read_text("utf-8"))))


if __name__ == "__main__":
    main()
