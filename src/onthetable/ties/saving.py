"""The memory of ties as bytes, so that a later run goes on from it: what its parts hold, without the rules.

Only records of this program and plain containers are taken from the bytes, whoever wrote them (restricted unpickling:
the Python manual, pickle, "Restricting Globals").
"""

from __future__ import annotations

import importlib
import io
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import is_dataclass
from enum import Enum
from typing import Any, BinaryIO, ClassVar

from onthetable.model import Event, Figure, Move, Reading, Report

_Named = Reading | Report | Move | Figure | Event
_PLAIN = {("datetime", "date"), ("array", "_array_reconstructor"), ("array", "array")}


class Part:
    """Something of which the attributes named in `KEPT` are its whole memory: containers, or parts again."""

    KEPT: ClassVar[tuple[str, ...]] = ()


def saved(part: Part, named: Iterable[Reading] = ()) -> bytes:
    """The memory of a part. Of the `named` readings, who restores it has to have the like; others are in the bytes."""
    buffer = io.BytesIO()
    known = {id(record) for reading in named for _, record in _records(reading)}

    def reduced(record: _Named) -> Any:
        return _by_name(record) if id(record) in known else record.__reduce_ex__(5)

    pickler = pickle.Pickler(buffer, 5)
    pickler.dispatch_table = dict.fromkeys((Reading, Report, Move, Figure, Event), reduced)
    pickler.dump(_memory(part))
    return buffer.getvalue()


def restore(part: Part, memory: BinaryIO, readings: Iterable[Reading]) -> None:
    """Gives a new part the memory that was saved. Raises ValueError if bytes are damaged or a reading is missing."""
    try:
        _remember(part, _Unpickler(memory, readings).load())
    except (pickle.UnpicklingError, KeyError, AttributeError, TypeError, EOFError, IndexError, ImportError) as e:
        raise ValueError(f"what ties were made of cannot be read ({e})") from None


def _memory(part: Part) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in part.KEPT:
        value = getattr(part, name)
        # Dictionaries with defaults are saved as plain ones: the new part has its own.
        found[name] = _memory(value) if isinstance(value, Part) else dict(value) if isinstance(value, dict) else value
    return found


def _remember(part: Part, memory: dict[str, Any]) -> None:
    """Fills the containers of a part, which others may hold as well."""
    for name in part.KEPT:
        value, known = memory[name], getattr(part, name)
        if isinstance(known, Part):
            _remember(known, value)
        elif isinstance(known, list):
            known[:] = value
        else:
            known.clear()
            known.update(value)


def _by_name(record: _Named) -> tuple[type[_named], tuple[str, str]]:
    id = record.report.id if isinstance(record, Reading) else record.id
    return _named, (type(record).__name__, id)


class _named:
    """Stands in the bytes for a record of a reading."""


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: BinaryIO, readings: Iterable[Reading]) -> None:
        super().__init__(file)
        self._records = {(type(r).__name__, id): r for reading in readings for id, r in _records(reading)}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (__name__, _named.__name__):
            return lambda kind, id: self._records[kind, id]
        if (module, name) == ("builtins", "getattr"):  # how some releases of Python write a member of an enumeration
            return _member
        if (module, name) in _PLAIN:
            return getattr(importlib.import_module(module), name)
        if module.startswith(("onthetable.ties.", "onthetable.model")):
            found = getattr(importlib.import_module(module), name)
            record = isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum))
            if record and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place there")


def _member(kind: type[Enum], name: str) -> Enum:
    if not issubclass(kind, Enum):
        raise pickle.UnpicklingError(f"{kind} is no enumeration")
    return kind[name]


def _records(reading: Reading) -> Iterator[tuple[str, _Named]]:
    yield reading.report.id, reading
    yield reading.report.id, reading.report
    for found in (reading.moves, reading.figures, reading.events):
        yield from ((record.id, record) for record in found)
