"""A kept ledger: reports are added to a store, and the ledger is made of what the store holds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from onthetable import pipeline
from onthetable.case import Case
from onthetable.errors import InputError, StoreError, UsageError
from onthetable.ledger import Ledger, Progress
from onthetable.memory import uncollected
from onthetable.model import Reading, Ties
from onthetable.pipeline import set_aside
from onthetable.processes import Workers
from onthetable.relevance import Gate
from onthetable.reports import Intake, gather
from onthetable.reviews import Reviewed, apply
from onthetable.store import Entry, Finding, Store, codec, open_store
from onthetable.store import check as verified
from onthetable.store.version import tied_by, version
from onthetable.ties import Tying, tie
from onthetable.ties.saving import restore, saved

_TIES, _MEMORY = "ties", "what ties were made of"
MANY = 50
"""Reports taken in from which on it is kept again what ties were made of: fewer are taken in anew the next time."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an addition: how many reports are new, were known, were read again, and what was rejected."""

    new: int
    known: int
    again: int
    rejected: tuple[InputError, ...]
    drafted: bool
    """Whether the case was drafted from these reports, because the ledger had none."""
    skipped: int = 0
    """How many were left out unread because they are not about the talks (`only_relevant`)."""


def keep(
    paths: Sequence[str],
    store: Store,
    case: Case | None = None,
    *,
    workers: Workers = 1,
    timeout: float | None = None,
    only_relevant: bool = False,
    progress: Progress | None = None,
) -> Kept:
    """Adds the reports in files, folders, JSON lines and "-" to a kept ledger.

    Each report is put in with what it says, all or nothing, so a run that is broken off goes on where it was. Of a
    report that is there already nothing changes, unless the case or the rules have: then it is read again. Without a
    case, that of the ledger counts; if there is none, it is drafted from these reports. With `only_relevant`, new
    reports that name neither two parties nor one and an issue are skipped before they are parsed, each with its reason.
    Raises StoreError, and UsageError where those are to be skipped and there is no case.
    """
    note = progress or (lambda what, done, of: None)
    intake = gather(paths, progress=lambda done, of: note("opening", done, of))
    return take(intake, store, case, workers=workers, timeout=timeout, only_relevant=only_relevant, progress=progress)


def take(
    intake: Intake,
    store: Store,
    case: Case | None = None,
    *,
    workers: Workers = 1,
    timeout: float | None = None,
    only_relevant: bool = False,
    progress: Progress | None = None,
) -> Kept:
    """Adds reports that were opened already, as `keep` does."""
    note = progress or (lambda what, done, of: None)
    if only_relevant and not (case or store.case()):
        raise UsageError("only reports about the talks are to be read, but no case says what these are (--case FILE)")
    rejected = tuple(e for e in intake.rejected if not store.consists_of(e.name))
    store.note(Entry(e.name, "rejected", e.reason) for e in rejected)
    known = store.known(r.id for r in intake.reports)
    case = case or store.case()
    drafted = case is None
    if case is None and not intake.reports:
        return Kept(0, 0, 0, rejected, False)
    case = case or pipeline.draft_from(intake.reports, workers=workers, timeout=timeout)
    gate = Gate(case) if only_relevant else None
    store.set_case(case)
    made_by = version(case)
    new_ones = [r for r in intake.reports if r.id not in known]
    skipped = {r.path: why for r in new_ones if gate and (why := gate.reason(r.text))}
    store.note(Entry(path, "skipped", why) for path, why in skipped.items())
    fresh = [r for r in new_ones if r.path not in skipped]
    again = store.unread(made_by)
    todo = [*fresh, *again]
    failed: list[InputError] = []
    new = 0
    for n, found in enumerate(pipeline.read_each(todo, case, workers=workers, timeout=timeout)):
        report = todo[n]
        if isinstance(found, Reading):
            store.add(report, found, made_by)
            new += n < len(fresh)
        else:
            failed.append(found)
            store.note([Entry(report.path, "rejected", found.reason)])
        note("reading", n + 1, len(todo))
    store.note(Entry(r.path, "known", None, r.id) for r in intake.reports if r.id in known)
    return Kept(new, len(known), len(todo) - len(failed) - new, (*rejected, *failed), drafted, len(skipped))


@dataclass(frozen=True, slots=True)
class Loaded:
    """A kept ledger as it is asked: with the corrections that people made.

    `old` counts the reports that other rules than those of this program read; `orphans` are the numbers of the reviews
    that found no record.
    """

    ledger: Ledger
    old: int
    orphans: tuple[int, ...]


