"""A sentence as a row of words, and the lists of words and phrases that are looked for in it (`accounts.toml`)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from onthetable.lexicon import load
from onthetable.text import plain
from onthetable.ties.thesaurus import lemma

MOST = 60
"""Words of a sentence that are compared; twice as many are looked at."""
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[%$€£;,]|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|['’]s\b")
_WITHIN = 5
"""Words among which what stands for a "*" ends."""


@dataclass(frozen=True, slots=True)
class Row:
    """Words as written, in lower case and in their basic forms, with their offsets in the text."""

    words: tuple[str, ...]
    low: tuple[str, ...]
    lemmas: tuple[str, ...]
    start: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.low)

    def at(self, i: int) -> str:
        """The word at a place in lower case, "" outside of the row."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def base(self, i: int) -> str:
        """Its basic form, "" outside of the row."""
        return self.lemmas[i] if 0 <= i < len(self.low) else ""

    def matches(self, pattern: Sequence[str], i: int) -> tuple[int, ...]:
        """The places from one on of the words of a pattern, with "*" for up to four others; none if it is not."""
        found: list[int] = []
        at = i
        for n, word in enumerate(pattern):
            if word == "*":
                stops = range(at, min(at + _WITHIN, len(self.low)))
                at = next((j for j in stops if self._is(j, pattern[n + 1])), len(self.low))
            elif at < len(self.low) and self._is(at, word):
                found.append(at)
                at += 1
            else:
                return ()
        return tuple(found)

    def _is(self, i: int, word: str) -> bool:
        return self.low[i] == word or self.lemmas[i] == word


def row(text: str, pieces: Iterable[tuple[int, int]]) -> Row:
    """The words of some stretches of a text (offsets in code points)."""
    found = [m for a, b in pieces for m in _TOKEN.finditer(text, a, b)][: 2 * MOST]
    words = tuple(m[0].replace("’", "'") for m in found)
    low = tuple(map(plain, words))
    return Row(words, low, tuple(map(lemma, low)), tuple(m.start() for m in found))


@cache
def words_of(key: str) -> frozenset[str]:
    """The words of one list in `accounts.toml`."""
    return frozenset(data()[key].split())


@cache
def ignored() -> frozenset[str]:
    """Words that tell nothing."""
    return frozenset(load("onthetable.ties", "copies.toml")["ignored"].split()) - words_of("telling")


@cache
def phrases(key: str) -> Mapping[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """The phrases of one list by their first word, those of most words first, each with what it stands for."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = defaultdict(list)
    for line in data()[key]:
        words, _, stands = line.partition(" = ")
        parts = tuple(words.split())
        found[parts[0]].append((parts, tuple(stands.split())))
    return {
        first: sorted(rows, key=lambda r: (r[0].count("*") - len(r[0]), r[0].count("*")))
        for first, rows in found.items()
    }


@cache
def data() -> dict[str, Any]:
    """The lists of `accounts.toml`."""
    return load("onthetable.ties", "accounts.toml")
