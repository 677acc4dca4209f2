"""Findings judged in one order, each by the few leaders before it that share a key with it; any may come or go later.

What is found of one depends on the last leaders before it on each of its keys and on nothing else. So when one comes,
changes or goes, only those after it that see it are judged again, and the result is that of judging all of them in
order: whatever comes when, it is the same (windows over sorted records: Hernandez and Stolfo 1995).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import ClassVar, Generic, Protocol, TypeVar

from onthetable.ties.claim import Order, id_of
from onthetable.ties.saving import Part


class Item(Protocol):
    """What is judged."""

    @property
    def id(self) -> str:
        """By which it is asked for."""
        ...


F = TypeVar("F", bound=Item)
R = TypeVar("R")
Keys = Callable[[F], Iterable[Hashable]]


@dataclass(slots=True)
class _Due:
    """Why a finding is judged again of which what was noted stands: it has `moved` itself, or `others` have changed.

    Of each of these leaders it is told whether what was noted of the two holds no more.
    """

    moved: bool = False
    others: dict[Order, bool] = field(default_factory=dict)


class _Windows(ABC, Part, Generic[F, R]):
    """`found` holds what the judge found of each finding (by its id), where that is anything."""

    KEPT: ClassVar[tuple[str, ...]] = ("_at", "_items", "_more", "_following", "_leads", "_watch", "found")

    def __init__(self, order: Callable[[F], Order], keys: Keys[F], kept: int, looks: Keys[F] | None = None) -> None:
        """`kept` leaders are seen on each key. A leader is kept under its `keys`; it `looks` at the same, or others."""
        self._order, self._keys, self._kept, self._looks = order, keys, kept, looks or keys
        self._at: dict[str, Order] = {}
        self._items: dict[Order, F] = {}
        self._more: dict[Order, Sequence[Hashable]] = {}
        self._fresh: set[Order] = set()
        self._following: set[Order] = set()
        self._leads: dict[Hashable, list[Order]] = defaultdict(list)
        self._watch: dict[Hashable, list[Order]] = defaultdict(list)
        self._due: list[Order] = []
        self._waiting: dict[Order, _Due | None] = {}
        self._changed: dict[str, tuple[R | None, ...]] = {}
        self.found: dict[str, R] = {}

    @abstractmethod
    def _decide(self, at: Order, windows: Iterable[Sequence[Order]], due: _Due | None) -> tuple[bool, R | None] | None:
        """Whether a finding leads and what is found of it, given the leaders that it sees on each key.

        None if nothing has changed for it; without `due` all is judged anew.
        """

    def _matters(self, later: Order, at: Order, count: int, pushed: Iterable[Order]) -> bool:
        """Whether it matters to a finding that a leader is another; it has come to be seen on so many keys (if any), on
        which others no longer are.
        """
        return True

    def __contains__(self, id: str) -> bool:
        return id in self._at

    def __getitem__(self, id: str) -> F:
        return self._items[self._at[id]]

    def order(self, id: str) -> Order:
        """Where the finding of that id stands."""
        return self._at[id]

    def more(self, id: str) -> Sequence[Hashable]:
        """The keys that a finding has beside its own."""
        return self._more.get(self._at[id], ())

    def put(
        self, item: F, more: Sequence[Hashable] = (), *,
        otherwise: bool = False, beside: Callable[[F], bool] = lambda other: True,
    ) -> None:  # fmt: skip
        """Adds a finding, in the place of that of the same id. `settle` judges it.

        `more` are keys beside its own, `otherwise` tells that the judge thinks otherwise of it than before, and
        `beside` of which later ones with it: else what was noted of it and others stands.
        """
        at = self._order(item)
        if self._at.get(item.id) == at:
            if otherwise or more != self._more.get(at, ()) or item != self._items[at]:
                self._replace(at, item, more, beside, stale=otherwise)
            return
        self.drop([item.id])
        self._at[item.id], self._items[at] = at, item
        if more:
            self._more[at] = more
        self._fresh.add(at)
        self._changed[item.id] = ()
        self._again(at)

    def _replace(
        self, at: Order, item: F, more: Sequence[Hashable], beside: Callable[[F], bool], *, stale: bool
    ) -> None:  # fmt: skip
        """Puts a finding in the place of one that stands there; only those that see it or saw it are judged again."""
        keys, looks = self._shelves(at), self._views(at)
        self._items[at], self._more[at] = item, more
        if at not in self._fresh:
            seen = self._views(at)
            for key in looks.keys() - seen.keys():
                _out(self._watch, key, at)
            for key in seen.keys() - looks.keys():
                _in(self._watch[key], at)
        if self._leading(at):
            now = self._shelves(at)
            gone, kept, come = keys.keys() - now.keys(), keys.keys() & now.keys(), now.keys() - keys.keys()
            self._shift(at, gone, kept, come, beside, stale=stale)
        self._again(at, stale=stale)

    def _shelves(self, at: Order) -> dict[Hashable, None]:
        """The keys under which a finding is seen."""
        return dict.fromkeys((*self._keys(self._items[at]), *self._more.get(at, ())))

    def _views(self, at: Order) -> dict[Hashable, None]:
        """The keys on which it sees others."""
        return dict.fromkeys((*self._looks(self._items[at]), *self._more.get(at, ())))

    def drop(self, ids: Iterable[str]) -> None:
        """Takes findings out again."""
        for id in ids:
            if (at := self._at.get(id)) is None:
                continue
            self._changed[id] = ()
            if self._leading(at):
                self._shift(at, self._shelves(at), (), ())
            for key in self._views(at) if at not in self._fresh else ():
                _out(self._watch, key, at)
            self._fresh.discard(at)
            self._following.discard(at)
            self._waiting.pop(at, None)
            self._more.pop(at, None)
            self.found.pop(id, None)
            del self._at[id], self._items[at]

    def settle(self) -> dict[str, tuple[R | None, ...]]:
        """Judges what came and what sees it; gives, by id, what was found before of what is found otherwise now, and
        nothing of what came or went.
        """
        self.judge()
        changed, self._changed = self._changed, {}
        return changed

    def judge(self) -> None:
        """Judges what came and what sees it, in order."""
        while self._due:
            at = heappop(self._due)
            if at not in self._waiting:
                continue
            due = self._waiting.pop(at)
            item = self._items[at]
            looks = self._views(at)
            decided = self._decide(at, (self._before(key, at) for key in looks), due)
            if decided is None:
                continue
            leads, found = decided
            led = self._leading(at)
            if at in self._fresh:
                self._fresh.discard(at)
                for key in looks:
                    _in(self._watch[key], at)
            if found != self.found.get(item.id):
                self._changed.setdefault(item.id, (self.found.get(item.id),))
            if found is None:
                self.found.pop(item.id, None)
            else:
                self.found[item.id] = found
            if leads != led:
                keys = self._shelves(at)
                self._shift(at, () if leads else keys, (), keys if leads else ())
            (self._following.discard if leads else self._following.add)(at)
        self._waiting, self._fresh = {}, set()  # what is emptied stays as large as it was

    def _before(self, key: Hashable, at: Order) -> Sequence[Order]:
        leads = self._leads.get(key, ())
        place = bisect_left(leads, at)
        return leads[max(0, place - self._kept) : place]

    def _leading(self, at: Order) -> bool:
        """Whether it has been judged, and leads."""
        return at not in self._fresh and at not in self._following

    def _shift(
        self, at: Order, gone: Iterable[Hashable], kept: Iterable[Hashable], come: Iterable[Hashable],
        beside: Callable[[F], bool] = lambda other: True, *, stale: bool = True,
    ) -> None:  # fmt: skip
        """Takes a leader from some keys and puts it under others, and has those that see it judged again; of those
        that see it on keys that it keeps, and no others, only some (`beside`).
        """
        seen: Counter[Order] = Counter()
        left: set[Order] = set()
        pushed: dict[Order, list[Order]] = {}
        back: set[Order] = set()
        for key in gone:
            others = self._leads[key]
            for later in self._after(key, at):
                seen[later] += 0
                left.add(later)
                if bisect_left(others, later) > self._kept:  # one that it did not see any more comes back
                    back.add(later)
            _out(self._leads, key, at)
        for key in kept:
            seen.update(self._after(key, at))
        for key in come:
            others = self._leads[key]
            _in(others, at)
            for later in self._after(key, at):
                seen[later] += 1
                place = bisect_left(others, later) - self._kept - 1
                pushed.setdefault(later, []).extend(others[place : place + 1] if place >= 0 else ())
        for later, count in seen.items():
            if later not in left and later not in pushed and not beside(self._items[later]):
                continue
            if later in back or self._matters(later, at, count if later in pushed else 0, pushed.get(later, ())):
                self._again(later, at, stale=stale)

    def _after(self, key: Hashable, at: Order) -> Sequence[Order]:
        """Those judged that see a leader on a key: they come after it, and no more leaders between than are kept."""
        others, watch = self._leads.get(key, ()), self._watch.get(key, ())
        last = bisect_right(others, at) + self._kept - 1
        until = bisect_right(watch, others[last]) if last < len(others) else len(watch)
        return watch[bisect_right(watch, at) : until]

    def _again(self, at: Order, leader: Order | None = None, *, stale: bool = True) -> None:
        """Has a finding judged again, since a leader that it sees has changed, or it has itself."""
        if at not in self._waiting:
            self._waiting[at] = _Due()
            heappush(self._due, at)
        due = self._waiting[at]
        if leader is None and stale:
            self._waiting[at] = None
        elif due and leader is None:
            due.moved = True
        elif due and leader:
            due.others[leader] = stale or due.others.get(leader, False)


class Windows(_Windows[F, R]):
    """The judge sees, on each key, the leaders before a finding in their order."""

    def __init__(
        self, order: Callable[[F], Order], keys: Keys[F],
        judge: Callable[[F, Sequence[Sequence[F]]], tuple[bool, R | None]], kept: int, looks: Keys[F] | None = None,
    ) -> None:  # fmt: skip
        """`judge` tells whether a finding leads, and what is found of it."""
        super().__init__(order, keys, kept, looks)
        self._judge = judge

    def _decide(self, at: Order, windows: Iterable[Sequence[Order]], due: _Due | None) -> tuple[bool, R | None] | None:
        return self._judge(self._items[at], [[self._items[o] for o in window] for window in windows])


@dataclass(frozen=True, slots=True)
class Seen(Generic[F]):
    """A leader as a finding sees it: how many keys they share, and what the judge noted of the two before (or 0)."""

    leader: F
    shared: int
    noted: int


_Best = tuple[int, bytes, *tuple[Order, ...]]
"""How many keys the last of the leaders that a finding sees shares with it, what was noted of each, and they; in one
tuple, since there is one for each finding.
"""


class Ranked(_Windows[F, R]):
    """The judge sees the few leaders that share most keys with a finding, each with how many; of equals the earlier."""

    KEPT = (*_Windows.KEPT, "_best")

    def __init__(
        self,
        order: Callable[[F], Order],
        keys: Keys[F],
        judge: Callable[[F, Sequence[Seen[F]]], tuple[bool, R | None, bytes]],
        kept: int,
        most: int,
        matter: Callable[[F, R | None, Iterable[F], Iterable[str]], bool] = lambda item, found, come, gone: True,
    ) -> None:
        """`most` leaders are seen in all. The `judge` also gives what it wants to note of each of them, or 0.

        `matter` tells whether it can make a difference to what was found of a finding that some leaders come and others
        (ids) go.
        """
        super().__init__(order, keys, kept)
        self._judge, self._most, self._matter = judge, most, matter
        self._best: dict[Order, _Best] = {}

    def drop(self, ids: Iterable[str]) -> None:
        """Takes findings out again."""
        for id in ids:
            at = self._at.get(id)
            super().drop([id])
            if at:
                self._best.pop(at, None)

    def _decide(self, at: Order, windows: Iterable[Sequence[Order]], due: _Due | None) -> tuple[bool, R | None] | None:
        shared: Counter[Order] = Counter()
        for window in windows:
            shared.update(window)
        best = sorted(sorted(shared), key=shared.__getitem__, reverse=True)[: self._most]
        least = shared[best[-1]] if len(best) == self._most else 0
        _, noted, *before = self._best.get(at, (0, b""))
        item = self._items[at]
        known: dict[Order, int] = {}
        if due:
            known = {o: n for o, n in zip(before, noted, strict=False) if not due.others.get(o)}
        if due and not due.moved:
            changed = due.others.keys() | (set(best) ^ set(before))
            come, gone = (self._items[o] for o in best if o in changed), (id_of(o) for o in before if o in changed)
            in_order = [o for o in best if o not in changed] == [o for o in before if o not in changed]
            if in_order and not self._matter(item, self.found.get(item.id), come, gone):
                self._best[at] = least, bytes(known.get(o, 0) for o in best), *best
                return None
        seen = [Seen(self._items[o], shared[o], known.get(o, 0)) for o in best]
        leads, found, noted = self._judge(item, seen)
        self._best[at] = least, noted, *best
        return leads, found

    def _matters(self, later: Order, at: Order, count: int, pushed: Iterable[Order]) -> bool:
        least, _, *best = self._best[later]
        comes = count > least or (count == least > 0 and at < best[-1])
        return comes or at in best or any(o in best for o in pushed)


def _in(orders: list[Order], at: Order) -> None:
    if not orders or orders[-1] < at:
        orders.append(at)
    else:
        insort(orders, at)


def _out(shelves: dict[Hashable, list[Order]], key: Hashable, at: Order) -> None:
    orders = shelves.get(key, [])
    place = bisect_left(orders, at)
    if place < len(orders) and orders[place] == at:
        del orders[place]
    if not orders:
        shelves.pop(key, None)
