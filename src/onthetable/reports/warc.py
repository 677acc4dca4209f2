"""A web archive (ISO 28500) to the pages in it; a broken record is named and costs only itself."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from onthetable.errors import InputError
from onthetable.reports.decode import MAX_PAGE, too_long

MOST_BROKEN = 1_000
"""After so many broken records the rest of an archive is given up."""
_TYPES = {"text/html": True, "application/xhtml+xml": True, "text/plain": False}
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Capture:
    """A page that an archive holds: its address, whether it is HTML, and its bytes."""

    url: str
    page: bool
    data: bytes


@dataclass(frozen=True, slots=True)
class _Failure:
    """Where reading stopped: at which record, and whether that one was still read."""

    at: int
    read: bool


def read_warc(stream: BinaryIO, name: str) -> Iterator[Capture | InputError]:
    """The pages answered with status 200 in a WARC or WARC.gz; other records are passed over.

    A record that cannot be read is an InputError named `name@offset`; reading goes on at the next record.
    """
    head = stream.read(2)
    stream.seek(0)
    marker = b"\x1f\x8b\x08" if head == b"\x1f\x8b" else b"WARC/"
    at: int | None = 0
    broken = 0
    while at is not None and broken < MOST_BROKEN:
        stream.seek(at)
        failed = yield from _records(stream, name, at)
        if failed is None:
            return
        broken += 1
        at = _next(stream, marker, failed.at + 1)
        if at is None or not failed.read:  # else it is the one after that is broken, and is named when tried by itself
            yield InputError(f"{name}@{failed.at}", "a WARC record that cannot be read")
    if broken >= MOST_BROKEN:
        yield InputError(name, f"more than {MOST_BROKEN:,} broken records; the rest is not read")


def _records(stream: BinaryIO, name: str, begin: int) -> Generator[Capture | InputError, None, _Failure | None]:
    """The records from here on; returns where one is broken, or None at the end."""
    from warcio.archiveiterator import ArchiveIterator  # only an archive needs it

    at, done = begin, False
    try:
        records = ArchiveIterator(stream)
        while (record := next(records, None)) is not None:
            at, done = records.offset, False  # get_record_offset() would first read the record to its end
            found = _capture(record, name)
            while record.raw_stream.read(_BLOCK):
                pass
            if getattr(record.raw_stream, "limit", 0) > 0:
                return _Failure(at, False)  # the file ends within the record
            if found is not None:
                yield found
            done = True
    except Exception:  # warcio lets through what heads, zlib and codecs raise
        return _Failure(at, done)
    return None


def _capture(record: Any, name: str) -> Capture | InputError | None:
    if record.rec_type != "response" or record.http_headers is None:
        return None
    kind = (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    if kind not in _TYPES or record.http_headers.get_statuscode() != "200":
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    data = record.content_stream().read(MAX_PAGE + 1)
    if len(data) > MAX_PAGE:
        return InputError(f"{name}#{url}", too_long(page=True))
    return Capture(url, _TYPES[kind], data)


def _next(stream: BinaryIO, marker: bytes, at: int) -> int | None:
    """Where the next record may begin."""
    stream.seek(at)
    kept = b""
    while block := stream.read(_BLOCK):
        found = (kept + block).find(marker)
        if found >= 0:
            return at - len(kept) + found
        at += len(block)
        kept = (kept + block)[-len(marker) + 1 :]
    return None
