"""Whether two accounts say the same, cannot both be so, the one follows from the other, or neither.

What both speak of is aligned word by word; then what may not differ is compared: days, places, numbers, who acts,
whether it is so. In doubt there is no verdict.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from enum import Enum

from onthetable.model import Interval
from onthetable.ties.account import Account
from onthetable.ties.alignment import Aligned, align
from onthetable.ties.amounts import compared
from onthetable.ties.relations import (
    WEAK,
    definite,
    denies,
    done,
    elsewhere,
    exchanged,
    excludes,
    extra,
    given,
    meet,
    meeting,
    mirrored,
    negative,
    other_days,
    others,
    replaced,
    swapped,
    told_of,
    verbatim,
    weight,
)  # fmt: skip
from onthetable.ties.scan import Item
from onthetable.ties.thesaurus import converse, near

TOPIC, FULL = 0.45, 0.55
"""Share of the lighter account that both speak of, for them to be of one matter, and for them to say the same."""
ALL, LESS = 0.8, 0.7
"""Share of one that the other tells, and of the other at most, for it to follow from that."""
PARALLEL = 0.6
"""Likeness of two rows of words from which on each word of the one stands for a word of the other."""
WIDE = 0.55
"""Share of the heavier that the lighter tells, for the two to exclude each other."""
DATED = 0.4
"""The same where the lighter is told almost whole, and of one day or as something else done."""
SIGN = 0.08
"""What a day or all numbers in common add to that share."""
ENOUGH = 1.9
"""Weight of what two share that tell more than that, for them to be one."""
TURNED = 1.5
"""The same for two acts of one agent of which only one can be."""
FAR = 8
"""Days between two reports from which on what neither dates is not one thing."""

_ORDER = {"before", "after"}
_OPEN = "whether"


class Verdict(Enum):
    """What one account is to another; `HOLDS` and `FOLLOWS` tell which says more, the first or the second.

    `APART` are those of two things; of the `UNLIKE` it is only known that they do not say the same.
    """

    SAME = "same"
    CONTRADICTS = "contradicts"
    HOLDS = "holds"
    FOLLOWS = "follows"
    APART = "apart"
    UNLIKE = "unlike"


def verdict(a: Account, b: Account, both: Aligned | None = None) -> Verdict | None:
    """What the first is to the second, given what they share; None where too little is known."""
    both = both or align(a, b)
    own = weight(a, both.first), weight(b, both.second)
    against = sum(min(x.weight, y.weight) for x, y in both.against)
    told = (told_of(both) + against) / (min(own) or 1.0)
    heavy = (told_of(both) + against) / (max(own) or 1.0)
    most = told + 2 * SIGN if both.shared else told
    if both.grounds + against < 1 or most < TOPIC:
        return _unlike(a, b, both)
    number = compared(a, b)
    if both.shared:
        told += SIGN * (meeting(a, b) + (number == "same" and bool(a.numbers)))
    if told < TOPIC:
        return _unlike(a, b, both)
    found = _decide(a, b, both, told, number)
    turned = a.agent is not None and a.agent == b.agent and any(x.act and y.act for x, y in both.against)
    enough = both.grounds + against >= (1 if heavy >= FULL else TURNED if turned and told >= ALL else ENOUGH)
    plain = told >= ALL and _plain(a, b, both)
    clear = (enough and told >= FULL and heavy >= (DATED if plain else WIDE)) or (
        told >= TOPIC and elsewhere(both) and a.only and b.only
    )
    return Verdict.UNLIKE if found is Verdict.CONTRADICTS and not clear else found


def _unlike(a: Account, b: Account, both: Aligned) -> Verdict | None:
    """That two of which little is shared do not say the same, where they are in like words."""
    return Verdict.UNLIKE if replaced(both, "word", "name") and _parallel(a, b) else None


def _plain(a: Account, b: Account, both: Aligned) -> bool:
    """Whether both tell of one day, or of two acts of which only one can be."""
    return meeting(a, b) or any(x.act and y.act for x, y in both.against)


def _parallel(a: Account, b: Account) -> bool:
    """Whether the two are in like words in like order."""
    rows = SequenceMatcher(None, a.words, b.words, autojunk=False)
    return rows.real_quick_ratio() >= PARALLEL and rows.quick_ratio() >= PARALLEL and rows.ratio() >= PARALLEL


def _decide(a: Account, b: Account, both: Aligned, told: float, number: str) -> Verdict | None:
    contrary = denies(a, b, both)
    refused = any(map(negative, (*both.first, *both.second)))  # "ruled out" what "will not" be
    if (_OPEN in a.words) != (_OPEN in b.words):
        return Verdict.UNLIKE  # who will not say whether it is so says neither
    if ((a.future and done(b)) or (b.future and done(a))) and contrary is not True and not refused:
        return Verdict.APART
    if replaced(both, "word") and _parallel(a, b):
        return Verdict.UNLIKE
    if told >= FULL and (excludes(a, b) or excludes(b, a)) and not contrary:
        return Verdict.CONTRADICTS
    one = told >= ALL and a.once and b.once and definite(a, b, both) and number != "apart" and not contrary
    if elsewhere(both):
        return Verdict.CONTRADICTS if (a.only and b.only) or (one and a.signed and b.signed) else Verdict.APART
    if other_days(a, b):
        unique = a.once and b.once and a.ordinals == b.ordinals and number != "apart" and not contrary
        return Verdict.CONTRADICTS if unique and told >= FULL else Verdict.APART
    if a.ordinals and b.ordinals and a.ordinals != b.ordinals:
        return Verdict.APART
    if not (a.days and b.days) and _long_apart(a.published, b.published):
        return None
    turned = a.receives == b.receives and any(
        _leads(x, a) and _leads(y, b) and converse(x.term, y.term) for x, y, _ in both.pairs
    )
    if turned and not (a.agent and b.agent):
        return Verdict.UNLIKE
    if a.agent and b.agent and (a.agent != b.agent) != turned:
        alone = a.only or b.only or a.contrast or b.contrast or exchanged(a, b, both)
        alone = alone or (one and _one_time(a, b) and not mirrored(a, b))
        return Verdict.CONTRADICTS if alone else Verdict.APART
    if contrary or (number == "apart" and told >= FULL):
        return None if a.condition != b.condition else Verdict.CONTRADICTS
    if contrary is None or number == "apart":
        return None
    if others(both) and not given(a, b, both):
        alone = (a.exclusive and b.exclusive) or definite(a, b, both)
        return Verdict.CONTRADICTS if alone and told >= ALL and not replaced(both, "word") else Verdict.APART
    ahead = a.future or a.open, b.future or b.open
    if ahead[0] != ahead[1] and done(b if ahead[0] else a):
        return Verdict.UNLIKE
    if a.said and b.said and not any(meet(x, y) for x in a.said for y in b.said):
        return Verdict.UNLIKE
    if a.sequence ^ b.sequence == _ORDER:
        return Verdict.CONTRADICTS if told >= ALL and _one_turn(a, b, both) else None
    if a.condition != b.condition or a.possible != b.possible or (a.sequence ^ b.sequence) - _ORDER:
        return None
    if not (a.agent and b.agent) and swapped(a, b):
        return Verdict.UNLIKE
    found = _more(a, b, both, told, number)
    return None if found is Verdict.SAME and not (a.denied or b.denied) and verbatim(a, b, both) else found


def _one_turn(a: Account, b: Account, both: Aligned) -> bool:
    """Whether what comes after the one's "before" is what comes after the other's "after"."""
    ends = []
    for own in (a, b):
        at = own.words.index(min(own.sequence))
        ends.append(next((i for i in own.items if i.at > at), None))
    return any(x is ends[0] and y is ends[1] for x, y, _ in both.pairs)


def _one_time(a: Account, b: Account) -> bool:
    """Whether both name a day that is the same, or neither a day and their reports are of one."""
    if a.days or b.days or not a.published or not b.published:
        return meeting(a, b)
    return abs((a.published.latest - b.published.latest).days) <= 1


def _leads(item: Item, account: Account) -> bool:
    """Whether it is the first word of weight, which is what is done most often."""
    return item == next((i for i in account.items if i.kind == "word" and i.weight >= 1), None)


def _more(a: Account, b: Account, both: Aligned, told: float, number: str) -> Verdict | None:
    """Which of two that agree says more."""
    more, less = extra(both.first, b), extra(both.second, a)
    shared = both.shared + sum(x.weight for x, y in both.against if x.negated != y.negated)
    if told < FULL or ((shared if more and less else shared + both.grounds - both.shared) < ENOUGH and more + less):
        return None
    acting = all(any(i.act and i.weight >= 1 for i in x) for x in (both.first, both.second))
    wider = a.universal != b.universal and not (a.no if b.universal else b.no)
    if told < (ALL if acting and not _one_of(a, b, both) else LESS) and (wider or number != "same"):
        return None
    if wider and not _whole(a, b, both):
        return None
    if wider:
        return Verdict.HOLDS if a.universal else Verdict.FOLLOWS
    if number == "both":
        return None
    if number in ("first", "second"):
        return Verdict.HOLDS if number == "first" else Verdict.FOLLOWS
    acts = any(x.act or y.act for x, y, _ in both.pairs)
    if not acts and all(
        any(i.act and i.weight >= 1 and not (i.negated and negative(i)) for i in x) for x in (both.first, both.second)
    ):
        return None  # "is safe" and "is poisoned" share what they are about
    if bool(more) != bool(less) and _parallel(a, b):
        return Verdict.HOLDS if more else Verdict.FOLLOWS
    if shared + both.grounds - both.shared < ENOUGH and more + less:
        return None
    named = [any(i.kind == "name" for i in x) for x in (both.first, both.second)]
    if (more >= 2 or named[0]) and less < 1:
        return Verdict.HOLDS
    if (less >= 2 or named[1]) and more < 1:
        return Verdict.FOLLOWS
    return Verdict.SAME


def _whole(a: Account, b: Account, both: Aligned) -> bool:
    """Whether what the one tells all of is in the other, as far as it says what: "every hostage", and no soldiers."""
    wholes, terms = (a.wholes, [y.term for _, y, _ in both.pairs])
    if b.universal:
        wholes, terms = b.wholes, [x.term for x, _, _ in both.pairs]
    return not wholes or any(near(w, t) > WEAK for w in wholes for t in terms)


def _one_of(a: Account, b: Account, both: Aligned) -> bool:
    """Whether the one tells of all of what the other tells of one: "all the demands" and "a demand"."""
    first = any(near(w, y.term) > WEAK for _, y, _ in both.pairs for w in a.wholes)
    return first or any(near(w, x.term) > WEAK for x, _, _ in both.pairs for w in b.wholes)


def _long_apart(a: Interval | None, b: Interval | None) -> bool:
    if a is None or b is None:
        return False
    return (max(a.earliest, b.earliest) - min(a.latest, b.latest)).days >= FAR
