"""A ledger in the forms that others work with: tables, linked data, event rows, networks, coding projects, briefs."""

from onthetable.exports.formats import FORMATS, Format, export
from onthetable.exports.rows import TABLES, Row, Table, tables

__all__ = ["FORMATS", "TABLES", "Format", "Row", "Table", "export", "tables"]
