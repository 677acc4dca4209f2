"""Numbers of a sentence: what they come to, within what bounds, and what they count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from onthetable.lexicon import load
from onthetable.ties.names import Names
from onthetable.ties.row import Row, data, ignored
from onthetable.ties.thesaurus import Term, term

_LINKS = {"of", "the", "its", "their", "'s", "a", "more", "per"}
"""Words between a number and what it counts."""
_PARTS = {"third", "thirds", "quarter", "quarters", "fifth", "fifths", "tenths"}
_MONEY = {"dollar", "euro", "pound", "crown", "mark", "franc", "peso", "rupee", "dinar"}
_MOVING = {"go", "push", "move", "come", "take", "bring", "put", "drive", "creep"}
_MORE = {"more", "extra", "additional", "further"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its bounds and unit ("count", "percent", "days" or "money").

    `thing` are the words after it, `at` its place, `whole` the number of which it is a part.
    """

    low: float
    high: float
    unit: str
    thing: tuple[Term, ...]
    at: int
    whole: float | None = None


def number(row: Row, i: int, names: Names) -> tuple[Number | None, int]:
    """The number that begins at a word, and how many words it takes; a definite "the three" is none."""
    value, length = number_at(row.low, i)
    if value is None:
        return None, 0
    if row.at(i - 1) == "between" and row.at(i + length) == "and" and (found := _range(row, i, i + length + 1, names)):
        return found
    value, unit, after = _measured(row, i, i + length, value)
    low, high = bounded(row, i, after, value)
    if low == high <= 10 and unit == "count" and row.at(i - 1) in {"the", "these", "those", "both"}:
        return None, after - i
    return Number(low, high, unit, counted(row, after, names), i, _whole(row, after)), after - i


def _range(row: Row, i: int, upper: int, names: Names) -> tuple[Number, int] | None:
    """The numbers between two of which the second begins at a place: "between 1.3 and 1.5 million"."""
    low, (high, length) = number_at(row.low, i)[0], number_at(row.low, upper)
    plain, _ = _unscaled(row.low, upper)
    if low is None or not high:
        return None
    if plain and low < high / plain:
        low *= high / plain
    high, unit, after = _measured(row, upper, upper + length, high)
    return Number(low, high, unit, counted(row, after, names), i), after - i


def _measured(row: Row, i: int, after: int, value: float) -> tuple[float, str, int]:
    """A number in its unit, and the place after that."""
    if row.at(after) == "%" or row.base(after) == "percent":
        return value, "percent", after + 1
    if (row.at(after), row.at(after + 1)) == ("per", "cent"):
        return value, "percent", after + 2
    if row.at(after) == "in" or (row.at(after), row.at(after + 1)) == ("out", "of"):
        start = after + (2 if row.at(after) == "out" else 1)
        whole, more = number_at(row.low, start)
        if whole and whole > value:
            return 100 * value / whole, "percent", start + more
    if row.low[i] in data()["shares"]:
        return value, "percent", after
    if row.base(after) in _MONEY:
        return value, "money", after + 1
    if row.at(i - 1) in {"$", "€", "£"}:
        return value, "money", after
    unit = after + 1 if row.at(after) in _MORE else after
    if days := data()["lengths"].get(row.base(unit), 0):
        return value * days, "days", unit + 1
    return value, "count", after


def bounded(row: Row, i: int, after: int, value: float) -> tuple[float, float]:
    """The bounds of a number that stands from one place up to another."""
    before, behind = " ".join(row.low[max(0, i - 4) : i]), " ".join(row.low[after : after + 2])
    if row.at(i - 1) == "to" and row.at(i - 2) == "up" and row.base(i - 3) in _MOVING:
        return value, value  # "goes up to 40" is no "up to 40"
    for kind in ("least", "over", "most", "under", "about"):
        for words in data()[kind]:
            # "no more than" is no "more than"
            if (before.endswith(words) and not before.endswith((f"no {words}", f"not {words}"))) or (
                words.startswith("or ") and behind.startswith(words)
            ):
                return _reach(kind, value)
    return value, value


