"""The tables of a kept ledger. Changed by a migration (`onthetable/store/migrations`) and nowhere else."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()

CASES = Table(
    "cases",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("data", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
"""The cases that the ledger was read for, the latest last."""

REPORTS = Table(
    "reports",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("data", LargeBinary, nullable=False),
    Column("at", String(32), nullable=False),
)
"""Each text once, by its hash."""

READINGS = Table(
    "readings",
    METADATA,
    Column("report", String(64), ForeignKey("reports.id"), primary_key=True),
    Column("version", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", String(32), nullable=False),
)
"""What a report says, by the version of rules and case that made it."""

INPUTS = Table(
    "inputs",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("reason", Text),
    Column("report", String(64), ForeignKey("reports.id")),
    Column("at", String(32), nullable=False),
    Index("inputs_by_name", "name"),
)
"""What became of every input, the latest last: read, known, rejected or skipped."""

PASSAGES = Table(
    "passages",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("report", String(64), ForeignKey("reports.id"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
)
"""The paragraphs of every report, for searching."""

REVIEWS = Table(
    "reviews",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("data", Text, nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
)
"""What people said of the records, from 1 on; each row's hash is over its data and the hash of the one before."""

DERIVED = Table(
    "derived",
    METADATA,
    Column("name", String(32), primary_key=True),
    Column("state", String(160), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("digest", String(64), nullable=False),
)
"""What was made of the rest, and of which state of it; made anew when that has changed, and never the only copy."""

ANSWERS = Table(
    "answers",
    METADATA,
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("name", String(32), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
"""What the ledger answers, so that it need not be opened; the row `answers` in `derived` names the state of a turn."""

FEEDS = Table(
    "feeds",
    METADATA,
    Column("url", String(2048), primary_key=True),
    Column("etag", Text),
    Column("modified", Text),
    Column("failures", Integer, nullable=False),
    Column("due", String(32), nullable=False),
    Column("said", Text),
)
"""The feeds that are watched: what their servers want to hear, and when each is to be asked again."""
