"""Findings that say the same are put together under the earliest of them, and those that follow from others are told.

Each is compared with a few of the earlier ones that share a key with it, so that the work grows with the findings and
not with its square. A group has one leader, and every member says what the leader says: likeness is never passed on
from one member to the next (leader clustering: Hartigan 1975).
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, TypeVar

from onthetable.model import Interval
from onthetable.ties.claim import Finding, appeared
from onthetable.ties.judge import Judge
from onthetable.ties.settings import Settings
from onthetable.ties.verdicts import Verdict

KEPT = 16
"""Leaders of each key that are looked at, the latest; and those of all keys that are compared."""

_FINAL = (Verdict.APART, Verdict.CONTRADICTS)
_ONE_WAY = (Verdict.HOLDS, Verdict.FOLLOWS)

F = TypeVar("F", bound=Finding)


@dataclass
class Said(Generic[F]):
    """Groups of findings, each led by its first, and pairs of ids of leaders: the second follows from the first."""

    groups: list[list[F]] = field(default_factory=list)
    entails: set[tuple[str, str]] = field(default_factory=set)
    clashes: list[tuple[F, F]] = field(default_factory=list)
    """A later one and a leader that cannot both be so."""


def gather(
    findings: Iterable[F],
    published: Mapping[str, Interval],
    keys: Callable[[F], Iterable[Hashable]],
    same: Callable[[F, F], bool],
    holds: Callable[[F, F], bool],
    settings: Settings | None = None,
    clash: Callable[[F, F], bool] | None = None,
    judge: Judge | None = None,
    alike: Callable[[F, F], bool] = lambda a, b: True,
) -> Said[F]:
    """What findings of one kind say, each thing once; any order of them gives the same.

    `published` gives the days of their reports by id: the earliest comes first, undated ones last. Only findings that
    share one of their `keys` are compared. `same` tells whether an earlier one and a later one say the same, `holds`
    whether the first one given says all that the second does. What `settings` puts on other days or at other places is
    neither, unless it is of one story. `clash` tells whether two that are not the same cannot both be so. Where `judge`
    has a verdict on the sentences of two of different stories, that decides about those that are `alike`.
    """
    said: Said[F] = Said()
    leaders: dict[Hashable, deque[tuple[int, F]]] = defaultdict(lambda: deque(maxlen=KEPT))
    for finding in sorted(
        findings, key=lambda f: (*appeared(published.get(f.report)), f.report, f.evidence.start, f.id)
    ):
        own = list(dict.fromkeys((*keys(finding), *(judge.keys(finding) if judge else ()))))
        likely = _likely(own, leaders)
        if judge:
            judged = [(n, o, judge.of(o, finding)) for n, o in likely]
            place = next((n for n, o, v in judged if v is Verdict.SAME and alike(o, finding)), None)
            if place is not None:
                said.groups[place].append(finding)
                continue
            for _, o, v in judged:
                if v in _ONE_WAY and alike(o, finding):
                    said.entails.add((o.id, finding.id) if v is Verdict.HOLDS else (finding.id, o.id))
            decided = {n for n, o, v in judged if v in _FINAL or (v in _ONE_WAY and alike(o, finding))}
            likely = [(n, o) for n, o in likely if n not in decided]
        unlike = {n for n, _, v in judged if v is Verdict.UNLIKE} if judge else set()
        if settings:
            others = [leader for _, leader in likely if _set_apart(leader, finding, settings)]
            clashing = (
                o for o in others
                if settings.of(o).excludes(settings.of(finding)) and (same(o, finding) or (clash and clash(o, finding)))
            )  # fmt: skip
            said.clashes += [(finding, o) for o in islice(clashing, 1)]
            likely = [(n, leader) for n, leader in likely if leader not in others]
        place = next((n for n, leader in likely if n not in unlike and same(leader, finding)), None)
        if place is not None:
            said.groups[place].append(finding)
            continue
        if clash and (other := next((o for _, o in likely if o.report != finding.report and clash(o, finding)), None)):
            said.clashes.append((finding, other))
        for n, leader in likely:
            if n in unlike or (clash and clash(leader, finding)):
                continue
            if holds(finding, leader):
                said.entails.add((finding.id, leader.id))
            elif holds(leader, finding):
                said.entails.add((leader.id, finding.id))
        for key in own:
            leaders[key].append((len(said.groups), finding))
        said.groups.append([finding])
    return said


def _set_apart(a: Finding, b: Finding, settings: Settings) -> bool:
    return settings.near(a, b) and settings.apart(a, b)


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
