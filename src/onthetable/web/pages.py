"""The screens: what the address asks for, as a page that needs no script."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from onthetable.errors import UsageError
from onthetable.ledger import Ledger
from onthetable.views.screens.positions import Positions
from onthetable.views.screens.proposals import Proposals
from onthetable.views.screens.reports import Texts, sources_of
from onthetable.web.data import between, desk_of
from onthetable.web.links import address
from onthetable.web.queries import Asked, Day, Search, Selected, day
from onthetable.web.rendering import page
from onthetable.web.screens import (
    MANY,
    LatestEvents,
    MainFigures,
    MainSources,
    Narrowed,
    days_of,
    moved,
    readings_of,
)

pages = APIRouter(include_in_schema=False)
SEEN = "onthetable-seen"
YEAR = 366 * 24 * 3600


@pages.get("/")
def stand(request: Request, asked: Selected) -> Response:
    """Where they stand: issues by parties, and what is new since the last visit."""
    desk = desk_of(request)
    if desk.empty:
        return page(request, "start.html", "Nothing is on the table yet")
    ledger = desk.ledger
    since = day(request.query_params.get("since"), "since") or _seen(request)
    last = (desk.answer("days", days_of) or _today()).last
    recent = since is not None and asked.at is None and since < last
    news = desk.answer(("news", since, last), lambda x: moved(x.changes(since, last))) if recent and since else ()
    response = page(
        request, "stand.html", "Where they stand", asked, downloads="positions", narrow=True, ledger=ledger,
        positions=desk.answer(("stand", asked), lambda x: Narrowed(asked.of(x))), since=since, last=last, news=news,
        same=("stand", since if news else None),
    )  # fmt: skip
    if isinstance(last, date):
        response.set_cookie(SEEN, last.isoformat(), max_age=YEAR, httponly=True, samesite="strict")
    return response


@pages.get("/issue/{id:path}")
def issue(request: Request, id: str, asked: Selected) -> Response:
    """One issue: a lane for each party, and each position in its own words."""
    ledger = desk_of(request).ledger
    if all(i.id != id for i in ledger.issues()):
        raise HTTPException(404, f"No issue is called {id[:80]} here.")
    narrowed = Asked(asked.at, asked.party, id)
    positions = desk_of(request).answer(("stand", narrowed), lambda x: Narrowed(narrowed.of(x)))
    label = next(i.label for i in ledger.issues() if i.id == id)
    return page(
        request, "issue.html", label, narrowed, downloads="moves", narrow=True, ledger=ledger, positions=positions,
        label=label, same=id, lazy=lambda x: _last_moves(narrowed, x),
    )  # fmt: skip


@pages.get("/proposals")
def proposals(request: Request, asked: Selected) -> Response:
    """Proposals and counter-proposals, term by term."""
    desk = desk_of(request)
    found = desk.answer(("proposals", asked.at), lambda x: Proposals(x, asked.at))
    return page(request, "proposals_page.html", "Proposals", asked, downloads="proposals", narrow=True, proposals=found,
                same="proposals", lazy=lambda x: {"lines": asked.of(x).lines()[-MANY:]})  # fmt: skip


@pages.get("/timeline")
def timeline(request: Request, asked: Selected) -> Response:
    """Events and figures over time."""
    desk = desk_of(request)
    events = desk.answer(("events", asked.at), lambda x: LatestEvents(x, asked.at))
    figures = desk.answer(("figures", asked.at), lambda x: MainFigures(x, asked.at))
    return page(request, "timeline_page.html", "Timeline and figures", asked, downloads="timeline", narrow=True,
                events=events, figures=figures, same="timeline")  # fmt: skip


@pages.get("/sources")
def sources(request: Request, asked: Selected) -> Response:
    """Who said what, relay chains, families of copies, wording by outlet."""
    found = desk_of(request).answer(("sources", asked.at), lambda x: MainSources(x, asked.at))
    return page(
        request, "sources_page.html", "Sources", asked, downloads="sources", narrow=True, sources=found, same="sources"
    )


@pages.get("/reports")
def reports(request: Request, asked: Selected, only: Search, q: Annotated[str, Query(max_length=500)] = "") -> Response:
    """Every report, or the paragraphs that hold the words searched for."""
    desk = desk_of(request)
    found = desk.find(q, 100, only) if q.strip() else []
    there = desk.answer("there", lambda x: frozenset(r.id for r in x.reports()))
    listed = desk.answer(("listed", asked.at), lambda x: tuple(reversed(x.reports(asked.at))))
    return page(request, "reports_page.html", "Reports", asked, narrow=True, q=q, only=only, reports=listed[:MANY],
                of=len(listed), found=[p for p in found if p.report in there])  # fmt: skip


@pages.get("/report/{id}")
def report(request: Request, id: str, asked: Selected) -> Response:
    """One report as stored: highlighted, with notes in the margin that lead back."""
    desk = desk_of(request)
    there = desk.answer("readings", readings_of)
    reading = there.get(id)
    if reading is None:
        raise HTTPException(404, f"No report {id[:80]} is in this ledger.")

    positions = desk.answer(("all",), lambda x: Positions(x, None))
    sources = desk.answer("sources", sources_of)
    found = desk.answer(("report", id), lambda x: Texts(x, positions, sources, (reading,), there), again=False)
    return page(request, "report_page.html", reading.report.title.text if reading.report.title else "Report",
                asked, reports=found, same=id)  # fmt: skip


@pages.get("/changes")
def changes(
    request: Request,
    asked: Selected,
    since: Annotated[str | None, Query(alias="from", max_length=10)] = None,
    until: Annotated[str | None, Query(alias="to", max_length=10)] = None,
) -> Response:
    """Two dates side by side: what became of every position."""
    desk = desk_of(request)
    ledger, found = desk.ledger, desk.answer("days", days_of)
    if found is None:
        return page(request, "changes.html", "Changes", asked, first=None, last=None, found=(), kinds={})
    first, last = between(since or found.first.isoformat(), until or found.last.isoformat())

    def compared(ledger: Ledger) -> dict[str, Any]:
        every = asked.of(ledger).changes(first, last)
        kinds: dict[str, int] = {}
        for c in every:
            kinds[c.kind] = kinds.get(c.kind, 0) + 1
        return {"found": moved(every)[:MANY], "kinds": kinds}

    return page(request, "changes.html", "Changes", asked, ledger=ledger, first=first, last=last, same=(first, last),
                lazy=compared)  # fmt: skip


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


def _last_moves(asked: Asked, ledger: Ledger) -> dict[str, Any]:
    s = asked.of(ledger)
    parties = [s.party] if s.party else ledger.parties()
    return {"moves": s.moves(MANY), "of": sum(ledger.count(p, s.issue or "", s.at) for p in parties)}


def _seen(request: Request) -> date | None:
    try:
        return date.fromisoformat(request.cookies.get(SEEN, ""))
    except ValueError:
        return None


class _today:
    """Stands in for the days of a ledger without any."""

    @property
    def last(self) -> date:
        """The day that it is."""
        return datetime.now(UTC).date()
