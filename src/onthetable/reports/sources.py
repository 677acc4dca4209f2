"""Where reports come from: files, folders, JSON lines and standard input. The only module here that reads files."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from onthetable.errors import InputError
from onthetable.reports.decode import MAX_PAGE, MAX_TEXT, decode, too_long
from onthetable.reports.own import is_own
from onthetable.reports.page import NOTHING, Meta, article, is_page
from onthetable.reports.stamps import YEARS, plausible

TEXT = frozenset({".txt", ".text", ".md"})
PAGES = frozenset({".html", ".htm", ".xhtml"})
LINES = frozenset({".jsonl", ".ndjson"})
_LATER = {
    ".pdf": "PDF", ".docx": "DOCX", ".doc": "Word", ".eml": "mail", ".warc": "WARC", ".gz": "compressed files",
    ".rtf": "RTF", ".odt": "ODT", ".zip": "ZIP", ".json": "JSON that is not one object a line (.jsonl)",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """A report before it is read: its name (path, `path:line` or `path#id`), its text and what else is known."""

    name: str
    text: str
    meta: Meta = NOTHING


Found = Document | InputError
_OWN = "written by onthetable itself, no report"


def find_sources(paths: Sequence[str], stdin: BinaryIO | None) -> list[tuple[str, Callable[[], Iterator[Found]]]]:
    """Each input by name with what reads it, sorted by name; the same file named twice counts once.

    Folders are walked; hidden files and folders in them are passed over. Nothing is opened yet.
    """
    inputs: dict[str, tuple[str, Callable[[], Iterator[Found]]]] = {}
    for path in sorted(paths):
        for name in [path] if path == "-" or not os.path.isdir(path) else _walk(path):
            key = name if name == "-" else os.path.realpath(name)
            inputs.setdefault(key, (name, _reader(name, stdin, named=name == path)))
    return sorted(inputs.values(), key=lambda i: i[0])


def _walk(folder: str) -> Iterator[str]:
    """The files of a folder, or the folder itself where it cannot be entered or holds none."""
    found = False
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(n for n in names if not n.startswith(".")):
            found = True
            yield os.path.join(here, name)
    if not found:
        yield folder


def _reader(name: str, stdin: BinaryIO | None, *, named: bool) -> Callable[[], Iterator[Found]]:
    def read() -> Iterator[Found]:
        try:
            yield from _standard_input(stdin) if name == "-" else _file(name, named)
        except InputError as e:
            yield e
        except PermissionError:
            yield InputError(name, "no permission to read it")
        except OSError as e:
            yield InputError(name, (e.strerror or "cannot be read").lower())

    return read


def _file(name: str, named: bool) -> Iterator[Found]:
    """The reports in a file; a pipe is read only if the user `named` it, for one found in a folder may never end."""
    if name.lower().startswith(("http://", "https://", "ftp://")):
        raise InputError(name, "addresses are not read yet, only files")
    path = Path(name)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(name, "no such file") from None
    if stat.S_ISDIR(mode):
        raise InputError(
            name, "a folder without files" if os.access(name, os.R_OK | os.X_OK) else "no permission to read it"
        )
    if not (stat.S_ISREG(mode) or (named and stat.S_ISFIFO(mode))):
        raise InputError(name, "not a plain file")
    suffix = path.suffix.lower()
    with path.open("rb") as stream:
        if suffix in LINES:
            yield from _json_lines(stream, name)
        elif suffix in TEXT | PAGES or not suffix or stat.S_ISFIFO(mode):
            yield _one(stream, name, page=suffix in PAGES)
        else:
            raise InputError(name, _unknown(suffix, stream))


def is_output(path: Path) -> bool:
    """Whether the program itself wrote this file; it may then write over it. Raises OSError."""
    with path.open("rb") as stream:
        return is_own(stream.read(MAX_PAGE).decode("utf-8", "replace"))


def _unknown(suffix: str, stream: BinaryIO) -> str:
    if suffix in _LATER:
        head = stream.read(4_096)
        if is_own(head.decode("utf-8", "replace")):
            return _OWN
        return f"{_LATER[suffix]}: not read yet" if head else "empty file"
    return f"unknown file type {suffix} (known: {', '.join(sorted(TEXT | PAGES | LINES))})"


def _one(stream: BinaryIO, name: str, *, page: bool) -> Document:
    """The one report in a file; never more of the file in memory than a report may have."""
    limit = MAX_PAGE if page else 4 * MAX_TEXT
    data = stream.read(limit + 1)
    return _document(data, name, page=page)


def _document(data: bytes, name: str, *, page: bool) -> Document:
    text = decode(data, name, page=page)
    if is_own(text):
        raise InputError(name, _OWN)
    if page or is_page(text):
        return Document(name, *article(text, name))
    return Document(name, text)


def _standard_input(stdin: BinaryIO | None) -> Iterator[Found]:
    if stdin is None:
        raise InputError("-", "nothing on standard input")
    first = stdin.readline(4 * MAX_TEXT + 1)
    if first.lstrip().startswith(b"{") and _is_object(first):
        yield from _json_lines(stdin, "-", first)
    else:
        rest = stdin.read(max(0, MAX_PAGE + 1 - len(first)))
        yield _document(first + rest, "-", page=is_page(first[:2_000].decode("utf-8", "replace")))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


# --- JSON lines ---------------------------------------------------------------------------------------


def _json_lines(stream: BinaryIO, name: str, first: bytes | None = None) -> Iterator[Found]:
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
        text, meta = article(fields["html"], where)
        return Document(where, text, _merged(known, meta))
    raise InputError(where, "has no text" if "text" in raw or "html" in raw else 'has neither "text" nor "html"')


def _merged(known: Meta, page: Meta) -> Meta:
    return Meta(
        known.title or page.title, known.url or page.url, known.outlet or page.outlet,
        known.author or page.author, known.dated or page.dated,
    )  # fmt: skip


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
