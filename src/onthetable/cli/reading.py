"""Reports to a ledger, with a word on standard error about each that was not read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from onthetable import reading
from onthetable.case import Case, read_case
from onthetable.cli.status import DONE, SOME_REJECTED
from onthetable.cli.terminal import progress, say
from onthetable.errors import InputError, UsageError
from onthetable.ledger import Ledger

NAMED = 5
"""Reports of a kept ledger that are left out and named on every question."""


def read(
    paths: list[str], case: Case | None, workers: int | str, timeout: float, reader: reading.Reader | None = None
) -> Ledger:
    """The ledger of the reports in `paths`."""
    with progress() as note:
        ledger = reading.read(paths, case, workers=workers, timeout=timeout, progress=note, reader=reader)
    for error in ledger.rejected:
        say(f"not read: {error}")
    return ledger


def asked_of(paths: list[str] | None, kept: str | None, case: str | None, workers: int | str, timeout: float) -> Ledger:
    """The ledger that a command asks: a kept one, or one read on the spot from `paths`; a kept one has its own case."""
    if kept and (paths or case):
        raise UsageError(f"--ledger {kept} has its own reports and case; leave out {'PATH' if paths else '--case'}")
    if kept:
        from onthetable import following  # loads the database, which other commands and --help do without

        found = following.kept(kept)
        if found.orphans:
            say(f"reviews that find no record any more: {', '.join(map(str, found.orphans))}")
        if found.old:
            say(f"{found.old} reports were read by other rules; `onthetable read --ledger {kept}` reads them again")
        _left_out(found.ledger.rejected)
        return found.ledger
    if not paths:
        raise UsageError("which reports? Name files or folders, or a kept ledger by --ledger")
    return read(paths, read_case(Path(case)) if case else None, workers, timeout)


def _left_out(reports: Sequence[InputError]) -> None:
    for error in reports[:NAMED]:
        say(f"left out: {error}")
    if len(reports) > NAMED:
        say(f"left out: {len(reports) - NAMED:,} more")


def status(ledger: Ledger) -> int:
    """The exit status: whether some input was rejected."""
    return SOME_REJECTED if ledger.rejected else DONE
