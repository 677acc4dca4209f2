"""Figures of one measure by one authority, in the order of the days that they hold for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from onthetable import dates
from onthetable.model import Count, Figure, Interval, Series, Tie

_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "our"})
_LINKS = frozenset({"of", "in", "for", "at", "from", "by", "with", "to", "on", "near"})


def find_series(
    figures: Sequence[Figure], days: Mapping[str, tuple[Interval | None, bool]], against: Iterable[Tie]
) -> tuple[Series, ...]:
    """The figures by measure, unit and authority, the measures and authorities in the order of the figures.

    `days` gives for each figure's id the days that it holds for and whether its report states them; within a
    series the earliest comes first and what nothing dates comes last. `against` are the contradictions of
    the ledger; a series has those of its own figures.
    """
    groups: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for f in figures:
        groups[f.measure, f.unit, known_as(f.authority)].append(f)
    ties: dict[str, list[Tie]] = defaultdict(list)
    for tie in against:
        for end in {tie.source, tie.target}:
            ties[end].append(tie)
    return tuple(_series(group, days, ties) for group in groups.values())


def _middle(days: Interval | None) -> int:
    """Where an interval lies, in half days; what is not dated comes last."""
    return days.earliest.toordinal() + days.latest.toordinal() if days else 2 * date.max.toordinal()


def as_of(figure: Figure, published: Interval | None) -> tuple[Interval | None, bool]:
    """The days that a figure holds for, and whether its report states them.

    A count can be no later than the report that gives it, and "this year" holds on the day of the report: where
    what is stated is ahead of the report or wider around it, the days are those of publication.
    """
    stated = dates.interval(figure.as_of, published) if figure.as_of and published else None
    if stated is None or published is None or stated.latest >= published.latest:
        same = stated is not None and published is not None and stated == published
        return published, same
    return stated, True


def _series(
    group: Sequence[Figure], days: Mapping[str, tuple[Interval | None, bool]], ties: Mapping[str, list[Tie]]
) -> Series:
    counts = [Count(f, *days.get(f.id, (None, False)), part=f.rule == "part") for f in group]
    counts.sort(key=lambda c: _middle(c.days))
    found = {t: None for f in group for t in ties.get(f.id, ())}
    first = group[0]
    name = min((f.authority for f in group if f.authority), key=len, default=None)
    return Series(first.measure, first.unit, name, tuple(counts), tuple(found))


def known_as(authority: str | None) -> str:
    """An authority in lower case without articles; a name that ends it stands for the whole: "general Ada Lund"."""
    words = re.findall(r"[^\s,]+", authority or "")
    while words and words[0].lower() in _ARTICLES:
        del words[0]
    first = len(words)
    while first and words[first - 1][:1].isupper():
        first -= 1
    lead = words[first - 1].lower() if first else ""
    named = len(words) - first >= 2 and lead not in _LINKS and not lead.endswith(("'s", "’s"))
    return " ".join(words[first:] if named else words).lower()
