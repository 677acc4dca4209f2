"""A text in pieces: numbers, runs of letters and single marks, since tokenisers disagree on "1.2m" and "20–33"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onthetable.tree import Tree

DASHES = frozenset("-–—‑−")
NUMBER = re.compile(r"[\d,]*\.?\d+\Z")
_PIECE = re.compile(
    r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|\.\d+"
    r"|o['’]clock|[apAP]\.m\.?|[kK]m/h|°[CF]|[^\W\d_]+[²³]?|\S"
)
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""Soft hyphens and spaces without width, which may stand within a number."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one token; `glued` tells that no white space goes before it."""

    start: int
    end: int
    text: str
    low: str
    token: int
    glued: bool


def cut(tree: Tree) -> list[Piece]:
    """The pieces of all tokens in order, with a line feed between sentences so that nothing is read across."""
    pieces: list[Piece] = []
    end = -1
    for t in tree.tokens:
        if t.i and t.sentence != tree[t.i - 1].sentence:
            pieces.append(Piece(end, end, "\n", "\n", t.i - 1, False))
        places = [n for n, c in enumerate(t.text) if c not in _UNSEEN]
        seen = t.text if len(places) == len(t.text) else "".join(t.text[n] for n in places)
        for m in _PIECE.finditer(seen):
            start = t.start + places[m.start()]
            low = m[0].lower().replace("’", "'")
            pieces.append(Piece(start, t.start + places[m.end() - 1] + 1, m[0], low, t.i, start == end))
            end = pieces[-1].end
    return pieces


def low_at(p: list[Piece], i: int) -> str:
    """The piece in lower case, empty beyond either end."""
    return p[i].low if 0 <= i < len(p) else ""


def glued(p: list[Piece], i: int) -> bool:
    """Whether no white space goes before the piece."""
    return 0 <= i < len(p) and p[i].glued


def between(p: list[Piece], first: int, last: int) -> Words:
    """The words of pieces `first` to `last` (end exclusive), in lower case."""
    return tuple(x.low for x in p[first:last])


def words(phrase: str) -> Words:
    """A phrase cut as a text is."""
    return tuple(m[0].lower() for m in _PIECE.finditer(phrase))


def phrases(table: dict[str, list[str]]) -> dict[Words, str]:
    """The phrases of a lexicon, each with the name of its list."""
    return {words(p): name for name, listed in table.items() for p in listed}
