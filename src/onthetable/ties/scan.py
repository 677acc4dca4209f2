"""A row of words read from left to right: things, names, parties, numbers, and where a negation stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

from onthetable.text import plain
from onthetable.ties.names import Names
from onthetable.ties.numerals import Number, number, number_at, ordinals
from onthetable.ties.row import MOST, Row, ignored, phrases, words_of
from onthetable.ties.thesaurus import Term, known, particled, term
from onthetable.ties.when import PREPOSED

LIGHT, NAME, PARTY = 0.25, 1.5, 0.5
"""How much a word of little weight, a name and a party count, beside 1 for another word."""
BE = frozenset(["is", "are", "was", "were", "be", "been", "being"])
_OURS = {"we", "us", "our", "ours", "we're", "we've", "we'll", "we'd"}
_MINE = {"i", "me", "my", "mine", "i'm", "i've", "i'll", "i'd"}
_OPENED = {"of", "from", "for", "by", "without", "not", "to", "after"}
"""Words after which a word in "-ing" tells what is done."""


_BOUNDS = {"between", "below", "above"}
_CLAUSE = 8
"""Words after an "if" in which a negation is a part of the condition."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is spoken of: a word, a name, or a party (`kind`, with its name as `key`).

    `negated` tells that a negation stands before it, `act` that it tells what is done or how something is.
    """

    key: str
    term: Term
    weight: float
    at: int
    kind: str
    negated: bool = False
    act: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody named at a place; `by`: after that word; `aside`: cannot be the subject."""

    name: str
    at: int
    by: bool
    aside: bool


