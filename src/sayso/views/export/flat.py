"""Incidents in sayso's own columns."""

from __future__ import annotations

from typing import Any

import msgspec

from sayso.records.pool import Account
from sayso.views.export.facts import Cell, Facts, Row, joined

LISTS = ("actors", "actor_ids", "targets", "target_ids", "outlets", "sides", "disputes")  # "; " in a table's cells


def values(facts: Facts) -> dict[str, Any]:
    """The values by column; those of LISTS are lists."""
    incident = facts.incident
    place = incident.place
    acled, plover = incident.acled or {}, incident.plover or {}
    return {
        "type": incident.type,
        "status": incident.status,
        "actors": list(incident.actors),
        "actor_ids": list(incident.actor_ids),
        "targets": list(incident.targets),
        "target_ids": list(incident.target_ids),
        "place": place.name if place else incident.place_words,
        "place_id": place.id if place else None,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "place_precision": place.precision if place else None,
        "first": incident.first,
        "last": incident.last,
        "date_precision": incident.date_precision,
        **_bounds("killed", incident.killed),
        **_bounds("wounded", incident.wounded),
        "acled_event_type": acled.get("event_type"),
        "acled_sub_event_type": acled.get("sub_event_type"),
        "plover_event_type": plover.get("event_type"),
        "plover_mode": plover.get("mode") or None,
        "ucdp_type_of_violence": (incident.ucdp or {}).get("type_of_violence"),
        "outlets": facts.outlets,
        "sides": list(incident.by_side),
        **facts.sourced(),
        "disputes": list(dict.fromkeys(dispute.kind for dispute in incident.disputes)),
    }


def row(facts: Facts) -> Row:
    """The same for a table: lists as one cell. Ids keep their places: "a; ; b" where the second is not of record."""
    found = values(facts)
    for name in LISTS:
        found[name] = "; ".join(v or "" for v in found[name]) if name.endswith("_ids") else joined(found[name])
        found[name] = found[name] if (found[name] or "").strip("; ") else None
    return found


def line(facts: Facts) -> dict[str, Any]:
    """The incident whole: the columns, its origins and disputes, how each value was chosen, and its accounts."""
    incident = facts.incident
    return {
        **values(facts),
        "origins": msgspec.to_builtins(incident.origins),
        "disputed": msgspec.to_builtins(incident.disputes),
        "how": incident.how,
        "why": incident.why,
        "accounts": [account(found, incident.id) for found in facts.accounts],
    }


def account(found: Account, incident: str) -> dict[str, Cell]:
    """One account in the columns of `accounts`."""
    low, high = found.killed or (None, None)
    return {
        "key": found.key,
        "sayso_id": incident,
        "report": found.report,
        "url": found.url,
        "title": found.title,
        "published": found.published,
        "voices": " > ".join(voice.name for voice in found.chain),
        "status": found.status,
        "stance": found.stance,
        "killed_min": low,
        "killed_max": high,
        "quote": found.words,
        "start": found.start,
        "end": found.end,
    }


def _bounds(name: str, bounds: tuple[int | None, int | None] | None) -> dict[str, int | None]:
    low, high = bounds or (None, None)
    return {f"{name}_min": low, f"{name}_max": high}