def _reach(kind: str, value: float) -> tuple[float, float]:
    if kind == "least":
        return value, float("inf")
    if kind == "over":
        return value + 1e-6 * max(1.0, abs(value)), float("inf")
    if kind == "most":
        return float("-inf"), value
    if kind == "under":
        return float("-inf"), value - 1e-6 * max(1.0, abs(value))
    return value - 0.1 * abs(value), value + 0.1 * abs(value)


def counted(row: Row, after: int, names: Names) -> tuple[Term, ...]:
    """The words after a number, up to the end of what it counts."""
    found: list[Term] = []
    for n in range(after, min(after + 7, len(row))):
        low = row.low[n]
        if names.at(row.words, n) or low in _LINKS or low in _small() or low[0].isdigit():
            continue
        if low in ignored() or not low[0].isalpha() or len(found) == 3:
            break
        found.append(term(low))
    return tuple(found)


def _whole(row: Row, after: int) -> float | None:
    """The number of which one is a part: "six of its nine sites"."""
    if row.at(after) != "of":
        return None
    found = (number_at(row.low, n)[0] for n in range(after + 1, min(after + 5, len(row))))
    return next((v for v in found if v), None)


def with_units(numbers: Sequence[Number]) -> tuple[Number, ...]:
    """The same, a bare number in the unit of the one beside it: "from 25 to 15 per cent"."""
    found = list(numbers)
    for n, x in enumerate(found):
        if x.unit == "count" and not x.thing and any(y.unit == "percent" and 0 < abs(y.at - x.at) < 5 for y in found):
            found[n] = replace(x, unit="percent")
    return tuple(found)


def number_at(low: Sequence[str], i: int) -> tuple[float | None, int]:
    """The value of the number that begins at a word, and how many words it takes; None if there is none."""
    if i >= len(low):
        return None, 0
    if low[i] in data()["shares"] and low[i] != "second":
        return float(data()["shares"][low[i]]), 1
    if low[i] in {"trio", "pair", "couple"}:
        return (3.0 if low[i] == "trio" else 2.0), 1
    value, at = _unscaled(low, i)
    if value is None:
        return (12.0, 1) if low[i] == "dozen" else (None, 0)
    if tuple(low[at : at + 3]) == ("and", "a", "half"):
        value, at = value + 0.5, at + 3
    while at < len(low) and (times := _large().get(low[at])):
        if len(low[at]) < 3 and not low[i][0].isdigit():
            break
        value, at = value * times, at + 1
        if at + 1 < len(low) and low[at] == "and" and low[at + 1] in _small():
            value, at = value + _small()[low[at + 1]], at + 2
    if at < len(low) and low[at] in _PARTS and value < 10:
        return value * float(data()["shares"][low[at].removesuffix("s")]), at + 1 - i
    if value == 1 and at == i + 1 and low[i] == "one":
        return None, 0
    return value, at - i


def _unscaled(low: Sequence[str], i: int) -> tuple[float | None, int]:
    """A number in digits or in words below a hundred, and the place after it."""
    if low[i][0].isdigit():
        try:
            return float(low[i].replace(",", "")), i + 1
        except ValueError:
            return None, i
    value, at = None, i
    while at < len(low) and low[at] in _small() and (value is None or _small()[low[at]] < 10 <= value < 100):
        value, at = (value or 0) + _small()[low[at]], at + 1
    if value is None and low[i] in {"a", "an"} and low[i + 1 : i + 2] and low[i + 1] in _HIGH:
        return 1.0, i + 1
    return value, at


_HIGH = {"dozen", "hundred", "thousand", "million"}


@cache
def _small() -> dict[str, float]:
    """Number words below a hundred."""
    numbers = load("onthetable.ties", "copies.toml")["numbers"]
    left_out = ordinals().keys() | {"fortnight", "dozen", "half"}
    return {w: float(v) for w, v in numbers.items() if v < 100 and w not in left_out}


@cache
def _large() -> dict[str, float]:
    return {"hundred": 100.0, "dozen": 12.0} | {w: float(v) for w, v in data()["numbers"].items()}


@cache
def ordinals() -> dict[str, float]:
    """The first ten ordinals."""
    words = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    return {w: float(n) for n, w in enumerate(words, 1)}
