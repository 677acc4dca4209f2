"""The screens: what the address asks for, as a page that needs no script."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from onthetable.errors import UsageError
from onthetable.web import standard
from onthetable.web.bodies import Screen
from onthetable.web.data import between, desk_of
from onthetable.web.desk import Sitting
from onthetable.web.links import address
from onthetable.web.queries import Asked, Day, Search, Selected, day
from onthetable.web.rendering import is_ready, page, shown
from onthetable.web.screens import days_of

pages = APIRouter(include_in_schema=False)
SEEN = "onthetable-seen"
YEAR = 366 * 24 * 3600


@pages.get("/")
def stand(request: Request, asked: Selected) -> Response:
    """Where they stand: issues by parties, and what is new since the last visit."""
    desk = desk_of(request)
    if desk.empty:
        return page(request, "start.html", "Nothing is on the table yet")
    screen = _stand(request, desk, asked)
    response = shown(request, screen or standard.stand(asked), "Where they stand", downloads="positions", narrow=True)
    days = desk.ledger.publication_days()
    if screen and days and not asked.state:
        response.set_cookie(SEEN, days[-1].isoformat(), max_age=YEAR, httponly=True, samesite="strict")
    return response


def _stand(request: Request, desk: Sitting, asked: Asked) -> Screen | None:
    """With the news for who asks; None where there is some and it is not ready yet."""
    days = desk.ledger.publication_days()
    given, visited = day(request.query_params.get("since"), "since"), _seen(request)
    if given and days and not asked.at and given < days[-1]:
        return standard.stand(asked, given, days[-1])
    since = standard.seen(days, visited) if days and visited and not asked.state else None
    screen = standard.stand(asked, since, days[-1]) if since else standard.stand(asked)
    return screen if since is None or is_ready(desk, screen) else None


@pages.get("/issue/{id:path}")
def issue(request: Request, id: str, asked: Selected) -> Response:
    """One issue: a lane for each party, and each position in its own words."""
    label = next((i.label for i in desk_of(request).ledger.issues() if i.id == id), None)
    if label is None:
        raise HTTPException(404, f"No issue is called {id[:80]} here.")
    screen = standard.issue(Asked(asked.at, asked.party, id))
    return shown(request, screen, label, downloads="moves", narrow=True)


@pages.get("/proposals")
def proposals(request: Request, asked: Selected) -> Response:
    """Proposals and counter-proposals, term by term."""
    return shown(request, standard.proposals(asked), "Proposals", downloads="proposals", narrow=True)


@pages.get("/timeline")
def timeline(request: Request, asked: Selected) -> Response:
    """Events and figures over time."""
    return shown(request, standard.timeline(asked), "Timeline and figures", downloads="timeline", narrow=True)


@pages.get("/sources")
def sources(request: Request, asked: Selected) -> Response:
    """Who said what, relay chains, families of copies, wording by outlet."""
    return shown(request, standard.sources(asked), "Sources", downloads="sources", narrow=True)


@pages.get("/reports")
def reports(request: Request, asked: Selected, only: Search, q: Annotated[str, Query(max_length=500)] = "") -> Response:
    """The latest reports, or the paragraphs that hold the words searched for."""
    if not q:
        return shown(request, standard.listed(asked), "Reports", narrow=True)
    desk = desk_of(request)
    found = desk.find(q, 100, only) if q.strip() else []
    there = desk.ledger.among(p.report for p in found)
    return page(request, "reports_found.html", "Reports", asked, narrow=True, q=q, only=only,
                found=[p for p in found if p.report in there])  # fmt: skip


@pages.get("/report/{id}")
def report(request: Request, id: str, asked: Selected) -> Response:
    """One report as stored: highlighted, with notes in the margin that lead back."""
    try:
        title = desk_of(request).ledger.report(id).title
    except KeyError:
        raise HTTPException(404, f"No report {id[:80]} is in this ledger.") from None
    return shown(request, standard.report(asked, id), title.text if title else "Report")


@pages.get("/changes")
def changes(
    request: Request,
    asked: Selected,
    since: Annotated[str | None, Query(alias="from", max_length=10)] = None,
    until: Annotated[str | None, Query(alias="to", max_length=10)] = None,
) -> Response:
    """Two dates side by side: what became of every position."""
    found = desk_of(request).answer("days", days_of)
    if found is None:
        return page(request, "changes.html", "Changes", asked, first=None, last=None, found=(), kinds={})
    first, last = between(since or found.first.isoformat(), until or found.last.isoformat())
    return shown(request, standard.changes(asked, first, last), "Changes")


@pages.get("/go")
def go(request: Request, path: str = "/", at: Day = None, slide: str | None = None) -> Response:
    """Where the forms of the frame lead: a page with another day, party or issue."""
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        raise UsageError("path: not a page of this app")
    wanted = {k: v for k in ("party", "issue") if (v := request.query_params.get(k))}
    found = desk_of(request).answer("days", days_of)
    if slide is not None and found and slide.isdigit():
        at = found.published[min(int(slide), len(found.published) - 1)].isoformat()
        at = None if at == found.last.isoformat() else at
    if path.startswith("/issue/") and wanted.get("issue"):
        path = f"/issue/{wanted['issue']}"
    return RedirectResponse(address(path, {**wanted, "at": at or ""}), 303)


def _seen(request: Request) -> date | None:
    try:
        return date.fromisoformat(request.cookies.get(SEEN, ""))
    except ValueError:
        return None
