"""How the numbers of two accounts compare."""

from __future__ import annotations

from onthetable.ties.account import Account
from onthetable.ties.claim import listed
from onthetable.ties.numerals import Number
from onthetable.ties.thesaurus import near

WEAK = 0.7
"""Nearness of two words from which on they tell one thing."""
NEARLY = 90
"""Per cent of a thing from which on it may pass for all of it."""
_GENERIC = "people"
"""What may stand for any who are counted."""


def compared(a: Account, b: Account) -> str:
    """How the numbers compare: "same", "apart", or which side says more, "first", "second" or "both"."""
    rest, first, second, apart = list(b.numbers), False, False, False
    left: list[Number] = []
    beside = counts_beside(a, b)
    if _parts(a, b) or _parts(b, a) or _none_of(a, b) or _none_of(b, a):
        return "apart"
    for x in a.numbers:
        y = next((y for y in rest if (x.low, x.high, x.unit) == (y.low, y.high, y.unit)), None)
        if y:
            rest.remove(y)
        else:
            left.append(x)
    if wholes := _other_wholes(a, b):
        left, rest = ([n for n in those if not n.whole and n.low not in wholes] for those in (left, rest))
        first = second = True
    for x in left:
        y = next((y for y in rest if x.unit == y.unit and _of_one(x, y, alone=len(left) == len(rest) == 1)), None)
        if y is None:
            first = True
            continue
        rest.remove(y)
        if (x.high < y.low or y.high < x.low) and not beside:
            apart = True
        elif y.low <= x.low and x.high <= y.high:
            first = True
        elif x.low <= y.low and y.high <= x.high:
            second = True
        else:
            first = second = True
    second = second or bool(rest)
    if apart:
        return "apart"
    return "both" if first and second else "first" if first else "second" if second else "same"


def counts_beside(a: Account, b: Account) -> bool:
    """Whether one counts some beside others, or it alone how many there would have to be: no number is against that."""
    if not (a.numbers and b.numbers):
        return False
    return _counts_others(a) or _counts_others(b) or _counts_needed(a) != _counts_needed(b)


def _counts_others(a: Account) -> bool:
    return any(listed("others").intersection(a.words[max(0, n.at - 1) : n.at + 3]) for n in a.numbers)


def _counts_needed(a: Account) -> bool:
    return any(w[:5] in listed("needed") for w in a.words)


def _other_wholes(a: Account, b: Account) -> set[float]:
    """The numbers of which both tell parts, where those are others: "eight of the last nine" and "six of 14"."""
    first, second = ({n.whole for n in told.numbers if n.whole} for told in (a, b))
    return first | second if first and second and not first & second else set()


def _parts(a: Account, b: Account) -> bool:
    """Whether one tells of a part what the other tells of all: "six of its nine sites" and "all nine sites"."""
    wholes = {x.whole for x in a.numbers if x.whole and x.high < x.whole}
    if b.universal and any(y.low in wholes and y.whole is None for y in b.numbers):
        return True
    shares = (x for x in a.numbers if x.unit == "percent" and x.high < NEARLY)
    return any(near(t, w) > WEAK for x in shares for t in x.thing for w in b.wholes)


def _none_of(a: Account, b: Account) -> bool:
    """Whether one tells that there was none of what the other counts."""
    return any(near(x, t) > WEAK for x in a.none for y in b.numbers if y.low > 0 and y.unit == "count" for t in y.thing)


def _of_one(a: Number, b: Number, *, alone: bool) -> bool:
    """Whether two numbers count one thing; one that does not say what it counts is the other's if there is no more."""
    if not a.thing or not b.thing or _GENERIC in (a.thing[0].lemma, b.thing[0].lemma):
        return a.unit != "count" or alone
    return any(near(x, y) for x in a.thing for y in b.thing)
