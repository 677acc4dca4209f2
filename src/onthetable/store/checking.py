"""Verifies a kept ledger: that every text is the one that was hashed, every span at its offsets, no reference lost."""

from __future__ import annotations

import dataclasses
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select, text

from onthetable.errors import StoreError
from onthetable.model import Reading, Report, Span
from onthetable.store import codec
from onthetable.store.passages import paragraphs_of
from onthetable.store.sql import Store, chained
from onthetable.store.tables import CASES, DERIVED, INPUTS, PASSAGES, READINGS, REPORTS, REVIEWS
from onthetable.text import digest


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: where (table and row), and what."""

    where: str
    what: str


def check(store: Store) -> list[Finding]:
    """Everything that is wrong with a kept ledger, in no more memory than one report and its readings take.

    Raises StoreError if the database cannot be read at all.
    """
    found = list(_database(store))
    for part in (_cases, _reports, _inputs, _reviews, _derived):
        try:
            found += part(store)
        except StoreError as e:
            if not found:
                raise
            found.append(Finding("database", e.reason))
    return found


def _database(store: Store) -> Iterator[Finding]:
    """What the database itself finds: damaged pages, missing rows, a search index that is out of step."""
    if store.engine.dialect.name != "sqlite":
        return
    try:
        with store.reading() as c:
            rows = [*c.scalars(text("PRAGMA integrity_check"))]
            dangling = [(row[0], row[1]) for row in c.execute(text("PRAGMA foreign_key_check"))]
            c.execute(text("INSERT INTO passages_fts(passages_fts, rank) VALUES ('integrity-check', 1)"))
    except StoreError as e:
        yield Finding("database", e.reason)
        return
    yield from (Finding("database", row) for row in rows if row != "ok")
    yield from (Finding(f"{table} {row}", "belongs to a report that is not there") for table, row in dangling)


def _cases(store: Store) -> Iterator[Finding]:
    with store.reading() as c:
        for seq, data in c.execute(select(CASES.c.seq, CASES.c.data)):
            try:
                codec.case_from_text(data)
            except ValueError:
                yield Finding(f"case {seq}", "cannot be read")


def _reports(store: Store) -> Iterator[Finding]:
    with store.reading() as c:
        ids = list(c.execute(select(REPORTS.c.id, REPORTS.c.sha256).order_by(REPORTS.c.id)))
        for id, sha in ids:
            data = c.scalar(select(REPORTS.c.data).where(REPORTS.c.id == id))
            try:
                report = codec.report_from_bytes(data or b"")
            except (ValueError, zlib.error):
                yield Finding(f"report {id}", "cannot be read")
                continue
            if digest(report.text) != sha or report.sha256 != sha:
                yield Finding(f"report {id}", "its text is not the one that was hashed")
            if report.id != id or not sha.startswith(id):
                yield Finding(f"report {id}", "its id is not the beginning of its hash")
            yield from (Finding(f"report {id}", what) for what in _misplaced(report, report.text))
            stored = list(
                c.execute(
                    select(PASSAGES.c.start, PASSAGES.c.end, PASSAGES.c.text)
                    .where(PASSAGES.c.report == id).order_by(PASSAGES.c.start)
                )
            )  # fmt: skip
            if [tuple(row) for row in stored] != list(paragraphs_of(report)):
                yield Finding(f"report {id}", "its passages for searching are not those of its text")
            readings = list(c.execute(select(READINGS).where(READINGS.c.report == id)))
            if not readings:
                yield Finding(f"report {id}", "nobody has read it")
            for row in readings:
                yield from _reading(report, row.version, row.data, row.digest)


def _reading(report: Report, version: str, data: bytes, sha: str) -> Iterator[Finding]:
    where = f"reading {report.id}/{version}"
    if hashlib.sha256(data).hexdigest() != sha:
        yield Finding(where, "was changed after it was made")
    try:
        reading = codec.reading_from_bytes(data, report)
    except (ValueError, zlib.error):
        yield Finding(where, "cannot be read")
        return
    yield from (Finding(where, what) for what in (*_misplaced(reading, report.text), *_dangling(reading)))


def _misplaced(record: object, whole: str) -> Iterator[str]:
    for s in spans(record):
        if whole[s.start : s.end] != s.text:
            yield f"the words at {s.start}:{s.end} are not those of the report"


def _dangling(reading: Reading) -> Iterator[str]:
    statements = {s.id for s in reading.statements}
    for m in reading.moves:
        if m.statement and m.statement not in statements:
            yield f"{m.id} stands in a statement that is not there"
    for found in (reading.statements, reading.moves, reading.proposals, reading.figures, reading.events):
        yield from (f"{r.id} belongs to another report" for r in found if r.report != reading.report.id)


def spans(record: object) -> Iterator[Span]:
    """Every span in a record, however deep."""
    if isinstance(record, Span):
        yield record
    elif dataclasses.is_dataclass(record) and not isinstance(record, type):
        for f in dataclasses.fields(record):
            yield from spans(getattr(record, f.name))
    elif isinstance(record, tuple):
        for item in record:
            yield from spans(item)


def _inputs(store: Store) -> Iterator[Finding]:
    with store.reading() as c:
        kinds = c.execute(select(INPUTS.c.name, INPUTS.c.status, INPUTS.c.reason, INPUTS.c.report))
        for name, status, reason, report in kinds:
            unread = status in ("rejected", "skipped")
            if not unread and status not in ("read", "known"):
                yield Finding(f"input {name}", f"has a status that is none: {status}")
            elif unread != bool(reason) or unread == bool(report):
                yield Finding(f"input {name}", f"is {status}, but its reason or report does not say so")
        if not c.scalar(select(func.count()).select_from(CASES)) and c.scalar(
            select(func.count()).select_from(REPORTS)
        ):
            yield Finding("cases", "there are reports, but no case that they were read for")


def _derived(store: Store) -> Iterator[Finding]:
    with store.reading() as c:
        for name, data, sha in c.execute(select(DERIVED.c.name, DERIVED.c.data, DERIVED.c.digest)):
            if hashlib.sha256(data).hexdigest() != sha:
                yield Finding(f"derived {name}", "were changed after they were made")


def _reviews(store: Store) -> Iterator[Finding]:
    """Every review in its place: none changed, none left out."""
    before, expected = "", 1
    with store.reading() as c:
        for seq, data, sha in c.execute(select(REVIEWS.c.seq, REVIEWS.c.data, REVIEWS.c.hash).order_by(REVIEWS.c.seq)):
            if seq != expected:
                yield Finding(f"review {expected}", "is missing")
            if chained(before, data) != sha:
                yield Finding(f"review {seq}", "was changed, or one before it was")
            try:
                codec.review_from_text(data)
            except ValueError:
                yield Finding(f"review {seq}", "cannot be read")
            before, expected = sha, seq + 1
