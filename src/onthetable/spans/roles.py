"""Nouns for those who can speak or act (`roles.toml`), as sets of lemmas."""

from __future__ import annotations

from typing import Literal

from onthetable.lexicon import load
from onthetable.model import Kind

Sort = Literal["state", "movement", "union", "company"]
"""What sort of party a noun can stand for."""

_DATA = load("onthetable.spans", "roles.toml")
PEOPLE = frozenset(_DATA["people"].split())
BODIES = frozenset(_DATA["bodies"].split())
PARTS = frozenset(_DATA["parts"].split())
DOCUMENTS = frozenset(_DATA["documents"].split())
WORKING = frozenset(_DATA["working"].split())
FOLLOWERS = frozenset(_DATA["followers"].split())
OUTSIDERS = frozenset(_DATA["outsiders"].split())
STANDS_FOR: dict[Sort, frozenset[str]] = {sort: frozenset(nouns.split()) for sort, nouns in _DATA["stands_for"].items()}
STANDING = frozenset(noun for nouns in STANDS_FOR.values() for noun in nouns)
SAME = frozenset(_DATA["describing"]["same"].split())
OTHER = frozenset(_DATA["describing"]["other"].split())
TOGETHER = frozenset(_DATA["together"]["words"].split())
BOTH = frozenset(_DATA["together"]["both"].split())
BETWEEN = frozenset(_DATA["together"]["between"].split())
TITLES = frozenset(_DATA["titles"].split())
EMPTY = frozenset(_DATA["expletive"]["adjectives"].split())
SEEMING = frozenset(_DATA["expletive"]["verbs"].split())
NOBODY = frozenset(_DATA["nobody"].split())
SPEAKING_NOUNS = PEOPLE | BODIES | DOCUMENTS | TOGETHER


def kind_of(lemma: str) -> Kind:
    """What sort of source a noun names, as long as nobody is identified."""
    if lemma in DOCUMENTS and lemma not in BODIES:
        return "document"
    return "organisation" if lemma in BODIES and lemma not in PEOPLE else "anonymous"
