"""Incidents in the columns of POLECAT, which is coded by PLOVER."""

from __future__ import annotations

from sayso.views.export.acled import MONTH
from sayso.views.export.facts import Facts, Row, day, joined
from sayso.views.export.parties import Party, parties
from sayso.views.export.tables import codes

GEONAMES = "geonames:"


def left_out(facts: Facts) -> str | None:
    """Why PLOVER would not record it; None: it would."""
    return facts.uncoded or (None if facts.incident.plover else "PLOVER has no such event")


def row(facts: Facts) -> Row:
    """The cells known, by column."""
    incident = facts.incident
    coded = incident.plover or {}
    known = facts.days is not None and facts.days <= MONTH
    return {
        "Event ID": incident.id,
        "Event Date": incident.first if known else None,
        "Event Type": coded["event_type"],
        "Event Mode": coded.get("mode") or None,
        "Quad Code": codes().quad(coded["event_type"]),
        **_who(facts, "Actor", parties(incident.actors, incident.actor_ids)),
        **_who(facts, "Recipient", parties(incident.targets, incident.target_ids)),
        **_where(facts),
        "Source": joined(facts.outlets),
        "Publication Date": min((day(a.published) or "" for a in facts.accounts if a.published), default=None),
        **facts.sourced(),
    }


def _who(facts: Facts, role: str, found: tuple[Party, ...]) -> Row:
    entries = [facts.actor(party.id) for party in found]
    return {
        f"{role} Name": joined(e.name if e else p.name for e, p in zip(entries, found, strict=True)),
        f"{role} Country": joined(facts.country_name(e.country) for e in entries if e and e.country),
        f"{role} Name Raw": joined(party.name for party in found),
    }


def _where(facts: Facts) -> Row:
    place = facts.incident.place
    if place is None:
        return {}
    number = place.id.removeprefix(GEONAMES)
    return {
        "Placename": place.name,
        "City": place.name if place.level == "town" else None,
        "District": place.name if place.level == "district" else None,
        "Province": place.admin1,
        "Country": facts.country,
        "Latitude": place.lat,
        "Longitude": place.lon,
        "GeoNames ID": place.geonameid or (int(number) if number.isdigit() else None),
        "Raw Placename": facts.told.place_words,
    }
