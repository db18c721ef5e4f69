"""Filters, cursors, ETags, ids and words in any script."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from sayso.desk.app import create_app
from sayso.engine.ledger_link import relink
from sayso.ledger import Ledger
from sayso.ledger.redact import redact
from sayso.ledger.store import Stamp
from tests.desk.conftest import HOME, NOON, at


def walked(desk: TestClient, address: str, **query: Any) -> list[dict[str, Any]]:
    """All rows of a table, stretch after stretch."""
    rows: list[dict[str, Any]] = []
    cursor = None
    while True:
        answer = desk.get(address, params={**query, **({"cursor": cursor} if cursor else {})})
        assert answer.status_code == 200, answer.text
        found = answer.json()
        rows += found["rows"]
        cursor = found["next"]
        if cursor is None:
            return rows


@pytest.mark.parametrize(
    ("address", "counted"),
    [("/reports.json", "reports"), ("/claims.json", "claims"), ("/events.json", "events"),
     ("/incidents.json", "incidents"), ("/disputes.json", "disputes"), ("/sources.json", "sources"),
     ("/outlets.json", "outlets"), ("/control.json", "holdings")],
)  # fmt: skip
def test_cursors_lead_through_all_rows_once(desk: TestClient, address: str, counted: str) -> None:
    rows = [str(row) for row in walked(desk, address, limit=7)]
    counts = desk.get("/situation.json").json()["counts"]
    assert len(set(rows)) == len(rows) == counts[counted]
    assert rows == [str(row) for row in walked(desk, address, limit=50)]


def test_disputes_over_a_place_are_asked_for_by_its_place_and_day(desk: TestClient) -> None:
    held = [row for row in walked(desk, "/disputes.json") if row["incident"] is None]
    assert held
    day = held[0]["first"]
    of_day = walked(desk, "/disputes.json", since=day, until=day, limit=3)
    assert [row for row in of_day if row["incident"] is None] == [row for row in held if row["first"] == day]
    assert all(row["incident"] for row in walked(desk, "/disputes.json", type="clash"))


@pytest.mark.parametrize("order", ["day", "independent", "added"])
def test_incidents_are_walked_in_every_order(desk: TestClient, order: str) -> None:
    rows = walked(desk, "/incidents.json", limit=90, order=order)
    counted = desk.get("/situation.json").json()["counts"]["incidents"]
    assert len({row["id"] for row in rows}) == len(rows) == counted
    key = {"day": "first", "independent": "independent", "added": "added"}[order]
    values = ["" if row[key] is None else row[key] for row in rows]
    assert values == sorted(values, reverse=True)


def test_filters_choose_what_they_say(desk: TestClient) -> None:
    def events(**query: Any) -> list[dict[str, Any]]:
        return walked(desk, "/events.json", limit=100, **query)

    assert {row["type"] for row in events(type=["clash", "siege"])} == {"clash", "siege"}
    assert {row["place"] for row in events(place="Manbij")} == {"Manbij"}
    assert len(events(place="Manbij", radius=30)) > len(events(place="Manbij"))
    assert events(place="36.53,37.96", radius=30) == events(bbox="37.6,36.2,38.3,36.9", place="36.53,37.96", radius=30)
    near = events(bbox="37,36,38,37")
    assert all(37 <= row["lon"] <= 38 and 36 <= row["lat"] <= 37 for row in near)
    assert near
    assert {row["status"] for row in events(status="denied")} == {"denied"}
    assert events(about="syrian-democratic-forces") == events(actor="syrian-democratic-forces") != []
    assert all(row["first_day"] <= "2016-06-07" for row in events(until="2016-06-07"))
    disputed = walked(desk, "/incidents.json", disputed="true")
    assert disputed
    assert all(row["disputed"] for row in disputed)
    assert walked(desk, "/incidents.json", new_since="2016-06-16") == []
    assert walked(desk, "/incidents.json", new_since="2016-06-15", limit=500) == walked(desk, "/incidents.json")


SOME: list[dict[str, Any]] = [
    {}, {"type": ["clash", "capture"]}, {"actor": "syrian-democratic-forces"}, {"actor": "forces"},
    {"outlet": "Meridian"}, {"source": "Furat Monitor"}, {"place": "Manbij", "radius": 40},
    {"status": "happened", "type": "clash"},
    {"outlet": "Meridian", "type": "shelling"}, {"actor": "forces", "source": "officer"}, {"bbox": "37,36,38,37"},
]  # fmt: skip


@pytest.mark.parametrize("query", SOME, ids=str)
@pytest.mark.parametrize("table", ["events", "incidents"])
def test_a_timeline_counts_what_the_table_has(desk: TestClient, table: str, query: dict[str, Any]) -> None:
    rows = walked(desk, f"/{table}.json", limit=500, **query)
    for by in ("day", "week", "month"):
        found = desk.get("/timeline.json", params={"of": table, "by": by, **query}).json()
        assert sum(one["n"] for one in found["rows"]) + found["wider"] == len(rows)
        assert all(one["n"] == sum(one["types"].values()) for one in found["rows"])
        starts = [one["start"] for one in found["rows"]]
        assert starts == sorted(set(starts))
    days = {row["first"] for row in rows} if table == "incidents" else {row["first_day"] for row in rows}
    by_day = desk.get("/timeline.json", params={"of": table, "by": "day", **query}).json()
    assert {one["start"] for one in by_day["rows"]} <= days


@pytest.mark.parametrize("query", SOME, ids=str)
@pytest.mark.parametrize("table", ["events", "incidents"])
def test_a_map_has_the_points_of_its_table(desk: TestClient, table: str, query: dict[str, Any]) -> None:
    rows = walked(desk, f"/{table}.json", limit=500, **query)
    first = desk.get(f"/{table}.geojson", params={**query, "limit": 4})
    ids = [feature["id"] for feature in first.json()["features"]]
    if "next" in first.links:
        rest = desk.get(first.links["next"]["url"].replace("limit=4", "limit=10000"))
        ids += [feature["id"] for feature in rest.json()["features"]]
    assert ids == [row["id"] for row in rows]


@pytest.mark.parametrize("table", ["events", "incidents"])
def test_a_map_of_many_points_is_the_same_written_in_two_halves(
    desk: TestClient, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in (6, 7, 10_000):
        whole = desk.get(f"/{table}.geojson", params={"limit": limit})
        with monkeypatch.context() as patched:
            patched.setattr("sayso.desk.geo._MANY", 2)
            halves = desk.get(f"/{table}.geojson", params={"limit": limit})
        assert len(halves.json()["features"]) > 5
        assert (halves.content, halves.links) == (whole.content, whole.links)


@pytest.mark.parametrize("query", SOME, ids=str)
def test_disputes_are_those_of_the_incidents_that_fit(desk: TestClient, query: dict[str, Any]) -> None:
    disputed = {row["id"] for row in walked(desk, "/incidents.json", disputed="true", **query)}
    found = walked(desk, "/disputes.json", limit=2, **query)
    assert len({row["dispute"]["id"] for row in found}) == len(found)
    assert {row["incident"] for row in found} - {None} == disputed


@pytest.mark.parametrize(
    "query",
    [{"since": "soon"}, {"since": "2016-13"}, {"type": "rumour"}, {"radius": "5"}, {"radius": "-1", "place": "Manbij"},
     {"bbox": "1,2,3"}, {"bbox": "0,10,0,-10"}, {"bbox": "a,b,c,d"}, {"place": "99,0"}, {"place": "Nowhere at all"},
     {"limit": "0"}, {"limit": "999999999999999999999"}, {"limit": "x"}, {"cursor": "x"},
     {"cursor": "fm-2016-06-14#c1"}, {"actor": "nobody of this name"}, {"actor": "a", "about": "b"},
     {"place": "x" * 400}, {"at": "2016"}],
    ids=str,
)  # fmt: skip
def test_what_makes_no_sense_is_a_plain_problem(desk: TestClient, query: dict[str, str]) -> None:
    answer = desk.get("/control.json" if "at" in query else "/events.json", params=query)
    assert answer.status_code == 422
    assert answer.json()["problem"].keys() == {"where", "reason"}


@pytest.mark.parametrize("kind", ["report", "claim", "event", "incident", "place", "source", "actor", "outlet"])
@pytest.mark.parametrize(
    "id", ["", "x", "x#e1", "#", "../../etc/passwd", "<script>", "'; DROP TABLE events; --", "%", "a" * 3000, "\x00",
           "‮", "e1#e1#e1", "sha256:#c1", "x.json", "\ud83d\ude00", "fm-2016-06-14#e999", "fm-2016-06-14#z1"],
    ids=ascii,
)  # fmt: skip
def test_an_id_that_is_none_is_missing(desk: TestClient, kind: str, id: str) -> None:
    answer = desk.get(f"/{kind}/{quote(id.encode('utf-16', 'surrogatepass').decode('utf-16'), safe='')}.json")
    assert answer.status_code == 404, answer.text
    assert answer.json()["problem"]["reason"]


def test_a_record_of_another_kind_is_missing(desk: TestClient) -> None:
    claim = desk.get("/claims.json").json()["rows"][0]["id"]
    assert desk.get(at("event", claim)).status_code == 404


def test_what_is_unchanged_is_not_sent_again(desk: TestClient) -> None:
    for address in ("/events.json", "/situation.json", "/events.csv", "/incidents.atom", "/about.json"):
        first = desk.get(address)
        again = desk.get(address, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b"")
        assert desk.get(address, headers={"If-None-Match": 'W/"other"'}).status_code == 200
    assert desk.get("/events.json").headers["etag"] != desk.get("/events.json?limit=3").headers["etag"]


def test_a_change_of_the_ledger_changes_what_is_sent(own_desk: TestClient, own_ledger: Path) -> None:
    before = own_desk.get("/reports.json")
    with Ledger.open(own_ledger, write=True) as ledger, ledger.writing() as connection:
        redact(connection, 1, "names a child", Stamp(NOON, "sayso test", ""), lambda _: None)
    after = own_desk.get("/reports.json", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert len(after.json()["rows"]) == len(before.json()["rows"]) - 1


def test_a_redacted_report_has_its_custody_left(own_desk: TestClient, own_ledger: Path) -> None:
    id = own_desk.get("/reports.json").json()["rows"][-1]["id"]
    with Ledger.open(own_ledger, write=True) as ledger:
        number = ledger.number_of(id)
        with ledger.writing() as connection:
            redact(connection, number, "names a child", Stamp(NOON, "sayso test", ""), lambda _: None)
    page = own_desk.get(at("report", id)).json()
    assert (page["state"], page["report"], page["claims"]) == ("redacted", None, [])
    assert [line["act"] for line in page["custody"]] == ["received", "redacted"]


def test_an_incidents_former_id_leads_to_what_has_become_of_it(own_desk: TestClient, own_ledger: Path) -> None:
    id = own_desk.get("/incidents.json").json()["rows"][0]["id"]
    with Ledger.open(own_ledger, write=True) as ledger, ledger.writing() as connection:
        connection.execute("INSERT INTO incident_was VALUES ('i:former', ?)", (id,))
    page = own_desk.get(at("incident", "i:former")).json()
    assert (page["id"], page["asked"]) == (id, "i:former")


def test_reports_are_found_by_arabic_and_cyrillic_words(tmp_path: Path) -> None:
    from tests.ledger.small import add, write_pool

    with Ledger.create(tmp_path / "small.ledger", NOON, "sayso test") as ledger:
        add(ledger, write_pool(tmp_path / "pool.jsonl"))
    with TestClient(create_app(tmp_path / "small.ledger"), base_url=HOME) as desk:
        for words in ("منبج", "مَنْبِج"):
            [found] = desk.get("/search.json", params={"q": words}).json()["rows"]
            assert found["title"] == "قصف مَنْبِج"
            assert [found["snippet"][start:end] for start, end in found["found"]] == ["منبج"]
        [found] = desk.get("/search.json", params={"q": "Манбиджу"}).json()["rows"]
        assert found["id"] == "n-2"
        assert desk.get("/search.json", params={"q": '"" -* ()'}).status_code == 422
        assert desk.get(at("report", "n-4")).json()["state"] == "unreadable"


def test_a_title_of_megabytes_is_cut_in_tables_and_whole_on_its_own_page(tmp_path: Path) -> None:
    from tests.ledger.small import LINES, add

    title = "<script>alert(1)</script> " * 100_000
    with Ledger.create(tmp_path / "long.ledger", NOON, "sayso test") as ledger:
        add(ledger, write_lines(tmp_path / "long.jsonl", [{**LINES[0], "title": title.strip()}]))
        relink(ledger, lambda: NOON)
    with TestClient(create_app(tmp_path / "long.ledger"), base_url=HOME) as desk:
        assert desk.get(at("report", "n-1")).json()["report"]["title"] == title.strip()
        incident = at("incident", desk.get("/incidents.json").json()["rows"][0]["id"])
        for address in ("/reports.json", "/reports.csv", "/search.json?q=alert", at("event", "n-1#e1"), incident):
            assert len(desk.get(address).content) < 30_000


def test_ids_may_hold_anything(tmp_path: Path) -> None:
    from tests.ledger.small import LINES, add

    ids = ["a/b", "a/../b", "x.json", "50%25", "q?a=b", "#e1", "مَنْبِج", "a b+c", "<b>"]
    lines = [{**LINES[0], "id": id, "text": f"{number}. {LINES[0]['text']}"} for number, id in enumerate(ids)]
    with Ledger.create(tmp_path / "odd.ledger", NOON, "sayso test") as ledger:
        add(ledger, write_lines(tmp_path / "odd.jsonl", lines))
    with TestClient(create_app(tmp_path / "odd.ledger"), base_url=HOME) as desk:
        for id in ids:
            assert desk.get(at("report", id)).json()["id"] == id
            assert desk.get(at("event", f"{id}#e1")).json()["id"] == f"{id}#e1"


def write_lines(path: Path, lines: list[dict[str, Any]]) -> Path:
    """Reports as a JSONL file."""
    import json

    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_a_dispute_over_who_holds_a_place_is_of_no_incident_and_on_its_place_s_page(desk: TestClient) -> None:
    found = [row["dispute"] for row in walked(desk, "/disputes.json", limit=20) if row["incident"] is None]
    assert {dispute["kind"] for dispute in found} == {"holder"}
    name = found[0]["about"].removeprefix("who holds ")
    (place,) = {row["place"]["id"] for row in walked(desk, "/control.json", place=name, limit=20)}
    there = [dispute for dispute in found if dispute["about"] == f"who holds {name}"]
    assert desk.get(f"/place/{place}.json").json()["disputes"] == there
