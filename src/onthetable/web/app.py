"""The app: routes behind a guard, errors as pages that say what to do next."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from onthetable.errors import OnTheTableError, StoreError, UsageError
from onthetable.web.acting import acting
from onthetable.web.adding import Adding
from onthetable.web.data import api
from onthetable.web.desk import Desk
from onthetable.web.pages import pages
from onthetable.web.rendering import page
from onthetable.web.security import HEADERS, Guard, Next
from onthetable.web.settings import Settings

ABOUT = "What a kept ledger says, read only. Records are those of the format onthetable-ledger/1 (docs/reference.md)."


def create_app(settings: Settings) -> FastAPI:
    """The app over one ledger, which is made if it is not there. Raises StoreError if it cannot be opened."""
    desk, guard = Desk(settings.ledger), Guard(settings)

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        yield
        desk.close()

    app = FastAPI(
        title="On the Table", description=ABOUT, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
        lifespan=living,
    )  # fmt: skip
    app.state.settings, app.state.desk, app.state.guard = settings, desk, guard
    app.state.adding = Adding(desk, settings.timeout)
    static = str(files("onthetable.web").joinpath("static"))
    app.mount("/static", StaticFiles(directory=static), "static")
    style = files("onthetable.views").joinpath("templates", "dossier.css").read_text("utf-8")

    @app.get("/style.css", include_in_schema=False)
    def styled() -> Response:
        return Response(style, media_type="text/css")

    @app.get("/healthz", include_in_schema=False)
    def healthy() -> dict[str, str]:
        return {"status": "ok"}

    for router in (api, pages, acting):
        app.include_router(router)

    @app.middleware("http")
    async def guarded(request: Request, call_next: Next) -> Response:
        request.state.session = guard.session(request)
        return await guard(request, call_next)

    app.add_exception_handler(OnTheTableError, _failed)
    app.add_exception_handler(RequestValidationError, _failed)
    app.add_exception_handler(HTTPException, _failed)
    app.add_exception_handler(Exception, _failed)
    return app


async def _failed(request: Request, error: Exception) -> Response:
    """An error as what was asked for: a page, or JSON."""
    status, said = _told(error)
    if request.url.path.startswith(("/api/", "/data/")):
        return JSONResponse({"error": said}, status, headers=HEADERS)
    try:
        response: Response = page(request, "error.html", "That did not work", status=status, said=said)
    except Exception:  # the ledger itself cannot be read
        response = Response(f"That did not work. {said}", status, media_type="text/plain; charset=utf-8")
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _told(error: Exception) -> tuple[int, str]:
    match error:
        case HTTPException():
            return error.status_code, str(error.detail)
        case RequestValidationError():
            first = error.errors()[0]
            return 400, f"{first['loc'][-1]}: {str(first['msg']).lower()}"
        case UsageError():
            return 400, str(error)
        case StoreError():
            return 503, str(error)
        case OnTheTableError():
            return 400, str(error)
    return 500, f"unexpected {type(error).__name__}"
