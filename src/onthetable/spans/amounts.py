"""Numbers with their unit and bounds: "more than 34,600", "six-week", "20-33", "$3.5bn", "dozens of".

A scanner over pieces of tokens (numbers, letters, marks), since tokenisers disagree on "1.2m", "20–33" and
"$3.5bn". Bounds follow the annotation guide: "over 100" has a low of 100 and no high, "up to 5" a high of 5
and no low, "dozens" a low of 24. Numbers that are names (dates, clock times, "Channel 12", "F-16") are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from onthetable.lexicon import load
from onthetable.model import Amount, Qualifier, Span
from onthetable.tree import Tree

_DATA: dict[str, Any] = load("onthetable.spans", "amounts.toml")
_WORDS: dict[str, int] = _DATA["words"]
_SCALES: dict[str, int] = _DATA["scales"]
_SHORT: dict[str, int] = _DATA["short"]
_VAGUE: dict[str, int] = _DATA["vague"]
_FRACTIONS: dict[str, float] = _DATA["fractions"]
_CURRENCY: dict[str, str] = _DATA["currency"]
_DOLLARS: dict[str, str] = _DATA["dollars"]
_CODES: dict[str, str] = _DATA["codes"]
_OF_WHAT = frozenset({"of", "its", "their", "his", "her", "the", "our"})
_LENGTHS: dict[str, list[Any]] = _DATA["lengths"]
_MONTHS, _LABELS, _CLOCK = (frozenset(_DATA["names"][k]) for k in ("months", "labels", "clock"))
_BETWEEN, _MOTION, _LASTING, _RANGING = (
    frozenset(_DATA["skip"][k]) for k in ("between", "motion", "lasting", "ranging")
)
_TIME, _GLUED = frozenset(_DATA["kinds"]["time"]), frozenset(_DATA["kinds"]["glued"])
_METRES = frozenset(_DATA["metres"]["after"])
_DEICTIC = frozenset({"last", "next", "this", "past", "previous", "same"})
_DASHES = frozenset("-–—‑−")

_PIECE = re.compile(
    r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|\.\d+"
    r"|o['’]clock|[apAP]\.m\.?|[kK]m/h|°[CF]|[^\W\d_]+[²³]?|\S"
)
_NUMBER = re.compile(r"[\d,]*\.?\d+\Z")

Words = tuple[str, ...]


def _words(phrase: str) -> Words:
    return tuple(m[0].lower() for m in _PIECE.finditer(phrase))


def _phrases(table: dict[str, list[str]]) -> dict[Words, str]:
    return {_words(p): name for name, phrases in table.items() for p in phrases}


_BEFORE = _phrases(_DATA["before"])
_AFTER = _phrases(_DATA["after"])
_UNITS = _phrases(_DATA["units"])
_MID = {_words(p) for p in _BETWEEN}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of one token; `glued` tells that no white space goes before it."""

    start: int
    end: int
    text: str
    low: str
    token: int
    glued: bool


@dataclass(frozen=True, slots=True)
class _Number:
    """A number read from pieces `first` to `last`; `high` is another end of a range."""

    first: int
    last: int
    low: float
    high: float
    unit: str | None = None
    vague: bool = False
    scaled: bool = False
    symbol: bool = False
    digits: bool = False
    ranged: bool = False


def find_amounts(tree: Tree) -> tuple[Amount, ...]:
    """All amounts of a report in the order of the text, none overlapping.

    Spans hold qualifier, number and unit of measure, in code points; what is counted ("hostages") is no
    part of them. `unit` is a unit of measure, else the noun that is counted as written, else None.
    """
    pieces = _pieces(tree)
    found: list[Amount] = []
    taken = i = 0
    while i < len(pieces):
        numbers = _numbers(pieces, i)
        if not numbers:
            i += 1
            continue
        for n in numbers:
            amount = _amount(tree, pieces, n, taken) if not _is_name(tree, pieces, n) else None
            if amount:
                found.append(amount)
        i = taken = max(n.last for n in numbers)
    return tuple(found)


