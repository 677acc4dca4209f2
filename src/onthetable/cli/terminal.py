"""Standard output and standard error: what is said there, how wide, with or without colours."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from onthetable.cli.status import COULD_NOT
from onthetable.errors import OnTheTableError
from onthetable.ledger import Ledger
from onthetable.processes import Progress as Note
from onthetable.views import text

_WIDEST = 110


def say(line: str) -> None:
    """A line on standard error."""
    typer.echo(line, err=True)


def plain() -> bool:
    """Whether nothing but text may be written: NO_COLOR is set (no-color.org), or the terminal knows no more."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM", "").lower() in ("dumb", "unknown")


def shown(ledger: Ledger, at: date | None) -> str:
    """The ledger as text for standard output: as wide as the terminal, if it is one."""
    return text.render(ledger, at, width=columns(), colour=colours())


def columns() -> int:
    """How wide standard output is written: as the terminal, if it is one."""
    return min(shutil.get_terminal_size().columns, _WIDEST) if _terminal() else 80


def colours() -> bool:
    """Whether standard output is written in colours."""
    return _terminal() and not plain()


def _terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def put(content: str) -> None:
    """Writes to standard output. Raises OnTheTableError if it cannot be written (closed, a full disk)."""
    if sys.stdout is None:
        raise OnTheTableError("standard output is closed")
    try:
        typer.echo(content.encode("utf-8", "replace"), nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go()  # whoever read the output has enough
        raise typer.Exit from None
    except OSError as e:
        _let_go()
        raise OnTheTableError(f"standard output: {e.strerror or e}") from None


def finished(code: int) -> int:
    """The exit status once all of standard output is written; COULD_NOT, said in one line, where that fails."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _let_go()
    except OSError as e:
        _let_go()
        if code != COULD_NOT:
            say(f"onthetable: {e.strerror or e}")
        return COULD_NOT
    return code


def _let_go() -> None:
    """What is still waiting to be written goes nowhere, or the interpreter would complain about it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def progress() -> Iterator[Note]:
    """A bar on a terminal; nothing where standard error goes elsewhere, or knows no more than text."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    off = not console.is_terminal or plain()
    with Progress(*columns, console=console, transient=True, disable=off) as bar:
        task = bar.add_task("opening", total=None)
        yield lambda what, done, of: bar.update(task, description=what, completed=done, total=of)
