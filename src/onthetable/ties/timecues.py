"""The cues in one report that tell when it was published.

Dates and date lines, lengths of time since known events, times beside them, days and months without a year,
weekdays: each with its words, and how well any day fits it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import islice
from typing import Any

from onthetable import dates
from onthetable.case import Case
from onthetable.lexicon import load
from onthetable.model import Basis, Interval, Reading, Report, Shift, Span, Time
from onthetable.text import plain
from onthetable.ties import likelihoods as like
from onthetable.ties import world
from onthetable.ties.anchors import Hit, clause, find_anchors

_LIMIT = 12
"""So many cues of one kind count at most: what else a long report says weighs no more."""
HISTORY = 0.8
"""The power of cues of years, events and offices, which hang together; fitted on 278 news stories of 1989 to 2016."""
_NOW, _HISTORY = 0.04, 0.3
"""How likely a length up to the report, or one of days or weeks after an event, is told as history."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One reason: how well a day fits it, and whether it bounds the day from both sides.

    `partial` cues give a day or month without its year: they bound once a case or another report gives the years.
    `at` (up to `to`) are days that the cue itself brings in, where there is no case to give the days in question.
    """

    basis: Basis
    weigh: like.Weight
    bounds: bool = False
    partial: bool = False
    at: date | None = None
    to: date | None = None
    misfit: float = 0.02
    """A cue that no day of the interval fits better than this is named as a conflict."""
    force: float = 1.0
    """The power of its likelihood: less than one for cues that hang together, as all that is told of the past does."""


def find_cues(reading: Reading, case: Case) -> list[Cue]:
    """All cues of one report, each of its kind and meaning once, `_LIMIT` of a kind at most."""
    report, times = reading.report, reading.times
    hits = find_anchors(report, times, case.anchors)
    known = () if case.anchors else find_anchors(report, times, world.named_events(report), own_days=False)
    kinds = (
        _stated(report, times, hits),
        _lengths(report, times, hits, case),
        _counted(report, hits, case),
        _placed(report, times, hits, case),
        _anchored(hits, case),
        _bare(report, times, (*hits, *known)),
        _weekdays(times),
        _month_parts(times),
        _weekends(times),
        _offices(report),
        _tolls(report, times),
        *_of_the_world(report, times, known),
    )
    return [c for kind in kinds for c in islice(_once(kind), _LIMIT)]


def _once(cues: Iterator[Cue]) -> Iterator[Cue]:
    """Without those that repeat the same words and reason: they are one piece of evidence."""
    seen: set[tuple[str, str]] = set()
    for c in cues:
        key = (plain(c.basis.span.text) if c.basis.span else "", c.basis.says)
        if key not in seen:
            seen.add(key)
            yield c


def _stated(report: Report, times: Sequence[Time], hits: Sequence[Hit]) -> Iterator[Cue]:
    """Days and months with their year: a date line decides, else the latest that is past and any that is to come."""
    full = [(s, t) for t in times if t.value and t.type in ("DATE", "TIME") and (s := dates.days(t.value))]
    exact = [(s.earliest, t) for s, t in full if s.days == 1]
    line = next(((day, t) for day, t in exact if _heads(report, t)), None)
    if line:
        day, t = line
        yield Cue(Basis(t.span, f"the date line gives {day.isoformat()}"), like.date_line(day), True, at=day)
        return
    to_come = {t.span.start for _, t in full if _to_come(report, t)}
    named = {h.span.start for h in hits}
    past = [(s, t) for s, t in full if t.span.start not in to_come | named]
    if past:
        s, t = max(past, key=lambda x: (x[0].earliest, -x[0].days))
        if s.days == 1:
            says = f"speaks of {s.earliest.isoformat()}"
            yield Cue(Basis(t.span, says), like.looks_back(s.earliest), at=s.earliest, misfit=0.0004)
        else:
            yield Cue(
                Basis(t.span, f"not before {s.earliest.isoformat()}"),
                like.not_before(s.earliest),
                misfit=0.06,
                force=HISTORY,
            )
    for day, t in exact:
        if t.span.start in to_come:
            yield Cue(Basis(t.span, f"{day.isoformat()} is still to come"), like.looks_ahead(day), at=day, misfit=0.06)


def _heads(report: Report, time: Time) -> bool:
    """Whether a time is a date line: near the top, most of its line, after "posted", or before a dateline's dash."""
    if time.span.start > 400:
        return False
    start = report.text.rfind("\n", 0, time.span.start) + 1
    end = report.text.find("\n", time.span.end)
    line = report.text[start : end if end >= 0 else len(report.text)].strip()
    if re.match(r"\s*(?:\([^()\n]{1,40}\)\s*)?(?:[—–-]|\.? --)", report.text[time.span.end : time.span.end + 50]):
        return not re.search(r"\b(?!of\b|de\b|and\b|the\b)[a-z]{2,}", report.text[start : time.span.start])
    if len(line) > 110 or _sentence().search(line):
        return False
    return len(time.span.text) > 0.3 * len(line) or bool(re.search(r"\b(?:published|posted|updated)\b", line.lower()))


