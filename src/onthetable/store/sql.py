"""The store over SQLAlchemy: SQLite (one writer, many readers) or PostgreSQL."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, literal_column, make_url, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from onthetable.case import Case
from onthetable.errors import StoreError, UsageError
from onthetable.model import Reading, Report
from onthetable.reviews import Review, checked
from onthetable.store import codec
from onthetable.store.filters import Only, narrowed
from onthetable.store.migrate import upgrade
from onthetable.store.passages import LOOKED, Passage, paragraphs_of, search, searched
from onthetable.store.tables import ANSWERS, CASES, DERIVED, FEEDS, INPUTS, PASSAGES, READINGS, REPORTS, REVIEWS
from onthetable.store.version import version

TRIES = 20
"""How often a review is tried whose number another process took first."""
WAIT = 60
"""Seconds that a writer waits for another one."""
_ANSWERS = "answers"
T = TypeVar("T")
Status = Literal["read", "known", "rejected", "skipped"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of an input: read, known already, or rejected or skipped (as not about the talks) for a reason."""

    name: str
    status: Status
    reason: str | None = None
    report: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is watched; `due` is when to ask it again (ISO, UTC), `said` what went wrong the last time."""

    url: str
    etag: str | None
    modified: str | None
    failures: int
    due: str
    said: str | None


@dataclass(frozen=True, slots=True)
class Contents:
    """What a store holds at one moment; `counting` tells by which version the reading of a report (id) was made that
    counts: by the one that was asked for, else the last."""

    revision: tuple[int, int, int]
    case: Case
    counting: dict[str, str]
    reviews: list[Review]


def open_store(where: str, *, create: bool = False) -> Store:
    """The kept ledger in a file, or at a postgresql:// address; `create` makes one where there is none.

    Raises StoreError where there is none, or what is there is no ledger or cannot be opened.
    """
    shared = where.startswith(("postgresql://", "postgresql+psycopg://"))
    if "://" in where and not shared:
        raise StoreError(where, "a ledger is a file or a postgresql:// address")
    if not shared and not create and not Path(where).is_file():
        raise StoreError(where, "no such ledger; `onthetable read PATH... --ledger FILE` makes one")
    shown = re.sub(r"(?<=://)([^:@/]*):[^@/]*@", r"\1:***@", where)
    with guarded(shown):
        url = (
            make_url(where).set(drivername="postgresql+psycopg")
            if shared else URL.create("sqlite", database=str(Path(where).absolute()))
        )  # fmt: skip
        engine = create_engine(url, connect_args={} if shared else {"timeout": WAIT}, pool_pre_ping=shared)
    if not shared:
        event.listen(engine, "connect", _settings)
    store = Store(shown, engine)
    try:
        with guarded(shown):
            upgrade(engine, shown)
        store.file = store.identity()
    except BaseException:
        store.close()
        raise
    return store


@contextmanager
def guarded(where: str) -> Iterator[None]:
    """Turns what the database raises, and records that cannot be read, into a StoreError in plain words."""
    try:
        yield
    except SQLAlchemyError as e:
        raise StoreError(where, _reason(e)) from e
    except ImportError as e:
        raise StoreError(where, "needs a driver: pip install 'onthetable[postgresql]'") from e
    except (ValueError, zlib.error) as e:
        raise StoreError(where, "a record in it is damaged; `onthetable check` tells which") from e


def _settings(connection: sqlite3.Connection, _: Any) -> None:
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


class Store:
    """Append-only: nothing that was put in is changed. Every method raises StoreError if the database fails."""

    def __init__(self, where: str, engine: Engine) -> None:
        self.where = where
        self.engine = engine
        self.file = self.identity()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the database."""
        self.engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with guarded(self.where), self.engine.begin() as connection:
            yield connection
        if self.identity() != self.file:  # SQLite would go on writing to what nobody can open any more
            raise StoreError(self.where, "was moved, deleted or replaced while it was open")

    def identity(self) -> tuple[int, int] | None:
        """Which file it is; None for a database on a server."""
        path = self.engine.url.database
        if self.engine.dialect.name != "sqlite" or not path:
            return None
        try:
            found = os.stat(path)
        except OSError:
            return None
        return found.st_dev, found.st_ino

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reading."""
        with guarded(self.where), self.engine.connect() as connection:
            yield connection

    def consists_of(self, path: str) -> bool:
        """Whether a file is part of this ledger, and so no report."""
        own = self.engine.url.database or ""
        parts = [os.path.realpath(own + ending) for ending in ("", "-wal", "-shm", "-journal")]
        return self.engine.dialect.name == "sqlite" and os.path.realpath(path) in parts

    # --- cases --------------------------------------------------------------------------------------

    def case(self) -> Case | None:
        """The case that the ledger is read for, if one was set."""
        with self.reading() as c:
            return _case(c)

    def set_case(self, case: Case) -> None:
        """The ledger is read for this case from now on."""
        if case != self.case():
            with self._writing() as c:
                c.execute(CASES.insert().values(data=codec.case_to_text(case), at=_now()))

    # --- reports and what they say ------------------------------------------------------------------

    def add(self, report: Report, reading: Reading, version: str) -> None:
        """A report with what it says by a version of the rules, all or nothing; what is there already stays."""
        with self._writing() as c:
            row = {"id": report.id, "sha256": report.sha256, "at": _now(), "data": codec.report_to_bytes(report)}
            new = c.execute(self._insert(REPORTS).returning(REPORTS.c.id), row).first()
            if new:
                rows = [
                    {"report": report.id, "start": a, "end": b, "text": text} for a, b, text in paragraphs_of(report)
                ]
                if rows:
                    c.execute(PASSAGES.insert(), rows)
                entry = {"name": codec.plain(report.path), "status": "read", "report": report.id, "at": _now()}
                c.execute(INPUTS.insert(), entry)
            data = codec.reading_to_bytes(reading)
            digest = hashlib.sha256(data).hexdigest()
            c.execute(
                self._insert(READINGS),
                {"report": report.id, "version": version, "data": data, "digest": digest, "at": _now()},
            )

    def known(self, ids: Iterable[str]) -> set[str]:
        """Which of the reports are in it."""
        with self.reading() as c:
            return {i for part in batched(ids) for i in c.scalars(select(REPORTS.c.id).where(REPORTS.c.id.in_(part)))}

    def reports(self, ids: Iterable[str]) -> list[Report]:
        """The reports of these ids, in the order of their ids."""
        with self.reading() as c:
            rows = [d for part in batched(ids) for d in c.scalars(select(REPORTS.c.data).where(REPORTS.c.id.in_(part)))]
            return sorted(map(codec.report_from_bytes, rows), key=lambda r: r.id)

    def unread(self, version: str) -> list[Report]:
        """The reports without a reading by this version of the rules and case."""
        done = select(READINGS.c.report).where(READINGS.c.version == version)
        query = select(REPORTS.c.data).where(REPORTS.c.id.not_in(done)).order_by(REPORTS.c.id)
        with self.reading() as c:
            return [codec.report_from_bytes(data) for data in c.scalars(query)]

    def contents(self, version: Callable[[Case], str]) -> Contents | None:
        """What is in it at one moment, or None without a case; readings of that version count before others."""
        with self.reading() as c:
            if self.engine.dialect.name == "sqlite":
                c.exec_driver_sql("BEGIN")
            else:
                c = c.execution_options(isolation_level="REPEATABLE READ")
            case = _case(c)
            if case is None:
                return None
            order = READINGS.c.version == version(case), READINGS.c.at, READINGS.c.version
            rows = c.execute(select(READINGS.c.report, READINGS.c.version).order_by(*order))
            return Contents(self._revision(c), case, dict(sorted(dict(map(tuple, rows)).items())), _reviews(c))

    def readings(self, counting: Mapping[str, str]) -> Iterator[Reading]:
        """What reports say, by id, as the versions named made it."""
        joined = REPORTS.join(READINGS, READINGS.c.report == REPORTS.c.id)
        query = select(READINGS.c.version, REPORTS.c.data, READINGS.c.data).select_from(joined).order_by(REPORTS.c.id)
        with self.reading() as c:
            for part in batched(sorted(counting)):
                for made_by, report, reading in c.execute(query.where(REPORTS.c.id.in_(part))):
                    found = codec.report_from_bytes(report)
                    if counting[found.id] == made_by:
                        yield codec.reading_from_bytes(reading, found)

    # --- reviews ------------------------------------------------------------------------------------

    def review(self, review: Review) -> int:
        """Appends what somebody said of a record, and returns its number. Raises UsageError if it cannot be."""
        data = codec.review_to_text(checked(review))
        for _ in range(TRIES):
            seq, before = self._last_review()
            if review.undoes is not None and not 0 < review.undoes <= seq:
                raise UsageError(f"there is no review {review.undoes} to undo")
            row = {"seq": seq + 1, "data": data, "hash": chained(before, data)}
            with self._writing() as c:
                # not by the count of rows, which a driver may not know of a row that was there already
                if c.execute(self._insert(REVIEWS).returning(REVIEWS.c.seq), row).first():
                    return seq + 1
        raise StoreError(self.where, "too many write reviews at once")

    def reviews(self) -> list[Review]:
        """What people said of the records, in order; the number of the first is 1."""
        with self.reading() as c:
            return _reviews(c)

    def _last_review(self) -> tuple[int, str]:
        with self.reading() as c:
            row = c.execute(select(REVIEWS.c.seq, REVIEWS.c.hash).order_by(REVIEWS.c.seq.desc()).limit(1)).first()
        return (row[0], row[1]) if row else (0, "")

    def revision(self) -> tuple[int, int, int]:
        """Changes whenever a case, a reading or a review is added: what was made of an earlier one is out of date."""
        with self.reading() as c:
            return self._revision(c)

    def _revision(self, c: Connection) -> tuple[int, int, int]:
        # Every request asks for this, and SQLite would count rows one by one; none is ever taken out.
        sqlite = self.engine.dialect.name == "sqlite"
        readings = func.max(literal_column("readings.rowid")) if sqlite else func.count(READINGS.c.report)
        counts = (func.max(CASES.c.seq), readings, func.max(REVIEWS.c.seq))
        tables = (CASES, READINGS, REVIEWS)
        found = [c.scalar(select(n).select_from(t)) or 0 for n, t in zip(counts, tables, strict=True)]
        return found[0], found[1], found[2]

    # --- what is derived ----------------------------------------------------------------------------

    def derived(self, name: str, state: str) -> bytes | None:
        """What was derived last under a name, if from this very state and undamaged."""
        with self.reading() as c:
            query = select(DERIVED.c.state, DERIVED.c.data, DERIVED.c.digest).where(DERIVED.c.name == name)
            row = c.execute(query).first()
        return row[1] if row and row[0] == state and hashlib.sha256(row[1]).hexdigest() == row[2] else None

    def derive(self, name: str, state: str, data: bytes) -> None:
        """Keeps what was derived from a state, in the place of what was before."""
        row = {"name": name, "state": state, "data": data, "digest": hashlib.sha256(data).hexdigest()}
        with self._writing() as c:
            c.execute(DERIVED.delete().where(DERIVED.c.name == name))
            c.execute(self._insert(DERIVED), row)

    def answered(self) -> tuple[str, ...]:
        """The states of which answers are written down, the latest first."""
        with self.reading() as c:
            return tuple(_turns(c))

    def answers(self, name: str, state: str, keys: Collection[str] | None = None) -> dict[str, bytes] | None:
        """What was written down under a name, by key in order, or of some keys alone; None if not of this state."""
        found: dict[str, bytes] = {}
        with self.reading() as c:
            turn = _turns(c).get(state)
            if turn is None:
                return None
            query = select(ANSWERS.c.key, ANSWERS.c.data).where(ANSWERS.c.turn == turn, ANSWERS.c.name == name)
            for part in [None] if keys is None else batched(keys):
                rows = c.execute(
                    query.order_by(ANSWERS.c.key) if part is None else query.where(ANSWERS.c.key.in_(part))
                )
                found.update(map(tuple, rows))
        return found

    def answer(self, state: str, rows: Sequence[tuple[str, str, bytes]]) -> None:
        """Writes down what a state answers, by name and key, all or nothing; of earlier states the last one stays."""
        with self._writing() as c:
            before = {s: n for s, n in _turns(c).items() if s != state}
            turn = (c.scalar(select(func.max(ANSWERS.c.turn))) or 0) + 1
            _put(c, turn, rows)
            self._keep_turns(c, {state: turn, **dict(list(before.items())[:1])})

    def answer_also(self, state: str, rows: Sequence[tuple[str, str, bytes]]) -> None:
        """Writes down more of what a state answers, in the place of what has the same name and key.

        Nothing where the answers of that state are gone.
        """
        with self._writing() as c:
            turn = _turns(c).get(state)
            if turn is not None:
                for name, key, _ in rows:
                    c.execute(ANSWERS.delete().where(
                        ANSWERS.c.turn == turn, ANSWERS.c.name == name, ANSWERS.c.key == key
                    ))  # fmt: skip
                _put(c, turn, rows)

    def forget(self, state: str) -> None:
        """Throws away what was written down of a state."""
        with self._writing() as c:
            self._keep_turns(c, {s: n for s, n in _turns(c).items() if s != state})

    def _keep_turns(self, c: Connection, turns: dict[str, int]) -> None:
        c.execute(ANSWERS.delete().where(ANSWERS.c.turn.not_in(turns.values())))
        c.execute(DERIVED.delete().where(DERIVED.c.name == _ANSWERS))
        data = json.dumps(list(turns.items())).encode()
        row = {
            "name": _ANSWERS,
            "state": next(iter(turns), ""),
            "data": data,
            "digest": hashlib.sha256(data).hexdigest(),
        }
        c.execute(self._insert(DERIVED), row)

    # --- inputs -------------------------------------------------------------------------------------

    def note(self, entries: Iterable[Entry]) -> None:
        """What became of inputs; what is said of one already is not said again."""
        new = {n: replace(e, name=n) for e in entries for n in [codec.plain(e.name)]}
        before = {e.name: e for e in self.inputs(new)}
        rows = [
            {"name": e.name, "status": e.status, "reason": e.reason, "report": e.report, "at": _now()}
            for e in new.values()
            if before.get(e.name) != e
        ]
        if rows:
            with self._writing() as c:
                c.execute(INPUTS.insert(), rows)

    def inputs(self, names: Collection[str] | None = None) -> list[Entry]:
        """What became of every input at last, by name, or of those named."""
        last = select(func.max(INPUTS.c.seq)).group_by(INPUTS.c.name)
        query = select(INPUTS.c.name, INPUTS.c.status, INPUTS.c.reason, INPUTS.c.report).order_by(INPUTS.c.name)
        found: list[Entry] = []
        with self.reading() as c:
            for part in [None] if names is None else batched(names):
                inner = last if part is None else last.where(INPUTS.c.name.in_(part))
                found += [Entry(*row) for row in c.execute(query.where(INPUTS.c.seq.in_(inner)))]
        return found

    def last_inputs(self, count: int) -> list[Entry]:
        """What became of the inputs that were noted last, of so many at most; the latest at the end."""
        query = select(INPUTS.c.name, INPUTS.c.status, INPUTS.c.reason, INPUTS.c.report).order_by(INPUTS.c.seq.desc())
        with self.reading() as c:
            found = [Entry(*row) for row in c.execute(query.limit(count))]
        return list({e.name: e for e in reversed(found)}.values())

    # --- feeds --------------------------------------------------------------------------------------

    def feed(self, url: str) -> Feed | None:
        """What is known of a feed that was watched."""
        with self.reading() as c:
            row = c.execute(select(FEEDS).where(FEEDS.c.url == url)).first()
        return Feed(*row) if row else None

    def keep_feed(self, feed: Feed) -> None:
        """Remembers when a feed is to be asked again, and what its server wants to hear then."""
        with self._writing() as c:
            c.execute(FEEDS.delete().where(FEEDS.c.url == feed.url))
            c.execute(FEEDS.insert().values(**asdict(feed)))

    # --- search -------------------------------------------------------------------------------------

    def find(self, query: str, limit: int = 50, only: Only | None = None) -> list[Passage]:
        """The paragraphs that hold all words of a query ("quoted words" in order), the best first.

        Of very many, the last `LOOKED` that were added are looked at. `only` narrows those. Raises UsageError for a
        party or issue that the ledger's case has not.
        """
        case = self.case()
        if only is None or only.anything or case is None:
            with self.reading() as c:
                return search(c, query, limit)
        only, reviews = only.of(case), self.reviews()
        with self.reading() as c:
            found = narrowed(c, searched(c, query, LOOKED), only, case, version(case), reviews)
            return list(islice(found, limit))

    def _insert(self, table: Any) -> Any:
        module = postgresql if self.engine.dialect.name == "postgresql" else sqlite
        return module.insert(table).on_conflict_do_nothing()


def _case(c: Connection) -> Case | None:
    row = c.execute(select(CASES.c.data).order_by(CASES.c.seq.desc()).limit(1)).first()
    return codec.case_from_text(row[0]) if row else None


def _reviews(c: Connection) -> list[Review]:
    return [codec.review_from_text(d) for d in c.scalars(select(REVIEWS.c.data).order_by(REVIEWS.c.seq))]


def _turns(c: Connection) -> dict[str, int]:
    """Under which number the answers of each state are, the latest first; nothing where that is damaged."""
    data = c.scalar(select(DERIVED.c.data).where(DERIVED.c.name == _ANSWERS))
    with suppress(ValueError, TypeError):
        return {str(state): int(turn) for state, turn in json.loads(data or b"[]")}
    return {}


def _put(c: Connection, turn: int, rows: Iterable[tuple[str, str, bytes]]) -> None:
    for part in batched(rows):
        c.execute(ANSWERS.insert(), [{"turn": turn, "name": n, "key": k, "data": d} for n, k, d in part])


def chained(before: str, data: str) -> str:
    """The hash of a review: over its data and the hash of the one before, so that none can be changed or left out."""
    return hashlib.sha256(f"{before}\n{data}".encode()).hexdigest()


def batched(items: Iterable[T]) -> Iterator[list[T]]:
    """Few enough at a time for the parameters of one query."""
    rest = iter(items)
    while part := list(islice(rest, 500)):
        yield part


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _reason(error: SQLAlchemyError) -> str:
    told = str(error.orig if isinstance(error, DBAPIError) and error.orig else error).strip().splitlines()
    said = told[0] if told else type(error).__name__
    if "not a database" in said:
        return "is no ledger"
    if "locked" in said:
        return f"another process is writing to it and did not finish within {WAIT} seconds"
    return said
