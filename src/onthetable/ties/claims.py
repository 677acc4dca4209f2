"""Claims of different reports that support or contradict each other; they are kept side by side, never settled.

A claim is linked to the earliest one that it agrees with, not to every member of a group, so that the ties
grow with the number of claims and not with its square.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from onthetable.model import Published, Reading, Tie
from onthetable.ties.claim import Stories
from onthetable.ties.counts import of_figures
from onthetable.ties.steps import of_moves


def find_claims(
    readings: Sequence[Reading],
    published: Mapping[str, Published] | None = None,
    families: Iterable[Iterable[str]] = (),
    relays: Iterable[Tie] = (),
) -> tuple[Tie, ...]:
    """Ties of kind `corroborates` and `contradicts` between moves and between figures, from the later to the earlier.

    Corroborates: one party, act, issue and giver with a compatible quantity, or one measure with the same
    number, in reports of different stories within a week. `families` are the groups of copies; what a
    report has from another (`relays`) counts as that one's story.
    Contradicts: numbers of one measure that exclude each other on days that overlap or lie three
    apart (in two reports, or in one by two authorities); a move and a denial by the same party of that issue;
    one party accepting and rejecting the same. `published` gives the days of a report by its id; a report
    without any is taken to contradict no other. The evidence is that of `source`, then that of `target`.
    """
    story = Stories(families, relays)
    unique = list({r.report.id: r for r in readings}.values())
    days = {i: p.interval for i, p in (published or {}).items()}
    ties = {*of_moves(unique, days, story), *of_figures(unique, days, story)}
    return tuple(sorted(ties, key=lambda t: (t.kind, t.source, t.target)))
