"""What may differ between two accounts, or be the same: days, parties, who acts, negations, what the one tells more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onthetable.model import Interval
from onthetable.ties.account import Account, listed_negative
from onthetable.ties.alignment import Aligned, nearness, opposites
from onthetable.ties.claim import data
from onthetable.ties.row import ignored, words_of
from onthetable.ties.scan import Item

WEAK = 0.7
"""Nearness of two words from which on they tell one act."""
VERBATIM = 0.85
"""Share of the words of both that are the same, from which on they are told apart by more than their words."""
OWN = 0.75
"""Share of all words of the longer that the other has as well, down to which they may be the same words."""
WEEK = 7
_PARTY = "party"


def weight(a: Account, rest: Sequence[Item]) -> float:
    """The weight of what it speaks of, but for words of refusal that only the other does without."""
    return sum(i.weight for i in a.items if i.kind != "party") - sum(i.weight for i in rest if negative(i))


def told_of(both: Aligned) -> float:
    """The weight of what both tell, parties apart."""
    return sum(n * min(x.weight, y.weight) for x, y, n in both.pairs if x.kind != "party")


def definite(a: Account, b: Account, both: Aligned) -> bool:
    """Whether something that both speak of is taken for known in both."""
    return any(x.at in a.definite and y.at in b.definite for x, y, _ in both.pairs)


def meeting(a: Account, b: Account) -> bool:
    """Whether both name a day that is the same."""
    return any(meet(x, y) for x in a.days for y in b.days)


def excludes(a: Account, b: Account) -> bool:
    """Whether the one says of somebody of whom the other tells that it is not they."""
    return bool(a.excluded) and a.excluded <= set(b.words) and not a.excluded & b.excluded


def turned(a: Account, b: Account) -> bool:
    """Whether one has "with" before what the other has "without" before, or the like."""
    pairs = (line.split() for line in data()["sense"]["turned"])
    return any(_after(a, x) & _after(b, y) or _after(a, y) & _after(b, x) for x, y in pairs)


def _after(a: Account, word: str) -> set[str]:
    """The words that come next after a word, but for those that tell nothing."""
    after = (a.words[n + 1 : n + 4] for n, w in enumerate(a.words) if w == word)
    return {next((w for w in words if w not in ignored()), "") for words in after} - {""}


def mirrored(a: Account, b: Account) -> bool:
    """Whether the agent of each is spoken of in the other as well."""
    return a.agent in b.order and b.agent in a.order


def swapped(a: Account, b: Account) -> bool:
    """Whether two parties come in the other order where no clause may have been moved, nor the voice of the verb."""
    if a.passive != b.passive or any(words_of("subordinate") & set(x.words) for x in (a, b)):
        return False
    first, second = (list(dict.fromkeys(i.key for i in x.items if i.kind == _PARTY)) for x in (a, b))
    shared = [p for p in first if p in second]
    return shared != [p for p in second if p in shared]


def exchanged(a: Account, b: Account, both: Aligned) -> bool:
    """Whether two tell of one known thing in the very same words, but that who acts has changed places with another."""
    things = ((x, y) for x, y, _ in both.pairs if x.kind != _PARTY and not x.act)
    known = any(x.at in a.definite and y.at in b.definite for x, y in things)
    return known and mirrored(a, b) and sorted(a.words) == sorted(b.words)


def extra(items: Sequence[Item], other: Account) -> float:
    """The weight of what one tells more than the other, but for words that say again what the other tells as well."""
    more = (i for i in items if i.kind != "party" and i.weight >= 1)
    ahead = other.future or other.open or other.condition
    return sum(
        i.weight
        for i in more
        if i.kind == "name"
        or not (any(nearness(i, o) > WEAK for o in other.items) or (ahead and i.term.lemma in words_of("committing")))
    )


def denies(a: Account, b: Account, both: Aligned) -> bool | None:
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
            elif negative(i) and not i.negated and turned and any(opposites(i, o) for o in others):
                continue  # "failed to win approval, and was voted down"
            elif negative(i) and not i.negated:
                after = next((x for x in own.items if x.at > i.at and x.kind == "word" and x.weight >= 1), None)
                turned, alone = (turned + 1, alone) if after in mine else (turned, alone + 1)
            elif i.negated and not negative(i):
                alone += 1
    return turned, alone


def _absent(item: Item) -> bool:
    return item.kind == "word" and (
        item.term.lemma.replace(" ", "_") in words_of("absent") or item.term.form in listed_negative()
    )


def negative(item: Item) -> bool:
    """Whether it is a word of refusal, absence or failure."""
    return item.kind == "word" and item.term.lemma in words_of("negative")


def replaced(both: Aligned, *kinds: str) -> bool:
    """Whether each has something of weight of its own."""
    return all(any(i.weight >= 1 and i.kind in kinds for i in x) for x in (both.first, both.second))


def elsewhere(both: Aligned) -> bool:
    """Whether each has a name of its own."""
    return any(i.kind == "name" for i in both.first) and any(i.kind == "name" for i in both.second)


def strange(both: Aligned) -> bool:
    """Whether each names somebody, and nobody whom the other names."""
    named = (any(i.kind != "word" for i in x) for x in (both.first, both.second))
    return all(named) and all(x.kind == y.kind == "word" for x, y, _ in both.pairs)


def done(a: Account) -> bool:
    """Whether what is told is over."""
    return a.past and not (a.future or a.open or a.prospect)


def others(both: Aligned) -> bool:
    """Whether each speaks of a party that the other does not."""
    known = {x.key for x, _, _ in both.pairs if x.kind == "party"}
    first, second = ({i.key for i in x if i.kind == "party"} - known for x in (both.first, both.second))
    return bool(first and second)


def given(a: Account, b: Account, both: Aligned) -> bool:
    """Whether the one names only who acts where the other names only to whom it is done."""
    if a.exclusive or b.exclusive:
        return False  # "gets it" and "goes to" name one side
    first, second = ({i.key for i in x if i.kind == _PARTY} for x in (both.first, both.second))
    return (first == {a.agent} and b.agent is None) or (second == {b.agent} and a.agent is None)


def other_days(a: Account, b: Account) -> bool:
    """Whether each has a day that none of the other's is."""
    return any(not any(_one_day(x, y, a, b) for y in b.days) for x in a.days) and any(
        not any(_one_day(x, y, a, b) for x in a.days) for y in b.days
    )


