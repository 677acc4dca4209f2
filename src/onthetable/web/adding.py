"""Adding reports while pages go on: a job at a time, with its progress, what was rejected, and what it changed."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from onthetable import keeping
from onthetable.case import Case
from onthetable.changing import change
from onthetable.errors import InputError, OnTheTableError
from onthetable.ledger import Ledger
from onthetable.model import Change, Move, Position
from onthetable.reports import Intake, gather
from onthetable.standing import placed
from onthetable.web.desk import Desk

State = Literal["waiting", "opening", "reading", "done", "failed"]
KEPT = 50
"""Jobs that are remembered."""


@dataclass(slots=True)
class Job:
    """One addition: how far it is, and what came of it."""

    id: str
    names: tuple[str, ...]
    state: State = "waiting"
    done: int = 0
    of: int = 0
    new: int = 0
    known: int = 0
    rejected: tuple[InputError, ...] = ()
    reports: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    reason: str = ""
    left: threading.Event = field(default_factory=threading.Event)

    @property
    def running(self) -> bool:
        """Whether it is not done yet."""
        return self.state not in ("done", "failed")


class Adding:
    """The jobs of one app; each is one thread, and they take turns."""

    def __init__(self, desk: Desk, timeout: float) -> None:
        self._desk = desk
        self._timeout = timeout
        self._turn = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._count = 0

    def job(self, id: str) -> Job | None:
        """The job of that id."""
        return self._jobs.get(id)

    def start(
        self, names: Sequence[str], uploads: Path | None = None, root: Path | None = None, case: Case | None = None
    ) -> Job:
        """Adds files, folders or addresses.

        `uploads` is a folder that holds them instead, and goes when they are read; neither that nor `root` is part of
        the name of a report.
        """
        self._count += 1
        job = Job(str(self._count), tuple(names))
        self._jobs[job.id] = job
        for old in [i for i, j in self._jobs.items() if not j.running][:-KEPT]:
            del self._jobs[old]
        threading.Thread(target=self._run, args=(job, uploads, root, case), daemon=True).start()
        return job

    def _run(self, job: Job, uploads: Path | None, root: Path | None, case: Case | None) -> None:
        with self._turn:
            try:
                self._add(job, uploads, root, case)
                job.state = "done"
            except OnTheTableError as e:
                job.state, job.reason = "failed", str(e)
            except Exception as e:  # a page has to say so; the ledger is whole, as every report goes in at once
                job.state, job.reason = "failed", f"unexpected {type(e).__name__}"
            finally:
                if uploads:
                    shutil.rmtree(uploads, ignore_errors=True)
                job.left.set()

    def _add(self, job: Job, uploads: Path | None, root: Path | None, case: Case | None) -> None:
        def note(what: str, done: int, of: int) -> None:
            job.state, job.done, job.of = ("opening" if what == "opening" else "reading"), done, of

        before = self._desk.sit().ledger
        held = before.positions()
        job.state = "opening"
        intake = gather([str(uploads)] if uploads else list(job.names), progress=lambda d, of: note("opening", d, of))
        if uploads or root:
            intake = _named(intake, str(uploads or root), bool(uploads))
        kept = keeping.take(intake, self._desk.store, case, timeout=self._timeout, progress=note)
        job.new, job.known, job.rejected = kept.new, kept.known, kept.rejected
        given = [r.id for r in intake.reports]
        there = before.among(given)
        after = self._desk.latest()
        new = (i for i in after.among(given) if i not in there)
        job.reports = tuple(sorted(new, key=lambda i: (placed(after.day(i)), i)))
        job.changes = changed(held, after, before)


def folder_of(files: Sequence[tuple[str, bytes]]) -> Path:
    """A folder of its own with uploads in it, under their names alone."""
    folder = Path(tempfile.mkdtemp(prefix="onthetable-"))
    for n, (name, data) in enumerate(files):
        plain = Path(name.replace("\\", "/")).name.lstrip(".") or "report.txt"
        inside = folder / str(n)
        inside.mkdir()
        (inside / plain[-120:]).write_bytes(data)
    return folder


def _named(intake: Intake, root: str, numbered: bool) -> Intake:
    """The reports by their names below a folder; of uploads by those that people gave them."""

    def plain(path: str) -> str:
        rest = path.removeprefix(f"{root}/")
        return rest.partition("/")[2] if numbered and rest != path else rest

    reports = tuple(replace(r, path=plain(r.path)) for r in intake.reports)
    return Intake(reports, tuple(InputError(plain(e.name), e.reason) for e in intake.rejected))


def changed(held: Sequence[Position], after: Ledger, before: Ledger) -> tuple[Change, ...]:
    """The positions of a ledger that are new or differ from those that were held before."""
    was = {_key(p): p for p in held}
    moves = _Moves(after, before)
    differ = (p for p in after.positions() if _key(p) not in was or _told(was[_key(p)]) != _told(p))
    return tuple(change(was.get(_key(p)), p, moves) for p in differ)


class _Moves(dict[str, Move]):
    """Moves by id, looked up in one ledger and then in another."""

    def __init__(self, first: Ledger, second: Ledger) -> None:
        self._ledgers = first, second

    def __missing__(self, id: str) -> Move:
        first, second = self._ledgers
        try:
            self[id] = first.move(id)
        except KeyError:
            self[id] = second.move(id)
        return self[id]


def _key(p: Position) -> tuple[str, str, str | None]:
    return p.party, p.issue, p.giver


def _told(p: Position) -> tuple[object, ...]:
    return p.stance, p.quantity, p.moves, p.last_reported
