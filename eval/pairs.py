"""Pairs of short reports: do they say the same, contradict each other, follow one from the other, or neither?

1,794 pairs on 28 invented talks (`eval/pairs`), written and labelled by some who had not seen the rules: the same in
other words, number changed, giver exchanged, negated, accepted against rejected, denied, a weaker bound, and near
misses. The two reports of a pair are read as two reports of one ledger, and its ties decide. Those of the talks in
`HELD_OUT` nobody reads: only their totals are looked at.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from eval.clauses import party
from onthetable.case import Case, pack
from onthetable.model import Reading, Report, Ties
from onthetable.pipeline import build, read
from onthetable.text import digest

FOLDER = Path(__file__).resolve().parent / "pairs"
HELD_OUT = (
    "coalition", "corridor", "enrich", "hostages", "island", "postal", "rice", "siege", "teachers", "trade",
)  # fmt: skip
Hand = Literal["first", "second", "third", "fourth"]
HANDS: dict[Hand, tuple[str, ...]] = {
    "first": ("coalition", "labour", "nuclear", "peace", "trade"),
    "second": ("climate", "debt", "enrich", "island", "port"),
    "third": (
        "border", "ceasefire", "corridor", "fisheries", "gas", "government", "inspections", "land", "nurses",
        "railway", "river", "siege", "steel", "teachers", "writers",
    ),
    "fourth": ("hostages", "postal", "rice"),
}  # fmt: skip
"""The talks by who wrote them: each hand when the rules worked on those before; the third are several, and all of the
fourth is held out.
"""

Label = Literal["same", "contradicts", "entails", "unrelated"]
_LISTS = {"move": "moves", "figure": "figures", "event": "events", "statement": "statements"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a pair is labelled, and what the ledger says; of `entails`, `stronger` is which says more, "a" or "b"."""

    label: Label
    said: Label
    right: bool


def pairs(hand: Hand = "first", *, held_out: bool = False) -> dict[str, float]:
    """The share of pairs that are right, in percent, by label and over all; contradictions called the same, counted."""
    found = [v for row, case in rows(hand, held_out=held_out) for v in [verdict(row, case)]]
    right, all = Counter(v.label for v in found if v.right), Counter(v.label for v in found)
    shares = {label: round(100 * right[label] / all[label], 1) for label in sorted(all)}
    agreed = sum(v.label == "contradicts" and v.said in ("same", "entails") for v in found)
    return {**shares, "all": round(100 * right.total() / all.total(), 1), "contradictions called agreement": agreed}


def rows(hand: Hand = "first", *, held_out: bool = False) -> Iterator[tuple[dict[str, Any], Case]]:
    """Every pair of one hand with the case of its talks."""
    for name in HANDS[hand]:
        if (name in HELD_OUT) == held_out:
            talks = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
            case = Case(name, tuple(map(pack, talks["packs"])), tuple(map(party, talks["party"])))
            yield from ((row, case) for row in talks["pair"])


def verdict(row: dict[str, Any], case: Case) -> Verdict:
    """What the ties between the two reports of a pair come to, beside its label."""
    a, b = (read(_report(row[side]), case) for side in ("a", "b"))
    _, ties = build((a, b), case)
    said, stronger = decided(ties, a, b, row["kind"])
    right = said == row["label"] and (said != "entails" or stronger == row["stronger"])
    return Verdict(row["label"], said, right)


def decided(ties: Ties, a: Reading, b: Reading, kind: str) -> tuple[Label, str]:
    """A contradiction, else what holds between findings of the kind that the pair is about, else of any kind.

    A sentence in which nothing was found is named by its report.
    """
    if any(t.kind == "contradicts" for t in ties.ties):
        return "contradicts", ""
    reports = {a.report.id, b.report.id}
    for kinds in ([kind], list(_LISTS)):
        of_a, of_b = ({f.id for k in kinds for f in getattr(r, _LISTS[k])} for r in (a, b))
        if any(of_a.intersection(group) and of_b.intersection(group) for group in ties.same):
            return "same", ""
        for more, less in ties.entails:
            if (more in of_a and less in of_b) or (more in of_b and less in of_a):
                return "entails", "a" if more in of_a else "b"
    if any(t.kind == "corroborates" and reports & {t.source, t.target} for t in ties.ties):
        return "same", ""
    for more, less in ties.entails:
        if reports & {more, less}:
            return "entails", "a" if more.startswith(a.report.id) else "b"
    return "unrelated", ""


def _report(side: dict[str, str]) -> Report:
    text = side["text"]
    sha = digest(text)
    return Report(sha[:12], "-", text, sha, outlet=side["outlet"], dated=date.fromisoformat(side["date"]))
