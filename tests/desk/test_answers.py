"""Every address of the data answers what the description says, on the example pool and on an empty ledger."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import quote

import lxml.etree
import msgspec
import pytest
from starlette.testclient import TestClient

from sayso.desk import answer_pages, answers
from tests.desk.conftest import at

TABLES = {
    "/situation.json": answers.Situation,
    "/timeline.json": answers.Timeline,
    "/reports.json": answers.Reports,
    "/claims.json": answers.Claims,
    "/events.json": answers.Events,
    "/incidents.json": answers.Incidents,
    "/disputes.json": answers.Disputes,
    "/control.json": answers.Control,
    "/sources.json": answers.Sources,
    "/outlets.json": answers.Outlets,
    "/actors.json": answers.Actors,
    "/places.json": answers.Places,
    "/search.json": answers.Found,
    "/about.json": answer_pages.About,
    "/session.json": answer_pages.Session,
}
RECORDS = {
    "/report/{id}.json": ("/reports.json", "id", answer_pages.ReportPage),
    "/claim/{id}.json": ("/claims.json", "id", answer_pages.ClaimPage),
    "/event/{id}.json": ("/events.json", "id", answer_pages.EventPage),
    "/incident/{id}.json": ("/incidents.json", "id", answer_pages.IncidentPage),
    "/place/{id}.json": ("/places.json", "id", answer_pages.PlacePage),
    "/source/{id}.json": ("/sources.json", "name", answer_pages.SourcePage),
    "/actor/{id}.json": ("/actors.json?q=syria", "id", answer_pages.ActorPage),
    "/outlet/{id}.json": ("/outlets.json", "name", answer_pages.OutletPage),
}
SHEETS = {"/reports.csv", "/claims.csv", "/events.csv", "/incidents.csv"}
MAPS = {"/events.geojson", "/incidents.geojson", "/control.geojson"}
FEEDS = {"/incidents.atom", "/incidents.feed.json"}


def test_every_address_that_is_described_is_asked_here(desk: TestClient) -> None:
    paths = desk.get("/openapi.json").json()["paths"]
    described = {path for path, how in paths.items() if "get" in how and not path.startswith("/review")}
    assert described == TABLES.keys() | RECORDS.keys() | SHEETS | MAPS | FEEDS


@pytest.mark.parametrize("address", TABLES)
def test_a_table_answers_what_is_described(desk: TestClient, address: str) -> None:
    query = {"q": "Manbij"} if address == "/search.json" else {}
    answer = desk.get(address, params=query)
    assert same_again(answer.content, TABLES[address])
    assert answer.json().get("rows") != []


@pytest.mark.parametrize("address", RECORDS)
def test_a_record_answers_what_is_described(desk: TestClient, address: str) -> None:
    table, name, kind = RECORDS[address]
    ids = [row[name] for row in desk.get(table, params={"limit": "12"}).json()["rows"] if row[name]]
    assert len(ids) > 2
    for id in ids:
        assert same_again(desk.get(address.replace("{id}", quote(id, safe=""))).content, kind)


@pytest.mark.parametrize("address", TABLES.keys() | MAPS | SHEETS | FEEDS)
def test_an_empty_ledger_answers_too(empty_desk: TestClient, address: str) -> None:
    answer = empty_desk.get(address)
    assert answer.status_code == 200
    if address in TABLES:
        assert same_again(answer.content, TABLES[address])


@pytest.mark.parametrize("address", sorted(SHEETS))
def test_a_sheet_has_the_rows_of_its_table(desk: TestClient, address: str) -> None:
    sheet = list(csv.DictReader(io.StringIO(desk.get(address, params={"limit": "7"}).text)))
    table = desk.get(address.replace(".csv", ".json"), params={"limit": "7"}).json()["rows"]
    assert [row["id"] for row in sheet] == [row["id"] for row in table]
    assert len(sheet) == 7


@pytest.mark.parametrize("address", sorted(MAPS))
def test_a_map_has_points_on_the_earth(desk: TestClient, address: str) -> None:
    found = desk.get(address).json()
    points = [f["geometry"]["coordinates"] for f in found["features"] if f["geometry"]]
    assert found["type"] == "FeatureCollection"
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points)
    assert len(points) > 20


def test_a_sheet_or_map_names_the_next_stretch_in_a_link(desk: TestClient) -> None:
    for address in ("/events.csv", "/incidents.geojson"):
        first = desk.get(address, params={"limit": "5", "since": "2016-06"})
        following = desk.get(first.links["next"]["url"])
        assert following.status_code == 200
        assert following.content != first.content
        assert "since=2016-06" in first.links["next"]["url"]


def test_a_report_has_its_reading_its_copies_and_its_custody(desk: TestClient) -> None:
    copied = next(
        page
        for row in desk.get("/reports.json").json()["rows"]
        if (page := desk.get(at("report", row["id"])).json())["copies"]
    )
    passage = copied["copies"][0]["passages"][0]
    start, end = passage["here"]
    assert copied["report"]["text"][start:end] == passage["here_words"]
    assert copied["custody"][0]["act"] == "received"
    assert set(copied["incidents"]) <= {event["id"] for event in copied["events"]}


def test_an_event_leads_to_its_report_claim_and_incident(desk: TestClient) -> None:
    row = next(row for row in desk.get("/events.json").json()["rows"] if row["claim"])
    event = desk.get(at("event", row["id"])).json()
    start, end = event["trigger"]
    passage = event["passage"]
    assert passage["text"][start - passage["start"] : end - passage["start"]] == row["words"]
    claim = desk.get(at("claim", event["claim"])).json()
    assert row["id"] in [held["id"] for held in claim["event_rows"]]
    incident = desk.get(at("incident", event["incident"])).json()
    assert row["id"] in incident["accounts"]
    assert {account["report"] for account in incident["account_records"]} == incident["report_heads"].keys()


def test_feeds_hold_the_incidents_last_added(desk: TestClient) -> None:
    atom = lxml.etree.fromstring(desk.get("/incidents.atom", params={"type": "air_strike"}).content)
    feed = desk.get("/incidents.feed.json", params={"type": "air_strike"}).json()
    titles = [title.text for title in atom.findall("{*}entry/{*}title")]
    assert titles == [item["title"] for item in feed["items"]]
    assert all(title.startswith("air strike") for title in titles)
    assert len(titles) > 3
    assert feed["items"][0]["url"].startswith("http://127.0.0.1:8137/incident/i%3A")


def test_the_model_card_is_told_with_its_limits(desk: TestClient) -> None:
    parts = {part["title"]: part["blocks"] for part in desk.get("/about.json").json()["card"]}
    assert parts["Limits"]
    assert any(isinstance(block, dict) and block["rows"] for block in parts["How well it does"])


def same_again(body: bytes, kind: Any) -> bool:
    """Whether an answer is all of its record and nothing else."""
    found = msgspec.to_builtins(msgspec.json.decode(body, type=kind))
    return bool(whole(found) == whole(msgspec.json.decode(body)))


def whole(value: Any) -> Any:
    """Parts of a report leave out what is usual, or may not."""
    if isinstance(value, dict):
        usual = {"score": 1.0, "doubt": False, "why": "", "aside": None}
        part = "kind" in value and "start" in value
        return {k: whole(v) for k, v in value.items() if not (part and k in usual and v == usual[k])}
    return [whole(item) for item in value] if isinstance(value, list | tuple) else value
