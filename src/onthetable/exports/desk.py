"""A brief for a desk, as a Word document: positions, proposals and figures, each with its sentence and report."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from typing import Any

import docx

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
    document = docx.Document()
    document.core_properties.title = xml(labels.case(ledger))[:255]  # Word takes no longer one
    document.core_properties.author = "On the Table"
    document.add_heading(xml(labels.case(ledger)), 0)
    document.add_paragraph(xml(labels.scope(ledger, at)))
    for sentence in labels.assumed(ledger, at):
        document.add_paragraph(xml(f"Assumed: {sentence}"))
    for view, title in _PARTS.items():
        document.add_heading(title, 1)
        _sections(document, entries.sections(Selection(ledger, at), view))
        silent = [labels.issue(ledger, g.issue) for g in ledger.gaps(at) if not g.positions]
        if view == "positions" and silent:
            document.add_paragraph(xml(f"Not reported at all: {', '.join(silent)}. Silence is not “unchanged”."))
    document.add_heading("Reports", 1)
    for r in ledger.reports(at):
        text = f"{labels.title(r)} ({labels.report(r)}, {labels.interval(ledger.day(r.id))}; {r.path})"
        document.add_paragraph(xml(labels.one_line(text)), style="List Bullet")
    document.add_paragraph("It says what is reported, not who is right.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _sections(document: Any, sections: Iterable[entries.Section]) -> None:
    told = [s for s in sections if s.entries]
    if not told:
        document.add_paragraph("None is reported.")
    for section in told:
        document.add_heading(xml(f"{section.title} ({section.mark})" if section.mark else section.title), 2)
        for e in section.entries:
            line = document.add_paragraph(style="List Bullet")
            line.add_run(xml(e.head)).bold = True
            line.add_run(xml("".join(f" · {f}" for f in e.facts)))
            for point in e.points:
                document.add_paragraph(xml(point), style="List Bullet 2")
            for q in e.quotes:
                lead = f"{q.lead}: " if q.lead else ""
                document.add_paragraph(xml(f"{lead}“{q.text}” [{q.where}]"), style="Quote")
