"""`onthetable demo`: the bundled example."""

from __future__ import annotations

import os
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from onthetable.bundled import examples
from onthetable.case import read_case
from onthetable.cli.options import TIMEOUT
from onthetable.cli.output import check, write
from onthetable.cli.reading import read, status
from onthetable.cli.terminal import put, say, shown
from onthetable.views import html

_PAGE = Path("out/demo.html")


def demo(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="Where the page goes.")] = _PAGE,
    open_: Annotated[bool, typer.Option("--open", help="Show the page in the browser.")] = False,
) -> None:
    """The bundled example: invented talks, as a dossier page and here in the terminal.

    Example: `onthetable demo --open`
    """
    folder = examples()
    if out == _PAGE:
        out.parent.mkdir(exist_ok=True)
    check(out)
    ledger = read([os.path.relpath(folder / "talks")], read_case(folder / "case.toml"), 1, TIMEOUT)
    write(html.page(ledger), out)
    put(shown(ledger, None))
    say(f"\nThe dossier, with every claim linked to its words: {out.resolve()}")
    if open_ and not webbrowser.open(out.resolve().as_uri()):
        say("No browser could be opened; open that file by hand.")
    raise typer.Exit(status(ledger))
