"""A kept ledger as it is asked: made of what the store holds, and again when that has changed."""

from __future__ import annotations

import weakref
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from onthetable import answers
from onthetable.answering import fetched
from onthetable.answers import Loaded, Row, written
from onthetable.case import Case
from onthetable.errors import StoreError
from onthetable.ledger import Ledger
from onthetable.memory import uncollected
from onthetable.model import Reading, Ties
from onthetable.relevance import set_aside
from onthetable.reviews import Reviewed, apply
from onthetable.store import Finding, Store, codec, open_store
from onthetable.store import check as verified
from onthetable.store.version import tied_by, version
from onthetable.ties import Tying, tie
from onthetable.ties.independent import Wordings
from onthetable.ties.saving import restore, saved

_MEMORY = "what ties were made of"
MANY, SHARE = 50, 0.01
"""Reports taken in from which on it is kept again what ties were made of, and at least which share of all reports:
fewer are taken in anew the next time."""


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A ledger that was made of a revision: by which version each report was read, and whether it had to be tied."""

    revision: tuple[int, ...]
    counting: dict[str, str]
    loaded: Loaded
    tied: bool


class Followed:
    """A kept ledger that is asked again and again: what is new in the store is tied to what is there.

    The ties are kept in the store, so that a ledger that has not changed need not be tied again, and so is what they
    were made of, so that one that has changed need not be tied from the beginning.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._wordings = Wordings()
        self._forget(None)

    def _forget(self, case: Case | None) -> None:
        self._case = case
        self._counting: dict[str, str] = {}
        self._read: dict[str, Reading] = {}
        self._tying: Tying | None = None
        self._fresh: _Fresh | None = None
        self._revision: tuple[int, ...] = ()
        self._taken_in = 0
        self._untied: tuple[Case, Sequence[Reading]] | None = None

    @uncollected()
    def load(self) -> Loaded:
        """The ledger as it is now. Raises StoreError if nothing is in it."""
        revision, case, reviewed, old = self._looked_at()
        self._revision = revision
        inside, aside = set_aside(reviewed.readings, case)
        ties = None if self._tying else self._kept(revision)
        self._untied = (case, inside) if ties else None
        anew = not ties and not self._ready(inside)
        ledger = Ledger(
            case, inside, ties or self._tie(inside, case, anew=anew), aside, reviewed.corrections, self._wordings
        )
        loaded = Loaded(ledger, old, reviewed.orphans)
        if anew:
            self._keep_ties(revision, ledger.ties)
        self._fresh = _Fresh(revision, self._counting, loaded, not ties and not anew)
        return loaded

    @uncollected()
    def prepare(self) -> None:
        """Makes ready for a change, where the ties were those that the store had: the first one then costs no more."""
        if self._untied:
            case, readings = self._untied
            self._begin(case, readings)
            self._put(readings)
            self._untied = None

    def wrong(self) -> Iterator[str]:
        """What is kept of ties and answers that is not what the readings give, by name."""
        revision, case, reviewed, old = self._looked_at()
        ties = self._kept(revision)
        readings, aside = set_aside(reviewed.readings, case)
        self._begin(case, readings)
        self._put(readings)
        assert self._tying
        expected = tie(readings, case)
        if ties and ties != expected:
            yield answers.TIES
        if self._tying.ties() != expected:
            yield _MEMORY
        loaded = Loaded(Ledger(case, readings, expected, aside, reviewed.corrections), old, reviewed.orphans)
        if answers.wrong(self._store, answers.state_of(revision), written(loaded, self._counting, revision[-1])):
            yield answers.ANSWERS

    def _looked_at(self) -> tuple[tuple[int, ...], Case, Reviewed, int]:
        """Of which revision, the case, what every report says as corrected, and how many other rules have read."""
        found = self._store.contents(version)
        if found is None:
            raise StoreError(self._store.where, "nothing is in it yet; `onthetable read PATH... --ledger` adds reports")
        if found.case != self._case:
            self._forget(found.case)
        new = {i: v for i, v in found.counting.items() if self._counting.get(i) != v}
        self._read |= {r.report.id: r for r in self._store.readings(new)}
        self._counting = found.counting
        reviewed = apply([self._read[i] for i in self._counting], found.reviews)
        made_by = version(found.case)
        return found.revision, found.case, reviewed, sum(v != made_by for v in self._counting.values())

    def _ready(self, readings: Sequence[Reading]) -> bool:
        """Whether what is tied can be gone on with: nothing that is in it has been taken away since."""
        return self._tying is not None and self._tying.readings.keys() <= {r.report.id for r in readings}

    def _tie(self, readings: Sequence[Reading], case: Case, *, anew: bool) -> Ties:
        if anew:
            self._begin(case, readings)
        self._put(readings)
        assert self._tying
        return self._tying.ties()

    def _begin(self, case: Case, readings: Sequence[Reading]) -> None:
        """Goes on from what the store has, else from nothing."""
        self._tying, self._taken_in = self._restored(case) or Tying(case), 0
        if not self._ready(readings):
            self._tying = Tying(case)

    def _restored(self, case: Case) -> Tying | None:
        data = self._store.derived(_MEMORY, self._made_for(case))
        with suppress(ValueError, zlib.error):
            if data:
                names, memory = codec.memory_from_bytes(data)
                known = [r for i in names if (r := self._read.get(i.partition(" ")[0])) and self._name(r) == i]
                tying = Tying(case)
                restore(tying, memory, known)
                return tying
        return None

    def _put(self, readings: Sequence[Reading]) -> None:
        tying, self._tying = self._tying, None  # what breaks off half-way is not gone on with
        assert tying
        changed = [r for r in readings if tying.readings.get(r.report.id) != r]
        tying.put(changed)
        self._tying = tying
        self._taken_in += len(changed)

    def _name(self, reading: Reading) -> str:
        """What tells one reading in the store from every other."""
        return f"{reading.report.id} {self._counting.get(reading.report.id)}"

    @staticmethod
    def _made_for(case: Case) -> str:
        return f"{tied_by()}/{version(case)}"

    @property
    def state(self) -> str:
        """Names what was loaded last, as what it answers is kept under."""
        return answers.state_of(self._revision)

    def keep(self, pages: Callable[[Ledger], Iterable[Row]] = lambda _: ()) -> bool:
        """Keeps ties and answers in the store where they are not there already, and tells whether they are there then.

        `pages` gives what else is written down of the ledger. What was made of a later revision stays.
        """
        fresh, self._fresh = self._fresh, None
        if not fresh or answers.overtaken(self._store, fresh.revision):
            return True
        if fresh.tied:
            self._keep_ties(fresh.revision, fresh.loaded.ledger.ties)
        state = answers.state_of(fresh.revision)
        try:
            if not answers.head_of(self._store, state):
                rows = [*written(fresh.loaded, fresh.counting, fresh.revision[-1]), *pages(fresh.loaded.ledger)]
                self._store.answer(state, rows)
        except StoreError:  # it can be made again: a ledger that cannot be written can still be read
            return False
        return True

    def _keep_ties(self, revision: tuple[int, ...], ties: Ties) -> None:
        with suppress(StoreError):  # it can be made again: a ledger that cannot be written can still be read
            self._store.derive(answers.TIES, answers.tied(revision), codec.ties_to_bytes(ties))
            if self._taken_in >= max(min(MANY, len(self._read)), len(self._read) * SHARE):
                self._keep_memory()

    def _keep_memory(self) -> None:
        if self._tying and self._case:
            # What people corrected is kept with the memory: it may be corrected again.
            named = [r for i, r in self._tying.readings.items() if r is self._read.get(i)]
            memory = codec.memory_to_bytes([self._name(r) for r in named], saved(self._tying, named))
            self._store.derive(_MEMORY, self._made_for(self._case), memory)
            self._taken_in = 0

    def _kept(self, revision: tuple[int, ...]) -> Ties | None:
        data = self._store.derived(answers.TIES, answers.tied(revision))
        with suppress(ValueError):
            return codec.ties_from_bytes(data) if data else None
        return None


def check(store: Store) -> list[Finding]:
    """Everything that is wrong with a kept ledger, and with what was derived from it. Raises StoreError."""
    found = verified(store)
    if not found and store.case():
        found += (Finding(f"derived {n}", "is not what the readings give") for n in Followed(store).wrong())
    return found


def load(store: Store) -> Loaded:
    """The ledger in a store, all of it. Raises StoreError if nothing is in it."""
    followed = Followed(store)
    loaded = followed.load()
    followed.keep()
    return loaded


def kept(where: str) -> Loaded:
    """The ledger in the store at a path or address; of one that has not changed since, only what is asked is fetched.

    Raises StoreError if there is none, or nothing in it.
    """
    store = open_store(where)
    try:
        found = fetched(store, answers.state_of(store.revision()))
        if found:
            weakref.finalize(found.ledger, store.close)
            return found
    except BaseException:
        store.close()
        raise
    with store:
        return load(store)
