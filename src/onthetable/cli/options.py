"""Arguments and options that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

TIMEOUT = 120.0
"""Seconds for one report; the longest one that is taken, a million characters, needs a third of it."""


def day(value: str) -> date:
    """A day given on the command line."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no date; expected YYYY-MM-DD, for example 2024-05-03") from None


Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, addresses, or - for stdin.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write here, not to standard output.")]
CaseFile = Annotated[str | None, typer.Option("--case", metavar="FILE", help="Who is at the table (TOML).")]
Workers = Annotated[int, typer.Option(min=1, metavar="N", help="Processes that read side by side.")]
Timeout = Annotated[
    float, typer.Option(min=0, metavar="SECONDS", help="Most time for one report; a longer one is left out; 0: any.")
]
At = Annotated[date | None, typer.Option(parser=day, metavar="DATE", help="As known on this day (YYYY-MM-DD).")]
LedgerAt = Annotated[str, typer.Option("--ledger", metavar="LEDGER", help="A kept ledger: a file or postgresql://...")]
MaybeLedger = Annotated[
    str | None, typer.Option("--ledger", metavar="LEDGER", help="Ask a kept ledger, instead of reading PATH...")
]
MaybePaths = Annotated[
    list[str] | None, typer.Argument(metavar="[PATH...]", help="Files, folders, .jsonl, or - for stdin.")
]
