"""Incidents on the map: GeoJSON (RFC 7946) and KML (OGC 12-007r2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

import msgspec
from lxml import etree

from sayso.views.export import flat
from sayso.views.export.facts import Cell, Facts
from sayso.views.export.tables import with_sourced
from sayso.views.plain import in_json

# What XML 1.0 cannot hold at all.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
KML = "http://www.opengis.net/kml/2.2"


def write_geojson(told: Iterable[Facts], stream: TextIO) -> None:
    """A feature for each incident; where its place is not known, its geometry is null."""
    stream.write('{"type":"FeatureCollection","features":[')
    for number, facts in enumerate(told):
        stream.write(",\n" if number else "\n")
        stream.write(in_json(msgspec.json.encode(feature(facts)).decode()))
    stream.write("\n]}\n")


def feature(facts: Facts) -> dict[str, Any]:
    """One incident as a feature, sayso's columns its properties."""
    place = facts.incident.place
    point = {"type": "Point", "coordinates": [place.lon, place.lat]} if place else None
    return {"type": "Feature", "id": facts.incident.id, "geometry": point, "properties": flat.values(facts)}


def write_kml(told: Iterable[Facts], stream: TextIO) -> None:
    """A placemark for each incident; where its place is not known, it has no point."""
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(f'<kml xmlns="{KML}"><Document><name>sayso</name>\n')
    for facts in told:
        stream.write(etree.tostring(_placemark(facts), encoding="unicode") + "\n")
    stream.write("</Document></kml>\n")


def _placemark(facts: Facts) -> etree._Element:
    """Its elements stand in the order that KML's schema asks for."""
    incident, place = facts.incident, facts.incident.place
    mark = etree.Element("Placemark")
    where = f", {place.name}" if place else ""
    _add(mark, "name", f"{incident.type.replace('_', ' ')}{where}")
    _add(mark, "description", facts.quote)
    if incident.first or incident.last:
        span = etree.SubElement(mark, "TimeSpan")
        for name, moment in (("begin", incident.first), ("end", incident.last)):
            if moment:
                _add(span, name, moment)
    data = etree.SubElement(mark, "ExtendedData")
    for name, value in _known(facts):
        _add(etree.SubElement(data, "Data", name=name), "value", str(value))
    if place:
        _add(etree.SubElement(mark, "Point"), "coordinates", f"{place.lon},{place.lat}")
    return mark


def _known(facts: Facts) -> Iterator[tuple[str, Cell]]:
    row = flat.row(facts)
    for name in with_sourced("sayso"):
        if row.get(name) is not None:
            yield name, row[name]


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
