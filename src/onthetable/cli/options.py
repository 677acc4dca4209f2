"""Arguments and options that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

T = TypeVar("T", bound=str)
TIMEOUT = 120.0
"""Seconds for one report; the longest one that is taken, a million characters, needs a third of it."""


def day(value: str) -> date:
    """A day given on the command line."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no date; expected YYYY-MM-DD, for example 2024-05-03") from None


def one_of(value: str, choices: tuple[T, ...], hint: str) -> T:
    """The choice that a word on the command line names."""
    found = next((c for c in choices if c == value), None)
    if found is None:
        raise typer.BadParameter(f"{value!r}: expected one of {', '.join(choices)}", param_hint=hint)
    return found


def workers(value: str | int) -> int | str:
    """Processes of this machine, or a Ray cluster, given on the command line."""
    text = str(value)
    if text == "ray" or text.startswith("ray://"):
        return text
    if text.isdecimal() and int(text):
        return int(text)
    raise typer.BadParameter(f"{text!r}: expected a number from 1 on, ray, or ray://HOST:PORT")


Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, addresses, or - for stdin.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write here, not to standard output.")]
CaseFile = Annotated[str | None, typer.Option("--case", metavar="FILE", help="Who is at the table (TOML).")]
Workers = Annotated[
    Any, typer.Option(parser=workers, metavar="N", help="Processes that read side by side; or ray, or ray://HOST:PORT.")
]
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
