"""The ledger as pages ask for it: made once of what the store holds, and again when that has changed."""

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
from onthetable.answers import Answering
from onthetable.case import Case
from onthetable.errors import OnTheTableError, UsageError
from onthetable.following import Followed, Loaded
from onthetable.ledger import Ledger
from onthetable.memory import set_apart, uncollected
from onthetable.model import Interval, Ties
from onthetable.reviews import Review
from onthetable.store import Only, Store, open_store
from onthetable.store.passages import Passage

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
"""Reports from which on a ledger is shown before all of it is opened."""
PREPARED = 20_000
"""Reports up to which it is made ready for a change before there is one: of more, that alone takes gigabytes."""
EVERYTHING = Only()


class Held:
    """The ledger in one state, and what was made of it by its key; kept until there is a later one."""

    def __init__(self, state: Hashable, loaded: Loaded) -> None:
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
        return [p for p in found if not dated or _within(self.ledger.day(p.report), since, until)][:limit]

    def review(self, review: Review) -> int:
        """Keeps what somebody said of a record, and returns its number."""
        return self._desk.review(review)


class Desk:
    """A kept ledger, shared by all requests. A reader never waits for a writer: it has the ledger as it was."""

    def __init__(self, where: str) -> None:
        self.store: Store = open_store(where, create=True)
        self._followed = Followed(self.store)
        self._making = threading.Lock()
        self._maker: threading.Thread | None = None
        self._failed: OnTheTableError | None = None
        self._ready = False
        self._took = 0.0
        self._held: Held | None = None
        self._opened = threading.Event()
        self._whole: Ledger | None = None

    def close(self) -> None:
        """Lets go of the store."""
        if self._maker:
            self._maker.join()
        with suppress(OnTheTableError):
            self._followed.keep()
        self.store.close()

    def sit(self) -> Sitting:
        """The ledger for a request: as it is, or as it was where making it takes long."""
        return Sitting(self, self._now(2 * QUICK if self._ready and self._took <= QUICK else 0.0))

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
        if held and held.state == self.store.revision():
            return held
        if held:
            with self._making:
                if not (self._maker and self._maker.is_alive()):
                    self._maker = threading.Thread(target=self._attempt, daemon=True)
                    self._maker.start()
                maker = self._maker
            maker.join(patience)
        else:
            with self._making:
                if not self._held:
                    self._make()
                    self._maker = threading.Thread(target=self._attempt, daemon=True)
                    self._maker.start()
        if failed := self._failed:
            self._failed = None
            raise failed
        assert self._held
        return self._held

    def _attempt(self) -> None:
        try:
            self._open()
            if self.store.revision()[1] <= PREPARED:
                self._followed.prepare()
            self._ready = True
            while not self._held or self._held.state != self.store.revision():
                self._make()
        except OnTheTableError as e:
            self._failed = e

    def _make(self) -> None:
        begun, now = time.monotonic(), self.store.revision()
        held = Held(now, self._unopened() or self._loaded())
        self._took = time.monotonic() - begun
        if self._held and self._took > QUICK:
            _prepare(held, self._held.asked())
        self._held = held
        set_apart()

    def _loaded(self) -> Loaded:
        return self._followed.load() if self.store.case() else Loaded(_EMPTY, 0, ())

    def _unopened(self) -> Loaded | None:
        """At the start, a large ledger of which the answers were written down: what is asked first needs no more."""
        case, revision = self.store.case(), self.store.revision()
        if self._held or not case or revision[1] < LARGE:
            return None
        state = answers.state_of(revision)
        head = answers.head_of(self.store, state)
        return Loaded(Answering(self.store, state, case, head, self._wait), head.old, head.orphans) if head else None

    def _wait(self) -> Ledger | None:
        self._opened.wait()
        return self._whole

    def _open(self) -> None:
        """Opens all of a ledger of which only answers were fetched until now."""
        held = self._held
        try:
            if held and isinstance(held.loaded.ledger, Answering):
                loaded = self._followed.load()
                if held.state == self.store.revision():
                    self._whole, held.loaded = loaded.ledger, loaded
        finally:
            self._opened.set()


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
