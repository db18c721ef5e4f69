"""The desk as one ASGI application: addresses, the page, and the guard around them."""

from __future__ import annotations

import gc
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from sayso.desk import review, routes_records, routes_tables
from sayso.desk.desk import Desk, Settings
from sayso.desk.openapi import describe
from sayso.desk.problems import ASKED_BADLY, said, status_of
from sayso.desk.review_answers import ANSWERS, SENT
from sayso.desk.safety import Guard, own_hosts
from sayso.desk.session import Sessions
from sayso.desk.shell import Shell, packaged
from sayso.records import SaysoError

PORT = 8137
_NEW_OBJECTS = 50_000  # between two looks for cycles


def create_app(
    ledger: Path,
    *,
    port: int = PORT,
    key: bytes | None = None,
    static: Path | None = None,
    settings: Settings | None = None,
) -> FastAPI:
    """The desk over one ledger, for requests to this machine's own `port`.

    `key` seals cookies and tokens (None: a new one, so that names last as long as the process); `static`: the folder of
    the built page (None: the packaged one). SaysoError when the ledger cannot be read.
    """
    sessions = Sessions(key or secrets.token_bytes(32))
    desk = Desk(ledger, sessions, settings or Settings())
    shell = Shell(static or packaged())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        gc.freeze()  # answers are many small objects that live a moment: what stays is not walked through for them
        gc.set_threshold(_NEW_OBJECTS, 20, 50)
        yield
        desk.close()

    app = routed()
    app.router.lifespan_context = lifespan
    app.state.desk = desk

    @app.get("/{path:path}", include_in_schema=False)
    async def page(path: str) -> Response:
        return shell.answer(path)

    app.add_exception_handler(SaysoError, _problem)
    app.add_exception_handler(RequestValidationError, _asked_badly)
    app.add_exception_handler(HTTPException, _no_such)
    app.add_middleware(Guard, hosts=own_hosts(port), may_write=sessions.may_write)
    return app


def routed() -> FastAPI:
    """The addresses of the data, with their description, over no ledger yet."""
    app = FastAPI(docs_url=None, redoc_url=None, redirect_slashes=False)
    app.include_router(routes_tables.router)
    app.include_router(routes_records.router)
    app.include_router(review.router)
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]
    return app


def _described(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        app.openapi_schema = describe(app, ANSWERS, SENT)
    return app.openapi_schema


async def _problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, SaysoError)  # noqa: S101 -- it is registered for these
    return said(status_of(error), error.problem.where, error.problem.reason)


async def _asked_badly(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    first = error.errors()[0]
    return said(ASKED_BADLY, str(first["loc"][-1]), str(first["msg"]))


async def _no_such(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    return said(error.status_code, "the address", str(error.detail), error.headers)
