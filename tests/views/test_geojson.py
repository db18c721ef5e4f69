"""Incidents and holdings as GeoJSON, to the letter of RFC 7946."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from sayso.records.pool import Holding, Incident
from sayso.records.resolved import Place
from sayso.views.geojson import holdings_as_geojson, incidents_as_geojson


def place(name: str, lat: float, lon: float) -> Place:
    return Place(
        id=f"x:{name}", name=name, country="SY", admin1=None, lat=lat, lon=lon, level="town", precision=1,
        candidates=1, why="given",
    )  # fmt: skip


def held(name: str = "Manbij", lat: float = 36.52815, lon: float = 37.95495) -> Holding:
    return Holding(
        place=place(name, lat, lon), actor="SDF", actor_id="syrian-democratic-forces", status="contested",
        since="2016-06-08", until=None, said="2016-06-10", accounts=("r1#e1",), why="2 voices say so",
    )  # fmt: skip


def told(where: Place | None) -> Incident:
    return Incident(
        id="i:1", type="shelling", status="happened", actors=("army",), actor_ids=(None,), targets=(), target_ids=(),
        place=where, first="2016-06-08", last="2016-06-08", date_precision=1, killed=(3, None), wounded=None,
        accounts=("r1#e1",), reports=("r1",), outlets=("Mina",), origins=(), independent=1, by_side={}, disputes=(),
        how={}, why="",
    )  # fmt: skip


def bbox(*spots: tuple[float, float]) -> Any:
    return holdings_as_geojson(held(f"p{n}", lat, lon) for n, (lat, lon) in enumerate(spots)).get("bbox")


def test_a_holding_is_a_point_with_who_how_surely_and_on_whose_word() -> None:
    (feature,) = holdings_as_geojson([held()])["features"]
    assert feature == {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [37.95495, 36.52815]},
        "properties": {
            "place": "Manbij", "place_id": "x:Manbij", "country": "SY", "precision": 1, "actor": "SDF",
            "actor_id": "syrian-democratic-forces", "status": "contested", "since": "2016-06-08", "until": None,
            "said": "2016-06-10", "why": "2 voices say so", "accounts": ["r1#e1"],
        },
    }  # fmt: skip


def test_an_incident_keeps_its_id_and_one_without_a_place_has_no_geometry() -> None:
    found = incidents_as_geojson([told(place("Shaar", 36.2, 37.18)), told(None)])
    assert [feature["id"] for feature in found["features"]] == ["i:1", "i:1"]
    assert [feature["geometry"] for feature in found["features"]] == [
        {"type": "Point", "coordinates": [37.18, 36.2]},
        None,
    ]
    assert found["features"][0]["properties"]["killed"] == [3, None]


@pytest.mark.parametrize(
    ("spots", "expected"),
    [
        ([(36.5, 37.9)], [37.9, 36.5, 37.9, 36.5]),
        ([(36.5, 37.9), (33.5, 36.3)], [36.3, 33.5, 37.9, 36.5]),
        ([(-18, 178), (-17, -179)], [178, -18, -179, -17]),  # over the antimeridian west is the greater
        ([(0, -60), (0, 0), (0, 60)], [-60, 0, 60, 0]),
        ([(0, 190)], [-170, 0, -170, 0]),
        ([], None),
    ],
)
def test_the_box_is_the_narrowest_about_the_points(spots: list[tuple[float, float]], expected: Any) -> None:
    assert bbox(*spots) == expected


def test_what_is_not_on_earth_has_no_geometry() -> None:
    assert bbox((float("nan"), 0), (91, 0), (0, float("inf"))) is None


def test_it_is_json() -> None:
    assert (
        json.loads(msgspec.json.encode(holdings_as_geojson([held(name='"</script>')])))["type"] == "FeatureCollection"
    )
