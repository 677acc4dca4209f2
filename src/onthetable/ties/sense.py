"""What must be equal for two wordings to say the same: numbers, polarity, moods, days, and who does it to whom.

Two sentences share nearly all of their words and say the opposite where one accepts and the other rejects, or where
giver and taker have changed places. Words in common cannot tell; these do, and in doubt they say "not the same".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from onthetable.lexicon import load
from onthetable.memory import shared
from onthetable.text import plain

_WORD = re.compile(r"\d+(?:[.,]\d+)*|%|[^\W\d_]+(?:['’][^\W\d_]+)?")
SELF = "self"
"""Whoever speaks, among actors."""

Bound = tuple[str, str, str]
"""A number, the word that makes it a bound or nothing, and its unit where that tells numbers apart."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What of a text must not differ.

    `actors` are those named in it by the stem of their first word, in the order in which they come first; `passive`
    tells that the doer may come last. `turns` are the poles in their order, of pairs of which both sides are there;
    `ways` are the words after "from", "to" and their like.
    """

    numbers: frozenset[Bound]
    polarity: frozenset[str]
    moods: frozenset[str]
    days: frozenset[str]
    poles: frozenset[tuple[int, int]]
    actors: tuple[str, ...]
    passive: bool
    turns: tuple[tuple[int, int], ...]
    ways: frozenset[tuple[str, str]]

    def agrees(self, other: Sense) -> bool:
        """Whether nothing tells the two apart."""
        return self.numbers == other.numbers and self._alike(other) and not _swapped(self.actors, other.actors)

    def holds(self, other: Sense) -> bool:
        """Whether nothing that the other says is more than this says: it has the same numbers, or wider ones."""
        within = all(n in self.numbers or any(_reaches(m, n) for m in self.numbers) for n in other.numbers)
        return within and other.days <= self.days and self._alike(other) and not _swapped(self.actors, other.actors)

    def second(self, other: Sense) -> bool:
        """Whether the one can be the other reworded, where they stand side by side: it may leave numbers out."""
        mine, theirs = ({n for n, _, _ in s.numbers} for s in (self, other))
        return (mine <= theirs or theirs <= mine) and not self._opposed(other) and self.polarity == other.polarity

    def _alike(self, other: Sense) -> bool:
        apart = bool(self.days and other.days) and not self.days & other.days
        if apart or self.turns != other.turns or self.polarity != other.polarity or self.moods != other.moods:
            return False
        return not self._opposed(other) and not any((back, w) in other.ways for p, w in self.ways for back in _back(p))

    def _opposed(self, other: Sense) -> bool:
        """Whether one has the one side of a pair alone, and the other the other side alone."""
        mine, theirs = self.poles - other.poles, other.poles - self.poles
        return any((n, 1 - side) in theirs for n, side in mine)


def sense(text: str, *, reported: bool, speaker: str | None = None, named: Mapping[int, str] | None = None) -> Sense:
    """The sense of a piece of text.

    `reported` tells that it is reported speech and no quotation, so that a capital at its beginning is a name's and
    "it" with which it begins is the speaker. `named` gives, by offset, who is meant by words that stand there
    ("the company"); `speaker` is how whoever speaks is called in it.
    """
    found = [(m.start(), m[0], plain(m[0])) for m in _WORD.finditer(text)]
    low = [w for _, _, w in found]
    seen = set(low)
    return Sense(
        shared(_numbers(low)),
        shared(_polarity(low)),
        shared(k for k in ("condition", "possible") if seen & _listed(k)),
        shared(_days(low)),
        shared(side for w in seen for side in _poles().get(w, ())),
        tuple(dict.fromkeys(_actors(found, reported, speaker, named or {}))),
        bool(seen & _listed("passive")),
        _turns(low),
        shared(_ways(low)),
    )


def _numbers(low: Sequence[str]) -> Iterator[Bound]:
    for n, word in enumerate(low):
        value = word.replace(",", "") if word[0].isdigit() else _spelled().get(word)
        if value is None or word == "one" or (word == "two" and n and low[n - 1] in {"the", "these", "those"}):
            continue
        near = low[max(0, n - 3) : n]
        last = next((i for i in reversed(range(len(near))) if near[i][0].isdigit()), -1)
        around = {*near[last + 1 :], *low[n + 1 : n + 3]}
        bound = next((k for k in ("least", "most", "about") if _listed(k) & around), "")
        follows = "percent" if low[n + 1 : n + 2] == ["%"] else "".join(low[n + 1 : n + 2])
        unit = next((u for u in sorted(_listed("units")) if follows.startswith(u)), "")
        if not bound and near and near[-1] in _listed("reached"):
            bound = near[-1]
        yield value, bound, "percent" if unit == "per" else unit


def _days(low: Sequence[str]) -> Iterator[str]:
    """Days and months by name, and "this year", "next week"."""
    for word, after in zip(low, [*low[1:], ""], strict=True):
        if word in _listed("calendar"):
            yield word
        elif word in _listed("which") and (unit := next((u for u in _listed("units") if after.startswith(u)), "")):
            yield f"{word} {unit}"


def _turns(low: Sequence[str]) -> tuple[tuple[int, int], ...]:
    found = list(dict.fromkeys(side for w in low for side in _poles().get(w, ())))
    return tuple((n, side) for n, side in found if (n, 1 - side) in found)


def _ways(low: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Words of direction, each with the next word that says something."""
    for n, word in enumerate(low):
        if _back(word):
            thing = next((w for w in low[n + 1 : n + 4] if w not in _ignored()), None)
            if thing:
                yield word, thing[:5]


