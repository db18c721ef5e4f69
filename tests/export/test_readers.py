"""Each format, read back by a program that others wrote or held to a schema."""

from __future__ import annotations

import io
import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import etree

from sayso.linking.pool import Pool
from sayso.records.pool import Account
from sayso.views.export import write_binary, write_text
from sayso.views.export.facts import Facts
from sayso.views.export.ftm import entities
from sayso.views.export.tables import columns, with_sourced
from sayso.views.export.webannotation import annotation

SCHEMAS = Path(__file__).parent / "schemas"
KML = {"k": "http://www.opengis.net/kml/2.2"}
KML_ORDER = ["name", "description", "TimeSpan", "ExtendedData", "Point"]  # of ogckml22.xsd, those that are used


def text(form: str, told: list[Facts]) -> str:
    """What a format writes."""
    stream = io.StringIO()
    write_text(form, told, stream)
    return stream.getvalue()


def holds_to_schema(form: str, found: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((SCHEMAS / f"{form}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(found)


def test_geojson(told: list[Facts]) -> None:
    found = json.loads(text("geojson", told))
    holds_to_schema("geojson", found)
    assert [f["geometry"] and f["geometry"]["coordinates"] for f in found["features"]] == [
        [37.95495, 36.52815], [37.95495, 36.52815], None, None,
    ]  # fmt: skip


def test_jsonl_holds_the_accounts_with_their_words(told: list[Facts]) -> None:
    lines = [json.loads(line) for line in text("jsonl", told).splitlines()]
    for line in lines:
        holds_to_schema("jsonl", line)
    assert [account["killed_max"] for account in lines[0]["accounts"]] == [11, 11, 9]
    assert lines[0]["accounts"][0]["voices"] == "=HYPERLINK(1) > Furat Post"


def test_webannotation(told: list[Facts]) -> None:
    found = json.loads(text("webannotation", told))
    holds_to_schema("webannotation", found)
    assert (found["total"], len(found["first"]["items"])) == (6, 6)


def test_positions_are_of_the_reports_text_and_the_page_is_found_by_the_words(pool: Pool) -> None:
    account: Account = pool.accounts["r3#e1"]
    report, page = annotation(account, pool.incidents[0])["target"]
    assert report["source"] == "urn:sayso:report:r3"
    assert report["selector"] == [
        {"type": "TextQuoteSelector", "exact": "Nine died."},
        {"type": "TextPositionSelector", "start": 10, "end": 20},
    ]
    assert (page["source"], len(page["selector"])) == ("https://news.example/r3", 1)


def test_kml_elements_stand_as_its_schema_has_them(told: list[Facts]) -> None:
    root = etree.fromstring(text("kml", told).encode())
    marks = root.findall(".//k:Placemark", KML)
    assert len(marks) == 4
    for mark in marks:
        order = [KML_ORDER.index(etree.QName(child).localname) for child in mark]
        assert order == sorted(order)
    assert root.findtext(".//k:Point/k:coordinates", namespaces=KML) == "37.95495,36.52815"
    assert root.findtext(".//k:TimeSpan/k:begin", namespaces=KML) == "2016-06-08"
    data = {d.get("name"): d.findtext("k:value", namespaces=KML) for d in marks[0].findall(".//k:Data", KML)}
    assert data["n_independent"] == "3"


def test_what_xml_cannot_hold_is_shown_replaced(told: list[Facts]) -> None:
    capture = told[1]
    capture.accounts = [msgspec.structs.replace(a, words="taken\x0f \ufffe from the rebels") for a in capture.accounts]
    root = etree.fromstring(text("kml", told).encode())
    assert root.findall(".//k:description", KML)[1].text == "taken\ufffd \ufffd from the rebels"


def test_kml_is_read_by_gdal(told: list[Facts], tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    path = tmp_path / "out.kml"
    path.write_text(text("kml", told), encoding="utf-8")
    assert pyogrio.read_info(path)["features"] >= 2


def test_geopackage_is_read_by_gdal(told: list[Facts], pool: Pool, tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    path = tmp_path / "out.gpkg"
    write_binary("gpkg", told, pool.holdings, path)
    assert sorted(map(tuple, pyogrio.list_layers(path))) == [
        ("accounts", None), ("holdings", "Point"), ("incidents", "Point"),
    ]  # fmt: skip
    info = pyogrio.read_info(path, layer="incidents", force_total_bounds=True)
    assert (info["crs"], info["features"]) == ("EPSG:4326", 4)
    assert tuple(info["fields"]) == with_sourced("sayso")
    assert info["total_bounds"] == pytest.approx((37.95495, 36.52815) * 2)
    assert pyogrio.read_info(path, layer="accounts")["features"] == 6


def test_geopackage_says_what_it_is(told: list[Facts], pool: Pool, tmp_path: Path) -> None:
    path = tmp_path / "out.gpkg"
    write_binary("gpkg", told, pool.holdings, path)
    with sqlite3.connect(path) as file:
        assert file.execute("PRAGMA application_id").fetchone() == (int.from_bytes(b"GPKG", "big"),)
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
        assert file.execute("SELECT actor, since FROM holdings").fetchall() == [("Islamic State", "2016-06-01")]
        named = [row[1] for row in file.execute("PRAGMA table_info(accounts)")]
    assert named == ["fid", *columns("accounts")]


def test_parquet_is_read_by_duckdb(told: list[Facts], tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "out.parquet"
    write_binary("parquet", told, (), path)
    found = duckdb.sql(f"SELECT first, actors, killed_max, latitude FROM '{path}' WHERE type = 'air_strike'").fetchall()
    assert found == [(date(2016, 6, 8), ["Army jets"], 11, 36.52815)]


def test_parquet_is_read_by_arrow(told: list[Facts], tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "out.parquet"
    write_binary("parquet", told, (), path)
    table = parquet.read_table(path)
    assert tuple(table.column_names) == with_sourced("sayso")
    assert table.column("actor_ids").to_pylist()[1] == ["islamic-state", None]


def test_a_pool_without_incidents_is_a_table_without_rows(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    write_binary("parquet", [], (), tmp_path / "out.parquet")
    assert duckdb.read_parquet(str(tmp_path / "out.parquet")).columns == list(with_sourced("sayso"))


def test_ftm_proves_events_by_articles_and_makes_entities_of_actors_of_record_only(told: list[Facts]) -> None:
    found = {entity["id"]: entity for entity in entities(told)}
    strike = next(e for e in found.values() if e["properties"].get("name") == ["air strike, Manbij"])
    assert [found[ident]["properties"]["publisher"] for ident in strike["properties"]["proof"]] == [
        ["Furat Post"], ["Meridian"], ["Furat Post"],
    ]  # fmt: skip
    assert [found[ident]["properties"]["name"] for ident in strike["properties"]["involved"]] == [
        ["Armed Forces of Syria"]
    ], "civilians are no organisation"
    assert len(found) == len(list(entities(told)))


def test_ftm_holds_to_its_own_model(told: list[Facts]) -> None:
    model = pytest.importorskip("followthemoney").model
    for line in text("ftm", told).splitlines():
        entity = json.loads(line)
        proxy = model.get_proxy(entity, cleaned=False)
        proxy.schema.validate({"properties": entity["properties"]})
        kept = {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()}
        assert kept == {name: sorted(values) for name, values in entity["properties"].items()}, "a value was refused"