class Followed:
    """A kept ledger that is asked again and again: what is new in the store is tied to what is there.

    The ties are kept in the store, so that a ledger that has not changed need not be tied again, and so is what they
    were made of, so that one that has changed need not be tied from the beginning.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._forget(None)

    def _forget(self, case: Case | None) -> None:
        self._case = case
        self._counting: dict[str, str] = {}
        self._read: dict[str, Reading] = {}
        self._tying: Tying | None = None
        self._fresh: tuple[str, Ties] | None = None
        self._taken_in = 0
        self._untied: tuple[Case, Sequence[Reading]] | None = None

    @uncollected()
    def load(self) -> Loaded:
        """The ledger as it is now. Raises StoreError if nothing is in it."""
        state = self._state()
        case, reviewed, old = self._reviewed()
        inside, aside = set_aside(reviewed.readings, case)
        ties = None if self._tying else self._kept(state)
        self._untied = (case, inside) if ties else None
        ties = ties or self._tie(inside, case, state)
        return Loaded(Ledger(case, inside, ties, aside, reviewed.corrections), old, reviewed.orphans)

    @uncollected()
    def prepare(self) -> None:
        """Makes ready for a change, where the ties were those that the store had: the first one then costs no more."""
        if self._untied:
            case, readings = self._untied
            self._begin(case, readings)
            self._put(readings)
            self._untied = None

    def wrong(self) -> Iterator[str]:
        """What is kept of ties that is not what the readings give, by name."""
        ties = self._kept(self._state())
        case, reviewed, _ = self._reviewed()
        readings = set_aside(reviewed.readings, case)[0]
        self._begin(case, readings)
        self._put(readings)
        assert self._tying
        expected = tie(readings, case)
        if ties and ties != expected:
            yield _TIES
        if self._tying.ties() != expected:
            yield _MEMORY

    def _reviewed(self) -> tuple[Case, Reviewed, int]:
        """The case, what every report says as people corrected it, and how many other rules than these have read."""
        case = self._store.case()
        if case is None:
            raise StoreError(self._store.where, "nothing is in it yet; `onthetable read PATH... --ledger` adds reports")
        if case != self._case:
            self._forget(case)
        made_by = version(case)
        self._take_in(self._store.counting(made_by))
        reviewed = apply([self._read[i] for i in self._counting], self._store.reviews())
        return case, reviewed, sum(v != made_by for v in self._counting.values())

    def _state(self) -> str:
        return "/".join(map(str, (*self._store.revision(), tied_by())))

    def _take_in(self, counting: dict[str, str]) -> None:
        """Reads what is new in the store."""
        new = {i: v for i, v in counting.items() if self._counting.get(i) != v}
        self._read |= {r.report.id: r for r in self._store.readings(new)}
        self._counting = counting

    def _tie(self, readings: Sequence[Reading], case: Case, state: str) -> Ties:
        anew = self._tying is None or not self._tying.readings.keys() <= {r.report.id for r in readings}
        if anew:
            self._begin(case, readings)
        self._put(readings)
        assert self._tying
        ties = self._tying.ties()
        self._fresh = state, ties
        if anew:
            self.keep()
        return ties

    def _begin(self, case: Case, readings: Sequence[Reading]) -> None:
        """Goes on from what the store has, else from nothing."""
        self._tying, self._taken_in = self._restored(case) or Tying(case), 0
        if not self._tying.readings.keys() <= {r.report.id for r in readings}:
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

    def keep(self) -> None:
        """Keeps the ties in the store, if nothing has changed since and they are not there already."""
        state, ties = self._fresh or ("", None)
        self._fresh = None
        if ties and state == self._state():
            with suppress(StoreError):  # it can be made again: a ledger that cannot be written can still be read
                self._store.derive(_TIES, state, codec.ties_to_bytes(ties))
                if self._tying and self._case and self._taken_in >= min(MANY, len(self._read)):
                    # What people corrected is kept with the memory: it may be corrected again.
                    named = [r for i, r in self._tying.readings.items() if r is self._read.get(i)]
                    memory = codec.memory_to_bytes([self._name(r) for r in named], saved(self._tying, named))
                    self._store.derive(_MEMORY, self._made_for(self._case), memory)
                    self._taken_in = 0

    def _kept(self, state: str) -> Ties | None:
        data = self._store.derived(_TIES, state)
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
    """The ledger in a store. Raises StoreError if nothing is in it."""
    followed = Followed(store)
    loaded = followed.load()
    followed.keep()
    return loaded


def kept(where: str) -> Loaded:
    """The ledger in the store at a path or address. Raises StoreError if there is none, or nothing in it."""
    with open_store(where) as store:
        return load(store)
