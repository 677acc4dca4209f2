"""Words that tell who is at the table when nobody has said so (`words.toml`)."""

from __future__ import annotations

from onthetable.lexicon import load

_DATA = load("onthetable.drafting", "words.toml")
MEDIATING = frozenset(_DATA["mediating"].split())
TALKS = frozenset(_DATA["talks"].split())
NOT_PARTIES = frozenset(_DATA["not_parties"].split())
GENERIC = frozenset(_DATA["generic"].split())
