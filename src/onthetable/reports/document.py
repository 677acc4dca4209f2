"""What an input gives before it is read as a report."""

from __future__ import annotations

from dataclasses import dataclass

from onthetable.errors import InputError
from onthetable.reports.page import NOTHING, Meta

MAX_FILE = 64_000_000
"""Most bytes of a packed file (PDF, DOCX, mail), and most that one may unpack to."""


@dataclass(frozen=True, slots=True)
class Document:
    """A report before it is read: its name (path, `path:line` or `path#id`), its text and what else is known."""

    name: str
    text: str
    meta: Meta = NOTHING


Found = Document | InputError


def too_large(name: str) -> InputError:
    """The rejection of a packed file over the limit."""
    return InputError(name, f"too large (at most {MAX_FILE:,} bytes)")
