"""Areas for a map: land goes to the nearest place that somebody is said to hold."""

from __future__ import annotations

import json
import operator
from typing import Any

import pytest
import shapely

from sayso.linking.stretches import at
from sayso.records.pool import Holding, HoldStatus
from sayso.records.resolved import Place
from sayso.views.areas import Area, areas, control_as_geojson

DAY = "2016-06-09"


def held(
    name: str, lat: float, lon: float, actor: str | None, status: HoldStatus = "holds", country: str = "SY", **more: Any
) -> Holding:
    place = Place(
        id=f"sayso:{name}", name=name, country=country, admin1=None, lat=lat, lon=lon, level="town", precision=1,
        candidates=1, why="given",
    )  # fmt: skip
    usual = {"since": "2016-06-01", "until": None, "said": "2016-06-08"}
    return Holding(
        place=place, actor=actor, actor_id=actor and actor.lower(), status=status, accounts=("r#e1",), why="1 voice",
        **{**usual, **more},
    )  # fmt: skip


MANBIJ = held("Manbij", 36.528, 37.955, "IS")
SARRIN = held("Sarrin", 36.6, 38.23, "SDF")


def shape(area: Area) -> Any:
    return shapely.from_geojson(json.dumps(area.shape))


def owner(found: tuple[Area, ...], lat: float, lon: float) -> list[tuple[str, ...]]:
    return [area.actors for area in found if shape(area).contains(shapely.Point(lon, lat))]


def test_land_goes_to_the_nearest_place_and_no_farther_than_the_reach() -> None:
    found = areas([MANBIJ, SARRIN], DAY, reach_km=20)
    assert owner(found, 36.53, 37.9) == [("IS",)]
    assert owner(found, 36.6, 38.3) == [("SDF",)]
    assert owner(found, 36.1, 37.9) == []
    assert all(shape(area).is_valid for area in found)


def test_where_two_holders_meet_lies_a_band_of_both_and_of_nobody_else() -> None:
    found = areas([MANBIJ, SARRIN], DAY, reach_km=20)
    assert owner(found, 36.564, 38.0925) == [("IS", "SDF")]
    assert [area.kind for area in found] == ["held", "held", "band"]
    assert [area.kind for area in areas([MANBIJ, SARRIN], DAY, operator.ne, reach_km=20)] == ["held", "held"]


def test_areas_end_at_the_border_of_the_country() -> None:
    (found,) = areas([held("a village", 36.7, 38.3, "SDF")], DAY, reach_km=30)
    assert shape(found).contains(shapely.Point(38.3, 36.6))
    assert not shape(found).contains(shapely.Point(38.3, 36.93))  # Turkey


def test_old_words_are_kept_apart_from_fresh_ones_and_say_how_old_they_are() -> None:
    old = held("Sarrin", 36.6, 38.23, "IS", said="2016-03-01")
    assert sorted((area.days, area.places) for area in areas([MANBIJ, old], DAY)) == [
        (1, ("Manbij",)),
        (100, ("Sarrin",)),
    ]


@pytest.mark.parametrize("status", ["contested", "besieged", "claimed by one side"])
def test_an_area_has_the_status_of_its_places(status: HoldStatus) -> None:
    (found,) = areas([held("Manbij", 36.528, 37.955, "IS", status)], DAY)
    assert found.status == status


def test_a_place_that_nobody_holds_or_held_on_another_day_has_no_area() -> None:
    gone = held("Sarrin", 36.6, 38.23, "SDF", until="2016-06-05")
    assert areas([held("Manbij", 36.5, 37.9, None, "unknown"), gone], DAY) == ()


def test_a_place_that_the_map_gives_to_another_country_has_its_area_too() -> None:
    (found,) = areas([held("Simferopol", 44.95, 34.1, "Russia", country="UA")], DAY)
    assert shape(found).contains(shapely.Point(34.1, 44.95))


def test_a_day_as_geojson_has_areas_and_the_places_they_rest_on() -> None:
    found = control_as_geojson([MANBIJ, SARRIN], DAY)
    assert [feature["properties"]["kind"] for feature in found["features"]] == [
        "held",
        "held",
        "band",
        "place",
        "place",
    ]
    assert len(at([MANBIJ, SARRIN], DAY)) == 2
    area = found["features"][0]
    assert area["properties"]["days"] == 1
    assert area["geometry"]["type"] == "MultiPolygon"
