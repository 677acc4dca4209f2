"""Where a party stands: moves added up to positions, and how positions compare. Pure functions over records.

Whether two agree is read off their acts, givers and numbers, and off the words of the moves: who accepts that a duty
ends has not agreed with who accepts that it stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from onthetable.lexicon import load
from onthetable.model import Act, Backing, GapState, Interval, Move, Position, Stance
from onthetable.text import words

TALKS = "talks"
"""The issue of every pack that is about whether, where and on what basis to negotiate."""
FIRM: tuple[Act, ...] = (
    "delivers", "accepts", "rejects", "concedes", "offers", "demands", "threatens", "considers",
)  # fmt: skip
AT_TALKS: tuple[Act, ...] = (*FIRM, "meets", "mediates")
SETTLES: frozenset[Act] = frozenset({"delivers", "accepts"})
_WILLING: frozenset[Act] = SETTLES | {"offers", "concedes"}
_MEETING: frozenset[Act] = frozenset({"meets", "accepts", "delivers"})
_WORDS = load("onthetable", "standing.toml")
_STEM = 3
"""Least letters of a word that an ending is taken from."""

Key = tuple[str, str, str | None]
"""Party, issue and giver."""


def grouped(moves: Iterable[Move]) -> dict[Key, list[Move]]:
    """Moves by party, issue and giver; one that names no giver goes with the only giver named, if it is one.

    An acceptance that names no giver goes with every giver: it answers whatever was open on the issue.
    """
    moves = tuple(moves)
    givers: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for move in moves:
        if move.giver:
            givers[move.party, move.issue][move.giver] = None
    groups: dict[Key, list[Move]] = defaultdict(list)
    for move in moves:
        known = list(givers[move.party, move.issue])
        every = move.giver is None and known and (len(known) == 1 or move.act == "accepts")
        for giver in known if every else [move.giver]:
            groups[move.party, move.issue, giver].append(move)
    return groups


def position(
    key: Key,
    moves: Iterable[Move],
    days: Mapping[str, Interval | None],
    weight: Callable[[Move], tuple[bool, ...]],
    behind: Callable[[Sequence[str]], Backing],
) -> Position | None:
    """What the moves of a party on an issue, and giver, add up to; None where none of them takes a stand.

    `days` are those of the story of each report (by id), `weight` what makes a move count less than others of its day,
    `behind` tells what stands behind moves (ids).
    """
    party, issue, giver = key
    acts = AT_TALKS if issue == TALKS else FIRM
    by_day: dict[Interval | None, list[Move]] = defaultdict(list)
    for move in moves:
        if move.act in acts:
            by_day[days[move.report]].append(move)
    history: list[Stance] = []
    last: list[Move] = []
    reported: Interval | None = None
    for day in sorted(by_day, key=placed):
        told = sorted(by_day[day], key=lambda m: (*weight(m), acts.index(m.act), m.report, m.evidence.start, m.id))
        history += past(m for m in told if m.when == "past")
        if present := [m for m in told if m.when != "past"]:
            last, reported = present, day
            extend(history, present, day)
    if not last:
        return None
    now = history[-1] if not history[-1].past else next(s for s in reversed(history) if not s.past)
    also = tuple(m.id for m in last if m.id not in now.moves)
    planned = all(m.when == "planned" for m in last if m.id in now.moves)
    backing = behind(now.moves)
    return Position(
        party, issue, giver, now.act, now.quantity, now.when, reported, now.moves, backing.origins,
        tuple(history), also, planned, backing.reports, backing.named,
    )  # fmt: skip


def lately(p: Position, steps: int | None) -> Position:
    """A position with so many of the latest steps of its history, or all."""
    return replace(p, history=p.history[-steps:]) if steps and len(p.history) > steps else p


def moves_of(p: Position) -> tuple[str, ...]:
    """The moves that a position is made of, by id: now, of the same day, and in its history."""
    return (*p.moves, *p.also, *(m for step in p.history for m in step.moves))


def placed(day: Interval | None) -> tuple[date, date]:
    """Where a day stands among others; one that is not known comes first."""
    return (day.earliest, day.latest) if day else (date.min, date.min)


def past(moves: Iterable[Move]) -> list[Stance]:
    """The steps that moves told as past make."""
    return [Stance(m.act, m.quantity, None, (m.id,), past=True) for m in moves]


def extend(history: list[Stance], present: list[Move], day: Interval | None) -> None:
    """Add a day's stance, or join it to the one before if that is the same.

    A quantity that is not repeated has not changed.
    """
    act = present[0].act
    moves = [m for m in present if m.act == act]
    quantity = next((m.quantity for m in moves if m.quantity), None)
    moves = [m for m in moves if m.quantity in (None, quantity)]
    before = next((n for n in reversed(range(len(history))) if not history[n].past), None)
    if before is not None:
        held = history[before]
        if held.act == act and (quantity is None or held.quantity in (None, quantity)):
            ids = (*held.moves, *(m.id for m in moves))
            history[before] = Stance(act, quantity or held.quantity, held.when, ids)
            return
    history.append(Stance(act, quantity, day, tuple(m.id for m in moves)))


def state(held: Sequence[Position], moves: Mapping[str, Move], firmly: Callable[[Position], bool]) -> GapState:
    """How the positions that count on an issue compare; `firmly` tells whether one is beyond hedge and hearsay."""
    if not held:
        return "not reported"
    if len({p.party for p in held}) == 1:
        return "one-sided"
    if held[0].issue == TALKS and all(p.stance in _MEETING for p in held):
        return "agreed"
    settled = [p for p in held if p.stance in SETTLES and firmly(p)]
    agreed = bool(settled) and not _differ(held) and all(_settled(p, held, settled, moves) for p in held)
    return "agreed" if agreed else "contested"


def _settled(p: Position, held: Sequence[Position], settled: Sequence[Position], moves: Mapping[str, Move]) -> bool:
    """Whether what a position names is what another side has settled, or settles what another names."""
    if p.stance == "demands":
        return any(s.party != p.party and s.giver == p.giver and _fit(p, s, moves) for s in settled)
    if p.stance not in _WILLING:
        return False
    others = [q for q in (held if p in settled else settled) if q.party != p.party]
    return any(
        _fit(p, q, moves) and (q.stance not in SETTLES or p not in settled or _alike(p, q, moves)) for q in others
    )


def _fit(p: Position, q: Position, moves: Mapping[str, Move]) -> bool:
    """Whether the words of two positions do not speak against each other: "abolish it" and "it remains" do."""
    a, b = _said(p, moves), _said(q, moves)
    return not any(x & _ENDING and not x & _KEEPING and y & _KEEPING and not y & _ENDING for x, y in ((a, b), (b, a)))


def _alike(p: Position, q: Position, moves: Mapping[str, Move]) -> bool:
    """Whether two that have both accepted share a word for what they accept."""
    apart = {_stem(w) for x in (p, q) for w in words(x.party)}
    return bool((_said(p, moves) & _said(q, moves)) - apart - _EMPTY)


def _said(p: Position, moves: Mapping[str, Move]) -> set[str]:
    return {_stem(w) for m in p.moves for w in words(moves[m].evidence.text)}


def _stem(word: str) -> str:
    """A word without its ending, so far as two forms of it become the same."""
    ending = next((e for e in ("ing", "ed", "es", "s") if word.endswith(e) and len(word) - len(e) >= _STEM), "")
    return word.removesuffix(ending).removesuffix("e")


_ENDING, _KEEPING, _EMPTY = (frozenset(map(_stem, _WORDS[k])) for k in ("ending", "keeping", "empty"))


def _differ(positions: Sequence[Position]) -> bool:
    """Whether two name other quantities of one unit; an unknown giver may be anybody's."""
    counted = [(p.giver, p.quantity) for p in positions if p.quantity]
    return any(
        a.unit == b.unit and (a.low, a.high) != (b.low, b.high) and (x == y or None in (x, y))
        for (x, a), (y, b) in combinations(counted, 2)
    )
