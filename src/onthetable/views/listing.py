"""One view of a ledger for the terminal: every line with its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.padding import Padding
from rich.text import Text

from onthetable.reports.own import LAST_LINE
from onthetable.views import labels
from onthetable.views.entries import Entry, Quoted, Section
from onthetable.views.paint import LEAST, line, printed, styled
from onthetable.views.selection import Selection

_QUOTE = 400
"""Most code points of a sentence that are shown."""


def render(s: Selection, sections: Iterable[Section], width: int = 80, colour: bool = False) -> str:
    """Sections as lines of at most `width` columns (30 at least)."""
    return printed(_parts(s, tuple(sections)), max(width, LEAST), colour)


def _parts(s: Selection, sections: tuple[Section, ...]) -> Iterator[Text | Padding]:
    yield styled((labels.case(s.ledger), "bold"))
    yield line(0, (labels.scope(s.ledger, s.at), "dim"))
    for sentence in labels.assumed(s.ledger, s.at):
        yield line(0, ("Assumed: ", "bold"), sentence)
    if not any(section.entries for section in sections):
        yield Text("\nNone is reported.")
    for section in sections:
        yield Text("")
        yield line(0, (section.title, "bold underline"), f"  {section.mark}" if section.mark else "")
        for entry in section.entries:
            yield from _entry(entry)
    yield Text(f"\n{LAST_LINE}", style="dim")


def _entry(entry: Entry) -> Iterator[Padding]:
    yield line(2, (entry.head, "bold"))
    if entry.facts:
        yield line(4, (" · ".join(entry.facts), "dim"))
    for point in entry.points:
        yield line(4, "- ", point)
    for quote in entry.quotes:
        yield _quoted(quote)


def _quoted(q: Quoted) -> Padding:
    return line(
        4, (f"{q.lead}  " if q.lead else "", "cyan"), f"“{labels.clip(q.text, _QUOTE)}” ", (f"[{q.where}]", "dim")
    )
