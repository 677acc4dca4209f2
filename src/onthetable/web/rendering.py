"""Pages from templates: those of the dossier, in the frame of the app."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from onthetable.ledger import Ledger
from onthetable.views import anchors, labels
from onthetable.views.labels import case
from onthetable.web.data import desk_of
from onthetable.web.links import Footnote, address, footnoted, resolved, safe
from onthetable.web.queries import Asked
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
NOBODY = Asked(None, None, None)


def page(
    request: Request,
    template: str,
    title: str,
    asked: Asked = NOBODY,
    *,
    status: int = 200,
    downloads: str | None = None,
    narrow: bool = False,
    same: Hashable = None,
    lazy: Callable[[Ledger], dict[str, Any]] | None = None,
    **context: Any,
) -> HTMLResponse:
    """One page.

    `downloads` names the view that it can be had as, `narrow` tells that its address can narrow it. What two requests
    with equal `same` see is made once, until the ledger changes; it must not depend on the session.
    `lazy` gives what is only needed when it is made.
    """
    ledger: Ledger = context.pop("ledger", None) or desk_of(request).ledger
    session: Session | None = request.state.session
    base: dict[str, Any] = {
        "ledger": ledger, "at": asked.at, "asked": asked, "session": session, "title": title, "address": address,
        "path": request.url.path,
    }  # fmt: skip

    def made(_: Ledger) -> tuple[str, tuple[Footnote, ...]]:
        found = lazy(ledger) if lazy else {}
        body, notes = footnoted(_environment().get_template(template).render(**base, **context, **found), ledger)
        return resolved(body, ledger, asked.state), notes

    body, notes = made(ledger) if same is None else desk_of(request).answer((template, asked, same), made, again=False)
    frame = _environment().get_template("frame.html").render(
        **base, places=PLACES, case=case(ledger), body=safe(body), notes=notes,
        downloads=downloads, narrow=narrow, days=desk_of(request).answer("days", days_of) if narrow else None,
        parties=[p.name for p in ledger.case.parties], issues=ledger.issues(),
    )  # fmt: skip
    return HTMLResponse(frame, status)


@cache
def _environment() -> Environment:
    loaders = [PackageLoader("onthetable.web"), PackageLoader("onthetable.views")]
    env = Environment(
        loader=ChoiceLoader(loaders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    env.globals.update(labels=labels, anchors=anchors)
    return env
