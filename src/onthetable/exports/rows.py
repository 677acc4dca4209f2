"""Flat tables with names filled in: what a spreadsheet or a data frame holds of a ledger.

A span is three columns (`evidence`, `evidence_start`, `evidence_end`: code points, end exclusive), a quantity
`quantity_low`, `quantity_high` and `quantity_unit`, days `_earliest` and `_latest` as ISO dates; several names stand in
one cell with "; " between them. Every row names its report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from onthetable.errors import UsageError
from onthetable.exports.columns import TABLES, Cell, Table
from onthetable.model import Interval, Quantity, Reading, Report, Span
from onthetable.text import whole
from onthetable.views import labels
from onthetable.views.ledger import Ledger

Row = dict[str, Cell]
Names = tuple[str, ...]
Raw = dict[str, Cell | Names]
"""A row whose names are still apart."""


def tables(ledger: Ledger, at: date | None = None) -> dict[Table, list[Row]]:
    """Every table, as known on a day if one is given."""
    return {name: table(ledger, name, at) for name in TABLES}


def table(ledger: Ledger, name: Table, at: date | None = None) -> list[Row]:
    """One table, without halves of surrogate pairs (which file names may have). Raises UsageError if there is none."""
    return [{k: "; ".join(v) or None if isinstance(v, tuple) else v for k, v in r.items()}
            for r in raw(ledger, name, at)]  # fmt: skip


def raw(ledger: Ledger, name: Table, at: date | None = None) -> list[Raw]:
    """The same with several names as a tuple, for whoever needs each of them."""
    if name not in _MADE:
        raise UsageError(f"{name!r} is no table: expected one of {', '.join(TABLES)}")
    return [{k: _whole(v) for k, v in r.items()} for r in _MADE[name](ledger, at)]


def _whole(value: Cell | Names) -> Cell | Names:
    if isinstance(value, tuple):
        return tuple(map(whole, value))
    return whole(value) if isinstance(value, str) else value


def _reports(ledger: Ledger, at: date | None) -> Iterator[Raw]:
    for r in ledger.reports(at):
        yield {
            "id": r.id, "path": r.path, "url": r.url, "title": labels.title(r), "outlet": r.outlet, "author": r.author,
            "language": r.language, "sha256": r.sha256, **_days("published", ledger.day(r.id)),
            "origins": ledger.origins(r.id), "same_story_as": tuple(i for i in ledger.family(r.id) if i != r.id),
        }  # fmt: skip


def _statements(ledger: Ledger, at: date | None) -> Iterator[Raw]:
    for s in ledger.statements(at):
        source = s.source
        yield {
            "id": s.id, **_where(ledger, s.report), "source": source.span.text if source else None,
            "source_name": source.name if source else None, "source_party": source.party if source else None,
            "source_kind": source.kind if source else None, "manner": s.manner, "relay": s.relay,
            **_span("cue", s.cue), **_span("content", s.content), "quoted": bool(s.quoted), "hedge": s.hedge,
            "denied": s.denied, "rule": s.rule, "confidence": s.confidence,
        }  # fmt: skip


def _moves(ledger: Ledger, at: date | None) -> Iterator[Raw]:
    for m in ledger.moves(at):
        yield {
            "id": m.id, **_where(ledger, m.report), "party": m.party, "act": m.act, "issue": m.issue,
            "issue_label": labels.issue(ledger, m.issue), "giver": m.giver, "to": m.to, **_quantity(m.quantity),
            **_span("condition", m.condition), "when": m.when, "hedge": m.hedge, "negated": m.negated,
            "speaker": m.speaker, "statement": m.statement, "word": labels.word(ledger, m),
            **_span("evidence", m.evidence), "rule": m.rule, "confidence": m.confidence,
        }  # fmt: skip


def _terms(ledger: Ledger, at: date | None) -> Iterator[Raw]:
    for p in ledger.proposals(at):
        for n, t in enumerate(p.terms, 1):
            yield {
                "id": f"{p.id}.{n}", "proposal": p.id, **_where(ledger, p.report), "proposer": p.proposer,
                "status": p.status, "answers": p.answers, "giver": t.giver, "issue": t.issue,
                "issue_label": labels.issue(ledger, t.issue), **_quantity(t.quantity), "phase": t.phase,
                **_span("condition", t.condition), **_span("evidence", p.evidence),
            }  # fmt: skip


def _figures(ledger: Ledger, at: date | None) -> Iterator[Raw]:
    for r in _readings(ledger, at):
        for f in r.figures:
            yield {
                "id": f.id, **_where(ledger, f.report), "measure": f.measure, "low": f.low, "high": f.high,
                "unit": f.unit, "qualifier": f.qualifier, "authority": f.authority,
                **_days("as_of", ledger.when(f.as_of, f.report)), **_span("evidence", f.evidence), "rule": f.rule,
            }  # fmt: skip


def _events(ledger: Ledger, at: date | None) -> Iterator[Raw]:
    for r in _readings(ledger, at):
        for e in r.events:
            yield {
                "id": e.id, **_where(ledger, e.report), "type": e.type, "plover": e.plover,
                "participants": e.participants, "place": e.place,
                **_days("date", ledger.when(e.time, e.report)), **_span("evidence", e.evidence), "rule": e.rule,
            }  # fmt: skip


def _positions(ledger: Ledger, at: date | None) -> Iterator[Raw]:
    for p in ledger.positions(at):
        last = ledger.move(p.moves[-1])
        yield {
            "party": p.party, "issue": p.issue, "issue_label": labels.issue(ledger, p.issue), "giver": p.giver,
            "stance": p.stance, **_quantity(p.quantity), "planned": p.planned, "moved": p.moved,
            **_days("since", p.since), **_days("last_reported", p.last_reported),
            "reports": p.reports, "origins": p.origins, "named": p.named,
            "moves": p.moves, **_where(ledger, last.report), **_span("evidence", last.evidence),
        }  # fmt: skip


def _claims(ledger: Ledger, at: date | None) -> Iterator[Raw]:
    for c in ledger.claims(at):
        yield {
            "id": c.id, "kind": c.kind, "reports": c.reports, "origins": c.origins, "named": c.named,
            "members": c.members, "entails": c.entails, "contradicts": c.contradicts,
        }  # fmt: skip


def _ties(ledger: Ledger, at: date | None) -> Iterator[Raw]:
    inside = {r.id for r in ledger.reports(at)}
    for t in ledger.ties.ties:
        if t.reports <= inside:
            yield {"kind": t.kind, "from": t.source, "to": t.target, "score": t.score}


def _wording(ledger: Ledger, at: date | None) -> Iterator[Raw]:
    for w in ledger.wording(at):
        for term, n in w.terms:
            yield {"outlet": w.outlet, "referent": w.referent, "term": term, "count": n}


_MADE: dict[Table, Callable[[Ledger, date | None], Iterator[Raw]]] = {
    "reports": _reports, "statements": _statements, "moves": _moves, "terms": _terms, "figures": _figures,
    "events": _events, "positions": _positions, "claims": _claims, "ties": _ties, "wording": _wording,
}  # fmt: skip


def _readings(ledger: Ledger, at: date | None) -> Iterator[Reading]:
    inside = {r.id for r in ledger.reports(at)}
    return (r for r in ledger.readings if r.report.id in inside)


def _where(ledger: Ledger, id: str) -> Raw:
    r: Report = ledger.report(id)
    return {"report": id, "outlet": r.outlet, "title": labels.title(r), **_days("published", ledger.day(id))}


def _span(name: str, span: Span | None) -> Raw:
    return {
        name: span.text if span else None, f"{name}_start": span.start if span else None,
        f"{name}_end": span.end if span else None,
    }  # fmt: skip


def _quantity(q: Quantity | None) -> Raw:
    return {
        "quantity_low": q.low if q else None, "quantity_high": q.high if q else None,
        "quantity_unit": q.unit if q else None,
    }  # fmt: skip


def _days(name: str, days: Interval | None) -> Raw:
    return {
        f"{name}_earliest": days.earliest.isoformat() if days else None,
        f"{name}_latest": days.latest.isoformat() if days else None,
    }