def _one_day(x: Interval, y: Interval, a: Account, b: Account) -> bool:
    """Whether two days are one; "Wednesday" may be the last or the next where both reports are of one time."""
    if meet(x, y):
        return True
    if not a.published or not b.published or x.days > 1 or y.days > 1:
        return False
    close = abs((a.published.latest - b.published.latest).days) <= 1
    return close and abs((x.earliest - y.earliest).days) == WEEK


def meet(a: Interval, b: Interval) -> bool:
    """Whether two stretches of days have one in common."""
    return a.earliest <= b.latest and b.earliest <= a.latest


def verbatim(a: Account, b: Account, both: Aligned) -> bool:
    """Whether the two use the same words, so that order and every little word decide, which are not looked at."""
    if (Counter(a.words) & Counter(b.words)).total() < OWN * max(len(a.words), len(b.words)):
        return False
    own = [x.term.lemma == y.term.lemma for x, y, _ in both.pairs]
    rest = sum(i.weight >= 1 for i in (*both.first, *both.second))
    return sum(own) >= VERBATIM * (len(own) + rest)


def ordered(a: Account, b: Account, both: Aligned) -> bool:
    """Whether order decides between two in the same words: one agent in the active and in the passive is one order."""
    voiced = a.agent is not None and a.agent == b.agent and a.passive != b.passive
    return verbatim(a, b, both) and not voiced
