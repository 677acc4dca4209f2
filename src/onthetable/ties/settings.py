"""Where and when a finding is set: the exact days and the places that its sentence names.

What is told of different days or places is not the same, however alike the words; and what can be done only once
(signed, begun, taken effect) cannot have been done on two days.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from onthetable import dates
from onthetable.memory import shared
from onthetable.model import Interval, Reading, Report, Span
from onthetable.text import plain
from onthetable.ties.claim import Finding, listed, stems
from onthetable.ties.saving import Part

_STOP = re.compile(r"[.!?][\"”’)]*\s|\n")
_NAME = r"[A-Z][^\W\d_]+(?:[ -](?:[A-Z][^\W\d_]+))*"
_PLACE = re.compile(rf"\b(?:in|at|near|outside|inside|around|to|from|into|on the road to) (?:the )?({_NAME})")
_ONLY = re.compile(r"\b(?:only|sole|single)\b")
CLOSE = 2
"""Days within which two copies of a story were published that mean the same day by its weekday, nearly always."""
HELD = 50_000
"""Settings that are held ready."""
REACH = 400
"""Code points to either side that a sentence is looked for in."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The days, the places (as names in plain letters), and whether what is told can be so but once."""

    days: frozenset[date]
    places: frozenset[str]
    once: bool

    def on_other_days(self, other: Setting) -> bool:
        """Whether both name days, and none in common."""
        return bool(self.days and other.days) and not self.days & other.days

    def elsewhere(self, other: Setting) -> bool:
        """Whether both name places, and none in common."""
        return bool(self.places and other.places) and not self.places & other.places

    def excludes(self, other: Setting) -> bool:
        """Whether one thing done but once is told of different days or places."""
        return self.once and other.once and (self.on_other_days(other) or self.elsewhere(other))


class Settings(Part):
    """The settings of the findings of some readings; the `HELD` asked for last are held ready.

    `published` gives the days of the reports by id; a report whose days change has to be put again.
    """

    KEPT = ("_readings", "_names", "_version")

    def __init__(self, published: Mapping[str, Interval]) -> None:
        self._published = published
        self._readings: dict[str, Reading] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._version: Counter[str] = Counter()
        self._of = lru_cache(HELD)(self._look)

    def put(self, reading: Reading) -> None:
        """Adds a reading, or puts it in the place of that of the same report."""
        id = reading.report.id
        self._readings[id], self._names[id] = reading, shared(_named(reading))
        self._version[id] += 1

    def of(self, finding: Finding) -> Setting:
        """The setting of a finding: that of the sentence that its evidence stands in."""
        evidence, report = finding.evidence, finding.report
        return self._of(report, self._version[report], evidence.start, evidence.end)

    def words(self, finding: Finding) -> frozenset[str]:
        """The longer words of the sentence that its evidence stands in, by their first letters."""
        return stems(sentence(self._readings[finding.report].report, finding.evidence).text)

    def published(self, finding: Finding) -> Interval | None:
        """The days of its report."""
        return self._published.get(finding.report)

    def named(self, finding: Finding) -> frozenset[str]:
        """The names in the sentence that its evidence stands in."""
        return named(sentence(self._readings[finding.report].report, finding.evidence))

    def apart(self, a: Finding, b: Finding) -> bool:
        """Whether two findings are told of different days or places."""
        x, y = self.of(a), self.of(b)
        return x.on_other_days(y) or x.elsewhere(y)

    def near(self, a: Finding, b: Finding) -> bool:
        """Whether their reports are of other stories, or so close that "on Monday" is the same day in both."""
        x, y = self._published.get(a.report), self._published.get(b.report)
        if a.family != b.family or not x or not y:
            return a.family != b.family
        return abs((x.latest - y.latest).days) <= CLOSE and x.days <= CLOSE and y.days <= CLOSE

    def together(self, a: Finding, b: Finding) -> bool:
        """Whether both name a day that is the same, and no different places."""
        x, y = self.of(a), self.of(b)
        return bool(x.days & y.days) and not x.elsewhere(y)

    def _look(self, report: str, _: int, start: int, end: int) -> Setting:
        reading = self._readings[report]
        return self._setting(reading, sentence(reading.report, reading.report.span(start, end)))

    def _setting(self, reading: Reading, span: Span) -> Setting:
        published = self._published.get(reading.report.id)
        inside = bisect_left(reading.times, span.start, key=lambda t: t.span.start)
        days = set()
        for time in reading.times[inside:] if published else ():
            if time.span.start >= span.end:
                break
            found = dates.interval(time, published) if published else None
            if found and found.days == 1:
                days.add(found.earliest)
        names = self._names[reading.report.id]
        places = {plain(m[1]) for m in _PLACE.finditer(span.text)}
        kept = shared(p for p in places if not names.intersection(p.split()) and p not in listed("named_days"))
        low = set(re.findall(r"[a-z]+", span.text.lower()))
        return Setting(shared(days), kept, bool(low & listed("once")) or bool(_ONLY.search(span.text)))


def named(span: Span) -> frozenset[str]:
    """The words with a capital, but for the first: for names, as a rule."""
    return frozenset(plain(w.rstrip(".,;:'’\"”")) for w in span.text.split()[1:] if w[0].isupper())


def _named(reading: Reading) -> Iterable[str]:
    """The words by which parties and people are called in a report."""
    for w in reading.wordings:
        yield from plain(w.term).split()
    for m in reading.moves:
        yield from plain(m.party).split()


def sentence(report: Report, inside: Span) -> Span:
    """The sentence, or the line, that some words of a report stand in."""
    text, low, high = report.text, max(0, inside.start - REACH), inside.end + REACH
    starts = [m.end() for m in _STOP.finditer(text, low, inside.start)]
    stop = _STOP.search(text, max(inside.start, inside.end - 1), high)
    return report.span(starts[-1] if starts else low, min(stop.end() if stop else high, len(text)))
