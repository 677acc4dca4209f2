"""`onthetable check` finds what is damaged in a kept ledger, and nothing in a sound one."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, update
from tests.store.test_keeping import Opened, filled, run

from onthetable.errors import StoreError
from onthetable.model import Reading, Report, Span
from onthetable.store import Store, check, codec
from onthetable.store.tables import CASES, INPUTS, PASSAGES, READINGS, REPORTS


@pytest.fixture
def store(talks: Path, where: str, opened: Opened) -> Store:
    return opened(filled(talks, where))


def first(c: Connection) -> tuple[Report, Reading, str]:
    """A report, and what it says."""
    row = c.execute(REPORTS.join(READINGS).select().order_by(REPORTS.c.id)).mappings().first()
    assert row
    report = codec.report_from_bytes(row[REPORTS.c.data])
    return report, codec.reading_from_bytes(row[READINGS.c.data], report), row[READINGS.c.version]


def put(c: Connection, reading: Reading) -> None:
    """A reading with its digest, as if it had been made like that."""
    data = codec.reading_to_bytes(reading)
    c.execute(
        update(READINGS).where(READINGS.c.report == reading.report.id)
        .values(data=data, digest=hashlib.sha256(data).hexdigest())
    )  # fmt: skip


def changed_text(c: Connection) -> None:
    report = first(c)[0]
    other = codec.report_to_bytes(replace(report, text=report.text.replace("Tuesday", "Mondays")))
    c.execute(update(REPORTS).where(REPORTS.c.id == report.id).values(data=other))


def cut_report(c: Connection) -> None:
    report = first(c)[0]
    short = codec.report_to_bytes(report)[:-9]
    c.execute(update(REPORTS).where(REPORTS.c.id == report.id).values(data=short))


def changed_hash(c: Connection) -> None:
    c.execute(update(REPORTS).where(REPORTS.c.id == first(c)[0].id).values(sha256="0" * 64))


def changed_id(c: Connection) -> None:
    report = first(c)[0]
    data = codec.report_to_bytes(replace(report, id="0" * len(report.id)))
    c.execute(update(REPORTS).where(REPORTS.c.id == report.id).values(data=data))


def changed_reading(c: Connection) -> None:
    reading = first(c)[1]
    data = codec.reading_to_bytes(replace(reading, moves=()))
    c.execute(update(READINGS).where(READINGS.c.report == reading.report.id).values(data=data))


def cut_reading(c: Connection) -> None:
    reading = first(c)[1]
    data = codec.reading_to_bytes(reading)[:-9]
    values = {"data": data, "digest": hashlib.sha256(data).hexdigest()}
    c.execute(update(READINGS).where(READINGS.c.report == reading.report.id).values(values))


def missing_reading(c: Connection) -> None:
    c.execute(READINGS.delete().where(READINGS.c.report == first(c)[0].id))


def moved_span(c: Connection) -> None:
    reading = first(c)[1]
    s = reading.statements[0]
    moved = Span(s.content.start + 1, s.content.end + 1, s.content.text)
    put(c, replace(reading, statements=(replace(s, content=moved), *reading.statements[1:])))


def lost_statement(c: Connection) -> None:
    reading = first(c)[1]
    assert any(m.statement for m in reading.moves)
    put(c, replace(reading, statements=()))


def of_another_report(c: Connection) -> None:
    reading = first(c)[1]
    put(c, replace(reading, moves=tuple(replace(m, report="elsewhere") for m in reading.moves)))


def changed_passage(c: Connection) -> None:
    c.execute(update(PASSAGES).where(PASSAGES.c.start == 0).values(text="Something else"))


def missing_passage(c: Connection) -> None:
    c.execute(PASSAGES.delete().where(PASSAGES.c.report == first(c)[0].id))


def broken_case(c: Connection) -> None:
    c.execute(update(CASES).values(data='{"name": '))


def no_case(c: Connection) -> None:
    c.execute(CASES.delete())


def bad_status(c: Connection) -> None:
    c.execute(update(INPUTS).where(INPUTS.c.report == first(c)[0].id).values(status="perhaps"))


def no_reason(c: Connection) -> None:
    c.execute(update(INPUTS).where(INPUTS.c.report == first(c)[0].id).values(status="rejected"))


def skipped_for_nothing(c: Connection) -> None:
    c.execute(update(INPUTS).where(INPUTS.c.report == first(c)[0].id).values(status="skipped", report=None))


DAMAGE: list[tuple[Callable[[Connection], None], str]] = [
    (changed_text, "its text is not the one that was hashed"),
    (cut_report, "cannot be read"),
    (changed_hash, "its text is not the one that was hashed"),
    (changed_id, "its id is not the beginning of its hash"),
    (changed_reading, "was changed after it was made"),
    (cut_reading, "cannot be read"),
    (missing_reading, "nobody has read it"),
    (moved_span, "are not those of the report"),
    (lost_statement, "in a statement that is not there"),
    (of_another_report, "belongs to another report"),
    (changed_passage, "its passages for searching are not those of its text"),
    (missing_passage, "its passages for searching are not those of its text"),
    (broken_case, "cannot be read"),
    (no_case, "no case that they were read for"),
    (bad_status, "has a status that is none: perhaps"),
    (no_reason, "its reason or report does not say so"),
    (skipped_for_nothing, "its reason or report does not say so"),
]


@pytest.mark.parametrize(("damage", "told"), DAMAGE, ids=lambda d: getattr(d, "__name__", ""))
def test_damage_is_found(damage: Callable[[Connection], None], told: str, store: Store) -> None:
    assert check(store) == []
    with store.engine.begin() as c:
        damage(c)
    assert any(told in f.what for f in check(store))


@pytest.fixture
def file(talks: Path, tmp_path: Path) -> Path:
    return Path(filled(talks, str(tmp_path / "ledger.db")))


def told(file: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What `check` says of a file that is not sound."""
    capsys.readouterr()
    assert run("check", "--ledger", file) == 3
    got = capsys.readouterr()
    assert "unexpected" not in got.err
    return got.out + got.err


