"""Cues from the calendar: dates and date lines, days and months without a year, weekdays, parts of a month."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from onthetable import dates
from onthetable.lexicon import load
from onthetable.model import Basis, Report, Time
from onthetable.text import plain
from onthetable.ties import likelihoods as like
from onthetable.ties.anchors import Hit, clause
from onthetable.ties.cue import HISTORY, LIMIT, Cue


def stated(report: Report, times: Sequence[Time], hits: Sequence[Hit]) -> Iterator[Cue]:
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
    words = load("onthetable.ties", "dating.toml")["to_come"]
    return bool(set(re.findall(r"[a-z]+", before)[-8:]) & set(words))


def bare_days(report: Report, times: Sequence[Time], hits: Sequence[Hit]) -> Iterator[Cue]:
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
    shifts = list(dict.fromkeys(replace(t.shift, toward=None) for t in old if t.shift))[: 2 * LIMIT]
    for n, t in enumerate(old):
        # All of them weigh together, once: the first carries the weight, the others are shown beside it.
        says = "past, without a year: the youngest such day or month is mostly weeks old, hardly over a year"
        yield Cue(Basis(t.span, says), like.youngest(shifts) if n == 0 else _any_day, partial=True, misfit=0.002)


def _any_day(_: date) -> float:
    return 1.0


def weekdays(times: Sequence[Time]) -> Iterator[Cue]:
    """Each bare weekday once, as past and as to come."""
    bare = [(t.shift.weekday, t.shift.toward == "future", t) for t in times
            if t.shift and t.shift.kind == "weekday" and t.shift.weekday is not None
            and not t.shift.unit and not t.shift.count]  # fmt: skip
    first = {(n, a): (n, a, t) for n, a, t in reversed(bare)}
    for number, ahead, t in sorted(first.values(), key=lambda x: x[2].span):
        yield Cue(Basis(t.span, "a weekday close to its own"), like.weekday(number, ahead))


def weekends(times: Sequence[Time]) -> Iterator[Cue]:
    """What "over the weekend" says of the weekday, once."""
    for t in times:
        if t.shift and (t.shift.unit, t.shift.count, t.shift.toward) == ("WE", 0, "past"):
            yield Cue(Basis(t.span, "said in the days after a weekend"), like.after_weekend)
            return


def month_parts(times: Sequence[Time]) -> Iterator[Cue]:
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
