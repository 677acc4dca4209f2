"""A PDF to its text: lines joined into paragraphs, words cut at line ends made whole, running heads left out."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from onthetable.errors import InputError
from onthetable.reports.decode import MAX_TEXT, too_long
from onthetable.reports.page import Meta

MAX_PAGES = 500
_CUT = "\x02\xad\ufffe"
"""What stands for a hyphen that only the end of the line put there."""
_NUMBER = re.compile(r"(?:page )?[-–—| ]*(?:\d{1,4}|[ivxl]{1,6})(?: ?(?:/|of) ?\d{1,4})?[-–—| ]*", re.IGNORECASE)
_ENDED = re.compile(r"[.!?:…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; its box is in points, from the lower left corner of the page."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


def read_pdf(data: bytes, name: str) -> tuple[str, Meta]:
    """The text of a PDF and its title. Raises InputError: broken, with a password, without text, too long."""
    import pypdfium2  # only a PDF needs it

    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as e:
        locked = getattr(e, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise InputError(name, "needs a password" if locked else "a PDF that cannot be read") from None
    try:
        if len(file) > MAX_PAGES:
            raise InputError(name, f"too long for one report (at most {MAX_PAGES} pages)")
        pages = _pages(file, name)
        title = " ".join(file.get_metadata_dict().get("Title", "").split())
    except pypdfium2.PdfiumError:
        raise InputError(name, "a PDF that cannot be read") from None
    finally:
        file.close()
    text = join(pages)
    if not text.strip():
        raise InputError(name, "no text in it: a scan?")
    return text, Meta(title=title or None)


def join(pages: Sequence[Sequence[Line]]) -> str:
    """The paragraphs of pages, a blank line between them; running heads and page numbers are left out."""
    kept = _without_heads(pages)
    lines = [line for page in kept for line in page]
    if not lines:
        return ""
    gaps = [a.bottom - b.bottom for page in kept for a, b in pairwise(page) if a.bottom > b.bottom]
    step = median(gaps) if gaps else 0.0
    whole = {word for line in lines for word in re.findall(r"\w+-\w+", line.text)}
    paragraphs: list[list[str]] = []
    for page in kept:
        widest = max((line.right for line in page), default=0.0)
        for n, line in enumerate(page):
            before = page[n - 1] if n else None
            new = not paragraphs or (
                _breaks(before, line, step, widest) if before else bool(_ENDED.search(paragraphs[-1][-1]))
            )
            if new:
                paragraphs.append([line.text])
            else:
                paragraphs[-1].append(line.text)
    return "\n\n".join(_joined(p, whole) for p in paragraphs)


def _breaks(before: Line, line: Line, step: float, widest: float) -> bool:
    """Whether a paragraph begins: more space above, another size of type, an indent, or a short line before."""
    gap = before.bottom - line.bottom
    high = max(before.top - before.bottom, 1.0)
    if gap > 1.35 * step or abs((line.top - line.bottom) - high) > 0.5 * high:
        return True
    if gap < 0 or not _ENDED.search(before.text):
        return False
    return line.left > before.left + 0.6 * high or before.right < widest - 0.15 * (widest - before.left)


def _joined(lines: Sequence[str], whole: set[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        if text[-1] in _CUT:
            text = text[:-1] + line
        elif re.search(r"[^\W\d_]-$", text) and line[0].islower():
            tail = re.search(r"[^\W_]{1,40}-$", text)
            head = re.match(r"\w{1,40}", line)
            kept = tail is not None and head is not None and tail[0] + head[0] in whole
            text = (text if kept else text[:-1]) + line
        else:
            text += " " + line
    return text.translate(dict.fromkeys(map(ord, _CUT)))


def _without_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    edges = Counter(key for page in pages for key in {_key(line) for line in [*page[:2], *page[-2:]]})
    often = max(2, len(pages) // 2)
    kept = []
    for page in pages:
        rim = {n for n in range(len(page)) if n < 2 or n >= len(page) - 2} if len(pages) > 1 else set()
        outer = {0, len(page) - 1}
        kept.append([
            line for n, line in enumerate(page)
            if not (n in rim and edges[_key(line)] >= often) and not (n in outer and _NUMBER.fullmatch(line.text))
        ])  # fmt: skip
    return kept


def _key(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text.casefold())


def _pages(file: Any, name: str) -> list[list[Line]]:
    pages = []
    left = MAX_TEXT
    for page in file:
        text = page.get_textpage()
        left -= text.count_chars()
        if left < 0:
            raise InputError(name, too_long())
        pages.append(_lines(text))
        text.close()
        page.close()
    return pages


def _lines(text: Any) -> list[Line]:
    from pypdfium2 import raw

    codes = [raw.FPDFText_GetUnicode(text, n) for n in range(text.count_chars())]
    chars = [chr(c) if 0 < c < 0x110000 else " " for c in codes]
    lines = []
    start = 0
    for n in range(len(chars) + 1):
        if n == len(chars) or chars[n] in "\r\n":
            inked = [k for k in range(start, n) if not chars[k].isspace()]
            if inked:
                first, last = _box(text, inked[0]), _box(text, inked[-1])
                words = " ".join("".join(chars[start:n]).split())
                words = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
                lines.append(Line(words, first[0], last[1], first[2], first[3]))
            start = n + 1
    return lines


def _box(text: Any, n: int) -> tuple[float, float, float, float]:
    """Left, right, bottom and top of the em box of a character, the same for all letters of a size."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, n, ctypes.byref(box))
    return box.left, box.right, box.bottom, box.top