def _polarity(low: Sequence[str]) -> Iterator[str]:
    for word, after in zip(low, [*low[1:], ""], strict=True):
        if word in _listed("negative") or f"{word} {after}" in _phrases():
            yield "negative"
        if word in _listed("negation") or word.endswith("n't"):
            yield "not"
        elif word in _listed("without"):
            yield word


def _actors(
    found: Sequence[tuple[int, str, str]], reported: bool, speaker: str | None, named: Mapping[int, str]
) -> Iterator[str]:
    """Who is named, in order: whoever speaks, parties as the report words them, and other names."""
    before = -2
    for n, (at, word, low) in enumerate(found):
        if at in named:
            yield SELF if named[at] == speaker else _stem(named[at])
            before = n
        elif low in _listed("self") or (reported and n == 0 and low in _listed("subject")):
            yield SELF
        elif word[0].isupper() and (n or reported) and low not in _ignored() and low not in _listed("calendar"):
            if before != n - 1:  # the rest of a name of several words
                yield SELF if speaker and _stem(speaker) == low[:5] else low.removesuffix("'s")[:5]
            before = n


def _stem(name: str) -> str:
    return next((plain(w).removesuffix("'s")[:5] for w in re.findall(r"[^\W\d_]+(?:['’]s)?", name)), "")


def _swapped(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two who are in both come in another order, or the first of one comes later in the other."""
    both = [x for x in a if x in b]
    if both != [x for x in b if x in a]:
        return True
    return bool(a and b) and a[0] != b[0] and (a[0] in b or b[0] in a)


def _reaches(a: Bound, b: Bound) -> bool:
    """Whether a number lies within a bound: "59" within "at least 50"."""
    if a[2] != b[2] or b[1] not in ("least", "most", "about"):
        return False
    try:
        x, y = float(a[0]), float(b[0])
    except ValueError:
        return False
    if b[1] == "about":
        return not a[1] and x == y
    return a[1] in ("", b[1]) and (x >= y if b[1] == "least" else x <= y)


@cache
def bounding() -> frozenset[str]:
    """Words that make a number a bound, by their first letters as sentences are compared."""
    return frozenset(w[:5] for key in ("least", "most", "about") for w in _listed(key))


@cache
def alike() -> dict[str, frozenset[int]]:
    """For the first letters of a word, as sentences are compared, the lines of `alike` that it is in."""
    same = {w: f"={line.split()[0]}" for line in _copies()["same"]["groups"].splitlines() if line for w in line.split()}
    found: dict[str, set[int]] = {}
    for n, line in enumerate(_data()["alike"].splitlines()):
        for word in line.split():
            for item in {word[:5], same.get(word, word[:5])}:
                found.setdefault(item, set()).add(n)
    return {item: frozenset(lines) for item, lines in found.items()}


def _copies() -> dict[str, Any]:
    return load("onthetable.ties", "copies.toml")


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = load("onthetable.ties", "claims.toml")["sense"]
    return found


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(_data()[key].split())


@cache
def _ignored() -> frozenset[str]:
    return frozenset(_copies()["ignored"].split())


@cache
def _spelled() -> dict[str, str]:
    return {word: f"{value:g}" for word, value in _copies()["numbers"].items()}


@cache
def _back(word: str) -> tuple[str, ...]:
    """The words of direction that turn one round."""
    pairs = [pair.split() for pair in _data()["turned"]]
    return tuple(b if word == a else a for a, b in pairs if word in (a, b))


@cache
def _phrases() -> frozenset[str]:
    return frozenset(_data()["phrases"])


@cache
def _poles() -> dict[str, tuple[tuple[int, int], ...]]:
    """For each word the pairs that it is in, and on which side."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for n, pair in enumerate(_data()["poles"]):
        for side, words in enumerate(pair):
            for word in words.split():
                found[word] = (*found.get(word, ()), (n, side))
    return found
