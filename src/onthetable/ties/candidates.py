"""Which reports are worth comparing: those that share enough rare features, found through an inverted index.

What few reports have counts for every two of them. What many have, a set phrase or a story that everybody
carried, counts only for neighbours in the order of their ranks, so that the pairs grow with the number of reports
and not with its square (sorted neighbourhoods: Hernandez and Stolfo 1995). Nothing depends on the order of arrival.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Sequence

from onthetable.ties.saving import Part

CROWD = 30
"""So many reports at most share a feature that counts for every two of them."""
NEXT = 3
"""Among more, each is compared with so many on either side of it."""
WORTH = 4
"""Weight of shared features from which on two reports are compared: one quotation, two runs, four facts."""

Rank = tuple[int, str]
"""Where a report stands among others: the negative of its length, then its id."""


def weight(feature: int) -> int:
    """How much a feature counts: its last three bits."""
    return feature & 7


class Candidates(Part):
    """The ranks of reports by feature. Both are plain numbers and strings, as rows of a table would be."""

    KEPT = ("_features", "_ranks")

    def __init__(self) -> None:
        self._features: dict[Rank, array[int]] = {}
        self._ranks: dict[int, Sequence[Rank]] = {}

    def add(self, rank: Rank, features: array[int]) -> set[Rank]:
        """Adds a report; gives the others that may be worth comparing with fewer than before."""
        self._features[rank] = features
        pushed: set[Rank] = set()
        for feature in features:
            ranks = self._with(rank, feature)
            if len(ranks) == CROWD + 1:
                pushed.update(ranks)
            elif len(ranks) > CROWD and weight(feature) > 1:
                at = bisect_left(ranks, rank)
                pushed.update(ranks[max(0, at - NEXT) : at + NEXT + 1])
        pushed.discard(rank)
        return pushed

    def _with(self, rank: Rank, feature: int) -> Sequence[Rank]:
        """The ranks of those that have a feature, with one more. Most have but one, for which a list would be large."""
        known = self._ranks.get(feature, ())
        if not isinstance(known, list):
            self._ranks[feature] = known = (rank,) if not known else [*known]
        if isinstance(known, list):
            insort(known, rank)
        return known

    def of(self, rank: Rank) -> list[Rank]:
        """The reports that are worth comparing with this one."""
        shared: Counter[Rank] = Counter()
        for feature in self._features[rank]:
            ranks = self._ranks[feature]
            if len(ranks) > CROWD:
                at = bisect_left(ranks, rank)
                ranks = ranks[max(0, at - NEXT) : at + NEXT + 1] if weight(feature) > 1 else []
            for other in ranks:
                shared[other] += weight(feature)
        del shared[rank]
        return sorted(other for other, total in shared.items() if total >= WORTH)
