"""Findings that say the same are put together under the earliest of them, and those that follow from others are told.

Each is compared with a few of the earlier ones that share a key with it, so that the work grows with the findings and
not with its square. A group has one leader, and every member says what the leader says: likeness is never passed on
from one member to the next (leader clustering: Hartigan 1975).
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from onthetable.model import Interval
from onthetable.ties.claim import Finding, appeared

KEPT = 16
"""Leaders of each key that are looked at, the latest; and those of all keys that are compared."""

F = TypeVar("F", bound=Finding)


@dataclass
class Said(Generic[F]):
    """Groups of findings, each led by its first, and pairs of ids of leaders: the second follows from the first."""

    groups: list[list[F]] = field(default_factory=list)
    entails: set[tuple[str, str]] = field(default_factory=set)


def gather(
    findings: Iterable[F],
    published: Mapping[str, Interval],
    keys: Callable[[F], Iterable[Hashable]],
    same: Callable[[F, F], bool],
    holds: Callable[[F, F], bool],
) -> Said[F]:
    """What findings of one kind say, each thing once; any order of them gives the same.

    `published` gives the days of their reports by id: the earliest comes first, undated ones last. Only findings that
    share one of their `keys` are compared. `same` tells whether an earlier one and a later one say the same, `holds`
    whether the first one given says all that the second does.
    """
    said: Said[F] = Said()
    leaders: dict[Hashable, deque[tuple[int, F]]] = defaultdict(lambda: deque(maxlen=KEPT))
    for finding in sorted(
        findings, key=lambda f: (*appeared(published.get(f.report)), f.report, f.evidence.start, f.id)
    ):
        own = list(dict.fromkeys(keys(finding)))
        likely = _likely(own, leaders)
        place = next((n for n, leader in likely if same(leader, finding)), None)
        if place is not None:
            said.groups[place].append(finding)
            continue
        for _, leader in likely:
            if holds(finding, leader):
                said.entails.add((finding.id, leader.id))
            elif holds(leader, finding):
                said.entails.add((leader.id, finding.id))
        for key in own:
            leaders[key].append((len(said.groups), finding))
        said.groups.append([finding])
    return said


def _likely(keys: Sequence[Hashable], leaders: Mapping[Hashable, Iterable[tuple[int, F]]]) -> list[tuple[int, F]]:
    """The leaders that share most keys, those first; of equals the earlier."""
    shared: Counter[int] = Counter()
    found: dict[int, F] = {}
    for key in keys:
        for n, leader in leaders.get(key, ()):
            shared[n] += 1
            found[n] = leader
    best = sorted(shared, key=lambda n: (-shared[n], n))[:KEPT]
    return [(n, found[n]) for n in best]
