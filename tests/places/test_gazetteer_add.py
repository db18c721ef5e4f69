"""Gazetteers of the user's: read, kept, found; what cannot be used is named."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sayso.cli.places import places
from sayso.places.add import add
from sayso.places.gazetteer import Gazetteer
from sayso.records.errors import SaysoError

TELL = "91|Tell Example|Tell|Tal Misal,تل مثال|36.5|37.9|P|PPL|SY||09||||120|||Asia/Damascus|2020-01-01".replace(
    "|", "\t"
)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_PLACES", str(tmp_path / "places"))


def sayso_places(*words: str) -> Result:
    return CliRunner().invoke(places, words, standalone_mode=False)


def lines(file: Path, rows: Sequence[str]) -> Path:
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def test_a_dump_of_geonames_is_added_and_bad_lines_are_named(tmp_path: Path) -> None:
    bad = [TELL.replace("36.5", "96.5"), TELL.replace("91\t", "x\t", 1), TELL.replace("\t120\t", "\tmany\t"), "a\tb"]
    dump = lines(tmp_path / "SY.txt", [TELL, *bad])
    result = sayso_places("add", str(dump))
    assert result.return_value == 1
    assert result.stdout == "sy: 1 places, 4 left out\n"
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == [f"{dump}:{n}" for n in (2, 3, 4, 5)]
    match = Gazetteer.installed().find("تل مثال")[0]
    assert (match.entry.id, match.entry.admin1_name, match.entry.population) == ("geonames:91", "Aleppo", 120)


def test_names_of_a_dump_come_from_another_file_too(tmp_path: Path) -> None:
    names = lines(
        tmp_path / "alternateNamesV2.txt",
        [
            "1\t91\tuk\tПриклад\t\t\t\t\t\t",
            "2\t91\tlink\thttps://example.org\t\t\t\t\t\t",
            "3\t92\ten\tElsewhere\t\t\t\t\t\t",
        ],
    )
    added = add(lines(tmp_path / "SY.txt", [TELL]), "sy", names_file=names)
    assert added.problems == ()
    assert Gazetteer.installed().find("Приклад")[0].entry.name == "Tell Example"
    assert Gazetteer.installed().find("https://example.org") == ()


def test_a_csv_file_is_added_with_its_own_columns(tmp_path: Path) -> None:
    table = lines(
        tmp_path / "camps.csv",
        ["Camp,Also,Y,X,CC,Kind", "Camp Example,Camp Sample,13.5,25.3,SD,site", "No Point,,,,SD,site"],
    )
    columns = "name=Camp", "names=Also", "lat=Y", "lon=X", "country=CC", "level=Kind"
    result = sayso_places("add", str(table), "--as", "idp", *(word for each in columns for word in ("--column", each)))
    assert result.return_value == 1
    assert "camps.csv:3: " in result.stderr
    entry = Gazetteer.installed().find("Camp Sample")[0].entry
    assert (entry.id, entry.level, entry.country, entry.lat) == ("idp:2", "site", "SD", 13.5)


def test_a_folder_of_whos_on_first_is_added(tmp_path: Path) -> None:
    folder = tmp_path / "wof" / "112" / "1"
    folder.mkdir(parents=True)
    properties = {
        "wof:id": 1121,
        "wof:name": "Exampleville",
        "wof:placetype": "locality",
        "iso:country": "UA",
        "geom:latitude": 47.44,
        "geom:longitude": 35.83,
        "name:rus_x_variant": ["Примерово"],
    }
    gone = properties | {"wof:id": 1122, "wof:name": "Goneville", "mz:is_current": 0}
    (folder / "1121.geojson").write_text(json.dumps({"type": "Feature", "properties": properties}), encoding="utf-8")
    (folder / "1122.geojson").write_text(json.dumps({"properties": gone}), encoding="utf-8")
    (folder / "1123.geojson").write_text('{"properties": ' + "[" * 100_000, encoding="utf-8")
    added = add(tmp_path / "wof", "wof")
    assert added.places == 1
    assert [Path(problem.where).name for problem in added.problems] == ["1123.geojson"]
    assert Gazetteer.installed().find("Примерово")[0].entry.id == "wof:1121"
    assert all(match.how != "exact" for match in Gazetteer.installed().find("Goneville"))


def test_the_same_name_again_replaces_what_was_there(tmp_path: Path) -> None:
    add(lines(tmp_path / "one.csv", ["name,lat,lon", "Firsttown,1,2"]), "mine")
    add(lines(tmp_path / "two.csv", ["name,lat,lon", "Secondtown,1,2"]), "mine")
    assert Gazetteer.installed().find("Secondtown")[0].how == "exact"
    assert all(match.how != "exact" for match in Gazetteer.installed().find("Firsttown"))


def test_a_file_without_a_place_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(SaysoError, match="columns, not 19"):
        add(lines(tmp_path / "x.txt", ["<html>", "\x00" * 50]), "x")
    with pytest.raises(SaysoError, match="no name to keep it by"):
        add(lines(tmp_path / "y.txt", [TELL]), "../y")
    assert not (tmp_path / "places").exists()


def test_hostile_files_are_read_within_bounds(tmp_path: Path) -> None:
    huge, control = TELL.replace("Tell Example", "A" * 10_000_000), TELL.replace("Tell Example", "Tell\x1fsayso:x")
    added = add(lines(tmp_path / "SY.txt", [huge, control, TELL.replace("Tell Example", "\u202eTell")]), "sy")
    assert [(problem.line, problem.reason[:7]) for problem in added.problems] == [(1, "0 colum"), (2, "no name")]
    with pytest.raises(SaysoError, match="cannot be used"):
        add(lines(tmp_path / "bad.txt", ["x"] * 100_002), "bad")
    assert "⟨U+202E⟩Tell" in sayso_places("find", "Tell", "--near", "36.5,37.9").stdout


def test_a_gazetteer_that_is_damaged_is_named(tmp_path: Path) -> None:
    add(lines(tmp_path / "SY.txt", [TELL]), "sy")
    (tmp_path / "places" / "sy" / "keys.npy").write_bytes(b"no array")
    with pytest.raises(SaysoError, match="add it again"):
        Gazetteer.installed()


def test_candidates_are_printed_with_where_they_are_and_why() -> None:
    result = sayso_places("find", "Jarablus", "--near", "Manbij", "--why", "--limit", "1")
    assert result.return_value == 0
    assert result.stdout == (
        "Jarablus:\n  Jarablus: Syria; Aleppo; town; 24,997 people; 33 km from Manbij; "
        "its own name, weight 4.4; 36.8175, 38.0111; geonames:169179\n"
    )


def test_near_chooses_between_places_of_one_name() -> None:
    for near, country in (("34.05,-84.2", "US"), ("Benghazi", "EG")):
        answer = json.loads(sayso_places("find", "Alexandria", "--near", near, "--json").stdout)
        assert answer["places"][0]["country"] == country


@pytest.mark.parametrize("near", ["xqzzt", "91,0", "1,2,3"])
def test_near_must_be_somewhere(near: str) -> None:
    result = CliRunner().invoke(places, ["find", "Manbij", "--near", near])
    assert result.exit_code == 2
    assert "--near" in result.output


def test_a_name_that_is_not_known_says_so() -> None:
    result = sayso_places("find", "xqzzt")
    assert (result.return_value, result.stdout) == (1, "xqzzt: no place known by this name\n")
