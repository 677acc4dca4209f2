"""What stands before every route: names and origins of requests, sessions, rates, sizes, and headers of answers."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from onthetable.web.settings import Settings

COOKIE = "onthetable-session"
OPEN = ("/login", "/static/")
"""What anybody may see who reaches the app at all."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
SESSIONS = 10_000
DAY = 24 * 3600.0

Next = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Session:
    """Who is asking; `csrf` is what a form has to bring back."""

    name: str | None
    role: Literal["reader", "reviewer"]
    csrf: str
    until: float


class Guard:
    """Lets requests through, or answers them itself."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self._allowance: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._tries: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, request: Request, call_next: Next) -> Response:
        """The middleware."""
        response = self._refused(request) or self._greeted(request) or await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.url.path.startswith("/static/") and response.status_code == 200:
            response.headers["Cache-Control"] = "max-age=3600"
        return response

    # --- sessions -----------------------------------------------------------------------------------

    def open(self, name: str | None, role: Literal["reader", "reviewer"]) -> tuple[str, Session]:
        """A new session, and the word that its cookie holds."""
        key = secrets.token_urlsafe(32)
        session = Session(name, role, secrets.token_urlsafe(24), time.monotonic() + DAY)
        self._sessions[_digest(key)] = session
        while len(self._sessions) > SESSIONS:
            self._sessions.popitem(last=False)
        return key, session

    def close(self, request: Request) -> None:
        """Ends the session of a request."""
        self._sessions.pop(_digest(request.cookies.get(COOKIE, "")), None)

    def session(self, request: Request) -> Session | None:
        """The session that a request belongs to, by its cookie or its bearer token."""
        found = self._sessions.get(_digest(request.cookies.get(COOKIE, "")))
        if found and found.until > time.monotonic():
            return found
        kind, _, word = request.headers.get("authorization", "").partition(" ")
        token = self._settings.token
        if kind.lower() == "bearer" and token and _same(word, token):
            return Session(None, "reviewer", token, time.monotonic() + DAY)
        return None

    def may_try(self, client: str) -> bool:
        """Whether a client may try another password: ten at once, then one in six seconds."""
        return _taken(self._tries, client, 10, 1 / 6)

    # --- requests -----------------------------------------------------------------------------------

    def _refused(self, request: Request) -> Response | None:
        if _host(request.headers.get("host", "")) not in self._settings.hosts:
            return PlainTextResponse("This app is not known by that name (see --host and --allow-host).", 421)
        if not _taken(self._allowance, request.client.host if request.client else "", self._settings.burst,
                      self._settings.rate):  # fmt: skip
            return PlainTextResponse("Too many requests; wait a moment.", 429, {"Retry-After": "2"})
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            length = request.headers.get("content-length", "")
            if not length.isdigit():
                return PlainTextResponse("How long is it? Send Content-Length.", 411)
            if int(length) > self._settings.upload:
                most = self._settings.upload // 1024 // 1024
                return PlainTextResponse(f"Too large: at most {most} MB at once.", 413)
            if not _from_here(request):
                return PlainTextResponse("This request comes from another site.", 403)
        return None

    def _greeted(self, request: Request) -> Response | None:
        """Who comes with the token of the launch gets a session; who has none is sent to log in."""
        path = request.url.path
        given, token = request.query_params.get("token"), self._settings.token
        if given is not None and token and request.method == "GET":
            if not _same(given, token):
                return PlainTextResponse("That token is not of this launch; use the address that it printed.", 403)
            key, _ = self.open(None, "reviewer")
            response = RedirectResponse(str(request.url.remove_query_params("token")), 303)
            keep(response, key)
            return response
        if path.startswith(OPEN) or self.session(request):
            return None
        if path.startswith(("/api/", "/data/")):
            return JSONResponse({"error": "no session: open the app by the address that it printed, or log in"}, 401)
        if self._settings.users:
            return RedirectResponse("/login", 303)
        return PlainTextResponse("Open the address that `onthetable serve` printed; it holds the token.", 401)


def keep(response: Response, key: str) -> None:
    """Gives the browser its session, for this site alone and out of reach of scripts."""
    response.set_cookie(COOKIE, key, httponly=True, samesite="strict", max_age=int(DAY))


def _host(given: str) -> str:
    """The name of a Host header without its port."""
    try:
        return (urlsplit(f"//{given}").hostname or "").lower()
    except ValueError:
        return ""


def _from_here(request: Request) -> bool:
    """Whether a request that changes something comes from a page of this app, as the browser tells.

    Sec-Fetch-Site is believed first, then Origin; what has neither is no browser's, and needs a bearer token, or a
    form's own token (checked where the form is read).
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _taken(of: OrderedDict[str, tuple[float, float]], client: str, burst: float, rate: float) -> bool:
    """Takes one from a bucket that fills at a rate up to a burst."""
    now = time.monotonic()
    left, then = of.pop(client, (burst, now))
    left = min(burst, left + (now - then) * rate)
    of[client] = (left - 1 if left >= 1 else left, now)
    while len(of) > SESSIONS:
        of.popitem(last=False)
    return left >= 1


def _same(a: str, b: str) -> bool:
    return hmac.compare_digest(a.encode("utf-8", "replace"), b.encode())


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
