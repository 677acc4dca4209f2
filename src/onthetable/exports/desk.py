"""A brief for a desk, as a Word document: positions, proposals and figures, each with its sentence and report."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph

from onthetable.exports.xml import xml
from onthetable.views import entries, labels
from onthetable.views.ledger import Ledger
from onthetable.views.selection import Selection

_PARTS: dict[entries.View, str] = {
    "positions": "Where they stand, and how they got there", "proposals": "Proposals and what they change",
    "figures": "Figures", "timeline": "Events", "sources": "Sources",
}  # fmt: skip


def brief(ledger: Ledger, at: date | None = None) -> bytes:
    """The document."""
    pages = _Pages(labels.case(ledger))
    pages.add("Title", labels.case(ledger))
    pages.add("Normal", labels.scope(ledger, at))
    for sentence in labels.assumed(ledger, at):
        pages.add("Normal", f"Assumed: {sentence}")
    for view, title in _PARTS.items():
        pages.add("Heading 1", title)
        _sections(pages, entries.sections(Selection(ledger, at), view))
        silent = [labels.issue(ledger, g.issue) for g in ledger.gaps(at) if not g.positions]
        if view == "positions" and silent:
            pages.add("Normal", f"Not reported at all: {', '.join(silent)}. Silence is not “unchanged”.")
    pages.add("Heading 1", "Reports")
    for r in ledger.reports(at):
        text = f"{labels.title(r)} ({labels.report(r)}, {labels.interval(ledger.day(r.id))}; {r.path})"
        pages.add("List Bullet", labels.one_line(text))
    pages.add("Normal", "It says what is reported, not who is right.")
    return pages.saved()


def _sections(pages: _Pages, sections: Iterable[entries.Section]) -> None:
    told = [s for s in sections if s.entries]
    if not told:
        pages.add("Normal", "None is reported.")
    for section in told:
        pages.add("Heading 2", f"{section.title} ({section.mark})" if section.mark else section.title)
        for e in section.entries:
            pages.add("List Bullet", "".join(f" · {f}" for f in e.facts), bold=e.head)
            for point in e.points:
                pages.add("List Bullet 2", point)
            for q in e.quotes:
                pages.add("Quote", f"{f'{q.lead}: ' if q.lead else ''}“{q.text}” [{q.where}]")


class _Pages:
    """A document that is only added to, each paragraph in the same time: `add_paragraph` of python-docx walks through
    all that stand there already, and through all styles.
    """

    def __init__(self, title: str) -> None:
        self._document: Any = docx.Document()
        self._document.core_properties.title = xml(title)[:255]  # Word takes no longer one
        self._document.core_properties.author = "On the Table"
        self._end = self._document.element.body.sectPr
        self._styles = {s.name: s.style_id for s in self._document.styles}

    def add(self, style: str, text: str, bold: str = "") -> None:
        """A paragraph in a style of the document; `bold` comes first."""
        element: Any = OxmlElement("w:p")
        self._end.addprevious(element)
        element.style = self._styles[style]
        paragraph = Paragraph(element, self._document)
        if bold:
            paragraph.add_run(xml(bold)).bold = True
        paragraph.add_run(xml(text))

    def saved(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()
