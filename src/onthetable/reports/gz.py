"""One compressed file to its bytes, never more of them than a file may have."""

from __future__ import annotations

import zlib

from onthetable.errors import InputError
from onthetable.reports.document import MAX_FILE


def gunzip(data: bytes, name: str) -> bytes:
    """The bytes in a gzip file of one member. Raises InputError: broken, cut short, too large, several members."""
    packed = zlib.decompressobj(wbits=31)
    try:
        out = packed.decompress(data, MAX_FILE + 1)
    except zlib.error:
        raise InputError(name, "a compressed file that cannot be read") from None
    if len(out) > MAX_FILE:
        raise InputError(name, f"unpacks to too much (at most {MAX_FILE:,} bytes)")
    if not packed.eof:
        raise InputError(name, "a compressed file that is cut short")
    if packed.unused_data.strip(b"\0"):
        raise InputError(name, "more than one file in it; unpack it first")
    return out
