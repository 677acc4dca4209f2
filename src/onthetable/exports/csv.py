"""Tables as CSV (RFC 4180, UTF-8): one file each. No cell begins as a formula of a spreadsheet."""

from __future__ import annotations

import csv as standard
import io
from collections.abc import Sequence

from onthetable.exports.columns import Cell, Columns
from onthetable.exports.rows import Row

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would reckon with; an apostrophe before it makes it text."""


def csv(rows: Sequence[Row], columns: Columns) -> str:
    """The rows under a header, which stands there also if there are none."""
    out = io.StringIO()
    writer = standard.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(r.get(n)) for n in columns] for r in rows)
    return out.getvalue()


def cell(value: Cell) -> str:
    """A value as text: nothing is empty, yes and no are true and false, whole numbers have no point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text
