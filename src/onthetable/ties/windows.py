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
from heapq import heappop, heappush
from typing import ClassVar, Generic, TypeVar

from onthetable.ties.claim import Finding, Order
from onthetable.ties.saving import Part

F = TypeVar("F", bound=Finding)
R = TypeVar("R")
V = TypeVar("V")
Keys = Callable[[F], Iterable[Hashable]]
Judge = Callable[[F, V], tuple[bool, R | None]]
"""Given a finding and its view of the leaders before it: whether it leads, and what is found."""


class _Windows(ABC, Part, Generic[F, V, R]):
    """`found` holds what the judge found of each finding (by its id), where that is anything."""

    KEPT: ClassVar[tuple[str, ...]] = ("_at", "_items", "_more", "_leading", "_leads", "_watch", "_judged", "found")

    def __init__(
        self, order: Callable[[F], Order], keys: Keys[F], judge: Judge[F, V, R], kept: int, looks: Keys[F] | None = None
    ) -> None:
        """`kept` leaders are seen on each key. A leader is kept under its `keys`; it `looks` at the same, or others."""
        self._order, self._keys, self._judge, self._kept, self._looks = order, keys, judge, kept, looks or keys
        self._at: dict[str, Order] = {}
        self._items: dict[Order, F] = {}
        self._more: dict[Order, Sequence[Hashable]] = {}
        self._leading: set[Order] = set()
        self._leads: dict[Hashable, list[Order]] = defaultdict(list)
        self._watch: dict[Hashable, list[Order]] = defaultdict(list)
        self._due: list[Order] = []
        self._waiting: set[Order] = set()
        self._judged: set[Order] = set()
        self._changed: set[str] = set()
        self.found: dict[str, R] = {}

    @abstractmethod
    def _view(self, at: Order, windows: Iterable[Sequence[Order]]) -> V:
        """What the judge is given, of the leaders that are seen on each key."""

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

    def put(self, item: F, more: Sequence[Hashable] = (), *, otherwise: bool = False) -> None:
        """Adds a finding, in the place of that of the same id. `settle` judges it.

        `more` are keys beside its own, `otherwise` tells that the judge thinks otherwise of it than before.
        """
        at = self._order(item)
        if self._at.get(item.id) == at:
            if otherwise or more != self._more.get(at, ()) or item != self._items[at]:
                self._replace(at, item, more)
            return
        self.drop([item.id])
        self._at[item.id], self._items[at] = at, item
        if more:
            self._more[at] = more
        self._changed.add(item.id)
        self._again(at)

    def _replace(self, at: Order, item: F, more: Sequence[Hashable]) -> None:
        """Puts a finding in the place of one that stands there; only those that see it or saw it are judged again."""
        keys, looks = self._shelves(at), self._views(at)
        self._items[at], self._more[at] = item, more
        if at in self._judged:
            seen = self._views(at)
            for key in looks.keys() - seen.keys():
                _out(self._watch, key, at)
            for key in seen.keys() - looks.keys():
                _in(self._watch[key], at)
        if at in self._leading:
            now = self._shelves(at)
            self._shift(at, keys.keys() - now.keys(), keys.keys() & now.keys(), now.keys() - keys.keys())
        self._again(at)

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
            self._changed.add(id)
            self._lead(at, leads=False)
            if at in self._judged:
                self._judged.discard(at)
                for key in self._views(at):
                    _out(self._watch, key, at)
            self._waiting.discard(at)
            self._more.pop(at, None)
            self.found.pop(id, None)
            del self._at[id], self._items[at]

    def settle(self) -> set[str]:
        """Judges what came and what sees it, in order; gives the ids of what came, went, or is found otherwise."""
        while self._due:
            at = heappop(self._due)
            if at not in self._waiting:
                continue
            self._waiting.discard(at)
            item = self._items[at]
            looks = self._views(at)
            leads, found = self._judge(item, self._view(at, (self._before(key, at) for key in looks)))
            if at not in self._judged:
                self._judged.add(at)
                for key in looks:
                    _in(self._watch[key], at)
            if found != self.found.get(item.id):
                self._changed.add(item.id)
            if found is None:
                self.found.pop(item.id, None)
            else:
                self.found[item.id] = found
            self._lead(at, leads=leads)
        changed, self._changed = self._changed, set()
        return changed

    def _before(self, key: Hashable, at: Order) -> Sequence[Order]:
        leads = self._leads.get(key, ())
        place = bisect_left(leads, at)
        return leads[max(0, place - self._kept) : place]

    def _lead(self, at: Order, *, leads: bool) -> None:
        """Makes it a leader or none."""
        if leads != (at in self._leading):
            keys = self._shelves(at)
            self._shift(at, () if leads else keys, (), keys if leads else ())
            (self._leading.add if leads else self._leading.discard)(at)

    def _shift(self, at: Order, gone: Iterable[Hashable], kept: Iterable[Hashable], come: Iterable[Hashable]) -> None:
        """Takes a leader from some keys and puts it under others, and has those that see it judged again."""
        seen: Counter[Order] = Counter()
        pushed: dict[Order, list[Order]] = {}
        back: set[Order] = set()
        for key in gone:
            others = self._leads[key]
            for later in self._after(key, at):
                seen[later] += 0
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
            if later in back or self._matters(later, at, count if later in pushed else 0, pushed.get(later, ())):
                self._again(later)

    def _after(self, key: Hashable, at: Order) -> Sequence[Order]:
        """Those judged that see a leader on a key: they come after it, and no more leaders between than are kept."""
        others, watch = self._leads.get(key, ()), self._watch.get(key, ())
        last = bisect_right(others, at) + self._kept - 1
        until = bisect_right(watch, others[last]) if last < len(others) else len(watch)
        return watch[bisect_right(watch, at) : until]

    def _again(self, at: Order) -> None:
        if at not in self._waiting:
            self._waiting.add(at)
            heappush(self._due, at)


