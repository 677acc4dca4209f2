"""Which paragraphs a search is narrowed to: by party, issue, source, outlet and day, as the readings have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sqlalchemy import Connection, select

from onthetable.case import Case
from onthetable.errors import UsageError
from onthetable.model import Interval, Reading, Report, Span
from onthetable.outlets import outlet_of
from onthetable.reviews import Review, apply
from onthetable.store import codec
from onthetable.store.passages import Passage
from onthetable.store.tables import READINGS, REPORTS
from onthetable.text import words
from onthetable.ties.dating import date_reports

MOST = 2_000
"""Reports that are remembered while a search goes through its paragraphs."""


@dataclass(frozen=True, slots=True)
class Only:
    """What paragraphs a search is to find; None is no limit.

    `party` (by name or alias) makes a move, speaks or proposes in the paragraph; `issue` (by id or label) is what a
    move or term in it is about, that party's if both are given; all words of `source` are among those that name a
    source in it. `outlet` published the report, certainly not before `since` and not after `until`.
    """

    party: str | None = None
    issue: str | None = None
    source: str | None = None
    outlet: str | None = None
    since: date | None = None
    until: date | None = None

    def of(self, case: Case) -> Only:
        """The same by the names of a case. Raises UsageError for a party or issue that it has not, with the known."""
        if self.since and self.until and self.until < self.since:
            raise UsageError(f"--to {self.until} is before --from {self.since}")
        parties = {n.casefold(): p.name for p in case.parties for n in (*p.aliases, p.name)}
        issues = {
            n.casefold(): i.id for pack in case.with_all_packs().packs for i in pack.issues for n in (i.label, i.id)
        }
        party, issue = _known("--party", self.party, parties), _known("--issue", self.issue, issues)
        outlet = outlet_of(self.outlet, loose=True) or self.outlet if self.outlet else None
        return replace(self, party=party, issue=issue, outlet=outlet)

    @property
    def anything(self) -> bool:
        """Whether it narrows nothing."""
        return self == Only()


def _known(option: str, name: str | None, known: dict[str, str]) -> str | None:
    if name is None:
        return None
    if name.casefold() not in known:
        told = ", ".join(sorted(set(known.values())))
        raise UsageError(f"{option} {name}: no such {option.removeprefix('--')} (known: {told})")
    return known[name.casefold()]


def narrowed(
    connection: Connection,
    found: Iterable[Sequence[Passage]],
    only: Only,
    case: Case,
    version: str,
    reviews: Sequence[Review],
) -> Iterator[Passage]:
    """Those of the paragraphs (in batches, the best first) that are wanted, in their order.

    Only the reports that a search finds are looked at, each by its reading of this version, else its last, as
    people corrected it. Raises ValueError or zlib.error if a record is damaged.
    """
    looked: dict[str, _Look | None] = {}
    for batch in found:
        if len(looked) > MOST:
            looked.clear()
        new = [p.report for p in batch if p.report not in looked]
        looked.update(dict.fromkeys(new))
        reports = (
            codec.report_from_bytes(d) for d in connection.scalars(select(REPORTS.c.data).where(REPORTS.c.id.in_(new)))
        )
        there = {r.id: r for r in reports if only.outlet is None or _of_outlet(r, only.outlet)}
        for reading in apply(_readings(connection, there, version), reviews).readings:
            looked[reading.report.id] = _Look(reading, case)
        for p in batch:
            look = looked[p.report]
            if look and look.fits(p, only):
                yield p


def _of_outlet(report: Report, outlet: str) -> bool:
    return (report.outlet or "").casefold() == outlet.casefold()


def _readings(connection: Connection, reports: dict[str, Report], version: str) -> list[Reading]:
    """The reading of each report that counts."""
    query = (
        select(READINGS.c.report, READINGS.c.data)
        .where(READINGS.c.report.in_(reports))
        .order_by(READINGS.c.version == version, READINGS.c.at)
    )
    last = {row.report: row.data for row in connection.execute(query)}
    return [codec.reading_from_bytes(data, reports[id]) for id, data in last.items()]


class _Look:
    """A reading, looked at for what stands in its paragraphs."""

    def __init__(self, reading: Reading, case: Case) -> None:
        self._reading = reading
        self._case = case

    @cached_property
    def _days(self) -> Interval | None:
        """When it was published, as far as it tells by itself."""
        found = date_reports([self._reading], self._case).get(self._reading.report.id)
        return found.interval if found else None

    def fits(self, p: Passage, only: Only) -> bool:
        """Whether a paragraph of it is wanted."""
        return (
            (not (only.party or only.issue) or self._moved(p, only.party, only.issue))
            and (not only.source or self._said(p, only.source))
            and (not (only.since or only.until) or self._published(only.since, only.until))
        )

    def _moved(self, p: Passage, party: str | None, issue: str | None) -> bool:
        r = self._reading
        moves = ((m.party, m.issue, m.evidence) for m in r.moves)
        terms = ((x.proposer, t.issue, x.evidence) for x in r.proposals for t in x.terms)
        speak = ((s.source.party, None, s.source.span) for s in r.statements if s.source)
        return any(
            party in (None, who) and issue in (None, what) and _in(span, p)
            for found in (moves, terms, speak) for who, what, span in found
        )  # fmt: skip

    def _said(self, p: Passage, source: str) -> bool:
        wanted = set(words(source))
        return bool(wanted) and any(
            wanted <= {*words(s.source.name or ""), *words(s.source.span.text)}
            for s in self._reading.statements
            if s.source and (_in(s.source.span, p) or _in(s.content, p))
        )

    def _published(self, since: date | None, until: date | None) -> bool:
        found = self._days
        return (
            found is not None
            and (since is None or found.earliest >= since)
            and (until is None or found.latest <= until)
        )


def _in(span: Span, p: Passage) -> bool:
    return span.start < p.end and p.start < span.end
