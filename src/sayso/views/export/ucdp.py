"""Incidents in the columns of the UCDP Georeferenced Event Dataset."""

from __future__ import annotations

import math

from sayso.linking.accounts import NO_OUTLET, UNSTATED
from sayso.views.export.facts import Facts, Row, day, joined, outlet_of
from sayso.views.export.parties import Party, sides_of

ONE_SIDED = 3
CELLS_A_DEGREE, CELLS_A_ROW = 2, 720  # PRIO-GRID (Tollefsen, Strand and Buhaug 2012)


def left_out(facts: Facts) -> str | None:
    """Why UCDP would not record it; None: it would."""
    if facts.uncoded:
        return facts.uncoded
    if (facts.incident.ucdp or {}).get("type_of_violence") is None:
        return "its type of violence is not known, or it is none"
    return None if _deadly(facts) else "no death is told"


def row(facts: Facts) -> Row:
    """The cells known, by column."""
    incident = facts.incident
    violence = (incident.ucdp or {})["type_of_violence"]
    low, high = incident.killed or (None, None)
    best = facts.best_killed()
    return {
        "year": int(incident.first[:4]) if incident.first else None,
        "type_of_violence": violence,
        **_who(facts, violence),
        **_sources(facts),
        **_where(facts),
        "date_prec": incident.date_precision,
        "date_start": incident.first,
        "date_end": incident.last,
        "deaths_civilians" if violence == ONE_SIDED else "deaths_unknown": best,
        "best": best,
        "high": high,
        "low": low,
        **facts.sourced(),
    }


def priogrid(lat: float, lon: float) -> int:
    """The number of the PRIO-GRID cell that a point lies in: from 1 at the south-west, row by row.

    >>> priogrid(-90, -180), priogrid(36.528, 37.955)
    (1, 182596)
    """
    rows = min(math.floor((lat + 90) * CELLS_A_DEGREE), CELLS_A_ROW // 2 - 1)
    return rows * CELLS_A_ROW + math.floor((lon + 180) * CELLS_A_DEGREE) % CELLS_A_ROW + 1


def _deadly(facts: Facts) -> bool:
    killed = facts.incident.killed
    return killed is not None and any(killed)


def _who(facts: Facts, violence: int | None) -> Row:
    sides = sides_of(facts)
    one, other = facts.actor(sides.one.id if sides.one else None), facts.actor(sides.other.id if sides.other else None)
    cells: Row = {
        "side_a_new_id": one.ucdp.id if one and one.ucdp else None,
        "side_a": _name(facts, sides.one),
        "gwnoa": one.gwno if one else None,
    }
    if violence == ONE_SIDED:
        return {**cells, "side_b": "Civilians"}
    return {
        **cells,
        "side_b_new_id": other.ucdp.id if other and other.ucdp else None,
        "side_b": _name(facts, sides.other),
        "gwnob": other.gwno if other else None,
    }


def _name(facts: Facts, party: Party | None) -> str | None:
    actor = facts.actor(party.id) if party else None
    return (actor.ucdp.name if actor and actor.ucdp else party.name) if party else None


def _sources(facts: Facts) -> Row:
    reports = {account.report: account for account in reversed(facts.accounts)}
    ordered = [reports[ident] for ident in facts.incident.reports if ident in reports]
    articles = [
        '"' + ",".join((outlet_of(a) or "", day(a.published) or "", (a.title or "").replace('"', "'"))) + '"'
        for a in ordered
    ]
    return {
        "number_of_sources": len(facts.incident.reports),
        "source_article": joined(articles),
        "source_office": joined(facts.outlets),
        "source_date": joined(day(a.published) for a in ordered),
        "source_headline": joined(a.title for a in ordered),
        "source_original": joined(o.voice.name for o in facts.says_so if o.voice.name not in (NO_OUTLET, UNSTATED)),
    }


def _where(facts: Facts) -> Row:
    place = facts.incident.place
    if place is None:
        return {}
    state = facts.register.state(place.country) if place.country else None
    return {
        "where_prec": place.precision,
        "where_coordinates": place.name,
        "where_description": facts.told.place_words,
        "adm_1": place.admin1,
        "latitude": place.lat,
        "longitude": place.lon,
        "geom_wkt": f"POINT ({place.lon} {place.lat})",
        "priogrid_gid": priogrid(place.lat, place.lon),
        "country": facts.country,
        "country_id": state.gw if state else None,
    }
