"""Where a kept ledger lives: a SQLite file, or a PostgreSQL database for a team.

Append-only: reports by the hash of their text, what each says (a reading, with the version of the rules and case that
made it), the cases it was read for, and what became of every input. Positions, proposals and gaps are derived
from these and never stored as facts.
"""

from onthetable.store.checking import Finding, check
from onthetable.store.filters import Only
from onthetable.store.passages import Passage
from onthetable.store.sql import Entry, Feed, Store, open_store

__all__ = ["Entry", "Feed", "Finding", "Only", "Passage", "Store", "check", "open_store"]