class Windows(_Windows[F, Sequence[Sequence[F]], R]):
    """The judge sees, on each key, the leaders before a finding in their order."""

    def _view(self, at: Order, windows: Iterable[Sequence[Order]]) -> Sequence[Sequence[F]]:
        return [[self._items[o] for o in window] for window in windows]


class Ranked(_Windows[F, Sequence[tuple[F, int]], R]):
    """The judge sees the few leaders that share most keys with a finding, each with how many; of equals the earlier."""

    KEPT = (*_Windows.KEPT, "_best")

    def __init__(
        self, order: Callable[[F], Order], keys: Keys[F], judge: Judge[F, Sequence[tuple[F, int]], R], kept: int,
        most: int,
    ) -> None:  # fmt: skip
        """`most` leaders are seen in all."""
        super().__init__(order, keys, judge, kept)
        self._most = most
        self._best: dict[Order, tuple[int, Sequence[Order]]] = {}

    def drop(self, ids: Iterable[str]) -> None:
        """Takes findings out again."""
        for id in ids:
            at = self._at.get(id)
            super().drop([id])
            if at:
                self._best.pop(at, None)

    def _view(self, at: Order, windows: Iterable[Sequence[Order]]) -> Sequence[tuple[F, int]]:
        shared: Counter[Order] = Counter()
        for window in windows:
            shared.update(window)
        best = tuple(sorted(sorted(shared), key=shared.__getitem__, reverse=True)[: self._most])
        self._best[at] = shared[best[-1]] if len(best) == self._most else 0, best
        return [(self._items[o], shared[o]) for o in best]

    def _matters(self, later: Order, at: Order, count: int, pushed: Iterable[Order]) -> bool:
        least, best = self._best[later]
        return at in best or (count > 0 and count >= least) or any(o in best for o in pushed)


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
