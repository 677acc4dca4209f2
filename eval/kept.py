"""`python -m eval.kept [COUNT ...]`: what a kept ledger costs as it grows, and how fast the app answers 20 readers.

The reports are made up with their readings (`eval/newsroom.py`), so that reading costs nothing here: adding is what the
store takes, making what it takes to build the ledger of all readings, asking what the commonest questions take then.
The app is read by twenty at once, first in peace and then while reports are added.
"""

from __future__ import annotations

import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import httpx

from eval.newsroom import case, newsroom
from onthetable import following
from onthetable.following import Followed
from onthetable.ledger import Ledger
from onthetable.model import Reading
from onthetable.store import Store, open_store
from onthetable.store.version import version

T = TypeVar("T")
COUNTS = (500, 1000, 2000)
LATE = 10
"""Reports that come when the others are there."""
WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
MANY = 200
"""Moves that a page shows."""
READERS, EACH, PAUSE = 20, 10, 0.5
"""Readers, pages that each opens, and the seconds that it looks at one."""
SCREENS = (
    "/", "/issue/aid", "/proposals", "/timeline", "/sources", "/reports", "/reports?q=talks", "/changes", "/review",
)  # fmt: skip


def main(counts: list[int]) -> None:
    """Prints a table, a column for each count."""
    rows = [measured(n) for n in counts]
    print(f"{'reports':<44}" + "".join(f"{n:>12,}" for n in counts))
    for name in rows[0]:
        print(f"{name:<44}" + "".join(f"{row[name]:>12,.1f}" for row in rows))


def measured(count: int) -> dict[str, float]:
    """The figures for so many reports: milliseconds, seconds and megabytes as their names say."""
    readings, talks = newsroom(count + 2 * LATE), case()
    made_by = version(talks)
    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder) / "talks.db")
        with open_store(where, create=True) as store:
            store.set_case(talks)
            for r in readings[: -2 * LATE]:
                store.add(r.report, r, made_by)
            added = [timed(lambda r=r: store.add(r.report, r, made_by))[0] for r in readings[-2 * LATE : -LATE]]
            found = [timed(lambda: store.find("talks"))[0] for _ in range(20)]
            followed = Followed(store)
            making, _ = timed(followed.load)
            store.add(readings[-1].report, readings[-1], made_by)
            again, loaded = timed(followed.load)
            questions = asked(loaded.ledger)
            followed.keep()
            some = loaded.ledger.readings[count // 2].report.id
            del followed, loaded
            opening, _ = timed(Followed(store).load)
        return {
            "adding one to the store, ms, median": 1000 * statistics.median(added),
            "searching, ms, p95": 1000 * p95(found),
            "making the ledger, s": making,
            "the same with one more report, s": again,
            "opening it when its ties are kept, s": opening,
            **questions,
            **fetched(where),
            **served(where, some, readings[-LATE:-1], made_by),
            "memory at most, MB": max(resource.getrusage(who).ru_maxrss for who in WHO) / 1024,
        }


def asked(ledger: Ledger) -> dict[str, float]:
    """The commonest questions, in memory."""
    party = ledger.case.parties[0].name
    questions: dict[str, Callable[[], object]] = {
        "positions": ledger.positions,
        "one history": lambda: ledger.history(party, "aid"),
        "proposals": ledger.lines,
        "claims with origins": ledger.claims,
    }
    return {f"{name}, ms": 1000 * timed(ask)[0] for name, ask in questions.items()}


def fetched(where: str) -> dict[str, float]:
    """The commonest questions to a ledger that nobody has opened, each time anew, as a command asks."""
    party = following.kept(where).ledger.case.parties[0].name
    questions: dict[str, Callable[[Ledger], object]] = {
        "where they stand": lambda x: x.gaps(steps=40),
        "the last moves of a party": lambda x: x.moves(party=party, last=MANY),
        "the last moves on an issue": lambda x: x.moves(issue="aid", last=MANY),
        "proposals": lambda x: x.lines(),
    }

    def times(ask: Callable[[Ledger], object]) -> list[float]:
        return [timed(lambda: ask(following.kept(where).ledger))[0] for _ in range(20)]

    return {f"{name}, unopened, ms, p95": 1000 * p95(times(ask)) for name, ask in questions.items()}


def served(where: str, some: str, late: Sequence[Reading], made_by: str) -> dict[str, float]:
    """The app in a process of its own: the first answer of each page, then 20 readers at once, alone and with a writer.

    `some` is a report that is shown. The writer adds the late reports one by one while they read; all of them have to
    be in the store at the end, and in what the app shows.
    """
    command = [str(Path(sys.executable).with_name("onthetable")), "serve", "--ledger", where, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        start = re.search(r"http://\S+", server.stderr.readline())
        assert start
        base, _, token = start[0].partition("/?token=")
        with _client(base, token) as client:
            pages = *SCREENS, f"/report/{some}"
            first = [timed(lambda p=p: client.get(p).raise_for_status())[0] for p in pages]
            calm = _read_by_many(base, token, pages)
            with open_store(where) as store:
                writer = threading.Thread(target=_write, args=(store, late, made_by))
                writer.start()
                busy = _read_by_many(base, token, pages)
                writer.join()
                lost = len({r.report.id for r in late} - store.known(r.report.id for r in late))
            shown, _ = timed(lambda: _wait_for(client, late[-1].report.id))
        server.terminate()
    return {"first page, s": first[0], "slowest first answer of the others, s": max(first[1:]),
            f"{READERS} readers at once, ms, p95": 1000 * p95(calm),
            "the same while reports are added, ms, p95": 1000 * p95(busy), "reports lost": lost,
            "after which the last is shown, s": shown}  # fmt: skip


def _client(base: str, token: str) -> httpx.Client:
    # Certificates, which nobody needs here, would take the readers longer to load than pages take to come.
    return httpx.Client(base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=3600, verify=False)


def _read_by_many(base: str, token: str, pages: Sequence[str]) -> list[float]:
    times: list[float] = []

    def read(number: int) -> None:
        with _client(base, token) as client:
            for n in range(EACH):
                page = pages[(number + n) % len(pages)]
                times.append(timed(lambda: client.get(page).raise_for_status())[0])  # noqa: B023
                time.sleep(PAUSE)

    readers = [threading.Thread(target=read, args=(n,)) for n in range(READERS)]
    for r in readers:
        r.start()
    for r in readers:
        r.join()
    return times


def _write(store: Store, late: Sequence[Reading], made_by: str) -> None:
    for r in late:
        store.add(r.report, r, made_by)
        time.sleep(PAUSE)


def _wait_for(client: httpx.Client, report: str) -> None:
    while client.get(f"/report/{report}").status_code == 404:
        time.sleep(PAUSE)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds, and what came of it."""
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or list(COUNTS))
