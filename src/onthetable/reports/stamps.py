"""Date stamps: a calendar date as pages print it, and whether a line is nothing but one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: n
    for n, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1)
    for name in names.split()
}  # fmt: skip
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? +)?"
_ORDINAL = r"(?:st|nd|rd|th)?"
DATE = re.compile(
    rf"(?<![\w]){_WEEKDAY}(?:"
    rf"(?P<d1>\d{{1,2}}){_ORDINAL}(?: of)?[ -]{_MONTH.format('m1')},?[ -](?P<y1>\d{{4}})"
    rf"|{_MONTH.format('m2')} +(?P<d2>\d{{1,2}}){_ORDINAL},? +(?P<y2>\d{{4}})"
    r"|(?P<y3>(?:19|20)\d\d)[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})(?:t\d\d:\d\d(?::\d\d)?(?:z|[+-]\d\d:?\d\d)?)?"
    r"|(?P<a4>\d{1,2})[/.-](?P<b4>\d{1,2})[/.-](?P<y4>20\d\d)"
    r")(?![\w])",
    re.IGNORECASE,
)
"""A full calendar date, with or without its weekday."""

_CLOCK = r"(?<![\w])\d{1,2}(?:[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?|\s?[ap]\.?m\.?|h\d\d)(?![\w])"
_ZONE = (
    r"\b(?:gmt|utc|bst|ist|est|edt|et|cst|cdt|ct|pst|pdt|pt|cet|cest|eet|eest|msk|aest|aedt|hkt|sgt|jst|pkt"
    r"|eat|cat|wat|sast|idt|local time)\b(?:\s?[+-]\s?\d{1,2}(?::?\d\d)?)?"
)
_DAY = rf"\d{{1,2}}{_ORDINAL}"
_YEARLESS = rf"(?<![\w]){_WEEKDAY}(?:{_DAY} {_MONTH.format('m8')}|{_MONTH.format('m9')} {_DAY})(?![\w])"
_ISSUE = (
    rf"\b(?:{_MONTH.format('m6')}\s?[/–-]\s?)?{_MONTH.format('m7')},? (?:19|20)\d\d\b"
    r"|\b(?:spring|summer|autumn|fall|winter) (?:19|20)\d\d\b"
)
_AGO = (
    r"\b(?:(?:\d{1,3}|an?|one|two|three)\s?(?:h|hrs?|hours?|m|mins?|minutes?|d|days?|weeks?|months?)\.?(?: ago)"
    r"|just now|yesterday|today)\b"
)
_LEAD = (
    r"\b(?:first |last |originally |latest )?(?:publish(?:ed)? date|date published|published|posted|updated?|modified"
    r"|created|issued|released|dated?|publication date|uploaded|revised|edited|publ|pub|time|filed)\b\.?"
    r"(?: (?:on|at|in))?\s?:?"
)
_FILLER = r"\b(?:on|at|by|as of|and|of)\b|[\s,;:|/()\[\]·•\-–—.*+>]"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date in a text: where its words are, the day, and whether it tells a revision rather than the first day."""

    start: int
    end: int
    day: date
    revised: bool


FIRST, LAST = 1900, 2099
YEARS = f"years {FIRST} to {LAST} are read"


def plausible(day: date) -> bool:
    """Whether a report can have appeared on that day; pages use days like 1 January 1 or the end of 9999 for none."""
    return FIRST <= day.year <= LAST


def find_dates(text: str, offset: int = 0) -> Iterator[Stamp]:
    """The full dates in a piece of text that begins at `offset` of the report; an ambiguous 03/04/2025 is none."""
    for m in DATE.finditer(text):
        day = _day(m)
        if day and plausible(day):
            before = text[max(0, m.start() - 25) : m.start()].lower()
            revised = bool(re.search(r"(?:updated?|modified|revised|edited)\W*(?:on|at)?\W*$", before))
            yield Stamp(offset + m.start(), offset + m.end(), day, revised)


def is_stamp(line: str, *, edge: bool = False) -> bool:
    """Whether a line holds a date or time of publication and nothing more.

    A bare clock time is none, for so are a live page's entries headed. With `edge` (above or below the body of
    the report) a date without its year counts, and "2 hours ago".
    """
    if len(line) > 160:
        return False
    low = line.lower()
    rest = DATE.sub(" ", low)
    dated = rest != low
    lead = bool(re.search(_LEAD, rest))
    rest = re.sub(_LEAD, " ", rest)
    rest, several = re.subn(_CLOCK, " ", rest)
    rest = re.sub(_ZONE, " ", rest)
    if dated or lead or edge:
        bare = re.sub(_ISSUE, " ", re.sub(_YEARLESS, " ", rest)) if edge else re.sub(_YEARLESS, " ", rest)
        dated = dated or (bare != rest and (lead or edge))
        ago = re.sub(_AGO, " ", bare)
        dated = dated or (ago != bare and (lead or edge))
        rest = ago
    if dated:
        rest = re.sub(r"[+-]\d{2}:?\d{2}\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", " ", rest)
    return (dated or (lead and several > 0)) and not re.sub(_FILLER, "", rest)


def without_dates(line: str) -> str:
    """The line with its dates, clock times and words of publishing blanked, for reading the byline that is left."""
    for pattern in (DATE.pattern, _CLOCK, _ZONE, _YEARLESS, _AGO, _LEAD):
        line = re.sub(pattern, lambda m: " " * len(m[0]), line, flags=re.IGNORECASE)
    return line


def _day(m: re.Match[str]) -> date | None:
    g = m.groupdict()
    try:
        if g["y1"]:
            return date(int(g["y1"]), _MONTHS[g["m1"].lower()], int(g["d1"]))
        if g["y2"]:
            return date(int(g["y2"]), _MONTHS[g["m2"].lower()], int(g["d2"]))
        if g["y3"]:
            return date(int(g["y3"]), int(g["m3"]), int(g["d3"]))
        a, b, year = int(g["a4"]), int(g["b4"]), int(g["y4"])
        if a <= 12 and b <= 12 and a != b:
            return None
        return date(year, a, b) if a <= 12 else date(year, b, a)
    except ValueError:
        return None
