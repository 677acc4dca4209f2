"""Reports to a ledger, with a word on standard error about each that was not read."""

from __future__ import annotations

from onthetable import ledger as ledgers
from onthetable.case import Case
from onthetable.cli.status import DONE, SOME_REJECTED
from onthetable.cli.terminal import progress, say
from onthetable.ledger import Ledger


def read(paths: list[str], case: Case | None, workers: int, timeout: float) -> Ledger:
    """The ledger of the reports in `paths`."""
    with progress() as note:
        ledger = ledgers.read(paths, case, workers=workers, timeout=timeout, progress=note)
    for error in ledger.rejected:
        say(f"not read: {error}")
    return ledger


def status(ledger: Ledger) -> int:
    """The exit status: whether some input was rejected."""
    return SOME_REJECTED if ledger.rejected else DONE
