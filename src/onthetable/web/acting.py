"""What people do: log in, add reports, review. Every form brings back what its session gave it."""

from __future__ import annotations

import getpass
import hmac
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from onthetable.bundled import examples
from onthetable.case import read_case
from onthetable.errors import UsageError
from onthetable.ledger import Ledger
from onthetable.model import Act, Move, When
from onthetable.reviews import Action, Review, anchor, doubtful
from onthetable.web.adding import Adding, folder_of
from onthetable.web.data import desk_of
from onthetable.web.rendering import page
from onthetable.web.screens import doubt, made
from onthetable.web.security import Guard, keep
from onthetable.web.settings import Settings
from onthetable.web.users import known

acting = APIRouter(include_in_schema=False)
SHOWN = 200
"""Moves under review that the list shows."""
_FIELDS = ("party", "act", "issue", "giver", "when")


# --- in and out ---------------------------------------------------------------------------------------


@acting.get("/login")
def login(request: Request) -> Response:
    """Who are you?"""
    return page(request, "login.html", "Log in", wrong=False)


@acting.post("/login")
async def logged_in(request: Request) -> Response:
    """A session for who is known."""
    settings, guard = _settings(request), _guard(request)
    if not guard.may_try(request.client.host if request.client else ""):
        return page(request, "login.html", "Log in", status=429, wrong=True)
    form = await request.form()
    user = known(settings.users, str(form.get("name", "")), str(form.get("password", "")))
    if user is None:
        return page(request, "login.html", "Log in", status=401, wrong=True)
    key, _ = guard.open(user.name, user.role)
    response = RedirectResponse("/", 303)
    keep(response, key)
    return response


@acting.post("/logout")
async def logged_out(request: Request) -> Response:
    """Ends the session."""
    await _form(request, role="reader")
    _guard(request).close(request)
    return RedirectResponse("/login", 303)


# --- adding -------------------------------------------------------------------------------------------


@acting.get("/add")
def add(request: Request) -> Response:
    """Files, text or an address."""
    return page(
        request, "add.html", "Add reports", inputs=desk_of(request).store.last_inputs(30), most=_settings(request)
    )


@acting.post("/add")
async def added(request: Request) -> Response:
    """Starts to read what was given."""
    form = await _form(request)
    settings, adding = _settings(request), _adding(request)
    files: list[tuple[str, bytes]] = []
    for item in form.getlist("files"):
        if isinstance(item, UploadFile) and item.filename:
            files.append((item.filename, await item.read()))
    text, where = str(form.get("text", "")).strip(), str(form.get("address", "")).strip()
    if text:
        name = str(form.get("name", "")).strip() or f"pasted {datetime.now(UTC):%Y-%m-%d %H.%M.%S}"
        files.append((f"{name.replace('/', '-')[:80]}.txt", text.replace("\r\n", "\n").encode("utf-8", "replace")))
    if files:
        job = adding.start([n for n, _ in files], folder_of(files))
    elif where:
        if not settings.fetch or not where.lower().startswith(("http://", "https://")):
            raise UsageError("address: expected one that begins with https:// or http://")
        job = adding.start([where])
    else:
        raise UsageError("nothing was given: choose files, paste a text or name an address")
    await form.close()
    return RedirectResponse(f"/added/{job.id}", 303)


@acting.post("/example")
async def example(request: Request) -> Response:
    """Reads the bundled example into an empty ledger."""
    await _form(request)
    folder = examples()
    job = _adding(request).start([str(folder / "talks")], root=folder, case=read_case(folder / "case.toml"))
    return RedirectResponse(f"/added/{job.id}", 303)


@acting.get("/added/{id}")
def progress(request: Request, id: str) -> Response:
    """How far an addition is; then what was rejected and why, and what it changed."""
    job = _adding(request).job(id)
    if job is None:
        raise HTTPException(404, "That addition is not remembered; the ledger holds what it added.")
    job.left.wait(0.2)
    part = request.headers.get("hx-request") == "true" and job.running
    response = page(request, "added.html", "Adding reports", job=job)
    if part:
        response.headers["HX-Reswap"] = "none"
    if job.running:
        response.headers["Refresh"] = "1"
    return response


# --- review -------------------------------------------------------------------------------------------