@dataclass(slots=True)
class Scan:
    """Reads a row of words once, from left to right; what it found is then read off and no more changed."""

    row: Row
    names: Names
    speaker: str | None
    begins: bool
    items: list[Item] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    none: list[Term] = field(default_factory=list)
    ordinals: set[float] = field(default_factory=set)
    actors: list[Actor] = field(default_factory=list)
    negations: int = 0
    denied: bool = False
    contrast: bool = False
    excluded: set[str] = field(default_factory=set)
    _pending: bool = False
    _done: set[int] = field(default_factory=set)

    def read(self, taken: frozenset[int]) -> None:
        """Reads it, but for the words at some places."""
        cleft = self.row.at(0) == "it" and self.row.at(1) in BE
        if self.speaker and self.row.at(0) in {"it", "they", "he", "she"} and not cleft:
            self._actor(self.speaker, 0, 0)
        i = 0
        while i < len(self.row):
            step = (
                i in taken or i in self._done or self._phrase(i) or self._named(i) or self._number(i) or self._bare(i)
            )
            i += max(int(step), 1)

    def _phrase(self, i: int) -> int:
        """A phrase that begins here: how many words."""
        row, base = self.row, self.row.lemmas[i]
        if base not in _openings():
            return 0
        for words, stands in phrases("phrases").get(base, ()):
            if places := row.matches(words, i):
                self._done |= set(places)
                for word in stands:
                    if word == "not":
                        self._negate()
                    else:
                        self._add(word, term(word), i)
                return 1
        for words, _ in phrases("denials").get(base, ()):
            if places := row.matches(words, i):
                self.denied = not self.denied
                return len(places)
        for words, _ in phrases("negating").get(base, ()):
            if places := row.matches(words, i):
                return self._negate(len(places))
        for words in particled().get(base, ()):
            end = i + len(words)
            if (
                end <= len(row)
                and row.low[i + 1 : end] == words[1:]
                and words[-1] in words_of("particles")
                and (words[-1] not in {"in", "on"} or end == len(row))
            ):
                self._add(" ".join(words), term(" ".join(words)), i)
                return len(words)
        return 0

    def _named(self, i: int) -> int:
        """A party, one of its people, or another name: how many words."""
        row, low = self.row, self.row.low[i]
        if self.speaker and low in _OURS | _MINE:
            return self._actor(self.speaker, i, 1)
        if low in _MINE:
            return 1
        if found := self.names.at(row.words, i):
            length, party = found
            return self._actor(party, i, length)
        if not self._capital(i) or low in ignored() or low in words_of("negation"):
            return 0
        if i == 0 and (low in words_of("subordinate") or (known(row.lemmas[i]) and self.begins)):
            return 0
        length = 1
        while i + length < len(row) and self._capital(i + length) and not self.names.at(row.words, i + length):
            length += 1
        parts = [w for w in row.low[i : i + length] if w not in ignored()]
        self.items.append(Item(" ".join(parts), term(parts[-1]), NAME, i, "name"))
        return self._acts(" ".join(parts), i, length)

    def _capital(self, i: int) -> bool:
        return self.row.words[i][0].isupper()

    def _actor(self, party: str, i: int, length: int) -> int:
        self.items.append(Item(party, term(plain(party)), PARTY, i, "party"))
        return self._acts(party, i, length)

    def _acts(self, name: str, i: int, length: int) -> int:
        """Notes where somebody is named, and whether that can be the one who acts."""
        row, after = self.row, i + length
        last, first = row.at(i - 1), row.at(i - 2)
        owns = row.at(after) == "'s" and after + 1 < len(row) and row.base(after + 1) not in words_of("stands_for")
        spoken_of = sum(x.kind == "word" and x.weight >= 1 for x in self.items) > 1
        preceded = last in PREPOSED or (last == "the" and first in PREPOSED)
        self.actors.append(Actor(name, i, "by" in (last, first), preceded or owns or spoken_of))
        return length

    def _number(self, i: int) -> int:
        """A number or an ordinal: how many words."""
        found, length = number(self.row, i, self.names)
        if found:
            self.numbers.append(found)
        if not length and self.row.low[i] in ordinals() and self.row.base(i + 1) != "time":
            self.ordinals.add(ordinals()[self.row.low[i]])
            return 1
        return length

    def _bare(self, i: int) -> int:
        """Any other word: how many words."""
        row, low, base = self.row, self.row.low[i], self.row.lemmas[i]
        if low in words_of("negation") or low.endswith("n't"):
            return self._negation(i)
        if base in words_of("least_bit") and i > 1 and row.low[i - 2 : i] in (("not", "a"), ("not", "one")):
            return 1
        if base in words_of("denying"):
            self.denied = not self.denied
        elif low not in ignored() and low[0].isalpha() and len(low) > 1 and not self._links(i):
            self._add(low, term(low), i, light=base in words_of("light") or low in words_of("light") or self._stands(i))
        return 1

    def _links(self, i: int) -> bool:
        """Whether a word does no more than begin a condition or bound a number: "unless", "less than"."""
        low, after = self.row.low[i], self.row.at(i + 1)
        if low in {"provided", "providing"}:
            return after == "that"
        if low in {"less", "fewer", "more", "upwards", "excess"}:
            return after in {"than", "of"}
        return low == "unless" or (low in _BOUNDS and number_at(self.row.low, i + 1)[0] is not None)

    def _stands(self, i: int) -> bool:
        """Whether a word stands for the party before it: "the company's team"."""
        owner = self.row.at(i - 1) == "'s" and bool(self.actors) and self.items[-1].kind == "party"
        return owner and self.row.base(i) in words_of("stands_for")

    def _negation(self, i: int) -> int:
        row, low, after = self.row, self.row.low[i], self.row.at(i + 1)
        if "if" in row.low[max(0, i - _CLAUSE) : i]:
            return 1  # "if not" is "unless"
        if low == "not" and after == "once" and self.negations:
            return 2
        if after == "only" or (low in {"no", "not"} and after in {"fewer", "less", "later"}):
            return 2
        if low in {"no", "not"} and after == "more":
            return 2 if row.at(i + 2) == "than" else self._negate()
        if low == "not" and i:
            at = next((n for n in range(i + 1, min(i + 4, len(row))) if row.low[n] not in PREPOSED | {"the"}), i)
            if at > i and self._capital(at):
                return self._exclude(i, at)
        if low == "not" and after == "by":
            return len(row) - i if i > len(row) / 2 else 1
        return self._negate()

    def _exclude(self, i: int, at: int) -> int:
        """Notes who is said not to be the one: "not Brandt", "not by the Union"; how many words."""
        self.contrast = True
        end = at
        while end < len(self.row) and self._capital(end):
            self.excluded.add(self.row.low[end])
            end += 1
        return end - i

    def _negate(self, step: int = 1) -> int:
        self.negations += 1
        self._pending = True
        return step

    def _add(self, key: str, found: Term, i: int, *, light: bool = False) -> None:
        if len(self.items) >= MOST:
            return
        negated = self._pending and not light
        if negated and self.row.at(i - 1) in {"no", "one", "single", "of", "the"}:
            self.none.append(found)
        self.items.append(Item(key, found, LIGHT if light else 1.0, i, "word", negated, self._is_act(found, i)))
        self._pending = self._pending and not negated

    def _is_act(self, found: Term, i: int) -> bool:
        """Whether a word tells what is done or how something is, and not who or what."""
        if found.form.endswith("ing") and found.form != found.lemma:
            return i > 0 and self.row.low[i - 1] in BE | _OPENED
        return found.part in ("v", "a") and not (found.form.endswith("s") and found.form != found.lemma)


@cache
def _openings() -> frozenset[str]:
    """The first words of all phrases."""
    return frozenset(particled()).union(*(phrases(key) for key in ("phrases", "denials", "negating")))


def without_negations(items: list[Item]) -> list[Item]:
    """The same, each as if no negation stood before it."""
    return [replace(x, negated=False) for x in items]
