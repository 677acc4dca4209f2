"""The app over the bundled example, and over a ledger of its own for what writes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onthetable import keeping
from onthetable.bundled import examples
from onthetable.case import read_case
from onthetable.store import open_store
from onthetable.web import Settings, User, create_app, hashed

TOKEN = "t0ken-of-this-launch"
HOST = "http://127.0.0.1"
Client = Callable[..., TestClient]


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the example talks."""
    where = tmp_path_factory.mktemp("ledger") / "talks.db"
    folder = examples()
    with open_store(str(where), create=True) as store:
        keeping.keep([str(folder / "talks")], store, read_case(folder / "case.toml"))
    return where


@pytest.fixture
def ledger(kept: Path, tmp_path: Path) -> Path:
    """A copy that a test may change, of which nothing is written down yet, whoever has looked at the other one."""
    found = Path(shutil.copy(kept, tmp_path / "talks.db"))
    with open_store(str(found)) as store, store.engine.begin() as c:
        c.exec_driver_sql("DELETE FROM answers")
    return found


@pytest.fixture
def client() -> Iterator[Client]:
    """Makes an app and somebody who opens it by its token."""
    with ExitStack() as stack:

        def made(where: Path, *, open: bool = True, **more: object) -> TestClient:
            app = create_app(Settings(str(where), **{"token": TOKEN, **more}))  # type: ignore[arg-type]
            found = stack.enter_context(TestClient(app, base_url=HOST, raise_server_exceptions=False))
            if open and "users" not in more:
                assert found.get("/", params={"token": TOKEN}).status_code == 200
            return found

        yield made


@pytest.fixture(scope="session")
def users() -> tuple[User, ...]:
    """A reviewer and a reader."""
    return User("ida", "reviewer", hashed("correct horse")), User("ole", "reader", hashed("battery staple"))


def csrf(client: TestClient, path: str = "/add") -> str:
    """What a form of the session has to bring back."""
    return client.get(path).text.split('name="csrf" value="')[1].split('"')[0]


def finished(client: TestClient, address: str) -> str:
    """The page of an addition when it is done."""
    for _ in range(200):
        page = client.get(address).text
        if 'aria-busy="true"' not in page:
            return page
        time.sleep(0.05)
    raise AssertionError("still running")
