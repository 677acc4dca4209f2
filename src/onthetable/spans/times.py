"""Times and dates: a TIMEX3 tagger (Pustejovsky and others 2003, ISO-TimeML), with its rules in times.toml.

The way is that of HeidelTime (Strötgen and Gertz 2010): patterns over the text with named groups, whose
groups build either a value that the words alone fix or a shift from the document's day. The parse only
weeds out what is no time ("may", "a second offer") and tells the tense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onthetable import dates
from onthetable.model import Interval, Shift, Span, Time
from onthetable.spans.timevalues import build, unknown
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
    last: Time | None = None
    for t in times:
        shift = t.shift
        if shift and (shift.unit == "Q" or (shift.part or "").startswith("Q")):
            if shift.kind == "offset" and shift.count == 0 and quarter and t.rule != "year-earlier":
                t = replace(t, shift=quarter)
            quarter = t.shift
        elif quarter and shift and t.rule in _YEARS_BACK and (shift.unit, shift.count) == ("Y", -1):
            back = 4 if quarter.kind == "offset" else 1
            t = replace(t, shift=replace(quarter, count=quarter.count - back))
        elif shift and _leans(t):
            t = _lean(t, shift, last, dates.days(fixed))
        if t.value and t.value[0].isdigit():
            fixed = t.value
        if t.type in ("DATE", "TIME"):
            last = t if t.shift and _names_day(t.shift) else None
        yield t


def _leans(t: Time) -> bool:
    """Whether it is counted from a time before it: "that night", "the following year", "they signed a week later"."""
    if t.rule in ("this-unit", "that-part"):
        return bool(_LEANS.search(t.span.text))
    return bool(t.rule == "earlier" and t.shift and t.shift.count > 0 and t.shift.toward == "past")


def _lean(t: Time, shift: Shift, last: Time | None, fixed: Interval | None) -> Time:
    """The time counted from the day named last or from the last date; a later time that has neither is unknown."""
    clock = (shift.unit or "").startswith("T")  # "an hour later" is on the same day
    if (clock or (shift.unit == "D" and shift.count == 0)) and last and last.shift:
        return replace(t, shift=replace(last.shift, part=shift.part))
    if fixed and fixed.days <= _DAYS.get(shift.unit or "", 1):
        return replace(t, value=dates.value(t, fixed.earliest), shift=None)
    return replace(t, value=unknown(shift.unit or "D"), shift=None) if t.rule == "earlier" and not clock else t


def _names_day(shift: Shift) -> bool:
    return shift.kind == "weekday" or shift.unit == "D" or bool(shift.month and shift.day)


_DAYS = {"D": 1, "W": 1, "M": 31, "Y": 366}
"""How exact in days a date must be for a unit to be counted from it."""

_LEANS = re.compile(r"\b(?:that|same|following|preceding|previous)\b", re.IGNORECASE)
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
                m = _without_event(tree, start, m)
                b = -_end(m)
            if last - first > 1 and rule.kind != "relative" and _outside(tree, first, last):
                a = tree[first + 1].start - start
            kind, value, shift = build(m, rule, _toward(tree, first, last) or _deadline(tree, first))
            span = Span(start + a, start - b, tree.text[start + a : start - b])
            found.append(Time(span, kind, value, shift, rule.name))
            at = -b
            if rule.name == "month-day":
                found[-1:] = _more_days(tree, start, found[-1], m, rule)
                at = found[-1].span.end - start
    return found


def _without_event(tree: Tree, start: int, m: re.Match[str]) -> re.Match[str]:
    """The match, without the word after it where that is a verb: "ours of the day after asks for less"."""
    i, _ = tree.range(start + m.end() - 1, start + m.end())
    verb = tree[i].tag in ("VBZ", "VBD", "VBP", "MD")
    return (verb and m.re.match(m.string, m.start(), m.start("event"))) or m


def _end(m: re.Match[str]) -> int:
    """Where the time ends that an event follows: "two weeks" of "two weeks after the vote"."""
    if not m["event"]:
        return m.end()
    if m["way"].lower() not in ("before", "after"):
        return m.start("event")
    return m.end("unit") + (m.string[m.end("unit")] == "s")


def _outside(tree: Tree, first: int, last: int) -> bool:
    """Whether the first word belongs to what is around: "spread over three years", "the two-day rally"."""
    word = tree[first].text.lower()
    return (word in ("over", "under") and tree[first].dep == "prep") or (
        word in ("the", "a", "an") and tree[first].head >= last
    )


_MORE = re.compile(
    r"(?:, | and |, and | or | to |[-–])((3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?)(?![\w%:/]|[.,]\d| of\b)"
)
_YEAR = re.compile(r",? ((?:1[5-9]|20)\d\d)(?!\d)")


def _more_days(tree: Tree, start: int, time: Time, m: re.Match[str], rule: Rule) -> list[Time]:
    """The days of "June 5, 6 and 7, 2030", the first among them; only the first in "June 5, 6 people"."""
    days = [(time.span.start, m.end(), m["day"] or m["nth"])]
    while not m["year"] and (next := _MORE.match(m.string, days[-1][1])):
        first, last = tree.range(start + next.start(1), start + next.end(1))
        if first == last or _counts(tree, tree[first]):
            break
        days.append((start + next.start(1), next.end(1), next[2]))
    if len(days) == 1:
        return [time]
    year = _YEAR.match(m.string, days[-1][1])
    if year:
        days[-1] = (days[-1][0], year.end(), days[-1][2])
    listed: list[Time] = []
    for a, end, day in days:
        one = rule.pattern.match(f"{m['month']} {day}" + (f", {year[1]}" if year else ""))
        if one:
            kind, value, shift = build(one, rule, time.shift.toward if time.shift else None)
            span = Span(a, start + end, tree.text[a : start + end])
            listed.append(Time(span, kind, value, shift, "day" if listed else rule.name))
    return listed


# --- what is no time ------------------------------------------------------------------------------------


def _is_time(tree: Tree, first: int, last: int, rule: Rule, m: re.Match[str]) -> bool:
    """Whether the parse lets the words be a time: "may" the verb, "March" the walk, "1,987 people" are none."""
    head = tree[last - 1]
    if rule.name in ("month", "season-bare", "season") and last - first == 1:
        return head.pos not in ("AUX", "VERB") and head.entity != "PERSON"
    if rule.name == "no-such-day" and head.pos in ("AUX", "VERB"):
        return False
    if rule.name == "adverb" and last - first == 1 and head.pos in ("NOUN", "PROPN"):
        return False  # "the party daily", a newspaper
    if rule.name == "far-year":
        return not _counts(tree, head)
    if rule.name == "year" and last - first == 1:
        return not (_counts(tree, head) and tree[head.head].tag == "NNS" and head.head == last)
    if rule.name == "length" and m[0][:2].lower() == "a " and last - first == 2 and _rate(tree, first):
        return False
    unit = m.groupdict().get("unit")
    if unit and unit.lower() == "year" and re.match("s?[ -]old", tree.text[tree[last - 1].end :][:5]):
        return False  # the age of a person
    if unit and unit.lower() == "quarter" and rule.kind == "duration":
        if last < len(tree) and tree[last].text.lower() == "of":  # "a quarter of the crews", but "two quarters of loss"
            return head.text.endswith("s") and (m.groupdict().get("n") or "three").lower() != "three"
        return True
    if unit and unit.lower() in ("second", "minute"):
        word = next((t for t in tree.tokens[first:last] if t.text.lower().startswith(unit.lower())), head)
        return word.pos == "NOUN" and not _counts(tree, word)
    return True


def _rate(tree: Tree, first: int) -> bool:
    """Whether "a year" follows what is counted: "two million a year" is a rate, no length."""
    head = tree[first + 1]
    return bool(first) and head.dep == "npadvmod" and tree[first - 1].pos in ("NOUN", "NUM", "SYM")


def _counts(tree: Tree, token: Token) -> bool:
    """Whether the token qualifies a plural noun after it."""
    head = tree[token.head]
    return token.dep in ("nummod", "amod") and head.i > token.i and head.tag in ("NNS", "NN") and head.i - token.i < 3


_ARE = {"is", "are", "'s", "’s", "'re", "’re"}


def _deadline(tree: Tree, first: int) -> Toward:
    """ "unless they leave by Friday": a term that is set lies ahead, where no tense says otherwise."""
    return "future" if first and tree[first - 1].text.lower() in ("by", "until", "till") else None


def _toward(tree: Tree, first: int, last: int) -> Toward:
    """The direction in which the tense of the clause points, if it points anywhere."""
    before = tree[first - 1].text if first else ""
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
        if helpers == {"to"} and (token.dep == "advcl" or tree[token.head].lemma in words().implicative):
            continue  # "flew in to meet", "refused to meet on Friday" are past, "agreed to meet on Friday" to come
        if helpers & {"will", "shall", "'ll", "’ll", "wo", "would", "to", "may", "might", "could", "should", "must"}:
            return "past" if "have" in helpers else "future"
        if token.lemma in words().scheduled and (token.tag in ("VBZ", "VBP") or helpers & _ARE):
            return "future"  # "the council meets on Friday", "is meeting on Friday"
        if helpers & {"is", "are", "'s", "’s", "be", "being", "do", "does"}:
            return None
        if token.tag == "VBG" and token.lemma in words().ahead and token.lemma != "set":
            return "future"  # "are planning a march on Saturday"
        if token.tag == "VBG" and not helpers:
            continue
        if token.tag in ("VBN", "VBZ", "VBP") and token.lemma in words().ahead:
            return "future"
        if token.tag == "VBD" and token.lemma in ("plan", "expect") and i < first:
            return "future"  # "planned a march on Saturday", but not "on Saturday they planned a march"
        past = token.tag in ("VBD", "VBN") or helpers & {"was", "were", "had", "did", "has", "have", "been"}
        return "past" if past else None
    return None
