"""Pages from templates: those of the dossier, in the frame of the app."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from onthetable.answering import Answering
from onthetable.ledger import Ledger
from onthetable.views.labels import case
from onthetable.web.bodies import Body, Screen, body, body_from_bytes, drawn, environment
from onthetable.web.data import desk_of
from onthetable.web.desk import Sitting
from onthetable.web.links import address, safe
from onthetable.web.queries import NOTHING, Asked
from onthetable.web.screens import days_of
from onthetable.web.security import Session

PLACES = (
    ("/", "Where they stand"),
    ("/proposals", "Proposals"),
    ("/timeline", "Timeline and figures"),
    ("/sources", "Sources"),
    ("/reports", "Reports"),
    ("/changes", "Changes"),
    ("/review", "Review"),
    ("/add", "Add"),
)


def page(
    request: Request, template: str, title: str, asked: Asked = NOTHING, *, status: int = 200, narrow: bool = False,
    **context: Any,
) -> HTMLResponse:  # fmt: skip
    """One page that is made for this request alone; `narrow` tells that its address can narrow it."""
    session: Session | None = request.state.session
    made = body(template, desk_of(request).ledger, asked, {"session": session, **context})
    return _framed(request, made, title, asked, status=status, narrow=narrow, q=context.get("q", ""))


def shown(
    request: Request, screen: Screen, title: str, *, downloads: str | None = None, narrow: bool = False
) -> HTMLResponse:
    """One page that follows from the ledger alone; `downloads` names the view that it can be had as."""
    return _framed(request, body_of(desk_of(request), screen), title, screen.asked, narrow=narrow, downloads=downloads)


def body_of(desk: Sitting, screen: Screen) -> Body:
    """The middle of a page: as it was made before, else as it is written down, else made now."""

    def found(ledger: Ledger) -> Body:
        return _written(ledger, screen) or drawn(screen, ledger)

    return desk.answer(screen.key, found)


def is_ready(desk: Sitting, screen: Screen) -> bool:
    """Whether a page can be had without opening a ledger of which only answers are there."""
    if not isinstance(desk.ledger, Answering):
        return True
    return desk.has(screen.key) or _written(desk.ledger, screen) is not None


def _written(ledger: Ledger, screen: Screen) -> Body | None:
    data = ledger.page(screen.key) if isinstance(ledger, Answering) else None
    return body_from_bytes(data) if data else None


def _framed(
    request: Request, made: Body, title: str, asked: Asked, *, status: int = 200, narrow: bool = False,
    downloads: str | None = None, q: str = "",
) -> HTMLResponse:  # fmt: skip
    desk = desk_of(request)
    ledger = desk.ledger
    frame = environment().get_template("frame.html").render(
        ledger=ledger, at=asked.at, asked=asked, session=request.state.session, title=title, address=address,
        path=request.url.path, places=PLACES, case=case(ledger), body=safe(made.html), notes=made.notes, q=q,
        downloads=downloads, narrow=narrow, days=desk.answer("days", days_of) if narrow else None,
        parties=[p.name for p in ledger.case.parties], issues=ledger.issues(),
    )  # fmt: skip
    return HTMLResponse(frame, status)
