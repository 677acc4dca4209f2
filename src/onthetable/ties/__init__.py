"""Between reports: when each was published, where its news comes from, which are copies, which claims agree."""

from __future__ import annotations

from collections.abc import Iterable

from onthetable.case import Case
from onthetable.model import Reading, Ties
from onthetable.ties.tying import Tying

__all__ = ["Ties", "Tying", "tie"]


def tie(readings: Iterable[Reading], case: Case) -> Ties:
    """What the reports say about one another. Any order of the same readings gives the same result."""
    return Tying(case, sorted(readings, key=lambda r: r.report.id)).ties()
