"""Records to bytes and back: JSON by pydantic over the frozen records, compressed."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import fields, replace
from functools import cache
from io import BytesIO
from typing import Any, BinaryIO

from pydantic import TypeAdapter

from onthetable.case import Case
from onthetable.model import Reading, Report, Ties
from onthetable.reviews import Review
from onthetable.text import whole

_NOBODY = Report("", "", "", "")
"""Stands in a stored reading for its report, which is stored once."""


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def plain(name: str) -> str:
    """A name as a database takes it: without NUL and halves of surrogate pairs, which file names may have."""
    return whole(name).replace("\0", "\ufffd")


def report_to_bytes(report: Report) -> bytes:
    """A report as it is stored."""
    return zlib.compress(_adapter(Report).dump_json(replace(report, **_plain_names(report))))


def _plain_names(report: Report) -> dict[str, Any]:
    values = {f.name: getattr(report, f.name) for f in fields(report) if f.name != "text"}
    return {name: plain(value) for name, value in values.items() if isinstance(value, str)}


def report_from_bytes(data: bytes) -> Report:
    """The report that was stored. Raises ValueError or zlib.error if the bytes are damaged."""
    found: Report = _adapter(Report).validate_json(zlib.decompress(data))
    return found


def reading_to_bytes(reading: Reading) -> bytes:
    """A reading as it is stored, without its report."""
    return zlib.compress(_adapter(Reading).dump_json(replace(reading, report=_NOBODY)))


def reading_from_bytes(data: bytes, report: Report) -> Reading:
    """The reading that was stored, with its report. Raises ValueError or zlib.error if the bytes are damaged."""
    found: Reading = _adapter(Reading).validate_json(zlib.decompress(data))
    return replace(found, report=report)


def ties_to_bytes(ties: Ties) -> bytes:
    """Ties as they are stored."""
    return zlib.compress(_adapter(Ties).dump_json(ties), 1)


def ties_from_bytes(data: bytes) -> Ties:
    """The ties that were stored. Raises ValueError or zlib.error if the bytes are damaged."""
    found: Ties = _adapter(Ties).validate_json(zlib.decompress(data))
    return found


def memory_to_bytes(names: Sequence[str], memory: bytes) -> bytes:
    """What ties were made of as it is stored, with the names of the readings."""
    listed, packer = "\n".join(names).encode(), zlib.compressobj(1)
    return b"".join(map(packer.compress, (b"%d\n" % len(listed), listed, memory))) + packer.flush()


def memory_from_bytes(data: bytes) -> tuple[list[str], BinaryIO]:
    """The names and, as a file, the memory that were stored. Raises ValueError or zlib.error if they are damaged."""
    file = BytesIO(zlib.decompress(data))  # gigabytes of a large ledger, so held but once
    return file.read(int(file.readline())).decode().split("\n"), file


def answer_to_bytes(kind: Any, answer: object) -> bytes:
    """What a ledger answers as it is stored, of a type that pydantic knows."""
    return zlib.compress(_adapter(kind).dump_json(answer), 1)


def answer_from_bytes(kind: Any, data: bytes) -> Any:
    """The answer of a type that was stored. Raises ValueError or zlib.error if the bytes are damaged."""
    return _adapter(kind).validate_json(zlib.decompress(data))


def review_to_text(review: Review) -> str:
    """A review as it is stored."""
    return _adapter(Review).dump_json(review).decode()


def review_from_text(text: str) -> Review:
    """The review that was stored. Raises ValueError if the text is damaged."""
    found: Review = _adapter(Review).validate_json(text)
    return found


def case_to_text(case: Case) -> str:
    """A case as it is stored."""
    return _adapter(Case).dump_json(case).decode()


def case_from_text(text: str) -> Case:
    """The case that was stored. Raises ValueError if the text is damaged."""
    found: Case = _adapter(Case).validate_json(text)
    return found
