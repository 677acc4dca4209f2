"""Words as data: TOML files beside the code that uses them, matched as phrases over the lemmas of a tree."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

from onthetable.tree import Token, Tree

T = TypeVar("T")


@cache
def load(package: str, name: str) -> dict[str, Any]:
    """The TOML file `name` that lies in `package`, read once."""
    return tomllib.loads(files(package).joinpath(name).read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase found: tokens `first` to `last` (end exclusive) and what the lexicon says of it."""

    first: int
    last: int
    value: T


@dataclass(slots=True)
class _Node(Generic[T]):
    value: T | None = None
    next: dict[str, _Node[T]] = field(default_factory=dict)


class Lexicon(Generic[T]):
    """Phrases looked up over tokens, leftmost and longest first.

    Each word of a phrase matches a token by its lower-case form or its lemma; `a|b` matches either.
    Hyphens are tokens of their own, so "cease-fire" and "cease fire" are two phrases.
    """

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._root: _Node[T] = _Node()
        for phrase, value in phrases:
            for path in _paths(phrase):
                node = self._root
                for word in path:
                    node = node.next.setdefault(word, _Node())
                node.value = value

    def find(self, tree: Tree, first: int = 0, last: int | None = None) -> list[Hit[T]]:
        """All phrases among tokens `first` to `last`; no two hits share a token."""
        last = len(tree) if last is None else last
        hits: list[Hit[T]] = []
        i = first
        while i < last:
            hit = self.at(tree, i, last)
            if hit:
                hits.append(hit)
            i = hit.last if hit else i + 1
        return hits

    def at(self, tree: Tree, i: int, last: int) -> Hit[T] | None:
        """The longest phrase that begins at token `i` and ends before token `last`."""
        opens = self._root.next
        if _plain(tree[i]) not in opens and tree[i].lemma not in opens:
            return None
        best: Hit[T] | None = None
        live = [self._root]
        for j in range(i, last):
            token = tree[j]
            # In an order, as what is found first stays.
            keys = dict.fromkeys((_plain(token), token.lemma))
            live = [node.next[k] for node in live for k in keys if k in node.next]
            if not live:
                break
            value = next((n.value for n in live if n.value is not None), None)
            if value is not None:
                best = Hit(i, j + 1, value)
        return best


def _plain(token: Token) -> str:
    return token.text.lower().replace("’", "'")


def _paths(phrase: str) -> Iterator[list[str]]:
    paths: list[list[str]] = [[]]
    for word in re.findall(r"-|'s?|[^\s'-]+", phrase.lower().replace("’", "'")):
        paths = [[*path, option] for path in paths for option in word.split("|")]
    yield from paths
