"""Signs by which a learned decision tells what two accounts are to each other: numbers, and no word or name.

Each is the same whichever of the two comes first, or tells of one of them (`ONE`), so that what is learned holds both
ways round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from onthetable.ties import relations
from onthetable.ties.account import Account
from onthetable.ties.alignment import Aligned
from onthetable.ties.amounts import compared
from onthetable.ties.scan import Item
from onthetable.ties.verdicts import Verdict

_FLAGS = (
    "past", "future", "open", "prospect", "possible", "condition", "universal", "no", "only", "exclusive", "denied",
    "contrast", "once", "signed", "passive", "receives",
)  # fmt: skip
_RESTS = ("acts", "things", "names", "parties", "negated", "refusals")
_AMOUNTS = ("none", "same", "apart", "one", "both")
_VERDICTS = ("none", *(v.value for v in Verdict if v is not Verdict.FOLLOWS))

BOTH = (
    "light", "heavy", "shared", "grounds", "against", "acts against", "exact", "near", "wide", "acts", "same acts",
    "denies", "doubt", "turned", "agent same", "agent other", "mirrored", "swapped", "one day", "other day",
    "one dated",
    "elsewhere", "others", "given", "excludes", "ordinals", "done and ahead", "sequence", "definite",
    "ratio", "squared ratio", "overlap of longer", "overlap of shorter", "stretches", "one stretch", "words other",
    "least more", "most more", "numbers", "numbers more", "apart told", "denied told", "against told", "replaced alike",
    "elsewhere alike", "acts told", "day told",
    *(f"amounts {k}" for k in _AMOUNTS), *(f"rules {k}" for k in _VERDICTS),
    *(f"both {k}" for k in _FLAGS), *(f"least {k}" for k in _RESTS), *(f"most {k}" for k in _RESTS),
)  # fmt: skip
"""What is told of the two together."""
ONE = (
    "told", "weight", "words", "more", "amounts", "rules", *_RESTS, *_FLAGS,
)  # fmt: skip
"""What is told of each."""
_OPPOSITE = {"first": "second", "second": "first"}


def signs(a: Account, b: Account, both: Aligned, found: Verdict | None) -> tuple[list[float], list[float], list[float]]:
    """The signs of two accounts, of the first and of the second, in the order of `BOTH` and `ONE`.

    `both` is what they share and `found` what the rules say.
    """
    weights = relations.weight(a, both.first), relations.weight(b, both.second)
    against = sum(min(x.weight, y.weight) for x, y in both.against)
    told = relations.told_of(both) + against
    light, heavy = (min(told / (w or 1.0), 1.3) for w in (min(weights), max(weights)))
    words = [(x, y, n) for x, y, n in both.pairs if x.kind == "word" and x.weight >= 1]
    acts = [n for x, y, n in both.pairs if (x.act or y.act) and x.weight >= 1]
    denies = relations.denies(a, b, both)
    amounts = compared(a, b) if a.numbers or b.numbers else "none"
    other = bool(a.agent and b.agent and a.agent != b.agent)
    met, elsewhere = relations.meeting(a, b), relations.elsewhere(both)
    rows = SequenceMatcher(None, a.words, b.words, autojunk=False)
    ratio = rows.ratio()
    turns = [o for o in rows.get_opcodes() if o[0] != "equal"]
    common = (Counter(a.words) & Counter(b.words)).total()
    sizes = len(a.words) or 1, len(b.words) or 1
    more = relations.extra(both.first, b), relations.extra(both.second, a)
    rests = _rest(both.first), _rest(both.second)
    kind = "one" if amounts in _OPPOSITE else amounts
    rules = "none" if found is None else "holds" if found is Verdict.FOLLOWS else found.value
    flags = [[float(getattr(x, k)) for k in _FLAGS] for x in (a, b)]
    of_both: list[float] = [
        light, heavy, min(both.shared, 8), min(both.grounds, 9), against, sum(x.act and y.act for x, y in both.against),
        sum(n >= 1 for *_, n in words), sum(relations.WEAK < n < 1 for *_, n in words),
        sum(n <= relations.WEAK for *_, n in words), len(acts), sum(n >= 1 for n in acts),
        denies is True, denies is None, sum(x.negated != y.negated for x, y, _ in both.pairs),
        bool(a.agent and a.agent == b.agent), other, other and relations.mirrored(a, b), relations.swapped(a, b),
        met, relations.other_days(a, b), bool(a.days) != bool(b.days), elsewhere, relations.others(both),
        relations.given(a, b, both), relations.excludes(a, b) or relations.excludes(b, a),
        bool(a.ordinals and b.ordinals and a.ordinals != b.ordinals),
        (a.future and relations.done(b)) or (b.future and relations.done(a)), bool(a.sequence ^ b.sequence),
        relations.definite(a, b, both), ratio, ratio * ratio, common / max(sizes), common / min(sizes),
        min(len(turns), 8), len(turns) == 1, min(sum(max(t[2] - t[1], t[4] - t[3]) for t in turns), 12),
        min(*more, 4), min(max(more), 8), min(len(a.numbers), len(b.numbers), 3),
        min(abs(len(a.numbers) - len(b.numbers)), 3), (amounts == "apart") * light, (denies is True) * light,
        bool(both.against) * light, relations.replaced(both, "word") * ratio, elsewhere * ratio,
        min(rests[0][0], rests[1][0], 3) * light, met * light,
        *(kind == k for k in _AMOUNTS), *(rules == k for k in _VERDICTS),
        *(min(x, y) for x, y in zip(*flags, strict=True)),
        *(min(x, y, 3) for x, y in zip(*rests, strict=True)), *(min(max(x, y), 5) for x, y in zip(*rests, strict=True)),
    ]  # fmt: skip
    first, second = (
        [
            min(told / (weights[n] or 1.0), 1.3), min(weights[n], 12), min(sizes[n], 40) / 10, min(more[n], 6),
            amounts == ("first", "second")[n], found is (Verdict.HOLDS, Verdict.FOLLOWS)[n],
            *(min(x, 4) for x in rests[n]), *(x * (1 - y) for x, y in zip(flags[n], flags[1 - n], strict=True)),
        ]
        for n in (0, 1)
    )  # fmt: skip
    return [float(x) for x in of_both], [float(x) for x in first], [float(x) for x in second]


def _rest(items: Sequence[Item]) -> list[int]:
    """What one tells that the other does not, counted by kind (`_RESTS`)."""
    words = [i for i in items if i.kind == "word" and i.weight >= 1]
    return [
        sum(i.act for i in words), sum(not i.act for i in words), sum(i.kind == "name" for i in items),
        len({i.key for i in items if i.kind == "party"}), sum(i.negated for i in items),
        sum(map(relations.negative, items)),
    ]  # fmt: skip
