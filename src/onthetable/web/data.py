"""Any view as JSON or CSV, and the whole ledger as JSON (format `onthetable-ledger/1`)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from onthetable.errors import UsageError
from onthetable.ledger import Ledger
from onthetable.views import json as as_json
from onthetable.views.entries import View
from onthetable.views.labels import one_line
from onthetable.web.desk import Desk
from onthetable.web.queries import Asked, Day, Selected, day

api = APIRouter()
JSON = "application/json; charset=utf-8"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ROWS: dict[str, str] = {
    "positions": "positions", "proposals": "lines", "moves": "moves", "figures": "figures", "timeline": "events",
    "sources": "statements", "wording": "wording",
}  # fmt: skip
"""The list of records of each view, one a line of its CSV."""


def desk_of(request: Request) -> Desk:
    """The desk that the app was made with."""
    found: Desk = request.app.state.desk
    return found


@api.get("/api/ledger", response_class=Response, responses={200: {"content": {"application/json": {}}}})
def whole(request: Request, at: Day = None) -> Response:
    """The whole ledger, or what of it was out on a day."""
    until = day(at, "at")
    return Response(desk_of(request).answer(("ledger", until), lambda x: as_json.document(x, until)), media_type=JSON)


@api.get("/api/changes", response_class=Response, responses={200: {"content": {"application/json": {}}}})
def changes(
    request: Request,
    asked: Selected,
    since: Annotated[str, Query(alias="from", max_length=10, description="A day, YYYY-MM-DD.")],
    until: Annotated[str, Query(alias="to", max_length=10, description="A day, YYYY-MM-DD.")],
) -> Response:
    """What became of every position between two days, with the moves behind both."""
    first, last = between(since, until)
    return Response(as_json.changes(asked.of(desk_of(request).ledger), first, last), media_type=JSON)


@api.get("/api/find", response_class=Response, responses={200: {"content": {"application/json": {}}}})
def find(
    request: Request, q: Annotated[str, Query(max_length=500)], limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> Response:
    """Paragraphs with all words of a query, the best first."""
    found = desk_of(request).find(q, limit)
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
    content = _json(desk_of(request), view, asked)
    name = f"{view}{'-' + asked.at.isoformat() if asked.at else ''}.{form}"
    kept = {"Content-Disposition": f'attachment; filename="{name}"'}
    if form == "json":
        return Response(content, media_type=JSON, headers=kept)
    return Response(_csv(json.loads(content), view), media_type="text/csv; charset=utf-8", headers=kept)


def between(since: str, until: str) -> tuple[date, date]:
    """Two days. Raises UsageError if one is none, or the second is not the later one."""
    first, last = day(since, "from"), day(until, "to")
    if first is None or last is None or last < first:
        raise UsageError("from and to: two days are needed, the earlier one first")
    return first, last


def _json(desk: Desk, view: View, asked: Asked) -> str:
    def made(ledger: Ledger) -> str:
        return as_json.view(asked.of(ledger), view)

    return desk.answer(("view", view, asked), made)


def _csv(content: dict[str, Any], view: View) -> str:
    """Records as lines; what is not plain is JSON in its cell, a span its words, and no cell can be a formula."""
    records: list[dict[str, Any]] = content[_ROWS[view]]
    names = list(dict.fromkeys(k for r in records for k in r))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_cell(r.get(n)) for n in names] for r in records)
    return out.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, dict) and "text" in value and "start" in value:
        value = one_line(value["text"])
    if isinstance(value, list | dict):
        value = _joined(value)
    text = "" if value is None else str(value)
    if isinstance(value, str) and text.startswith(_FORMULA):
        return f"'{text}"
    return text


def _joined(value: Iterable[Any]) -> str:
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False)
