"""To a ledger in one step: of reports (`onthetable.read`), or one that is kept (`onthetable.kept`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from onthetable.case import Case, read_case
from onthetable.ledger import Ledger
from onthetable.model import Reading
from onthetable.processes import Progress, Workers

Reader = Callable[[Reading, Case], Reading]
"""One more reader: it is given what is read of a report, for a case, and gives that with its own findings."""


def read(
    paths: str | Path | Sequence[str | Path],
    case: Case | str | Path | None = None,
    *,
    workers: Workers = 1,
    timeout: float | None = None,
    progress: Progress | None = None,
    reader: Reader | None = None,
) -> Ledger:
    """The ledger of the reports in files, folders, addresses, JSON lines and "-" for standard input.

    One path does as well as several, and the path of a case file as well as a case. With no case, one is drafted from
    the reports (`ledger.case.drafted`). Whatever cannot be read is in `ledger.rejected` and stops nothing else.
    `workers` processes read side by side; the ledger is the same. A report that takes longer than `timeout` seconds to
    parse or to read is rejected. `reader` is called with what is read of each report, and gives the same with what it
    adds (`onthetable.llm.LanguageModel` is one).
    """
    # The parser takes a second to load, and only reading needs it.
    from onthetable import pipeline
    from onthetable.reports import gather

    note = progress or (lambda what, done, of: None)
    names = [str(paths)] if isinstance(paths, str | Path) else [str(p) for p in paths]
    case = read_case(case) if isinstance(case, str | Path) else case
    intake = gather(names, progress=lambda done, of: note("opening", done, of))
    outcome = pipeline.read_all(
        intake.reports, case, workers=workers, timeout=timeout, progress=lambda done, of: note("reading", done, of)
    )
    read_so_far = outcome.readings
    if reader:
        more = []
        for n, reading in enumerate(read_so_far, 1):
            more.append(reader(reading, outcome.case))
            note("asking", n, len(read_so_far))
        read_so_far = tuple(more)
    note("comparing", 0, 1)
    readings, ties = pipeline.build(read_so_far, outcome.case)
    return Ledger(outcome.case, readings, ties, (*intake.rejected, *outcome.rejected))


def kept(where: str | Path) -> Ledger:
    """The kept ledger in a file, or at a postgresql:// address, as it is now; `onthetable read --ledger` makes one.

    What came since is not in it: ask again. Raises StoreError if there is none, nothing in it, or it cannot be read.
    """
    from onthetable import following  # the database takes a moment to load

    return following.kept(str(where)).ledger
