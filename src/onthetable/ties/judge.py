"""Judges whether the sentences that two findings of different stories stand in say the same, or cannot both be so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from onthetable.case import Party
from onthetable.model import Interval, Reading, Span
from onthetable.ties.account import Account, Names, account, items_of
from onthetable.ties.claim import Finding
from onthetable.ties.settings import sentence
from onthetable.ties.verdicts import Verdict, verdict

KEPT = 50_000
"""Accounts that are kept at a time, and verdicts."""
SHARED = 0.34
"""Share of the keys of the shorter of two that both have, for them to be worth a verdict."""
FEW = 2
"""Keys that both have."""

_Key = tuple[str, int, int]


class Judge:
    """What the sentence of one finding is to that of another, each pair judged once."""

    def __init__(
        self, readings: Iterable[Reading], published: Mapping[str, Interval], parties: Iterable[Party] = ()
    ) -> None:
        self._readings = {r.report.id: r for r in readings}
        self._said = {i: sorted((s.content for s in r.statements), key=_start) for i, r in self._readings.items()}
        self._published = published
        self._names = Names(self._readings.values(), parties)
        self._accounts: Callable[[_Key], Account] = lru_cache(KEPT)(self._account)
        self._verdicts: Callable[[_Key, _Key], Verdict | None] = lru_cache(KEPT)(self._verdict)
        self._places: dict[str, _Key] = {}

    def place(self, finding: Finding) -> _Key:
        """The report and the offsets of the sentence that a finding stands in, or of what is said there."""
        if finding.id not in self._places:
            report = self._readings[finding.report].report
            span = self._content(finding.report, finding.evidence) or sentence(report, finding.evidence)
            self._places[finding.id] = finding.report, span.start, span.end
        return self._places[finding.id]

    def _content(self, report: str, evidence: Span) -> Span | None:
        """The statement that is the evidence, or that holds it."""
        said = self._said[report]
        last = bisect_left(said, evidence.start + 1, key=_start)
        return next((s for s in reversed(said[max(0, last - 4) : last]) if evidence.within(s)), None)

    def keys(self, finding: Finding) -> Iterator[Hashable]:
        """What a finding is looked up by."""
        yield from _keys(self._accounts(self.place(finding)))

    def of(self, first: Finding, second: Finding) -> Verdict | None:
        """What the first is to the second; None in one story, or where too little is known."""
        if first.family == second.family or first.report == second.report:
            return None
        return self._verdicts(self.place(first), self.place(second))

    def _account(self, key: _Key) -> Account:
        report, start, end = key
        reading = self._readings[report]
        return account(reading, reading.report.span(start, end), self._published.get(report), self._names)

    def _verdict(self, first: _Key, second: _Key) -> Verdict | None:
        a, b = self._accounts(first), self._accounts(second)
        x, y = set(_keys(a)), set(_keys(b))
        if len(x & y) < min(FEW, SHARED * min(len(x), len(y))):
            return None
        return verdict(a, b)


def _keys(made: Account) -> Sequence[Hashable]:
    return list(dict.fromkeys(items_of(made)))


def _start(span: Span) -> int:
    return span.start
