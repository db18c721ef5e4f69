"""Who holds what, for the desk's map."""

from __future__ import annotations

from starlette.testclient import TestClient


def kinds(desk: TestClient, **query: str) -> set[str]:
    features = desk.get("/control.geojson", params=query).json()["features"]
    return {feature["properties"].get("kind", "place") for feature in features}


def test_a_day_has_areas_between_its_places(desk: TestClient) -> None:
    assert kinds(desk, at="2016-06-10") == {"held", "band", "place"}


def test_without_a_day_there_are_only_places(desk: TestClient) -> None:
    assert kinds(desk) == {"place"}