def _pieces(tree: Tree) -> list[_Piece]:
    pieces: list[_Piece] = []
    end = -1
    for t in tree.tokens:
        for m in _PIECE.finditer(t.text):
            start = t.start + m.start()
            low = m[0].lower().replace("’", "'")
            pieces.append(_Piece(start, t.start + m.end(), m[0], low, t.i, start == end))
            end = t.start + m.end()
    return pieces


def _low(p: list[_Piece], i: int) -> str:
    return p[i].low if 0 <= i < len(p) else ""


def _glued(p: list[_Piece], i: int) -> bool:
    return 0 <= i < len(p) and p[i].glued


# --- one number ---------------------------------------------------------------------------------------


def _number(p: list[_Piece], i: int) -> _Number | None:
    """The number that begins at piece `i`, with currency and unit, without bounds."""
    symbol, unit, at = _money(p, i)
    n = _digits(p, at) or _fraction(p, at) or _cardinal(p, at) or _plural(p, at) or _length(p, at)
    if not n:
        return None
    if unit:
        n = replace(n, first=i, unit=unit, symbol=symbol)
        tail = _low(p, n.last)
        if tail in _DOLLARS and tail in {"us", "a", "c"} and p[n.last].text.isupper():
            return replace(n, last=n.last + 1, unit=_DOLLARS[tail])
        return n
    name, end = _unit(p, n)
    return replace(n, unit=n.unit or name, last=end)


def _money(p: list[_Piece], i: int) -> tuple[bool, str | None, int]:
    """A currency sign or code before the number: whether it is there, its unit, and where the number begins."""
    sign = p[i].text
    if sign in _CURRENCY:
        after = _low(p, i + 1)
        if sign == "$" and after in _DOLLARS and _glued(p, i + 1) and _NUMBER.match(_low(p, i + 2)):
            return True, _DOLLARS[after], i + 2
        return True, _CURRENCY[sign], i + (2 if after in _DASHES and _glued(p, i + 1) else 1)
    if p[i].low in _DOLLARS and p[i].text.isupper() and _low(p, i + 1) == "$":
        return True, _DOLLARS[p[i].low], i + 2
    if p[i].low in _CODES and (p[i].text.isupper() or p[i].low == "rs") and _NUMBER.match(_low(p, i + 1)):
        return True, _CODES[p[i].low], i + 1
    return False, None, i


def _digits(p: list[_Piece], i: int) -> _Number | None:
    if i >= len(p) or not _NUMBER.match(p[i].low):
        return None
    text, last = p[i].low.replace(",", ""), i + 1
    while len(text) <= 12 and _low(p, last) == "000" and len(p[i].low) <= 3 and p[last].start == p[last - 1].end + 1:
        text, last = text + "000", last + 1  # "10 000"
    if len(text) > 18:
        return None
    value, last, scaled = _scale(p, float(text), last)
    return _Number(i, last, value, value, scaled=scaled, digits=True)


def _scale(p: list[_Piece], value: float, i: int) -> tuple[float, int, bool]:
    """The value times the scale words at `i`: "million", "hundred thousand", "bn"."""
    start = i
    while i < start + 6:
        j = i + 1 if _low(p, i) in _DASHES and _glued(p, i) and _low(p, i + 1) in _SCALES else i
        word = _low(p, j)
        if word in _SCALES:
            value *= _SCALES[word]
        elif word in _SHORT and i == start and _glued(p, j) and not _is_metres(p, j):
            value *= _SHORT[word]
        else:
            break
        i = j + 1
    return round(value, 6), i, i > start


def _is_metres(p: list[_Piece], i: int) -> bool:
    return p[i].text == "m" and (_low(p, i + 1) in _METRES or (_glued(p, i + 1) and _low(p, i + 1) in {"2", "3"}))


