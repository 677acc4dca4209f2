"""Where reports come from: files, folders, addresses and standard input. The only module here that reads files."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from onthetable.errors import InputError
from onthetable.reports.decode import MAX_PAGE, MAX_TEXT
from onthetable.reports.document import MAX_FILE, Found, too_large
from onthetable.reports.formats import KNOWN, LINES, OWN, PACKED, PAGES, open_address, open_bytes, open_warc
from onthetable.reports.jsonlines import read_json_lines
from onthetable.reports.own import is_own
from onthetable.reports.page import is_page
from onthetable.reports.web import Fetcher, is_address

_LATER = {
    ".doc": "old Word files", ".rtf": "RTF", ".odt": "ODT", ".zip": "ZIP (unpack it first)",
    ".json": "JSON that is not one object a line (.jsonl)",
}  # fmt: skip
_STREAMED = LINES | {".warc"}
_OUTSIDE = "a link out of the folder, not followed"
_CHANGED = "changed while it was read"


def find_sources(
    paths: Sequence[str], stdin: BinaryIO | None, fetcher: Fetcher | None = None
) -> list[tuple[str, Callable[[], Iterator[Found]]]]:
    """Each input by name with what reads it, sorted by name; the same file named twice counts once.

    Folders are walked; hidden files and folders in them are passed over, links out of them not followed. Nothing is
    opened or fetched yet.
    """
    fetcher = fetcher or Fetcher()
    inputs: dict[str, tuple[str, Callable[[], Iterator[Found]]]] = {}
    for path in sorted(paths):
        if path == "-" or is_address(path):
            inputs.setdefault(path, (path, _reader(path, stdin, fetcher, named=True)))
            continue
        for name in _walk(path) if os.path.isdir(path) else [path]:
            real = os.path.realpath(name)
            if name != path and not _inside(real, os.path.realpath(path)):
                inputs.setdefault(f"{name}\0", (name, _rejecting(name)))
            elif name == path or not os.path.isdir(name):
                inputs.setdefault(real, (name, _reader(name, stdin, fetcher, named=name == path)))
    return sorted(inputs.values(), key=lambda i: i[0])


def _inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _walk(folder: str) -> Iterator[str]:
    """The files of a folder and the links to folders, or the folder itself where it cannot be entered or has none."""
    found = False
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        links = [f for f in folders if os.path.islink(os.path.join(here, f))]
        for name in sorted([*(n for n in names if not n.startswith(".")), *links]):
            found = True
            yield os.path.join(here, name)
    if not found:
        yield folder


def _rejecting(name: str) -> Callable[[], Iterator[Found]]:
    return lambda: iter((InputError(name, _OUTSIDE),))


def _reader(name: str, stdin: BinaryIO | None, fetcher: Fetcher, *, named: bool) -> Callable[[], Iterator[Found]]:
    def read() -> Iterator[Found]:
        try:
            if name == "-":
                yield from _standard_input(stdin)
            elif is_address(name):
                yield from open_address(name, fetcher)
            else:
                yield from _file(name, named)
        except InputError as e:
            yield e
        except PermissionError:
            yield InputError(name, "no permission to read it")
        except OSError as e:
            yield InputError(name, (e.strerror or "cannot be read").lower())
        except Exception as e:  # a library's mistake about one file must not cost the others
            yield InputError(name, f"cannot be read ({type(e).__name__})")

    return read


def _file(name: str, named: bool) -> Iterator[Found]:
    """The reports in a file; a pipe is read only if the user `named` it, for one found in a folder may never end."""
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
    plain = suffix if suffix in KNOWN or not stat.S_ISFIFO(mode) else ""
    with path.open("rb") as stream:
        before = _state(stream)
        if plain and plain not in KNOWN:
            raise InputError(name, _unknown(plain, stream))
        if stat.S_ISREG(mode) and (plain in _STREAMED or path.name.lower().endswith(".warc.gz")):
            yield from read_json_lines(stream, name) if plain in LINES else open_warc(stream, name)
            if _state(stream) != before:
                yield InputError(name, _CHANGED)
        elif plain in LINES:
            yield from read_json_lines(stream, name)
        else:
            data = _read(stream, name, plain)
            if _state(stream) != before and stat.S_ISREG(mode):
                raise InputError(name, _CHANGED)
            yield from open_bytes(data, name, plain)


def _state(stream: BinaryIO) -> tuple[int, int]:
    """The size of an open file and when it was last written."""
    now = os.fstat(stream.fileno())
    return now.st_size, now.st_mtime_ns


def _read(stream: BinaryIO, name: str, suffix: str) -> bytes:
    """The bytes of a file; never more of it in memory than its kind may have."""
    head = stream.read(4)
    if suffix in PACKED or head.startswith((b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"WARC")):
        data = head + stream.read(MAX_FILE + 1 - len(head))
        if len(data) > MAX_FILE:
            raise too_large(name)
        return data
    limit = MAX_PAGE if suffix in PAGES else 4 * MAX_TEXT
    return head + stream.read(limit + 1 - len(head))


def is_output(path: Path) -> bool:
    """Whether the program itself wrote this file; it may then write over it. Raises OSError."""
    with path.open("rb") as stream:
        return is_own(stream.read(MAX_PAGE).decode("utf-8", "replace"))


def _unknown(suffix: str, stream: BinaryIO) -> str:
    if suffix in _LATER:
        head = stream.read(4_096)
        if is_own(head.decode("utf-8", "replace")):
            return OWN
        return f"{_LATER[suffix]}: not read" if head else "empty file"
    return f"unknown file type {suffix} (known: {', '.join(sorted(KNOWN))})"


def _standard_input(stdin: BinaryIO | None) -> Iterator[Found]:
    if stdin is None:
        raise InputError("-", "nothing on standard input")
    first = stdin.readline(4 * MAX_TEXT + 1)
    if first.lstrip().startswith(b"{") and _is_object(first):
        yield from read_json_lines(stdin, "-", first)
    else:
        packed = first.startswith((b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"WARC/"))
        data = first + stdin.read(max(0, (MAX_FILE if packed else MAX_PAGE) + 1 - len(first)))
        if packed and len(data) > MAX_FILE:
            raise too_large("-")
        yield from open_bytes(data, "-", ".html" if is_page(first[:2_000].decode("utf-8", "replace")) else "")


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
