"""What a kept ledger answers is written down when its reports are tied, so that it need not be opened.

Where the parties stand, the line of proposals and the moves of each party on each issue are fetched in the time that
they take to be shown, however many reports there are, and so are a single report with what it says, and what waits
for a review. Whole pages may be written down beside them. Everything else is asked of the whole ledger, which is opened
then and once.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from onthetable.case import Issue
from onthetable.ledger import Ledger
from onthetable.model import (
    Extent,
    GapState,
    Move,
    Position,
    Published,
    Track,
)
from onthetable.reviews import Correction
from onthetable.standing import lately
from onthetable.store import Store, codec
from onthetable.store.version import answered_by, tied_by

Row = tuple[str, str, bytes]
"""Name, key and answer."""
TIES, ANSWERS = "ties", "answers"
"""Under which names it is kept what the ledger is made with, and of which state the answers are."""
PIECE = 250
"""Moves of a party on an issue that are fetched at a time."""
STEPS = 40
"""Steps of a history that are fetched with where a party stands now, unless all are asked for."""
NAMES = ("report", "family", "moves", "waiting", "position", "stand", "track", "head")
"""What answers there are."""
PAGE = "page"
"""The name under which whole pages are written down."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A report as the ledger has it: by which version it was read, when it was published, and its origins.

    `family` is the first report of its family, if it has any other. `places` and `voices` are those of the ledger.
    """

    version: str
    published: Published | None
    origins: tuple[str, ...]
    family: str | None
    places: dict[str, int]
    voices: dict[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """A move, the place of its report and of itself in that, and the day on which the report was out for sure."""

    place: tuple[int, int]
    known: date | None
    move: Move


@dataclass(frozen=True, slots=True)
class Head:
    """What is asked of the ledger as a whole; `rejected` are names with reasons, `moves` parties, issues and counts.

    `waiting` counts the moves that nobody has looked at, `reviews` the reviews that the
    corrections are made of, `old` the reports that other rules have read.
    """

    issues: tuple[Issue, ...]
    states: tuple[tuple[str, GapState], ...]
    moves: tuple[tuple[str, str, int], ...]
    waiting: int
    extent: Extent
    published: tuple[date, ...]
    rejected: tuple[tuple[str, str], ...]
    corrections: tuple[Correction, ...]
    reviews: int
    orphans: tuple[int, ...]
    old: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """A kept ledger as it is asked: with the corrections that people made.

    `old` counts the reports that other rules than those of this program read; `orphans` are the numbers of the reviews
    that found no record.
    """

    ledger: Ledger
    old: int
    orphans: tuple[int, ...]


def written(loaded: Loaded, versions: Mapping[str, str], reviews: int) -> Iterator[Row]:
    """What a ledger answers, to be written down.

    `versions` tell by which version each report was read, and it was corrected by so many reviews.
    """
    ledger = loaded.ledger
    told: dict[tuple[str, str], list[Told]] = {}
    for n, reading in enumerate(ledger.readings):
        id = reading.report.id
        day, family = ledger.day(id), ledger.family(id)
        first = family[0] if len(family) > 1 else None
        published, origins = ledger.published(id), ledger.origins(id)
        placed = Placed(versions[id], published, origins, first, ledger.places(id), ledger.voices(id))
        yield "report", id, codec.answer_to_bytes(Placed, placed)
        if first == id:
            yield "family", id, codec.answer_to_bytes(tuple[str, ...], family)
        for k, m in enumerate(reading.moves):
            told.setdefault((m.party, m.issue), []).append(Told((n, k), day.latest if day else None, m))
    for (party, issue), moves in told.items():
        for n in range(0, len(moves), PIECE):
            yield "moves", track_key(party, issue, n // PIECE), codec.answer_to_bytes(list[Told], moves[n : n + PIECE])
    waiting = ledger.waiting()
    for n in range(0, len(waiting), PIECE):
        yield "waiting", f"{n // PIECE:06}", codec.answer_to_bytes(list[Move], list(waiting[n : n + PIECE]))
    for n, position in enumerate(ledger.positions()):
        yield "position", f"{n:06}", codec.answer_to_bytes(Position, position)
        yield "stand", f"{n:06}", codec.answer_to_bytes(Position, lately(position, STEPS))
    for n, track in enumerate(ledger.lines()):
        yield "track", f"{n:06}", codec.answer_to_bytes(Track, track)
    states = tuple((g.issue, g.state) for g in ledger.gaps())
    rejected = tuple((e.name, e.reason) for e in ledger.rejected)
    counted = tuple((*track, len(moves)) for track, moves in told.items())
    head = Head(
        ledger.issues(), states, counted, len(waiting), ledger.extent(), ledger.publication_days(), rejected,
        ledger.corrections, reviews, loaded.orphans, loaded.old,
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


def latest(store: Store, revision: tuple[int, ...]) -> tuple[int, ...] | None:
    """The latest revision, up to this one and for the same case, of which answers are written down by these rules."""
    made = state_of(revision).removeprefix("/".join(map(str, revision)))
    there = [tuple(map(int, s.removesuffix(made).split("/"))) for s in store.answered() if s.endswith(made)]
    return max((r for r in there if r[0] == revision[0] and _is_before(r, revision)), default=None)


def overtaken(store: Store, revision: tuple[int, ...]) -> bool:
    """Whether answers of a later revision are written down."""
    there = latest(store, store.revision())
    return there is not None and there != revision and _is_before(revision, there)


def _is_before(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(a <= b for a, b in zip(one, other, strict=True))


def wrong(store: Store, state: str, expected: Iterable[Row]) -> bool:
    """Whether what was written down of a state of the store is not what it should be; of pages, whether one changed."""
    rows = {(n, k): data for n in NAMES for k, data in (store.answers(n, state) or {}).items()}
    pages = (store.answers(PAGE, state) or {}).values()
    damaged = any(unsealed(data) is None for data in pages)
    return damaged or (bool(rows) and rows != {(n, k): data for n, k, data in expected})


def sealed(data: bytes) -> bytes:
    """Data packed together with its hash."""
    return hashlib.sha256(data).digest() + zlib.compress(data, 1)


def unsealed(packed: bytes) -> bytes | None:
    """What was sealed; None if it was changed."""
    with suppress(zlib.error):
        data = zlib.decompress(packed[32:])
        return data if hashlib.sha256(data).digest() == packed[:32] else None
    return None


def track_key(party: str, issue: str, piece: int) -> str:
    """The key of a piece of the moves of a party on an issue."""
    return json.dumps([party, issue, piece])
