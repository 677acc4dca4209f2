"""`onthetable export`: a ledger in the forms that others work with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onthetable.cli.options import TIMEOUT, At, CaseFile, MaybeLedger, Timeout, Workers, one_of
from onthetable.cli.reading import asked_of, status
from onthetable.cli.terminal import say
from onthetable.exports import FORMATS, export


def export_(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the files go; made if it is not there.")],
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH...]", help="Reports, without a ledger.")] = None,
    ledger: MaybeLedger = None,
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help=", ".join(FORMATS))] = "csv",
    at: At = None,
    case: CaseFile = None,
    workers: Workers = 1,
    timeout: Timeout = TIMEOUT,
) -> None:
    """Writes a ledger as tables, linked data, event rows, a network, a coding project or a brief.

    Examples:

    - `onthetable export out/ --ledger talks.db --format csv`

    - `onthetable export out/ reports/ --case case.toml --format qdpx`
    """
    chosen = one_of(form, FORMATS, "--format")
    found = asked_of(paths, ledger, case, workers, timeout)
    for file in export(found, chosen, folder, at):
        say(str(file))
    raise typer.Exit(status(found))
