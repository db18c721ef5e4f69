"""What went wrong, as an answer: a status and one plain reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import msgspec
from starlette.responses import Response

from sayso.records import Problem, SaysoError

ASKED_BADLY, MISSING, BUSY = 422, 404, 503
_ASKED = ("the ledger", "the words searched", "place")  # where problems of what was asked for are said to be


class RefusedError(SaysoError):
    """A request that is answered with a problem: its HTTP status beside it."""

    def __init__(self, status: int, where: str, reason: str) -> None:
        super().__init__(Problem(where=where, reason=reason))
        self.status = status


@contextmanager
def or_missing() -> Iterator[None]:
    """Within: an id that is not in the ledger is an address without a page (404)."""
    try:
        yield
    except RefusedError:
        raise
    except SaysoError as error:
        if error.problem.where != "the ledger":
            raise
        raise RefusedError(MISSING, error.problem.where, error.problem.reason) from None


def status_of(error: SaysoError) -> int:
    """The status of a problem: what names nothing in the ledger was asked badly, all else is the ledger's."""
    if isinstance(error, RefusedError):
        return error.status
    return ASKED_BADLY if error.problem.where in _ASKED else BUSY


def said(status: int, where: str, reason: str, headers: Mapping[str, str] | None = None) -> Response:
    """A problem as an answer."""
    body = msgspec.json.encode({"problem": {"where": where, "reason": reason}})
    return Response(body, status, {"Cache-Control": "no-store", **(headers or {})}, "application/json")
