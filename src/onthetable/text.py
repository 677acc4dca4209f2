"""Offsets and normalisation: the one place where text is changed before it is stored."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_PLAIN = str.maketrans({
    "’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "‑": "-", "−": "-", "\xa0": " ", "\u2009": " ", "\u202f": " ",
})  # fmt: skip

_LONE = re.compile("[\ud800-\udfff]")


def whole(text: str) -> str:
    """The text with a replacement character for every half of a surrogate pair; code points keep their places."""
    return _LONE.sub("\ufffd", text)


def fix(text: str) -> str:
    """The text as it is stored: NFC, line feeds only, no byte order mark, no NUL, no half of a surrogate pair."""
    text = whole(text.removeprefix("\ufeff")).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return unicodedata.normalize("NFC", text)


def digest(text: str) -> str:
    """The sha256 of the stored text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def plain(text: str) -> str:
    """For comparing: lower case, straight quotation marks and hyphens. Every code point keeps its place."""
    text = text.translate(_PLAIN)
    low = text.lower()
    if len(low) == len(text) and "Σ" not in text:  # the one letter whose lower case depends on its neighbours
        return low
    return "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def words(text: str) -> list[str]:
    """The words of a text for comparing, without punctuation; hyphens and apostrophes inside words stay."""
    return re.findall(r"[^\W_]+(?:['.,-][^\W_]+)*", plain(text))


def trim(text: str, start: int, end: int, extra: str = "") -> tuple[int, int]:
    """Offsets without the white space, and any character of `extra`, at either end."""
    while start < end and (text[start].isspace() or text[start] in extra):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in extra):
        end -= 1
    return start, end


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Offsets of the paragraphs: lines, or blocks of lines where the text is wrapped to a fixed width.

    A block between blank lines counts as wrapped when every line but its last is about as long as the
    longest one and ends within a sentence more often than not.
    """
    found: list[tuple[int, int]] = []
    for block in re.finditer(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", text):
        lines = list(re.finditer(r"[^\n]+", block[0]))
        pieces = [(0, len(block[0]))] if _wrapped([m[0].rstrip() for m in lines]) else [m.span() for m in lines]
        found += [trim(text, block.start() + a, block.start() + b) for a, b in pieces]
    return found


def _wrapped(lines: list[str]) -> bool:
    width = max(map(len, lines))
    body = lines[:-1]
    if not body or not 40 <= width <= 120 or any(len(line) < width - 25 for line in body):
        return False
    return sum(not re.search(r"[.!?:][\"'”’)]*$", line) for line in body) * 2 > len(body)
