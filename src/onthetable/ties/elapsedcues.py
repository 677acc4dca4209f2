"""Cues from time that has passed since a known event: lengths, units counted off, anniversaries, times beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from onthetable import dates
from onthetable.case import Case
from onthetable.lexicon import load
from onthetable.model import Basis, Interval, Report, Shift, Span, Time
from onthetable.text import plain
from onthetable.ties import likelihoods as like
from onthetable.ties.anchors import Hit, clause
from onthetable.ties.cue import Cue

NOW = 0.04
"""How likely a length up to the report is told as history."""
_HISTORY = 0.3
"""The same of a length of days or weeks after an event."""
_UNITS = {"Y": 365.25, "M": 30.44, "W": 7.0, "D": 1.0}


def lengths(
    report: Report, times: Sequence[Time], hits: Sequence[Hit], case: Case, *, going_on: bool = False
) -> Iterator[Cue]:
    """Lengths from an anchor or from the start of the case: "nearly four months since", "the two-month war".

    With `going_on` without those that tell of the days after an event, which for known ones is mostly history.
    """
    for t in times:
        size = _days(t.value) if t.type == "DURATION" and t.value else None
        found = _origin(report, t, hits, case, going_on) if size else None
        if size and found:
            n, unit = size
            low, high = (x * unit for x in _bounds(t.span.text))
            origin, told = found
            yield _so_long_after(t.span, origin, n * unit + low, n * unit + high, max(1.0, 0.03 * n * unit), told)


def _origin(report: Report, time: Time, hits: Sequence[Hit], case: Case, going_on: bool) -> tuple[date, float] | None:
    """The day that a length counts from, and how likely it is told as history: "three weeks after the raid"."""
    end = time.span.end
    for h in hits[bisect_left(hits, end, key=_start) :]:
        if h.span.start - end > 60:
            break
        if h.view != "ahead":
            between = plain(time.span.text + report.text[end : h.span.start])
            if re.search(r"\b(?:after|from|following)\b", between):
                if going_on:
                    return None
                near = h.anchor.date == case.start or (time.value or "")[-1:] in ("M", "Y")
                return h.anchor.date, NOW if near else _HISTORY
            if between.rstrip().endswith("-old"):
                return h.anchor.date, NOW
            if re.search(r"\b(?:since|into)\b", between):
                return h.anchor.date, NOW
            if _course().search(plain(h.span.text)) and not re.search("[.;,]", between) and _lasted(h, time):
                return h.anchor.date, NOW
    if not case.start:
        return None
    before, after = clause(report.text, time.span.start, end)
    if _lasting(_whole(case)).search(before):
        return case.start, NOW
    m = _running().match(after)
    if not m or set(m[2].split()) & set(_words()["other"]):
        return None
    place = re.match(r" (?:in|on|against|of) (?:the )?([\w' -]+)", m[4])
    own = set(place[1].split()) & _own_words(case) if place else m["link"].strip() in ("of", "into")
    return (case.start, NOW) if own or m[3] in _whole(case) else None


def _lasted(hit: Hit, time: Time) -> bool:
    """Whether what goes on did so for that long, a third less at the most."""
    size = _days(time.value or "")
    end = hit.anchor.end
    return not (size and end and end > hit.anchor.date) or size[0] * size[1] < 1.5 * (end - hit.anchor.date).days


@cache
def _course() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _words()['course']))})\b")


@cache
def _running() -> re.Pattern[str]:
    """What follows a length that counts from the start: "-old war", "of fighting", "into the strike"."""
    link = r"(?:-(?:long|old))?\s*(?P<link>(?:of |into |since |after |long |old |in )?)"
    course = "|".join(map(re.escape, _words()["course"]))
    return re.compile(rf"{link}((?:[a-z'-]{{1,20}} ){{0,3}}?)({course})\b(.{{0,40}})")


@cache
def _whole(case: Case) -> tuple[str, ...]:
    """The words that name the whole of a case: those of its packs, of any where it has none."""
    by_pack: dict[str, list[str]] = _words()["whole"]
    packs = [p.id for p in case.packs if p.id in by_pack] or list(by_pack)
    return tuple(dict.fromkeys(w for p in packs for w in by_pack[p]))


@cache
def _lasting(whole: tuple[str, ...]) -> re.Pattern[str]:
    """What stands before a length of the whole case: "the war has raged for"."""
    nouns = "|".join(map(re.escape, whole))
    verbs = "|".join(_words()["lasting"])
    return re.compile(
        rf"\b(?:the|this|its|'s) (?:{nouns})\b[^.;]{{0,40}}\b(?:has|have) (?:now )?(?:{verbs})\b[^.;,]{{0,20}}$"
    )


@cache
def _own_words(case: Case) -> frozenset[str]:
    """The words of the names that belong to the case itself."""
    names = [case.name, *(n for p in case.parties for n in (p.name, *p.aliases, *p.places))]
    return frozenset(w.lower() for n in names for w in re.findall(r"[A-Z]\w+", n))


def _start(found: Hit | Time) -> int:
    return found.span.start


def _so_long_after(span: Span, origin: date, low: float, high: float, sigma: float, told: float = NOW) -> Cue:
    first, last = origin + timedelta(days=round(low)), origin + timedelta(days=round(high))
    says = f"counts from {origin.isoformat()}, so {first.isoformat()} to {last.isoformat()}"
    return Cue(Basis(span, says), like.around(first, last, sigma, told), True)


def _days(value: str) -> tuple[float, float] | None:
    """How many units a length has, and the days of one."""
    m = re.fullmatch(r"P(\d+(?:\.\d+)?)(Y|M|W|D)", value)
    return (float(m[1]), _UNITS[m[2]]) if m else None


def _bounds(text: str) -> tuple[float, float]:
    """By how many units the true length may differ, from the words before it; years are rounded less freely."""
    words = plain(text)
    bounds: dict[str, list[float]] = _words()["bounds"]
    low, high = next((b for name, b in bounds.items() if words.startswith(name)), bounds["about"])
    share = 0.5 if "year" in words else 1.0
    return low * share, high * share


def counted(report: Report, hits: Sequence[Hit], case: Case) -> Iterator[Cue]:
    """Units counted off from the start ("now in its seventh month", "day 45") and anniversaries of anchors."""
    low = plain(report.text)
    if case.start:
        for m in _nth_unit().finditer(low):
            if not set(re.findall(r"[a-z-]+", low[max(0, m.start() - 60) : m.end() + 40])) & {
                *_whole(case),
                "fighting",
            }:
                continue
            n = int(m["n"] or m["day"] or 0) or _words()["ordinals"].index(m["word"]) + 1
            unit = _UNITS[(m["unit"] or "day")[0].upper()]
            span = report.span(*m.span())
            yield _so_long_after(span, case.start, (n - 1) * unit, n * unit, max(1.0, unit / 4))
    for m in _anniversary().finditer(low):
        hit = next((h for h in hits if 0 <= h.span.start - m.end() <= 40), None)
        origin = hit.anchor.date if hit else case.start
        if origin:
            n = _words()["ordinals"].index(m["word"]) + 1 if m["word"] else int(m["n"] or 1)
            day = dates.months_after(origin, 12 * n)
            says = f"an anniversary that falls on {day.isoformat()}"
            yield Cue(Basis(report.span(*m.span()), says), like.near(Interval(day, day), 10), True)


@cache
def _nth_unit() -> re.Pattern[str]:
    words = "|".join(_words()["ordinals"])
    return re.compile(
        r"\b(?:(?:in|entered|entering|enters|into) (?:its|their|a|the) "
        rf"(?:(?P<n>\d{{1,3}})(?:st|nd|rd|th)|(?P<word>{words}))"
        r"(?: (?:straight|consecutive|full))? (?P<unit>day|week|month|year)|day (?P<day>\d{1,3}) of)\b"
    )


@cache
def _anniversary() -> re.Pattern[str]:
    words = "|".join(_words()["ordinals"])
    return re.compile(rf"\b(?:(?P<word>{words})|(?P<n>\d{{1,2}})(?:st|nd|rd|th)) anniversary of\b")


def placed(report: Report, times: Sequence[Time], hits: Sequence[Hit], case: Case) -> Iterator[Cue]:
    """Known events with a time beside them that counts from the day of the report: "the walkout last month"."""
    if case.start:
        for t in times:
            before, _ = clause(report.text, t.span.start, t.span.end)
            if _is_ago(t) and _broke_out(_whole(case)).search(before):
                yield _so_long_ago(t, t.span, case.start)
    for h in (h for h in hits if h.view != "ahead"):
        first = bisect_left(times, h.span.start - 60, key=_start)
        for t in times[first : bisect_left(times, h.span.end + 26, key=_start)]:
            start, end = min(t.span.start, h.span.start), max(t.span.end, h.span.end)
            gap = end - start - len(t.span.text) - len(h.span.text)
            if t.shift is None or not 0 <= gap <= 25:
                continue
            inner = report.text[min(t.span.end, h.span.end) : max(t.span.start, h.span.start)]
            if re.search(r"[.;:\n]", inner) or not tells_when(report, t):
                continue
            if _is_ago(t):
                yield _so_long_ago(t, report.span(start, end), h.anchor.date)
            else:
                says = f'puts {h.anchor.date.isoformat()} at "{" ".join(t.span.text.split())}"'
                yield Cue(Basis(report.span(start, end), says), like.meaning(t, h.anchor.date), True)


def _is_ago(time: Time) -> bool:
    shift = time.shift
    return bool(
        shift and shift.count < 0 and shift.unit in _UNITS and plain(time.span.text).endswith((" ago", " back"))
    )


def _so_long_ago(time: Time, span: Span, origin: date) -> Cue:
    shift = time.shift or Shift("offset")
    unit = _UNITS[shift.unit or "D"]
    low, high = (x * unit for x in _bounds(time.span.text))
    size = -shift.count * unit
    return _so_long_after(span, origin, size + low, size + high, max(1.0, 0.03 * size))


@cache
def _broke_out(whole: tuple[str, ...]) -> re.Pattern[str]:
    """What stands before "nine months ago" where that is when all began."""
    nouns = "|".join(map(re.escape, whole))
    return re.compile(rf"\b(?:{nouns})\b[^.;]{{0,50}}\b(?:began|begun|started|erupted|broke out)\W$")


def tells_when(report: Report, time: Time) -> bool:
    """Whether a time beside an event is when it was: "last month", "earlier this year", "began on Friday"."""
    shift = time.shift or Shift("offset")
    if shift.kind == "offset":
        return shift.count < 0 or (shift.unit in ("M", "Y") and "earlier" in plain(time.span.text))
    before = plain(report.text[max(0, time.span.start - 30) : time.span.start])
    return shift.kind == "weekday" and bool(_begun().search(before))


@cache
def _begun() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_words()['begun'])})(?: on| late| early| last)? $")


def _words() -> dict[str, Any]:
    return load("onthetable.ties", "dating.toml")
