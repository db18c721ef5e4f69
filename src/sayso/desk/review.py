"""Addresses of the review: what to decide on, one record, how far it is, and the decisions themselves."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import APIRouter, Query, Request
from starlette.background import BackgroundTask
from starlette.responses import Response

from sayso.desk import review_search, review_writes
from sayso.desk.asked import Cursor, Name
from sayso.desk.desk import Desk, as_json
from sayso.desk.openapi import answered, body_of, written
from sayso.desk.problems import ASKED_BADLY, RefusedError
from sayso.desk.review_answers import Deciding, Merging, Mode, Splitting, Undoing
from sayso.desk.review_pages import QueueRows, item_page, progress, queue_page, trail
from sayso.desk.routes_tables import desk_of
from sayso.desk.session import Coder
from sayso.engine.ledger_link import link_all
from sayso.ledger import Ledger
from sayso.records import SaysoError
from sayso.views.plain import in_json
from sayso.views.review_agreement import agreements
from sayso.views.review_gold import gold

router = APIRouter(default_response_class=Response)
Body = TypeVar("Body", bound=msgspec.Struct)
_NO_STORE = {"Cache-Control": "no-store"}
_LINES = "application/jsonl"
_MOST_TRAIL = 200
_ASKED = frozenset({"the mend", "the decision"})  # problems of what was asked, not of the ledger
_COUNTRY = r"^[A-Z]{2}$"
_linking, _next = threading.Lock(), threading.Lock()


@router.get("/review/queue.json", responses=answered("Queue"), summary="What to decide on, the weightiest first")
async def get_queue(request: Request, asked: Annotated[QueueRows, Query()]) -> Response:
    return await _answer(request, lambda ledger, who: queue_page(ledger, asked, who))


@router.get("/review.json", responses=answered("Queue"), summary="The same: the data of the page")
async def get_review(request: Request, asked: Annotated[QueueRows, Query()]) -> Response:
    return await get_queue(request, asked)


@router.get("/review/item.json", responses=answered("ReviewItem"), summary="A record with all a decision rests on")
async def get_item(request: Request, id: Annotated[str, Query(max_length=4_000)]) -> Response:
    return await _answer(request, lambda ledger, who: item_page(ledger, id, who))


@router.get("/review/progress.json", responses=answered("Progress"), summary="How far the review is")
async def get_progress(request: Request) -> Response:
    return await _answer(request, lambda ledger, who: progress(ledger, who or None))


@router.get("/review/agreement.json", responses=answered("Agreements"), summary="How far coders agree")
async def get_agreement(request: Request) -> Response:
    return await _answer(request, lambda ledger, _: agreements(ledger))


@router.get("/review/trail.json", responses=answered("Trail"), summary="Who decided what, the last first")
async def get_trail(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=_MOST_TRAIL)] = 50,
    cursor: Annotated[Cursor, Query()] = None,
) -> Response:
    return await _answer(request, lambda ledger, who: trail(ledger, who, limit, cursor))


@router.get("/review/gold.jsonl", responses=written(_LINES), summary="Decisions as gold readings, without the texts")
async def get_gold(request: Request, partial: bool = False) -> Response:
    def lines(ledger: Ledger) -> str:
        return "".join(as_json(reading) + "\n" for reading in gold(ledger, partial=partial))

    return Response(await desk_of(request).read(lines), headers=_NO_STORE, media_type=_LINES)


@router.get("/review/places.json", responses=answered("PlacesFound"), summary="Places that a name may mean")
async def get_places(
    request: Request,
    q: Annotated[str, Query(max_length=300)] = "",
    lat: Annotated[float | None, Query(ge=-90, le=90)] = None,
    lon: Annotated[float | None, Query(ge=-180, le=180)] = None,
) -> Response:
    near = None if lat is None or lon is None else (lat, lon)
    return await _answer(request, lambda _, __: review_search.places(q, near))


@router.get("/review/actors.json", responses=answered("ActorsFound"), summary="Actors of record that a name may mean")
async def get_actors(
    request: Request,
    q: Annotated[str, Query(max_length=300)] = "",
    country: Annotated[str | None, Query(pattern=_COUNTRY)] = None,
    at: Name = None,
) -> Response:
    return await _answer(request, lambda _, __: review_search.actors(q, country, at))


@router.post("/review/decide", responses=answered("Done"), openapi_extra=body_of("Deciding"), summary="Decide")
async def post_decide(request: Request) -> Response:
    asked = await _body(request, Deciding)
    return await _write(request, asked.decision, asked.id, review_writes.decide, asked)


@router.post("/review/undo", responses=answered("Done"), openapi_extra=body_of("Undoing"), summary="Take it back")
async def post_undo(request: Request) -> Response:
    asked = await _body(request, Undoing)
    what = "merge or split" if asked.joined else "decision"
    return await _write(request, "undo", f"{what} {asked.number}", review_writes.undo, asked)


@router.post("/review/merge", responses=answered("Done"), openapi_extra=body_of("Merging"), summary="Merge incidents")
async def post_merge(request: Request) -> Response:
    asked = await _body(request, Merging)
    return await _write(request, "merge", " ".join(asked.ids[:20]), review_writes.merge, asked)


@router.post(
    "/review/split", responses=answered("Done"), openapi_extra=body_of("Splitting"), summary="Split an incident"
)
async def post_split(request: Request) -> Response:
    asked = await _body(request, Splitting)
    return await _write(request, "split", asked.id, review_writes.split, asked)


@router.post("/review/mode", responses=answered("ModeSet"), openapi_extra=body_of("Mode"), summary="One coder or two")
async def post_mode(request: Request) -> Response:
    asked = await _body(request, Mode)
    return await _write(request, "mode", f"{asked.coders} coders", review_writes.set_mode, asked)


async def _answer(request: Request, work: Callable[[Ledger, str], object]) -> Response:
    """What `work` finds for whoever asks. It is never kept: the same address tells each coder something else."""
    desk = desk_of(request)
    coder = desk.sessions.of(request.headers)
    who = coder.name or "" if coder else ""
    said = await desk.read(lambda ledger: as_json(work(ledger, who)))
    return Response(said, headers=_NO_STORE, media_type="application/json")


async def _write(
    request: Request,
    act: str,
    subject: str,
    change: Callable[[sqlite3.Connection, Any, str, datetime], dict[str, Any]],
    asked: msgspec.Struct,
) -> Response:
    """Write it down, answer at once, and then link anew what hangs on it."""
    desk = desk_of(request)
    now = desk.settings.now()

    def written_down(connection: sqlite3.Connection, coder: Coder) -> dict[str, Any]:
        try:
            return change(connection, asked, coder.name or "", now)
        except SaysoError as error:
            if isinstance(error, RefusedError) or error.problem.where not in _ASKED:
                raise
            raise RefusedError(ASKED_BADLY, error.problem.where, error.problem.reason) from None

    done = await desk.write(request, act, subject, written_down)
    said = in_json(msgspec.json.encode(done).decode())
    return Response(
        said, headers=_NO_STORE, media_type="application/json", background=BackgroundTask(_link, desk)
    )  # fmt: skip


def _link(desk: Desk) -> None:
    """Bring decisions into effect on incidents: one at a time, and one more for all that came meanwhile."""
    if not _next.acquire(blocking=False):
        return
    with _linking:
        _next.release()
        try:
            with Ledger.open(desk.path, write=True) as ledger:
                link_all(ledger, desk.settings.now)
        except SaysoError:  # another program writes for long: what waits is on record, and linked the next time
            return


async def _body(request: Request, kind: type[Body]) -> Body:
    try:
        return msgspec.json.decode(await request.body(), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RefusedError(ASKED_BADLY, "the body", str(error)[:300]) from None
