"""A brief for a person's desk, as a Word document: where they stand, each position with its sentence and its source."""

from __future__ import annotations

import io
from datetime import date

import docx

from onthetable.exports.networks import xml
from onthetable.views import labels
from onthetable.views.ledger import Ledger


def brief(ledger: Ledger, at: date | None = None) -> bytes:
    """The document."""
    document = docx.Document()
    document.core_properties.title = xml(labels.case(ledger))
    document.core_properties.author = "On the Table"
    document.add_heading(xml(labels.case(ledger)), 0)
    document.add_paragraph(xml(labels.scope(ledger, at)))
    for sentence in labels.assumed(ledger, at):
        document.add_paragraph(xml(f"Assumed: {sentence}"))
    document.add_heading("Where they stand", 1)
    for gap in ledger.gaps(at):
        if not gap.positions:
            continue
        document.add_heading(xml(f"{labels.issue(ledger, gap.issue)} ({gap.state})"), 2)
        for p in gap.positions:
            last = ledger.move(p.moves[-1])
            line = document.add_paragraph(style="List Bullet")
            line.add_run(xml(f"{p.party} {labels.stance(p)}")).bold = True
            line.add_run(xml(f" {labels.since(p)}; {labels.backing(p)}"))
            report = ledger.report(last.report)
            where = f"{labels.report(report)}, {labels.interval(ledger.day(report.id))}"
            document.add_paragraph(xml(f"“{labels.one_line(last.evidence.text)}” {labels.word(ledger, last)}, {where}"),
                                   style="Quote")  # fmt: skip
    silent = [labels.issue(ledger, g.issue) for g in ledger.gaps(at) if not g.positions]
    if silent:
        document.add_paragraph(xml(f"Not reported at all: {', '.join(silent)}. Silence is not “unchanged”."))
    document.add_heading("Reports", 1)
    for r in ledger.reports(at):
        text = f"{labels.title(r)} ({labels.report(r)}, {labels.interval(ledger.day(r.id))}; {r.path})"
        document.add_paragraph(xml(text), style="List Bullet")
    document.add_paragraph("It says what is reported, not who is right.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
