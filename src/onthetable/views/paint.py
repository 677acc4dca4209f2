"""Lines for the terminal: styled, wrapped, and harmless."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

LEAST = 30
"""Least columns that are written for."""


def printed(parts: Iterable[Text | Padding], width: int, colour: bool) -> str:
    """Parts as lines of at most `width` columns; with ANSI colours if asked for."""
    out = StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, color_system="standard" if colour else None,
        highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    for part in parts:
        console.print(part, soft_wrap=False)
    return "".join(f"{row.rstrip()}\n" for row in out.getvalue().split("\n")).rstrip("\n") + "\n"


def line(indent: int, *pieces: str | tuple[str, str]) -> Padding:
    """A line, or more where it is long, that begins `indent` columns in."""
    return Padding(styled(*pieces), (0, 0, 0, indent))


def styled(*pieces: str | tuple[str, str]) -> Text:
    """Pieces with their styles; nothing in them can steer the terminal."""
    return Text.assemble(*(harmless(p) if isinstance(p, str) else (harmless(p[0]), p[1]) for p in pieces))


def harmless(text: str) -> str:
    """The text with every character that does not print as a mark in its place."""
    return "".join(c if c == " " or c.isprintable() else "\ufffd" for c in text)


def title(text: str) -> Text:
    """A title over what follows."""
    return Text(f"\n{text}", style="bold underline")
