"""What a sentence says, as far as its words tell: who acts, what it speaks of, how many, when, and whether it is so.

There is no tree between reports, so that all of this is read off the words in their order (shallow natural logic:
MacCartney and Manning 2007). It proposes; `verdicts` decides, and where little is known it does not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from onthetable import dates
from onthetable.case import Party
from onthetable.lexicon import load
from onthetable.model import Interval, Reading, Span
from onthetable.text import plain
from onthetable.ties.thesaurus import Term, known, lemma, phrases, term

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[%$€£;,]|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|['’]s\b")
_SAYING = re.compile(
    r",\s(?:according to [^,\"]{2,80}|"
    r"[^,\"]{0,80}\b(?:said|says|announced|reported|confirmed|added|claimed)\b[^,\"]{0,60})$"
)
_SAID = re.compile(r"[^,\"]{2,80}\b(?:said|announced|reported|confirmed|added|claimed)\b(?: on \w+)? that\b")
_TO_COME = re.compile(r"\b(?:(?:is|are|was|were|due|set|expects?|expected|scheduled|about) to|(?:is|are) going to)\b")
_ONE_WAY = re.compile(r"\b(?:no one|none|nothing|nobody|no\b).{0,40}\b(?:in return|in exchange|back)\b")
_DATELINE = re.compile(r"\s*[A-Z][A-Z .'’-]{2,30}(?:, [A-Z][a-z.]+(?: \d{1,2})?)?\s+[-–—]+ ")
_PERIOD = re.compile(r"P(\d+)([DWMY])$")
LONGEST = 900
"""Code points of a content that are compared."""
MOST = 60
"""Words of a content that are compared."""
LIGHT, NAME, PARTY = 0.25, 1.5, 0.5
"""How much a word of little weight, a name and a party count, beside 1 for another word."""


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
class Number:
    """A number with its bounds and unit.

    `thing` are the words after it, `at` its place, `whole` the number of which it is a part.
    """

    low: float
    high: float
    unit: str
    thing: tuple[Term, ...]
    at: int
    whole: float | None = None


@dataclass(slots=True)
class Account:
    """What is told.

    `agent` is the party or name that acts, None where that is not plain; `order` all in their order.
    """

    items: list[Item] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    none: list[Term] = field(default_factory=list)
    ordinals: set[float] = field(default_factory=set)
    said: list[Interval] = field(default_factory=list)
    days: list[Interval] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    agent: str | None = None
    passive: bool = False
    negations: int = 0
    denied: bool = False
    future: bool = False
    open: bool = False
    prospect: bool = False
    possible: bool = False
    sequence: frozenset[str] = frozenset()
    past: bool = False
    exclusive: bool = False
    definite: frozenset[int] = frozenset()
    condition: bool = False
    universal: bool = False
    no: bool = False
    only: bool = False
    contrast: bool = False
    once: bool = False
    signed: bool = False
    words: list[str] = field(default_factory=list)
    published: Interval | None = None

    @property
    def weight(self) -> float:
        """The weight of all that is spoken of."""
        return sum(i.weight for i in self.items)


class Names:
    """What parties and their people are called in some reports, by the first word."""

    def __init__(self, readings: Iterable[Reading], parties: Iterable[Party] = ()) -> None:
        parties = tuple(parties)
        terms: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self.parties: set[str] = set()
        for r in readings:
            called = [(m.party, m.party) for m in r.moves]
            called += [
                (s.source.name, s.source.party) for s in r.statements if s.source and s.source.name and s.source.party
            ]
            called += [(w.term, w.referent) for w in r.wordings if w.referent[:1].isupper()]
            for name, party in called:
                self.parties.add(party)
                for words in (_split(name), _split(party)):
                    if words:
                        terms[words].add(party)
        for p in parties:
            self.parties.add(p.name)
            for name in (p.name, *p.aliases, *p.people):
                if words := _split(name):
                    terms[words].add(p.name)
        people = {_split(n) for p in parties for n in p.people}
        for words, own in list(terms.items()):
            for word in words if len(words) > 1 else ():
                last = words in people and word == words[-1]
                if word[0].isupper() and len(word) > (2 if last else 3) and (last or not known(word.lower())):
                    terms[(word,)] |= own
        self._terms: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for words, own in sorted(terms.items(), key=lambda t: -len(t[0])):
            if len(own) == 1:
                self._terms[words[0].lower()].append((words, min(own)))

    def at(self, words: Sequence[str], i: int) -> tuple[int, str] | None:
        """How many words from the one at `i` name a party, and which."""
        bare = i > 0 and words[i - 1].lower() not in _BEFORE_PARTY
        for name, party in self._terms.get(words[i].lower(), ()):
            if bare and name[0].islower():
                continue  # "substitute teachers" are not the teachers
            found = words[i : i + len(name)]
            if len(found) == len(name) and all(_one_word(x, y) for x, y in zip(found, name, strict=True)):
                return len(name), party
        word = words[i]
        if word[0].isupper() and len(word) > 5:
            for party in self.parties:
                if " " not in party and len(party) > 4 and word.startswith(party):
                    return 1, party
        return None


_BEFORE_PARTY = frozenset(["the", "by", "with", "and", "between", "against", "from", "to", "of", "that", "both"])


def _one_word(word: str, name: str) -> bool:
    if name[0].isupper():
        return word == name or word == name.upper()
    return word.lower() == name or word.lower() == name + "s"


def _split(name: str) -> tuple[str, ...]:
    found = tuple(t for t in _TOKEN.findall(name) if t[0].isalpha())
    return found[1:] if len(found) > 1 and found[0].lower() in {"the", "a"} else found


def account(reading: Reading, span: Span, published: Interval | None, names: Names) -> Account:
    """What a content or a sentence of a report says."""
    return _Reader(reading, span, published, names).read()


class _Reader:
    def __init__(self, reading: Reading, span: Span, published: Interval | None, names: Names) -> None:
        self.reading, self.published, self.names = reading, published, names
        self.made = Account(published=published)
        self.speaker: str | None = None
        self.acting: str | None = None
        self.pending = False
        self._actors: list[tuple[str, int, bool, bool]] = []
        text, start, end = reading.report.text, span.start, min(span.end, span.start + LONGEST)
        if m := _DATELINE.match(text, start, end):
            start = m.end()
        self.whole = _sentence_around(text, start, end)
        self.pieces = self._core(start, end)
        self.begins = not re.search(r"[\w,] $", text[max(0, self.pieces[0][0] - 2) : self.pieces[0][0]])
        found = [m for a, b in self.pieces for m in _TOKEN.finditer(text, a, b)][: 2 * MOST]
        self.start = [m.start() for m in found]
        self.words = [m[0].replace("’", "'") for m in found]
        self.low = [plain(w) for w in self.words]
        self.lemmas = [lemma(w) for w in self.low]

    def _core(self, start: int, end: int) -> list[tuple[int, int]]:
        """The stretches without who is said to say it, if they are most of it."""
        for s in self.reading.statements:
            if s.content.start >= end or s.content.end <= start:
                continue
            pieces = [(max(p.start, start), min(p.end, end)) for p in s.pieces or (s.content,)]
            pieces = [(a, b) for a, b in pieces if a < b]
            if sum(b - a for a, b in pieces) >= 0.4 * (end - start) or s.denied:
                self.speaker = s.source.party or s.source.name if s.source else None
                if s.cue and not s.denied and lemma(plain(s.cue.text)) in words_of("acting"):
                    self.acting = self.speaker
                    return [(start, end)] if start <= s.cue.start < end else [*pieces, (s.cue.start, s.cue.end)]
                self.made.denied = s.denied
                return pieces
        text = self.reading.report.text
        if m := _SAYING.search(text, start, end):
            return [(start, m.start())]
        if m := _SAID.match(text, start, end):
            return [(m.end(), end)]
        return [(start, end)]

    def read(self) -> Account:
        made, i = self.made, 0
        if self.speaker and self.low[:1] in (["it"], ["they"], ["he"], ["she"]):
            self._actor(self.speaker, 0)
        times = self._times()
        while i < len(self.words):
            step = times.get(i) or self._phrase(i) or self._named(i) or self._number(i) or self._bare(i)
            i += max(step, 1)
        low = " ".join(self.low)
        held = {w for n, w in enumerate(self.low) if n not in times}
        made.words = self.low
        until = self.published.latest if self.published else None
        ahead = bool(until) and any(d.earliest > until for d in made.days if until)
        made.future = bool(held & words_of("future")) or ahead or bool(_TO_COME.search(low))
        made.past = bool(held & words_of("past")) or any(
            _participle(w) for n, w in enumerate(self.low) if n not in times
        )
        made.exclusive = bool({self.lemmas[n] for n, w in enumerate(self.low) if w in held} & words_of("exclusive"))
        made.open = bool(held & words_of("open")) or bool(re.search(r"\b(?:have|has|had) to\b", low))
        made.prospect = any(
            base in words_of("ahead") and "to" in self.low[n + 1 : n + 4] for n, base in enumerate(self.lemmas)
        )
        made.universal = any(self._universal(n) for n, w in enumerate(self.low) if w in held)
        made.no = "no" in held
        made.only = bool(held & words_of("only")) or bool(re.match(r"it was .{2,60}? (?:that|who)\b", low))
        made.possible = bool(held & {"may", "might", "could", "perhaps", "possibly", "maybe"})
        made.sequence = frozenset(held & {"before", "after"})
        made.contrast = made.contrast or any(c in low for c in _data()["contrast"]) or bool(_ONE_WAY.search(low))
        made.signed = bool(held & _once())
        made.once = made.signed or bool(held & {"first", "last", "final"} or set(self.lemmas) & words_of("once"))
        made.definite = self._definite()
        made.condition = bool(held & {"if", "unless", "provided", "providing"})
        turning = {"until", "unless", "till"} | ({"before"} if "before" in self.low[:-1] else set())
        if held & turning and (made.negations or held & {"must", "only"}):
            made.negations -= bool(made.negations)  # "no X until Y" is "Y before X"
            made.items = [replace(x, negated=False) for x in made.items]
            made.condition = True
        self._agent()
        self._units()
        return made

    def _times(self) -> dict[int, int]:
        """The words of times, by the first: how many. Days and lengths are noted."""
        found: dict[int, int] = {}
        for t in self.reading.times:
            inside = [n for n, at in enumerate(self.start) if t.span.start <= at < t.span.end]
            if not inside and self.published and t.type == "DATE" and self.whole[0] <= t.span.start < self.whole[1]:
                said = dates.interval(t, self.published)
                self.made.said += [said] if said and said.days == 1 else []
            if not inside or t.type == "SET" or self._rate(inside):
                continue
            if t.type == "DURATION":
                if t.value and (m := _PERIOD.match(t.value)):
                    count = int(m[1]) * {"D": 1, "W": 7, "M": 30, "Y": 365}[m[2]]
                    low, high, _ = self._bounded(inside[0], inside[-1] + 1, float(count))
                    self.made.numbers.append(Number(low, high, "days", self._thing(inside[-1] + 1), inside[0]))
                    found |= dict.fromkeys(inside, 1)
                continue
            found |= dict.fromkeys(inside, 1)
            if t.type == "TIME" and t.shift and t.shift.kind == "offset" and not t.shift.count:
                continue
            days = dates.interval(t, self.published) if self.published else None
            if days and days.days <= 62:
                self.made.days.append(days)
        return found

    def _universal(self, n: int) -> bool:
        """Whether a word speaks of all: "every town", "none of them", but not "every second" or "each other"."""
        if self.low[n] in {"none", "nobody"} or self.low[n : n + 2] in (["not", "one"], ["no", "one"]):
            return True
        after = self.lemmas[n + 1 : n + 2]
        return self.low[n] in words_of("universal") and not (after and (after[0] in _LENGTHS or after[0] == "other"))

    def _rate(self, inside: Sequence[int]) -> bool:
        """Whether a length of time is that of a rate: "two days a year", "days off"."""
        first, last = inside[0], inside[-1]
        if self.low[last + 1 : last + 2] == ["off"]:
            return True
        one = len(inside) == 2 and self.low[first] in {"a", "an"}
        return (
            one
            and bool(first)
            and self.low[first - 1] not in _PREPOSED | {"after", "within", "before", "over", "least"}
        )

    def _phrase(self, i: int) -> int:
        """A phrase that begins here: how many words."""
        if self.lemmas[i] in _phrases():
            for words, stands in _phrases()[self.lemmas[i]]:
                if length := self._matches(words, i):
                    for word in stands.split():
                        if word == "not":
                            self._negate(1)
                        else:
                            self._add(word, term(word), i)
                    return length
        for words in _denials().get(self.lemmas[i], ()):
            if length := self._matches(words, i):
                self.made.denied = not self.made.denied
                return length
        if self.lemmas[i] in _negating():
            for words in _negating()[self.lemmas[i]]:
                if length := self._matches(words, i):
                    return self._negate(length)
        for words in phrases().get(self.lemmas[i], ()):
            if (
                len(words) <= len(self.lemmas) - i
                and self.low[i + 1 : i + len(words)] == list(words[1:])
                and words[-1] in words_of("particles")
                and (words[-1] not in {"in", "on"} or i + len(words) == len(self.low))
            ):
                self._add(" ".join(words), term(" ".join(words)), i)
                return len(words)
        return 0

    def _matches(self, words: Sequence[str], i: int) -> int:
        """How many words from here match a pattern, 0 if they do not."""
        at = i
        for n, word in enumerate(words):
            if word == "*":
                rest = words[n + 1]
                stop = next((j for j in range(at, min(at + 5, len(self.low))) if self._is(j, rest)), None)
                if stop is None:
                    return 0
                at = stop
            elif at < len(self.low) and self._is(at, word):
                at += 1
            else:
                return 0
        return at - i

    def _is(self, i: int, word: str) -> bool:
        return self.low[i] == word or self.lemmas[i] == word

    def _named(self, i: int) -> int:
        """A party, one of its people, or another name."""
        word = self.words[i]
        if self.speaker and self.low[i] in {"we", "us", "our", "ours"}:
            self._actor(self.speaker, i, i + 1)
            return 1
        if found := self.names.at(self.words, i):
            length, party = found
            self._actor(party, i, i + length)
            return length
        if not word[0].isupper() or self.low[i] in _ignored() or (i == 0 and self.low[i] in words_of("subordinate")):
            return 0
        if self.low[i] in words_of("negation") or (i == 0 and known(self.lemmas[i]) and self.begins):
            return 0
        length = 1
        while (
            i + length < len(self.words)
            and self.words[i + length][0].isupper()
            and not self.names.at(self.words, i + length)
        ):
            length += 1
        parts = [w for w in self.low[i : i + length] if w not in _ignored()]
        self.made.items.append(Item(" ".join(parts), term(parts[-1]), NAME, i, "name"))
        self._acts(" ".join(parts), i, i + length)
        return length

    def _actor(self, party: str, i: int, after: int = 0) -> None:
        self.made.items.append(Item(party, term(plain(party)), PARTY, i, "party"))
        self._acts(party, i, after)

    def _acts(self, party: str, i: int, after: int) -> None:
        """Notes where somebody is named, and whether that can be the one who acts."""
        self.made.order.append(party)
        before = self.low[max(0, i - 2) : i]
        by = "by" in before
        preceded = bool(before and (before[-1] in _PREPOSED or (before[-1] == "the" and before[0] in _PREPOSED)))
        owns = (
            self.low[after : after + 1] == ["'s"]
            and self.lemmas[after + 1 : after + 2]
            and (self.lemmas[after + 1] not in words_of("stands_for"))
        )
        spoken_of = sum(x.kind == "word" and x.weight >= 1 for x in self.made.items) > 1
        self._actors.append((party, i, by, preceded or bool(owns) or spoken_of))

    def _definite(self) -> frozenset[int]:
        """The places of words that are told of as known: after "the" or a day: "Tuesday's pause"."""
        times = {
            n for n, at in enumerate(self.start) if any(t.span.start <= at < t.span.end for t in self.reading.times)
        }
        found = set()
        for n, low in enumerate(self.low[:-1]):
            if low == "the" or (low == "'s" and n - 1 in times):
                found |= {n + 1, n + 2}
        return frozenset(found)

    def _agent(self) -> None:
        made, low = self.made, self.low
        for n, word in enumerate(low[:-1]):
            if word in _BE and any(_participle(w) for w in low[n + 1 : n + 3]):
                made.passive = True
        by = next((p for p, _, by, _ in self._actors if by), None)
        first = next((x for x in self._actors if not x[3]), None)
        if self.acting:
            made.agent = self.acting
        elif made.passive and by:
            made.agent = by
        elif self.speaker and low[0].endswith("ing"):
            made.agent = self.speaker
        elif not made.passive and first and low[0] not in words_of("subordinate"):
            made.agent = first[0]

    def _number(self, i: int) -> int:
        """A number with its bounds: how many words."""
        value, length = _value(self.low, i)
        if value is None:
            if self.low[i] in _ordinals() and self.lemmas[i + 1 : i + 2] != ["time"]:
                self.made.ordinals.add(_ordinals()[self.low[i]])
                return 1
            return 0
        after = i + length
        unit = "count"
        if self.low[after : after + 1] == ["%"] or self.lemmas[after : after + 1] == ["percent"]:
            unit, after = "percent", after + 1
        elif self.low[after : after + 2] == ["per", "cent"]:
            unit, after = "percent", after + 2
        elif (
            self.low[after : after + 2] == ["in", "five"]
            or self.low[after : after + 2] == ["out", "of"]
            or (self.low[after : after + 1] == ["in"] and after + 1 < len(self.low) and _value(self.low, after + 1)[0])
        ):
            start = after + (2 if self.low[after] == "out" else 1)
            whole, more = _value(self.low, start)
            if whole and whole > value:
                value, unit, after = 100 * value / whole, "percent", start + more
        elif self.low[i] in _data()["shares"]:
            unit = "percent"
        if self.low[after : after + 1] in (["more"], ["extra"], ["additional"], ["further"]) and _days_of(
            self.lemmas[after + 1 : after + 2]
        ):
            after += 1
        if (days := _days_of(self.lemmas[after : after + 1])) and unit == "count":
            value, unit, after = value * days, "days", after + 1
        low, high, after = self._bounded(i, after, value)
        if (
            low == high <= 10
            and unit == "count"
            and self.low[i - 1 : i] in (["the"], ["these"], ["those"], ["both"])
            and i
        ):
            return after - i  # "the three parties"
        self.made.numbers.append(Number(low, high, unit, self._thing(after), i, self._whole(after)))
        return after - i

    def _whole(self, after: int) -> float | None:
        """The number of which one is a part: "six of its nine sites"."""
        if self.low[after : after + 1] != ["of"]:
            return None
        found = (_value(self.low, n)[0] for n in range(after + 1, min(after + 5, len(self.low))))
        return next((v for v in found if v), None)

    def _units(self) -> None:
        """A bare number takes the unit of the one beside it: "from 25 to 15 per cent"."""
        numbers = self.made.numbers
        for n, x in enumerate(numbers):
            beside = (y for y in numbers if y is not x and y.unit == "percent" and 0 < abs(y.at - x.at) < 5)
            if x.unit == "count" and not x.thing and next(beside, None):
                numbers[n] = replace(x, unit="percent")

    def _bounded(self, i: int, after: int, value: float) -> tuple[float, float, int]:
        """The bounds of a number, and the place after it."""
        before = " ".join(self.low[max(0, i - 4) : i])
        behind = " ".join(self.low[after : after + 2])
        for kind in ("least", "over", "most", "under", "about"):
            for words in _data()[kind]:
                # "no more than" is no "more than"
                if (before.endswith(words) and not before.endswith((f"no {words}", f"not {words}"))) or (
                    words.startswith("or ") and behind.startswith(words)
                ):
                    return *_range(kind, value), after
        return value, value, after

    def _thing(self, after: int) -> tuple[Term, ...]:
        """The words after a number, up to the end of what it counts."""
        found: list[Term] = []
        n = after
        while n < len(self.low) and n < after + 7 and len(found) < 3:
            low = self.low[n]
            if self.names.at(self.words, n) or low in {"of", "the", "its", "their", "'s", "a", "more", "per"}:
                n += 1
                continue
            if low in _small() or low[0].isdigit():
                n += 1
                continue
            if low in _ignored() or not low[0].isalpha():
                break
            found.append(term(low))
            n += 1
        return tuple(found)

    def _bare(self, i: int) -> int:
        """Any other word."""
        low, base = self.low[i], self.lemmas[i]
        if low in words_of("negation") or low.endswith("n't"):
            after = self.low[i + 1 : i + 3]
            if low == "not" and after[:1] == ["once"] and self.made.negations:
                return 2
            if after[:1] == ["only"] or (
                low in {"no", "not"} and after[:1] and after[0] in {"more", "fewer", "less", "later"}
            ):
                return 2 if after[0] != "more" or self.low[i + 2 : i + 3] == ["than"] else self._negate(1)
            if low == "not" and i and i + 1 < len(self.words) and self.words[i + 1][0].isupper():
                self.made.contrast = True
                return 1
            if low == "not" and after[:1] == ["by"]:
                return len(self.low) - i if i > len(self.low) / 2 else 1
            return self._negate(1)
        if base in words_of("least_bit") and self.low[i - 2 : i] in (["not", "a"], ["not", "one"]):
            return 1
        if base in words_of("denying"):
            self.made.denied = not self.made.denied
            return 1
        if low in _ignored() or not low[0].isalpha() or len(low) < 2:
            return 1
        self._add(low, term(low), i, light=base in words_of("light") or low in words_of("light"))
        return 1

    def _is_act(self, found: Term, i: int) -> bool:
        """Whether a word tells what is done or how something is, and not who or what."""
        form = found.form
        if form.endswith("ing") and form != found.lemma:
            return i > 0 and self.low[i - 1] in _BE | {"of", "from", "for", "by", "without", "not", "to", "after"}
        plural = form.endswith("s") and form != found.lemma
        return found.part in ("v", "a") and not plural

    def _negate(self, step: int) -> int:
        self.made.negations += 1
        self.pending = True
        return step

    def _add(self, key: str, found: Term, i: int, *, light: bool = False) -> None:
        if len(self.made.items) < MOST:
            negated = self.pending and not light
            if negated and self.low[i - 1] in {"no", "one", "single", "of", "the"}:
                self.made.none.append(found)
            self.made.items.append(
                Item(key, found, LIGHT if light else 1.0, i, "word", negated, self._is_act(found, i))
            )
            if negated:
                self.pending = False


_PREPOSED = {
    "by",
    "of",
    "from",
    "with",
    "to",
    "at",
    "against",
    "between",
    "for",
    "in",
    "on",
    "into",
    "among",
    "than",
    "towards",
}
_LENGTHS = {"second", "minute", "hour", "day", "week", "month", "year", "time"}
_UNCHANGED = {"set", "put", "cut", "hit", "let", "shut", "hurt", "spread", "cast", "beat", "split"}
_BE = {"is", "are", "was", "were", "be", "been", "being"}


def _participle(word: str) -> bool:
    return word.endswith("ed") or word in _UNCHANGED or (lemma(word) != word and not word.endswith(("s", "ing")))


def _range(kind: str, value: float) -> tuple[float, float]:
    if kind == "least":
        return value, float("inf")
    if kind == "over":
        return value + 1e-6 * max(1.0, abs(value)), float("inf")
    if kind == "most":
        return float("-inf"), value
    if kind == "under":
        return float("-inf"), value - 1e-6 * max(1.0, abs(value))
    return value - 0.1 * abs(value), value + 0.1 * abs(value)


def _value(low: Sequence[str], i: int) -> tuple[float | None, int]:
    """The number that begins at a word, and how many words it takes; None if there is none."""
    if i >= len(low):
        return None, 0
    word, at = low[i], i
    value: float | None = None
    if word[0].isdigit():
        try:
            value = float(word.replace(",", ""))
        except ValueError:
            return None, 0
        at += 1
    elif word in _data()["shares"] and word != "second":
        return float(_data()["shares"][word]), 1
    else:
        if word in {"trio", "pair", "couple"}:
            return (3.0 if word == "trio" else 2.0), 1
        while at < len(low) and low[at] in _small() and (value is None or _small()[low[at]] < 10 <= value < 100):
            value = (value or 0) + _small()[low[at]]
            at += 1
        if (
            value is None
            and word in {"a", "an"}
            and low[i + 1 : i + 2] in (["dozen"], ["hundred"], ["thousand"], ["million"])
        ):
            value, at = 1.0, i + 1
        if value is None and word == "dozen":
            return 12.0, 1
    if value is None:
        return None, 0
    while at < len(low) and (times := _large().get(low[at])):
        if len(low[at]) < 3 and not word[0].isdigit():
            break
        value, at = value * times, at + 1
        if at < len(low) and low[at] == "and" and at + 1 < len(low) and low[at + 1] in _small():
            value, at = value + _small()[low[at + 1]], at + 2
    if (
        at < len(low)
        and low[at] in {"third", "thirds", "quarter", "quarters", "fifth", "fifths", "tenths"}
        and value < 10
    ):
        return value * float(_data()["shares"][low[at].removesuffix("s")]), at + 1 - i
    if value == 1 and at == i + 1 and word == "one":
        return None, 0
    return value, at - i


def _days_of(lemmas: Sequence[str]) -> float:
    """The days of a unit of time, 0 for another word."""
    return float(_data()["lengths"].get(lemmas[0], 0)) if lemmas else 0.0


@cache
def _small() -> dict[str, float]:
    numbers = load("onthetable.ties", "copies.toml")["numbers"]
    return {
        w: float(v)
        for w, v in numbers.items()
        if v < 100 and w not in _ordinals() and w not in {"fortnight", "dozen", "half"}
    }


@cache
def _large() -> dict[str, float]:
    return {"hundred": 100.0, "dozen": 12.0} | {w: float(v) for w, v in _data()["numbers"].items()}


@cache
def _ordinals() -> dict[str, float]:
    words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
    return {w: float(n) for n, w in enumerate(words, 1)}


@cache
def _phrases() -> Mapping[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for line in _data()["phrases"]:
        words, _, stands = line.partition(" = ")
        parts = tuple(words.split())
        found[parts[0]].append((parts, stands))
    return {first: sorted(rows, key=lambda r: -len(r[0])) for first, rows in found.items()}


def _negating() -> Mapping[str, list[tuple[str, ...]]]:
    return _listed("negating")


def _denials() -> Mapping[str, list[tuple[str, ...]]]:
    return _listed("denials")


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The line that a stretch stands in, so far as it is near, up to the stops of its sentence."""
    low = max(text.rfind(stop, max(0, start - 200), start) + len(stop) for stop in (". ", "\n"))
    ends = [n for stop in (". ", "\n") if (n := text.find(stop, end, end + 200)) >= 0]
    return max(low, start - 200, 0), min(ends, default=min(end + 200, len(text)))


@cache
def _listed(key: str) -> Mapping[str, list[tuple[str, ...]]]:
    """The phrases of one list by their first word."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for line in _data()[key]:
        parts = tuple(line.split())
        found[parts[0]].append(parts)
    return found


@cache
def listed_negative() -> frozenset[str]:
    """Words of refusal, absence and failure in their forms."""
    return frozenset(load("onthetable.ties", "claims.toml")["sense"]["negative"].split())


@cache
def _once() -> frozenset[str]:
    return frozenset(load("onthetable.ties", "claims.toml")["once"].split())


@cache
def _ignored() -> frozenset[str]:
    return frozenset(load("onthetable.ties", "copies.toml")["ignored"].split()) - words_of("telling")


@cache
def words_of(key: str) -> frozenset[str]:
    """The words of one list in `accounts.toml`."""
    return frozenset(_data()[key].split())


@cache
def _data() -> dict[str, Any]:
    return load("onthetable.ties", "accounts.toml")


def items_of(made: Account) -> Iterator[str | int]:
    """What an account is looked up by: its words of weight, by the lists that they are in or in their basic form."""
    for item in made.items:
        if item.weight >= 1:
            if item.term.lists:
                yield from sorted(item.term.lists)
            else:
                yield item.term.lemma
