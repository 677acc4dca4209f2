"""Kills `read` at random moments, lets the next run complete the ledger, and compares it with an undisturbed one.

    python tests/store/killing.py KILLS REPORTS FOLDER [POSTGRESQL-ADDRESS]

Prints a line of JSON: how many runs were still at work when they were killed, with how many reports in the ledger, and
how many ledgers came out otherwise. The parser reads each report once, before the first run: what is tried
here is the way from the reading into the ledger.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from tests.store.talks import case_file, made

from onthetable import cli, following, keeping, pipeline
from onthetable.case import Case, read_case
from onthetable.errors import InputError
from onthetable.model import Reading, Report
from onthetable.store import check, open_store
from onthetable.views import json as views

_read: dict[str, Reading | InputError] = {}
_told: list[int] = []
"""The end of a pipe into which a run writes a byte for each report that it takes in hand."""
LONGEST = 0.02
"""Seconds at most from the report that was waited for to the kill: several are written in that time."""


def _remembered(reports: Sequence[Report], case: Case, **_: Any) -> Iterator[Reading | InputError]:
    for report in reports:
        if report.id not in _read:
            _read[report.id] = pipeline.read(report, case)
        for pipe in _told:
            os.write(pipe, b".")
        yield _read[report.id]


def started(arguments: list[str], pipe: int | None = None) -> int:
    """A run of the program, in a process of its own."""
    if child := os.fork():
        return child
    _told[:] = [] if pipe is None else [pipe]
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os._exit(cli.run(arguments))


def place(folder: Path, server: str | None, n: int) -> str:
    """A ledger that is not there yet."""
    if server is None:
        return str(folder / f"ledger-{n}.db")
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as c:
        c.execute(text(f"DROP DATABASE IF EXISTS killed_{n}"))
        c.execute(text(f"CREATE DATABASE killed_{n}"))
    engine.dispose()
    base, _, options = server.partition("?")
    return f"{base.rpartition('/')[0]}/killed_{n}?{options}"


def ledger(where: str) -> str:
    """All that the ledger says."""
    return views.document(following.kept(where).ledger, None)


def within(where: str) -> int:
    """How many reports a ledger has that was broken off."""
    try:
        store = open_store(where)
        found = len(store.unread(""))
        store.close()
    except Exception:
        return 0
    return found


def main(kills: int, count: int, folder: Path, server: str | None = None) -> None:
    reports = made(folder / "reports", count)
    case = case_file(folder)
    keeping.pipeline.read_each = _remembered  # type: ignore[assignment]
    intake = keeping.gather([str(reports)]).reports
    list(_remembered(intake, read_case(case)))
    chance = random.Random(kills)

    def arguments(where: str) -> list[str]:
        return ["read", str(reports), "--ledger", where, "--case", str(case)]

    undisturbed = place(folder, server, 0)
    assert os.waitpid(started(arguments(undisturbed)), 0)[1] == 0
    wanted = ledger(undisturbed)
    hit, reached, differ, unsound = 0, [], 0, 0
    for n in range(1, kills + 1):
        where = place(folder, server, n)
        seen, told = os.pipe()
        child = started(arguments(where), told)
        for _ in range(chance.randrange(count)):  # by progress and not by the clock: the machine may have other work
            os.read(seen, 1)
        time.sleep(chance.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
        hit += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        os.close(seen)
        os.close(told)
        reached.append(within(where))
        status = os.waitpid(started(arguments(where)), 0)[1]
        differ += status != 0 or ledger(where) != wanted
        store = open_store(where)
        unsound += bool(check(store))
        store.close()
    print(json.dumps({"killed": hit, "reached": reached, "differ": differ, "unsound": unsound}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:5])
