"""A ledger as Markdown (CommonMark with tables and footnotes), every claim with a footnote of its exact words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from onthetable.model import Gap, Span
from onthetable.reports.own import LAST_COMMENT
from onthetable.views import labels
from onthetable.views.ledger import Ledger
from onthetable.views.packages import packages


class _Notes:
    """Footnotes in the order of their first use."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._numbers: dict[tuple[str, Span], int] = {}

    def ref(self, report: str, span: Span) -> str:
        return f"[^{self._numbers.setdefault((report, span), len(self._numbers) + 1)}]"

    def lines(self) -> Iterator[str]:
        for (id, span), n in self._numbers.items():
            r = self._ledger.report(id)
            where = f"{_text(labels.title(r))}, {_text(r.path)}, {labels.interval(self._ledger.day(id))}"
            yield f"[^{n}]: “{_text(span.text)}” — {where}, {span.start}–{span.end}"


def render(ledger: Ledger, at: date | None = None) -> str:
    """What is on the table, as a Markdown document."""
    notes = _Notes(ledger)
    lines = [
        *_head(ledger, at),
        *_positions(ledger, at, notes),
        *_proposals(ledger, at, notes),
        *_figures(ledger, at, notes),
        *_events(ledger, at, notes),
        *_sources(ledger, at, notes),
        *_reports(ledger, at),
        *_unread(ledger),
    ]
    return "\n".join([*lines, "", *notes.lines()]).strip("\n") + f"\n\n{LAST_COMMENT}\n"


def _text(text: str) -> str:
    """Text as text: one line, with every character escaped that Markdown or HTML would take for markup."""
    return re.sub(r"([\\`*_{}\[\]()<>#+!|~&^-])", r"\\\1", labels.one_line(text))


def _table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _head(ledger: Ledger, at: date | None) -> Iterator[str]:
    yield f"# {_text(labels.case(ledger))}"
    yield ""
    yield f"{labels.scope(ledger, at)}."
    for sentence in labels.assumed(ledger, at):
        yield f"*Assumed:* {_text(sentence)}"


def _positions(ledger: Ledger, at: date | None, notes: _Notes) -> Iterator[str]:
    yield "\n## Where they stand"
    gaps = ledger.gaps(at)
    rows = [row for gap in gaps for row in _gap(ledger, gap, notes)]
    if rows:
        yield from _table(
            ["Issue", "Party", "Stance", "Since", "Last reported", "On whose word", "Behind it", "Sure"], rows
        )
    silent = [labels.issue(ledger, g.issue).lower() for g in gaps if not g.positions]
    if silent:
        yield f"\nNot reported: {_text(', '.join(silent))}."


def _gap(ledger: Ledger, gap: Gap, notes: _Notes) -> Iterator[list[str]]:
    for n, p in enumerate(gap.positions):
        name = f"**{_text(labels.issue(ledger, gap.issue))}** ({gap.state})" if n == 0 else ""
        refs = "".join(dict.fromkeys(notes.ref(m.report, m.evidence) for m in map(ledger.move, p.moves)))
        yield [
            name,
            _text(p.party),
            f"{_text(labels.stance(p))}{f' (was: {_text(labels.before(p))})' if p.moved else ''}{refs}",
            labels.interval(p.since),
            labels.interval(p.last_reported),
            _text("; ".join(labels.words(ledger, p))),
            labels.backing(p),
            labels.sure(ledger, p),
        ]


def _proposals(ledger: Ledger, at: date | None, notes: _Notes) -> Iterator[str]:
    yield "\n## Proposals"
    found = packages(ledger, ledger.proposals(at))
    if not found:
        yield "\nNone is reported."
    for p in found:
        by, status = _text(p.proposer or "Proposer not said"), ", ".join(map(labels.status, p.statuses))
        day = labels.interval(ledger.day(p.first.report))
        refs = "".join(dict.fromkeys(notes.ref(x.report, x.evidence) for x in p.proposals))
        yield f"\n**{by}**: {status}, reported {day}{refs}\n"
        for t in p.terms:
            more = [x for x in (labels.quantity(t.quantity), labels.giver(p.proposer, t.giver), t.phase) if x]
            condition = f", if “{_text(t.condition.text)}”" if t.condition else ""
            yield f"- {_text(', '.join([labels.issue(ledger, t.issue).lower(), *more]))}{condition}"


def _figures(ledger: Ledger, at: date | None, notes: _Notes) -> Iterator[str]:
    yield "\n## Figures"
    rows = []
    for measure in ledger.figures(at):
        against = {i for t in measure.contradictions for i in (t.source, t.target)}
        for f in measure.figures:
            marked = "≠ contradicted" if f.id in against else ""
            value = _text(labels.figure(f)) + notes.ref(f.report, f.evidence)
            rows.append([_text(measure.name), value, _text(f.authority or "not given"), marked])
    yield from _table(["What", "How many", "By whose count", ""], rows) if rows else ["\nNone is reported."]


def _events(ledger: Ledger, at: date | None, notes: _Notes) -> Iterator[str]:
    yield "\n## Events"
    rows = [
        [
            labels.interval(e.date, "not known"),
            e.event.type + notes.ref(e.event.report, e.event.evidence),
            _text(", ".join(e.event.participants)),
            _text(e.event.place or ""),
            labels.interval(e.published),
        ]
        for e in ledger.timeline(at)
    ]
    yield from _table(["Day", "What", "Who", "Where", "Reported"], rows) if rows else ["\nNone is reported."]


def _sources(ledger: Ledger, at: date | None, notes: _Notes) -> Iterator[str]:
    yield "\n## Sources"
    rows = []
    claims = labels.claims(ledger, at)
    for v in ledger.sources(at):
        refs = "".join(dict.fromkeys(notes.ref(s.report, s.content) for s in map(ledger.statement, v.statements)))
        told = {c: ledger.statement(i) for i in reversed(v.statements) if (c := claims[i]).reports > 1}
        again = "; ".join(
            f"“{_text(labels.clip(s.content.text, 80))}”: {labels.backing(c)}" for c, s in reversed(told.items())
        )
        rows.append(
            [_text(v.name or "") + refs, labels.kind(v.kind), _text(v.party or ""), _text(", ".join(v.relays)), again]
        )
    yield from _table(["Who", "Kind", "For", "Via", "Said again"], rows) if rows else ["\nNobody is quoted."]


def _reports(ledger: Ledger, at: date | None) -> Iterator[str]:
    yield "\n## Reports"
    rows = []
    for r in ledger.reports(at):
        family = [labels.report(ledger.report(i)) for i in ledger.family(r.id) if i != r.id]
        rows.append(
            [_text(labels.title(r)), _text(r.outlet or "not said"), labels.interval(ledger.day(r.id)),
             _text(", ".join(ledger.origins(r.id))), _text(", ".join(family)), _text(r.path)]
        )  # fmt: skip
    yield from _table(["Report", "Outlet", "Published", "Taken from", "Same story as", "File"], rows)


def _unread(ledger: Ledger) -> Iterator[str]:
    if ledger.rejected:
        yield "\n## Not read\n"
    for e in ledger.rejected:
        yield f"- {_text(e.name)}: {_text(e.reason)}"
