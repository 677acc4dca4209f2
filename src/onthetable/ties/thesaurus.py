"""Which words mean nearly the same, and which mean opposites, whatever their form: WordNet's commoner senses and lists.

Nearness is one of words: it proposes that two stand for one thing, and what else the sentences say decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from onthetable.lexicon import load

_SHORT = re.compile(r"[^aeiou]+[aeiou][^aeiouwxy]")
SAME, LISTED, DERIVED, SYNONYM, CONVERSE, WIDER = 1.0, 0.95, 0.95, 0.85, 0.8, 0.6
"""How near two words are: equal; in one list; formed one from the other; of one sense; of two sides; wider."""


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A word, or a verb with its particle: its basic form, the lists it is in, and its neighbours."""

    form: str
    lemma: str
    part: str
    lists: frozenset[int]
    poles: frozenset[tuple[int, int]]
    same: frozenset[str]
    wider: frozenset[str]
    derived: frozenset[str]
    opposite: frozenset[str]

    @property
    def kin(self) -> frozenset[str]:
        """The word itself and what is formed from it."""
        return self.derived | {self.lemma}


@lru_cache(65_536)
def term(form: str) -> Term:
    """A word in lower case as it is compared."""
    base = lemma(form)
    row = _rows().get(base, "").split("|")
    same, wider, derived, opposite = (frozenset(x.split(",")) - {""} for x in (*row[2:], "", "", "", "")[:4])
    part = "".join(row[1:2])
    if base not in _rows() and base.endswith("er"):
        derived |= {base[:-2], base[:-1]} & _rows().keys()  # "marcher", of "march"
    if base != form and (form.endswith(("ed", "ing")) or form in _irregular()) and part != "n":
        part = "v"
    lists = _lists()
    return Term(
        form, base, part, lists.get(form, frozenset()) | lists.get(base, frozenset()),
        _poles().get(form, frozenset()) | _poles().get(base, frozenset()), same, wider, derived, opposite,
    )  # fmt: skip


def near(a: Term, b: Term) -> float:
    """How near two words are in meaning, from 0 to 1; 0 as well where they are opposites."""
    if a.lemma == b.lemma:
        return SAME
    if _apart(a, b):
        return 0.0
    if a.lists & b.lists:
        return LISTED
    if a.poles & b.poles:
        return SYNONYM
    if a.lemma in b.derived or b.lemma in a.derived:
        return DERIVED
    if b.lemma in a.same or a.lemma in b.same:
        return SYNONYM
    if b.lemma in a.wider or a.lemma in b.wider:
        return WIDER
    x, y = a.kin, b.kin
    return WIDER if a.same & y or b.same & x else 0.0


@lru_cache(262_144)
def opposed(a: Term, b: Term) -> bool:
    """Whether one means the opposite of the other."""
    if a.lemma == b.lemma or a.lists & b.lists:
        return False
    return _apart(a, b) or b.lemma in a.opposite or a.lemma in b.opposite


def _apart(a: Term, b: Term) -> bool:
    """Whether the two are on the two sides of a pair, and nowhere on one."""
    return bool(a.poles and b.poles and not a.poles & b.poles) and any((n, 1 - side) in b.poles for n, side in a.poles)


@lru_cache(262_144)
def related(a: Term, b: Term) -> float:
    """How near two words are where one may tell from the taker's side what the other does from the giver's."""
    return near(a, b) or CONVERSE * converse(a, b)


@lru_cache(65_536)
def converse(a: Term, b: Term) -> bool:
    """Whether one tells from the taker's side what the other tells from the giver's: "buy" and "sell"."""
    x, y = _converses().get(a.lemma, frozenset()), _converses().get(b.lemma, frozenset())
    return any((n, 1 - side) in y for n, side in x)


