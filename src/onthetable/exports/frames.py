"""Tables as Parquet files, and as the data frames of pandas and polars."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onthetable.errors import OnTheTableError
from onthetable.exports.columns import COLUMNS, Table
from onthetable.exports.rows import Row


def needed(name: str, extra: str) -> Any:
    """A library of an extra. Raises OnTheTableError, with the command that installs it, if it is not there."""
    try:
        return importlib.import_module(name)
    except ImportError:
        raise OnTheTableError(f"this needs {name.partition('.')[0]}: pip install 'onthetable[{extra}]'") from None


def arrow(rows: Sequence[Row], name: Table) -> Any:
    """The rows as a pyarrow Table with the columns and types of the table, also where there are no rows."""
    pa = needed("pyarrow", "tables")
    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    columns = COLUMNS[name]
    schema = pa.schema([(n, types[t]) for n, t in columns.items()])
    return pa.table({n: [r[n] for r in rows] for n in columns}, schema=schema)


def parquet(rows: Sequence[Row], name: Table, path: Path) -> None:
    """The rows as a Parquet file."""
    needed("pyarrow.parquet", "tables").write_table(arrow(rows, name), path)


def to_pandas(rows: Sequence[Row], name: Table) -> Any:
    """The rows as a pandas DataFrame."""
    needed("pandas", "tables")
    return arrow(rows, name).to_pandas()


def to_polars(rows: Sequence[Row], name: Table) -> Any:
    """The rows as a polars DataFrame."""
    return needed("polars", "tables").from_arrow(arrow(rows, name))
