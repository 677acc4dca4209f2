"""The ledger as pages ask for it: made once of what the store holds, and again when that has changed.

A large one is not made here: a scribe, a process of its own, writes down what it answers and shows.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from onthetable import answers
from onthetable.answering import Answering, fetched
from onthetable.answers import Loaded
from onthetable.case import Case
from onthetable.errors import OnTheTableError, UsageError
from onthetable.following import Followed
from onthetable.ledger import Ledger
from onthetable.memory import set_apart, uncollected
from onthetable.model import Interval, Ties
from onthetable.reviews import Review
from onthetable.store import Only, Store, open_store
from onthetable.store.passages import Passage
from onthetable.web.scribe import PREPARED, BrokeOff, Scribe
from onthetable.web.standard import plain

T = TypeVar("T")
KEPT = 256
"""Answers that are kept until the ledger changes."""
QUICK = 0.3
"""A ledger that is made in so many seconds is waited for; of a longer one readers have it as it was."""
PATIENCE = 5.0
"""Seconds that somebody who has just changed the ledger waits for it."""
WARMING = 60.0
"""Seconds that answers are made in again for, before readers have the new ledger."""
LONG = 1.0
"""What takes so many seconds to make is large: the cycle collector is not to look through it again and again."""
MOST = 1_000
"""Paragraphs that a search looks at where it is narrowed to days."""
LARGE = 1_000
"""Reports from which on a ledger is shown from what is written down, and made by the scribe."""
EVERYTHING = Only()


class Held:
    """The ledger in one state, and what was made of it by its key; kept until there is a later one."""

    def __init__(self, state: tuple[int, ...], loaded: Loaded) -> None:
        self.state, self.loaded = state, loaded
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, tuple[Callable[[Ledger], Any] | None, Any]] = OrderedDict()

    def answer(self, key: Hashable, make: Callable[[Ledger], T], *, again: bool) -> T:
        """What is made of the ledger under a key; `again` tells that it can be made of a later ledger as well."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                found: T = self._answers[key][1]
                return found
        begun = time.monotonic()
        with uncollected():
            made = make(self.loaded.ledger)
        if time.monotonic() - begun > LONG:
            set_apart()
        with self._lock:
            self._answers[key] = make if again else None, made
            while len(self._answers) > KEPT:
                self._answers.popitem(last=False)
        return made

    def has(self, key: Hashable) -> bool:
        """Whether there is something under a key."""
        return key in self._answers

    def asked(self) -> list[tuple[Hashable, Callable[[Ledger], Any]]]:
        """What was asked and can be made again, what was asked last at the end."""
        with self._lock:
            return [(key, make) for key, (make, _) in self._answers.items() if make]


class Sitting:
    """The ledger as one request has it from beginning to end, whatever changes meanwhile."""

    def __init__(self, desk: Desk, held: Held) -> None:
        self._desk, self._held = desk, held
        self.store = desk.store

    @property
    def loaded(self) -> Loaded:
        """The ledger with the reviews that found no record. An empty one where nothing is in the store yet."""
        return self._held.loaded

    @property
    def ledger(self) -> Ledger:
        """The ledger as corrected."""
        return self.loaded.ledger

    @property
    def empty(self) -> bool:
        """Whether no report is in it."""
        return not isinstance(self.ledger, Answering) and not self.ledger.readings

    def answer(self, key: Hashable, make: Callable[[Ledger], T], *, again: bool = True) -> T:
        """What is made of the ledger, kept by its key until the ledger changes.

        Unless `again` is false, `make` is called with later ledgers too, and may know of none but the one given.
        """
        return self._held.answer(key, make, again=again)

    def has(self, key: Hashable) -> bool:
        """Whether there is something under a key already."""
        return self._held.has(key)

    def find(self, query: str, limit: int = 50, only: Only = EVERYTHING) -> list[Passage]:
        """Paragraphs with all words of a query, the best first. Raises UsageError for an unknown party or issue.

        Days are those of the ledger, which knows them from other reports too; the `MOST` best are held against them.
        """
        since, until = only.since, only.until
        dated = since is not None or until is not None
        try:
            found = self.store.find(query, MOST if dated else limit, replace(only, since=None, until=None))
        except UsageError as e:
            raise UsageError(str(e).replace("--", "")) from None
        there = self.ledger.among({p.report for p in found}) if dated else ()
        return [
            p for p in found if not dated or (p.report in there and _within(self.ledger.day(p.report), since, until))
        ][:limit]

    def review(self, review: Review) -> int:
        """Keeps what somebody said of a record, and returns its number."""
        return self._desk.review(review)