def do(file: Path, *commands: str) -> None:
    c = sqlite3.connect(file)
    for command in commands:
        c.execute(command)
    c.commit()
    c.close()


def test_a_sound_ledger_is_said_to_be_sound(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--ledger", file) == 0
    assert capsys.readouterr().err.endswith(": sound\n")


def test_a_missing_report(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    do(file, "DELETE FROM reports WHERE id = (SELECT min(id) FROM reports)")
    assert "belongs to a report that is not there" in told(file, capsys)


@pytest.mark.parametrize(
    "command",
    [
        "INSERT INTO passages_fts(passages_fts, rowid, text) SELECT 'delete', seq, text FROM passages WHERE seq = 1",
        "INSERT INTO passages_fts(passages_fts) VALUES ('delete-all')",
        "UPDATE passages SET text = 'changed' WHERE seq = 2",
    ],
)
def test_a_search_index_that_is_out_of_step(command: str, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    do(file, command)
    assert "database" in told(file, capsys)


def test_damaged_pages(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    do(file, "PRAGMA wal_checkpoint(TRUNCATE)")
    whole = file.read_bytes()
    for page in range(1, len(whole) // 4096):
        file.write_bytes(whole[: page * 4096] + b"\xa5" * 4096 + whole[(page + 1) * 4096 :])
        assert told(file, capsys), f"page {page}"


def test_a_file_that_was_cut_off(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    do(file, "PRAGMA wal_checkpoint(TRUNCATE)")
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert told(file, capsys)


@pytest.mark.parametrize("damage", [cut_report, cut_reading, broken_case])
def test_a_damaged_record_is_an_error_by_name_for_others(damage: Any, store: Store) -> None:
    from onthetable import following

    where = store.engine.url.render_as_string().replace("postgresql+psycopg", "postgresql").replace("sqlite:///", "")
    with store.engine.begin() as c:
        damage(c)
    with pytest.raises(StoreError, match="onthetable check"):
        following.kept(where)
