"""Numbers in digits and words with their unit, ranges, and the bounds around them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from onthetable.lexicon import load
from onthetable.spans.pieces import DASHES, NUMBER, Piece, between, glued, low_at, phrases, words

_DATA: dict[str, Any] = load("onthetable.spans", "amounts.toml")
_WORDS: dict[str, int] = _DATA["words"]
SCALES: dict[str, int] = _DATA["scales"]
_SHORT: dict[str, int] = _DATA["short"]
_VAGUE: dict[str, int] = _DATA["vague"]
_FRACTIONS: dict[str, float] = _DATA["fractions"]
_CURRENCY: dict[str, str] = _DATA["currency"]
_DOLLARS: dict[str, str] = _DATA["dollars"]
_CODES: dict[str, str] = _DATA["codes"]
_LENGTHS: dict[str, list[Any]] = _DATA["lengths"]
_SETS: dict[str, int] = _DATA["sets"]
_MOTION, _LASTING, _RANGING, _PARTICLE = (
    frozenset(_DATA["skip"][k]) for k in ("motion", "lasting", "ranging", "particle")
)
_TIME, _GLUED = frozenset(_DATA["kinds"]["time"]), frozenset(_DATA["kinds"]["glued"])
_METRES = frozenset(_DATA["metres"]["after"])
_OF_WHAT = frozenset({"of", "its", "their", "his", "her", "the", "our"})
_BEFORE, _AFTER, _UNITS = (phrases(_DATA[k]) for k in ("before", "after", "units"))
_MID = {words(p) for p in _DATA["skip"]["between"]}


@dataclass(frozen=True, slots=True)
class Number:
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
    overlong: bool = False


LONGEST = 18
"""Digits of the longest whole number that is read; beyond it a text tells no number that anybody counted."""


# --- one number ---------------------------------------------------------------------------------------


def _number(p: list[Piece], i: int) -> Number | None:
    """The number that begins at piece `i`, with currency and unit, without bounds."""
    symbol, unit, at = _money(p, i)
    n = _digits(p, at) or _fraction(p, at) or _cardinal(p, at) or _plural(p, at) or _length(p, at)
    if not n:
        return None
    if unit:
        n = replace(n, first=i, unit=unit, symbol=symbol)
        tail = low_at(p, n.last)
        if tail in _DOLLARS and tail in {"us", "a", "c"} and p[n.last].text.isupper():
            return replace(n, last=n.last + 1, unit=_DOLLARS[tail])
        return n
    name, end = _unit(p, n)
    return replace(n, unit=n.unit or name, last=end)


def _money(p: list[Piece], i: int) -> tuple[bool, str | None, int]:
    """A currency sign or code before the number: whether it is there, its unit, and where the number begins."""
    sign = p[i].text
    if sign in _CURRENCY:
        after = low_at(p, i + 1)
        if sign == "$" and after in _DOLLARS and glued(p, i + 1) and NUMBER.match(low_at(p, i + 2)):
            return True, _DOLLARS[after], i + 2
        return True, _CURRENCY[sign], i + (2 if after in DASHES and glued(p, i + 1) else 1)
    if p[i].low in _DOLLARS and p[i].text.isupper() and low_at(p, i + 1) == "$":
        return True, _DOLLARS[p[i].low], i + 2
    if p[i].low in _CODES and (p[i].text.isupper() or p[i].low == "rs") and NUMBER.match(low_at(p, i + 1)):
        return True, _CODES[p[i].low], i + 1
    return False, None, i


def _digits(p: list[Piece], i: int) -> Number | None:
    if i >= len(p) or not NUMBER.match(p[i].low):
        return None
    text, last = p[i].low.replace(",", ""), i + 1
    while len(text) <= 12 and low_at(p, last) == "000" and len(p[i].low) <= 3 and p[last].start == p[last - 1].end + 1:
        text, last = text + "000", last + 1  # "10 000"
    if len(text.partition(".")[0]) > LONGEST:
        return Number(i, last, 10.0**LONGEST, 10.0**LONGEST, digits=True, overlong=True)
    value, last, scaled = _scale(p, float(text), last)
    return Number(i, last, value, value, scaled=scaled, digits=True)


def _scale(p: list[Piece], value: float, i: int) -> tuple[float, int, bool]:
    """The value times the scale words at `i`: "million", "hundred thousand", "bn"."""
    start = i
    while i < start + 6:
        j = i + 1 if low_at(p, i) in DASHES and glued(p, i) and low_at(p, i + 1) in SCALES else i
        word = low_at(p, j)
        if word in SCALES:
            value *= SCALES[word]
        elif word in _SHORT and i == start and glued(p, j) and not _is_metres(p, j):
            value *= _SHORT[word]
        else:
            break
        i = j + 1
    return round(value, 6), i, i > start


def _is_metres(p: list[Piece], i: int) -> bool:
    return p[i].text == "m" and (low_at(p, i + 1) in _METRES or (glued(p, i + 1) and low_at(p, i + 1) in {"2", "3"}))


def _cardinal(p: list[Piece], i: int) -> Number | None:
    """Words: "fifty-eight", "a million", "half a million", "two and a half million", "several hundred"."""
    first = i
    if low_at(p, i) == "half":
        at = i + 2 if low_at(p, i + 1) in {"a", *DASHES} else i + 1
        value, last, scaled = _scale(p, 0.5, at)
        return Number(first, last, value, value, scaled=True) if scaled else None
    if low_at(p, i) in {"a", "an", "several", "few", "many"} and _is_scale(p, i + 1, low_at(p, i)):
        few = low_at(p, i + 1) == "few"
        value, last, _ = _scale(p, 1, i + (2 if few else 1))
        vague = few or low_at(p, i) in {"several", "few", "many"}
        return Number(first, last, value * (2 if vague else 1), value, vague=vague, scaled=True)
    total, current, last = 0.0, -1.0, i
    small = 1000.0
    while last < i + 16:
        j = last + 1 if last > i and low_at(p, last) in DASHES and glued(p, last) else last
        if last > i and low_at(p, last) == "and" and low_at(p, last - 1) in SCALES and low_at(p, last + 1) in _WORDS:
            j = last + 1
        word = low_at(p, j)
        if word in _WORDS and _WORDS[word] < small and not (small == 10 and j == last and _WORDS[word] > 9):
            value = _WORDS[word]
            current = max(current, 0) + value
            small = 10 if value >= 20 else 0
        elif word in SCALES and current > 0:
            scale = SCALES[word]
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
    if [low_at(p, last + k) for k in range(3)] == ["and", "a", "half"]:
        value, last = value + 0.5, last + 3
        value, last, _ = _scale(p, value, last)
    return Number(first, last, value, value, scaled=value >= 1000)


def _is_scale(p: list[Piece], i: int, before: str) -> bool:
    if before == "a" and low_at(p, i) == "few":
        return low_at(p, i + 1) in SCALES
    return low_at(p, i) in SCALES


def _plural(p: list[Piece], i: int) -> Number | None:
    """Vague plurals ("dozens", "hundreds of thousands", "scores of") and sets ("a trio of")."""
    word = low_at(p, i)
    if word in {"a", "the"} and low_at(p, i + 1) in _SETS and low_at(p, i + 2) == "of":
        size = float(_SETS[low_at(p, i + 1)])
        return Number(i, i + 2, size, size)
    if word not in _VAGUE or (word in {"scores", "tens"} and low_at(p, i + 1) != "of"):
        return None
    value, last = float(_VAGUE[word]), i + 1
    while low_at(p, last) == "of" and low_at(p, last + 1) in _VAGUE and last < i + 5:
        # "hundreds of thousands": two hundred of a thousand.
        value, last = value * _VAGUE[low_at(p, last + 1)] / 2, last + 2
    if word == "tens" and last == i + 1:
        return None
    return Number(i, last, value, value, vague=True, scaled=True)


def _fraction(p: list[Piece], i: int) -> Number | None:
    """Shares: "half of", "a third of", "two-thirds", "one in five"; their value is below one."""
    if low_at(p, i) in {"half", "halves"}:
        good = low_at(p, i + 1) in _OF_WHAT and low_at(p, i - 1) not in {"first", "second", "other"}
        return Number(i, i + 1, 0.5, 0.5, unit="share") if good else None
    part = _FRACTIONS.get(low_at(p, i + 1))
    if low_at(p, i) in {"a", "one"} and part and low_at(p, i + 2) == "of":
        return Number(i, i + 2, part, part, unit="share")
    top = _WORDS.get(low_at(p, i), 0)
    j = i + 2 if low_at(p, i + 1) in DASHES else i + 1
    if 2 <= top <= 9 and low_at(p, j) in _FRACTIONS and low_at(p, j).endswith("s"):
        value = top * _FRACTIONS[low_at(p, j)]
        return Number(i, j + 1, value, value, unit="share")
    if low_at(p, i) in {"one", "1"}:
        k = i + 2 if low_at(p, i + 1) == "in" else i + 3 if (low_at(p, i + 1), low_at(p, i + 2)) == ("out", "of") else 0
        whole = _digits(p, k) or _cardinal(p, k) if k and k < len(p) else None
        if whole and 2 <= whole.low <= 100 and (k == i + 3 or low_at(p, whole.last).endswith("s")):
            return Number(i, whole.last, 1 / whole.low, 1 / whole.low, unit="share")
    return None


def _length(p: list[Piece], i: int) -> Number | None:
    """Lengths of time in one word, and "for a year", "a week-long"."""
    at = i + 1 if low_at(p, i) in {"a", "one", "single"} else i
    if low_at(p, at) in _LENGTHS:
        count, unit = _LENGTHS[low_at(p, at)]
        return Number(i, at + 1, float(count), float(count), unit=unit)
    if low_at(p, i) not in {"a", "an", "single"}:
        return None
    unit = _UNITS.get((low_at(p, i + 1),), "")
    long = low_at(p, i + 2) in DASHES and low_at(p, i + 3) == "long"
    whole = low_at(p, i - 1) == "for" and low_at(p, i + 2) not in {"or", "now", "ago"}
    singular = unit in _TIME - {"seconds", "minutes", "centuries"} and p[i + 1].low[-1] != "s"
    if singular and (long or whole or low_at(p, i) == "single"):
        return Number(i, i + 2, 1.0, 1.0, unit=unit)
    return None


def _unit(p: list[Piece], n: Number) -> tuple[str | None, int]:
    """The unit of measure behind a number, and where it ends: "per cent", "-week", "kg"."""
    at = n.last
    if low_at(p, at) in DASHES and glued(p, at) and glued(p, at + 1):
        at += 1
    for size in (4, 3, 2, 1):
        words = tuple(low_at(p, at + k) for k in range(size))
        unit = _UNITS.get(words)
        if not unit or (words[0] in _GLUED and not (n.digits and (glued(p, at) or len(words[0]) < 3))):
            continue
        return unit, at + size
    return None, n.last


# --- two numbers --------------------------------------------------------------------------------------


def read(p: list[Piece], i: int) -> list[Number]:
    """What begins at piece `i`: one number, a range, the two of "from X to Y", or nothing."""
    a = _number(p, i)
    if not a:
        return []
    b = _second(p, a)
    if not b:
        return [a]
    a = _share(a, b)
    b = b if b.unit else replace(b, unit=a.unit)
    lead = _lead(p, a.first)
    moving = lead == "from" and low_at(p, a.last) != "and" and not _ranges(p, a.first)
    sep = low_at(p, a.last)
    if moving or a.low >= b.low:
        # "14 to 11 per cent" shares its unit, "voted 27 to 14" and a score of "2-0" are no ranges.
        return [] if sep in DASHES and a.low >= b.low else [a, b]
    return [replace(a, last=b.last, high=b.low, unit=b.unit or a.unit, ranged=True)]


def _second(p: list[Piece], a: Number) -> Number | None:
    sep = low_at(p, a.last)
    between = _lead(p, a.first) == "between"
    if not (sep in DASHES or sep in {"to", "or"} or (sep == "and" and between)) or a.last + 1 >= len(p):
        return None
    at = a.last + 1
    if sep == "to" and low_at(p, at) in DASHES:
        at += 1  # "200,000 to-260,000"
    b = _number(p, at)
    if not b or b.vague or (b.unit == "share") != (a.unit == "share"):
        return None
    if sep in DASHES and b.digits != a.digits:
        return None
    if sep == "or" and not (a.low < b.low <= 2 * a.low + 1):
        return None
    if a.unit and b.unit and a.unit != b.unit:
        return None
    return b


def _share(a: Number, b: Number) -> Number:
    """The first number with the scale and unit that it leaves to the second: "3 to 4.5 million barrels"."""
    factor = 10 ** (3 * ((len(str(int(b.low))) - 1) // 3))
    if b.scaled and not a.scaled and a.low < 1000 and (not (a.symbol and b.symbol) or a.low <= b.low / factor):
        a = replace(a, low=a.low * factor, high=a.high * factor, scaled=True)
    return a if a.unit else replace(a, unit=b.unit)


def _lead(p: list[Piece], i: int) -> str:
    """The word before a number, bounds and articles left out."""
    start, _ = bounds_before(p, i)
    return low_at(p, start - 1)


def _ranges(p: list[Piece], i: int) -> bool:
    return bool({low_at(p, i - 2), low_at(p, i - 3)} & _RANGING)


# --- bounds -------------------------------------------------------------------------------------------


def bounds_before(p: list[Piece], i: int, floor: int = 0) -> tuple[int, list[str]]:
    """The qualifiers right before piece `i`, nearest first, and the piece where they begin."""
    kinds: list[str] = []
    start = at = i
    for _ in range(4):
        hit = _phrase_before(p, at, floor)
        if hit:
            start = at = hit[0]
            kinds.append(hit[1])
            continue
        skip = next((k for k in (3, 2, 1) if at - k >= floor and between(p, at - k, at) in _MID), 0)
        if not skip:
            break
        at -= skip
    return start, kinds


def _phrase_before(p: list[Piece], end: int, floor: int) -> tuple[int, str] | None:
    for size in (5, 4, 3, 2, 1):
        if end - size < floor:
            continue
        kind = _BEFORE.get(between(p, end - size, end))
        if kind and not _refused(p, end - size, end):
            return end - size, kind
    return None


def _refused(p: list[Piece], first: int, last: int) -> bool:
    """Words that are a bound elsewhere: "went up to 400", "9 per cent over five years"."""
    phrase, before = between(p, first, last), low_at(p, first - 1)
    if phrase == ("up", "to"):
        return before in _MOTION
    if phrase == ("over",):
        if before in _PARTICLE:
            return True
        n = _number(p, last) if last < len(p) else None
        return bool(n and n.unit in _TIME and before not in _LASTING)
    if phrase == ("round",) or phrase == ("near",):
        return before in {"a", "the"} or before.endswith("st")
    return phrase == ("some",) and last < len(p) and low_at(p, last) in {"one", "of"}


def bounds_after(p: list[Piece], i: int) -> tuple[int, list[str]]:
    """The qualifiers right behind a number ("or more", "at least"), and the piece behind them."""
    at = i + 1 if low_at(p, i) in DASHES and low_at(p, i + 1) == "odd" else i
    for size in (4, 3, 2, 1):
        kind = _AFTER.get(between(p, at, at + size)) if at + size <= len(p) else None
        if kind and not (low_at(p, at) in {"plus", "minimum", "maximum", "+"} and not p[at].glued):
            return at + size, [kind]
    return i, []
