"""The world's states with their adjectives, capitals and the bodies that speak for them, as data.

States that are in no list (in history, in fiction, not recognised) are met by the form of their
adjectives: see `adjective_of`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onthetable.text import plain

SUFFIXES = ("n", "an", "ian", "i", "ese", "ish", "ic", "er", "ite", "ene", "ean", "nian")
"""Endings by which English makes an adjective or a people from a place name."""


@dataclass(frozen=True, slots=True)
class Country:
    """A state: `peoples` are adjectives and nouns for its people, `seats` its capital and speaking bodies."""

    name: str
    names: tuple[str, ...]
    peoples: tuple[str, ...]
    capitals: tuple[str, ...]
    bodies: tuple[str, ...]


@cache
def countries() -> tuple[Country, ...]:
    """Every state of the list."""
    rows = files("onthetable").joinpath("countries.txt").read_text("utf-8").splitlines()
    cells = [[c.strip() for c in row.split("|")] for row in rows if row and not row.startswith("#")]
    return tuple(
        Country(c[0], *(tuple(x.strip() for x in part.split(",") if x.strip()) for part in c[1:])) for c in cells
    )


@cache
def _index() -> dict[str, Country]:
    index: dict[str, Country] = {}
    for c in countries():
        for name in (c.name, *c.names, *c.peoples, *c.capitals, *c.bodies):
            index.setdefault(_key(name), c)
    return index


def country(name: str) -> Country | None:
    """The state that a name, adjective, capital or body belongs to ("Egyptian" -> Egypt), in any case."""
    key = _key(name)
    return _index().get(key) or (_index().get(key.removesuffix("s")) if key.endswith("s") else None)


def _key(name: str) -> str:
    return plain(name).removeprefix("the ")


def adjective_of(word: str, place: str) -> bool:
    """Whether a word has the form of an adjective or people made from a one-word place name.

    "Morvenian" of "Morvenia", "Kelmari" of "Kelmar", "Pellish" of "Pelland". Both stand with a capital, and the stem
    has three letters or more.
    """
    if " " in place or not (word[:1].isupper() and place[:1].isupper()) or word == place:
        return False
    low, base = plain(word), plain(place)
    stems = {base, base.rstrip("aeiouy")}
    endings = SUFFIXES + tuple(s + "s" for s in SUFFIXES)
    if base.endswith("land") and len(base) > 6 and low in (base[:-4] + "ish", base[:-4] + "er"):
        return True
    return any(len(s) >= 3 and low.startswith(s) and low[len(s) :] in endings for s in stems)
