"""Twenty readers on loopback while reports are added and reviews made: nobody is refused, nothing is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
import uvicorn
from tests.web.conftest import TOKEN, csrf

from onthetable import following
from onthetable.store import check, open_store
from onthetable.web import Settings, create_app

READERS, REPORTS, REVIEWS = 20, 12, 12
PATHS = ("/", "/proposals", "/timeline", "/sources", "/reports", "/reports?q=ceasefire&party=Sorvana", "/review",
         "/api/positions", "/api/find?q=truce", "/data/moves.csv")  # fmt: skip


@pytest.fixture
def base(ledger: Path) -> Iterator[str]:
    app = create_app(Settings(str(ledger), TOKEN, burst=100_000, rate=100_000.0))
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning")
    socket, server = config.bind_socket(), uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    socket.close()


def opened(base: str) -> httpx.Client:
    client = httpx.Client(base_url=base, timeout=60, follow_redirects=True)
    assert client.get("/", params={"token": TOKEN}).status_code == 200
    return client


def test_writing_while_twenty_read_loses_nothing(base: str, ledger: Path) -> None:
    with open_store(str(ledger)) as store:
        before = store.revision()
        moves = [m.id for m in following.load(store).ledger.moves()][:REVIEWS]
        there = {r.id for r in following.load(store).ledger.reports()}
    done, failed, read = threading.Event(), [], [0] * READERS

    def reading(n: int) -> None:
        with closing(opened(base)) as client:
            while not done.is_set():
                path = PATHS[(n + read[n]) % len(PATHS)]
                answer = client.get(path)
                if answer.status_code != 200:
                    failed.append((path, answer.status_code, answer.text[:200]))
                read[n] += 1

    def adding() -> None:
        with closing(opened(base)) as client:
            for n in range(REPORTS):
                text = f"{n + 1} June 2026\n\nThe Tolmera League on Sunday rejected truce number {n}, Sorvana said."
                answer = client.post("/add", data={"csrf": csrf(client), "text": text, "name": f"new {n}"})  # type: ignore[arg-type]
                while 'aria-busy="true"' in (page := client.get(str(answer.url)).text):
                    time.sleep(0.05)
                if "1 report new" not in page:
                    failed.append(("/add", n, page))

    def reviewing() -> None:
        with closing(opened(base)) as client:
            for n, move in enumerate(moves):
                said = {"csrf": csrf(client, "/review"), "action": "accept", "id": move, "by": f"ida {n}"}  # type: ignore[arg-type]
                answer = client.post("/review", data=said)
                if answer.status_code != 200:
                    failed.append(("/review", answer.status_code, answer.text[:200]))

    readers = [threading.Thread(target=reading, args=(n,)) for n in range(READERS)]
    writers = [threading.Thread(target=adding), threading.Thread(target=reviewing)]
    for t in (*readers, *writers):
        t.start()
    for t in writers:
        t.join(240)
    done.set()
    for t in readers:
        t.join(60)
    assert not failed, failed[:3]
    assert not any(t.is_alive() for t in (*readers, *writers))
    assert min(read) >= 1
    with open_store(str(ledger)) as store:
        assert not check(store)
        assert {r.by for r in store.reviews()} == {f"ida {n}" for n in range(REVIEWS)}
        assert store.revision()[1] == before[1] + REPORTS
        loaded = following.load(store)
    new = [r for r in loaded.ledger.reports() if r.id not in there]
    assert {r.path.removesuffix(".txt") for r in new} == {f"new {n}" for n in range(REPORTS)}
    assert not loaded.orphans
    assert all(loaded.ledger.move(m).rule == "review:accepted" for m in moves)
