"""The same claim in the words of several outlets, side by side. Pure functions over records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from onthetable.model import Claim, Report, Retelling, Span, Telling
from onthetable.text import words

_Found = Callable[[str], tuple[str, Span]]
"""The report and the words of a finding, by its id."""


def retold(claims: Iterable[Claim], found: _Found, report: Callable[[str], Report]) -> Iterator[Retelling]:
    """The claims that outlets word differently, in their order; `found` and `report` look up ids.

    What differs in capitals and punctuation only is the same wording. Of a statement and the move that stands in it,
    only the statement is given.
    """
    given: dict[str, list[Span]] = defaultdict(list)
    for claim in claims:
        told = tuple(_tellings(claim, found, report))
        if len(told) > 1 and not all(_is_in(t.words, given[t.report]) for t in told):
            for t in told:
                given[t.report].append(t.words)
            yield Retelling(claim.id, claim.kind, told)


def _tellings(claim: Claim, found: _Found, report: Callable[[str], Report]) -> Iterator[Telling]:
    outlets: set[str] = set()
    wordings: set[tuple[str, ...]] = set()
    for id in claim.members:
        where, span = found(id)
        outlet, wording = report(where).outlet, tuple(words(span.text))
        if outlet and outlet not in outlets and wording not in wordings:
            outlets.add(outlet)
            wordings.add(wording)
            yield Telling(outlet, id, where, span)


def _is_in(span: Span, others: Iterable[Span]) -> bool:
    return any(span.overlaps(o) for o in others)
