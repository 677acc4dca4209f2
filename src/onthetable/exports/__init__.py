"""A ledger in the forms that others work with: tables, linked data, event rows, networks, coding projects, briefs."""

from onthetable.exports.columns import TABLES, Table
from onthetable.exports.formats import FORMATS, Format, export
from onthetable.exports.rows import Row, tables

__all__ = ["FORMATS", "TABLES", "Format", "Row", "Table", "export", "tables"]
