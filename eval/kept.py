"""`python -m eval.kept [COUNT ...]`: what a kept ledger costs as it grows, and how fast the app answers 20 readers.

The reports are made up with their readings (`eval/newsroom.py`), so that reading costs nothing here: adding is what the
store takes, making what it takes to build the ledger of all readings, asking what the commonest questions take then.
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
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import httpx

from eval.newsroom import case, newsroom
from onthetable import keeping
from onthetable.ledger import Ledger
from onthetable.store import open_store
from onthetable.store.version import version

T = TypeVar("T")
COUNTS = (500, 1000, 2000)
READERS, EACH, PAUSE = 20, 10, 0.5
"""Readers, pages that each opens, and the seconds that it looks at one."""
PAGES = ("/", "/issue/aid", "/proposals", "/timeline", "/sources", "/reports?q=talks", "/changes", "/review")


def main(counts: list[int]) -> None:
    """Prints a table, a column for each count."""
    rows = [measured(n) for n in counts]
    print(f"{'reports':<44}" + "".join(f"{n:>12,}" for n in counts))
    for name in rows[0]:
        print(f"{name:<44}" + "".join(f"{row[name]:>12,.1f}" for row in rows))


def measured(count: int) -> dict[str, float]:
    """The figures for so many reports: milliseconds, seconds and megabytes as their names say."""
    readings, talks = newsroom(count + 20), case()
    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder) / "talks.db")
        with open_store(where, create=True) as store:
            store.set_case(talks)
            made_by = version(talks)
            for r in readings[:count]:
                store.add(r.report, r, made_by)
            added = [timed(lambda r=r: store.add(r.report, r, made_by))[0] for r in readings[count:]]
            found = [timed(lambda: store.find("talks"))[0] for _ in range(20)]
        seconds, loaded = timed(lambda: keeping.kept(where))
        return {
            "adding one to the store, ms, median": 1000 * statistics.median(added),
            "searching, ms, p95": 1000 * p95(found),
            "making the ledger, s": seconds,
            **asked(loaded.ledger),
            **served(where),
            "memory at most, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
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


def served(where: str) -> dict[str, float]:
    """The app in a process of its own: the first answer of each page, then those of 20 readers at once."""
    command = [str(Path(sys.executable).with_name("onthetable")), "serve", "--ledger", where, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        start = re.search(r"http://\S+", server.stderr.readline())
        assert start
        base, _, token = start[0].partition("/?token=")
        heads = {"Authorization": f"Bearer {token}"}
        with httpx.Client(base_url=base, headers=heads, timeout=600) as client:
            first = [timed(lambda p=p: client.get(p).raise_for_status())[0] for p in PAGES]
        times: list[float] = []

        def read(number: int) -> None:
            with httpx.Client(base_url=base, headers=heads, timeout=600) as client:
                for n in range(EACH):
                    page = PAGES[(number + n) % len(PAGES)]
                    times.append(timed(lambda: client.get(page).raise_for_status())[0])  # noqa: B023
                    time.sleep(PAUSE)

        readers = [threading.Thread(target=read, args=(n,)) for n in range(READERS)]
        for r in readers:
            r.start()
        for r in readers:
            r.join()
        server.terminate()
    return {"first page, s": first[0], "slowest first answer of the others, s": max(first[1:]),
            f"{READERS} readers at once, ms, p95": 1000 * p95(times)}  # fmt: skip


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
