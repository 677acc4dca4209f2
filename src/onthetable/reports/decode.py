"""Bytes to text: what can be decoded with good confidence is, the rest is refused by reason."""

from __future__ import annotations

import codecs
import re

from onthetable.errors import InputError

MAX_TEXT = 1_000_000
"""Most code points of one report; the longest news reports have a tenth of it."""
MAX_PAGE = 16_000_000
"""Most bytes of one page, markup included."""

_KINDS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a DOCX or ZIP"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "an image, not text"),
    (b"\xff\xd8\xff", "an image, not text"),
    (b"GIF8", "an image, not text"),
    (b"WARC/", "a web archive (WARC)"),
    (b"{\\rtf", "RTF is not read"),
    (b"\xd0\xcf\x11\xe0", "an old Word file, or one with a password"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TYPOGRAPHY = frozenset("‘’“”–—…•€£§©®°·«»½¼¾×ªº´ ™†‚„")


def decode(data: bytes, name: str, page: bool = False) -> str:
    """The text of a file: UTF-8, or UTF-16/32 with its mark, or another encoding if it fits beyond doubt.

    For a page (HTML) the encoding that it declares is tried too. Raises InputError: empty, binary, too long, or in
    no encoding that can be told.
    """
    if not data.strip():
        raise InputError(name, "empty file")
    for magic, reason in _KINDS:
        if data.startswith(magic):
            raise InputError(name, reason)
    if len(data) > (MAX_PAGE if page else 4 * MAX_TEXT):
        raise InputError(name, too_long(page))
    text = _decoded(data, name, page)
    if not text.strip("\ufeff \t\r\n\0"):
        raise InputError(name, "empty file")
    if len(text) > (MAX_PAGE if page else MAX_TEXT):
        raise InputError(name, too_long(page))
    return text


def too_long(page: bool = False) -> str:
    """The reason given for a text or page over the limit."""
    limit = f"{MAX_PAGE:,} bytes" if page else f"{MAX_TEXT:,} characters"
    return f"too long for one report (at most {limit})"


def _decoded(data: bytes, name: str, page: bool) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise InputError(name, f"broken {encoding.removesuffix('-sig').upper()}") from None
    if b"\0" in data:
        return _unmarked_utf16(data, name)
    if _control_share(data[:65_536]) > 0.01:
        raise InputError(name, "binary, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as e:
        text = (_declared(data) if page else None) or _western(data) or _guessed(data)
        if text is None:
            reason = f"not UTF-8 (byte {e.start + 1:,}), and no other encoding fits"
            raise InputError(name, reason) from None
        return text


def _control_share(data: bytes) -> float:
    return len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", data)) / len(data)


def _unmarked_utf16(data: bytes, name: str) -> str:
    head = data[:2_000]
    for encoding, half in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if half.count(0) > 0.8 * len(half):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                break
    raise InputError(name, "binary, not text")


def _declared(data: bytes) -> str | None:
    match = re.search(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{2,20})", data[:4_096], re.IGNORECASE)
    try:
        return data.decode(match[1].decode("ascii")) if match else None
    except (LookupError, UnicodeDecodeError):
        return None


def _western(data: bytes) -> str | None:
    """Windows-1252, if every byte beyond ASCII is then typography or a letter among letters."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    odd = list(re.finditer(r"[^\x00-\x7f]", text))
    if len(odd) * 10 > len(text) or re.search(r"[ÃÂâ][\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]", text):
        return None
    for m in odd:
        around = text[max(0, m.start() - 1) : m.end() + 1]
        if m[0] not in _TYPOGRAPHY and not (m[0].isalpha() and re.search(r"[a-zA-Z]", around)):
            return None
    return text


def _guessed(data: bytes) -> str | None:
    import charset_normalizer  # slow to load, seldom needed

    best = charset_normalizer.from_bytes(data[:200_000], preemptive_behaviour=True).best()
    if best is None or best.percent_chaos > 5 or best.percent_coherence < 40:
        return None
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError:
        return None
