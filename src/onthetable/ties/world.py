"""Dated events, terms of office and counts that everybody knows: what places a report where no case does.

The facts are those of public encyclopaedias (worldevents.toml, offices.toml). Names may be shared, by the wars in
one place or by two presidents: all who bear the name are asked, and the one that fits a day best counts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, Literal

from onthetable.case import Anchor
from onthetable.lexicon import load
from onthetable.model import Interval, Report, Span
from onthetable.text import plain
from onthetable.ties.beside import toll

_LIMIT = 40
"""So many mentions of a surname are looked at."""
_PARTICLES = frozenset(["al", "arap", "bin", "da", "de", "del", "den", "der", "dos", "el", "la", "van", "von"])
"""What stands before a surname and tells nobody apart; "al-Maliki" is looked up as "Maliki"."""
_GIVEN = rf"(?:(?:[A-Z][\w.'’-]{{0,30}}|{'|'.join(sorted(_PARTICLES))}) )"
_ARTICLE = r"(?:[ae]l-)?"
Sense = Literal["in office", "out of office", "elected"]


# --- events -----------------------------------------------------------------------------------------------


def named_events(report: Report) -> tuple[Anchor, ...]:
    """The events of the table whose chief word the report has, and a word of their surroundings if they ask for one."""
    low = plain(report.text)
    here = set(re.findall(r"[a-z0-9]+", low))
    found = sorted({n for w in here for n in _events_by_word().get(w, ())})
    return tuple(anchor for anchor, context in (_events()[n] for n in found) if not context or here & context)


def reach() -> date:
    """The last day that the tables speak of."""
    day: date = load("onthetable.ties", "worldevents.toml")["open"]
    return day


@cache
def _events() -> tuple[tuple[Anchor, frozenset[str]], ...]:
    raw = load("onthetable.ties", "worldevents.toml")
    return tuple(
        (
            Anchor(
                date.fromisoformat(first), date.fromisoformat(last) if last else raw["open"], tuple(says.split("; "))
            ),
            frozenset(context.lower().split()),
        )
        for first, last, says, context in raw["events"]
    )


@cache
def _events_by_word() -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for n, (anchor, _) in enumerate(_events()):
        for phrase in anchor.says:
            chief = next((w for w in phrase.split() if w[0].isupper()), phrase)
            found[re.findall(r"[a-z0-9]+", plain(chief))[0]].add(n)
    return found


# --- terms of office --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """Somebody in an office: given name and surname in plain letters, and the days."""

    office: int
    given: frozenset[str]
    surname: str
    days: Interval


@dataclass(frozen=True, slots=True)
class Holder:
    """A holder of an office as a report calls them: "President Moor", "former Premier Sund"."""

    span: Span
    sense: Sense
    terms: tuple[Interval, ...]
    for_life: bool
    """Whether the title is one that people keep."""


def holders(report: Report) -> Iterator[Holder]:
    """Each holder of an office who is called by its title, once for each sense, without those overtaken by others."""
    found: dict[tuple[str, int, Sense], Holder] = {}
    asked: Counter[str] = Counter()
    for m in re.finditer(r"\b[A-Z][\w'’-]{1,30}", report.text):
        word = plain(m[0]).removesuffix("'s")
        name = re.sub(rf"^{_ARTICLE}", "", word)
        if name in _terms() and asked[name] < _LIMIT:
            asked[name] += 1
            for office, h in _called(report, m.start(), m.start() + len(word), name):
                found.setdefault((name, office, h.sense), h)
    newest = max((h.terms[-1].earliest for h in found.values() if h.sense == "in office"), default=None)
    for h in found.values():
        # Who left office before another took theirs is history, not of the day of the report.
        if newest is None or h.sense != "in office" or h.terms[-1].latest > newest:
            yield h


def _called(report: Report, start: int, end: int, name: str) -> Iterator[tuple[int, Holder]]:
    """What a surname with its title stands for: one holder for each office that has such a title."""
    text = report.text
    before = re.split(r"[;:?!\n]", text[max(0, start - 90) : start])[-1]
    m = _title_before().search(before)
    given = m["given"] if m else "".join(re.findall(rf"{_GIVEN}{{1,4}}{_ARTICLE}$", before))
    after = None if m else _title_after().match(text[end : end + 70])
    title = plain((m or after)["title"]) if (m or after) else None  # type: ignore[index]
    if title is None:
        return
    lead = plain(m["lead"] if m else after["lead"] if after else "")
    words = set(re.findall(r"[a-z]+", lead))
    sense: Sense = "in office"
    if words & set(_offices()["former"]):
        sense = "out of office"
    elif m and m["elect"]:
        sense = "elected"
    first = _given(given)
    by_office: dict[int, list[Interval]] = defaultdict(list)
    for term in _terms()[name]:
        office = _offices()["office"][term.office]
        if title not in office["titles"]:
            continue
        exact = bool(first & term.given)
        if (first and not exact) or (not exact and (after or not _of(office, text))):
            continue
        by_office[term.office].append(term.days)
    begin = start - len(given) if not m else start - len(before) + m.start("title")
    stop = end if m else end + (after.end() if after else 0)
    for number, terms in by_office.items():
        yield number, Holder(report.span(begin, stop), sense, tuple(sorted(terms)), title in _offices()["for_life"])


def _given(names: str) -> frozenset[str]:
    return frozenset(w.strip("-") for w in re.findall(r"[a-z'-]+", plain(names))) - _PARTICLES


def _of(office: dict[str, Any], text: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(w)}(?!\w)", text) for w in office["of"])


@cache
def _titles() -> str:
    titles = {t for o in _offices()["office"] for t in o["titles"]}
    return "|".join(sorted(map(re.escape, titles), key=len, reverse=True))


@cache
def _title_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<lead>(?:[\w.'’-]{{1,30}}[ -]){{0,4}}?)\b(?<![Vv]ice )(?<![Vv]ice-)(?<![Dd]eputy )"
        rf"(?P<title>(?i:{_titles()}))(?P<elect>-elect)? "
        rf"(?P<given>{_GIVEN}{{0,4}}{_ARTICLE})$"
    )


@cache
def _title_after() -> re.Pattern[str]:
    return re.compile(rf", (?P<lead>(?:the )?(?:[\w.'’-]{{1,30}} ){{0,3}}?)(?P<title>(?i:{_titles()}))\b")


@cache
def _terms() -> dict[str, tuple[Term, ...]]:
    """All terms of office by the surname, in plain letters."""
    found: dict[str, list[Term]] = defaultdict(list)
    for n, office in enumerate(_offices()["office"]):
        rows = [(row[:-11], date.fromisoformat(row[-10:])) for row in office["holders"]]
        ends = [day for _, day in rows[1:]] + [_offices()["open"]]
        for (name, first), last in zip(rows, ends, strict=True):
            if name != "-":
                words = name.split()
                surname = next((w for w in words if w[0] == "_"), words[-1])
                given = _given(" ".join(w for w in words if w != surname))
                for spelling in plain(surname.lstrip("_")).split("|"):
                    found[spelling].append(Term(n, given, spelling, Interval(first, last)))
    return {name: tuple(terms) for name, terms in found.items()}


def _offices() -> dict[str, Any]:
    return load("onthetable.ties", "offices.toml")


# --- counts that only grow --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DatedToll:
    """A count of the dead and the days on which it was the published one."""

    span: Span
    days: Interval
    sigma: float
    """By how many days the growth between two known days may differ from the one assumed."""
    passed: date | None
    """The day on which the count was reported to pass that number, if it is one of the known ones."""


def dated_toll(report: Report) -> DatedToll | None:
    """The highest count of the dead, placed in a published series; a round one ("more than 50,000") holds for a while.

    None unless exactly one series is of what the report speaks of.
    """
    found = toll(report.text)
    if not found:
        return None
    low = plain(report.text)
    series = [s for s in load("onthetable.ties", "worldevents.toml")["toll"] if _speaks_of(s, report.text, low)]
    if len(series) != 1:
        return None
    span, count = found
    known = [(date.fromisoformat(day), n) for day, n in series[0]["counts"]]
    step = next(10**k for k in range(9, -1, -1) if count % 10**k == 0)
    first, last = _day_of(known, count), _day_of(known, count + min(step, count * 0.03))
    if not first:
        return None
    days = Interval(first[0], last[0] if last else known[-1][0])
    passed = next((day for day, n in known if n == count), None)
    return DatedToll(span, days, max(5.0, 0.06 * first[1]), passed)


def _speaks_of(series: dict[str, Any], text: str, low: str) -> bool:
    return any(w in text for w in series["of"]) and any(plain(w) in low for w in series["with"])


def _day_of(known: Sequence[tuple[date, int]], count: float) -> tuple[date, int] | None:
    """The day of a count, and how many days lie between the known ones around it.

    Growth is a monotone cubic between the known days (Fritsch and Butland 1984), since tolls slow down or speed up.
    """
    i = bisect_right([n for _, n in known], count) - 1
    if i < 0 or i + 1 >= len(known):
        return (known[i][0], 0) if i >= 0 and known[i][1] == count else None
    (day, n), (later, more) = known[i], known[i + 1]
    width, gap = more - n, (later - day).days
    slopes = [(b[0] - a[0]).days / (b[1] - a[1]) for a, b in pairwise(known)]
    left = _harmonic(slopes[i - 1], slopes[i]) if i else slopes[i]
    right = _harmonic(slopes[i], slopes[i + 1]) if i + 1 < len(slopes) else slopes[i]
    t = (count - n) / width
    days = gap * t * t * (3 - 2 * t) + width * (left * t * (1 - t) ** 2 - right * t * t * (1 - t))
    return day + timedelta(days=round(days)), gap


def _harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b)
