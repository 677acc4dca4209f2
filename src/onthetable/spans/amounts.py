"""Numbers with their unit and bounds: "more than 34,600", "six-week", "20-33", "$3.5bn", "dozens of".

Bounds follow the annotation guide: "over 100" has a low of 100 and no high, "up to 5" a high of 5 and no low,
"dozens" a low of 24; a number too long to be one has neither.
Numbers that are names (dates, clock times, "Channel 12", "F-16", "a 12-point plan") are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from onthetable.lexicon import load
from onthetable.model import Amount, Qualifier, Span
from onthetable.spans.numerals import SCALES, Number, bounds_after, bounds_before, read
from onthetable.spans.pieces import DASHES, NUMBER, Piece, between, cut, glued, low_at
from onthetable.tree import Tree

_DATA: dict[str, Any] = load("onthetable.spans", "amounts.toml")
_MONTHS, _LABELS, _CLOCK, _PLANS = (frozenset(_DATA["names"][k]) for k in ("months", "labels", "clock", "plans"))
_PARTS = frozenset({"morning", "afternoon", "evening", "night"})
_HOURS, _SOON = frozenset(_DATA["hours"]["verbs"]), frozenset(_DATA["hours"]["behind"])
_DEICTIC = frozenset({"last", "next", "this", "past", "previous", "same"})


def find_amounts(tree: Tree) -> tuple[Amount, ...]:
    """All amounts of a report in the order of the text, none overlapping.

    Spans hold qualifier, number and unit of measure, in code points; what is counted ("hostages") is no
    part of them. `unit` is a unit of measure, else the noun that is counted as written, else None.
    """
    pieces = cut(tree)
    found: list[Amount] = []
    taken = i = 0
    while i < len(pieces):
        numbers = read(pieces, i)
        if not numbers:
            i += 1
            continue
        for n in numbers:
            amount = _amount(tree, pieces, n, taken) if not _is_name(tree, pieces, n) else None
            if amount:
                found.append(amount)
        i = taken = max(n.last for n in numbers)
    return tuple(found)


# --- the record ---------------------------------------------------------------------------------------


def _amount(tree: Tree, p: list[Piece], n: Number, taken: int) -> Amount:
    start, kinds = bounds_before(p, n.first, taken)
    last, more = bounds_after(p, n.last)
    unit = n.unit or _counted(tree, p[n.last - 1].token, n.vague or low_at(p, n.last) == "of")
    if not more and low_at(p, n.last) == unit:
        more = bounds_after(p, n.last + 1)[1]  # "20 nurses or so"
    low, high, qualifier = _limits(n, [*kinds, *more])
    first, end = p[start], p[last - 1]
    span = Span(first.start, end.end, tree.text[first.start : end.end])
    return Amount(span, first.token, end.token + 1, low, high, unit, qualifier)


def _limits(n: Number, kinds: Iterable[str]) -> tuple[float | None, float | None, Qualifier]:
    if n.overlong:
        return None, None, "vague"
    kinds, low = set(kinds), float(n.low)
    if n.vague:
        return low, None, "vague"
    if n.ranged:
        return low, float(n.high), "range"
    if "at-least" in kinds:
        return low, None, "at-least"
    if "at-most" in kinds:
        return None, low, "at-most"
    return low, low, "about" if "about" in kinds else "exact"


def _counted(tree: Tree, token: int, through: bool) -> str | None:
    """The noun that is counted, as written in lower case: the number's head, or the end of the nouns behind it.

    `through` looks past an "of" ("dozens of ships").
    """
    noun = None
    last = min(tree.sentence(token)[1], token + 8)
    head = tree[token].head
    if tree[token].dep == "nummod" and token < head < last and tree[head].pos in {"NOUN", "PROPN"}:
        return _letters(tree[head].text)
    for i in range(token + 1, last):
        t = tree[i]
        if through and noun is None and t.text.lower() in {"of", "the", "its", "their"}:
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


def _is_name(tree: Tree, p: list[Piece], n: Number) -> bool:
    if _is_one(p, n):
        return True
    if n.unit == "points" and low_at(p, n.last - 2) in DASHES and {low_at(p, n.last), low_at(p, n.last + 1)} & _PLANS:
        return True  # "a 12-point peace plan"
    if _is_odds(p, n) or _is_hour(tree, p, n):
        return True
    if not n.digits:
        return _is_clock(p, n) or (_is_label(p, n) and n.unit is None)
    return (
        _is_code(p, n) or _is_date(p, n) or _is_clock(p, n) or _is_year(tree, p, n) or _is_listed(tree, p, n)
        or _is_age(p, n)
        or (n.unit is None and not n.scaled and (_is_label(p, n) or _is_titled(tree, p, n)))
    )  # fmt: skip


def _is_one(p: list[Piece], n: Number) -> bool:
    """The pronoun or article "one", and "one day" that is no length of time."""
    if n.low != 1 or n.ranged or low_at(p, n.last - 1) in SCALES:
        return False
    words = between(p, n.first, n.last)
    if words == ("one",):
        return True
    return words[0] == "one" and n.unit in {"days", "times", "points"} and len(words) == 2


def _is_code(p: list[Piece], n: Number) -> bool:
    """Glued to letters or to more numbers: "F-16", "5th", "1990s", "24/7", "10:45", "2025-03-14"."""
    i, end = n.first, n.last
    before = low_at(p, i - 1)
    if not n.symbol:
        if glued(p, i) and (before.isalnum() or before in {"/", ":", "#", "@", "_", "."}):
            return True
        lead = low_at(p, i - 2)
        if glued(p, i) and before in DASHES - {"—"} and glued(p, i - 1) and lead.isalnum():
            return lead not in {"sub", "to", "minus"}
    after = low_at(p, end)
    if glued(p, end) and (after.isalnum() or after in {"/", "@", "_"}) and not (n.unit and after == "/"):
        return True
    if after == ":" and glued(p, end) and glued(p, end + 1) and NUMBER.match(low_at(p, end + 1)):
        return True
    spaced = n.unit is None and not n.scaled
    dashed = glued(p, end) and after in DASHES and glued(p, end + 1)
    return bool((spaced and NUMBER.match(after)) or (dashed and NUMBER.match(low_at(p, end + 1))))


def _is_date(p: list[Piece], n: Number) -> bool:
    """A day of a month: "March 12", "12 and 13 March", "June 9 and 10"."""
    if n.unit or n.scaled or n.low > 2100:
        return False
    if _is_month(p, n.last) or (low_at(p, n.last) == "of" and _is_month(p, n.last + 1)):
        return True
    if _is_month(p, n.first - 1) or (low_at(p, n.first - 1) == "." and _is_month(p, n.first - 2)):
        return True
    links = {"and", "to", ",", "or"} | DASHES
    if low_at(p, n.last) in links and NUMBER.match(low_at(p, n.last + 1)) and _is_month(p, n.last + 2):
        return True
    return low_at(p, n.first - 1) in links and bool(NUMBER.match(low_at(p, n.first - 2))) and _is_month(p, n.first - 3)


def _is_month(p: list[Piece], i: int) -> bool:
    return 0 <= i < len(p) and p[i].low in _MONTHS and p[i].text[0].isupper()


def _is_clock(p: list[Piece], n: Number) -> bool:
    """A time of day: "10.45pm", "two o'clock", "at six in the morning"."""
    spoken = low_at(p, n.first - 1) == "at" and n.low <= 12 and low_at(p, n.last + 2) in _PARTS
    return n.unit is None and (low_at(p, n.last) in _CLOCK or spoken)


def _is_hour(tree: Tree, p: list[Piece], n: Number) -> bool:
    """A bare hour: "for nine tomorrow morning", "went home at six"."""
    if (
        n.unit
        or n.scaled
        or n.ranged
        or n.low > 12
        or low_at(p, n.first - 1) not in {"at", "for", "by", "until", "till"}
    ):
        return False
    if low_at(p, n.last) in _SOON:
        return True
    at = p[n.first - 1].token
    bare = _counted(tree, p[n.last - 1].token, False) is None
    return bare and low_at(p, n.first - 1) == "at" and tree[tree[at].head].lemma in _HOURS


def _is_odds(p: list[Piece], n: Number) -> bool:
    """The first number of "by nine to one": a proportion, of which neither end is a count."""
    told = low_at(p, n.last) == "to" and low_at(p, n.last + 1) in {"one", "1"} and low_at(p, n.last + 2) not in DASHES
    return told and n.unit is None and not n.ranged and _lead_word(p, n.first) != "from"


def _lead_word(p: list[Piece], i: int) -> str:
    return low_at(p, bounds_before(p, i)[0] - 1)


def _is_year(tree: Tree, p: list[Piece], n: Number) -> bool:
    """Four bare digits from 1500 to 2199, unless a plain plural noun follows that is counted."""
    text = p[n.first].text
    if n.unit or n.scaled or not re.fullmatch(r"1[5-9]\d\d|2[01]\d\d", text):
        return False
    token = p[n.last - 1].token
    counted = token + 1 < len(tree) and tree[token + 1].tag == "NNS"
    return not counted or (tree[token - 1].pos in {"ADP", "DET", "PRON", "PROPN"} and not bounds_before(p, n.first)[1])


def _is_listed(tree: Tree, p: list[Piece], n: Number) -> bool:
    """The number of a list item or section: the first thing on its line, with a full stop or bracket."""
    start = p[n.first].start
    line = tree.text.rfind("\n", max(0, start - 4), start) >= 0 or start == 0 or p[n.first].token == 0
    if not line:
        return False
    rest = tree.text[p[n.last - 1].end : p[n.last - 1].end + 2]
    clock = n.unit is None and re.fullmatch(r"\d\d?\.\d\d", p[n.first].text)
    return bool(rest == "" or re.match(r"[.)]\s|\)|\n", rest) or clock)


def _is_label(p: list[Piece], n: Number) -> bool:
    """Behind a word that numbers take as a name: "Channel 12", "day two"."""
    group = between(p, max(0, n.first - 2), n.first) == ("group", "of") and p[n.first - 2].text[0].isupper()
    return (group or low_at(p, n.first - 1) in _LABELS) and not n.ranged and n.low < 10_000


def _is_titled(tree: Tree, p: list[Piece], n: Number) -> bool:
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


def _is_age(p: list[Piece], n: Number) -> bool:
    """Between commas behind a name: "Vera Lind, 42, said"."""
    i = n.first
    name = i > 1 and p[i - 2].text[:1].isupper()
    return name and n.unit is None and n.low < 120 and low_at(p, i - 1) == "," and low_at(p, n.last) in {",", "."}
