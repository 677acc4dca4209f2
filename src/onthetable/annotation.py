"""One text at a time, for those who only want the annotations (contracts: "Annotate")."""

from __future__ import annotations

from datetime import date
from typing import Any

from onthetable import dates
from onthetable.case import PACKS, Case, pack
from onthetable.model import Amount, Move, Report, Span, Statement, Time
from onthetable.spans.find import find_spans
from onthetable.spans.nlp import parse
from onthetable.statements import attribute
from onthetable.terms import moves
from onthetable.terms.discourse import Discourse, discourse
from onthetable.terms.issues import weights
from onthetable.terms.plover import Act, find_acts
from onthetable.text import digest
from onthetable.tree import Spans, Tree


def annotate(name: str, text: str, day: date | None = None) -> dict[str, Any]:
    """The annotations of one text, as a JSON object of the contract.

    `day` is the document's own; without one, times that depend on it have the value null. Offsets are code
    points of `text` as given: nothing is normalised. No case: whoever acts counts as a party.
    """
    report, spans, case = _read(name, text)
    statements = attribute(report, spans)
    return {
        "id": name,
        "statements": [_statement(s) for s in attribute(report, spans, marking="polnear")],
        "times": [_time(t, day) for t in spans.times],
        "figures": [_figure(a) for a in spans.amounts],
        "acts": [_act(a) for a in find_acts(report, spans, statements)],
        "moves": [_move(m) for m in moves.find_moves(discourse(report, spans, statements, case))],
    }  # fmt: skip


def proposed(text: str) -> tuple[Discourse, list[Move]]:
    """What the rules propose as moves of a text before the ranking judges them: what its training learns from."""
    report, spans, case = _read("", text)
    d = discourse(report, spans, attribute(report, spans), case)
    return d, moves.proposed(d)


def _read(name: str, text: str) -> tuple[Report, Spans, Case]:
    report = Report(digest(text)[:12], name, text, digest(text))
    tree = parse(report)
    case = _case(tree)
    return report, find_spans(report, case, tree), case


def _case(tree: Tree) -> Case:
    """Everybody may act; the packs are those whose issues the text names, all if it names none."""
    known = [pack(n) for n in PACKS]
    named = weights(tree, known)
    best = sorted((p for p in known if named[p.id]), key=lambda p: -named[p.id])
    return Case(packs=tuple(best or known), open=True)


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _time(t: Time, day: date | None) -> dict[str, Any]:
    said = {"start": t.span.start, "end": t.span.end, "type": t.type, "value": dates.value(t, day) if day else t.value}
    why = dates.reason(t, day)
    return {**said, "reason": why} if why else said


def _figure(a: Amount) -> dict[str, Any]:
    bounds = {"low": a.low, "high": a.high, "unit": a.unit, "qualifier": a.qualifier}
    return {"start": a.span.start, "end": a.span.end, **bounds}


def _statement(s: Statement) -> dict[str, Any]:
    return {
        "source": [_pair(s.source.span)] if s.source else [],
        "cue": [_pair(s.cue)] if s.cue else [],
        "content": [_pair(p) for p in s.pieces],
        "manner": s.manner,
        "kind": s.source.kind if s.source else None,
        "confidence": s.confidence,
    }


def _move(m: Move) -> dict[str, Any]:
    return {
        "start": m.evidence.start, "end": m.evidence.end, "party": m.party, "actor": m.actor.text if m.actor else None,
        "act": m.act, "issue": m.issue, "giver": m.giver, "to": m.to, "when": m.when, "hedge": m.hedge,
        "negated": m.negated, "condition": m.condition.text if m.condition else None, "confidence": m.confidence,
    }  # fmt: skip


def _act(a: Act) -> dict[str, Any]:
    return {
        "start": a.span.start, "end": a.span.end, "plover": a.plover, "source": a.source, "target": a.target,
        "negated": a.negated, "condition": a.condition.text if a.condition else None,
    }  # fmt: skip
