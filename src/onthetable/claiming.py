"""What several reports say is one claim, with what stands behind it. Pure functions over records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from onthetable.model import Backing, Claim, ClaimKind, Event, Figure, Move, Reading, Statement, Ties

_Group = tuple[str, ...]


def findings(r: Reading) -> Iterator[tuple[ClaimKind, Statement | Move | Figure | Event]]:
    """What of a report is in a claim, with what it is."""
    yield from (("statement", s) for s in r.statements)
    yield from (("move", m) for m in r.moves)
    yield from (("figure", f) for f in r.figures)
    yield from (("event", e) for e in r.events)


def together(kinds: Mapping[str, ClaimKind], ties: Ties) -> dict[str, _Group]:
    """The findings that each finding is one claim with, itself included; `kinds` are those that count, by id."""
    groups: dict[str, _Group] = {}
    for group in ties.same:
        members = tuple(i for i in group if i in kinds)
        groups |= dict.fromkeys(members, members)
    return {i: groups.get(i, (i,)) for i in kinds}


def claimed(
    kinds: Mapping[str, ClaimKind], ties: Ties, against: Iterable[tuple[str, str]], behind: Callable[[_Group], Backing],
    of: Iterable[str] | None = None,
) -> Iterator[Claim]:  # fmt: skip
    """Every finding in one claim, in their order: `kinds` are those that count, by id.

    `against` are pairs of ids that contradict each other, `behind` tells what stands behind findings; `of` are the
    findings whose claims are wanted, if not all are.
    """
    own = together(kinds, ties)
    wanted = own.keys() if of is None else {own[i][0] for i in of}
    entailed = _by_first(own, ties.entails)
    opposed = _by_first(own, (pair for a, b in against for pair in ((a, b), (b, a))))
    for i, kind in kinds.items():
        if own[i][0] == i and i in wanted:
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
