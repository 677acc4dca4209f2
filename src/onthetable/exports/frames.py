"""Tables as Parquet files, and as the data frames of pandas and polars."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onthetable.errors import OnTheTableError
from onthetable.exports.rows import Row

_NUMBERS = ("low", "high", "score", "confidence")
_COUNTS = ("start", "end", "count", "origins", "named", "reports")


def needed(name: str, extra: str) -> Any:
    """A library of an extra. Raises OnTheTableError, with the command that installs it, if it is not there."""
    try:
        return importlib.import_module(name)
    except ImportError:
        raise OnTheTableError(f"this needs {name.partition('.')[0]}: pip install 'onthetable[{extra}]'") from None


def arrow(rows: Sequence[Row], name: str) -> Any:
    """The rows as a pyarrow Table with a type for each column, also where every cell is empty."""
    pa = needed("pyarrow", "tables")
    names = list(dict.fromkeys(k for r in rows for k in r))
    columns = {n: [r.get(n) for r in rows] for n in names}
    schema = pa.schema([(n, _type(pa, n, columns[n], name)) for n in names])
    return pa.table(columns, schema=schema)


def parquet(rows: Sequence[Row], name: str, path: Path) -> None:
    """The rows as a Parquet file."""
    needed("pyarrow.parquet", "tables").write_table(arrow(rows, name), path)


def to_pandas(rows: Sequence[Row], name: str) -> Any:
    """The rows as a pandas DataFrame."""
    needed("pandas", "tables")
    return arrow(rows, name).to_pandas()


def to_polars(rows: Sequence[Row], name: str) -> Any:
    """The rows as a polars DataFrame."""
    return needed("polars", "tables").from_arrow(arrow(rows, name))


def _type(pa: Any, column: str, values: Sequence[Any], name: str) -> Any:
    """By what is in a column; where nothing is, by its name."""
    last = column.rpartition("_")[2]
    if any(isinstance(v, bool) for v in values):
        return pa.bool_()
    if any(isinstance(v, str) for v in values):
        return pa.string()
    if last in _NUMBERS:
        return pa.float64()
    if any(isinstance(v, int) for v in values) or (last in _COUNTS and (name, column) != ("reports", "origins")):
        return pa.int64()
    return pa.float64() if any(isinstance(v, float) for v in values) else pa.string()