@cache
def _sentence() -> re.Pattern[str]:
    """What a sentence has and a date line has not: a stop at its end, or a common verb."""
    return re.compile(r"[.?!]['”\"]?$|\b(?:said|says|will|would|was|were|is|are|has|had)\b")


def _to_come(report: Report, time: Time) -> bool:
    if time.shift and time.shift.toward:
        return time.shift.toward == "future"
    before, _ = clause(report.text, time.span.start, time.span.end)
    return bool(set(re.findall(r"[a-z]+", before)[-8:]) & set(_words()["to_come"]))


# --- from what everybody knows ------------------------------------------------------------------------------


def _of_the_world(report: Report, times: Sequence[Time], hits: Sequence[Hit]) -> Iterator[Iterator[Cue]]:
    """Known events that the report names, and what counts from them; several that bear one name are alternatives."""
    named: dict[Span, list[Hit]] = defaultdict(list)
    for h in hits:
        if not h.dated:  # a full date has been weighed as one
            named[h.span].append(h)
    yield _known_events(named, hits)
    most = max(map(len, named.values()), default=0)
    ranks = [[group[n] for group in named.values() if n < len(group)] for n in range(most)]
    yield _either([c for rank in ranks for c in _lengths(report, times, rank, Case(), going_on=True)])
    yield _either([c for rank in ranks for c in _placed(report, times, rank, Case())])
    yield _either([c for rank in ranks for c in _counted(report, rank, Case())])


def _known_events(named: dict[Span, list[Hit]], hits: Sequence[Hit]) -> Iterator[Cue]:
    taken: set[date] = set()
    for span, group in sorted(named.items(), key=lambda x: (len(x[1]), x[0].start)):
        if taken & {h.anchor.date for h in group}:
            continue
        taken |= {h.anchor.date for h in group}
        events = sorted({Interval(h.anchor.date, h.anchor.end or h.anchor.date) for h in group})
        back = min(_looked_back(hits, e) for e in events)
        days = " or ".join(e.earliest.isoformat() for e in events)
        says = f"speaks of a known event, of {days}" + (", as still to come" if back < 0.5 else "")
        weigh = like.known(events, back, by_month=group[0].bare == "month")
        yield Cue(Basis(span, says), weigh, True, at=events[0].earliest, to=_later(events[-1].latest), force=HISTORY)


def _later(day: date) -> date:
    """Known events are spoken of for decades, and not beyond the days that the tables reach."""
    return max(day, min(dates.months_after(day, 240), world.reach()))


def _either(cues: Sequence[Cue]) -> Iterator[Cue]:
    """Cues on the same words are alternatives: the one that fits a day best counts."""
    groups: dict[Span | None, list[Cue]] = defaultdict(list)
    for c in cues:
        groups[c.basis.span].append(c)
    for group in groups.values():
        says = " or ".join(dict.fromkeys(c.basis.says for c in group))
        yield replace(group[0], basis=replace(group[0].basis, says=says), weigh=like.best([c.weigh for c in group]))


def _offices(report: Report) -> Iterator[Cue]:
    """Who is called by the title of an office, in it, before it or after it."""
    for h in world.holders(report):
        first, last = h.terms[0].earliest, h.terms[-1].latest
        days = " or ".join(f"{t.earliest.isoformat()} to {t.latest.isoformat()}" for t in h.terms)
        weigh = like.out_of_office(h.terms) if h.sense == "out of office" else like.elected(h.terms)
        if h.sense == "in office":
            weigh = like.in_office(h.terms, for_life=h.for_life)
        yield Cue(
            Basis(h.span, f"{h.sense}: the term is {days}"), weigh, True, at=first, to=_later(last), force=HISTORY
        )


