"""What several reports say is one claim, with what stands behind it. Pure functions over records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from onthetable.model import Backing, Claim, ClaimKind, Ties

_Group = tuple[str, ...]


def claimed(
    kinds: Mapping[str, ClaimKind], ties: Ties, against: Iterable[tuple[str, str]], behind: Callable[[_Group], Backing]
) -> Iterator[Claim]:
    """Every finding in one claim, in their order: `kinds` are those that count, by id.

    `against` are pairs of ids that contradict each other, `behind` tells what stands behind findings.
    """
    groups: dict[str, _Group] = {}
    for group in ties.same:
        members = tuple(i for i in group if i in kinds)
        groups |= dict.fromkeys(members, members)
    own = {i: groups.get(i, (i,)) for i in kinds}
    entailed = _by_first(own, ties.entails)
    opposed = _by_first(own, (pair for a, b in against for pair in ((a, b), (b, a))))
    for i, kind in kinds.items():
        if own[i][0] == i:
            b = behind(own[i])
            found = entailed.get(i, ()), opposed.get(i, ())
            yield Claim(i, kind, own[i], b.reports, b.origins, b.named, *found)


def _by_first(own: Mapping[str, Sequence[str]], pairs: Iterable[tuple[str, str]]) -> dict[str, _Group]:
    """The claims that each claim is paired with, each by its first finding."""
    firsts = {(own[a][0], own[b][0]) for a, b in pairs if a in own and b in own}
    found: dict[str, list[str]] = defaultdict(list)
    for a, b in sorted(firsts):
        if a != b:
            found[a].append(b)
    return {a: tuple(others) for a, others in found.items()}
