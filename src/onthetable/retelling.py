"""How outlets word the same: claims side by side, and terms counted. Pure functions over records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from onthetable.model import ClaimKind, OutletWording, Reading, Report, Retelling, Span, Telling, Tie
from onthetable.text import words

_Told = tuple[ClaimKind, tuple[str, ...]]
"""What a claim is of, and its findings (ids), the earliest first."""
_Found = Callable[[str], tuple[str, Span]]
"""The report and the words of a finding, by its id."""


def retold(
    claims: Iterable[_Told], found: _Found, report: Callable[[str], Report], against: Iterable[Tie] = ()
) -> Iterator[Retelling]:
    """The claims that outlets word differently, in their order; `found` and `report` look up ids.

    What differs in capitals and punctuation only is the same wording. Of a statement and the move that stands in it,
    only the statement is given. Words are not put beside those that what stands in them is `against`: one figure may
    stand in "accepted" and in "rejected".
    """
    given: dict[str, list[Span]] = defaultdict(list)
    opposed: dict[frozenset[str], list[Tie]] = defaultdict(list)
    for tie in against:
        opposed[tie.reports].append(tie)
    for kind, members in claims:
        told = tuple(_agreeing(_tellings(members, found, report), opposed))
        if len(told) > 1 and not all(_is_in(t.words, given[t.report]) for t in told):
            for t in told:
                given[t.report].append(t.words)
            yield Retelling(members[0], kind, told)


def worded(readings: Iterable[Reading]) -> tuple[OutletWording, ...]:
    """The terms that each outlet uses for each referent, with how often; reports of unknown outlet go together."""
    counts: dict[tuple[str | None, str], Counter[str]] = defaultdict(Counter)
    for reading in readings:
        for w in reading.wordings:
            counts[reading.report.outlet, w.referent][w.term] += 1
    order = sorted(counts, key=lambda k: (k[1], k[0] is None, k[0] or ""))
    return tuple(
        OutletWording(o, r, tuple(sorted(counts[o, r].items(), key=lambda t: (-t[1], t[0])))) for o, r in order
    )


def _tellings(members: tuple[str, ...], found: _Found, report: Callable[[str], Report]) -> Iterator[Telling]:
    outlets: set[str] = set()
    wordings: set[tuple[str, ...]] = set()
    for id in members:
        where, span = found(id)
        outlet, wording = report(where).outlet, tuple(words(span.text))
        if outlet and outlet not in outlets and wording not in wordings:
            outlets.add(outlet)
            wordings.add(wording)
            yield Telling(outlet, id, where, span)


def _agreeing(told: Iterable[Telling], opposed: Mapping[frozenset[str], Sequence[Tie]]) -> Iterator[Telling]:
    """The tellings that nothing in an earlier one is against."""
    kept: list[Telling] = []
    for t in told:
        ties = (tie for k in kept for tie in opposed.get(frozenset((k.report, t.report)), ()) if _between(tie, k, t))
        if next(ties, None) is None:
            kept.append(t)
            yield t


def _between(tie: Tie, a: Telling, b: Telling) -> bool:
    """Whether a tie joins what stands in the words of the one with what stands in those of the other."""
    first, last = (a, b) if tie.source.startswith(a.report) else (b, a)
    return bool(tie.evidence) and first.words.overlaps(tie.evidence[0]) and last.words.overlaps(tie.evidence[-1])


def _is_in(span: Span, others: Iterable[Span]) -> bool:
    return any(span.overlaps(o) for o in others)
