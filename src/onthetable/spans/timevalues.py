"""TIMEX3 types and values, from the named groups of a matched pattern."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Callable

from onthetable.dates import feast
from onthetable.model import Shift, TimeType
from onthetable.spans.timewords import Rule, Toward, key, number, ordinal, relation, unit_of, words

Found = tuple[TimeType, str | None, Shift | None]
"""Type, value where the words alone fix it, else the shift from the document's day."""


def build(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    """What the words matched by a rule mean, in a clause whose tense points `toward`."""
    return _BUILD[rule.kind](m, rule, toward)


def _date(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    g = m.groupdict()
    tables = words()
    month = int(g["mm"]) if g.get("mm") else tables.months[key(g["month"])]
    day = int(g["day"]) if g.get("day") else tables.ordinals[g["nth"].lower()] if g.get("nth") else None
    if day and not _exists(g.get("year"), month, day):
        return "DATE", None, None
    if not g.get("year"):
        same = "Y" if g.get("of") or (g.get("rel") or "").lower() == "this" else None
        weekday = tables.weekdays[key(g["weekday"])] if g.get("weekday") else None
        shift = Shift(
            "calendar",
            same,
            relation(g.get("of") or g.get("rel")),
            month=month,
            day=day,
            weekday=weekday,
            toward=toward,
        )
        return "DATE", None, shift
    return "DATE", f"{_full_year(g['year'])}-{month:02}" + (f"-{day:02}" if day else ""), None


def _iso(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    g = m.groupdict()
    year, month, day = (g[name] or g[name + "2"] for name in ("year", "mm", "day"))
    return "DATE", _whole(year, int(month), int(day)), None


def _slashes(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    """The American order, unless only the other names a day."""
    month, day = int(m["mm"]), int(m["day"])
    return "DATE", _whole(m["year"], month, day) or _whole(m["year"], day, month), None


def _whole(year: str, month: int, day: int) -> str | None:
    if not (1 <= month <= 12 and day and len(year) <= 4 and _full_year(year) and _exists(year, month, day)):
        return None
    return f"{_full_year(year):04}-{month:02}-{day:02}"


def _none(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    return "DATE", None, None


_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _exists(year: str | None, month: int, day: int) -> bool:
    leap = year is None or isleap(_full_year(year))
    return day <= (28 if month == 2 and not leap else _LONGEST[month - 1])


def _full_year(year: str) -> int:
    n = int(year)
    return n if len(year.strip("'’`")) > 2 else n + (1900 if n > 40 else 2000)


def _year(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    year = m["year"]
    if rule.name == "far-year":
        year = year or f"{number(m['spoken'])}"
        return "DATE", year.zfill(4) if len(year) <= 4 and int(year) else None, None
    return "DATE", f"{_full_year(year)}", None


def _spoken(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    return "DATE", f"{_spoken_year(m['tens'], m['n'])}", None


def _spoken_year(tens: str, rest: str) -> int:
    numbers = words().numbers
    return numbers[tens.lower()] * 100 + sum(numbers[w] for w in re.findall("[a-z]+", rest.lower()))


def _decade(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    g = m.groupdict()
    if g.get("spoken"):
        return "DATE", f"19{words().numbers[g['spoken'].lower().replace('ies', 'y')] // 10}", None
    decade = g["decade"]
    return "DATE", decade[:3] if len(decade) == 4 else f"19{decade[0]}", None


def _century(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    n = int(m["nth"]) if m["nth"] else words().ordinals[m["word"].lower()]
    return "DATE", f"{n - 1:02}", None


def _nth(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    return "DATE", None, Shift("offset", "M", relation(m[0].lower().split()[-2]), day=int(m["nth"]))


def _feast(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    key = m["feast"].replace("’", "'").lower()
    if key in words().movable:
        name, days = words().movable[key]
        if m["year"]:
            return "DATE", feast(name, int(m["year"]), days).isoformat(), None
        return "DATE", None, Shift("calendar", part=name, day=days, count=relation(m["rel"]), toward=toward)
    month, day = words().feasts[key]
    if m["year"]:
        return "DATE", f"{m['year']}-{month:02}-{day:02}", None
    return "DATE", None, Shift("calendar", month=month, day=day, count=relation(m["rel"]), toward=toward)


def _quarter(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    g = m.groupdict()
    part = "Q" + (g["ord"] if g["ord"].isdigit() else f"{ordinal(g['ord'])}")
    year = g.get("year2") or g.get("year")
    text = m[0].lower()
    if year and year.isdigit():
        return "DATE", f"{year}-{part}", None
    back = bool(year) or "last year" in text or (g.get("rel2") or "") == "last"
    return "DATE", None, Shift("calendar", part=part, count=-1 if back else 0, toward=toward)


def _half(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    part = "H1" if m["ord"].lower() == "first" else "H2"
    if m.groupdict().get("year"):
        return "DATE", f"{m['year']}-{part}", None
    return "DATE", None, Shift("calendar", part=part, count=relation(m["rel"]), toward=toward)


def _season(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    part = words().seasons[m["season"].lower()]
    g = m.groupdict()
    if g.get("year"):
        year = g["year"] if g["year"].isdigit() else f"{_spoken_year(*re.split('[ -]', g['year'], maxsplit=1))}"
        return "DATE", f"{year}-{part}", None
    text = m[0].lower()
    rel = "last" if "last" in text or "past" in text else "next" if "next" in text or "coming" in text else g.get("rel")
    return "DATE", None, Shift("calendar", part=part, count=relation(rel), toward=toward)


def _weekday(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    g = m.groupdict()
    part = words().parts[g["part"].lower()] if g.get("part") else None
    if rule.name == "small-hours":
        part = "TMO"
    count = relation(g.get("rel"))
    unit = None
    if rule.name == "week-weekday" or g.get("other"):
        unit = "W"
        count = relation((g.get("other") or g["rel"]).split()[-1])
    weekday = words().weekdays[key(g["weekday"])]
    shift = Shift("weekday", unit, count, weekday=weekday, part=part, toward=toward)
    return "TIME" if part else "DATE", None, shift


def _weekdays(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    g = m.groupdict()
    part = g.get("part") or g.get("part2") or g.get("part3")
    weekday = words().weekdays[key(g.get("weekday") or g["weekday2"])] + 1
    return "SET", f"XXXX-WXX-{weekday}" + (words().parts[part.lower()] if part else ""), None


_DAY_WORDS = {"today": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2,
              "tonight": 0, "overnight": 0}  # fmt: skip


def _day_word(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    part = words().parts[m["part"].lower()] if m["part"] else None
    shift = Shift("offset", "D", _DAY_WORDS[" ".join(m["word"].lower().split())], part=part)
    return "TIME" if part else "DATE", None, shift


def _part(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    g = m.groupdict()
    word = g.get("word")
    part = g.get("part") or g.get("part2") or g.get("part3") or "night"
    count = relation(g["rel"]) if g.get("rel") else _DAY_WORDS[word.lower()] if word else 0
    return "TIME", None, Shift("offset", "D", count, part=words().parts[part.lower()])


def _clock(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    g = m.groupdict()
    tables = words()
    clock = g["clock"].lower()
    if not clock[0].isdigit():
        clock = f"{number(clock) or 12}"
    hours, _, minutes = clock.replace(".", ":").partition(":")
    if len(hours) == 4:
        hours, minutes = hours[:2], hours[2:]
    half = (g.get("meridiem") or "").lower()[:1] or ("p" if g.get("part") in ("afternoon", "evening") else "")
    hour = int(hours) % 12 + (12 if half == "p" else 0) if half else int(hours)
    part = f"T{hour:02}:{minutes or '00'}"
    if g.get("weekday"):
        week = relation(g.get("other"))
        weekday = tables.weekdays[key(g["weekday"])]
        shift = Shift("weekday", "W" if week else None, week, weekday=weekday, part=part, toward=toward)
    elif g.get("month"):
        shift = Shift("calendar", month=tables.months[key(g["month"])], day=int(g["day"]), part=part, toward=toward)
    else:
        shift = Shift("offset", "D", _DAY_WORDS[(g.get("word") or "today").lower()], part=part)
    return "TIME", None, shift


def _relative(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    unit = unit_of(m["unit"])
    rel = (m["rel"] or "this").lower()
    if rule.name == "year-end" and unit == "Y":
        return "DATE", None, Shift("calendar", "Y", month=12, day=31, count=relation(rel))
    if unit == "Q" and rel in ("the", "the latest") and toward != "future":
        # The quarter that is reported on is the one that has ended.
        return "DATE", None, Shift("offset", "Q", -1)
    if unit == "Y" and rel == "the" and re.match(r"\s+end(?:ed|ing)\b", m.string[m.end() : m.end() + 12]):
        return "DURATION", length(1, unit), None  # "the year ended July 2"
    if ("past" in rel and unit in "EC") or (
        rel in _STRETCHES and _OVER.search(m.string, max(m.start() - 12, 0), m.start())
    ):
        return "DURATION", length(1, unit), None  # "over the next year"
    if unit == "D" and rel in ("the", "that", "the same", "the current"):
        return "DATE", None, Shift("offset", "D", 0)
    return "DATE", None, Shift("offset", unit, relation(rel), toward=toward)


_OVER = re.compile(r"\b(?:over|within|for)\s+\Z", re.IGNORECASE)
_STRETCHES = ("the last", "the next", "the coming")


def _ago(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    way = (m["way"] or "").lower()
    sign = -1 if way in ("ago", "back", "earlier", "") and not (way == "" and "time" in m[0]) else 1
    n = number(m.groupdict().get("n"))
    if n is None and way == "later" and toward == "past":
        return "DATE", unknown(unit_of(m["unit"])), None
    if n is None:
        return "DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", None
    return "DATE", None, Shift("offset", unit_of(m["unit"]), sign * round(n))


def unknown(unit: str) -> str:
    """The value of a date of which only the unit is known, as that of "the week after the vote"."""
    return {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}.get(unit, "XXXX")


def _earlier(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    unit = unit_of(m["unit"]) if m["unit"].lower() != "period" else "Q"
    n = number(m.groupdict().get("n") or "a") or 1
    way = (m["way"] or "ago").lower()
    sign = -1 if way in ("earlier", "previously", "before", "beforehand", "ago") else 1
    if m.groupdict().get("event") and way in ("before", "after"):
        if m["n"].lower() != "the":
            return "DURATION", length(n, unit), None
        if m["unit"] != m[0].split()[1]:
            return "DURATION", length(None, unit), None  # "the weeks before the vote"
        return "DATE", unknown(unit), None
    if rule.name == "same-period":
        unit, n = "Y", 1
    return "DATE", None, Shift("offset", unit, sign * round(n), toward=toward)


def _duration(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    g = m.groupdict()
    unit = unit_of(g.get("unit") or g.get("unit2") or "day")
    half = g.get("half") or g.get("half2")
    text = g.get("n")
    if (text or "").lower() in ("a", "an") and re.search("s-long$", m[0]):
        text = "several"  # "a weeks-long siege"
    if text is None and not half:
        text = "a" if rule.name == "unit-long" and not g.get("many") else "several"
    return "DURATION", length(number(text), unit, bool(half), bare=text is None), None


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


def _vague(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    rel = m["rel"].lower()
    if rel == "recent":
        return "DATE", "PAST_REF", None
    if rel in ("future", "coming") and not m[0].lower().startswith("the "):
        return "DATE", "FUTURE_REF", None
    return "DURATION", length(None, unit_of(m["unit"])), None


_ADVERBS = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W", "fortnightly": "P2W",
    "monthly": "P1M", "quarterly": "P3M", "annually": "P1Y", "yearly": "P1Y", "per annum": "P1Y",
}  # fmt: skip


def _set(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    g = m.groupdict()
    if g.get("adverb"):
        return "SET", _ADVERBS[g["adverb"].lower()], None
    if g.get("month"):
        return "SET", f"XXXX-{words().months[key(g['month'])]:02}", None
    if g.get("season"):
        return "SET", f"XXXX-{words().seasons[g['season'].lower()]}", None
    n = g.get("n")
    return "SET", length(2 if (n or "").lower() == "other" else number(n or "a"), unit_of(g["unit"])), None


def _ref(m: re.Match[str], rule: Rule, toward: Toward) -> Found:
    return "SET" if rule.name == "weekends" else "DATE", rule.value, None


_BUILD: dict[str, Callable[[re.Match[str], Rule, Toward], Found]] = {
    "date": _date, "iso": _iso, "slashes": _slashes, "none": _none,
    "year": _year, "spoken": _spoken, "decade": _decade, "century": _century, "nth": _nth,
    "feast": _feast, "quarter": _quarter, "half": _half, "season": _season, "weekday": _weekday,
    "weekdays": _weekdays, "dayword": _day_word, "part": _part, "clock": _clock, "relative": _relative,
    "ago": _ago, "earlier": _earlier, "duration": _duration, "vague": _vague, "set": _set, "ref": _ref,
}  # fmt: skip
