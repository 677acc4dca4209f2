"""A web archive (ISO 28500) to the pages in it; a broken record is named and costs only itself."""

from __future__ import annotations

import io
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from onthetable.errors import InputError
from onthetable.reports.decode import MAX_PAGE, too_long

MOST_BROKEN = 1_000
"""After so many broken records the rest of an archive is given up."""
MOST_WASTED = 1 << 30
"""Nor are more bytes of them looked at than these."""
MOST_UNPACKED = 1 << 30
"""Most bytes that one packed record may unpack to: some hold films, which are passed over."""
_KEPT = MAX_PAGE + 1_000_000
_GZIP = b"\x1f\x8b\x08"
_TYPES = {"text/html": True, "application/xhtml+xml": True, "text/plain": False}
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Capture:
    """A page that an archive holds: its address, whether it is HTML, and its bytes."""

    url: str
    page: bool
    data: bytes


@dataclass(frozen=True, slots=True)
class _Member:
    """What a packed record unpacks to, or the beginning of it if it is `cut`; where it ends in the archive."""

    data: bytes
    cut: bool
    end: int


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
    if head == b"\x1f\x8b":
        yield from _packed(stream, name)
        return
    at: int | None = 0
    broken = 0
    while at is not None and broken < MOST_BROKEN:
        stream.seek(at)
        failed = yield from _records(stream, name, at)
        if failed is None:
            return
        broken += 1
        at = _next(stream, b"WARC/", failed.at + 1)
        if at is None or not failed.read:  # else it is the one after that is broken, and is named when tried by itself
            yield _broken(name, failed.at)
    if broken >= MOST_BROKEN:
        yield _given_up(name)


def _packed(stream: BinaryIO, name: str) -> Iterator[Capture | InputError]:
    """The pages of an archive whose records are packed one by one.

    Each is held against its checksum before it is read: damaged bytes unpack to other bytes more often than to none.
    """
    at: int | None = 0
    broken = wasted = 0
    while at is not None:
        found = _member(stream, at)
        if isinstance(found, _Member) and (yield from _records(io.BytesIO(found.data), name, 0, found.cut)) is None:
            at = _next(stream, _GZIP, found.end)
            continue
        yield _broken(name, at)
        broken += 1
        wasted += stream.tell() - at
        if broken >= MOST_BROKEN or wasted > MOST_WASTED:
            yield _given_up(name)
            return
        at = _next(stream, _GZIP, at + 1)


def _member(stream: BinaryIO, at: int) -> _Member | None:
    """A packed record, whose checksum is right; None if it is broken or unpacks to more than `MOST_UNPACKED`."""
    stream.seek(at)
    unpack, kept, size = zlib.decompressobj(wbits=31), bytearray(), 0
    try:
        while not unpack.eof:
            block = unpack.unconsumed_tail or stream.read(_BLOCK)
            out = unpack.decompress(block, 16 * _BLOCK)
            size += len(out)
            if not (block or out) or size > MOST_UNPACKED:
                return None
            kept += out[: _KEPT - len(kept)]
    except zlib.error:
        return None
    return _Member(bytes(kept), size > len(kept), stream.tell() - len(unpack.unused_data))


def _broken(name: str, at: int) -> InputError:
    return InputError(f"{name}@{at}", "a WARC record that cannot be read")


def _given_up(name: str) -> InputError:
    return InputError(name, "too many broken records; the rest is not read")


def _records(
    stream: BinaryIO, name: str, begin: int, cut: bool = False
) -> Generator[Capture | InputError, None, _Failure | None]:
    """The records from here on, or the one that is `cut`; returns where one is broken, or None at the end."""
    from warcio.archiveiterator import ArchiveIterator  # only an archive needs it

    at, done = begin, False
    try:
        records = ArchiveIterator(stream)
        while (record := next(records, None)) is not None:
            at, done = records.offset, False  # get_record_offset() would first read the record to its end
            found = _capture(record, name)
            while record.raw_stream.read(_BLOCK):
                pass
            if (getattr(record.raw_stream, "limit", 0) > 0) != cut:
                return _Failure(at, False)  # the file ends within it, or what was cut off held more records
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