def _cardinal(p: list[_Piece], i: int) -> _Number | None:
    """Words: "fifty-eight", "a million", "half a million", "two and a half million", "several hundred"."""
    first = i
    if _low(p, i) == "half" and (_low(p, i + 1) in _SCALES or (_low(p, i + 1) == "a" and _low(p, i + 2) in _SCALES)):
        value, last, _ = _scale(p, 0.5, i + (2 if _low(p, i + 1) == "a" else 1))
        return _Number(first, last, value, value, scaled=True)
    if _low(p, i) == "half" and _low(p, i + 1) in _DASHES and _low(p, i + 2) in {"dozen", "million", "billion"}:
        value, last, _ = _scale(p, 0.5, i + 2)
        return _Number(first, last, value, value, scaled=True)
    if _low(p, i) in {"a", "an", "several", "few", "many"} and _is_scale(p, i + 1, _low(p, i)):
        few = _low(p, i + 1) == "few"
        value, last, _ = _scale(p, 1, i + (2 if few else 1))
        vague = few or _low(p, i) in {"several", "few", "many"}
        return _Number(first, last, value * (2 if vague else 1), value, vague=vague, scaled=True)
    total, current, last = 0.0, -1.0, i
    small = 1000.0
    while last < i + 16:
        j = last + 1 if last > i and _low(p, last) in _DASHES and _glued(p, last) else last
        if last > i and _low(p, last) == "and" and _low(p, last - 1) in _SCALES and _low(p, last + 1) in _WORDS:
            j = last + 1
        word = _low(p, j)
        if word in _WORDS and _WORDS[word] < small and not (small == 10 and j == last and _WORDS[word] > 9):
            value = _WORDS[word]
            current = max(current, 0) + value
            small = 10 if value >= 20 else 0
        elif word in _SCALES and current > 0:
            scale = _SCALES[word]
            if scale >= 1000:
                total, current, small = total + current * scale, 0, 1000
            else:
                current, small = current * scale, 100 if scale == 100 else 0
        else:
            break
        last = j + 1
    if last == i:
        return None
    value = total + current
    if [_low(p, last + k) for k in range(3)] == ["and", "a", "half"]:
        value, last = value + 0.5, last + 3
        value, last, _ = _scale(p, value, last)
    return _Number(first, last, value, value, scaled=value >= 1000)


def _is_scale(p: list[_Piece], i: int, before: str) -> bool:
    if before == "a" and _low(p, i) == "few":
        return _low(p, i + 1) in _SCALES
    return _low(p, i) in _SCALES


def _plural(p: list[_Piece], i: int) -> _Number | None:
    """Vague plurals: "dozens", "hundreds of thousands", "scores of"."""
    word = _low(p, i)
    if word not in _VAGUE or (word in {"scores", "tens"} and _low(p, i + 1) != "of"):
        return None
    value, last = float(_VAGUE[word]), i + 1
    while _low(p, last) == "of" and _low(p, last + 1) in _VAGUE and last < i + 5:
        # "hundreds of thousands": two hundred of a thousand.
        value, last = value * _VAGUE[_low(p, last + 1)] / 2, last + 2
    if word == "tens" and last == i + 1:
        return None
    return _Number(i, last, value, value, vague=True, scaled=True)


