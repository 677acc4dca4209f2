"""The ledger in a store that need not be opened: what is asked is fetched from what is written down."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar, overload

from onthetable import answers
from onthetable.answers import PAGE, TIES, Head, Loaded, Placed, Told, head_of, track_key
from onthetable.case import Case, Issue
from onthetable.errors import InputError, StoreError
from onthetable.ledger import Ledger
from onthetable.memory import uncollected
from onthetable.model import (
    Act,
    Extent,
    Gap,
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
from onthetable.reviews import Review, apply
from onthetable.standing import lately
from onthetable.store import Store, codec
from onthetable.ties.independent import Wordings

T = TypeVar("T")
KNOWN, PIECES = 20_000, 64
"""Reports whose texts and places are held at a time, and a tenth as many readings; pieces of what waits."""


def fetched(store: Store, state: str, lost: Callable[[], None] = lambda: None) -> Loaded | None:
    """The ledger of a state of which everything was written down, if it was; for `lost` see `Answering`."""
    case, head = store.case(), head_of(store, state)
    return Loaded(Answering(store, state, case, head, lost), head.old, head.orphans) if case and head else None


class Pieces(Sequence[Move]):
    """Moves of which only the pieces that are looked at are fetched; `piece` gives one by its number."""

    def __init__(self, length: int, piece: Callable[[int], Sequence[Move]]) -> None:
        self._length, self._piece = length, piece

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> Move: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Move, ...]: ...
    def __getitem__(self, at: int | slice) -> Move | tuple[Move, ...]:
        if isinstance(at, slice):
            return tuple(self[n] for n in range(self._length)[at])
        place = range(self._length)[at]
        return self._piece(place // answers.PIECE)[place % answers.PIECE]


class Answering(Ledger):
    """The ledger in a store, of which everything was written down. Raises StoreError where something else was since.

    `lost` is told when what was written down is not there any more, or damaged.
    """

    def __init__(
        self, store: Store, state: str, case: Case, head: Head, lost: Callable[[], None] = lambda: None
    ) -> None:
        rejected = tuple(InputError(name, reason) for name, reason in head.rejected)
        vars(self).update(case=case, rejected=rejected, corrections=head.corrections)
        vars(self).update(_store=store, _named=state, _head=head, _lock=Lock(), _lost=lost, _wordings=Wordings())
        vars(self).update(_places_of={}, _texts={}, _readings_of={}, _told={}, _seen={})

    def __eq__(self, other: object) -> bool:
        """What a ledger holds decides, however it is fetched."""
        mine = self.case, self.readings, self.ties
        return isinstance(other, Ledger) and mine == (other.case, other.readings, other.ties)

    __hash__ = Ledger.__hash__

    _store: Store
    _named: str
    _head: Head
    _lock: Lock
    _lost: Callable[[], None]
    _places_of: dict[str, Placed]
    _texts: dict[str, Report]
    _readings_of: dict[str, Reading]
    _told: dict[str, tuple[str, ...]]
    _seen: dict[str, list[Move]]

    def open(self) -> None:
        """Fetches all of it at once, for who asks for record after record."""
        vars(self).update(readings=self.readings, ties=self.ties)

    def page(self, key: str) -> bytes | None:
        """A page that was written down under a key; None if there is none, or it was changed."""
        found = self._store.answers(PAGE, self._named, [key]) or {}
        return answers.unsealed(found[key]) if key in found else None

    # --- what is fetched ----------------------------------------------------------------------------

    def report(self, id: str) -> Report:
        """The report of that id. Raises KeyError if there is none."""
        if self._is_open:
            return super().report(id)
        return self._texts.get(id) or self._fetch_texts([id])[id]

    def reading(self, id: str) -> Reading:
        """What the report of that id says. Raises KeyError if there is none."""
        return super().reading(id) if self._is_open else self._reading(id)

    def among(self, ids: Iterable[str]) -> frozenset[str]:
        """Which of these are reports of this ledger, by their ids; their texts are fetched at once."""
        if self._is_open:
            return super().among(ids)
        ids = tuple(ids)
        missing = [i for i in ids if i not in self._texts]
        found = self._fetch_texts(missing) if missing else {}
        return frozenset(ids).difference(i for i in missing if i not in found)

    def published(self, id: str) -> Published | None:
        """When a report was published, and how that is known."""
        if self._is_open:
            return super().published(id)
        placed = self._known_place(id)
        return placed.published if placed else None

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
        if self._is_open:
            return super().family(id)
        placed = self._known_place(id)
        return self._family(placed.family) if placed and placed.family else (id,)

    def origins(self, id: str) -> tuple[str, ...]:
        """The news organisations that a report says it took its news from, nearest first."""
        if self._is_open:
            return super().origins(id)
        placed = self._known_place(id)
        return placed.origins if placed else ()

    def statement(self, id: str) -> Statement:
        """The statement of that id. Raises KeyError if there is none."""
        return super().statement(id) if self._is_open else _by_id(self._reading(_report_of(id)).statements, id)

    def move(self, id: str) -> Move:
        """The move of that id. Raises KeyError if there is none."""
        return super().move(id) if self._is_open else _by_id(self._reading(_report_of(id)).moves, id)

    def proposal(self, id: str) -> Proposal:
        """The proposal of that id. Raises KeyError if there is none."""
        return super().proposal(id) if self._is_open else _by_id(self._reading(_report_of(id)).proposals, id)

    def places(self, report: str) -> dict[str, int]:
        """The positions that moves of a report are part of, by their places in `positions`."""
        return super().places(report) if self._is_open else self._placed(report).places

    def voices(self, report: str) -> dict[str, str]:
        """Of each statement of a report that has a source, the first statement of that source in all reports."""
        return super().voices(report) if self._is_open else self._placed(report).voices

    def waiting(self) -> Sequence[Move]:
        """The moves that nobody has looked at, the least certain first; fetched as they are looked at."""
        return super().waiting() if self._is_open else Pieces(self._head.waiting, self._unseen)

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
        few = steps is not None and steps <= answers.STEPS
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
        versions = {id: placed.version for id, placed in self._answers("report", Placed).items()}
        readings = apply(list(self._store.readings(versions)), self._reviews).readings
        ties = self._store.derived(TIES, self._named.rpartition("/")[0])
        if ties is None:
            raise self._changed()
        return Ledger(self.case, readings, codec.ties_from_bytes(ties), self.rejected, self.corrections)

    def _latest(self, track: tuple[str, str, int], counts: Callable[[Told], bool], last: int | None) -> Iterator[Told]:
        """The moves on a track that count, or so many of the latest at least, piece by piece from the end."""
        party, issue, number = track
        pieces = [track_key(party, issue, n) for n in reversed(range(-(-number // answers.PIECE)))]
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
            raise self._changed()
        try:
            return {key: codec.answer_from_bytes(kind, data) for key, data in found.items()}
        except (ValueError, zlib.error) as e:
            with suppress(StoreError):
                self._store.forget(self._named)
            self._lost()
            raise StoreError(self._store.where, "an answer in it was damaged and is made anew; ask again") from e

    def _changed(self) -> StoreError:
        self._lost()
        return StoreError(self._store.where, "has changed since it was opened; ask again")

    def _known_place(self, id: str) -> Placed | None:
        with suppress(KeyError):
            return self._placed(id)
        return None

    def _placed(self, id: str) -> Placed:
        return _known(self._places_of, id, lambda: self._answers("report", Placed, [id])[id], KNOWN)

    def _fetch_texts(self, ids: list[str]) -> dict[str, Report]:
        places: dict[str, Placed] = self._answers("report", Placed, ids)
        found = {r.id: r for r in self._store.reports(places)}
        _keep(self._places_of, places, KNOWN)
        _keep(self._texts, found, KNOWN)
        return found

    def _family(self, first: str) -> tuple[str, ...]:
        return _known(self._told, first, lambda: tuple(self._fetch("family", tuple[str, ...], [first])[0]), KNOWN)

    def _unseen(self, piece: int) -> list[Move]:
        key = f"{piece:06}"
        return _known(self._seen, key, lambda: self._fetch("waiting", list[Move], [key])[0], PIECES)

    def _reading(self, id: str) -> Reading:
        return _known(self._readings_of, id, lambda: self._fetch_reading(id), KNOWN // 10)

    def _fetch_reading(self, id: str) -> Reading:
        (reading,) = self._store.readings({id: self._placed(id).version})
        return apply([reading], self._reviews).readings[0]

    @cached_property
    def _reviews(self) -> list[Review]:
        return self._store.reviews()[: self._head.reviews]


def _keep(known: dict[str, T], found: Mapping[str, T], most: int) -> None:
    """Adds what was fetched; all that is known is let go when it is too much."""
    if len(known) > most:
        known.clear()
    known.update(found)


def _known(known: dict[str, T], key: str, fetch: Callable[[], T], most: int) -> T:
    """What is known under a key, else what is fetched."""
    found = known.get(key)
    if found is None:
        found = fetch()
        _keep(known, {key: found}, most)
    return found


def _is(told: Told, at: date | None, act: Act | None) -> bool:
    return act in (None, told.move.act) and (at is None or told.known is None or told.known <= at)


def _report_of(id: str) -> str:
    return id.partition(".")[0]


def _by_id(records: tuple[T, ...], id: str) -> T:
    found = next((r for r in records if r.id == id), None)  # type: ignore[attr-defined]
    if found is None:
        raise KeyError(id)
    return found
