"""Addresses of single records, of the session, and of what answers here."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from sayso.desk import card, incident, records, who
from sayso.desk.answer_pages import Naming
from sayso.desk.asked import At, Cursor
from sayso.desk.desk import as_json
from sayso.desk.openapi import answered, body_of
from sayso.desk.problems import ASKED_BADLY, RefusedError
from sayso.desk.routes_tables import desk_of
from sayso.desk.session import Coder, name_of, new_session

router = APIRouter(default_response_class=Response)
Id = Annotated[str, Path(max_length=4_000, description="percent-encoded; it may hold / and #")]


@router.get("/report/{id:path}.json", responses=answered("ReportPage"), summary="A report and its reading")
async def get_report(request: Request, id: Id) -> Response:
    return await desk_of(request).answer(request, lambda ledger: records.report_page(ledger, id))


@router.get("/claim/{id:path}.json", responses=answered("ClaimPage"), summary="A claim")
async def get_claim(request: Request, id: Id) -> Response:
    return await desk_of(request).answer(request, lambda ledger: records.claim_page(ledger, id))


@router.get("/event/{id:path}.json", responses=answered("EventPage"), summary="An event")
async def get_event(request: Request, id: Id) -> Response:
    return await desk_of(request).answer(request, lambda ledger: records.event_page(ledger, id))


@router.get("/incident/{id:path}.json", responses=answered("IncidentPage"), summary="An incident and its accounts")
async def get_incident(request: Request, id: Id) -> Response:
    return await desk_of(request).answer(request, lambda ledger: incident.incident_page(ledger, id))


@router.get("/place/{id:path}.json", responses=answered("PlacePage"), summary="A place and who is said to hold it")
async def get_place(request: Request, id: Id, asked: Annotated[At, Query()]) -> Response:
    return await desk_of(request).answer(request, lambda ledger: incident.place_page(ledger, id, asked))


@router.get("/source/{id:path}.json", responses=answered("SourcePage"), summary="A source and its claims")
async def get_source(request: Request, id: Id, cursor: Annotated[Cursor, Query()] = None) -> Response:
    columns = await desk_of(request).loaded()
    return await desk_of(request).answer(request, lambda ledger: who.source_page(ledger, columns, id, cursor))


@router.get("/actor/{id:path}.json", responses=answered("ActorPage"), summary="An actor and what it did and suffered")
async def get_actor(request: Request, id: Id) -> Response:
    columns = await desk_of(request).loaded()
    return await desk_of(request).answer(request, lambda ledger: who.actor_page(ledger, columns, id))


@router.get("/outlet/{id:path}.json", responses=answered("OutletPage"), summary="An outlet and its reports")
async def get_outlet(request: Request, id: Id, cursor: Annotated[Cursor, Query()] = None) -> Response:
    columns = await desk_of(request).loaded()
    return await desk_of(request).answer(request, lambda ledger: who.outlet_page(ledger, columns, id, cursor))


@router.get("/about.json", responses=answered("About"), summary="Versions, the model card, its limits")
async def get_about(request: Request) -> Response:
    return await desk_of(request).answer(request, card.about)


@router.get("/session.json", responses=answered("Session"), summary="Who is at the desk, and the token for writes")
async def get_session(request: Request) -> Response:
    desk = desk_of(request)
    return _session(request, desk.sessions.of(request.headers) or new_session())


@router.post(
    "/session", responses=answered("Session"), openapi_extra=body_of("Naming"), summary="Say who is at the desk"
)
async def post_session(request: Request) -> Response:
    desk = desk_of(request)
    try:
        naming = msgspec.json.decode(await request.body(), type=Naming)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RefusedError(ASKED_BADLY, "the body", str(error)) from None
    coder = desk.sessions.of(request.headers) or new_session()
    return _session(request, msgspec.structs.replace(coder, name=name_of(naming.name)))


def _session(request: Request, coder: Coder) -> Response:
    sessions = desk_of(request).sessions
    said = as_json({"name": coder.name, "token": sessions.token(coder)})
    response = Response(said, headers={"Cache-Control": "no-store"}, media_type="application/json")
    sessions.give(response, coder)
    return response
