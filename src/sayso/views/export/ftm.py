"""Incidents as FollowTheMoney entities: events, the actors of record in them, the reports that prove them.

Only actors of record are made entities: nobody named in passing is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

import msgspec

from sayso.records.pool import Account
from sayso.views.export.facts import Facts, day, outlet_of
from sayso.views.plain import in_json

Entity = dict[str, Any]
BODIES = frozenset({"state", "government", "organ", "office", "state forces"})  # kinds that are a state's own
NO_BODIES = frozenset({"civilians", "protesters", "rioters", "unidentified"})  # kinds of people, no organisations
LONGEST_NAME = 500  # characters of a title or caption


def write_entities(told: Iterable[Facts], stream: TextIO) -> None:
    """One entity a line, each once, as `ftm` commands read and write them."""
    for entity in entities(told):
        stream.write(in_json(msgspec.json.encode(entity).decode()) + "\n")


def entities(told: Iterable[Facts]) -> Iterator[Entity]:
    """What is pointed at comes before what points at it."""
    seen: set[str] = set()
    for facts in told:
        actors, reports = list(_actors(facts)), list(_reports(facts))
        for entity in (*actors, *reports, _event(facts, actors, reports)):
            if entity["id"] not in seen:
                seen.add(entity["id"])
                yield entity


def _event(facts: Facts, actors: list[Entity], reports: list[Entity]) -> Entity:
    incident, place = facts.incident, facts.incident.place
    where = f", {place.name}" if place else ""
    sourced = facts.sourced()
    return _entity(
        "Event",
        incident.id,
        name=[f"{incident.type.replace('_', ' ')}{where}"],
        summary=[facts.quote],
        description=[
            f"{incident.status}; {sourced['n_reports']} reports, {sourced['n_independent']} independent origins: "
            f"{sourced['claim'] or ''}"
        ],
        startDate=[incident.first],
        endDate=[incident.last],
        location=[place.name if place else None],
        country=[place.country.lower() if place and place.country else None],
        recordId=[incident.id],
        sourceUrl=[account.url for account in facts.accounts],
        involved=[actor["id"] for actor in actors],
        proof=[report["id"] for report in reports],
    )


def _actors(facts: Facts) -> Iterator[Entity]:
    for ident in dict.fromkeys((*facts.incident.actor_ids, *facts.incident.target_ids)):
        found = facts.register.actor(ident) if ident else None
        kind = getattr(found, "kind", "office")  # an office's entry does not name its kind
        if found is None or ident is None or kind in NO_BODIES:
            continue
        country = getattr(found, "country", None)
        schema = "PublicBody" if kind in BODIES else "Organization"
        yield _entity(schema, ident, name=[found.name], country=[country.lower() if country else None])


def _reports(facts: Facts) -> Iterator[Entity]:
    told: dict[str, Account] = {}
    for account in facts.accounts:
        told.setdefault(account.report, account)
    for ident, account in told.items():
        yield _entity(
            "Article",
            ident,
            title=[account.title],
            publisher=[outlet_of(account)],
            publishedAt=[day(account.published)],
            sourceUrl=[account.url],
        )


def _entity(schema: str, ident: str, **properties: list[str | None]) -> Entity:
    known = {
        name: list(dict.fromkeys(value[:LONGEST_NAME] if name in ("name", "title") else value for value in given))
        for name, values in properties.items()
        if (given := [value for value in values if value])
    }
    return {"id": "sayso-" + hashlib.sha256(ident.encode()).hexdigest()[:32], "schema": schema, "properties": known}
