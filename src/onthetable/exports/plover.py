"""Event rows as conflict researchers load them: PLOVER types with CAMEO root codes, from events and moves.

PLOVER: Open Event Data Alliance, codebook of 2018; CAMEO: Schrodt 2012. An act of the table that PLOVER has no type for
(a denial, a statement, a leak) makes no row. Where manual and crosswalk disagree (see docs) the manual is followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from onthetable.exports.rows import Raw, Row, raw
from onthetable.views.ledger import Ledger

CAMEO = {
    "AGREE": "03", "CONSULT": "04", "SUPPORT": "05", "COOPERATE": "06", "AID": "07", "CONCEDE": "08", "RETREAT": "08",
    "REQUEST": "10", "ACCUSE": "11", "REJECT": "12", "THREATEN": "13", "PROTEST": "14", "MOBILIZE": "15",
    "SANCTION": "16", "COERCE": "17", "ASSAULT": "18",
}  # fmt: skip
"""The CAMEO root of each PLOVER type."""
FREED = "RETREAT"
"""What an event of YIELD (the crosswalk's one name for CONCEDE and RETREAT) is: of events only a release is one."""
ACTS = {
    "demands": "REQUEST", "offers": "AGREE", "accepts": "AGREE", "rejects": "REJECT", "concedes": "CONCEDE",
    "considers": "CONSULT", "threatens": "THREATEN", "accuses": "ACCUSE", "meets": "CONSULT", "mediates": "CONSULT",
    "delivers": "COOPERATE",
}  # fmt: skip
"""The PLOVER type of each act of a move; what nobody has a type for is left out."""


def plover(ledger: Ledger, at: date | None = None) -> list[Row]:
    """One row an event and a move: day, source and target actor, type, CAMEO root, context, flags, place and words."""
    rows = [*_of_events(raw(ledger, "events", at)), *_of_moves(ledger, raw(ledger, "moves", at))]
    return sorted(rows, key=lambda r: (str(r["event_date"] or "9999"), str(r["event_id"])))


def _of_events(events: list[Raw]) -> Iterator[Row]:
    for e in events:
        kind = FREED if e["plover"] == "YIELD" else str(e["plover"])
        if kind not in CAMEO:
            continue  # statements and leaks: PLOVER has given these up
        who = e["participants"] if isinstance(e["participants"], tuple) else ()
        yield _row(e, kind, e["date_earliest"], e["date_latest"], who[0] if who else None,
                   "; ".join(who[1:]) or None, place=e["place"], mode=e["type"])  # fmt: skip


def _of_moves(ledger: Ledger, moves: list[Raw]) -> Iterator[Row]:
    principals = [p.name for p in ledger.case.parties if p.role == "principal"]
    for m in moves:
        kind = ACTS.get(str(m["act"]))
        if kind is None:
            continue
        others = [p for p in principals if p != m["party"]]
        target = m["to"] or (others[0] if len(others) == 1 else None)
        yield _row(
            m, kind, m["published_earliest"], m["published_latest"], m["party"], target, mode=m["act"],
            context=m["issue"], negated=bool(m["negated"]), condition=m["condition"],
            hypothetical=m["when"] == "planned" or bool(m["condition"]), past=m["when"] == "past",
        )  # fmt: skip


def _row(
    row: Raw, kind: str, first: object, last: object, source: object, target: object, *, mode: object = None,
    place: object = None, context: object = None, negated: bool = False, condition: object = None,
    hypothetical: bool = False, past: bool = False,
) -> Row:  # fmt: skip
    text: dict[str, object] = {
        "event_id": row["id"], "event_date": first, "event_date_latest": last, "source_actor": source,
        "target_actor": target, "event_type": kind, "event_mode": mode, "cameo_root": CAMEO.get(kind),
        "context": context, "place": place, "condition": condition,
    }  # fmt: skip
    return {
        **{k: None if v is None else str(v) for k, v in text.items()},
        "negated": negated, "hypothetical": hypothetical, "past": past, **_cells(row, report="report", outlet="outlet"),
        **_cells(row, text="evidence", start="evidence_start", end="evidence_end"),
    }  # fmt: skip


def _cells(row: Raw, **columns: str) -> Row:
    return {name: None if isinstance(v := row[column], tuple) else v for name, column in columns.items()}
