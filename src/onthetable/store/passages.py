"""Searching the paragraphs of the reports: FTS5 in SQLite, tsvector in PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from onthetable.model import Report
from onthetable.text import paragraphs

_WORDS = re.compile(r'"([^"]*)"|([^\s"]+)')
LOOKED = 5_000
"""Of more paragraphs with the words of a query, the last that were added are looked at."""
_SQLITE = """
SELECT p.report, p.start, p."end", p.text FROM (
    SELECT rowid AS seq, bm25(passages_fts) AS score FROM passages_fts
    WHERE passages_fts MATCH :query AND rowid >= coalesce((
        SELECT rowid FROM passages_fts WHERE passages_fts MATCH :query ORDER BY rowid DESC LIMIT 1 OFFSET :looked
    ), 0) ORDER BY score, seq LIMIT :limit
) f JOIN passages p ON p.seq = f.seq ORDER BY f.score, f.seq
"""
"""The paragraphs themselves are looked up for the best alone: of the others only the score is needed."""
_POSTGRESQL = """
SELECT report, start, "end", text FROM (
    SELECT p.*, ts_rank(words, q) AS score FROM passages p, websearch_to_tsquery('english', :query) q
    WHERE words @@ q ORDER BY seq DESC LIMIT :looked
) f ORDER BY score DESC, seq LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a report: its offsets in code points, and its words."""

    report: str
    start: int
    end: int
    text: str


def paragraphs_of(report: Report) -> Iterator[tuple[int, int, str]]:
    """The paragraphs of a report that are no page furniture, with their offsets."""
    aside = [(f.span.start, f.span.end) for f in report.furniture]
    for start, end in paragraphs(report.text):
        if not any(a <= start and end <= b for a, b in aside):
            yield start, end, report.text[start:end].replace("\0", " ")


def search(connection: Connection, query: str, limit: int) -> list[Passage]:
    """The paragraphs with all words of the query, the best first; a query without words finds nothing."""
    return [p for batch in searched(connection, query, limit) for p in batch]


def searched(connection: Connection, query: str, limit: int, size: int = 100) -> Iterator[list[Passage]]:
    """The same in batches, as far as they are asked for."""
    query = query.replace("\0", " ").encode("utf-8", "replace").decode()  # what a database cannot take is no word
    parts = [phrase or word for phrase, word in _WORDS.findall(query)]
    parts = [p for p in parts if re.search(r"\w", p)]
    if not parts:
        return
    ours = connection.dialect.name == "sqlite"
    quoted = " ".join('"' + p.replace('"', " ") + '"' for p in parts)
    chosen = {"query": quoted, "limit": limit, "looked": LOOKED - 1 if ours else LOOKED}
    statement = text(_SQLITE if ours else _POSTGRESQL).execution_options(yield_per=size)
    rows = connection.execute(statement, chosen)
    for batch in rows.partitions():
        yield [Passage(*row) for row in batch]
