"""A cue that tells when a report was published: its reason, and how well any day fits it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onthetable.model import Basis
from onthetable.ties import likelihoods as like

LIMIT = 12
"""So many cues of one kind count at most: what else a long report says weighs no more."""
HISTORY = 0.8
"""The power of cues of years, events and offices, which hang together; fitted on 278 news stories of 1989 to 2016."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One reason: how well a day fits it, and whether it bounds the day from both sides.

    `partial` cues give a day or month without its year: they bound once a case or another report gives the years.
    `at` (up to `to`) are days that the cue itself brings in, where there is no case to give the days in question.
    """

    basis: Basis
    weigh: like.Weight
    bounds: bool = False
    partial: bool = False
    at: date | None = None
    to: date | None = None
    misfit: float = 0.02
    """A cue that no day of the interval fits better than this is named as a conflict."""
    force: float = 1.0
    """The power of its likelihood: less than one for cues that hang together, as all that is told of the past does."""
