"""Whether a report is about the talks: the gate, before the parser sees it, and what was read of it after that.

A report is let through if it names two parties of the case, or one of them and an issue of its packs. The text is cut
into words once; what names a party or an issue is then looked up in the set of them, which costs the same however many
names there are. Only what is there in words is looked at again for its order and its capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from onthetable.case import Case, Issue, Party
from onthetable.errors import InputError, UsageError
from onthetable.gazetteer import SUFFIXES
from onthetable.lexicon import load
from onthetable.model import Reading
from onthetable.spans.aliases import aliases
from onthetable.text import plain

_WORD = re.compile(r"[^\W_]+")
_SHORT = 4
"""Letters that a place has at least of which other words are made ("Norland": "Norlander")."""
_VOWELS = "aeiouy"


@dataclass(frozen=True)
class _Form:
    """Words that stand side by side, each in one of its forms in lower case; `written` where capitals count."""

    words: tuple[frozenset[str], ...]
    written: tuple[str, ...] = ()

    def stands(self, there: set[str], text: str) -> bool:
        """Whether a text has it; `there` are its words in lower case."""
        if any(there.isdisjoint(w) for w in self.words):
            return False
        if len(self.words) == 1 and not self.written:
            return True
        return any(self._as_written(m[0]) for m in self._pattern.finditer(text))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        inside = r"[\W_]{1,3}".join(f"(?:{'|'.join(sorted(w))})" for w in self.words)
        return re.compile(rf"(?<![^\W_]){inside}(?![^\W_])", re.IGNORECASE)

    def _as_written(self, said: str) -> bool:
        """A capital of a name must stand as one: "US" is not "us"."""
        return all(
            not w[:1].isupper() or (s[:1].isupper() and (not w.isupper() or s.isupper()))
            for w, s in zip(self.written, _WORD.findall(said), strict=False)
        )


class Gate:
    """Lets through what names two parties of a case, or one and an issue. Raises UsageError if the case has none."""

    def __init__(self, case: Case) -> None:
        if not case.parties:
            raise UsageError("only reports that name the parties are to be read, but the case names none")
        self._parties = [tuple(_names(p)) for p in case.parties]
        issues = [i for p in case.with_all_packs().packs for i in p.issues]
        phrases = {_phrase(words) for i in issues for words in i.words}
        self._single = {form for f in phrases if len(f.words) == 1 for form in f.words[0]}
        self._several = [f for f in phrases if len(f.words) > 1]
        self._pairs = [pair for i in issues for pair in _pairs(i)]

    def reason(self, text: str) -> str | None:
        """Why a text is not about the talks; None if it may be."""
        there = set(_WORD.findall(text.lower()))
        named = 0
        for forms in self._parties:
            named += any(f.stands(there, text) for f in forms)
            if named > 1:
                return None
        if not named:
            return "names no party of the case"
        return None if self._about(there, text) else "names one party of the case and none of its issues"

    def _about(self, there: set[str], text: str) -> bool:
        return (
            not there.isdisjoint(self._single)
            or any(not there.isdisjoint(a) and not there.isdisjoint(b) for a, b in self._pairs)
            or any(f.stands(there, text) for f in self._several)
        )


def set_aside(readings: Sequence[Reading], case: Case) -> tuple[tuple[Reading, ...], tuple[InputError, ...]]:
    """The readings that are about the talks, and the reports that are about something else, each with its reason.

    A report is about the talks if a party of the case moves, speaks or is named in it.
    """
    parties = {p.name for p in case.parties}
    kept, aside = [], []
    for r in readings:
        speakers = {s.source.party for s in r.statements if s.source}
        named = parties & (speakers | {w.referent for w in r.wordings})
        if r.moves or named:
            kept.append(r)
        else:
            aside.append(InputError(r.report.path, _why_aside(case)))
    return tuple(kept), tuple(aside)


def _why_aside(case: Case) -> str:
    if not case.parties:
        return "no party is found in it; a case file can name them"
    if case.drafted:
        return "none of the parties found in the other reports is in it; a case file can name more"
    return f"is about something else: it names no party of {case.name!r}"


def _names(party: Party) -> Iterator[_Form]:
    """Whatever a report may call a party, its people and places."""
    for form in {a.form for a in aliases(party)} | set(_adjectives(party)):
        written = tuple(_WORD.findall(form))
        if written:
            yield _Form(tuple(frozenset((plain(w),)) for w in written), written)


def _adjectives(party: Party) -> Iterator[str]:
    for word in (party.name, *party.aliases):
        if " " in word or len(word) < _SHORT or not word[:1].isupper():
            continue
        stems = {word, word.rstrip(_VOWELS), *([word[:-4]] if word.endswith("land") and len(word) > 6 else [])}
        yield from (f"{stem}{end}{s}" for stem in stems if len(stem) > 2 for end in SUFFIXES for s in ("", "s"))


def _phrase(words: str) -> _Form:
    """A phrase of an issue: `a|b` is either, and any word may be inflected."""
    return _Form(tuple(frozenset(_inflected(o)) for o in _options(words)))


def _options(words: str) -> list[list[str]]:
    """The words of a phrase, each with what may stand for it."""
    return [_WORD.findall(option) for option in plain(words).replace("-", " ").split() if _WORD.search(option)]


def _pairs(issue: Issue) -> Iterator[tuple[set[str], set[str]]]:
    for first, second in issue.pairs:
        yield _forms(first), _forms(second)


def _forms(words: Iterable[str]) -> set[str]:
    """Of several words the last decides: whether the others stand with it, the reading will tell."""
    return {form for w in words for option in _options(w)[-1:] for form in _inflected(option)}


def _inflected(options: Iterable[str]) -> Iterator[str]:
    """A word as its lemma may stand in a text; what is made that is no word is found nowhere."""
    for word in options:
        yield word
        yield from _irregular().get(word, ())
        if not word.isalpha() or len(word) < 3:
            continue
        stem = word[:-1] if word.endswith("e") else word
        ies = [f"{word[:-1]}ies", f"{word[:-1]}ied"] if word.endswith("y") else []
        twice = [f"{word}{word[-1]}{end}" for end in ("ed", "ing")] if word[-1] not in _VOWELS else []
        yield from (f"{word}s", f"{word}es", f"{stem}ed", f"{stem}ing", *ies, *twice)


@cache
def _irregular() -> dict[str, list[str]]:
    rows = [row.split() for row in load("onthetable", "irregular.toml")["words"]]
    return {lemma: forms for lemma, *forms in rows}
