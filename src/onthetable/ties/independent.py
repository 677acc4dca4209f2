"""Behind how many independent origins something stands, and how many named sources: counted in this one place."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Literal

from onthetable.model import Backing, Event, Figure, Move, Reading, Report, Span, Statement, Tie, Ties
from onthetable.outlets import find_outlets, same
from onthetable.ties.claim import Stories
from onthetable.ties.sayings import unnamed, wording
from onthetable.ties.series import known_as

BEGINNING = 600
"""Code points of a report in which it tells from whom it has its news: a paragraph or two."""

_Origin = tuple[Literal["words", "family", "name"], str]
_Finding = Statement | Move | Figure | Event


class Wordings:
    """What is read off the words of reports for counting; a ledger goes on with that of the one before it."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Statement, tuple[str, ...]]] = {}
        self._wholes: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def of(self, s: Statement) -> tuple[str, ...]:
        """What of a statement can be the same in another: its quotations, and what it speaks of."""
        known = self._known.get(s.id)
        if known and known[0] is s:
            return known[1]
        quotes, items = wording(s)
        found = *sorted(quotes), " ".join(sorted(items))
        self._known[s.id] = s, found
        return found

    def whole(self, report: Report, names: tuple[str, ...]) -> tuple[str, ...]:
        """Of the organisations that a report names as its origins those that all of it is from.

        They are those of its credit lines and those named where it begins; one named further down told that sentence.
        """
        known = self._wholes.get(report.id)
        if known and known[0] == names:
            return known[1]
        first = {n.name: n.start for n in reversed(find_outlets(report.text, names))} if names else {}
        later = {n for n in names for other, at in first.items() if at >= BEGINNING and same(n, other)}
        found = tuple(n for n in names if n in report.credits or n not in later)
        self._wholes[report.id] = names, found
        return found


class Origins:
    """What stands behind statements, moves, figures and events, asked by their ids.

    The origin of a finding is the outlet nearest to its source, else the organisations that its report credits at its
    beginning or in a credit line, else the report's outlet, else the report itself, or the report that it was taken
    from where that is known. Reports of one family and findings that share an origin count once, and so do the same
    words of people unnamed in two reports, unless they are said to speak for different parties.
    """

    def __init__(
        self, readings: Sequence[Reading], ties: Ties, first: Callable[[str], str], wordings: Wordings
    ) -> None:
        """`first` gives the report that stands for the family of a report."""
        self._first = first
        self._origins = ties.origins
        self._wordings = wordings
        relays = (t for t in ties.ties if t.kind == "relays")
        merged = (t for t in ties.ties if t.kind == "copies" and first(t.source) != first(t.target))
        self._stories = Stories((), chain(relays, *map(_passages, merged)))
        self._readings = {r.report.id: r for r in readings}
        self._found: dict[str, _Finding] = {}
        for r in readings:
            found: tuple[_Finding, ...] = (*r.statements, *r.moves, *r.figures, *r.events)
            self._found.update((x.id, x) for x in found)
        self._words = _Words((s for r in readings for s in r.statements if s.source and unnamed(s.source)), wordings)

    def of(self, ids: Iterable[str]) -> tuple[str, ...]:
        """One name, or else the id of a report, for each independent origin of some findings."""
        keys = {tuple(self._keys(self._found[i])) for i in ids}
        known = Counter(k[-1] for k in keys)
        firsts = (max(group, key=lambda k: (known[k], k)) for group in _components(keys))
        return tuple(sorted(name for _, name in firsts))

    def behind(self, ids: Sequence[str]) -> Backing:
        """The reports, independent origins and named sources of some findings."""
        found = [self._found[i] for i in ids]
        named = {name for x in found if (name := self._name(x))}
        if len(found) == 1:
            return Backing(1, 1, len(named))  # most findings stand alone
        return Backing(len({x.report for x in found}), len(self.of(ids)), len(named))

    def _name(self, x: _Finding) -> str | None:
        """The source of a finding, if it is known by name."""
        said = self._said(x)
        if said and said.source and not unnamed(said.source):
            return said.source.name
        by = x.authority if isinstance(x, Figure) else None
        return known_as(by) if by and by != by.lower() else None

    def _keys(self, x: _Finding) -> Iterator[_Origin]:
        """What two findings share if they have one origin; the name nearest to the source last."""
        said = self._said(x)
        if said and said.source and unnamed(said.source):
            yield from (("words", key) for key in self._words.of(said))
        taken = self._stories.taken_from(x.report, _span(x))
        relay = said.relay if said else ()
        if not relay or taken != x.report:
            report = self._readings[taken].report if taken in self._readings else self._readings[x.report].report
            first = self._first(report.id)
            whole = self._readings[first].report if first in self._readings else report
            outlet = whole.outlet or report.outlet
            named = self._whole(report) or self._whole(whole) or ((outlet,) if outlet else ())
            yield "family", first
            yield from (("name", n) for n in named)
        if relay:
            yield "name", relay[-1]

    def _whole(self, report: Report) -> tuple[str, ...]:
        """The organisations that all of a report is from."""
        names = self._origins.get(report.id, ())
        return self._wordings.whole(report, names) if names else ()

    def _said(self, x: _Finding) -> Statement | None:
        """The statement that a finding is, rests on or stands in."""
        if isinstance(x, Statement):
            return x
        if isinstance(x, Move):
            found = self._found.get(x.statement or "")
            return found if isinstance(found, Statement) else None
        return _around(self._readings[x.report].statements, _span(x))


class _Words:
    """The words of people unnamed, so that the same in two reports are one origin."""

    def __init__(self, statements: Iterable[Statement], wordings: Wordings) -> None:
        self._wordings = wordings
        self._parties: dict[str, set[str]] = defaultdict(set)
        for s in statements:
            keys = wordings.of(s)
            if s.source and s.source.party:
                for key in keys:
                    self._parties[key].add(s.source.party)

    def of(self, s: Statement) -> Iterator[str]:
        """A key for each stretch of words, and for the party that the source speaks for where two say the same."""
        for key in self._wordings.of(s):
            parties = self._parties.get(key, set())
            own = (s.source.party if s.source else None) or min(parties, default="")
            yield f"{own}\n{key}" if len(parties) > 1 else key


def _passages(tie: Tie) -> Iterator[Tie]:
    """A tie for each two passages that two reports share."""
    return (replace(tie, evidence=both) for both in zip(tie.evidence[::2], tie.evidence[1::2], strict=True))


def _span(x: _Finding) -> Span:
    return x.content if isinstance(x, Statement) else x.number if isinstance(x, Figure) else x.evidence


def _around(statements: Sequence[Statement], span: Span) -> Statement | None:
    """The closest of a few statements before a span that holds all of it; statements are in the order of the text."""
    last = bisect_right(statements, span.start, key=lambda s: s.content.start)
    near = statements[max(0, last - 4) : last]
    return next((s for s in reversed(near) if span.within(s.content)), None)


def _components(groups: Iterable[tuple[_Origin, ...]]) -> list[list[_Origin]]:
    """Groups that share an element, directly or by way of others, put together."""
    above: dict[_Origin, _Origin] = {}

    def root(element: _Origin) -> _Origin:
        while above.setdefault(element, element) != element:
            above[element] = element = above[above[element]]
        return element

    for group in groups:
        first, *others = map(root, group)
        for other in others:
            above[other] = first
    found: dict[_Origin, list[_Origin]] = defaultdict(list)
    for element in list(above):
        found[root(element)].append(element)
    return list(found.values())