@acting.get("/review")
def review(
    request: Request,
    id: Annotated[str | None, Query(max_length=100)] = None,
    said: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """The least certain first, with the source beside it."""
    desk = desk_of(request)
    loaded = desk.loaded
    ledger = loaded.ledger
    waiting = ledger.waiting()
    chosen = _known(ledger, id) or (waiting[0] if waiting else None)
    before, after = _beside(waiting, chosen) if chosen else (None, None)
    reviews = desk.store.reviews()
    return page(
        request, "review.html", "Review", waiting=waiting[:SHOWN], count=len(waiting),
        doubt=doubt(chosen, ledger.reading(chosen.report)) if chosen else None, before=before, after=after, said=said,
        made=made(reviews, loaded.orphans)[:SHOWN], acts=get_args(Act), whens=get_args(When),
    )  # fmt: skip


@acting.post("/review")
async def reviewed(request: Request) -> Response:
    """Keeps what somebody says of a record, and goes on to the next."""
    form = await _form(request)
    desk, action = desk_of(request), str(form.get("action", ""))
    by, reason = _by(request, form), str(form.get("reason", "")).strip() or None
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if action == "undo":
        number = str(form.get("number", ""))
        if not number.isdigit():
            raise UsageError("number: which review is to be undone?")
        await run_in_threadpool(desk.review, Review("undo", by, now, None, reason, undoes=int(number)))
        return RedirectResponse(f"/review?said=review+{number}+undone", 303)
    if action not in ("accept", "reject", "edit", "merge"):
        raise UsageError("action: accept, reject, edit, merge or undo")
    ledger = desk.ledger
    move, other = _move(request, form, "id"), None
    changes: tuple[dict[str, Any], ...] = ()
    if action == "edit":
        changes = (_edited(move, form),)
    if action == "merge":
        other = _move(request, form, "other")
    said: Action = action  # type: ignore[assignment]
    review = Review(
        said, by, now, anchor(ledger.report(move.report), move), reason, changes,
        anchor(ledger.report(other.report), other) if other else None,
    )  # fmt: skip
    kept = await run_in_threadpool(desk.review, review)
    following = str(form.get("next", ""))
    stay = f"id={following}&" if following and following != move.id else ""
    return RedirectResponse(f"/review?{stay}said=review+{kept}+kept:+{action}", 303)


def _beside(waiting: Sequence[Move], chosen: Move) -> tuple[Move | None, Move | None]:
    """The moves before and after one that waits; the first is after one that waits no more."""
    place = bisect_left(waiting, doubtful(chosen), key=doubtful)
    if place == len(waiting) or waiting[place].id != chosen.id:
        return None, waiting[0] if waiting else None
    return waiting[place - 1] if place else None, waiting[place + 1] if place + 1 < len(waiting) else None


def _edited(move: Move, form: FormData) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in _FIELDS:
        given = str(form.get(name, "")).strip() or None
        if name in form and given != getattr(move, name):
            found[name] = given
    if "hedge" in form or "hedged" in form:
        hedge = form.get("hedge") == "yes"
        if hedge != move.hedge:
            found["hedge"] = hedge
    if not found:
        raise UsageError("nothing was changed; accept it if it is right as it is")
    return found


def _known(ledger: Ledger, id: str | None) -> Move | None:
    try:
        return ledger.move(id or "")
    except KeyError:
        return None


def _move(request: Request, form: FormData, name: str) -> Move:
    id = str(form.get(name, ""))
    found = _known(desk_of(request).ledger, id)
    if found is None:
        raise UsageError(f"{name}: no such move is in the ledger any more")
    return found


def _by(request: Request, form: FormData) -> str:
    """Who says so: who is logged in; else the name in the form, else the user of this machine."""
    session = request.state.session
    return session.name or str(form.get("by", "")).strip()[:100] or getpass.getuser()


# --- what all of them need ----------------------------------------------------------------------------


async def _form(request: Request, role: str = "reviewer") -> FormData:
    """A form that comes from a page of this session, by somebody who may send it."""
    session = request.state.session
    if session is None:
        raise HTTPException(401, "Log in first.")
    if role == "reviewer" and session.role != "reviewer":
        raise HTTPException(403, "Readers look; only reviewers add and correct.")
    form = await request.form(
        max_files=_settings(request).files, max_fields=100, max_part_size=_settings(request).upload
    )
    given: Mapping[str, Any] = form
    if not hmac.compare_digest(str(given.get("csrf", "")).encode(), session.csrf.encode()):
        raise HTTPException(403, "This form is from an earlier session; load the page again.")
    return form


def _settings(request: Request) -> Settings:
    found: Settings = request.app.state.settings
    return found


def _guard(request: Request) -> Guard:
    found: Guard = request.app.state.guard
    return found


def _adding(request: Request) -> Adding:
    found: Adding = request.app.state.adding
    return found
