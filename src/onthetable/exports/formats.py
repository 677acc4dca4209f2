"""Every format that a ledger can be written in, as files of a folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from onthetable.errors import OnTheTableError, UsageError
from onthetable.exports.columns import COLUMNS, EVENT_ROWS
from onthetable.exports.csv import csv
from onthetable.exports.frames import parquet
from onthetable.exports.jsonld import jsonld
from onthetable.exports.networks import graphml, networks
from onthetable.exports.plover import plover
from onthetable.exports.rows import tables
from onthetable.views import json, markdown
from onthetable.views.ledger import Ledger

Format = Literal["csv", "parquet", "json", "jsonld", "plover", "graphml", "qdpx", "docx", "md"]
FORMATS: tuple[Format, ...] = get_args(Format)


def export(ledger: Ledger, form: Format, folder: str | Path, at: date | None = None) -> tuple[Path, ...]:
    """Writes a ledger, as known on a day if one is given, into a folder that is made if it is not there.

    Gives the files; those of the same names are written over. Raises UsageError if there is no such format, and
    OnTheTableError if the folder cannot be written, or if the library that a format needs is not installed.
    """
    if form not in _WRITERS:
        raise UsageError(f"{form!r} is no format: expected one of {', '.join(FORMATS)}")
    where = Path(folder)
    try:
        where.mkdir(parents=True, exist_ok=True)
        return tuple(sorted(_WRITERS[form](ledger, where, at)))
    except OSError as e:
        raise OnTheTableError(f"{where}: cannot be written ({e.strerror or type(e).__name__})") from None


def _csv(ledger: Ledger, folder: Path, at: date | None) -> list[Path]:
    return [_text(folder / f"{name}.csv", csv(rows, COLUMNS[name])) for name, rows in tables(ledger, at).items()]


def _parquet(ledger: Ledger, folder: Path, at: date | None) -> list[Path]:
    files = []
    for name, rows in tables(ledger, at).items():
        files.append(folder / f"{name}.parquet")
        parquet(rows, name, files[-1])
    return files


def _graphml(ledger: Ledger, folder: Path, at: date | None) -> list[Path]:
    return [_text(folder / f"{name}.graphml", graphml(graph)) for name, graph in networks(ledger, at).items()]


def _qdpx(ledger: Ledger, folder: Path, at: date | None) -> list[Path]:
    from onthetable.exports.qdpx import qdpx  # lxml is loaded for this alone

    return [_bytes(folder / "project.qdpx", qdpx(ledger, at))]


def _docx(ledger: Ledger, folder: Path, at: date | None) -> list[Path]:
    from onthetable.exports.desk import brief  # python-docx is loaded for this alone

    return [_bytes(folder / "brief.docx", brief(ledger, at))]


def _text(file: Path, content: str) -> Path:
    return _bytes(file, content.encode("utf-8", "replace"))


def _bytes(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    return file


_WRITERS: dict[Format, Callable[[Ledger, Path, date | None], list[Path]]] = {
    "csv": _csv,
    "parquet": _parquet,
    "json": lambda ledger, folder, at: [_text(folder / "ledger.json", json.document(ledger, at))],
    "jsonld": lambda ledger, folder, at: [_text(folder / "ledger.jsonld", jsonld(ledger, at))],
    "plover": lambda ledger, folder, at: [_text(folder / "plover.csv", csv(plover(ledger, at), EVENT_ROWS))],
    "graphml": _graphml,
    "qdpx": _qdpx,
    "docx": _docx,
    "md": lambda ledger, folder, at: [_text(folder / "brief.md", markdown.render(ledger, at))],
}