def _tolls(report: Report, times: Sequence[Time]) -> Iterator[Cue]:
    """A count of which a published series tells the days, and when it was passed: "above 30,000 last week"."""
    if found := world.dated_toll(report):
        span, when, sigma, passed = found.span, found.days, found.sigma, found.passed
        for t in times:
            if passed and t.shift and 0 <= t.span.start - span.end <= 25 and _tells(report, t):
                says = f'puts {passed.isoformat()} at "{" ".join(t.span.text.split())}"'
                yield Cue(Basis(report.span(span.start, t.span.end), says), like.meaning(t, passed), True, at=passed)
        says = f"published counts reach that number from {when.earliest.isoformat()} to {when.latest.isoformat()}"
        weigh = like.around(when.earliest, when.latest, sigma, _NOW)
        yield Cue(Basis(span, says), weigh, True, at=when.earliest, to=when.latest)


# --- from anchors -----------------------------------------------------------------------------------------


def _anchored(hits: Sequence[Hit], case: Case) -> Iterator[Cue]:
    """For each anchor named, once: the report comes after it, or before it where it is still to come."""
    events = sorted({Interval(h.anchor.date, h.anchor.end or h.anchor.date) for h in hits})
    backs = {e: 1.0 if e.earliest == case.start else _looked_back(hits, e) for e in events}
    latest = max((e for e in events if backs[e] > 0.5 and e.earliest != case.start), default=None)
    for event in events:
        day = event.earliest.isoformat()
        named = [h for h in hits if h.anchor.date == event.earliest]
        start, back = event.earliest == case.start, backs[event]
        view = "back" if back > 0.9 else "open" if back > 0.4 else "ahead"
        h = next((h for h in named if h.view == view), named[0])
        if view != "ahead":
            # The most exact words for it count.
            h = min(named, key=lambda x: (not x.dated, ("day", "month", None).index(x.bare)))
        says = {"back": f"looks back on {day}", "open": f"speaks of {day}, most likely as past",
                "ahead": f"speaks of {day} as still to come"}[view]  # fmt: skip
        says += " without naming its year" if h.bare and view != "ahead" else ""
        yield Cue(
            Basis(h.span, says),
            like.event(event, back, h.bare, start=start, latest=event == latest or back < 0.5),
            True,
        )


def _looked_back(hits: Sequence[Hit], event: Interval) -> float:
    """How likely an event is past: six in seven where nothing tells, else as most of its mentions have it."""
    named = [h for h in hits if h.anchor.date == event.earliest]
    back, ahead = (sum(1 + h.sure for h in named if h.view == view) for view in ("back", "ahead"))
    return (0.85 + 3 * back) / (1 + 3 * back + 3 * ahead)


def _lengths(
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


def _start(found: Hit | Time) -> int:
    return found.span.start


def _so_long_after(span: Span, origin: date, low: float, high: float, sigma: float, told: float = _NOW) -> Cue:
    first, last = origin + timedelta(days=round(low)), origin + timedelta(days=round(high))
    says = f"counts from {origin.isoformat()}, so {first.isoformat()} to {last.isoformat()}"
    return Cue(Basis(span, says), like.around(first, last, sigma, told), True)


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
                return h.anchor.date, _NOW if near else _HISTORY
            if between.rstrip().endswith("-old"):
                return h.anchor.date, _NOW
            if re.search(r"\b(?:since|into)\b", between):
                return h.anchor.date, _NOW
            if _course().search(plain(h.span.text)) and not re.search("[.;,]", between) and _lasted(h, time):
                return h.anchor.date, _NOW
    if not case.start:
        return None
    before, after = clause(report.text, time.span.start, end)
    if _lasting(_whole(case)).search(before):
        return case.start, _NOW
    m = _running().match(after)
    if not m or set(m[2].split()) & set(_words()["other"]):
        return None
    place = re.match(r" (?:in|on|against|of) (?:the )?([\w' -]+)", m[4])
    own = set(place[1].split()) & _own_words(case) if place else m["link"].strip() in ("of", "into")
    return (case.start, _NOW) if own or m[3] in _whole(case) else None


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


def _days(value: str) -> tuple[float, float] | None:
    """How many units a length has, and the days of one."""
    m = re.fullmatch(r"P(\d+(?:\.\d+)?)(Y|M|W|D)", value)
    return (float(m[1]), _UNITS[m[2]]) if m else None


_UNITS = {"Y": 365.25, "M": 30.44, "W": 7.0, "D": 1.0}


def _bounds(text: str) -> tuple[float, float]:
    """By how many units the true length may differ, from the words before it; years are rounded less freely."""
    words = plain(text)
    bounds: dict[str, list[float]] = _words()["bounds"]
    low, high = next((b for name, b in bounds.items() if words.startswith(name)), bounds["about"])
    share = 0.5 if "year" in words else 1.0
    return low * share, high * share


def _counted(report: Report, hits: Sequence[Hit], case: Case) -> Iterator[Cue]:
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


def _placed(report: Report, times: Sequence[Time], hits: Sequence[Hit], case: Case) -> Iterator[Cue]:
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
            if re.search(r"[.;:\n]", inner) or not _tells(report, t):
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


def _tells(report: Report, time: Time) -> bool:
    """Whether a time beside an event is when it was: "last month", "earlier this year", "began on Friday"."""
    shift = time.shift or Shift("offset")
    if shift.kind == "offset":
        return shift.count < 0 or (shift.unit in ("M", "Y") and "earlier" in plain(time.span.text))
    before = plain(report.text[max(0, time.span.start - 30) : time.span.start])
    return shift.kind == "weekday" and bool(_begun().search(before))


@cache
def _begun() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_words()['begun'])})(?: on| late| early| last)? $")


