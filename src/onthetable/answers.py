"""A kept ledger that need not be opened: what it answers is written down when its reports are tied.

Where the parties stand, the line of proposals and the moves of each party on each issue are fetched in the time that
they take to be shown, however many reports there are, and so is a single report with what it says. Everything else is
asked of the whole ledger, which is opened then and once.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from threading import Lock
from typing import Any, TypeVar

from onthetable.case import Case, Issue
from onthetable.errors import InputError, StoreError
from onthetable.ledger import Ledger
from onthetable.memory import uncollected
from onthetable.model import (
    Act,
    Extent,
    Gap,
    GapState,
    Interval,
    Move,
    Position,
    Proposal,
    Published,
    Reading,
    Report,
    Statement,
    Ties,
    Track,
)
from onthetable.reviews import Correction, Review, apply
from onthetable.standing import lately
from onthetable.store import Store, codec
from onthetable.store.version import answered_by, tied_by
from onthetable.ties.independent import Wordings

T = TypeVar("T")
Row = tuple[str, str, bytes]
"""Name, key and answer."""
TIES, ANSWERS = "ties", "answers"
"""Under which names it is kept what the ledger is made with, and of which state the answers are."""
PIECE = 250
"""Moves of a party on an issue that are fetched at a time."""
STEPS = 40
"""Steps of a history that are fetched with where a party stands now, unless all are asked for."""
NAMES = ("report", "moves", "position", "stand", "track", "head")
"""What answers there are."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A report as the ledger has it: by which version it was read, when it was published, its origins and family."""

    version: str
    published: Published | None
    origins: tuple[str, ...]
    family: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A move, the place of its report and of itself in that, and the day on which the report was out for sure."""

    place: tuple[int, int]
    known: date | None
    move: Move


@dataclass(frozen=True, slots=True)
class Head:
    """What is asked of the ledger as a whole; `rejected` are names with reasons, `moves` parties, issues and counts.

    `reviews` counts the reviews that the corrections are made of, `old` the reports that other rules have read.
    """

    issues: tuple[Issue, ...]
    states: tuple[tuple[str, GapState], ...]
    moves: tuple[tuple[str, str, int], ...]
    extent: Extent
    published: tuple[date, ...]
    rejected: tuple[tuple[str, str], ...]
    corrections: tuple[Correction, ...]
    reviews: int
    orphans: tuple[int, ...]
    old: int


def written(
    ledger: Ledger, versions: Mapping[str, str], reviews: int, orphans: tuple[int, ...], old: int
) -> Iterator[Row]:
    """What a ledger answers, to be written down; `versions` tell by which version each report was read."""
    told: dict[tuple[str, str], list[Told]] = {}
    for n, reading in enumerate(ledger.readings):
        id = reading.report.id
        day = ledger.day(id)
        placed = Placed(versions[id], ledger.published(id), ledger.origins(id), ledger.family(id))
        yield "report", id, codec.answer_to_bytes(Placed, placed)
        for k, m in enumerate(reading.moves):
            told.setdefault((m.party, m.issue), []).append(Told((n, k), day.latest if day else None, m))
    for (party, issue), moves in told.items():
        for n in range(0, len(moves), PIECE):
            yield "moves", _key(party, issue, n // PIECE), codec.answer_to_bytes(list[Told], moves[n : n + PIECE])
    for n, position in enumerate(ledger.positions()):
        yield "position", f"{n:06}", codec.answer_to_bytes(Position, position)
        yield "stand", f"{n:06}", codec.answer_to_bytes(Position, lately(position, STEPS))
    for n, track in enumerate(ledger.lines()):
        yield "track", f"{n:06}", codec.answer_to_bytes(Track, track)
    states = tuple((g.issue, g.state) for g in ledger.gaps())
    rejected = tuple((e.name, e.reason) for e in ledger.rejected)
    counted = tuple((*track, len(moves)) for track, moves in told.items())
    head = Head(
        ledger.issues(), states, counted, ledger.extent(), ledger.publication_days(), rejected, ledger.corrections,
        reviews, orphans, old,
    )  # fmt: skip
    yield "head", "", codec.answer_to_bytes(Head, head)


def tied(revision: tuple[int, ...]) -> str:
    """Names what a store holds, and the rules by which this program ties it."""
    return "/".join(map(str, (*revision, tied_by())))


def state_of(revision: tuple[int, ...]) -> str:
    """Names what a store holds, and the rules by which this program ties it and answers."""
    return f"{tied(revision)}/{answered_by()}"


def head_of(store: Store, state: str) -> Head | None:
    """What was written down of the ledger as a whole in a state of the store, if that is what was last."""
    found = store.answers("head", state) or {}
    with suppress(ValueError, zlib.error):
        return next((codec.answer_from_bytes(Head, data) for data in found.values()), None)
    return None


def wrong(store: Store, state: str, expected: Iterable[Row]) -> bool:
    """Whether what was written down of a state of the store is not what it should be."""
    rows = {(n, k): data for n in NAMES for k, data in (store.answers(n, state) or {}).items()}
    return bool(rows) and rows != {(n, k): data for n, k, data in expected}


class Answering(Ledger):
    """The ledger in a store, of which everything was written down. Raises StoreError where something else was since.

    `whole` may give the same ledger with all that is in it, if somebody has it; else it is opened here, once.
    """

    def __init__(
        self, store: Store, state: str, case: Case, head: Head, whole: Callable[[], Ledger | None] | None = None
    ) -> None:
        rejected = tuple(InputError(name, reason) for name, reason in head.rejected)
        vars(self).update(case=case, rejected=rejected, corrections=head.corrections)
        vars(self).update(_store=store, _named=state, _head=head, _lock=Lock(), _elsewhere=whole, _wordings=Wordings())
        vars(self).update(_reading=cache(self._fetch_reading), _placed=cache(self._fetch_place))

    def __eq__(self, other: object) -> bool:
        """What a ledger holds decides, however it is fetched."""
        mine = self.case, self.readings, self.ties
        return isinstance(other, Ledger) and mine == (other.case, other.readings, other.ties)

    __hash__ = Ledger.__hash__

    _store: Store
    _named: str
    _head: Head
    _lock: Lock
    _elsewhere: Callable[[], Ledger | None] | None
    _reading: Callable[[str], Reading]
    _placed: Callable[[str], Placed]

    # --- what is fetched ----------------------------------------------------------------------------

    def report(self, id: str) -> Report:
        """The report of that id. Raises KeyError if there is none."""
        return super().report(id) if self._is_open else self._reading(id).report

    def published(self, id: str) -> Published | None:
        """When a report was published, and how that is known."""
        return super().published(id) if self._is_open else self._placed(id).published

    def day(self, id: str) -> Interval | None:
        """The days on which a report can have been published."""
        published = self.published(id)
        return published.interval if published else None

    def extent(self, at: date | None = None) -> Extent:
        """How many reports there are, how many stories they tell, and from which days they are."""
        return super().extent(at) if at else self._head.extent

    def publication_days(self) -> tuple[date, ...]:
        """The days by which reports were out for sure, each once."""
        return self._head.published

    def family(self, id: str) -> tuple[str, ...]:
        """The reports that tell one story with this one, itself included, in order of publication."""
        return super().family(id) if self._is_open else self._placed(id).family

    def origins(self, id: str) -> tuple[str, ...]:
        """The news organisations that a report says it took its news from, nearest first."""
        return super().origins(id) if self._is_open else self._placed(id).origins

    def statement(self, id: str) -> Statement:
        """The statement of that id. Raises KeyError if there is none."""
        return super().statement(id) if self._is_open else _by_id(self._reading(_report_of(id)).statements, id)

    def move(self, id: str) -> Move:
        """The move of that id. Raises KeyError if there is none."""
        return super().move(id) if self._is_open else _by_id(self._reading(_report_of(id)).moves, id)

    def proposal(self, id: str) -> Proposal:
        """The proposal of that id. Raises KeyError if there is none."""
        return super().proposal(id) if self._is_open else _by_id(self._reading(_report_of(id)).proposals, id)

    def moves(
        self, at: date | None = None, *, party: str | None = None, issue: str | None = None, act: Act | None = None,
        last: int | None = None,
    ) -> tuple[Move, ...]:  # fmt: skip
        """Every move, or those of a party (by its name in the case), issue (by its id) or act; report by report.

        Of many, `last` gives so many of the latest.
        """
        if not party and not issue:
            return super().moves(at, act=act, last=last)
        tracks = [(p, i, n) for p, i, n in self._head.moves if party in (None, p) and issue in (None, i)]
        told = [t for track in tracks for t in self._latest(track, lambda t: _is(t, at, act), last)]
        told.sort(key=lambda t: t.place)
        found = tuple(t.move for t in told)
        return found[-last:] if last else found

    def count(self, party: str, issue: str, at: date | None = None) -> int:
        """How many moves of a party on an issue there are."""
        if at:
            return super().count(party, issue, at)
        return next((n for p, i, n in self._head.moves if (p, i) == (party, issue)), 0)

    def positions(self, at: date | None = None) -> tuple[Position, ...]:
        """What the moves of each party on each issue, and giver, add up to."""
        return super().positions(at) if at else self._standing

    def lines(self, at: date | None = None) -> tuple[Track, ...]:
        """Every proposal once, however many reports tell of it, with what it answers and how it differs from that."""
        return super().lines(at) if at else self._tracks

    def gaps(self, at: date | None = None, *, steps: int | None = None) -> tuple[Gap, ...]:
        """How the principals' positions on each issue compare; `steps` gives so many of the latest of each history."""
        if at:
            return super().gaps(at, steps=steps)
        few = steps is not None and steps <= STEPS
        held = tuple(lately(p, steps) for p in (self._fetch("stand", Position) if few else self._standing))
        return tuple(Gap(i, state, tuple(p for p in held if p.issue == i)) for i, state in self._head.states)

    def issues(self) -> tuple[Issue, ...]:
        """The issues of the case's packs, each once, then those that only a move names."""
        return self._head.issues

    def parties(self) -> tuple[str, ...]:
        """The parties of the case by name, then those that only a move names."""
        return self._parties_with(party for party, _, _ in self._head.moves)

    # --- what is opened -----------------------------------------------------------------------------

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """What every report says, in order of publication."""
        vars(self)["ties"] = self._opened.ties
        return self._opened.readings

    @cached_property
    def ties(self) -> Ties:
        """What ties the reports."""
        return self._opened.ties

    # --- inside -------------------------------------------------------------------------------------

    @cached_property
    def _standing(self) -> tuple[Position, ...]:
        return tuple(self._fetch("position", Position))

    @cached_property
    def _tracks(self) -> tuple[Track, ...]:
        return tuple(self._fetch("track", Track))

    @property
    def _is_open(self) -> bool:
        """Whether all of it is here, so that nothing need be fetched any more."""
        return "readings" in vars(self) and "ties" in vars(self)

    @property
    def _opened(self) -> Ledger:
        with self._lock:  # those who wait for it have the same one
            return self._whole

    @cached_property
    @uncollected()
    def _whole(self) -> Ledger:
        if self._elsewhere and (ledger := self._elsewhere()):
            return ledger
        versions = {id: placed.version for id, placed in self._answers("report", Placed).items()}
        readings = apply(list(self._store.readings(versions)), self._reviews).readings
        ties = self._store.derived(TIES, self._named.rpartition("/")[0])
        if ties is None:
            raise self._changed
        return Ledger(self.case, readings, codec.ties_from_bytes(ties), self.rejected, self.corrections)

    def _latest(self, track: tuple[str, str, int], counts: Callable[[Told], bool], last: int | None) -> Iterator[Told]:
        """The moves on a track that count, or so many of the latest at least, piece by piece from the end."""
        party, issue, number = track
        pieces = [_key(party, issue, n) for n in reversed(range(-(-number // PIECE)))]
        wanted = 1 if last else len(pieces)
        found = 0
        while pieces and not (last and found >= last):
            for piece in self._fetch("moves", list[Told], pieces[:wanted]):
                told = [t for t in piece if counts(t)]
                found += len(told)
                yield from told
            del pieces[:wanted]

    def _fetch(self, name: str, kind: Any, keys: list[str] | None = None) -> list[Any]:
        return list(self._answers(name, kind, keys).values())

    def _answers(self, name: str, kind: Any, keys: list[str] | None = None) -> dict[str, Any]:
        found = self._store.answers(name, self._named, keys)
        if found is None:
            raise self._changed
        try:
            return {key: codec.answer_from_bytes(kind, data) for key, data in found.items()}
        except (ValueError, zlib.error) as e:
            with suppress(StoreError):
                self._store.answer("", [])
            raise StoreError(self._store.where, "an answer in it was damaged and is made anew; ask again") from e

    @property
    def _changed(self) -> StoreError:
        return StoreError(self._store.where, "has changed since it was opened; ask again")

    def _fetch_place(self, id: str) -> Placed:
        for placed in self._fetch("report", Placed, [id]):
            found: Placed = placed
            return found
        raise KeyError(id)

    def _fetch_reading(self, id: str) -> Reading:
        (reading,) = self._store.readings({id: self._placed(id).version})
        return apply([reading], self._reviews).readings[0]

    @cached_property
    def _reviews(self) -> list[Review]:
        return self._store.reviews()[: self._head.reviews]


def _key(party: str, issue: str, piece: int) -> str:
    return json.dumps([party, issue, piece])


def _is(told: Told, at: date | None, act: Act | None) -> bool:
    return act in (None, told.move.act) and (at is None or told.known is None or told.known <= at)


def _report_of(id: str) -> str:
    return id.partition(".")[0]


def _by_id(records: tuple[T, ...], id: str) -> T:
    found = next((r for r in records if r.id == id), None)  # type: ignore[attr-defined]
    if found is None:
        raise KeyError(id)
    return found
