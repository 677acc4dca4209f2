"""Events that are one: of one kind, with the same people, at one place and time."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from onthetable import dates
from onthetable.model import Event, Interval, Reading
from onthetable.text import plain
from onthetable.ties.bodies import Sentence, overlap, speaks_of
from onthetable.ties.claim import Doubles, Finding, Stories, within
from onthetable.ties.same import Rules
from onthetable.ties.settings import Settings

NEAR = 3
"""Days that the reports of an event may lie apart where no report says when it was."""
TOLD = 0.35
"""Share of the lighter sentence that both tell."""
TOLD_MET = 0.15
"""The same for two parties or more who met, visited or were freed on days that both reports give."""
ALIKE = 0.5
"""The same for two that cannot both be: what is done but once, told of two days or places."""
FEW = 2
"""Things that both have to speak of."""
LONGEST = 1500
"""Code points of the evidence that are compared."""


@dataclass(frozen=True, slots=True)
class Happening(Finding):
    """An event as it is compared; `days` are its own where `stated`, else those of publication."""

    event: Event
    who: frozenset[str]
    stated: bool
    items: Sentence


def happenings_of(reading: Reading, published: Interval | None, story: Stories) -> list[Happening]:
    """The events of a report as they are compared."""
    return [_happening(reading, e, published, story) for e in reading.events]


def rules(doubles: Doubles, settings: Settings) -> Rules[Happening]:
    """When events are one.

    Two are the same if they are of one type, with the same participants and place, on days that overlap (or are told
    within three days of each other), in words that overlap. One with more participants or with a place holds the
    one without.
    """

    def keys(h: Happening) -> Iterator[Hashable]:
        yield from doubles.of(h)
        yield from ((h.event.type, name) for name in sorted(h.who) or [""])

    def same(a: Happening, b: Happening) -> bool:
        if doubles.apart(a, b):
            return a.event.type == b.event.type and bool(a.who & b.who or not a.who or not b.who)
        return a.who == b.who and _place(a) == _place(b) and _one(a, b)

    def holds(a: Happening, b: Happening) -> bool:
        return bool(b.who) and b.who <= a.who and _place(b) in ("", _place(a)) and _one(a, b)

    def clash(a: Happening, b: Happening) -> bool:
        one = (a.event.type, a.event.plover) == (b.event.type, b.event.plover) and a.who == b.who
        return one and settings.of(a).excludes(settings.of(b)) and overlap(a.items, b.items) >= ALIKE

    return Rules(keys, same, holds, clash, _alike)


def _alike(a: Happening, b: Happening) -> bool:
    """Whether one sentence said again can have both."""
    return a.event.type == b.event.type and a.who == b.who


def _happening(reading: Reading, e: Event, published: Interval | None, story: Stories) -> Happening:
    own = dates.interval(e.time, published) if e.time and published else None
    who = frozenset(map(plain, e.participants))
    items = speaks_of(e.evidence.text[:LONGEST])
    id = reading.report.id
    return Happening(
        e.id, id, story.of(id, e.evidence), own or published, e.evidence, 1.0, e, who, own is not None, items
    )


def _place(h: Happening) -> str:
    return plain(h.event.place or "")


def _one(a: Happening, b: Happening) -> bool:
    if (a.event.type, a.event.plover) != (b.event.type, b.event.plover):
        return False
    both = a.stated and b.stated
    near = within(a, b, 0 if both else NEAR) if a.days and b.days else None
    if near is False or (a.report == b.report and both and not _overlapping(a, b)):
        return False
    x, y = a.items.items.keys(), b.items.items.keys()
    if {i for i in x if i[0].isdigit()} != {i for i in y if i[0].isdigit()}:
        return False
    met = both and len(a.who & b.who) > 1 and near is True
    shared = sum(not i[0].isdigit() for i in x & y)
    return shared >= (1 if met else FEW) and overlap(a.items, b.items) >= (TOLD_MET if met else TOLD)


def _overlapping(a: Happening, b: Happening) -> bool:
    return not a.days or not b.days or not (a.days.latest < b.days.earliest or b.days.latest < a.days.earliest)
