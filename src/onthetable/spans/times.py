"""Times and dates: a TIMEX3 tagger (Pustejovsky and others 2003, ISO-TimeML), with its rules in times.toml.

The way is that of HeidelTime (Strötgen and Gertz 2010): patterns over the text with named groups, whose
groups build either a value that the words alone fix or a shift from the document's day. The parse only
weeds out what is no time ("may", "a second offer") and tells the tense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onthetable.model import Shift, Span, Time
from onthetable.spans.timevalues import build
from onthetable.spans.timewords import Rule, Toward, rules, words
from onthetable.tree import Token, Tree


def find_times(tree: Tree) -> tuple[Time, ...]:
    """The times of a report in order of the text, none overlapping: DATE, TIME, DURATION and SET.

    Spans follow TIMEX3: without the preposition, with "last", "nearly", "the end of". Takes the report's
    tree; costs a few percent of making it.
    """
    found: list[Time] = []
    for start, end in _windows(tree):
        found += _find(tree, start, end)
    return tuple(_in_context(found))


def _in_context(times: list[Time]) -> Iterator[Time]:
    """Times that lean on one before them: "a year earlier" beside quarters, "later that year" after a date."""
    quarter: Shift | None = None
    fixed = ""
    for t in times:
        shift = t.shift
        if shift and (shift.unit == "Q" or (shift.part or "").startswith("Q")):
            if shift.kind == "offset" and shift.count == 0 and quarter and t.rule != "year-earlier":
                t = replace(t, shift=quarter)
            quarter = t.shift
        elif quarter and shift and t.rule in _YEARS_BACK and (shift.unit, shift.count) == ("Y", -1):
            back = 4 if quarter.kind == "offset" else 1
            t = replace(t, shift=replace(quarter, count=quarter.count - back))
        elif shift and fixed and t.rule == "this-unit" and re.search(r"\b(?:that|same)\b", t.span.text):
            size = {"Y": 4, "M": 7, "D": 10}.get(shift.unit or "", 99)
            t = replace(t, value=fixed[:size], shift=None) if len(fixed) >= size else t
        if t.value and t.value[0].isdigit():
            fixed = t.value
        yield t


_YEARS_BACK = ("earlier", "year-earlier", "ago")


def _windows(tree: Tree) -> Iterator[tuple[int, int]]:
    """Stretches of code points to search: sentences, joined where the parser broke one after "Nov."."""
    begin: int | None = None
    for n, (first, last) in enumerate(tree.sentences):
        begin = tree[first].start if begin is None else begin
        end, final = tree[last - 1].end, tree[last - 1].text
        if len(final) > 1 and final.endswith(".") and n + 1 < len(tree.sentences):
            following = tree[tree.sentences[n + 1][0]].start
            if following - end < 3 and "\n" not in tree.text[end:following]:
                continue
        yield begin, end
        begin = None


def _find(tree: Tree, start: int, end: int) -> list[Time]:
    passage = tree.text[start:end]
    triggers = words().triggers
    kinds: set[str] = set()
    for word in set(re.findall(r"[a-z]+|\d+s?", passage.lower())):
        if word[0].isdigit():
            kinds |= {"number", "decade"} if word.endswith("s") else {"number"}
        elif word in triggers:
            kinds |= triggers[word]
    if not kinds:
        return []
    matches = [
        (m.start(), -m.end(), n, rule, m)
        for n, rule in enumerate(rules()) if rule.on & kinds for m in rule.pattern.finditer(passage)
    ]  # fmt: skip
    found: list[Time] = []
    at = 0
    for a, b, _, rule, m in sorted(matches, key=lambda x: x[:3]):
        if a < at or a == -b:
            continue
        first, last = tree.range(start + a, start - b)
        if first < last and _is_time(tree, first, last, rule, m):
            if m.groupdict().get("event"):
                b += len(m["event"])
            if tree[first].text.lower() in ("over", "under") and tree[first].dep == "prep":
                a = tree[first + 1].start - start  # "spread over three years"
            kind, value, shift = build(m, rule, _toward(tree, first, last) or _deadline(tree, first))
            span = Span(start + a, start - b, tree.text[start + a : start - b])
            found.append(Time(span, kind, value, shift, rule.name))
            at = -b
    return found


# --- what is no time ------------------------------------------------------------------------------------


def _is_time(tree: Tree, first: int, last: int, rule: Rule, m: re.Match[str]) -> bool:
    """Whether the parse lets the words be a time: "may" the verb, "March" the walk, "1,987 people" are none."""
    head = tree[last - 1]
    if rule.name in ("month", "season-bare", "season") and last - first == 1:
        return head.pos not in ("AUX", "VERB") and head.entity != "PERSON"
    if rule.name == "year" and last - first == 1:
        return not (_counts(tree, head) and tree[head.head].tag == "NNS" and head.head == last)
    unit = m.groupdict().get("unit")
    if unit and unit.lower() == "year" and re.match("s?[ -]old", tree.text[tree[last - 1].end :][:5]):
        return False  # the age of a person
    if unit and unit.lower() == "quarter" and rule.kind == "duration":
        return last == len(tree) or tree[last].text.lower() != "of"  # a fourth part
    if unit and unit.lower() in ("second", "minute"):
        word = next((t for t in tree.tokens[first:last] if t.text.lower().startswith(unit.lower())), head)
        return word.pos == "NOUN" and not _counts(tree, word)
    return True


def _counts(tree: Tree, token: Token) -> bool:
    """Whether the token qualifies a plural noun after it."""
    head = tree[token.head]
    return token.dep in ("nummod", "amod") and head.i > token.i and head.tag in ("NNS", "NN") and head.i - token.i < 3


def _deadline(tree: Tree, first: int) -> Toward:
    """ "unless they leave by Friday": a term that is set lies ahead, where no tense says otherwise."""
    return "future" if first and tree[first - 1].text.lower() in ("by", "until", "till") else None


def _toward(tree: Tree, first: int, last: int) -> Toward:
    """The direction in which the tense of the clause points, if it points anywhere."""
    before = tree[first - 1].text.lower() if first else ""
    if before in words().toward:
        return words().toward[before]
    top = next((i for i in range(first, last) if not first <= tree[i].head < last), first)
    if tree[top].dep in ("compound", "amod", "nmod", "poss", "nummod") and tree[top].head > top:
        return None
    for i in (top, *tree.above(top)):
        token = tree[i]
        if token.pos not in ("VERB", "AUX"):
            continue
        helpers = {tree[c].text.lower() for c in tree.kids(i, "aux", "auxpass")}
        if helpers == {"to"} and tree[token.head].lemma in words().implicative:
            continue  # "refused to meet on Friday" is past, "agreed to meet on Friday" to come
        if helpers & {"will", "shall", "'ll", "’ll", "wo", "would", "to", "may", "might", "could", "should", "must"}:
            return "past" if "have" in helpers else "future"
        if helpers & {"is", "are", "'s", "’s", "be", "being", "do", "does"}:
            return None
        if token.tag == "VBG" and not helpers:
            continue
        if token.tag == "VBN" and token.lemma in words().ahead:
            return "future"
        past = token.tag in ("VBD", "VBN") or helpers & {"was", "were", "had", "did", "has", "have", "been"}
        return "past" if past else None
    return None
