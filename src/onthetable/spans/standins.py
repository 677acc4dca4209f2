"""Stand-ins: the parser reads every party under one and the same name, so that it reads no side otherwise.

A statistical parser reads a name that it has seen in training otherwise than one that it has not, and the name of a
state otherwise than that of a movement. Before parsing, each written name of a party of the case gives way to one
word, its adjectives and people to one each; afterwards the words of the report stand in the tree again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from onthetable.case import Case
from onthetable.gazetteer import adjective_of, country

NAME, NAME_WITH_THE, ADJECTIVE, PEOPLE = "Washington", "Kremlin", "American", "Americans"
"""What the parser sees: names that the news uses for governments, as places and as actors."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with stand-ins, and where they stand in it and stood in the original: (start, end) of each, in order."""

    text: str
    there: tuple[tuple[int, int], ...] = ()
    here: tuple[tuple[int, int], ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original text that a stretch of the masked one stands for, in code points."""
        return self._back(start, 0), self._back(end - 1, 1)

    def _back(self, at: int, side: int) -> int:
        n = bisect_right(self.there, (at, len(self.text))) - 1
        if n < 0:
            return at + side
        if at < self.there[n][1]:
            return self.here[n][side]
        return at - self.there[n][1] + self.here[n][1] + side


Mask = Callable[[str], Masked]


def mask_for(case: Case | None) -> Mask:
    """What puts the stand-ins of a case into a text; without parties, or with drafted ones, the text stays as it is.

    A case is drafted from trees of the reports as they stand, so these have to do for reading them as well.
    """
    names, adjectives = (
        (_names(case), _adjectives(case)) if case and not case.drafted else (frozenset[str](), frozenset[str]())
    )
    if not names:
        return Masked
    stems = tuple(n for n in names if " " not in n and len(n) > 3)
    known = re.compile(
        rf"(?<!\w)(?:[Tt]he )?({'|'.join(map(re.escape, sorted(names | adjectives, key=_longest)))}|[A-Z]\w+)(?!\w)"
    )

    @cache
    def stand_in(word: str, article: bool) -> str | None:
        if word in names:
            return NAME_WITH_THE if article else NAME
        if word in adjectives or any(adjective_of(word, n) for n in stems):
            return PEOPLE if word.endswith("s") and not word.endswith("ss") else ADJECTIVE
        return None

    def mask(text: str) -> Masked:
        return _replaced(
            text, ((m.span(1), made) for m in known.finditer(text) if (made := stand_in(m[1], m.start() < m.start(1))))
        )

    return mask


def _longest(name: str) -> tuple[int, str]:
    return -len(name), name


def _names(case: Case) -> frozenset[str]:
    """The written names of the parties, without their article; what stands in small letters is no name."""
    forms = {n.removeprefix("the ") for p in case.parties for n in (p.name, *p.aliases)}
    return frozenset(f for f in forms if all(w[:1].isupper() or w in ("of", "and", "for", "the") for w in f.split()))


def _adjectives(case: Case) -> frozenset[str]:
    states = filter(None, (country(p.name) for p in case.parties))
    return frozenset(form for s in states for f in s.peoples for form in (f, f if f.endswith("s") else f"{f}s"))


def _replaced(text: str, found: Iterator[tuple[tuple[int, int], str]]) -> Masked:
    parts: list[str] = []
    there: list[tuple[int, int]] = []
    here: list[tuple[int, int]] = []
    last = length = 0
    for (start, end), made in found:
        parts += [text[last:start], made]
        length += start - last
        there.append((length, length + len(made)))
        here.append((start, end))
        length += len(made)
        last = end
    return Masked("".join([*parts, text[last:]]), tuple(there), tuple(here))
