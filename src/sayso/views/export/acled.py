"""Incidents in the columns of ACLED's data export."""

from __future__ import annotations

from sayso.views.export.facts import Facts, Row, joined, outlet_of
from sayso.views.export.parties import Party, sides_of
from sayso.views.export.tables import codes, countries

VIOLENCE = "Political violence"
CIVILIANS = 7  # ACLED's inter
WEEK, MONTH = 7, 31  # days


def left_out(facts: Facts) -> str | None:
    """Why ACLED would not record it; None: it would."""
    return facts.uncoded or (None if facts.incident.acled else "ACLED has no such event")


def row(facts: Facts) -> Row:
    """The cells known, by column."""
    incident = facts.incident
    coded = incident.acled or {}
    event_type, sub_event_type = coded["event_type"], coded["sub_event_type"]
    killed = incident.killed[0] if incident.killed else None
    return {
        **_when(facts),
        "disorder_type": codes().disorder(event_type, sub_event_type),
        "event_type": event_type,
        "sub_event_type": sub_event_type,
        **_who(facts, codes().disorder(event_type, sub_event_type)),
        **_where(facts),
        "source": joined(facts.outlets),
        "notes": ": ".join(filter(None, (outlet_of(facts.told), facts.quote))),
        "fatalities": killed,
        **facts.sourced(),
    }


def _when(facts: Facts) -> Row:
    days = facts.days
    if days is None or days > MONTH:
        return {"year": facts.year}
    precision = 1 if days == 1 else 2 if days <= WEEK else 3
    return {"event_date": facts.incident.first, "year": facts.year, "time_precision": precision}


def _who(facts: Facts, disorder: str) -> Row:
    sides = sides_of(facts)
    one, other = _inter(facts, sides.one), _inter(facts, sides.other)
    names = facts.register.index.inter
    known = sorted(inter for inter in (one, other) if inter)
    return {
        "actor1": _name(facts, sides.one),
        "assoc_actor_1": joined(_name(facts, party) for party in sides.with_one),
        "inter1": names[str(one)] if one else None,
        "actor2": _name(facts, sides.other),
        "assoc_actor_2": joined(_name(facts, party) for party in sides.with_other),
        "inter2": names[str(other)] if other else None,
        "interaction": "-".join(names[str(inter)] for inter in known) if len(known) == 2 else None,
        "civilian_targeting": "Civilian targeting" if other == CIVILIANS and disorder.startswith(VIOLENCE) else None,
    }


def _where(facts: Facts) -> Row:
    place = facts.incident.place
    if place is None:
        return {}
    precision = codes().geo_precision.get(place.precision)
    iso = countries().get(place.country or "")
    return {
        "iso": int(iso.numeric) if iso and iso.numeric else None,
        "country": facts.country,
        "admin1": place.admin1,
        "location": place.name,
        "latitude": place.lat if precision else None,
        "longitude": place.lon if precision else None,
        "geo_precision": precision,
    }


def _name(facts: Facts, party: Party | None) -> str | None:
    actor = facts.actor(party.id) if party else None
    return (actor.acled if actor and actor.acled else party.name) if party else None


def _inter(facts: Facts, party: Party | None) -> int | None:
    country = facts.incident.place.country if facts.incident.place else None
    return facts.register.inter(party.id, country) if party and party.id else None
