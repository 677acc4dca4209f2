"""A ledger as JSON, format `onthetable-ledger/1` (docs: reference). This is what other programs rely on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from onthetable.case import Case
from onthetable.model import (
    Claim,
    Event,
    Figure,
    Gap,
    Interval,
    Move,
    OutletWording,
    Position,
    Proposal,
    Quantity,
    Report,
    Retelling,
    Series,
    Source,
    Span,
    Stance,
    Statement,
    Term,
    Tie,
    Track,
)
from onthetable.views.entries import View
from onthetable.views.ledger import Ledger
from onthetable.views.selection import Selection
from onthetable.views.sentences import around

FORMAT = "onthetable-ledger/1"

Json = dict[str, Any]


def document(ledger: Ledger, at: date | None = None) -> str:
    """The whole ledger, or what of it was out on a day, as one JSON object with a line feed at the end.

    Offsets are code points into the stored text, end exclusive. The same ledger gives the same bytes.
    """
    reports = ledger.reports(at)
    ids = {r.id for r in reports}
    content = {
        "format": FORMAT,
        "at": _iso(at),
        "case": _case(ledger.case),
        "reports": [_report(ledger, r) for r in reports],
        "rejected": [{"name": e.name, "reason": e.reason} for e in ledger.rejected],
        "statements": [_statement(s) for s in ledger.statements(at)],
        "moves": [_move(m) for m in ledger.moves(at)],
        "proposals": [_proposal(p) for p in ledger.proposals(at)],
        "figures": [_figure(ledger, f) for r in ledger.readings if r.report.id in ids for f in r.figures],
        "events": [_event(ledger, e) for r in ledger.readings if r.report.id in ids for e in r.events],
        "ties": [_tie(t) for t in ledger.ties.ties if t.reports <= ids],
        "claims": [_claim(c) for c in ledger.claims(at)],
        "positions": [_position(p) for p in ledger.positions(at)],
        "gaps": [_gap(g) for g in ledger.gaps(at)],
        "lines": [_track(t) for t in ledger.lines(at)],
        "series": [_series(s) for s in ledger.series(at)],
        "wording": [_wording(w) for w in ledger.wording(at)],
        "retellings": [_retelling(r) for r in ledger.retellings(at)],
    }
    return dumps(content, indent=1) + "\n"


def view(s: Selection, name: View) -> str:
    """One view as a JSON object: its records under its name, with sentences of moves, and the reports they are of."""
    ledger = s.ledger
    content: Json = {"format": FORMAT, "at": _iso(s.at), "party": s.party, "issue": s.issue}
    match name:
        case "positions":
            held = [p for g in s.gaps() for p in g.positions]
            content |= {"positions": [_position(p) for p in held], "gaps": [_gap(g) for g in s.gaps()]}
            content["moves"] = _told(ledger, (m for p in held for m in ledger.history(p.party, p.issue, s.at)))
        case "proposals":
            lines = s.lines()
            told = [ledger.proposal(i) for t in lines for i in t.proposals]
            content |= {"lines": [_track(t) for t in lines], "proposals": [_proposal(p) for p in told]}
            content["moves"] = _told(ledger, (ledger.move(a.move) for t in lines for a in t.by_party))
        case "moves":
            content["moves"] = _told(ledger, s.moves())
        case "figures":
            content["figures"] = [_figure(ledger, f) for m in s.figures() for f in m.figures]
        case "timeline":
            content["events"] = [_event(ledger, e.event) for e in s.timeline()]
        case "sources":
            said = [ledger.statement(i) for v in s.sources() for i in v.statements]
            ids = {x.id for x in said}
            content["statements"] = [_statement(x) for x in said]
            content["claims"] = [_claim(c) for c in ledger.claims(s.at) if ids.intersection(c.members)]
        case "wording":
            content["wording"] = [_wording(w) for w in ledger.wording(s.at) if s.party in (None, w.referent)]
            content["retellings"] = [_retelling(r) for r in ledger.retellings(s.at)] if s.party is None else []
    reports = ledger.reports(s.at) if name == "wording" else _reports_of(ledger, content)
    content["reports"] = [_report(ledger, r) for r in reports]
    return dumps(content, indent=1) + "\n"


def changes(s: Selection, since: date, until: date) -> str:
    """What became of the positions between two days, as a JSON object, with the moves behind both."""
    found = s.changes(since, until)
    held = [p for c in found for p in (c.before, c.after) if p]
    content: Json = {
        "format": FORMAT,
        "from": _iso(since),
        "to": _iso(until),
        "changes": [{"kind": c.kind, "derived": True, "before": c.before and _position(c.before),
                     "after": _position(c.after)} for c in found],
        "moves": _told(s.ledger, (s.ledger.move(m) for p in held for m in p.moves)),
    }  # fmt: skip
    content["reports"] = [_report(s.ledger, r) for r in _reports_of(s.ledger, content)]
    return dumps(content, indent=1) + "\n"


def _reports_of(ledger: Ledger, content: Json) -> list[Report]:
    """The reports that the records shown are of, in order of publication."""

    def place(id: str) -> tuple[date, date, str]:
        day = ledger.day(id)
        return (day.earliest, day.latest, id) if day else (date.min, date.min, id)

    records = (r for found in content.values() if isinstance(found, list) for r in found)
    return [ledger.report(i) for i in sorted({r["report"] for r in records if "report" in r}, key=place)]


def _told(ledger: Ledger, moves: Iterable[Move]) -> list[Json]:
    """Moves, each once, with the sentence that each stands in."""
    unique = {m.id: m for m in moves}.values()
    return [{**_move(m), "sentence": around(ledger.report(m.report), m.evidence)} for m in unique]


def dumps(value: object, indent: int | None = None) -> str:
    """JSON in plain characters: whole numbers without a fraction, half of a surrogate pair as an escape."""
    text = json.dumps(_plain(value), ensure_ascii=False, indent=indent, allow_nan=False)
    return re.sub(r"[\ud800-\udfff]", lambda m: f"\\u{ord(m[0]):04x}", text)


def _plain(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list | tuple) else value


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _interval(i: Interval | None) -> Json | None:
    return {"earliest": i.earliest.isoformat(), "latest": i.latest.isoformat()} if i else None


def _span(s: Span | None) -> Json | None:
    return {"start": s.start, "end": s.end, "text": s.text} if s else None


def _ranges(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _quantity(q: Quantity | None) -> Json | None:
    return {"low": q.low, "high": q.high, "unit": q.unit} if q else None


def _case(case: Case) -> Json:
    parties = [
        {"name": p.name, "role": p.role, "aliases": p.aliases, "people": p.people, "places": p.places}
        for p in case.parties
    ]
    return {"name": case.name, "packs": [p.id for p in case.packs], "drafted": case.drafted, "parties": parties}


def _report(ledger: Ledger, r: Report) -> Json:
    published = ledger.published(r.id)
    return {
        "id": r.id,
        "path": r.path,
        "url": r.url,
        "title": r.title.text if r.title else None,
        "outlet": r.outlet,
        "author": r.author,
        "language": r.language,
        "sha256": r.sha256,
        "published": published and {
            **(_interval(published.interval) or {}),
            "basis": [{**(_span(b.span) or {"start": None, "end": None, "text": None}), "says": b.says}
                      for b in published.basis],
        },
        "origins": ledger.origins(r.id),
        "boilerplate": _ranges(tuple(f.span for f in r.furniture)),
    }  # fmt: skip


def _source(s: Source | None) -> Json:
    if s is None:
        return dict.fromkeys(("text", "start", "end", "name", "party", "kind"))
    return {"text": s.span.text, "start": s.span.start, "end": s.span.end,
            "name": s.name, "party": s.party, "kind": s.kind}  # fmt: skip


def _statement(s: Statement) -> Json:
    return {
        "id": s.id,
        "report": s.report,
        "start": s.content.start,
        "end": s.content.end,
        "content": s.content.text,
        "pieces": _ranges(s.pieces),
        "cue": _span(s.cue),
        "source": _source(s.source),
        "manner": s.manner,
        "relay": s.relay,
        "quoted": _ranges(s.quoted),
        "hedge": s.hedge,
        "denied": s.denied,
        "rule": s.rule,
        "confidence": s.confidence,
    }


def _move(m: Move) -> Json:
    return {
        "id": m.id,
        "report": m.report,
        "statement": m.statement,
        "party": m.party,
        "speaker": m.speaker,
        "act": m.act,
        "issue": m.issue,
        "giver": m.giver,
        "to": m.to,
        "quantity": _quantity(m.quantity),
        "condition": _span(m.condition),
        "when": m.when,
        "hedge": m.hedge,
        "negated": m.negated,
        "actor": _span(m.actor),
        "trigger": _span(m.trigger),
        "evidence": _span(m.evidence),
        "rule": m.rule,
        "confidence": m.confidence,
    }


def _proposal(p: Proposal) -> Json:
    return {
        "id": p.id,
        "report": p.report,
        "proposer": p.proposer,
        "status": p.status,
        "answers": p.answers,
        "terms": [_term(t) for t in p.terms],
        "evidence": _span(p.evidence),
        "rule": p.rule,
        "counters": p.counters,
        "replies": p.replies,
    }  # fmt: skip


def _term(t: Term) -> Json:
    return {"giver": t.giver, "issue": t.issue, "quantity": _quantity(t.quantity), "phase": t.phase,
            "condition": _span(t.condition), "duration": _quantity(t.duration), "deadline": _span(t.deadline),
            "guarantee": _span(t.guarantee)}  # fmt: skip


def _track(t: Track) -> Json:
    return {
        "id": t.id, "proposer": t.proposer, "status": t.status, "proposals": t.proposals,
        "since": _interval(t.since), "last_reported": _interval(t.last_reported),
        "answers": t.answers, "follows": t.follows, "terms": [_term(x) for x in t.terms],
        "changes": [{"kind": c.kind, "before": c.before and _term(c.before), "after": c.after and _term(c.after)}
                    for c in t.changes],
        "by_party": [{"party": a.party, "status": a.status, "move": a.move} for a in t.by_party],
    }  # fmt: skip


def _figure(ledger: Ledger, f: Figure) -> Json:
    return {
        "id": f.id,
        "report": f.report,
        "measure": f.measure,
        "low": f.low,
        "high": f.high,
        "unit": f.unit,
        "qualifier": f.qualifier,
        "authority": f.authority,
        "as_of": _interval(ledger.when(f.as_of, f.report)),
        "number": _span(f.number),
        "evidence": _span(f.evidence),
        "rule": f.rule,
    }


def _series(s: Series) -> Json:
    counts = [
        {"figure": c.figure.id, "days": _interval(c.days), "stated": c.stated, "part": c.part,
         "low": c.figure.low, "high": c.figure.high}
        for c in s.counts
    ]  # fmt: skip
    against = [[t.source, t.target] for t in s.contradictions]
    return {"measure": s.measure, "unit": s.unit, "authority": s.authority, "counts": counts, "contradictions": against}


def _event(ledger: Ledger, e: Event) -> Json:
    return {
        "id": e.id,
        "report": e.report,
        "type": e.type,
        "plover": e.plover,
        "participants": e.participants,
        "place": e.place,
        "date": _interval(ledger.when(e.time, e.report)),
        "evidence": _span(e.evidence),
        "rule": e.rule,
    }


def _tie(t: Tie) -> Json:
    return {"kind": t.kind, "from": t.source, "to": t.target, "score": t.score,
            "evidence": [_span(s) for s in t.evidence]}  # fmt: skip


def _claim(c: Claim) -> Json:
    return {"id": c.id, "kind": c.kind, "members": c.members, "reports": c.reports, "origins": c.origins,
            "named": c.named, "entails": c.entails, "contradicts": c.contradicts}  # fmt: skip


def _stance(s: Stance) -> Json:
    return {"act": s.act, "quantity": _quantity(s.quantity), "when": _interval(s.when),
            "past": s.past, "moves": s.moves}  # fmt: skip


def _position(p: Position) -> Json:
    return {
        "party": p.party,
        "issue": p.issue,
        "giver": p.giver,
        "stance": p.stance,
        "quantity": _quantity(p.quantity),
        "since": _interval(p.since),
        "last_reported": _interval(p.last_reported),
        "moves": p.moves,
        "origins": p.origins,
        "history": [_stance(s) for s in p.history],
        "also": p.also,
        "planned": p.planned,
        "reports": p.reports,
        "named": p.named,
    }


def _gap(g: Gap) -> Json:
    held = [{"party": p.party, "giver": p.giver, "stance": p.stance} for p in g.positions]
    return {"issue": g.issue, "state": g.state, "positions": held}


def _retelling(r: Retelling) -> Json:
    told = [{"outlet": t.outlet, "finding": t.finding, "report": t.report, **(_span(t.words) or {})} for t in r.told]
    return {"claim": r.claim, "kind": r.kind, "told": told}


def _wording(w: OutletWording) -> Json:
    return {"outlet": w.outlet, "referent": w.referent, "terms": dict(w.terms)}
