"""How outlets word the same: claims side by side, and terms counted. Pure functions over records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from onthetable.model import ClaimKind, OutletWording, Reading, Report, Retelling, Span, Telling
from onthetable.text import words

_Told = tuple[ClaimKind, tuple[str, ...]]
"""What a claim is of, and its findings (ids), the earliest first."""
_Found = Callable[[str], tuple[str, Span]]
"""The report and the words of a finding, by its id."""


def retold(claims: Iterable[_Told], found: _Found, report: Callable[[str], Report]) -> Iterator[Retelling]:
    """The claims that outlets word differently, in their order; `found` and `report` look up ids.

    What differs in capitals and punctuation only is the same wording. Of a statement and the move that stands in it,
    only the statement is given.
    """
    given: dict[str, list[Span]] = defaultdict(list)
    for kind, members in claims:
        told = tuple(_tellings(members, found, report))
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


def _is_in(span: Span, others: Iterable[Span]) -> bool:
    return any(span.overlaps(o) for o in others)
