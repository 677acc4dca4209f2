"""Ledgers to try things on: a SQLite file each, and databases on a PostgreSQL server that the tests start."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from tests.store.talks import case_file, made

from onthetable.store import Store, open_store

_numbers = count(1)


class Server:
    """A PostgreSQL cluster of its own, on a socket in its folder."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self.binaries = binaries
        self.folder = folder
        folder.chmod(0o755)
        self.user = "postgres" if os.getuid() == 0 else None
        if self.user:
            shutil.chown(folder, self.user)
        self._run("initdb", "-D", "data", "-U", "ledger", "-A", "trust", "-E", "UTF8", "--no-sync")

    def start(self) -> None:
        settings = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off"
        self._run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", settings, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")

    @property
    def address(self) -> str:
        return f"postgresql://ledger@/postgres?host={self.folder}"

    def database(self) -> str:
        """The address of an empty database."""
        name = f"ledger_{next(_numbers)}"
        url = self.address.replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as c:
            c.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self.address.replace("/postgres?", f"/{name}?")

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self.binaries / program, *arguments], user=self.user, cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            env={"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


def _binaries() -> Path | None:
    found = shutil.which("initdb")
    places = [Path(found)] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return places[-1].resolve().parent if places else None


def _server() -> Iterator[Server]:
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed")
    pytest.importorskip("psycopg")
    folder = Path(tempfile.mkdtemp(prefix="ledger-"))  # short: the path of a socket must fit into 107 bytes
    server = Server(binaries, folder)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    yield from _server()


@pytest.fixture
def failing_server() -> Iterator[Server]:
    """A server of its own, for a test that stops it."""
    yield from _server()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger can be made."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    server: Server = request.getfixturevalue("server")
    return server.database()


@pytest.fixture(scope="session")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `reports/` (eight) and `case.toml`."""
    folder = tmp_path_factory.mktemp("talks")
    made(folder / "reports", 8)
    case_file(folder)
    return folder


@pytest.fixture
def opened() -> Iterator[Callable[..., Store]]:
    """`open_store`, with all closed at the end."""
    with ExitStack() as stack:
        yield lambda *a, **k: stack.enter_context(open_store(*a, **k))
