"""Moves that support or contradict each other."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from onthetable.model import Act, Interval, Move, Quantity, Reading, Tie
from onthetable.text import words
from onthetable.ties.bodies import speaks_of
from onthetable.ties.claim import (
    KEPT,
    Doubles,
    Finding,
    Stories,
    bounds,
    data,
    exclude,
    ignored,
    link,
    stems,
    within,
)
from onthetable.ties.same import Rules
from onthetable.ties.settings import Settings
from onthetable.ties.windows import Windows

NEAR, NEAR_DENIAL = 7, 3
"""Days that two moves may lie apart and still be about one state of things; the same for one that excludes another."""
OPPOSED = 24
"""Earlier moves of an act that another one is held against."""
TALKS = "talks"
"""The issue of every pack that is about whether, where and on what basis to negotiate."""
ABOUT = 2
"""Words, party names apart, that two claims on the talks as such have to share to be about one thing."""
ALIKE = 0.6
"""Share of the shorter of two moves in other numbers that the longer tells as well, for them to be one."""
LONGEST = 1500
"""Code points of the evidence that are compared."""
CLOSE = 200
"""Code points from a claim to a denial that refers back to it."""


@dataclass(frozen=True, slots=True)
class Step(Finding):
    """A move as it is compared: with what its evidence speaks of."""

    move: Move
    items: tuple[str, ...]


def steps_of(reading: Reading, days: Interval | None, story: Stories) -> list[Step]:
    """The moves of a report as they are compared; `days` are those of its publication."""
    return [_step(m, reading.report.id, days, story) for m in reading.moves]


def _step(m: Move, report: str, days: Interval | None, story: Stories) -> Step:
    items = tuple(i for i in speaks_of(m.evidence.text[:LONGEST]).items if len(i) > 1 and not i[0].isdigit())
    return Step(m.id, report, story.of(report, m.evidence), days, m.evidence, m.confidence, m, items)


def rules(doubles: Doubles, settings: Settings) -> Rules[Step]:
    """When moves tell the same.

    Two are the same if one party does the same on one issue, within a week, with the same giver, number, time and
    condition or none. One that names a number or a giver holds the one that does not, "59" holds "at least 50".
    """

    def keys(s: Step) -> Iterator[Hashable]:
        yield from doubles.of(s)
        yield s.move.party, s.move.act, s.move.issue, s.move.when

    def same(a: Step, b: Step) -> bool:
        if not _one_act(a, b):
            return False
        if doubles.apart(a, b):
            return _same_giver(a.move.giver, b.move.giver) and _compatible(a.move.quantity, b.move.quantity)
        return _about_one(a, b) and (a.move.giver, a.move.quantity) == (b.move.giver, b.move.quantity)

    def holds(a: Step, b: Step) -> bool:
        if not _one_act(a, b) or not _about_one(a, b) or b.move.giver not in (None, a.move.giver):
            return False
        return b.move.quantity is None or _inside(a.move.quantity, b.move.quantity)

    def clash(a: Step, b: Step) -> bool:
        one = _one_act(a, b) and _about_one(a, b) and _same_giver(a.move.giver, b.move.giver)
        apart = one and not _compatible(a.move.quantity, b.move.quantity)
        return apart and settings.together(a, b) and _told_alike(a, b)

    return Rules(keys, same, holds, clash, _alike)


def _alike(a: Step, b: Step) -> bool:
    """Whether one sentence said again can have both."""
    m, n = a.move, b.move
    return (m.party, m.act) == (n.party, n.act) and (
        m.quantity is None or n.quantity is None or m.quantity.unit == n.quantity.unit
    )


def _told_alike(a: Step, b: Step) -> bool:
    return _in_common(a, b) >= ALIKE * min(len(a.items), len(b.items))


def _in_common(a: Step, b: Step) -> int:
    """Of how many things both speak."""
    return len(set(a.items).intersection(b.items))


def _one_act(a: Step, b: Step) -> bool:
    m, n = a.move, b.move
    return (m.party, m.act, m.issue, m.when) == (n.party, n.act, n.issue, n.when)


def _about_one(a: Step, b: Step) -> bool:
    """Whether two moves of one act are about one thing: near each other, conditional or not, and in like words."""
    if within(a, b, NEAR) is False or (a.move.condition is None) != (b.move.condition is None):
        return False
    kin = a.family == b.family and a.report != b.report
    return _in_common(a, b) >= (1 if kin else ABOUT) and _one_matter(a, b)


def _inside(a: Quantity | None, b: Quantity) -> bool:
    """Whether every number that the first leaves possible is within the second."""
    if a is None or a.unit != b.unit:
        return False
    (low, high), (least, most) = bounds(a.low, a.high), bounds(b.low, b.high)
    return least <= low and high <= most


def supported() -> Windows[Step, tuple[Tie, ...]]:
    """Ties from moves to the earliest of another story that supports them."""

    def keys(s: Step) -> Iterator[Hashable]:
        yield s.move.party, s.move.act, s.move.issue, s.move.giver

    return Windows(lambda s: s.order, keys, _supported, KEPT)


def opposed() -> Windows[Step, tuple[Tie, ...]]:
    """Ties from moves to the earliest near them that cannot be true as well, one of each act."""

    def keys(s: Step) -> Iterator[Hashable]:
        yield s.move.party, s.move.issue, s.move.act

    def looks(s: Step) -> Iterator[Hashable]:
        yield from ((s.move.party, s.move.issue, act) for act in get_args(Act) if _opposites(s.move.act, act))

    return Windows(lambda s: s.order, keys, _opposed, OPPOSED, looks)


def _supported(step: Step, windows: Sequence[Sequence[Step]]) -> tuple[bool, tuple[Tie, ...] | None]:
    like = [s for s in windows[0] if _compatible(s.move.quantity, step.move.quantity)]
    like = [s for s in like if within(s, step, NEAR) is not False and _one_matter(s, step) and _shared(s, step)]
    other = next((s for s in like if s.family != step.family), None)
    tie = other and link("corroborates", step, other, min(step.confidence, other.confidence))
    return not like, (tie,) if tie else None


def _opposed(step: Step, windows: Sequence[Sequence[Step]]) -> tuple[bool, tuple[Tie, ...] | None]:
    others = (
        next((s for s in window if _same_giver(s.move.giver, step.move.giver) and _clash(s, step)), None)
        for window in windows
    )
    ties = tuple(link("contradicts", step, s, min(step.confidence, s.confidence)) for s in others if s)
    return True, ties or None


def _clash(a: Step, b: Step) -> bool:
    if within(a, b, NEAR_DENIAL) is not True or not _compatible(a.move.quantity, b.move.quantity):
        return False
    if "denies" in (a.move.act, b.move.act):
        return (a.move.statement != b.move.statement or a.move.statement is None) and _denied(a, b)
    if not _one_matter(a, b):
        return False
    if "past" in (a.move.when, b.move.when):
        return False
    return a.report != b.report and (a.move.quantity is None) == (b.move.quantity is None)


def _denied(a: Step, b: Step) -> bool:
    """Whether a denial is about the move: it follows it closely ("denied any such thing") or has its words."""
    close = a.report == b.report and 0 <= b.evidence.start - a.evidence.end <= CLOSE and b.move.act == "denies"
    if close and frozenset(data()["denial"]["pointing"].split()).intersection(words(b.evidence.text)):
        return True
    if _keeps_to(a, b) or _keeps_to(b, a):
        return False
    return _shared(a, b) >= (ABOUT if a.move.issue == TALKS else 1)


def _keeps_to(denial: Step, other: Step) -> bool:
    """Whether a denial is of giving way ("denied that it had dropped its demand"): what is demanded then stays so."""
    if denial.move.act != "denies" or other.move.act not in data()["denial"]["firm"]:
        return False
    return not frozenset(data()["denial"]["yielding"].split()).isdisjoint(words(denial.evidence.text))


def _one_matter(a: Step, b: Step) -> bool:
    """Whether two moves on one issue can be about one thing; "talks" may be about anything at all."""
    return a.move.issue != TALKS or _shared(a, b) >= ABOUT


def _shared(a: Step, b: Step) -> int:
    """How many words of matter two moves share, by their stems: neither names nor words of every sentence."""
    names = stems(a.move.party) | stems(a.move.to or "") | stems(b.move.to or "")
    return len((stems(a.evidence.text) & stems(b.evidence.text)) - names - stems(ignored()))


def _opposites(a: Act, b: Act) -> bool:
    if "denies" in (a, b):
        return (b if a == "denies" else a) in data()["denial"]["of"]
    opposed = data()["opposed"]
    return b in opposed.get(a, ()) or a in opposed.get(b, ())


def _same_giver(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a == b


def _compatible(a: Quantity | None, b: Quantity | None) -> bool:
    """Whether both can be true of one thing: no quantity leaves it open."""
    if a is None or b is None:
        return True
    return a.unit == b.unit and not exclude(bounds(a.low, a.high), bounds(b.low, b.high))
