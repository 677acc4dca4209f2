"""JSON lines: one report a line, with what is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from onthetable.errors import InputError
from onthetable.reports.decode import MAX_PAGE, MAX_TEXT, decode, too_long
from onthetable.reports.document import Document, Found
from onthetable.reports.limits import opened
from onthetable.reports.page import Meta, article, merged
from onthetable.reports.stamps import YEARS, plausible


def read_json_lines(stream: BinaryIO, name: str, first: bytes | None = None) -> Iterator[Found]:
    """A report a line; `first` is a line that was read already. Raises InputError if there is no line."""
    number = 0
    while True:
        line = first if first is not None else stream.readline(MAX_PAGE + 1)
        first = None
        if not line:
            break
        number += 1
        where = f"{name}:{number}"
        if len(line) > MAX_PAGE:
            yield InputError(where, too_long(page=True))
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_PAGE)
        elif line.strip():
            try:
                yield _record(line, name, where)
            except InputError as e:
                yield e
    if not number:
        raise InputError(name, "empty file")


def _record(line: bytes, name: str, where: str) -> Document:
    try:
        raw = json.loads(decode(line, where, page=True))
    except (ValueError, RecursionError) as e:
        raise InputError(where, f"not valid JSON ({getattr(e, 'msg', type(e).__name__)})") from None
    if not isinstance(raw, dict):
        raise InputError(where, "not a JSON object")
    fields = {k: _string(raw, k, where) for k in ("text", "html", "url", "title", "outlet", "author", "date")}
    ident = raw.get("id")
    if ident is not None and isinstance(ident, str | int):
        where = f"{name}#{ident}"
    known = Meta(fields["title"], fields["url"], fields["outlet"], fields["author"], _day(fields["date"], where))
    text = fields["text"]
    if text is not None and text.strip():
        if len(text) > MAX_TEXT:
            raise InputError(where, too_long())
        return Document(where, text, known)
    if fields["html"]:
        text, meta = opened(where, article, fields["html"], where)
        return Document(where, text, merged(known, meta))
    raise InputError(where, "has no text" if "text" in raw or "html" in raw else 'has neither "text" nor "html"')


def _string(raw: dict[str, Any], key: str, where: str) -> str | None:
    value = raw.get(key)
    if value is not None and not isinstance(value, str):
        raise InputError(where, f'"{key}" is not a string')
    return value


def _day(value: str | None, where: str) -> date | None:
    if not value:
        return None
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        raise InputError(where, f'"date" is no ISO date: {value[:40]!r}') from None
    if not plausible(day):
        raise InputError(where, f'"date" is no day on which a report appeared: {value[:40]!r} ({YEARS})')
    return day
