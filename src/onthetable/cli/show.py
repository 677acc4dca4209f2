"""`onthetable show` and `onthetable changes`: one view of what the reports say, every line with its sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import typer

from onthetable.cli.options import TIMEOUT, At, CaseFile, MaybeLedger, MaybePaths, Timeout, Workers, day, one_of
from onthetable.cli.reading import asked_of, status
from onthetable.cli.terminal import colours, columns, put
from onthetable.errors import UsageError
from onthetable.views import entries, json, listing
from onthetable.views.selection import Selection, select

Party = Annotated[str | None, typer.Option(metavar="PARTY", help="Only of this party.")]
Issue = Annotated[str | None, typer.Option(metavar="ISSUE", help="Only on this issue, by its id or label.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


def show(
    view: Annotated[str, typer.Argument(metavar="VIEW", help="|".join(entries.VIEWS))],
    paths: MaybePaths = None,
    ledger: MaybeLedger = None,
    case: CaseFile = None,
    at: At = None,
    party: Party = None,
    issue: Issue = None,
    as_json: AsJson = False,
    workers: Workers = 1,
    timeout: Timeout = TIMEOUT,
) -> None:
    """Shows one view of what the reports say, every line with its sentence.

    Examples:

    - `onthetable show positions reports/ --issue ceasefire`

    - `onthetable show proposals reports/ --case case.toml --json`

    - `onthetable show positions --ledger talks.db --at 2024-05-03`
    """
    wanted = one_of(view, entries.VIEWS, "VIEW")
    asked = asked_of(paths, ledger, case, workers, timeout)
    chosen = select(asked, at, party, issue)
    put(json.view(chosen, wanted) if as_json else _text(chosen, entries.sections(chosen, wanted)))
    raise typer.Exit(status(asked))


def changes(
    since: Annotated[date, typer.Option("--from", parser=day, metavar="DATE", help="The earlier day (YYYY-MM-DD).")],
    until: Annotated[date, typer.Option("--to", parser=day, metavar="DATE", help="The later day (YYYY-MM-DD).")],
    paths: MaybePaths = None,
    ledger: MaybeLedger = None,
    case: CaseFile = None,
    party: Party = None,
    issue: Issue = None,
    as_json: AsJson = False,
    workers: Workers = 1,
    timeout: Timeout = TIMEOUT,
) -> None:
    """Shows what became of every position between two days, both sentences shown.

    Example: `onthetable changes reports/ --from 2024-05-01 --to 2024-07-15`
    """
    if until < since:
        raise UsageError(f"--to {until} is before --from {since}")
    asked = asked_of(paths, ledger, case, workers, timeout)
    chosen = select(asked, until, party, issue)
    text = json.changes(chosen, since, until) if as_json else _text(chosen, entries.changes(chosen, since, until))
    put(text)
    raise typer.Exit(status(asked))


def _text(chosen: Selection, sections: Iterable[entries.Section]) -> str:
    return listing.render(chosen, sections, columns(), colours())
