"""Addresses of tables, maps, sheets and feeds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from sayso.desk import feeds, geo, sheet, situation, tables, timeline
from sayso.desk.asked import Asked, At, Bulk, ByTime, IncidentBulk, IncidentRows, Rows, Words
from sayso.desk.desk import Body, Desk, as_json
from sayso.desk.openapi import answered, written
from sayso.ledger import Ledger

router = APIRouter(default_response_class=Response)
_CSV, _GEO, _ATOM, _FEED = "text/csv", "application/geo+json", "application/atom+xml", "application/feed+json"


def desk_of(request: Request) -> Desk:
    """The desk that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


@router.get("/situation.json", responses=answered("Situation"), summary="What there is, counted")
async def get_situation(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    return await desk_of(request).answer(request, lambda ledger: situation.situation(ledger, asked))


@router.get("/timeline.json", responses=answered("Timeline"), summary="Events or incidents counted over time")
async def get_timeline(request: Request, asked: Annotated[ByTime, Query()]) -> Response:
    columns = await desk_of(request).loaded()
    return await desk_of(request).answer(request, lambda ledger: timeline.timeline(ledger, columns, asked))


@router.get("/reports.json", responses=answered("Reports"), summary="Reports, the last published first")
async def get_reports(request: Request, asked: Annotated[Rows, Query()]) -> Response:
    return await desk_of(request).answer(request, lambda ledger: tables.report_or_claim_rows(ledger, "reports", asked))


@router.get("/claims.json", responses=answered("Claims"), summary="Claims, the last published first")
async def get_claims(request: Request, asked: Annotated[Rows, Query()]) -> Response:
    return await desk_of(request).answer(request, lambda ledger: tables.report_or_claim_rows(ledger, "claims", asked))


@router.get("/events.json", responses=answered("Events"), summary="Events, the latest first")
async def get_events(request: Request, asked: Annotated[Rows, Query()]) -> Response:
    desk = desk_of(request)
    return await desk.answer(request, lambda ledger: tables.event_rows(ledger, desk.columns, asked))


@router.get("/incidents.json", responses=answered("Incidents"), summary="Incidents, with counts")
async def get_incidents(request: Request, asked: Annotated[IncidentRows, Query()]) -> Response:
    desk = desk_of(request)
    return await desk.answer(request, lambda ledger: tables.incident_rows(ledger, desk.columns, asked))


@router.get("/disputes.json", responses=answered("Disputes"), summary="What accounts dispute, the latest first")
async def get_disputes(request: Request, asked: Annotated[Rows, Query()]) -> Response:
    columns = await desk_of(request).loaded()
    return await desk_of(request).answer(request, lambda ledger: tables.dispute_rows(ledger, columns, asked))


@router.get("/control.json", responses=answered("Control"), summary="Who is said to hold what")
async def get_control(request: Request, asked: Annotated[At, Query()]) -> Response:
    return await desk_of(request).answer(request, lambda ledger: tables.control_rows(ledger, asked))


@router.get("/sources.json", responses=answered("Sources"), summary="Who is cited, most cited first")
async def get_sources(request: Request, asked: Annotated[Rows, Query()]) -> Response:
    return await desk_of(request).answer(request, lambda ledger: tables.source_rows(ledger, asked))


@router.get("/outlets.json", responses=answered("Outlets"), summary="Outlets, with most reports first")
async def get_outlets(request: Request, asked: Annotated[Words, Query()]) -> Response:
    return await desk_of(request).answer(request, lambda ledger: tables.outlet_rows(ledger, asked))


@router.get("/actors.json", responses=answered("Actors"), summary="Actors by the beginnings of words of their names")
async def get_actors(request: Request, asked: Annotated[Words, Query()]) -> Response:
    return await desk_of(request).answer(request, lambda ledger: tables.actor_rows(ledger, asked))


@router.get("/places.json", responses=answered("Places"), summary="Places by the beginning of their name")
async def get_places(request: Request, asked: Annotated[Words, Query()]) -> Response:
    return await desk_of(request).answer(request, lambda ledger: tables.place_rows(ledger, asked))


@router.get("/search.json", responses=answered("Found"), summary="Reports by words of title and text")
async def get_search(request: Request, asked: Annotated[Words, Query()]) -> Response:
    return await desk_of(request).answer(request, lambda ledger: tables.found_rows(ledger, asked))


@router.get("/reports.csv", responses=written(_CSV), summary="Reports as a sheet")
async def get_report_sheet(request: Request, asked: Annotated[Bulk, Query()]) -> Response:
    return await _sheet(request, "reports", lambda ledger: tables.report_or_claim_rows(ledger, "reports", asked))


@router.get("/claims.csv", responses=written(_CSV), summary="Claims as a sheet")
async def get_claim_sheet(request: Request, asked: Annotated[Bulk, Query()]) -> Response:
    return await _sheet(request, "claims", lambda ledger: tables.report_or_claim_rows(ledger, "claims", asked))


@router.get("/events.csv", responses=written(_CSV), summary="Events as a sheet")
async def get_event_sheet(request: Request, asked: Annotated[Bulk, Query()]) -> Response:
    columns = await desk_of(request).loaded()
    return await _sheet(request, "events", lambda ledger: tables.event_rows(ledger, columns, asked))


@router.get("/incidents.csv", responses=written(_CSV), summary="Incidents as a sheet")
async def get_incident_sheet(request: Request, asked: Annotated[IncidentBulk, Query()]) -> Response:
    columns = await desk_of(request).loaded()

    def body(ledger: Ledger) -> Body:
        return sheet.incident_sheet(tables.incident_rows(ledger, columns, asked))

    return await desk_of(request).page(request, body, _CSV, _saved("incidents.csv"))


@router.get("/events.geojson", responses=written(_GEO), summary="Events on the map")
async def get_event_map(request: Request, asked: Annotated[Bulk, Query()]) -> Response:
    desk = desk_of(request)
    await desk.loaded()
    return await _map(request, lambda ledger: geo.event_features(desk, ledger, asked))


@router.get("/incidents.geojson", responses=written(_GEO), summary="Incidents on the map")
async def get_incident_map(request: Request, asked: Annotated[IncidentBulk, Query()]) -> Response:
    desk = desk_of(request)
    await desk.loaded()
    return await _map(request, lambda ledger: geo.incident_features(desk, ledger, asked))


@router.get("/control.geojson", responses=written(_GEO), summary="Who is said to hold what, on the map")
async def get_control_map(request: Request, asked: Annotated[At, Query()]) -> Response:
    return await _map(request, lambda ledger: geo.control_features(ledger, asked))


@router.get("/incidents.atom", responses=written(_ATOM), summary="New incidents as an Atom feed")
async def get_atom(request: Request, asked: Annotated[IncidentRows, Query()]) -> Response:
    root, query = _root(request), request.query_params.multi_items()
    return await desk_of(request).page(request, lambda ledger: Body(feeds.atom(ledger, asked, root, query)), _ATOM)


@router.get("/incidents.feed.json", responses=written(_FEED), summary="New incidents as a JSON Feed")
async def get_json_feed(request: Request, asked: Annotated[IncidentRows, Query()]) -> Response:
    root, query = _root(request), request.query_params.multi_items()
    return await desk_of(request).page(
        request, lambda ledger: Body(as_json(feeds.json_feed(ledger, asked, root, query))), _FEED
    )


async def _sheet(
    request: Request, table: Literal["reports", "claims", "events"], work: Callable[[Ledger], tables.Stretch]
) -> Response:
    return await desk_of(request).page(
        request, lambda ledger: sheet.table_sheet(work(ledger), table), _CSV, _saved(f"{table}.csv")
    )


async def _map(request: Request, work: Callable[[Ledger], Body]) -> Response:
    return await desk_of(request).page(request, work, _GEO)


def _saved(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _root(request: Request) -> str:
    return f"http://{request.headers['host']}"
