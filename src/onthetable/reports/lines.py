"""The lines of a text, and which of them read as running text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onthetable.text import paragraphs, trim

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the space at its ends.

    `block` counts the blank lines above; `wrapped` are the first and last line (end exclusive) of the paragraph that
    it is a part of; `prose` tells that it, or that paragraph, is running text.
    """

    start: int
    end: int
    text: str
    block: int
    wrapped: tuple[int, int] | None
    prose: bool

    @property
    def words(self) -> int:
        """How many words it has."""
        return self.text.count(" ") + 1


def split_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank, in order."""
    lines: list[Line] = []
    pieces = paragraphs(text)
    at = block = previous = 0
    for start, end in pieces:
        block += "\n\n" in text[previous:start] or bool(re.search(r"\n\s*\n", text[previous:start]))
        previous = end
        inner = [
            trim(text, start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text[start:end])
        ]
        prose = is_prose(" ".join(text[start:end].split()) if len(inner) > 1 else text[start:end])
        wrapped = (at, at + len(inner)) if len(inner) > 1 else None
        lines += [Line(a, b, text[a:b], block, wrapped, prose) for a, b in inner]
        at += len(inner)
    return lines


def is_prose(text: str) -> bool:
    """Whether a line reads as running text: twelve words and a full stop, or twenty-five words."""
    words = text.count(" ") + 1
    return words >= 25 or (words >= 12 and bool(_SENTENCE_END.search(text[-6:])))
