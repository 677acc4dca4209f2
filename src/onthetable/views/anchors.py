"""Where things are on the page: ids of its elements, without the "#"."""

from __future__ import annotations

import re

from onthetable.model import Event, Figure, Move, Proposal, Span, Statement, Voice


def words(report: str, span: Span) -> str:
    """The highlight of a span of a report."""
    return f"e-{report}-{span.start}-{span.end}"


def evidence(item: Move | Proposal | Figure | Event) -> str:
    """The highlighted words behind a finding."""
    return words(item.report, item.evidence)


def said(statement: Statement) -> str:
    """The highlighted words of what a statement says."""
    return words(statement.report, statement.content)


def issue(id: str) -> str:
    """An issue; characters that an id cannot have are spelt out."""
    return "i-" + re.sub(r"[^\w-]", lambda m: f".{ord(m[0]):x}.", id)


def source(voice: Voice) -> str:
    """A source, by the first thing it says."""
    return voice_of(voice.statements[0])


def voice_of(statement: str) -> str:
    """The source whose first statement this is (by id)."""
    return f"v-{statement}"


def position(place: int) -> str:
    """A position, by its place among all."""
    return f"pos-{place}"
