"""Readings tied to one another as they come: one more costs what it touches, and it is as if all came at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from onthetable.case import Case
from onthetable.memory import uncollected
from onthetable.model import Interval, Reading, Tie, Ties
from onthetable.ties.bodies import Bodies
from onthetable.ties.claim import Stories
from onthetable.ties.claims import Claims
from onthetable.ties.copies import Copies
from onthetable.ties.dating import Dating
from onthetable.ties.origins import origins_of
from onthetable.ties.relays import Relays
from onthetable.ties.saving import Part


class Tying(Part):
    """The readings of a case, tied. Any order of arrival, and any reading in the place of another, gives the same."""

    KEPT = (
        "_readings", "_bodies", "_dating", "_copies", "_copied", "_pairs", "_family", "_stories", "_relays",
        "_passed_on", "_claims", "_origins",
    )  # fmt: skip

    def __init__(self, case: Case, readings: Iterable[Reading] = ()) -> None:
        self._readings: dict[str, Reading] = {}
        self._bodies = Bodies()
        self._dating = Dating(case)
        self._copies = Copies(self._bodies)
        self._copied: dict[tuple[str, str], Tie] = {}
        self._pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._family: dict[str, tuple[str, ...]] = {}
        self._stories = Stories()
        self._relays = Relays(self._stories, self._bodies)
        self._passed_on: dict[str, set[str]] = defaultdict(set)
        self._claims = Claims(self._stories, case.parties)
        self._origins: dict[str, tuple[str, ...]] = {}
        self.put(readings)

    @uncollected()
    def put(self, readings: Iterable[Reading]) -> None:
        """Adds readings, each in the place of that of the same report, whose text has to be the same."""
        fresh = {r.report.id: r for r in readings}
        self._readings |= fresh
        redated = self._dating.put(fresh.values())
        self._origins |= {i: origins_of(r) for i, r in fresh.items()}
        for r in fresh.values():
            self._bodies.put(r.report)
        moved = self._regroup(self._copies.put(self._in_order(fresh)), redated)
        relayed = self._relay(fresh.keys() | redated, moved)
        for id in self._in_order(fresh.keys() | redated | self._by_way_of(moved | relayed)):
            self._claims.put(self._readings[id], self._days(id), self._bodies[id])
        self._claims.settle()

    @property
    def readings(self) -> Mapping[str, Reading]:
        """What is tied, by the ids of the reports."""
        return self._readings

    @uncollected()
    def ties(self) -> Ties:
        """What was found between all of them."""
        found = self._claims.found()
        families = sorted(set(self._family.values()))
        copies = sorted(self._copied.values(), key=lambda t: (t.source, t.target))
        ties = (*copies, *self._relays.all(), *found.ties)
        published = dict(sorted(self._dating.published.items()))
        origins = dict(sorted(self._origins.items()))
        return Ties(published, origins, tuple(families), ties, found.same, found.entails)

    def _days(self, id: str) -> Interval | None:
        known = self._dating.published.get(id)
        return known.interval if known else None

    def _in_order(self, ids: Iterable[str]) -> list[str]:
        """By the days on which they were out, so that what is held ready serves many."""
        days = ((self._days(id), id) for id in ids)
        return [id for _, id in sorted((d.latest if d else date.max, id) for d, id in days)]

    def _regroup(self, changed: set[str], redated: set[str]) -> set[str]:
        """Ties and groups anew what is tied otherwise; gives the reports of which the group is another."""
        for id in changed | redated:
            for pair in self._pairs.pop(id, set()):
                self._copied.pop(pair, None)
        for tie in self._copies.ties(self._dating.published, changed | redated):
            pair = min(tie.source, tie.target), max(tie.source, tie.target)
            self._copied[pair] = tie
            for id in pair:
                self._pairs[id].add(pair)
        before = {i for id in changed for i in self._family.get(id, (id,))}
        moved: set[str] = set()
        left = before | changed
        while left:
            family = self._family_of(min(left))
            left -= set(family)
            self._family |= dict.fromkeys(family, family)
            moved |= self._stories.put_family(family)
        return moved

    def _family_of(self, id: str) -> tuple[str, ...]:
        found, due = {id}, [id]
        while due:
            near = self._copies.near(due.pop()) - found
            found |= near
            due += near
        return tuple(sorted(found))

    def _relay(self, put: Iterable[str], moved: Iterable[str]) -> set[str]:
        """Looks for what is passed on; gives the reports of which that is another."""
        for id in put:
            self._relays.put(self._readings[id], self._days(id))
        for id in moved:
            self._relays.again(id)
        before = self._relays.ties.copy()
        changed = self._relays.settle()
        for id in changed:
            for tie in before.get(id, ()):
                self._passed_on[tie.target].discard(id)
            ties = self._relays.ties.get(id, ())
            for tie in ties:
                self._passed_on[tie.target].add(id)
            self._stories.put_relays(id, ties)
        return changed

    def _by_way_of(self, ids: Iterable[str]) -> set[str]:
        """The reports, and those that take something from them, by way of others or not."""
        found, due = set(ids), list(ids)
        while due:
            more = self._passed_on.get(due.pop(), set()) - found
            found |= more
            due += more
        return found
