"""Findings of different reports that say the same, support or contradict each other; kept side by side, never settled.

A finding is linked to the earliest one that it agrees with, not to every member of a group, so that the ties
grow with the number of findings and not with its square.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onthetable.model import Published, Reading, Tie
from onthetable.ties import counts, happenings, sayings, steps
from onthetable.ties.bodies import Body
from onthetable.ties.claim import Doubles, Stories, link
from onthetable.ties.same import Said
from onthetable.ties.settings import Settings


@dataclass(frozen=True, slots=True)
class Found:
    """What findings have to do with one another: ties, groups that say the same, and what follows from what, by id."""

    ties: tuple[Tie, ...]
    same: tuple[tuple[str, ...], ...]
    entails: tuple[tuple[str, str], ...]


def find_claims(
    readings: Sequence[Reading],
    published: Mapping[str, Published] | None = None,
    families: Iterable[Iterable[str]] = (),
    relays: Iterable[Tie] = (),
) -> tuple[Tie, ...]:
    """Ties of kind `corroborates` and `contradicts` between findings, but for events, from the later to the earlier.

    Corroborates: one party, act, issue and giver with a compatible quantity, one measure with the same number, or
    one side with a statement of the same content, in reports of different stories within a week. `families` are the
    groups of copies; what a report has from another (`relays`) counts as that one's story.
    Contradicts: numbers of one measure that exclude each other on days that overlap or lie three
    apart (in two reports, or in one by two authorities); a move and a denial by the same party of that issue;
    one party accepting and rejecting the same. `published` gives the days of a report by its id; a report
    without any is taken to contradict no other. The evidence is that of `source`, then that of `target`.
    """
    return compare(readings, published, families, relays).ties


def compare(
    readings: Sequence[Reading],
    published: Mapping[str, Published] | None = None,
    families: Iterable[Iterable[str]] = (),
    relays: Iterable[Tie] = (),
    bodies: Mapping[str, Body] | None = None,
) -> Found:
    """The ties of `find_claims`, and what says the same or follows from what. Any order of readings gives the same.

    Every finding is in one group at most; a sentence and its second wording beside it say the same.
    """
    story = Stories(families, relays)
    unique = list({r.report.id: r for r in readings}.values())
    doubles = Doubles((r.report for r in unique), bodies)
    days = {i: p.interval for i, p in (published or {}).items()}
    settings = Settings(unique, days)
    moves = steps.steps_of(unique, days, story)
    said, spoken = sayings.of_statements(unique, days, story, doubles, settings)
    happened = happenings.of_events(unique, days, story, doubles, settings)
    ties = {*steps.of_moves(moves), *counts.of_figures(unique, days, story), *spoken}
    told = (
        steps.said_by(moves, days, doubles, settings), counts.said_by(unique, days, story, doubles, settings)
    )  # fmt: skip
    for found in (said, happened, *told):
        ties |= {link("contradicts", later, first, 1.0) for later, first in found.clashes}
    groups = [g for found in (said, *told, happened) for g in _several(found)]
    pairs = {pair for found in (said, *told, happened) for pair in found.entails}
    return Found(
        tuple(sorted(ties, key=lambda t: (t.kind, t.source, t.target))), tuple(sorted(groups)), tuple(sorted(pairs))
    )


def _several(said: Said[Any]) -> Iterable[tuple[str, ...]]:
    return (tuple(f.id for f in group) for group in said.groups if len(group) > 1)