def _fraction(p: list[_Piece], i: int) -> _Number | None:
    """Shares: "half of", "a third of", "two-thirds", "one in five"; their value is below one."""
    if _low(p, i) in {"half", "halves"}:
        good = _low(p, i + 1) in _OF_WHAT and _low(p, i - 1) not in {"first", "second", "other"}
        return _Number(i, i + 1, 0.5, 0.5, unit="share") if good else None
    part = _FRACTIONS.get(_low(p, i + 1))
    if _low(p, i) in {"a", "one"} and part and _low(p, i + 2) == "of":
        return _Number(i, i + 2, part, part, unit="share")
    top = _WORDS.get(_low(p, i), 0)
    j = i + 2 if _low(p, i + 1) in _DASHES else i + 1
    if 2 <= top <= 9 and _low(p, j) in _FRACTIONS and _low(p, j).endswith("s"):
        value = top * _FRACTIONS[_low(p, j)]
        return _Number(i, j + 1, value, value, unit="share")
    if _low(p, i) in {"one", "1"}:
        k = i + 2 if _low(p, i + 1) == "in" else i + 3 if (_low(p, i + 1), _low(p, i + 2)) == ("out", "of") else 0
        whole = _digits(p, k) or _cardinal(p, k) if k and k < len(p) else None
        if whole and 2 <= whole.low <= 100 and (k == i + 3 or _low(p, whole.last).endswith("s")):
            return _Number(i, whole.last, 1 / whole.low, 1 / whole.low, unit="share")
    return None


def _length(p: list[_Piece], i: int) -> _Number | None:
    """Lengths of time in one word, and "for a year", "a week-long"."""
    at = i + 1 if _low(p, i) in {"a", "one", "single"} else i
    if _low(p, at) in _LENGTHS:
        count, unit = _LENGTHS[_low(p, at)]
        return _Number(i, at + 1, float(count), float(count), unit=unit)
    if _low(p, i) not in {"a", "an", "single"}:
        return None
    unit = _UNITS.get((_low(p, i + 1),), "")
    long = _low(p, i + 2) in _DASHES and _low(p, i + 3) == "long"
    whole = _low(p, i - 1) == "for" and _low(p, i + 2) not in {"or", "now", "ago"}
    singular = unit in _TIME - {"seconds", "minutes", "centuries"} and p[i + 1].low[-1] != "s"
    if singular and (long or whole or _low(p, i) == "single"):
        return _Number(i, i + 2, 1.0, 1.0, unit=unit)
    return None


def _unit(p: list[_Piece], n: _Number) -> tuple[str | None, int]:
    """The unit of measure behind a number, and where it ends: "per cent", "-week", "kg"."""
    at = n.last
    if _low(p, at) in _DASHES and _glued(p, at) and _glued(p, at + 1):
        at += 1
    for size in (3, 2, 1):
        words = tuple(_low(p, at + k) for k in range(size))
        unit = _UNITS.get(words)
        if not unit or (words[0] in _GLUED and not (n.digits and (_glued(p, at) or len(words[0]) < 3))):
            continue
        return unit, at + size
    return None, n.last


# --- two numbers --------------------------------------------------------------------------------------


def _numbers(p: list[_Piece], i: int) -> list[_Number]:
    """One number, a range, or the two of "from X to Y"."""
    a = _number(p, i)
    if not a:
        return []
    b = _second(p, a)
    if not b:
        return [a]
    a = _share(a, b)
    b = b if b.unit else replace(b, unit=a.unit)
    lead = _lead(p, a.first)
    moving = lead == "from" and _low(p, a.last) != "and" and not _ranges(p, a.first)
    sep = _low(p, a.last)
    if moving or a.low >= b.low:
        # "14 to 11 per cent" shares its unit, "voted 27 to 14" and a score of "2-0" are no ranges.
        return [] if sep in _DASHES and a.low >= b.low else [a, b]
    return [replace(a, last=b.last, high=b.low, unit=b.unit or a.unit, ranged=True)]


def _second(p: list[_Piece], a: _Number) -> _Number | None:
    sep = _low(p, a.last)
    between = _lead(p, a.first) == "between"
    if not (sep in _DASHES or sep in {"to", "or"} or (sep == "and" and between)) or a.last + 1 >= len(p):
        return None
    at = a.last + 1
    if sep == "to" and _low(p, at) in _DASHES:
        at += 1  # "200,000 to-260,000"
    b = _number(p, at)
    if not b or b.vague or (b.unit == "share") != (a.unit == "share"):
        return None
    if sep in _DASHES and b.digits != a.digits:
        return None
    if sep == "or" and not (a.low < b.low <= 2 * a.low + 1):
        return None
    if a.unit and b.unit and a.unit != b.unit:
        return None
    return b


