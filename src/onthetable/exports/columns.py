"""The columns of every table with their types: the same whatever a ledger holds, and where it holds nothing."""

from __future__ import annotations

from typing import Literal, get_args

Cell = str | float | int | bool | None
Columns = dict[str, type]
"""Names of columns, in order, with `str`, `int`, `float` or `bool`; any cell may be None."""
Table = Literal[
    "reports", "statements", "moves", "terms", "figures", "events", "positions", "claims", "ties", "wording"
]
TABLES: tuple[Table, ...] = get_args(Table)


def _texts(names: str) -> Columns:
    return dict.fromkeys(names.split(), str)


def _counts(names: str) -> Columns:
    return dict.fromkeys(names.split(), int)


def _truths(names: str) -> Columns:
    return dict.fromkeys(names.split(), bool)


def _span(name: str) -> Columns:
    return {name: str, **_counts(f"{name}_start {name}_end")}


def _days(name: str) -> Columns:
    return _texts(f"{name}_earliest {name}_latest")


_QUANTITY: Columns = {"quantity_low": float, "quantity_high": float, "quantity_unit": str}
_WHERE: Columns = {**_texts("report outlet title"), **_days("published")}
_RULE: Columns = {"rule": str, "confidence": float}

COLUMNS: dict[Table, Columns] = {
    "reports": {
        **_texts("id path url title outlet author language sha256"), **_days("published"),
        **_texts("origins same_story_as"),
    },
    "statements": {
        "id": str, **_WHERE, **_texts("source source_name source_party source_kind manner relay"), **_span("cue"),
        **_span("content"), **_truths("quoted hedge denied"), **_RULE,
    },
    "moves": {
        "id": str, **_WHERE, **_texts("party act issue issue_label giver to"), **_QUANTITY, **_span("condition"),
        "when": str, **_truths("hedge negated"), **_texts("speaker statement word"), **_span("evidence"), **_RULE,
    },
    "terms": {
        **_texts("id proposal"), **_WHERE, **_texts("proposer status answers giver issue issue_label"), **_QUANTITY,
        "phase": str, **_span("condition"), **_span("evidence"),
    },
    "figures": {
        "id": str, **_WHERE, "measure": str, "low": float, "high": float, **_texts("unit qualifier authority"),
        **_days("as_of"), **_span("evidence"), "rule": str,
    },
    "events": {
        "id": str, **_WHERE, **_texts("type plover participants place"), **_days("date"), **_span("evidence"),
        "rule": str,
    },
    "positions": {
        **_texts("party issue issue_label giver stance"), **_QUANTITY, **_truths("planned moved"), **_days("since"),
        **_days("last_reported"), **_counts("reports origins named"), "moves": str, **_WHERE, **_span("evidence"),
    },
    "claims": {**_texts("id kind"), **_counts("reports origins named"), **_texts("members entails contradicts")},
    "ties": {**_texts("kind from to"), "score": float},
    "wording": {**_texts("outlet referent term"), "count": int},
}  # fmt: skip

EVENT_ROWS: Columns = {
    **_texts("event_id event_date event_date_latest source_actor target_actor event_type event_mode cameo_root"),
    **_texts("context place condition"), **_truths("negated hypothetical past"), **_texts("report outlet text"),
    **_counts("start end"),
}  # fmt: skip
"""Those of the PLOVER rows."""
