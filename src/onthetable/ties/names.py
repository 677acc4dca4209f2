"""What parties and their people are called, to be found again in the words of a sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from onthetable.case import Party
from onthetable.lexicon import load
from onthetable.model import Reading
from onthetable.ties.thesaurus import known

SHORT = 4
"""Letters of a name that is not looked for as the beginning of a longer word ("Tirazan" in "Tirazani")."""
_BEFORE = {
    "the",
    "by",
    "with",
    "and",
    "between",
    "against",
    "from",
    "to",
    "of",
    "for",
    "that",
    "both",
    "its",
    "their",
    "told",
    "asked",
}
_WORD = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*")


class Names:
    """What parties and their people are called in some reports, by the first word."""

    def __init__(self, readings: Iterable[Reading], parties: Iterable[Party] = ()) -> None:
        parties = tuple(parties)
        terms: dict[tuple[str, ...], set[str]] = defaultdict(set)
        found: set[str] = set()
        for r in readings:
            own: list[tuple[str, str]] = [(m.party, m.party) for m in r.moves]
            own += [
                (s.source.name, s.source.party) for s in r.statements if s.source and s.source.name and s.source.party
            ]
            own += [(w.term, w.referent) for w in r.wordings if w.referent[:1].isupper() and not _counts(w.term)]
            for name, party in own:
                found.add(party)
                for words in (_split(name), _split(party)):
                    if words:
                        terms[words].add(party)
        for p in parties:
            found.add(p.name)
            for name in (p.name, *p.aliases, *p.people):
                if words := _split(name):
                    terms[words].add(p.name)
        people = {_split(n) for p in parties for n in p.people}
        self._people = frozenset(word for words in people for word in words)
        for words, called in list(terms.items()):
            for word in words if len(words) > 1 else ():
                last = words in people and word == words[-1]
                if word[0].isupper() and len(word) > (2 if last else 3) and (last or not known(word.lower())):
                    terms[(word,)] |= called
        self._terms: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for words, called in sorted(terms.items(), key=lambda t: (-len(t[0]), t[0])):
            if len(called) == 1:
                self._terms[words[0].lower()].append((words, min(called)))
        short = {p: p for p in found} | {a: p.name for p in parties for a in p.aliases if a[:1].isupper()}
        self._short = tuple(sorted((n, p) for n, p in short.items() if " " not in n and len(n) > SHORT))

    def person(self, word: str) -> bool:
        """Whether a word is a part of the name of one of the people of a party."""
        return word in self._people

    def at(self, words: Sequence[str], i: int) -> tuple[int, str] | None:
        """How many words from the one at `i` name a party, and which."""
        bare = i > 0 and words[i - 1].lower() not in _BEFORE
        for name, party in self._terms.get(words[i].lower(), ()):
            if bare and name[0].islower():
                continue  # "substitute teachers" are not the teachers
            found = words[i : i + len(name)]
            if len(found) == len(name) and all(_one_word(x, y) for x, y in zip(found, name, strict=True)):
                return len(name), party
        word = words[i]
        short = next((p for n, p in self._short if word.startswith(n)), None) if word[0].isupper() else None
        return (1, short) if short else None


def _counts(name: str) -> bool:
    """Whether a name holds a number: "only five states" are some of them."""
    return not _numbers().isdisjoint(name.lower().split())


@cache
def _numbers() -> frozenset[str]:
    return frozenset(load("onthetable.ties", "copies.toml")["numbers"])


def _one_word(word: str, name: str) -> bool:
    if name[0].isupper():
        return word == name or word == name.upper()
    return word.lower() == name or word.lower() == name + "s"


def _split(name: str) -> tuple[str, ...]:
    found = tuple(_WORD.findall(name))
    return found[1:] if len(found) > 1 and found[0].lower() in {"the", "a"} else found