def _share(a: _Number, b: _Number) -> _Number:
    """The first number with the scale and unit that it leaves to the second: "0.8 to 2.4 million tonnes"."""
    factor = 10 ** (3 * ((len(str(int(b.low))) - 1) // 3))
    if b.scaled and not a.scaled and a.low < 1000 and (not (a.symbol and b.symbol) or a.low <= b.low / factor):
        a = replace(a, low=a.low * factor, high=a.high * factor, scaled=True)
    return a if a.unit else replace(a, unit=b.unit)


def _lead(p: list[_Piece], i: int) -> str:
    """The word before a number, bounds and articles left out."""
    start, _ = _bounds(p, i)
    return _low(p, start - 1)


def _ranges(p: list[_Piece], i: int) -> bool:
    return bool({_low(p, i - 2), _low(p, i - 3)} & _RANGING)


# --- bounds -------------------------------------------------------------------------------------------


def _bounds(p: list[_Piece], i: int, floor: int = 0) -> tuple[int, list[str]]:
    """The qualifiers right before piece `i`, nearest first, and the piece where they begin."""
    kinds: list[str] = []
    start = at = i
    for _ in range(4):
        hit = _phrase_before(p, at, floor)
        if hit:
            start = at = hit[0]
            kinds.append(hit[1])
            continue
        skip = next((k for k in (3, 2, 1) if at - k >= floor and _slice(p, at - k, at) in _MID), 0)
        if not skip:
            break
        at -= skip
    return start, kinds


def _phrase_before(p: list[_Piece], end: int, floor: int) -> tuple[int, str] | None:
    for size in (5, 4, 3, 2, 1):
        if end - size < floor:
            continue
        kind = _BEFORE.get(_slice(p, end - size, end))
        if kind and not _refused(p, end - size, end):
            return end - size, kind
    return None


def _slice(p: list[_Piece], first: int, last: int) -> Words:
    return tuple(x.low for x in p[first:last])


def _refused(p: list[_Piece], first: int, last: int) -> bool:
    """Words that are a bound elsewhere: "went up to 400", "14 per cent over two years"."""
    phrase, before = _slice(p, first, last), _low(p, first - 1)
    if phrase == ("up", "to"):
        return before in _MOTION
    if phrase == ("over",):
        n = _number(p, last) if last < len(p) else None
        return bool(n and n.unit in _TIME and before not in _LASTING)
    if phrase == ("round",) or phrase == ("near",):
        return before in {"a", "the"} or before.endswith("st")
    return phrase == ("some",) and last < len(p) and _low(p, last) in {"one", "of"}


def _bounds_after(p: list[_Piece], i: int) -> tuple[int, list[str]]:
    at = i + 1 if _low(p, i) in _DASHES and _low(p, i + 1) == "odd" else i
    for size in (4, 3, 2, 1):
        kind = _AFTER.get(_slice(p, at, at + size)) if at + size <= len(p) else None
        if kind and not (_low(p, at) in {"plus", "minimum", "maximum", "+"} and not p[at].glued):
            return at + size, [kind]
    return i, []


# --- the record ---------------------------------------------------------------------------------------


def _amount(tree: Tree, p: list[_Piece], n: _Number, taken: int) -> Amount:
    start, kinds = _bounds(p, n.first, taken)
    last, more = _bounds_after(p, n.last)
    unit = n.unit or _counted(tree, p[n.last - 1].token, n.vague)
    if not more and _low(p, n.last) == unit:
        more = _bounds_after(p, n.last + 1)[1]  # "20 nurses or so"
    low, high, qualifier = _limits(n, [*kinds, *more])
    first, end = p[start], p[last - 1]
    span = Span(first.start, end.end, tree.text[first.start : end.end])
    return Amount(span, first.token, end.token + 1, low, high, unit, qualifier)


def _limits(n: _Number, kinds: Iterable[str]) -> tuple[float | None, float | None, Qualifier]:
    kinds = set(kinds)
    if n.vague:
        return n.low, None, "vague"
    if n.ranged:
        return n.low, n.high, "range"
    if "at-least" in kinds:
        return n.low, None, "at-least"
    if "at-most" in kinds:
        return None, n.low, "at-most"
    return n.low, n.low, "about" if "about" in kinds else "exact"


def _counted(tree: Tree, token: int, vague: bool) -> str | None:
    """The noun that is counted, as written in lower case: the number's head, or the end of the nouns behind it."""
    noun = None
    last = min(tree.sentence(token)[1], token + 8)
    head = tree[token].head
    if tree[token].dep == "nummod" and token < head < last and tree[head].pos in {"NOUN", "PROPN"}:
        return _letters(tree[head].text)
    for i in range(token + 1, last):
        t = tree[i]
        if vague and noun is None and t.text.lower() in {"of", "the", "its", "their"}:
            continue
        if t.pos in {"NOUN", "PROPN"}:
            noun = t.text
            if t.tag in {"NNS", "NNPS"}:
                break
        elif t.text.lower() in _DEICTIC or not (t.pos == "ADJ" or t.tag in {"VBN", "VBG", "HYPH"} or t.dep == "amod"):
            break
    return _letters(noun) if noun else None


def _letters(word: str) -> str | None:
    """The word in lower case up to a dash that the tokeniser left in it ("deaths—32")."""
    return re.split(r"[—–]", word, maxsplit=1)[0].lower() or None


# --- names that look like numbers ---------------------------------------------------------------------


def _is_name(tree: Tree, p: list[_Piece], n: _Number) -> bool:
    if _is_one(p, n):
        return True
    if not n.digits:
        return _is_clock(p, n) or (_is_label(p, n) and n.unit is None)
    return (
        _is_code(p, n) or _is_date(p, n) or _is_clock(p, n) or _is_year(tree, p, n) or _is_listed(tree, p, n)
        or _is_age(p, n)
        or (n.unit is None and not n.scaled and (_is_label(p, n) or _is_titled(tree, p, n)))
    )  # fmt: skip


def _is_one(p: list[_Piece], n: _Number) -> bool:
    """The pronoun or article "one", and "one day" that is no length of time."""
    if n.low != 1 or n.ranged or _low(p, n.last - 1) in _SCALES:
        return False
    words = _slice(p, n.first, n.last)
    if words == ("one",):
        return True
    return words[0] == "one" and n.unit in {"days", "times", "points"} and len(words) == 2


def _is_code(p: list[_Piece], n: _Number) -> bool:
    """Glued to letters or to more numbers: "F-16", "5th", "1990s", "24/7", "10:45", "2025-03-14"."""
    i, end = n.first, n.last
    before = _low(p, i - 1)
    if not n.symbol:
        if _glued(p, i) and (before.isalnum() or before in {"/", ":", "#", "@", "_", "."}):
            return True
        lead = _low(p, i - 2)
        if _glued(p, i) and before in _DASHES - {"—"} and _glued(p, i - 1) and lead.isalnum():
            return lead not in {"sub", "to", "minus"}
    after = _low(p, end)
    if _glued(p, end) and (after.isalnum() or after in {"/", "@", "_"}) and not (n.unit and after == "/"):
        return True
    if after == ":" and _glued(p, end) and _glued(p, end + 1) and _NUMBER.match(_low(p, end + 1)):
        return True
    spaced = n.unit is None and not n.scaled
    dashed = _glued(p, end) and after in _DASHES and _glued(p, end + 1)
    return bool((spaced and _NUMBER.match(after)) or (dashed and _NUMBER.match(_low(p, end + 1))))


def _is_date(p: list[_Piece], n: _Number) -> bool:
    """A day of a month: "March 12", "12 and 13 March", "June 9 and 10"."""
    if n.unit or n.scaled or n.low > 2100:
        return False
    if _is_month(p, n.last) or (_low(p, n.last) == "of" and _is_month(p, n.last + 1)):
        return True
    if _is_month(p, n.first - 1) or (_low(p, n.first - 1) == "." and _is_month(p, n.first - 2)):
        return True
    links = {"and", "to", ",", "or"} | _DASHES
    if _low(p, n.last) in links and _NUMBER.match(_low(p, n.last + 1)) and _is_month(p, n.last + 2):
        return True
    return _low(p, n.first - 1) in links and bool(_NUMBER.match(_low(p, n.first - 2))) and _is_month(p, n.first - 3)


def _is_month(p: list[_Piece], i: int) -> bool:
    return 0 <= i < len(p) and p[i].low in _MONTHS and p[i].text[0].isupper()


def _is_clock(p: list[_Piece], n: _Number) -> bool:
    """A time of day: "10.45pm", "two o'clock", "at six in the morning"."""
    spoken = _low(p, n.first - 1) == "at" and n.low <= 12 and _low(p, n.last + 2) in {"morning", "afternoon", "evening"}
    return n.unit is None and (_low(p, n.last) in _CLOCK or spoken)


def _is_year(tree: Tree, p: list[_Piece], n: _Number) -> bool:
    """Four bare digits from 1500 to 2199, unless a plain plural noun follows that is counted."""
    text = p[n.first].text
    if n.unit or n.scaled or not re.fullmatch(r"1[5-9]\d\d|2[01]\d\d", text):
        return False
    token = p[n.last - 1].token
    counted = token + 1 < len(tree) and tree[token + 1].tag == "NNS"
    return not counted or (tree[token - 1].pos in {"ADP", "DET", "PRON", "PROPN"} and not _bounds(p, n.first)[1])


def _is_listed(tree: Tree, p: list[_Piece], n: _Number) -> bool:
    """The number of a list item or section: the first thing on its line, with a full stop or bracket."""
    start = p[n.first].start
    line = tree.text.rfind("\n", max(0, start - 4), start) >= 0 or start == 0 or p[n.first].token == 0
    if not line:
        return False
    rest = tree.text[p[n.last - 1].end : p[n.last - 1].end + 2]
    clock = n.unit is None and re.fullmatch(r"\d\d?\.\d\d", p[n.first].text)
    return bool(rest == "" or re.match(r"[.)]\s|\)|\n", rest) or clock)


def _is_label(p: list[_Piece], n: _Number) -> bool:
    """Behind a word that numbers take as a name: "Channel 12", "day two"."""
    group = _slice(p, max(0, n.first - 2), n.first) == ("group", "of") and p[n.first - 2].text[0].isupper()
    return (group or _low(p, n.first - 1) in _LABELS) and not n.ranged and n.low < 10_000


def _is_titled(tree: Tree, p: list[_Piece], n: _Number) -> bool:
    """Behind a capital name that it is part of, with nothing counted: "Falcon 9"."""
    token = p[n.first].token
    if token == 0 or "," in p[n.first].text:
        return False
    before = tree[token - 1]
    if before.pos != "PROPN" or not before.text[:1].isupper() or before.sentence != tree[token].sentence:
        return False
    after = p[n.last - 1].token + 1
    named = after < len(tree) and tree[after].tag == "NNP" and before.entity not in {"GPE", "DATE"}
    return named or _counted(tree, after - 1, False) is None


def _is_age(p: list[_Piece], n: _Number) -> bool:
    """Between commas behind a name: "Vera Lind, 42, said"."""
    i = n.first
    name = i > 1 and p[i - 2].text[:1].isupper()
    return name and n.unit is None and n.low < 120 and _low(p, i - 1) == "," and _low(p, n.last) in {",", "."}