@lru_cache(65_536)
def lemma(form: str) -> str:
    """The basic form of a word in lower case, as far as it is known."""
    if (irregular := _irregular().get(form)) is not None:
        return irregular
    rows, lists = _rows(), _lists()
    found = next((c for c in _bases(form) if c in rows), form)
    if found not in rows:
        found = next((c for c in _bases(form) if c in lists), form)
    plural = (
        found not in rows and found not in lists and len(found) > 4 and found.endswith("s") and not found.endswith("ss")
    )
    return found[:-1] if plural else found


def known(word: str) -> bool:
    """Whether a word in lower case, in its basic form, is in the list."""
    return word in _rows()


def _bases(form: str) -> Iterator[str]:
    if len(form) > 3 and form.endswith("s") and not form.endswith("ss"):
        if form.endswith("ies"):
            yield form[:-3] + "y"
        yield form[:-1]
        if form.endswith("es"):
            yield form[:-2]
    for ending in ("ed", "ing"):
        stem = form.removesuffix(ending)
        if stem != form and len(stem) > 2:
            if ending == "ed" and stem.endswith("i"):
                yield stem[:-1] + "y"
            if stem[-1] == stem[-2] and stem[-1] not in "sl":
                yield stem[:-1]
            yield stem + "e" if _mute(stem) else stem
            yield stem if _mute(stem) else stem + "e"
            yield stem[:-1]
    yield form


def _mute(stem: str) -> bool:
    """Whether a stem rather ends in a mute e: "propos", "releas", "accus"."""
    if stem[-1] in "cgsuvz":
        return stem[-2:] not in {"ss", "ng"}
    return bool(_SHORT.fullmatch(stem))


@cache
def particled() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Verbs with particles by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in _rows():
        if " " in row:
            parts = tuple(row.split())
            found[parts[0]].append(parts)
    return {first: tuple(sorted(rows, key=lambda r: (-len(r), r))) for first, rows in found.items()}


@cache
def _lines() -> tuple[str, ...]:
    text = files("onthetable.ties").joinpath("thesaurus.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if not line.startswith("#"))


@cache
def _rows() -> dict[str, str]:
    return {line.partition("|")[0]: line for line in _lines() if " > " not in line}


@cache
def _irregular() -> dict[str, str]:
    """Irregular forms with their words; of one that has several, the first."""
    found: dict[str, str] = {}
    for line in _lines():
        form, arrow, base = line.partition(" > ")
        if arrow:
            found.setdefault(form, base)
    return found | dict(line.split() for line in load("onthetable.ties", "accounts.toml")["irregular"])


@cache
def _lists() -> dict[str, frozenset[int]]:
    """For each word of the lists of words for one thing, and its basic form, the lists that it is in."""
    groups = [line.split() for line in load("onthetable.ties", "copies.toml")["same"]["groups"].splitlines()]
    groups += [line.split() for line in load("onthetable.ties", "claims.toml")["sense"]["alike"].splitlines()]
    groups += [line.split() for line in load("onthetable.ties", "accounts.toml")["alike"]]
    found: dict[str, set[int]] = defaultdict(set)
    for n, group in enumerate(groups):
        for word in group:
            found[word.replace("_", " ")].add(n)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def _poles() -> dict[str, frozenset[tuple[int, int]]]:
    return _sides(
        *load("onthetable.ties", "claims.toml")["sense"]["poles"], *load("onthetable.ties", "accounts.toml")["poles"]
    )


@cache
def _converses() -> dict[str, frozenset[tuple[int, int]]]:
    return _sides(*load("onthetable.ties", "accounts.toml")["converse"])


def _sides(*pairs: Iterable[str]) -> dict[str, frozenset[tuple[int, int]]]:
    """For each word the pairs that it is in, and on which side."""
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for n, pair in enumerate(pairs):
        for side, line in enumerate(pair):
            for word in line.split():
                found[word.replace("_", " ")].add((n, side))
    return {word: frozenset(sides) for word, sides in found.items()}
