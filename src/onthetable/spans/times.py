"""Times and dates: a TIMEX3 tagger (Pustejovsky and others 2003, ISO-TimeML), with its rules in times.toml.

The way is that of HeidelTime (Strötgen and Gertz 2010): patterns over the text with named groups, whose
groups build either a value that the words alone fix or a shift from the document's day. The parse only
weeds out what is no time ("may", "a second offer") and tells the tense.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from onthetable.lexicon import load
from onthetable.model import Shift, Span, Time, TimeType
from onthetable.tree import Token, Tree

_SPACE = r"(?:[^\S\n]{1,3}|[^\S\n]{0,3}\n[^\S\n]{0,12})"
_JOINT = rf"(?:{_SPACE}|[-‑–])"

Found = tuple[TimeType, str | None, Shift | None]
Toward = Literal["past", "future"] | None


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    kind: str
    on: frozenset[str]
    pattern: re.Pattern[str]
    value: str | None


@dataclass(frozen=True, slots=True)
class _Words:
    """The tables of times.toml, and for each trigger word the kinds of expression that it may begin or end."""

    months: dict[str, int]
    weekdays: dict[str, int]
    units: dict[str, str]
    parts: dict[str, str]
    seasons: dict[str, str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    feasts: dict[str, list[int]]
    vague: frozenset[str]
    ahead: frozenset[str]
    implicative: frozenset[str]
    toward: dict[str, Toward]
    triggers: dict[str, frozenset[str]]


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
    triggers = _words().triggers
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
        for n, rule in enumerate(_rules()) if rule.on & kinds for m in rule.pattern.finditer(passage)
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
            kind, value, shift = _BUILD[rule.kind](m, rule, _toward(tree, first, last))
            span = Span(start + a, start - b, tree.text[start + a : start - b])
            found.append(Time(span, kind, value, shift, rule.name))
            at = -b
    return found


# --- what is no time ------------------------------------------------------------------------------------


def _is_time(tree: Tree, first: int, last: int, rule: _Rule, m: re.Match[str]) -> bool:
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


def _toward(tree: Tree, first: int, last: int) -> Toward:
    """The direction in which the tense of the clause points, if it points anywhere."""
    before = tree[first - 1].text.lower() if first else ""
    if before in _words().toward:
        return _words().toward[before]
    top = next((i for i in range(first, last) if not first <= tree[i].head < last), first)
    if tree[top].dep in ("compound", "amod", "nmod", "poss", "nummod") and tree[top].head > top:
        return None
    for i in (top, *tree.above(top)):
        token = tree[i]
        if token.pos not in ("VERB", "AUX"):
            continue
        helpers = {tree[c].text.lower() for c in tree.kids(i, "aux", "auxpass")}
        if helpers == {"to"} and tree[token.head].lemma in _words().implicative:
            continue  # "refused to meet on Friday" is past, "agreed to meet on Friday" to come
        if helpers & {"will", "shall", "'ll", "’ll", "wo", "would", "to", "may", "might", "could", "should", "must"}:
            return "past" if "have" in helpers else "future"
        if helpers & {"is", "are", "'s", "’s", "be", "being", "do", "does"}:
            return None
        if token.tag == "VBG" and not helpers:
            continue
        if token.tag == "VBN" and token.lemma in _words().ahead:
            return "future"
        past = token.tag in ("VBD", "VBN") or helpers & {"was", "were", "had", "did", "has", "have", "been"}
        return "past" if past else None
    return None


# --- building values ------------------------------------------------------------------------------------


def _date(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    g = m.groupdict()
    words = _words()
    month = int(g["mm"]) if g.get("mm") else words.months[_key(g["month"])]
    day = int(g["day"]) if g.get("day") else words.ordinals[g["nth"].lower()] if g.get("nth") else None
    if day and day > _LONGEST[month - 1]:
        day = None
    if not g.get("year"):
        same = "Y" if g.get("of") or (g.get("rel") or "").lower() == "this" else None
        number = words.weekdays[_key(g["weekday"])] if g.get("weekday") else None
        shift = Shift(
            "calendar", same, _rel(g.get("of") or g.get("rel")), month=month, day=day, weekday=number, toward=toward
        )
        return "DATE", None, shift
    return "DATE", f"{_full_year(g['year'])}-{month:02}" + (f"-{day:02}" if day else ""), None


_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _full_year(year: str) -> int:
    n = int(year)
    return n if n > 99 else n + (1900 if n > 40 else 2000)


def _year(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    return "DATE", f"{_full_year(m['year'])}", None


def _spoken(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    return "DATE", f"{_spoken_year(m['tens'], m['n'])}", None


def _spoken_year(tens: str, rest: str) -> int:
    numbers = _words().numbers
    return numbers[tens.lower()] * 100 + sum(numbers[w] for w in re.findall("[a-z]+", rest.lower()))


def _decade(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    decade = m["decade"]
    return "DATE", decade[:3] if len(decade) == 4 else f"19{decade[0]}", None


def _century(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    n = int(m["nth"]) if m["nth"] else _words().ordinals[m["word"].lower()]
    return "DATE", f"{n - 1:02}", None


def _nth(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    return "DATE", None, Shift("offset", "M", _rel(m[0].lower().split()[-2]))


def _feast(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    key = m["feast"].replace("’", "'").lower()
    month, day = _words().feasts[key]
    if m["year"]:
        return "DATE", f"{m['year']}-{month:02}-{day:02}", None
    return "DATE", None, Shift("calendar", month=month, day=day, count=_rel(m["rel"]), toward=toward)


def _quarter(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    g = m.groupdict()
    part = "Q" + (g["ord"] if g["ord"].isdigit() else f"{_ordinal(g['ord'])}")
    year = g.get("year2") or g.get("year")
    text = m[0].lower()
    if year and year.isdigit():
        return "DATE", f"{year}-{part}", None
    back = bool(year) or "last year" in text or (g.get("rel2") or "") == "last"
    return "DATE", None, Shift("calendar", part=part, count=-1 if back else 0, toward=toward)


def _half(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    part = "H1" if m["ord"].lower() == "first" else "H2"
    if m["year"]:
        return "DATE", f"{m['year']}-{part}", None
    return "DATE", None, Shift("calendar", part=part, count=_rel(m["rel"]), toward=toward)


def _season(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    part = _words().seasons[m["season"].lower()]
    g = m.groupdict()
    if g.get("year"):
        year = g["year"] if g["year"].isdigit() else f"{_spoken_year(*re.split('[ -]', g['year'], maxsplit=1))}"
        return "DATE", f"{year}-{part}", None
    text = m[0].lower()
    rel = "last" if "last" in text or "past" in text else "next" if "next" in text or "coming" in text else g.get("rel")
    return "DATE", None, Shift("calendar", part=part, count=_rel(rel), toward=toward)


def _weekday(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    g = m.groupdict()
    part = _words().parts[g["part"].lower()] if g.get("part") else None
    count = _rel(g.get("rel"))
    unit = None
    if rule.name == "week-weekday" or g.get("other"):
        unit = "W"
        count = _rel((g.get("other") or g["rel"]).split()[-1])
    number = _words().weekdays[_key(g["weekday"])]
    shift = Shift("weekday", unit, count, weekday=number, part=part, toward=toward)
    return "TIME" if part else "DATE", None, shift


def _weekdays(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    return "SET", f"XXXX-WXX-{_words().weekdays[_key(m['weekday'])] + 1}", None


_DAY_WORDS = {"today": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2,
              "tonight": 0, "overnight": 0}  # fmt: skip


def _day_word(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    part = _words().parts[m["part"].lower()] if m["part"] else None
    shift = Shift("offset", "D", _DAY_WORDS[" ".join(m["word"].lower().split())], part=part)
    return "TIME" if part else "DATE", None, shift


def _part(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    g = m.groupdict()
    word = g.get("word")
    part = g.get("part") or g.get("part2") or g.get("part3") or "night"
    count = -1 if (g.get("rel") or "").lower() == "last" else _DAY_WORDS[word.lower()] if word else 0
    return "TIME", None, Shift("offset", "D", count, part=_words().parts[part.lower()])


def _clock(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    g = m.groupdict()
    words = _words()
    clock = g["clock"].lower()
    if not clock[0].isdigit():
        clock = f"{_number(clock) or 12}"
    hours, _, minutes = clock.replace(".", ":").partition(":")
    if len(hours) == 4:
        hours, minutes = hours[:2], hours[2:]
    half = (g.get("meridiem") or "").lower()[:1] or ("p" if g.get("part") in ("afternoon", "evening") else "")
    hour = int(hours) % 12 + (12 if half == "p" else 0) if half else int(hours)
    part = f"T{hour:02}:{minutes or '00'}"
    if g.get("weekday"):
        week = _rel(g.get("other"))
        number = words.weekdays[_key(g["weekday"])]
        shift = Shift("weekday", "W" if week else None, week, weekday=number, part=part, toward=toward)
    elif g.get("month"):
        shift = Shift("calendar", month=words.months[_key(g["month"])], day=int(g["day"]), part=part, toward=toward)
    else:
        shift = Shift("offset", "D", _DAY_WORDS[(g.get("word") or "today").lower()], part=part)
    return "TIME", None, shift


def _relative(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    unit = _unit(m["unit"])
    rel = (m["rel"] or "this").lower()
    if rule.name == "year-end" and unit == "Y":
        return "DATE", None, Shift("calendar", "Y", month=12, count=_rel(rel))
    if unit == "Q" and rel in ("the", "the latest") and toward != "future":
        # The quarter that is reported on is the one that has ended.
        return "DATE", None, Shift("offset", "Q", -1)
    if unit == "D" and rel in ("the", "that", "the same", "the current"):
        return "DATE", None, Shift("offset", "D", 0)
    return "DATE", None, Shift("offset", unit, _rel(rel), toward=toward)


def _ago(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    way = (m["way"] or "").lower()
    sign = -1 if way in ("ago", "back", "earlier", "") and not (way == "" and "time" in m[0]) else 1
    n = _number(m.groupdict().get("n"))
    if n is None:
        return "DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", None
    return "DATE", None, Shift("offset", _unit(m["unit"]), sign * round(n))


def _earlier(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    unit = _unit(m["unit"]) if m["unit"].lower() != "period" else "Q"
    n = _number(m.groupdict().get("n") or "a") or 1
    way = (m["way"] or "ago").lower()
    sign = -1 if way in ("earlier", "previously", "before", "beforehand", "ago") else 1
    if m.groupdict().get("event") and m["n"].lower() != "the" and way in ("before", "after"):
        return "DURATION", length(n, unit), None
    if rule.name == "same-period":
        unit, n = "Y", 1
    return "DATE", None, Shift("offset", unit, sign * round(n))


def _duration(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    g = m.groupdict()
    unit = _unit(g.get("unit") or g.get("unit2") or "day")
    half = g.get("half") or g.get("half2")
    text = g.get("n")
    if (text or "").lower() in ("a", "an") and re.search("s-long$", m[0]):
        text = "several"  # "a weeks-long siege"
    if text is None and not half:
        text = "a" if rule.name == "unit-long" and not g.get("many") else "several"
    return "DURATION", length(_number(text), unit, bool(half), bare=text is None), None


def length(n: int | float | None, unit: str, half: bool = False, bare: bool = False) -> str:
    """The TIMEX3 value of a length: 6 weeks is P6W, an hour and a half PT1.5H, some days PXD."""
    factor = 2 if unit == "2W" else 1
    unit = unit.removeprefix("2")
    if half:
        n = 0.5 if bare or n is None else n + 0.5
    if unit == "E" and n is not None:
        unit, factor = "Y", 10
    if unit == "C" and n is not None:
        unit, factor = "Y", 100
    count = "X" if n is None else f"{n * factor:g}"
    return f"P{unit[:-1] if unit.startswith('T') else ''}{count}{unit[-1] if unit != 'WE' else 'WE'}"


def _vague(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    return "DURATION", length(None, _unit(m["unit"])), None


_ADVERBS = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W", "fortnightly": "P2W",
    "monthly": "P1M", "quarterly": "P3M", "annually": "P1Y", "yearly": "P1Y", "per annum": "P1Y",
}  # fmt: skip


def _set(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    g = m.groupdict()
    if g.get("adverb"):
        return "SET", _ADVERBS[g["adverb"].lower()], None
    if g.get("month"):
        return "SET", f"XXXX-{_words().months[_key(g['month'])]:02}", None
    if g.get("season"):
        return "SET", f"XXXX-{_words().seasons[g['season'].lower()]}", None
    n = g.get("n")
    return "SET", length(2 if (n or "").lower() == "other" else _number(n or "a"), _unit(g["unit"])), None


def _ref(m: re.Match[str], rule: _Rule, toward: Toward) -> Found:
    return "DATE", rule.value, None


_BUILD: dict[str, Callable[[re.Match[str], _Rule, Toward], Found]] = {
    "date": _date, "year": _year, "spoken": _spoken, "decade": _decade, "century": _century, "nth": _nth,
    "feast": _feast, "quarter": _quarter, "half": _half, "season": _season, "weekday": _weekday,
    "weekdays": _weekdays, "dayword": _day_word, "part": _part, "clock": _clock, "relative": _relative,
    "ago": _ago, "earlier": _earlier, "duration": _duration, "vague": _vague, "set": _set, "ref": _ref,
}  # fmt: skip


# --- words ----------------------------------------------------------------------------------------------


def _key(name: str) -> str:
    return name.lower().rstrip(".")[:3]


def _unit(word: str) -> str:
    word = word.lower()
    units = _words().units
    return units.get(word) or units.get(word.rstrip("s")) or ("C" if word.startswith("centur") else "D")


def _ordinal(word: str) -> int:
    return int(word[0]) if word[0].isdigit() else _words().ordinals[word.lower()]


def _rel(word: str | None) -> int:
    word = (word or "").lower()
    if any(w in word for w in ("last", "past", "previous", "preceding")):
        return -1
    return 1 if any(w in word for w in ("next", "coming", "following")) else 0


def _number(words: str | None) -> int | float | None:
    """A number in digits or words; None where it is vague ("several")."""
    if words is None:
        return None
    words = " ".join(words.lower().replace("-", " ").split())
    if words[0].isdigit():
        digits = re.split(r"[^\d.,]", words, maxsplit=1)[0].replace(",", "")
        return float(digits) if "." in digits else int(digits)
    if words in _words().vague:
        return None
    total = 0
    for word in words.split():
        if word in ("hundred", "thousand"):
            total = max(total, 1) * (100 if word == "hundred" else 1000)
        else:
            total += _words().numbers.get(word, 0)
    return total or None


@cache
def _words() -> _Words:
    raw = load("onthetable.spans", "times.toml")
    units = raw["units"]
    triggers: dict[str, set[str]] = {}

    def trigger(kind: str, words: Any) -> None:
        for word in words:
            triggers.setdefault(word.lower(), set()).add(kind)

    names = raw["names"]
    trigger("month", (n.rstrip(".") for ns in names["month"] for n in ns))
    trigger("weekday", (n.rstrip(".") for ns in names["weekday"] for n in ns))
    trigger("weekdays", (ns[0] + "s" for ns in names["weekday"]))
    trigger("unit", (form for u in units for form in (u, u + "s", "centuries")))
    for kind, words in raw["triggers"].items():
        trigger(kind, words)
    trigger("ordinal", raw["ordinals"])
    trigger("part", raw["parts"])
    trigger("season", raw["seasons"])
    trigger("feast", (f.split()[0].split("'")[0] for f in raw["feasts"]))
    return _Words(
        months={_key(ns[0]): n for n, ns in enumerate(names["month"], 1)},
        weekdays={_key(ns[0]): n for n, ns in enumerate(names["weekday"])},
        units=units, parts=raw["parts"], seasons=raw["seasons"], numbers=raw["numbers"], ordinals=raw["ordinals"],
        feasts={k.lower(): v for k, v in raw["feasts"].items()}, vague=frozenset(raw["vague"]["words"]),
        ahead=frozenset(raw["ahead"]["lemmas"]),
        implicative=frozenset(raw["ahead"]["implicative"]), toward=raw["toward"],
        triggers={k: frozenset(v) for k, v in triggers.items()},
    )  # fmt: skip


@cache
def _rules() -> tuple[_Rule, ...]:
    raw = load("onthetable.spans", "times.toml")
    pieces = _pieces(raw)
    return tuple(
        _Rule(r["name"], r["kind"], frozenset(r["on"]), _compiled(r["pattern"], pieces), r.get("value"))
        for r in raw["rule"]
    )


def _pieces(raw: dict[str, Any]) -> dict[str, str]:
    """What `{name}` stands for in a pattern: alternatives, the longest first."""

    def options(words: Any) -> str:
        forms = (re.escape(w).replace(r"\ ", " ") for w in sorted(words, key=lambda w: (-len(w), w)))
        return "(?:" + "|".join(forms) + ")"

    months, weekdays = (
        options(form for forms in raw["names"][kind] for name in forms for form in (name, name.upper()))
        for kind in ("month", "weekday")
    )
    numbers = raw["numbers"]
    tens = [w for w, n in numbers.items() if n >= 20]
    digits = [w for w, n in numbers.items() if n < 10 and w not in ("a", "an", "single")]
    pieces = {
        "month": f"(?-i:{months})(?![a-z])",
        "weekday": f"(?-i:{weekdays})(?![a-rt-z])",
        "unit": options([*raw["units"], "centurie"]),
        "part": options(raw["parts"]),
        "season": options(raw["seasons"]),
        "ordinal": options(raw["ordinals"]),
        "feast": options(raw["feasts"]).replace("'", "['’]"),
        "tens": options(tens),
        "digit": options(digits),
        "teen": options(w for w, n in numbers.items() if 10 <= n < 20),
    }
    small = f"(?:{pieces['tens']}(?:~{pieces['digit']})?|{pieces['teen']}|{pieces['digit']})"
    pieces["number"] = (
        rf"(?:(?<![\d.,$£€/:])\d{{1,3}}(?:,\d{{3}}|\d)?(?:\.\d{{1,2}})?(?:(?:-|–| to | or )(?:\d{{1,3}}))?"
        rf"|{options(raw['vague']['words'])}"
        rf"|(?:an?|{small}) (?:hundred|thousand)(?: (?:and )?{small})?|{small}|an?|single)"
    )
    pieces["spoken"] = f"nineteen~{pieces['tens']}(?:~{pieces['digit']})?"
    return {**raw["pieces"], **pieces}


def _compiled(pattern: str, pieces: dict[str, str]) -> re.Pattern[str]:
    for _ in range(3):
        pattern = re.sub(r"\{([a-z]+)\}", lambda m: pieces[m[1]], pattern)
    pattern = pattern.replace("{{", "{").replace("}}", "}")
    pattern = pattern.replace(" ?", f"{_SPACE}?").replace(" ", _SPACE).replace("~", _JOINT)
    return re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE)
