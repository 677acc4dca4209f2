"""Readings tied to one another as they come: one more costs what it touches, and it is as if all came at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
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
        "_passed_on", "_claims", "_origins", "_merging", "_parts",
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
        self._merging: set[str] = set()
        self._parts: dict[str, tuple[Tie, ...]] = {}
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
        copied = self._copies.put(self._in_order(fresh))
        moved = self._regroup(copied, redated)
        relayed = self._relay(fresh.keys() | redated, moved, self._divide(copied))
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
        copies = sorted(map(self._with_parts, self._copied.values()), key=lambda t: (t.source, t.target))
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
        changed = changed.union(*map(self._copies.near, changed))
        before = {i for id in changed for i in self._family.get(id, (id,))}
        for id in changed:
            (self._merging.add if self._copies.merging(id) else self._merging.discard)(id)
        moved: set[str] = set()
        left = before | changed
        while left:
            family = self._family_of(min(left))
            left -= set(family)
            self._family |= dict.fromkeys(family, family)
            moved |= self._stories.put_family(family)
        return moved

    def _family_of(self, id: str) -> tuple[str, ...]:
        """The reports that tell one story with a report; one that merges several stories tells none of them."""
        found, due = {id}, [id]
        while due:
            near = self._of_one_kind(due.pop()) - found
            found |= near
            due += near
        return tuple(sorted(found))

    def _of_one_kind(self, id: str) -> set[str]:
        merging = id in self._merging
        return {i for i in self._copies.near(id) if (i in self._merging) == merging}

    def _divide(self, changed: set[str]) -> set[str]:
        """Tells of what story each part of a report is that merges several; gives those of which that is another."""
        found: set[str] = set()
        near = set(changed).union(*map(self._copies.near, changed))
        for id in near.union(*map(self._copies.near, near)):
            others = sorted(self._copies.near(id) - self._merging) if id in self._merging else ()
            parts = self._copies.passages(id, others) if others else ()
            if parts != self._parts.pop(id, ()):
                found.add(id)
            if parts:
                self._parts[id] = parts
        return found

    def _with_parts(self, tie: Tie) -> Tie:
        """A tie of a report that merges several, with every two sentences that are the same in place of one."""
        evidence = tuple(s for t in self._parts.get(tie.source, ()) if t.target == tie.target for s in t.evidence)
        return replace(tie, evidence=evidence) if evidence else tie

    def _relay(self, put: Iterable[str], moved: Iterable[str], divided: set[str]) -> set[str]:
        """Looks for what is passed on; gives the reports of which that is another."""
        for id in put:
            self._relays.put(self._readings[id], self._days(id))
        for id in moved:
            self._relays.again(id)
        changed = self._relays.settle() | divided
        for id in changed:
            ties = (*self._relays.ties.get(id, ()), *self._parts.get(id, ()))
            for tie in self._stories.put_relays(id, ties):
                self._passed_on[tie.target].discard(id)
            for tie in ties:
                self._passed_on[tie.target].add(id)
        return changed

    def _by_way_of(self, ids: Iterable[str]) -> set[str]:
        """The reports, and those that take something from them, by way of others or not."""
        found, due = set(ids), list(ids)
        while due:
            more = self._passed_on.get(due.pop(), set()) - found
            found |= more
            due += more
        return found
