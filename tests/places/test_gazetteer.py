"""The packaged gazetteer: which places have a name, and which comes first."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sayso.places.countries import countries, countries_of_people
from sayso.places.gazetteer import MOST_MATCHES, Gazetteer, km
from sayso.places.own import own_rows
from sayso.places.shelf import Shelf, shelve

SPELLINGS = Path(__file__).parent / "spellings.csv"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.packaged()


@pytest.mark.parametrize(
    ("name", "found", "country", "how"),
    [
        ("Manbij", "Manbij", "SY", "exact"),
        ("MANBIJ", "Manbij", "SY", "exact"),
        ("منبج", "Manbij", "SY", "other name"),
        ("Бахмут", "Bakhmut", "UA", "other name"),
        ("דמשק", "Damascus", "SY", "other name"),
        ("Artemivsk", "Bakhmut", "UA", "other name"),
        ("Rangoon", "Yangon", "MM", "other name"),
        ("Krasnyi Lyman", "Lyman", "UA", "other name"),
        ("city of Mosul", "Mosul", "IQ", "bare"),
        ("Jarabuluus", "Jarablus", "SY", "spelling"),
        ("Syrians", "Syria", "SY", "people"),
        ("the Donbas", "Donbas", None, "exact"),
        ("Resafa crossroads", "Resafa crossroad", "SY", "other name"),
        ("Robotyne", "Robotyne", "UA", "exact"),
        ("Bunagana", "Bunagana", "CD", "exact"),
        ("Sheikh Maqsud", "Sheikh Maqsoud", "SY", "other name"),
    ],
)
def test_a_place_is_found_by_its_names(
    gazetteer: Gazetteer, name: str, found: str, country: str | None, how: str
) -> None:
    match = gazetteer.find(name)[0]
    assert match.entry.name == found
    assert match.how == how
    assert country is None or match.entry.country == country


def test_spellings_of_towns_of_conflicts_give_the_right_place_first(gazetteer: Gazetteer) -> None:
    rows = list(csv.DictReader(SPELLINGS.read_text(encoding="utf-8").splitlines()))
    right = 0
    for row in rows:
        matches = gazetteer.find(row["spelling"])
        right += bool(matches) and _km(row, matches[0].entry.lat, matches[0].entry.lon) <= 30
    assert len(rows) >= 92
    assert len({row["country"] for row in rows}) >= 8
    assert right / len(rows) >= 0.97


def _km(row: dict[str, str], lat: float, lon: float) -> float:
    return km(float(row["lat"]), float(row["lon"]), lat, lon)


@pytest.mark.parametrize(
    ("name", "level"),
    [("Aleppo", "town"), ("Aleppo province", "province"), ("Deir ez-Zor", "town"), ("Donetsk region", "province")],
)
def test_the_type_word_chooses_between_a_town_and_its_province(gazetteer: Gazetteer, name: str, level: str) -> None:
    assert gazetteer.find(name)[0].entry.level == level


@pytest.mark.parametrize(("name", "country"), [("Port Sudan", "SD"), ("Tyre", "LB"), ("Hama", "SY"), ("Shire", "ET")])
def test_the_very_name_comes_before_a_large_place_of_a_like_name(gazetteer: Gazetteer, name: str, country: str) -> None:
    entry = gazetteer.find(name)[0].entry
    assert (entry.level, entry.country) == ("town", country)


def test_a_loose_key_does_not_drown_a_strict_one(gazetteer: Gazetteer) -> None:
    ways = [match.how for match in gazetteer.find("Mare")]
    assert ways[0] == "exact"
    assert ways.count("spelling") <= 12


def test_many_places_of_one_name_are_bounded_and_sorted(gazetteer: Gazetteer) -> None:
    scores = [match.score for match in gazetteer.find("San José")]
    assert 50 < len(scores) <= MOST_MATCHES
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("name", ["", "xqzzt", "the", "\x00\x01\x02", "\u202e\u202d", "A" * 10_000_000, "😀", "-- ''"])
def test_what_is_no_place_is_not_found(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.find(name) == ()


def test_a_name_within_marks_of_direction_is_found(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("\u202bمنبج\u202c")[0].entry.name == "Manbij"


def test_an_entry_knows_what_it_lies_in(gazetteer: Gazetteer) -> None:
    manbij = gazetteer.find("Manbij")[0].entry
    assert [each.name for each in gazetteer.inside(manbij)] == ["Manbij District", "Aleppo", "Syria"]
    assert manbij.admin1_name == "Aleppo"
    assert gazetteer.inside(gazetteer.find("Syria")[0].entry) == ()


def test_an_entry_is_found_by_its_id(gazetteer: Gazetteer) -> None:
    for name in ("Manbij", "Resafa crossroad"):
        entry = gazetteer.find(name)[0].entry
        assert gazetteer.entry(entry.id) == entry
    assert gazetteer.entry("sayso:atlantis") is None
    assert gazetteer.entry("geonames:999999999") is None
    assert gazetteer.entry("geonames:²") is None


def test_places_nearby_come_nearest_first_also_across_the_date_line(gazetteer: Gazetteer) -> None:
    around = gazetteer.nearby(36.528, 37.955, 30)
    assert around[0].name == "Manbij"
    assert all(km(36.528, 37.955, each.lat, each.lon) <= 30 for each in around)
    assert {each.country for each in gazetteer.nearby(-16.8, 179.99, 200)} >= {"FJ"}
    assert any(each.lon < 0 for each in gazetteer.nearby(-16.8, 179.99, 200))


def test_our_own_places_are_right(gazetteer: Gazetteer) -> None:
    rows = list(own_rows())
    assert len(rows) >= 2000
    assert len({row.id for row in rows}) == len(rows)
    for row in rows:
        assert -90 <= row.lat <= 90, row
        assert -180 <= row.lon <= 180, row
        assert row.name == row.name.strip() != "", row
        assert not row.country or row.country in countries(), row
        entry = gazetteer.entry(row.id)
        assert entry is not None
        if row.admin1 and row.level != "province":
            assert "province" in {each.level for each in gazetteer.inside(entry)}, row


def test_the_shelf_of_our_own_places_is_that_of_the_files() -> None:
    """If this fails: python training/gazetteer.py --own"""
    import sayso.places.own

    packed = Shelf.mapped(Path(sayso.places.own.__file__).parent / "shelf")
    made = shelve(own_rows())
    assert packed.keys.tolist() == made.keys.tolist()
    assert packed.places.tolist() == made.places.tolist()


def test_the_gazetteer_is_no_more_than_thirty_megabytes() -> None:
    import sayso.places

    room = Path(sayso.places.__file__).parent
    assert sum(file.stat().st_size for file in room.rglob("*.npy")) <= 30e6


def test_a_place_on_two_shelves_has_one_name(gazetteer: Gazetteer) -> None:
    by_its_own, by_another = (gazetteer.find(name) for name in ("Donetsk Oblast", "Donetsk"))
    oblast = by_its_own[0].entry
    assert oblast.name == "Donetsk Oblast"
    assert [m.entry for m in by_another if m.entry.id == oblast.id] == [oblast]


def test_people_are_of_their_countries() -> None:
    assert countries_of_people()["Congolese"] == ("CD", "CG")
    assert countries_of_people()["Syrian"] == ("SY",)
