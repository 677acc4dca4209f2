"""Clusters to learn from: every talks is well formed, and none is one of those that are held out."""

from __future__ import annotations

from collections import Counter

from eval.clusters import LATER, talks
from eval.pairs import HELD_OUT

KNOWN = list(talks())


def test_each_two_of_one_cluster_have_one_label() -> None:
    for case, pairs in KNOWN:
        told = Counter(frozenset((p.first, p.second)) for p in pairs)
        assert max(told.values()) == 1, case.name


def test_there_are_pairs_of_every_label_of_every_talks() -> None:
    for case, pairs in KNOWN:
        labels = Counter(p.label for p in pairs)
        assert set(labels) == {"same", "contradicts", "holds", "unrelated"}, case.name
        assert len(case.parties) >= 2, case.name


def test_nothing_that_is_held_out_is_learned_from() -> None:
    names = {case.name for case, _ in KNOWN}
    assert not names & set(HELD_OUT)
    assert set(LATER) <= names