class Desk:
    """A kept ledger, shared by all requests. A reader never waits for a writer: it has the ledger as it was."""

    def __init__(self, where: str) -> None:
        self.store: Store = open_store(where, create=True)
        self._followed = Followed(self.store)
        self._scribe = Scribe(where, self.store.where)
        self._making = threading.Lock()
        self._maker: threading.Thread | None = None
        self._failed: OnTheTableError | None = None
        self._given_up: Hashable = None
        self._ready = False
        self._took = 0.0
        self._held: Held | None = None

    def close(self) -> None:
        """Lets go of the store."""
        self._scribe.close()
        if self._maker:
            self._maker.join()
        with suppress(OnTheTableError):
            self._followed.keep()
        self.store.close()

    def sit(self) -> Sitting:
        """The ledger for a request: as it is, or as it was where making it takes long."""
        quick = self._ready and self._took <= QUICK and not self._is_apart
        return Sitting(self, self._now(2 * QUICK if quick else 0.0))

    @property
    def _is_apart(self) -> bool:
        """Whether the scribe makes the ledger."""
        return self._held is not None and isinstance(self._held.loaded.ledger, Answering)

    def latest(self) -> Ledger:
        """The ledger with everything that is in the store, however long it takes to make."""
        return self._now(None).loaded.ledger

    def review(self, review: Review) -> int:
        """Keeps what somebody said of a record, and returns its number."""
        number = self.store.review(review)
        self._now(PATIENCE)
        return number

    def _now(self, patience: float | None) -> Held:
        """The ledger as it is, or as it was if it takes longer than so many seconds to make."""
        held = self._held
        if held is None:
            held = self._first()
        elif held.state != (now := self.store.revision()) and self._given_up != now:
            self._make_soon().join(patience)
        if failed := self._failed:
            self._failed = None
            raise failed
        return self._held or held

    def _first(self) -> Held:
        """The ledger for who asks before anybody: of a large one what was written down last, if anything was."""
        with self._making:
            if self._held is None:
                self._held = (self._written() if self._is_large() else None) or self._made()
        self._make_soon()
        return self._held

    def _make_soon(self) -> threading.Thread:
        with self._making:
            if not (self._maker and self._maker.is_alive()):
                self._maker = threading.Thread(target=self._attempt, daemon=True)
                self._maker.start()
            return self._maker

    def _attempt(self) -> None:
        """Makes the ledger until it is that of the store, and makes ready for the next change."""
        now = self.store.revision()
        try:
            self._get_ready()
            while not self._held or self._held.state != (now := self.store.revision()):
                self._take(self._made())
        except BrokeOff as e:  # the same would happen again
            self._failed, self._given_up = e, now
        except OnTheTableError as e:
            self._failed = e

    def _get_ready(self) -> None:
        if self._ready:
            return
        if not self._is_large():
            self._followed.prepare()
        elif self._held and (self._held.state[1] <= PREPARED or not self._is_written(self._held.state)):
            self._scribe.turn()
        self._ready = True

    def _made(self) -> Held:
        """The ledger as it is now. Raises OnTheTableError."""
        begun, now = time.monotonic(), self.store.revision()
        held = None
        if self._is_large():
            self._let_go()
            held = self._written() if self._scribe.turn() else None
        held = held or Held(now, self._loaded())
        self._took = time.monotonic() - begun
        return held

    def _take(self, held: Held) -> None:
        """Readers have this one from now on."""
        if self._held and self._took > QUICK and not isinstance(held.loaded.ledger, Answering):
            _prepare(held, self._held.asked())
        self._held = held
        set_apart()

    def _loaded(self) -> Loaded:
        return self._followed.load() if self.store.case() else Loaded(_EMPTY, 0, ())

    def _is_large(self) -> bool:
        return self.store.revision()[1] >= LARGE

    def _let_go(self) -> None:
        """What was made here while the ledger was small; the scribe goes on from it."""
        self._followed.keep()
        self._followed = Followed(self.store)

    def _written(self) -> Held | None:
        """The latest ledger that was written down by these rules, whatever came since."""
        state = answers.latest(self.store, self.store.revision())
        loaded = fetched(self.store, answers.state_of(state), lambda: self._lose(state)) if state else None
        return Held(state, loaded) if state and loaded else None

    def _is_written(self, state: tuple[int, ...]) -> bool:
        return bool(self.store.answers(answers.PAGE, answers.state_of(state), [plain().key]))

    def _lose(self, state: tuple[int, ...]) -> None:
        """What was written down of a state is gone: whoever asks next has another, or waits for it."""
        if self._held and self._held.state == state:
            self._held = None


def _prepare(held: Held, asked: Sequence[tuple[Hashable, Callable[[Ledger], Any]]]) -> None:
    """Makes what was asked lately of a ledger before anybody has it, so that nobody waits for it."""
    until = time.monotonic() + WARMING
    for key, make in reversed(asked):
        if time.monotonic() < until:
            with suppress(Exception):  # whoever asks for it is told
                held.answer(key, make, again=True)


def _within(days: Interval | None, since: date | None, until: date | None) -> bool:
    return (since is None or (days is not None and days.earliest >= since)) and (
        until is None or days is None or days.latest <= until
    )


_EMPTY = Ledger(Case("no reports yet", ()), (), Ties({}, {}, (), ()), ())
