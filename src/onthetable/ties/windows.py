"""Findings judged in one order, each by the few leaders before it that share a key with it; any may come or go later.

What is found of one depends on the last leaders before it on each of its keys and on nothing else. So when one comes,
changes or goes, only those after it that see it are judged again, and the result is that of judging all of them in
order: whatever comes when, it is the same (windows over sorted records: Hernandez and Stolfo 1995).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from heapq import heappop, heappush
from typing import Generic, TypeVar

from onthetable.ties.claim import Finding

Order = tuple[date, date, str, int, str]
"""Where a finding stands among all of its kind; no two stand at one place."""

F = TypeVar("F", bound=Finding)
R = TypeVar("R")
Judge = Callable[[F, Sequence[Sequence[F]]], tuple[bool, R | None]]
"""Given a finding and, for each key that it looks at, the leaders before it: whether it leads, and what is found."""

Matters = Callable[[F, int, Sequence[str]], bool]
"""Whether one more leader matters to a finding, given on how many keys it is seen and which others no longer are."""


class Windows(Generic[F, R]):
    """`found` holds what the judge found of each finding (by its id), where that is anything."""

    def __init__(
        self, order: Callable[[F], Order], keys: Callable[[F], Iterable[Hashable]], judge: Judge[F, R], kept: int,
        looks: Callable[[F], Iterable[Hashable]] | None = None, matters: Matters[F] | None = None,
    ) -> None:  # fmt: skip
        """`kept` leaders are seen on each key. A leader is kept under its `keys`; it `looks` at the same, or others."""
        self._order, self._keys, self._judge, self._kept = order, keys, judge, kept
        self._looks, self._matters = looks or keys, matters
        self._at: dict[str, Order] = {}
        self._items: dict[Order, F] = {}
        self._leading: set[Order] = set()
        self._leads: dict[Hashable, list[Order]] = defaultdict(list)
        self._watch: dict[Hashable, list[Order]] = defaultdict(list)
        self._due: list[Order] = []
        self._waiting: set[Order] = set()
        self._judged: set[Order] = set()
        self._changed: set[str] = set()
        self.found: dict[str, R] = {}

    def __contains__(self, id: str) -> bool:
        return id in self._at

    def __getitem__(self, id: str) -> F:
        return self._items[self._at[id]]

    def order(self, id: str) -> Order:
        """Where the finding of that id stands."""
        return self._at[id]

    def put(self, findings: Iterable[F]) -> None:
        """Adds findings, each in the place of that of the same id. `settle` judges them."""
        for item in findings:
            self.drop([item.id])
            at = self._order(item)
            self._at[item.id], self._items[at] = at, item
            self._changed.add(item.id)
            self._again(at)

    def drop(self, ids: Iterable[str]) -> None:
        """Takes findings out again."""
        for id in ids:
            if (at := self._at.pop(id, None)) is None:
                continue
            item = self._items[at]
            self._changed.add(id)
            if at in self._judged:
                self._judged.discard(at)
                for key in self._looks(item):
                    _out(self._watch, key, at)
            self._lead(item, at, leads=False)
            self._waiting.discard(at)
            self.found.pop(id, None)
            del self._items[at]

    def settle(self) -> set[str]:
        """Judges what came and what sees it, in order; gives the ids of what came, went, or is found otherwise."""
        while self._due:
            at = heappop(self._due)
            if at not in self._waiting:
                continue
            self._waiting.discard(at)
            item = self._items[at]
            looks = list(dict.fromkeys(self._looks(item)))
            leads, found = self._judge(item, [self._before(key, at) for key in looks])
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
            self._lead(item, at, leads=leads)
        changed, self._changed = self._changed, set()
        return changed

    def _before(self, key: Hashable, at: Order) -> list[F]:
        leads = self._leads.get(key, ())
        place = bisect_left(leads, at)
        return [self._items[o] for o in leads[max(0, place - self._kept) : place]]

    def _lead(self, item: F, at: Order, *, leads: bool) -> None:
        """Makes it a leader or none, and has those that see it judged again."""
        if leads == (at in self._leading):
            return
        shared: dict[Order, tuple[int, list[str]]] = {}
        for key in dict.fromkeys(self._keys(item)):
            if leads:
                _in(self._leads[key], at)
            others = self._leads[key]
            for later in self._after(key, at):
                pushed = bisect_left(others, later) - self._kept - 1
                count, out = shared.setdefault(later, (0, []))
                shared[later] = count + 1, [*out, self._items[others[pushed]].id] if pushed >= 0 else out
            if not leads:
                _out(self._leads, key, at)
        for later, (count, out) in shared.items():
            if not leads or not self._matters or self._matters(self._items[later], count, out):
                self._again(later)
        (self._leading.add if leads else self._leading.discard)(at)

    def _after(self, key: Hashable, at: Order) -> Sequence[Order]:
        """Those judged that see a leader on a key: they come after it, and no more leaders between than are kept."""
        others, watch = self._leads[key], self._watch.get(key, ())
        last = bisect_right(others, at) + self._kept - 1
        until = bisect_right(watch, others[last]) if last < len(others) else len(watch)
        return watch[bisect_right(watch, at) : until]

    def _again(self, at: Order) -> None:
        if at not in self._waiting:
            self._waiting.add(at)
            heappush(self._due, at)


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


class Ranking(Generic[F]):
    """The leaders that share most keys with a finding: the few that are compared with it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._compared: dict[str, tuple[tuple[str, ...], int]] = {}

    def best(self, finding: F, windows: Sequence[Sequence[F]], order: Callable[[str], Order]) -> list[tuple[F, int]]:
        """Those that share most keys, and how many; the most first, and of equals the earlier."""
        shared = Counter(x.id for window in windows for x in window)
        known = {x.id: x for window in windows for x in window}
        best = sorted(shared, key=lambda i: (-shared[i], order(i)))[: self._most]
        self._compared[finding.id] = tuple(best), shared[best[-1]] if len(best) == self._most else 0
        return [(known[i], shared[i]) for i in best]

    def matters(self, finding: F, count: int, pushed: Sequence[str]) -> bool:
        """Whether one more leader changes who is compared: it shares enough keys, or pushes out one of them."""
        compared, least = self._compared[finding.id]
        return count >= least or any(id in compared for id in pushed)

    def drop(self, id: str) -> None:
        """Forgets with whom a finding was compared."""
        self._compared.pop(id, None)
