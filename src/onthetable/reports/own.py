"""What the program writes carries a mark, so that it never takes its own output for a report."""

from __future__ import annotations

GENERATOR = '<meta name="generator" content="onthetable">'
"""Stands in the head of a dossier."""
LAST_LINE = "Written by onthetable."
"""The last line of the terminal view."""
LAST_COMMENT = f"[//]: # ({LAST_LINE})"
"""The last line of a Markdown document, which shows nothing where it is rendered."""
_JSON = '"format": "onthetable-'
_HEAD = 4_096


def is_own(text: str) -> bool:
    """Whether the program wrote this text, in any of its formats."""
    head = text[:_HEAD]
    if GENERATOR in head or (head.lstrip("\ufeff \r\n").startswith("{") and _JSON in head):
        return True
    return text[-_HEAD:].rstrip().endswith((f"\n{LAST_LINE}", f"\n{LAST_COMMENT}"))
