"""The ledger as pages ask for it: made once of what the store holds, and again when that has changed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from onthetable.case import Case
from onthetable.errors import UsageError
from onthetable.keeping import Loaded, load
from onthetable.ledger import Ledger
from onthetable.model import Interval, Ties
from onthetable.reviews import Review
from onthetable.store import Only, Store, open_store
from onthetable.store.passages import Passage

T = TypeVar("T")
KEPT = 256
"""Answers that are kept until the ledger changes."""
MOST = 1_000
"""Paragraphs that a search looks at where it is narrowed to days."""
EVERYTHING = Only()


class Desk:
    """A kept ledger, shared by all requests. A reader never waits for a writer: it has the ledger as it was."""

    def __init__(self, where: str) -> None:
        self.store: Store = open_store(where, create=True)
        self._making = threading.Lock()
        self._answering = threading.Lock()
        self._loaded: tuple[Hashable, Loaded] | None = None
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()

    def close(self) -> None:
        """Lets go of the store."""
        self.store.close()

    @property
    def loaded(self) -> Loaded:
        """The ledger with the reviews that found no record. An empty one where nothing is in the store yet."""
        now = self.store.revision()
        held = self._loaded
        if held and held[0] == now:
            return held[1]
        if held and not self._making.acquire(blocking=False):
            return held[1]  # somebody else is making the new one
        if not held:
            self._making.acquire()
        try:
            held = self._loaded
            now = self.store.revision()
            if not held or held[0] != now:
                fresh = load(self.store) if self.store.case() else Loaded(_EMPTY, 0, ())
                with self._answering:
                    self._loaded = (now, fresh)
                    self._answers.clear()
            assert self._loaded
            return self._loaded[1]
        finally:
            self._making.release()

    @property
    def ledger(self) -> Ledger:
        """The ledger as corrected."""
        return self.loaded.ledger

    @property
    def empty(self) -> bool:
        """Whether no report is in it."""
        return not self.ledger.readings

    def answer(self, key: Hashable, make: Callable[[Ledger], T]) -> T:
        """What is made of the ledger, kept by its key until the ledger changes."""
        ledger = self.ledger
        with self._answering:
            if key in self._answers:
                self._answers.move_to_end(key)
                found: T = self._answers[key]
                return found
        made = make(ledger)
        with self._answering:
            if self._loaded and self._loaded[1].ledger is ledger:
                self._answers[key] = made
                while len(self._answers) > KEPT:
                    self._answers.popitem(last=False)
        return made

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
        return self.store.review(review)


def _within(days: Interval | None, since: date | None, until: date | None) -> bool:
    return (since is None or (days is not None and days.earliest >= since)) and (
        until is None or days is None or days.latest <= until
    )


_EMPTY = Ledger(Case("no reports yet", ()), (), Ties({}, {}, (), ()), ())
