"""On the Table: who demands, offers, accepts and rejects what, on whose word, each line tied to its exact words.

>>> import onthetable
>>> ledger = onthetable.read(["reports/"], case=onthetable.read_case("case.toml"))  # doctest: +SKIP
>>> for position in ledger.positions():  # doctest: +SKIP
...     print(position.party, position.stance, position.issue)
"""

from onthetable.case import Anchor, Case, Issue, Pack, Party, read_case
from onthetable.errors import CaseError, InputError, OnTheTableError, UsageError
from onthetable.ledger import Ledger, read
from onthetable.model import (
    Answer,
    Change,
    Count,
    DatedEvent,
    Event,
    Figure,
    Gap,
    Interval,
    Measure,
    Move,
    OutletWording,
    Position,
    Proposal,
    Published,
    Quantity,
    Reading,
    Report,
    Series,
    Source,
    Span,
    Stance,
    Statement,
    Term,
    TermChange,
    Tie,
    Ties,
    Track,
    Voice,
)

__all__ = [
    "Anchor",
    "Answer",
    "Case",
    "CaseError",
    "Change",
    "Count",
    "DatedEvent",
    "Event",
    "Figure",
    "Gap",
    "InputError",
    "Interval",
    "Issue",
    "Ledger",
    "Measure",
    "Move",
    "OnTheTableError",
    "OutletWording",
    "Pack",
    "Party",
    "Position",
    "Proposal",
    "Published",
    "Quantity",
    "Reading",
    "Report",
    "Series",
    "Source",
    "Span",
    "Stance",
    "Statement",
    "Term",
    "TermChange",
    "Tie",
    "Ties",
    "Track",
    "UsageError",
    "Voice",
    "read",
    "read_case",
]