# --- days and months without a year, weekdays -------------------------------------------------------------


def _bare(report: Report, times: Sequence[Time], hits: Sequence[Hit]) -> Iterator[Cue]:
    """Bare days and months: the youngest was mostly weeks ago, none more than about a year."""
    old: list[Time] = []
    for t in times:
        s = t.shift
        if s is None or s.kind != "calendar" or s.month is None or s.unit or any(h.span.overlaps(t.span) for h in hits):
            continue
        to_come = _to_come(report, t)
        past = s.toward == "past"
        if s.day and _heads(report, t):
            yield Cue(Basis(t.span, "the date line gives this day, without its year"), like.on_day(s), partial=True)
        elif to_come:
            yield Cue(Basis(t.span, "is still to come"), like.until(s), partial=True)
        elif past:
            old.append(t)
        elif s.day:
            yield Cue(Basis(t.span, "a day of the weeks around it"), like.beside(s), partial=True)
        if s.day and s.weekday is not None:
            says = "a day of the year that falls on this weekday"
            yield Cue(Basis(t.span, says), like.on_weekday(s, to_come), partial=True)
    shifts = list(dict.fromkeys(replace(t.shift, toward=None) for t in old if t.shift))[: 2 * _LIMIT]
    for n, t in enumerate(old):
        # All of them weigh together, once: the first carries the weight, the others are shown beside it.
        says = "past, without a year: the youngest such day or month is mostly weeks old, hardly over a year"
        yield Cue(Basis(t.span, says), like.youngest(shifts) if n == 0 else _any_day, partial=True, misfit=0.002)


def _any_day(_: date) -> float:
    return 1.0


def _weekdays(times: Sequence[Time]) -> Iterator[Cue]:
    """Each bare weekday once, as past and as to come."""
    bare = [(t.shift.weekday, t.shift.toward == "future", t) for t in times
            if t.shift and t.shift.kind == "weekday" and t.shift.weekday is not None
            and not t.shift.unit and not t.shift.count]  # fmt: skip
    first = {(n, a): (n, a, t) for n, a, t in reversed(bare)}
    for number, ahead, t in sorted(first.values(), key=lambda x: x[2].span):
        yield Cue(Basis(t.span, "a weekday close to its own"), like.weekday(number, ahead))


def _weekends(times: Sequence[Time]) -> Iterator[Cue]:
    """What "over the weekend" says of the weekday, once."""
    for t in times:
        if t.shift and (t.shift.unit, t.shift.count, t.shift.toward) == ("WE", 0, "past"):
            yield Cue(Basis(t.span, "said in the days after a weekend"), like.after_weekend)
            return


def _month_parts(times: Sequence[Time]) -> Iterator[Cue]:
    """What "the end of last month" and "earlier this month" say about the day of the month."""
    for t in times:
        if t.shift is None or t.shift.kind != "offset" or t.shift.unit != "M":
            continue
        words = plain(t.span.text)
        if t.shift.count == -1 and re.match(r"(?:the )?(?:end|close|last days) of|late", words):
            yield Cue(Basis(t.span, "said early in a month"), like.early_in_month)
        elif t.shift.count == 0 and words.startswith("earlier"):
            yield Cue(Basis(t.span, "said when a month had run for some days"), like.well_into_month)
        elif t.shift.count == 0 and t.shift.toward != "future" and words == "this month":
            weigh = like.month_has_run(1.0 if t.shift.toward else 0.6)
            yield Cue(Basis(t.span, "said of what has been in the month that runs"), weigh)
        elif t.shift.count == 0 and words.startswith("later"):
            yield Cue(Basis(t.span, "said before a month was out"), like.before_month_end)


def _words() -> dict[str, Any]:
    return load("onthetable.ties", "dating.toml")
