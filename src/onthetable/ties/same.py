"""Findings that say the same are put together under the earliest of them, and those that follow from others are told.

Each is compared with a few of the earlier ones that share a key with it, so that the work grows with the findings and
not with its square. A group has one leader, and every member says what the leader says: likeness is never passed on
from one member to the next (leader clustering: Hartigan 1975).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from onthetable.model import Interval
from onthetable.ties.claim import Finding, Order, placed
from onthetable.ties.judge import Judge
from onthetable.ties.saving import Part
from onthetable.ties.settings import Settings
from onthetable.ties.verdicts import Verdict
from onthetable.ties.windows import Ranked, Seen

KEPT = 16
"""Leaders of each key that are looked at, the latest; and those of all keys that are compared."""

_FINAL = (Verdict.APART, Verdict.CONTRADICTS)
_ONE_WAY = (Verdict.HOLDS, Verdict.FOLLOWS)

F = TypeVar("F", bound=Finding)


@dataclass(frozen=True, slots=True)
class Rules(Generic[F]):
    """How findings of one kind are compared. Only those that share one of their `keys` are.

    `same` tells whether an earlier one and a later one say the same, `holds` whether the first one given says all that
    the second does, `clash` whether two that are not the same cannot both be so, `alike` whether one sentence that is
    said again can have both.
    """

    keys: Callable[[F], Iterable[Hashable]]
    same: Callable[[F, F], bool]
    holds: Callable[[F, F], bool]
    clash: Callable[[F, F], bool]
    alike: Callable[[F, F], bool]


@dataclass(frozen=True, slots=True)
class Heard(Generic[F]):
    """What becomes of a finding: the earlier one that says the same, if any; else what it follows from or holds.

    `entails` are pairs of ids, the second of which follows from the first; `clashes` are earlier ones beside which it
    cannot be so.
    """

    leader: F | None
    entails: tuple[tuple[str, str], ...]
    clashes: tuple[F, ...]


class Gathering(Part, Generic[F]):
    """What findings of one kind say, each thing once; any order of arrival gives the same.

    `published` gives the days of their reports by id: the earliest comes first, undated ones last. What `settings` puts
    on other days or at other places is neither the same nor entailed, unless it is of one story. Where `judge` has a
    verdict on the sentences of two of different stories, that decides about those that are `alike`.
    """

    KEPT = ("_windows",)

    def __init__(self, rules: Rules[F], published: Mapping[str, Interval], settings: Settings, judge: Judge) -> None:
        self._rules, self._published, self._settings, self._verdicts = rules, published, settings, judge
        self._windows: Ranked[F, Heard[F]] = Ranked(self._order, rules.keys, self._judge, KEPT, KEPT, self._matter)

    def _order(self, finding: F) -> Order:
        return placed(finding.id, finding.report, finding.evidence.start, self._published.get(finding.report))

    def put(self, finding: F, *, otherwise: bool = False, beside: Collection[str] | None = None) -> None:
        """Adds a finding, in the place of that of the same id. `settle` compares them.

        `otherwise` tells that the judge, or the settings, have another opinion of it than before; if only beside what
        some leading sentences (ids) tell, `beside` names these.
        """
        told = self._verdicts

        def concerned(other: F) -> bool:
            return beside is None or told.leader(other) in beside

        self._windows.put(finding, tuple(told.keys(finding)), otherwise=otherwise, beside=concerned)

    def drop(self, ids: Iterable[str]) -> None:
        """Takes findings out again."""
        self._windows.drop(ids)

    def settle(self) -> None:
        """Compares what came with what was there, and that with it."""
        self._windows.settle()

    def repeated(self) -> Iterator[tuple[F, F]]:
        """Each finding that says again what an earlier one does, with that one."""
        return ((self._windows[id], h.leader) for id, h in self._windows.found.items() if h.leader)

    def clashing(self) -> Iterator[tuple[F, F]]:
        """Each finding with an earlier one beside which it cannot be so."""
        return ((self._windows[id], earlier) for id, h in self._windows.found.items() for earlier in h.clashes)

    def entailed(self) -> Iterator[tuple[str, str]]:
        """Pairs of ids, the second of which follows from the first."""
        return (pair for h in self._windows.found.values() for pair in h.entails)

    def groups(self) -> Iterator[list[F]]:
        """Findings that say the same, earliest first; those that nothing repeats are in none."""
        members: dict[str, list[str]] = defaultdict(list)
        for id, heard in self._windows.found.items():
            if heard.leader:
                members[heard.leader.id].append(id)
        for leader, others in members.items():
            yield [self._windows[i] for i in (leader, *sorted(others, key=self._windows.order))]

    def _judge(self, finding: F, seen: Sequence[Seen[F]]) -> tuple[bool, Heard[F] | None, bytes]:
        heard = self._hear(finding, [s.leader for s in seen])
        return heard is None or heard.leader is None, heard, b""

    def _hear(self, finding: F, compared: Sequence[F]) -> Heard[F] | None:
        rules, settings = self._rules, self._settings
        judged = [(x, self._verdicts.of(x.id, finding.id)) for x in compared]
        if leader := next((x for x, v in judged if v is Verdict.SAME and rules.alike(x, finding)), None):
            return Heard(leader, (), ())
        entails: list[tuple[str, str]] = []
        elsewhere: list[F] = []
        near: list[F] = []
        unlike: set[str] = set()
        for x, v in judged:
            if v in _ONE_WAY and rules.alike(x, finding):
                entails.append((x.id, finding.id) if v is Verdict.HOLDS else (finding.id, x.id))
            elif v not in _FINAL and self._bears(x, finding):
                (elsewhere if settings.near(x, finding) and settings.apart(x, finding) else near).append(x)
                unlike |= {x.id} if v is Verdict.UNLIKE else set()
        excluded = (
            x for x in elsewhere
            if settings.of(x).excludes(settings.of(finding)) and (rules.same(x, finding) or rules.clash(x, finding))
        )  # fmt: skip
        clashes = list(islice(excluded, 1))
        if leader := next((x for x in near if x.id not in unlike and rules.same(x, finding)), None):
            return Heard(leader, tuple(entails), tuple(clashes))
        clashing = {x.id: x for x in near if rules.clash(x, finding)}
        clashes += islice((x for x in clashing.values() if x.report != finding.report), 1)
        open = (x for x in near if x.id not in clashing and x.id not in unlike)
        entails += (p for x in open for p in islice(self._held(x, finding), 1))
        return Heard(None, tuple(entails), tuple(clashes)) if entails or clashes else None

    def _bears(self, earlier: F, finding: F) -> bool:
        """Whether one can be anything to the other. Most are nothing, and need not be looked up in their settings."""
        rules = self._rules
        return rules.same(earlier, finding) or rules.clash(earlier, finding) or any(self._held(earlier, finding))

    def _matter(self, finding: F, heard: Heard[F] | None, come: Iterable[F], gone: Iterable[str]) -> bool:
        """Whether other leaders can make a difference: one that goes was told of, or one that comes would be."""
        told = _told(heard) if heard else frozenset()
        return not told.isdisjoint(gone) or any(self._hear(finding, [x]) for x in come)

    def _held(self, earlier: F, finding: F) -> Iterator[tuple[str, str]]:
        for one, other in ((finding, earlier), (earlier, finding)):
            if self._rules.holds(one, other):
                yield one.id, other.id


def _told(heard: Heard[F]) -> frozenset[str]:
    leader = (heard.leader,) if heard.leader else ()
    return frozenset((*(f.id for f in (*leader, *heard.clashes)), *(i for pair in heard.entails for i in pair)))
