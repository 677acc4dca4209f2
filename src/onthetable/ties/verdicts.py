"""Whether two accounts say the same, cannot both be so, the one follows from the other, or neither.

What both speak of is aligned word by word; then what may not differ is compared: days, places, numbers, who acts,
whether it is so. In doubt there is no verdict.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import Enum

from onthetable.model import Interval
from onthetable.ties.account import Account, listed_negative
from onthetable.ties.alignment import Aligned, align, nearness, opposites
from onthetable.ties.amounts import compared
from onthetable.ties.row import words_of
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
VERBATIM = 0.85
"""Share of the words of both that are the same, from which on they are told apart by more than their words."""
WEAK = 0.7
"""Nearness of two words from which on they tell one act."""
OWN = 0.75
"""Share of all words of the longer that the other has as well, down to which they may be the same words."""
SIGN = 0.08
"""What a day or all numbers in common add to that share."""
ENOUGH = 1.9
"""Weight of what two share that tell more than that, for them to be one."""
TURNED = 1.5
"""The same for two acts of one agent of which only one can be."""
WEEK = 7
FAR = 8
"""Days between two reports from which on what neither dates is not one thing."""


_PARTY = "party"
_ORDER = {"before", "after"}


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


def verdict(a: Account, b: Account) -> Verdict | None:
    """What the first is to the second; None where too little is known."""
    both = align(a, b)
    own = _weight(a, both.first), _weight(b, both.second)
    against = sum(min(x.weight, y.weight) for x, y in both.against)
    told = (_told(both) + against) / (min(own) or 1.0)
    heavy = (_told(both) + against) / (max(own) or 1.0)
    most = told + 2 * SIGN if both.shared else told
    if both.grounds + against < 1 or most < TOPIC:
        return _unlike(a, b, both)
    number = compared(a, b)
    if both.shared:
        told += SIGN * (_meeting(a, b) + (number == "same" and bool(a.numbers)))
    if told < TOPIC:
        return _unlike(a, b, both)
    found = _decide(a, b, both, told, number)
    turned = a.agent is not None and a.agent == b.agent and any(x.act and y.act for x, y in both.against)
    enough = both.grounds + against >= (1 if heavy >= FULL else TURNED if turned and told >= ALL else ENOUGH)
    plain = told >= ALL and _plain(a, b, both)
    clear = (enough and told >= FULL and heavy >= (DATED if plain else WIDE)) or (
        told >= TOPIC and _elsewhere(both) and a.only and b.only
    )
    return Verdict.UNLIKE if found is Verdict.CONTRADICTS and not clear else found


def _unlike(a: Account, b: Account, both: Aligned) -> Verdict | None:
    """That two of which little is shared do not say the same, where they are in like words."""
    return Verdict.UNLIKE if _replaced(both, "word", "name") and _parallel(a, b) else None


def _plain(a: Account, b: Account, both: Aligned) -> bool:
    """Whether both tell of one day, or of two acts of which only one can be."""
    return _meeting(a, b) or any(x.act and y.act for x, y in both.against)


def _parallel(a: Account, b: Account) -> bool:
    """Whether the two are in like words in like order."""
    rows = SequenceMatcher(None, a.words, b.words, autojunk=False)
    return rows.real_quick_ratio() >= PARALLEL and rows.quick_ratio() >= PARALLEL and rows.ratio() >= PARALLEL


def _weight(a: Account, rest: Sequence[Item]) -> float:
    """The weight of what it speaks of, but for words of refusal that only the other does without."""
    return sum(i.weight for i in a.items if i.kind != "party") - sum(i.weight for i in rest if _negative(i))


def _told(both: Aligned) -> float:
    return sum(n * min(x.weight, y.weight) for x, y, n in both.pairs if x.kind != "party")


def _decide(a: Account, b: Account, both: Aligned, told: float, number: str) -> Verdict | None:
    denies = _denies(a, b, both)
    refused = any(map(_negative, (*both.first, *both.second)))  # "ruled out" what "will not" be
    if ((a.future and _done(b)) or (b.future and _done(a))) and denies is not True and not refused:
        return Verdict.APART
    if _replaced(both, "word") and _parallel(a, b):
        return Verdict.UNLIKE
    if told >= FULL and (_excludes(a, b) or _excludes(b, a)) and not denies:
        return Verdict.CONTRADICTS
    one = told >= ALL and a.once and b.once and _definite(a, b, both) and number != "apart" and not denies
    if _elsewhere(both):
        return Verdict.CONTRADICTS if (a.only and b.only) or (one and a.signed and b.signed) else Verdict.APART
    if _other_days(a, b):
        unique = a.once and b.once and a.ordinals == b.ordinals and number != "apart" and not denies
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
        alone = a.only or b.only or a.contrast or b.contrast or (one and _one_time(a, b) and not _mirrored(a, b))
        return Verdict.CONTRADICTS if alone else Verdict.APART
    if denies or (number == "apart" and told >= FULL):
        return None if a.condition != b.condition else Verdict.CONTRADICTS
    if denies is None or number == "apart":
        return None
    if _others(both) and not _given(a, b, both):
        alone = (a.exclusive and b.exclusive) or _definite(a, b, both)
        return Verdict.CONTRADICTS if alone and told >= ALL and not _replaced(both, "word") else Verdict.APART
    ahead = a.future or a.open, b.future or b.open
    if ahead[0] != ahead[1] and _done(b if ahead[0] else a):
        return Verdict.UNLIKE
    if a.said and b.said and not any(_meet(x, y) for x in a.said for y in b.said):
        return Verdict.UNLIKE
    if a.sequence ^ b.sequence == _ORDER:
        return Verdict.CONTRADICTS if told >= ALL and _one_turn(a, b, both) else None
    if a.condition != b.condition or a.possible != b.possible or (a.sequence ^ b.sequence) - _ORDER:
        return None
    if not (a.agent and b.agent) and _swapped(a, b):
        return None
    found = _more(a, b, both, told, number)
    return None if found is Verdict.SAME and not (a.denied or b.denied) and _verbatim(a, b, both) else found


def _verbatim(a: Account, b: Account, both: Aligned) -> bool:
    """Whether the two use the same words, so that order and every little word decide, which are not looked at."""
    if (Counter(a.words) & Counter(b.words)).total() < OWN * max(len(a.words), len(b.words)):
        return False
    own = [x.term.lemma == y.term.lemma for x, y, _ in both.pairs]
    rest = sum(i.weight >= 1 for i in (*both.first, *both.second))
    return sum(own) >= VERBATIM * (len(own) + rest)


def _definite(a: Account, b: Account, both: Aligned) -> bool:
    """Whether something that both speak of is taken for known in both."""
    return any(x.at in a.definite and y.at in b.definite for x, y, _ in both.pairs)


def _meeting(a: Account, b: Account) -> bool:
    """Whether both name a day that is the same."""
    return any(_meet(x, y) for x in a.days for y in b.days)


def _one_turn(a: Account, b: Account, both: Aligned) -> bool:
    """Whether what comes after the one's "before" is what comes after the other's "after"."""
    ends = []
    for own in (a, b):
        at = own.words.index(min(own.sequence))
        ends.append(next((i for i in own.items if i.at > at), None))
    return any(x is ends[0] and y is ends[1] for x, y, _ in both.pairs)


def _excludes(a: Account, b: Account) -> bool:
    """Whether the one says of somebody of whom the other tells that it is not they."""
    return bool(a.excluded) and a.excluded <= set(b.words) and not a.excluded & b.excluded


def _one_time(a: Account, b: Account) -> bool:
    """Whether both name a day that is the same, or neither a day and their reports are of one."""
    if a.days or b.days or not a.published or not b.published:
        return _meeting(a, b)
    return abs((a.published.latest - b.published.latest).days) <= 1


def _leads(item: Item, account: Account) -> bool:
    """Whether it is the first word of weight, which is what is done most often."""
    return item == next((i for i in account.items if i.kind == "word" and i.weight >= 1), None)


def _mirrored(a: Account, b: Account) -> bool:
    """Whether the agent of each is spoken of in the other as well."""
    return a.agent in b.order and b.agent in a.order


def _more(a: Account, b: Account, both: Aligned, told: float, number: str) -> Verdict | None:
    """Which of two that agree says more."""
    more, less = _extra(both.first, b), _extra(both.second, a)
    shared = both.shared + sum(x.weight for x, y in both.against if x.negated != y.negated)
    if told < FULL or ((shared if more and less else shared + both.grounds - both.shared) < ENOUGH and more + less):
        return None
    acting = all(any(i.act and i.weight >= 1 for i in x) for x in (both.first, both.second))
    wider = a.universal != b.universal and not (a.no if b.universal else b.no)
    if told < (ALL if acting and not _one_of(a, b, both) else LESS) and (wider or number != "same"):
        return None
    if wider:
        return Verdict.HOLDS if a.universal else Verdict.FOLLOWS
    if number == "both":
        return None
    if number in ("first", "second"):
        return Verdict.HOLDS if number == "first" else Verdict.FOLLOWS
    acts = any(x.act or y.act for x, y, _ in both.pairs)
    if not acts and all(
        any(i.act and i.weight >= 1 and not (i.negated and _negative(i)) for i in x) for x in (both.first, both.second)
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


def _swapped(a: Account, b: Account) -> bool:
    """Whether two parties come in the other order where no clause may have been moved, nor the voice of the verb."""
    if a.passive != b.passive or any(words_of("subordinate") & set(x.words) for x in (a, b)):
        return False
    first, second = (list(dict.fromkeys(i.key for i in x.items if i.kind == _PARTY)) for x in (a, b))
    shared = [p for p in first if p in second]
    return shared != [p for p in second if p in shared]


def _one_of(a: Account, b: Account, both: Aligned) -> bool:
    """Whether the one tells of all of what the other tells of one: "all the demands" and "a demand"."""
    first = any(near(w, y.term) > WEAK for _, y, _ in both.pairs for w in a.wholes)
    return first or any(near(w, x.term) > WEAK for x, _, _ in both.pairs for w in b.wholes)


def _extra(items: Sequence[Item], other: Account) -> float:
    """The weight of what one tells more than the other, but for words that say again what the other tells as well."""
    more = (i for i in items if i.kind != "party" and i.weight >= 1)
    ahead = other.future or other.open or other.condition
    return sum(
        i.weight
        for i in more
        if i.kind == "name"
        or not (any(nearness(i, o) > WEAK for o in other.items) or (ahead and i.term.lemma in words_of("committing")))
    )


def _denies(a: Account, b: Account, both: Aligned) -> bool | None:
    """Whether the one says that what the other tells is not so; None where that hangs on words of the one alone.

    A negation counts where it stands: before what both speak of it turns that round, before one of two opposites it
    makes them one. Opposites say nothing where the negation of a thing in common has said it.
    """
    turned = sum(x.negated != y.negated for x, y, _ in both.pairs)
    if not turned:
        turned = sum(x.negated == y.negated for x, y in both.against)
    turned += a.denied + b.denied
    turned_in, alone = _left_out(a, b, both)
    turned += turned_in
    if any(x.act and y.act for x, y in both.against):
        alone = 0  # what else is negated there goes on from one of two opposites: "stayed", "left and did not return"
    acts = any(n > WEAK and (x.act or y.act) for x, y, n in both.pairs) or bool(both.against)
    if not acts and not (a.denied or b.denied) and turned + alone == 1:
        # "not let in" and "turned away": what the one negates the other may say by a word of its own
        return False if any(map(_absent, (*both.first, *both.second))) else None
    return None if alone else turned % 2 == 1


def _left_out(a: Account, b: Account, both: Aligned) -> tuple[int, int]:
    """Negations that stand before things in common by their sense, and those that stand before others."""
    turned = alone = 0
    for own, rest, mine, others in (
        (a, both.first, [x for x, _, _ in both.pairs], [y for _, y, _ in both.pairs]),
        (b, both.second, [y for _, y, _ in both.pairs], [x for x, _, _ in both.pairs]),
    ):
        for i in rest:
            if i.negated and any(nearness(i, o) for o in others):
                turned += 1
            elif _negative(i) and not i.negated and turned and any(opposites(i, o) for o in others):
                continue  # "failed to win approval, and was voted down"
            elif _negative(i) and not i.negated:
                after = next((x for x in own.items if x.at > i.at and x.kind == "word" and x.weight >= 1), None)
                turned, alone = (turned + 1, alone) if after in mine else (turned, alone + 1)
            elif i.negated and not _negative(i):
                alone += 1
    return turned, alone


def _absent(item: Item) -> bool:
    return item.kind == "word" and (
        item.term.lemma.replace(" ", "_") in words_of("absent") or item.term.form in listed_negative()
    )


def _negative(item: Item) -> bool:
    return item.kind == "word" and item.term.lemma in words_of("negative")


def _replaced(both: Aligned, *kinds: str) -> bool:
    """Whether each has something of weight of its own."""
    return all(any(i.weight >= 1 and i.kind in kinds for i in x) for x in (both.first, both.second))


def _elsewhere(both: Aligned) -> bool:
    return any(i.kind == "name" for i in both.first) and any(i.kind == "name" for i in both.second)


def _done(a: Account) -> bool:
    """Whether what is told is over."""
    return a.past and not (a.future or a.open or a.prospect)


def _others(both: Aligned) -> bool:
    """Whether each speaks of a party that the other does not."""
    known = {x.key for x, _, _ in both.pairs if x.kind == "party"}
    first, second = ({i.key for i in x if i.kind == "party"} - known for x in (both.first, both.second))
    return bool(first and second)


def _given(a: Account, b: Account, both: Aligned) -> bool:
    """Whether the one names only who acts where the other names only to whom it is done."""
    if a.exclusive or b.exclusive:
        return False  # "gets it" and "goes to" name one side
    first, second = ({i.key for i in x if i.kind == _PARTY} for x in (both.first, both.second))
    return (first == {a.agent} and b.agent is None) or (second == {b.agent} and a.agent is None)


def _other_days(a: Account, b: Account) -> bool:
    """Whether each has a day that none of the other's is."""
    return any(not any(_one_day(x, y, a, b) for y in b.days) for x in a.days) and any(
        not any(_one_day(x, y, a, b) for x in a.days) for y in b.days
    )


def _one_day(x: Interval, y: Interval, a: Account, b: Account) -> bool:
    """Whether two days are one; "Wednesday" may be the last or the next where both reports are of one time."""
    if _meet(x, y):
        return True
    if not a.published or not b.published or x.days > 1 or y.days > 1:
        return False
    close = abs((a.published.latest - b.published.latest).days) <= 1
    return close and abs((x.earliest - y.earliest).days) == WEEK


def _meet(a: Interval, b: Interval) -> bool:
    return a.earliest <= b.latest and b.earliest <= a.latest


def _long_apart(a: Interval | None, b: Interval | None) -> bool:
    if a is None or b is None:
        return False
    return (max(a.earliest, b.earliest) - min(a.latest, b.latest)).days >= FAR
