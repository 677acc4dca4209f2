"""All of the stage in one call."""

from __future__ import annotations

from dataclasses import dataclass

from onthetable.case import Case
from onthetable.model import Event, Figure, Move, Proposal, Report, Statement, Wording
from onthetable.terms.discourse import discourse
from onthetable.terms.events import find_events
from onthetable.terms.figures import find_figures
from onthetable.terms.moves import find_moves
from onthetable.terms.proposals import find_proposals
from onthetable.terms.wording import find_wordings
from onthetable.tree import Spans


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a report means at the table."""

    moves: tuple[Move, ...]
    proposals: tuple[Proposal, ...]
    figures: tuple[Figure, ...]
    events: tuple[Event, ...]
    wordings: tuple[Wording, ...]


def understand(report: Report, spans: Spans, statements: tuple[Statement, ...], case: Case) -> Understanding:
    """Moves, proposals, figures, events and wording of a report, all resting on its spans and statements."""
    d = discourse(report, spans, statements, case)
    moves = find_moves(d)
    return Understanding(
        moves,
        find_proposals(d, moves),
        find_figures(report, spans, statements),
        find_events(report, spans, statements, case),
        find_wordings(report, spans, case),
    )
