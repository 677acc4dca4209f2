"""`onthetable read`, `find` and `check`: a kept ledger."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from onthetable.case import read_case
from onthetable.cli.options import TIMEOUT, CaseFile, LedgerAt, MaybePaths, Timeout, Workers, day
from onthetable.cli.status import COULD_NOT, DONE, SOME_REJECTED
from onthetable.cli.terminal import progress, put, say
from onthetable.errors import UsageError
from onthetable.views import labels


def read(
    ledger: LedgerAt,
    paths: MaybePaths = None,
    case: CaseFile = None,
    workers: Workers = 1,
    timeout: Timeout = TIMEOUT,
    only_relevant: Annotated[
        bool, typer.Option("--only-relevant", help="Skip what names neither two parties nor one and an issue.")
    ] = False,
) -> None:
    """Adds reports to a kept ledger: a file that is made if it is not there, or a postgresql:// address.

    Reports that are there already are passed over; a run that was broken off goes on where it was. Another case, or
    a new version of the program, reads all of them again, also without PATH. Without a case file that of the ledger
    counts; if it has none yet, one is drafted from these reports.

    Examples:

    - `onthetable read reports/ --ledger talks.db --case case.toml`

    - `onthetable show positions --ledger talks.db`
    """
    from onthetable import keeping  # loads the parser, which other commands and --help do without
    from onthetable.store import open_store

    known = read_case(Path(case)) if case else None
    if not paths and known is None and not Path(ledger).is_file() and "://" not in ledger:
        raise UsageError("which reports? Name files or folders")
    with open_store(ledger, create=True) as store, progress() as note:
        kept = keeping.keep(
            paths or [], store, known, workers=workers, timeout=timeout, only_relevant=only_relevant, progress=note
        )
    for error in kept.rejected:
        say(f"not read: {error}")
    if kept.drafted:
        say("no case was given: the parties were drafted from these reports (onthetable case draft writes them down)")
    told = [labels.count(kept.new, "report") + " added"]
    told += [f"{kept.known} known already"] if kept.known else []
    told += [f"{kept.again} read again for a new case or new rules"] if kept.again else []
    told += [f"{kept.skipped} skipped as not about the talks"] if kept.skipped else []
    told += [f"{len(kept.rejected)} not read"] if kept.rejected else []
    say(f"{store.where}: {', '.join(told)}")
    raise typer.Exit(SOME_REJECTED if kept.rejected else DONE)


def find(
    query: Annotated[str, typer.Argument(metavar="QUERY", help='Words that must all be there; "some words" in order.')],
    ledger: LedgerAt,
    party: Annotated[str | None, typer.Option(metavar="PARTY", help="Where it acts, speaks or proposes.")] = None,
    issue: Annotated[str | None, typer.Option(metavar="ISSUE", help="Where a move or term is about it.")] = None,
    source: Annotated[str | None, typer.Option(metavar="SOURCE", help="Where somebody of this name is quoted.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="OUTLET", help="In reports of this outlet.")] = None,
    since: Annotated[
        date | None, typer.Option("--from", parser=day, metavar="DATE", help="In reports of this day or later.")
    ] = None,
    until: Annotated[
        date | None, typer.Option("--to", parser=day, metavar="DATE", help="In reports of this day or earlier.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="Show so many, the best first.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Finds paragraphs in the reports of a kept ledger.

    Examples:

    - `onthetable find '"prisoner exchange" rejected' --ledger talks.db`

    - `onthetable find ceasefire --ledger talks.db --party Norland --from 2026-03-01`
    """
    from onthetable.store import Only, open_store

    with open_store(ledger) as store:
        found = store.find(query, limit, Only(party, issue, source, outlet, since, until))
        names = {r.id: r for r in store.reports({p.report for p in found})}
    if as_json:
        rows = [
            {"report": p.report, "path": names[p.report].path, "outlet": names[p.report].outlet,
             "start": p.start, "end": p.end, "text": p.text} for p in found
        ]  # fmt: skip
        put(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    else:
        for p in found:
            report = names[p.report]
            put(f"{report.outlet or report.path} ({report.path}, {p.start}–{p.end})\n    {labels.one_line(p.text)}\n\n")
        if not found:
            say("nothing found")
    raise typer.Exit(DONE)


def check(ledger: LedgerAt) -> None:
    """Verifies a kept ledger: every text, span, reference and derived row. Exit status 3 if anything is wrong.

    Example: `onthetable check --ledger talks.db`
    """
    from onthetable import following
    from onthetable.store import open_store

    with open_store(ledger) as store:
        found = following.check(store)
    for finding in found:
        put(f"{finding.where}: {finding.what}\n")
    say(f"{store.where}: {labels.count(len(found), 'thing')} wrong" if found else f"{store.where}: sound")
    raise typer.Exit(COULD_NOT if found else DONE)
