"""What goes wrong around a kept ledger: a clear error by name, exit status 3, nothing half-written."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from tests.store.conftest import Server
from tests.store.talks import made
from tests.store.test_keeping import Opened, filled, run

from onthetable import cli, following, keeping, pipeline
from onthetable.case import read_case
from onthetable.errors import StoreError
from onthetable.store import check, migrate
from onthetable.store import sql as sql_module


def apart(work: Callable[[], int], said: Path) -> int:
    """The process id of some work in a process of its own; what it says on standard error goes to a file."""
    if child := os.fork():
        return child
    os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT, 0o666), 2)
    sys.stderr = os.fdopen(2, "w", closefd=False)
    status = 99
    try:
        status = work()
        sys.stderr.flush()
    finally:
        os._exit(status)


def status_of(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_two_processes_that_write_at_once_lose_nothing(talks: Path, where: str, tmp_path: Path, opened: Opened) -> None:
    files = sorted(str(f) for f in made(tmp_path / "many", 24).iterdir())

    def adding(part: list[str]) -> Callable[[], int]:
        return lambda: cli.run(["read", *part, "--ledger", where, "--case", str(talks / "case.toml")])

    parts = [files[:16], files[8:], files[::2]]
    children = [apart(adding(part), tmp_path / f"said-{n}") for n, part in enumerate(parts)]
    assert [status_of(c) for c in children] == [0, 0, 0], [(tmp_path / f"said-{n}").read_text() for n in range(3)]
    assert len(following.kept(where).ledger.reports()) == 24
    assert not check(opened(where))
    case = read_case(talks / "case.toml")
    alone = opened(str(tmp_path / "alone.db"), create=True)
    keeping.keep(files, alone, case)
    assert following.kept(where) == following.kept(alone.where)


def test_a_writer_that_waits_too_long(talks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                      capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    where = filled(talks, str(tmp_path / "ledger.db"))
    monkeypatch.setattr(sql_module, "WAIT", 0.05)
    other = sqlite3.connect(where)
    other.execute("BEGIN IMMEDIATE")
    capsys.readouterr()
    made(tmp_path / "more", 9)
    assert run("read", tmp_path / "more", "--ledger", where) == 3
    assert "another process is writing to it" in capsys.readouterr().err
    assert run("show", "positions", "--ledger", where) == 0, "readers do not wait"
    other.close()
    assert run("read", tmp_path / "more", "--ledger", where) == 0


def test_a_full_disk(talks: Path, tmp_path: Path, opened: Opened) -> None:
    """Files may grow no further than a limit, which is what a full disk looks like."""
    where = str(tmp_path / "ledger.db")
    folder = made(tmp_path / "many", 24)
    arguments = ["read", str(folder), "--ledger", where, "--case", str(talks / "case.toml")]

    def confined(size: int) -> Callable[[], int]:
        def work() -> int:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            return cli.run(arguments)

        return work

    for size in (1_000, 50_000, 100_000, 150_000, 200_000):
        said = tmp_path / f"said-{size}"
        assert status_of(apart(confined(size), said)) == 3, size
        assert where in said.read_text()
        assert "unexpected" not in said.read_text()
    with opened(where) as store:
        assert not [f for f in check(store) if f.where != "cases"]
    assert cli.run(arguments) == 0
    assert len(following.kept(where).ledger.reports()) == 24
    assert not check(opened(where))


@pytest.mark.skipif(os.name != "posix", reason="permissions of another system")
def test_a_file_that_may_not_be_written(talks: Path, tmp_path: Path) -> None:
    where = Path(filled(talks, str(tmp_path / "ledger.db")))
    before = where.read_bytes()
    where.chmod(0o444)
    made(tmp_path / "more", 9)

    def nobody() -> int:
        if os.getuid() == 0:
            for folder in (tmp_path, *tmp_path.parents):
                if folder.owner() == "root" and folder != Path("/"):
                    folder.chmod(0o755) if folder != Path("/tmp") else None
            os.setuid(65534)
        return cli.run(["read", str(tmp_path / "more"), "--ledger", str(where)])

    (tmp_path / "said").touch()
    assert status_of(apart(nobody, tmp_path / "said")) == 3
    assert str(where) in (tmp_path / "said").read_text()
    assert where.read_bytes() == before


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda p: p.write_bytes(b"a text that is no database, and long enough to be taken for one" * 20), "no ledger"),
        (lambda p: p.mkdir(), "ledger"),
        (lambda p: None, "no such ledger"),
    ],
)
def test_what_is_no_ledger(
    make: Callable[[Path], object], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path / "x.db")
    for command in (["show", "moves"], ["find", "word"], ["check"]):
        assert run(*command, "--ledger", tmp_path / "x.db") == 3
        err = capsys.readouterr().err
        assert str(tmp_path / "x.db") in err
        assert told in err


@pytest.mark.parametrize(
    "where",
    ["mysql://host/x", "postgresql://me:secret@127.0.0.1:1/none", "postgresql://[", "postgresql://h:port/x"],
)
def test_addresses_where_none_is(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--ledger", where) == 3
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "unexpected" not in err
    assert "secret" not in err


def test_a_ledger_of_a_later_version(talks: Path, where: str, opened: Opened) -> None:
    with opened(filled(talks, where)).engine.begin() as c:
        c.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="later version"):
        opened(where)


def test_a_migration_that_fails_leaves_nothing(where: str, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("x", None, Exception("gone"))

    with monkeypatch.context() as m:
        m.setattr(migrate.command, "upgrade", fail)
        with pytest.raises(StoreError, match="gone"):
            opened(where, create=True)
    assert not check(opened(where, create=True))


def test_a_server_that_goes_away_in_the_middle(
    talks: Path, failing_server: Server, opened: Opened, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    where = failing_server.database()
    arguments = ["read", str(talks / "reports"), "--ledger", where, "--case", str(talks / "case.toml")]
    real = pipeline.read_each

    def stopping(*a: object, **k: object) -> object:
        for n, found in enumerate(real(*a, **k)):  # type: ignore[arg-type]
            if n == 3:
                failing_server.stop()
            yield found

    with monkeypatch.context() as m:
        m.setattr(keeping.pipeline, "read_each", stopping)
        assert cli.run(arguments) == 3
    err = capsys.readouterr().err
    assert err.startswith(f"onthetable: {where}: ")
    assert err.count("\n") == 1
    assert cli.run(["find", "truce", "--ledger", where]) == 3
    assert "unexpected" not in capsys.readouterr().err
    failing_server.start()
    assert len(opened(where).unread("")) == 3
    assert cli.run(arguments) == 0
    assert len(following.kept(where).ledger.reports()) == 8
    assert not check(opened(where))


@pytest.mark.parametrize("fate", ["deleted", "moved", "replaced"])
def test_a_file_that_goes_away_in_the_middle(
    fate: str, talks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    where = tmp_path / "ledger.db"
    other = filled(talks, str(tmp_path / "other.db"))
    arguments = ["read", str(talks / "reports"), "--ledger", str(where), "--case", str(talks / "case.toml")]
    real = pipeline.read_each

    def losing(*a: object, **k: object) -> object:
        for n, found in enumerate(real(*a, **k)):  # type: ignore[arg-type]
            if n == 3:
                match fate:
                    case "deleted":
                        where.unlink()
                    case "moved":
                        where.rename(tmp_path / "elsewhere.db")
                    case _:
                        os.replace(other, where)
            yield found

    with monkeypatch.context() as m:
        m.setattr(keeping.pipeline, "read_each", losing)
        assert cli.run(arguments) == 3
    err = capsys.readouterr().err
    assert "was moved, deleted or replaced while it was open" in err or "disk I/O error" in err
    assert "unexpected" not in err


def test_reviews_by_several_at_once_are_all_kept(talks: Path, where: str, opened: Opened, tmp_path: Path) -> None:
    filled(talks, where)
    moves = [m.id for m in following.kept(where).ledger.moves()][:4]
    assert len(moves) == 4

    def saying(move: str, by: str) -> Callable[[], int]:
        def work() -> int:
            return max(cli.run(["review", "accept", move, "--ledger", where, "--by", f"{by}{n}"]) for n in range(5))

        return work

    children = [apart(saying(m, f"p{k}-"), tmp_path / f"said-{k}") for k, m in enumerate(moves)]
    assert [status_of(c) for c in children] == [0] * 4, [(tmp_path / f"said-{k}").read_text() for k in range(4)]
    store = opened(where)
    assert {r.by for r in store.reviews()} == {f"p{k}-{n}" for k in range(4) for n in range(5)}
    assert not check(store)
