"""Any view as JSON or CSV, and the whole ledger as JSON (format `onthetable-ledger/1`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from onthetable.answering import Answering
from onthetable.errors import UsageError
from onthetable.exports.columns import COLUMNS, Table
from onthetable.exports.csv import csv
from onthetable.exports.rows import Row, table
from onthetable.ledger import Ledger
from onthetable.views import json as as_json
from onthetable.views.entries import View
from onthetable.web.desk import Desk, Sitting
from onthetable.web.queries import Asked, Day, Search, Selected, day

api = APIRouter()
JSON = "application/json; charset=utf-8"
_TABLES: dict[View, Table] = {
    "positions": "positions", "proposals": "terms", "moves": "moves", "figures": "figures", "timeline": "events",
    "sources": "statements", "wording": "wording",
}  # fmt: skip
"""The table of each view, for its CSV."""
_PARTY = ("party", "proposer", "source_party", "participants", "referent")
"""Columns by which a row is a party's, where its table has them."""


def desk_of(request: Request) -> Sitting:
    """The ledger as this request has it."""
    if not hasattr(request.state, "sitting"):
        desk: Desk = request.app.state.desk
        request.state.sitting = desk.sit()
    found: Sitting = request.state.sitting
    return found


@api.get("/api/ledger", response_class=Response, responses={200: {"content": {"application/json": {}}}})
def whole(request: Request, at: Day = None) -> Response:
    """The whole ledger, or what of it was out on a day."""
    until = day(at, "at")
    return Response(
        desk_of(request).answer(("ledger", until), lambda x: as_json.document(_opened(x), until)), media_type=JSON
    )


@api.get("/api/changes", response_class=Response, responses={200: {"content": {"application/json": {}}}})
def changes(
    request: Request,
    asked: Selected,
    since: Annotated[str, Query(alias="from", max_length=10, description="A day, YYYY-MM-DD.")],
    until: Annotated[str, Query(alias="to", max_length=10, description="A day, YYYY-MM-DD.")],
) -> Response:
    """What became of every position between two days, with the moves behind both."""
    first, last = between(since, until)
    return Response(as_json.changes(asked.of(_opened(desk_of(request).ledger)), first, last), media_type=JSON)


@api.get("/api/find", response_class=Response, responses={200: {"content": {"application/json": {}}}})
def find(
    request: Request,
    only: Search,
    q: Annotated[str, Query(max_length=500)],
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """Paragraphs with all words of a query, the best first: of a party, issue, source or outlet, from a day on."""
    found = desk_of(request).find(q, limit, only)
    rows = [{"report": p.report, "start": p.start, "end": p.end, "text": p.text} for p in found]
    return Response(json.dumps(rows, ensure_ascii=False), media_type=JSON)


@api.get("/api/{view}", response_class=Response, responses={200: {"content": {"application/json": {}}}})
def one(request: Request, view: View, asked: Selected) -> Response:
    """One view: its records under its name, with the sentences that they rest on."""
    return Response(_json(desk_of(request), view, asked), media_type=JSON)


@api.get(
    "/data/{view}.{form}", response_class=Response,
    responses={200: {"content": {"text/csv": {}, "application/json": {}}}},
)  # fmt: skip
def download(request: Request, view: View, form: Literal["csv", "json"], asked: Selected) -> Response:
    """One view as a file."""
    desk = desk_of(request)
    name = f"{view}{'-' + asked.at.isoformat() if asked.at else ''}.{form}"
    kept = {"Content-Disposition": f'attachment; filename="{name}"'}
    if form == "json":
        return Response(_json(desk, view, asked), media_type=JSON, headers=kept)
    return Response(_csv(desk, view, asked), media_type="text/csv; charset=utf-8", headers=kept)


def between(since: str, until: str) -> tuple[date, date]:
    """Two days. Raises UsageError if one is none, or the second is not the later one."""
    first, last = day(since, "from"), day(until, "to")
    if first is None or last is None or last < first:
        raise UsageError("from and to: two days are needed, the earlier one first")
    return first, last


def _json(desk: Sitting, view: View, asked: Asked) -> str:
    def made(ledger: Ledger) -> str:
        return as_json.view(asked.of(_opened(ledger)), view)

    return desk.answer(("view", view, asked), made)


def _csv(desk: Sitting, view: View, asked: Asked) -> str:
    """The table of a view, of a party and an issue if asked."""

    def made(ledger: Ledger) -> str:
        s = asked.of(_opened(ledger))
        name = _TABLES[view]
        found = table(ledger, name, s.at)
        rows = [r for r in found if _is_of(r, s.party, _PARTY) and _is_of(r, s.issue, ("issue",))]
        return csv(rows, COLUMNS[name])

    return desk.answer(("csv", view, asked), made)


def _opened(ledger: Ledger) -> Ledger:
    """The same ledger, with all that is in it at hand."""
    if isinstance(ledger, Answering):
        ledger.open()
    return ledger


def _is_of(row: Row, wanted: str | None, columns: Sequence[str]) -> bool:
    """Whether a row is about what is asked for; a table that cannot tell is not narrowed."""
    there = [str(row[c]) for c in columns if c in row]
    return wanted is None or not there or any(wanted in cell.split("; ") for cell in there)
