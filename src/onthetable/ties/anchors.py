"""Where a report speaks of the dated events of its case, and whether as past or as still to come."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Literal

from onthetable.case import Anchor
from onthetable.lexicon import load
from onthetable.model import Report, Span, Time
from onthetable.text import plain

View = Literal["ahead", "back", "open"]

_MONTHS = tuple(name.lower() for name in month_name[1:])
_LIMIT = 20
"""So many mentions of an anchor count at most for each of its phrases."""
_SMALL = frozenset(["the", "a", "an", "of", "in", "on", "to", "for", "and", "at", "by", "city", "town"])
_BREAK = re.compile(r"[.?!;,:][\"']?\s|\n")


@dataclass(frozen=True, slots=True)
class Hit:
    """An anchor found in a report: its words there, how it is looked at, and whether they give its year."""

    anchor: Anchor
    span: Span
    view: View
    dated: bool
    sure: bool = False
    """Whether the view rests on more than one word: feared, and "a" blockade, not "the" one."""

    @property
    def bare(self) -> Literal["day", "month"] | None:
        """Whether the words name a day of the year, or a month, without the year."""
        found = re.findall(r"[a-z]+|\d+", self.span.text.lower())
        if self.dated or any(len(w) == 4 and w.isdigit() for w in found):
            return None
        if not any(m.startswith(w) for w in found if len(w) > 2 and w != "may" for m in _MONTHS):
            return None
        return "day" if any(w.isdigit() for w in found) else "month"


def find_anchors(
    report: Report, times: Sequence[Time], anchors: Sequence[Anchor], *, own_days: bool = True
) -> tuple[Hit, ...]:
    """Every place where a report names an anchor, by its day or by the words that are given for it.

    Without `own_days` a day of the year names an anchor only where its words do so.

    Words with a proper name among them may stand in another order, close together; "offensive" stands for
    "attack" and the like (dating.toml). Others keep their order, with two words in between at most.
    """
    low = plain(report.text)
    told = [t for t in times if _told(t) == "back"][:200]
    hits: dict[tuple[int, int], Hit] = {}
    for n, anchor in enumerate(anchors):
        for t in islice((t for t in times if _is_day(t, anchor, own_days)), _LIMIT):
            view = _told(t) or _view(report.text, t.span.start, t.span.end)[0]
            hits[n, t.span.start] = Hit(anchor, t.span, view, t.value is not None)
        for phrase in anchor.says:
            if not _month_day(phrase):
                for start, end in islice(_places(low, phrase), _LIMIT):
                    span = report.span(start, end)
                    past = any(t.span.overlaps(span) for t in told)
                    view, sure = ("back", False) if past else _view(report.text, start, end)
                    hits.setdefault((n, start), Hit(anchor, span, view, dated=False, sure=sure))
    return tuple(sorted(hits.values(), key=lambda h: (h.span.start, h.span.end, h.anchor.date)))


def _told(time: Time) -> View | None:
    """How the tense of its sentence looks at a day or month of the calendar."""
    if time.shift is None or time.shift.kind != "calendar":
        return None
    views: dict[str | None, View | None] = {"past": "back", "future": "ahead", None: None}
    return views[time.shift.toward]


def clause(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a stretch in its sentence, at most 80 code points each, in lower case."""
    before = re.split(r"[.?!;:][\"”']?\s|\n", text[max(0, start - 80) : start])[-1]
    after = re.split(r"[.?!;:][\"”']?\s|\n", text[end : end + 80])[0]
    return plain(before), plain(after)


def _is_day(time: Time, anchor: Anchor, own_days: bool) -> bool:
    if time.value:
        return time.value[:10] == anchor.date.isoformat()
    named = [d for d in map(_month_day, anchor.says) if d]
    days = {*named, *([(anchor.date.month, anchor.date.day)] if own_days else [])}
    return time.shift is not None and time.shift.kind == "calendar" and (time.shift.month, time.shift.day) in days


@cache
def _month_day(phrase: str) -> tuple[int, int] | None:
    """The month and day that a phrase of a case names, if it is a date ("October 7", "the 7th of October")."""
    m = re.fullmatch(r"(?:the )?(?:([a-z]+)\.? (\d{1,2})|(\d{1,2})(?:st|nd|rd|th)? (?:of )?([a-z]+))", phrase.lower())
    if not m:
        return None
    name, day = (m[1], m[2]) if m[1] else (m[4], m[3])
    month = next((n for n, full in enumerate(_MONTHS, 1) if len(name) > 2 and full.startswith(name)), None)
    return (month, int(day)) if month else None


def _places(low: str, phrase: str) -> Iterator[tuple[int, int]]:
    words = re.findall(r"[\w'-]+", phrase)
    telling = [w for w in words if w.lower() not in _SMALL]
    name = next((w for w in telling if w[0].isupper()), None)
    if name:
        yield from _scattered(low, name, tuple(w for w in telling if w != name))
    elif telling:
        for m in _in_order(tuple(w for w in words if w != "the")).finditer(low):
            yield m.span()


def _scattered(low: str, name: str, others: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """The name with every other word within 60 code points before it, or right after it."""
    spots = {w: [m.span() for m in _form(w).finditer(low)] for w in others}
    place = dict.fromkeys(others, 0)
    for m in _form(name).finditer(low):
        a, b = m.span()
        for w in others:
            while place[w] < len(spots[w]) and spots[w][place[w]][0] < m.start() - 60:
                place[w] += 1
            close = [s for s in spots[w][place[w] : place[w] + 8] if s[0] <= m.end() + 12]
            if not close:
                break
            best = min(close, key=lambda s: abs(s[0] - m.start()))
            a, b = min(a, best[0]), max(b, best[1])
        else:
            if not _BREAK.search(low, a, b):
                yield a, b


@cache
def _form(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{_forms(word)}")


@cache
def _in_order(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b" + r"(?: [\w'-]{1,30}){0,2} ".join(map(_forms, words)))


def _forms(word: str) -> str:
    """A word as it may stand in a text: what is alike, with other endings, a hyphen or none."""
    word = word.lower()
    alike = next((group for group in _words()["alike"] if word in group), [word])
    forms = "|".join(re.escape(w).replace(r"\-", "-?") for w in alike)
    return rf"(?:{forms})(?:s|ed|es|d)?\b"


def _view(text: str, start: int, end: int) -> tuple[View, bool]:
    """How an event is spoken of, and whether surely: as to come (feared, planned, "may"), as over, or neither."""
    before, after = clause(text, start, end)
    words = re.findall(r"[a-z'-]+", before)[-6:]
    if set(words[-3:]) & set(_words()["over"]):
        return "back", False
    loose = bool(set(words[-4:]) & set(_words()["indefinite"]))
    if set(words) & set(_words()["ahead"]):
        return "ahead", loose
    if loose and set(re.findall(r"[a-z]+", after)[:3]) & set(_words()["modal"]):
        return "ahead", False
    return "open", False


def _words() -> dict[str, list[str]]:
    return load("onthetable.ties", "dating.toml")
