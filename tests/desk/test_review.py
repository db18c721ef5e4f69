"""The review over HTTP: decide, undo, mend, two coders, merge and split, agreement, gold."""

from __future__ import annotations

import itertools
import json
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.desk.app import create_app
from sayso.ledger import Ledger
from sayso.records import digest_of
from tests.desk.conftest import HOME, sign_in

keys = itertools.count()


class Coder:
    """One coder's browser."""

    def __init__(self, ledger: Path, name: str, key: bytes = b"k" * 32) -> None:
        self.client = TestClient(create_app(ledger, key=key), base_url=HOME)
        self.headers = sign_in(self.client, name)

    def get(self, what: str, **query: Any) -> Any:
        answer = self.client.get(f"/review/{what}.json", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, what: str, status: int = 200, **body: Any) -> Any:
        answer = self.client.post(f"/review/{what}", json=body, headers=self.headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    def decide(self, id: str, decision: str, status: int = 200, **more: Any) -> Any:
        return self.post("decide", status, id=id, decision=decision, key=f"k{next(keys)}", **more)

    def queue(self, **query: Any) -> list[str]:
        return [row["id"] for row in self.get("queue", **query)["rows"]]


@pytest.fixture
def ana(own_ledger: Path) -> Coder:
    return Coder(own_ledger, "Ana")


@pytest.fixture
def bo(own_ledger: Path, ana: Coder) -> Coder:  # noqa: ARG001 -- the second to come
    return Coder(own_ledger, "Bo")


def test_the_weightiest_record_is_decided_on_and_leaves_the_queue(ana: Coder) -> None:
    rows = ana.get("queue")["rows"]
    assert [row["weight"] for row in rows] == sorted((row["weight"] for row in rows), reverse=True)
    first, second = rows[0]["id"], rows[1]["id"]
    done = ana.decide(first, "accept")
    assert (done["id"], done["standing"], done["decision"]) == (first, "once", "accept")
    assert ana.queue()[0] == second
    ana.post("undo", number=done["number"])
    assert ana.queue()[0] == first
    ana.post("decide", id=first, decision="reject", key="mine")
    ana.post("undo", of="mine")
    assert ana.queue()[0] == first and ana.post("undo", 422, of="nobody's")


def test_page_after_page_is_the_whole_queue(ana: Coder) -> None:
    whole, some, cursor = ana.queue(limit=1000), list[str](), None
    while True:
        page = ana.get("queue", limit=7, **({"cursor": cursor} if cursor else {}))
        some += [row["id"] for row in page["rows"]]
        if (cursor := page["next"]) is None:
            break
    assert some == whole and len(whole) == len(set(whole)) > 20


@pytest.mark.parametrize("kind", ["event", "claim", "incident"])
def test_an_item_has_all_a_decision_rests_on(ana: Coder, kind: str) -> None:
    for id in ana.queue(kind=kind, limit=20):
        item = ana.get("item", id=id)
        assert (item["kind"], item["standing"], item["decisions"], item["hidden"]) == (kind, "open", [], 0)
        if kind == "incident":
            assert item["accounts"] and item["incident"]["id"] == id
            continue
        record, passage = item[kind], item["passage"]
        span = record["trigger"] if kind == "event" else record["content"][0]
        words = passage["text"][span[0] - passage["start"] : span[1] - passage["start"]]
        report = ana.client.get(f"/report/{item['report']['id']}.json").json()
        assert words and words == report["report"]["text"][span[0] : span[1]]


def event(coder: Coder) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The first event of the queue, its record and its passage."""
    id = coder.queue()[0]
    item = coder.get("item", id=id)
    return id, item["event"], item["passage"]


def test_a_mend_changes_what_counts_and_not_what_the_machine_said(ana: Coder) -> None:
    id, machine, passage = event(ana)
    start = passage["start"] + passage["text"].index(" ") + 1
    fields = {
        "type": "protest", "status": "possible", "trigger": [start, start + 3], "date": "2016-05",
        "killed_n": [2, None],
        "actors": [[start, start + 3]], "actors_are": ["Syrian army"], "actor_ids": ["syrian-arab-army"],
    }  # fmt: skip
    ana.decide(
        id, "mend", mend={**fields, "place_is": {"lat": 36.5, "lon": 37.9, "name": "the mill"}}, note="see line 2"
    )
    item = ana.get("item", id=id)
    assert item["event"] == machine
    assert {name: item["event_now"][name] for name in fields} == fields
    place = item["event_now"]["place_is"]
    assert (place["id"], place["name"], place["country"], place["precision"]) == (
        "point:36.50000,37.90000",
        "the mill",
        "SY",
        1,
    )
    assert [(d["who"], d["decision"], d["note"]) for d in item["decisions"]] == [("Ana", "mend", "see line 2")]
    elsewhere = "Jarabulus" if machine["place_is"] and machine["place_is"]["name"] == "Manbij" else "Manbij"
    town = ana.get("places", q=elsewhere)["rows"][0]
    ana.decide(id, "mend", mend={"place_is": {"id": town["id"]}})
    assert ana.get("item", id=id)["event_now"]["place_is"]["id"] == town["id"]


@pytest.mark.parametrize(
    "mend",
    [
        {"trigger": [0, 10**6]},
        {"trigger": [5, 5]},
        {"trigger": "words"},
        {"type": "<script>"},
        {"actor_ids": ["nobody-of-record"], "actors": [[0, 3]], "actors_are": ["x"]},
        {"place_is": {"id": "geonames:999999999"}},
        {"place_is": {"lat": 91, "lon": 0, "name": "x"}},
        {"place_is": {"lat": True, "lon": 0, "name": "x"}},
        {"place_is": {"lat": 1, "lon": 2, "name": "\u202eevil"}},
        {"place_is": {"lat": 1, "lon": 2, "name": ""}},
        {"place_is": 5},
        {"killed_n": [3, 1]},
        {"date": "٢٠١٦-٠٦-٠٨"},
        {"nonsense": 1},
        {},
        None,
    ],
)  # fmt: skip
def test_a_mend_that_cannot_be_is_refused_and_nothing_is_written(ana: Coder, mend: Any) -> None:
    answer = ana.decide(ana.queue()[0], "mend", 422, mend=mend)
    assert answer["problem"]["reason"]
    assert ana.get("trail")["rows"] == []


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b"{" * 5000, b'{"id": 3, "decision": "accept"}', b'{"id": "x", "decision": "burn"}',
        b'{"id": "x", "decision": "accept", "who": "somebody else"}', b'{"id": "nothing", "decision": "accept"}',
        b'{"id": "\\ud800", "decision": "accept"}', b'{"id": "x#e1", "decision": "accept", "seen": 1e400}',
        b'{"id": "", "decision": "accept"}', b'{"id": "i:0", "decision": "accept"}',
        b'{"id": "x", "decision": "accept", "seen": 99999999999999999999}',
        json.dumps({"id": "x'; DROP TABLE reviews;--#e1", "decision": "accept"}).encode(),
    ],
)  # fmt: skip
def test_a_hostile_body_is_refused(ana: Coder, body: bytes) -> None:
    headers = {**ana.headers, "Content-Type": "application/json"}
    for address in ("decide", "undo", "merge", "split", "mode"):
        answer = ana.client.post(f"/review/{address}", content=body, headers=headers)
        assert answer.status_code in (404, 422), (address, answer.text)
        assert answer.json()["problem"]["reason"]
    assert ana.get("trail")["rows"] == []


def test_who_has_no_token_or_no_name_decides_nothing(own_desk: TestClient) -> None:
    body = {"id": "x#e1", "decision": "accept"}
    assert own_desk.post("/review/decide", json=body, headers={"Origin": HOME}).status_code == 403
    token = own_desk.get("/session.json").json()["token"]
    headers = {"Origin": HOME, "X-Sayso-Token": token}
    assert own_desk.post("/review/decide", json=body, headers=headers).status_code == 403


def test_a_script_in_a_note_is_text(ana: Coder) -> None:
    id = ana.queue()[0]
    ana.decide(id, "accept", note="<script>alert(1)</script>\u202e")
    answer = ana.client.get("/review/trail.json")
    assert answer.headers["content-type"] == "application/json" and "\u202e" not in answer.text
    assert answer.json()["rows"][0]["note"] == "<script>alert(1)</script>\u202e"


def test_sent_twice_it_is_decided_once(ana: Coder) -> None:
    id = ana.queue()[0]
    sent = [ana.post("decide", id=id, decision="accept", key="the same")["number"] for _ in range(2)]
    assert sent[0] == sent[1] and len(ana.get("trail")["rows"]) == 1


def test_the_second_of_two_coders_does_not_see_the_first_and_then_they_settle(ana: Coder, bo: Coder) -> None:
    ana.post("mode", coders=2)
    one, other = ana.queue(limit=2)
    ana.decide(one, "accept", note="sure of it")
    item = bo.get("item", id=one)
    assert (item["decisions"], item["hidden"], item["standing"], item["decision"]) == ([], 1, "once", None)
    assert bo.get("trail")["rows"] == [] and one in bo.queue() and one not in ana.queue()
    assert "sure of it" not in bo.client.get(f"/event/{one.replace('#', '%23')}.json").text
    assert bo.decide(one, "accept", seen=item["seen"])["standing"] == "agreed"
    ana.decide(other, "accept")
    assert bo.decide(other, "reject")["standing"] == "disagreed"
    assert ana.queue(show="disagreed") == [other] == bo.queue(show="disagreed")
    assert {d["who"] for d in ana.get("item", id=other)["decisions"]} == {"Ana", "Bo"}
    done = ana.decide(other, "reject", settle=True)
    assert (done["standing"], done["decision"]) == ("settled", "reject")
    counts = ana.get("progress")
    assert (counts["coders"], counts["kinds"]["event"]["agreed"], counts["kinds"]["event"]["settled"]) == (2, 1, 1)
    fields = {row["field"]: row for row in ana.get("agreement")["fields"]}
    assert (fields["decision"]["n"], fields["decision"]["percent"]) == (2, 50.0)


def test_a_decision_of_the_first_of_two_is_not_told_by_other_pages(ana: Coder, bo: Coder) -> None:
    ana.post("mode", coders=2)
    id = ana.queue()[0]
    ana.decide(id, "reject", note="a secret")
    for address in (f"/event/{id.replace('#', '%23')}.json", f"/report/{id.partition('#')[0]}.json"):
        assert "a secret" not in bo.client.get(address).text


def incident_with(coder: Coder, accounts: int) -> dict[str, Any]:
    """An incident that at least so many accounts tell of, as the review shows it."""
    items = (coder.get("item", id=id) for id in coder.queue(kind="incident", limit=200))
    return next(item for item in items if len(item["accounts"]) >= accounts)


def until_linked(coder: Coder) -> None:
    """Wait until what was decided is in effect on incidents."""
    deadline = time.monotonic() + 30
    while coder.get("progress")["waiting"] and time.monotonic() < deadline:
        time.sleep(0.05)


def test_a_rejected_event_counts_in_no_incident(ana: Coder) -> None:
    item = incident_with(ana, 2)
    account = item["accounts"][0]["key"]
    number = ana.decide(account, "reject")["number"]
    until_linked(ana)
    assert account not in [a["key"] for a in ana.get("item", id=item["id"])["accounts"]]
    ana.post("undo", number=number)
    until_linked(ana)
    assert account in [a["key"] for a in ana.get("item", id=item["id"])["accounts"]]


def test_incidents_are_split_and_that_is_undone(ana: Coder) -> None:
    item = incident_with(ana, 3)
    accounts = {a["key"] for a in item["accounts"]}
    out = item["accounts"][-1]["key"]
    done = ana.post("split", id=item["id"], events=[out], note="another day")
    until_linked(ana)
    homes = {ana.get("item", id=key)["incident"]["id"] for key in (item["accounts"][0]["key"], out)}
    assert len(homes) == 2
    ana.post("undo", number=done["number"], joined=True)
    until_linked(ana)
    assert {a["key"] for a in ana.get("item", id=item["id"])["accounts"]} == accounts


def test_incidents_are_merged(ana: Coder) -> None:
    one, other = ana.queue(kind="incident", limit=2)
    ana.post("merge", ids=[one, other])
    until_linked(ana)
    assert ana.get("item", id=one)["id"] == ana.get("item", id=other)["id"]
    ana.post("merge", 422, ids=[one])
    ana.post("merge", 422, ids=[one] * 1001)


def test_gold_is_what_people_decided_and_never_the_text(ana: Coder, own_ledger: Path) -> None:
    with Ledger.open(own_ledger) as ledger:
        reading = min(ledger.readings(), key=lambda one: (not one.events, len(one.claims) + len(one.events)))
    first = f"{reading.id}#{reading.events[0].id}"
    ana.decide(first, "mend", mend={"type": "protest" if reading.events[0].type != "protest" else "riot"})
    assert ana.client.get("/review/gold.jsonl").text == ""
    [part] = map(json.loads, ana.client.get("/review/gold.jsonl?partial=true").text.splitlines())
    assert part["complete"] is False and len(part["events"]) == 1 and part["claims"] == []
    for record in (*reading.claims, *reading.events[1:]):
        ana.decide(f"{reading.id}#{record.id}", "accept")
    answer = ana.client.get("/review/gold.jsonl")
    [whole] = map(json.loads, answer.text.splitlines())
    assert (whole["key"], whole["digest"]) == (reading.id, digest_of(reading.report.text.encode()))
    assert len(whole["claims"]) == len(reading.claims) and len(whole["events"]) == len(reading.events)
    assert whole["events"][0]["type"] in ("protest", "riot") and whole["complete"] is True
    longest = max(reading.report.text.split("\n"), key=len)
    assert longest[:60] not in answer.text


def test_actors_and_places_are_found_by_the_beginnings_of_their_names(ana: Coder) -> None:
    assert ana.get("actors", q="islamic sta")["rows"][0]["id"] == "islamic-state"
    assert [row["name"] for row in ana.get("places", q="منبج")["rows"]][:1] == ["Manbij"]
    assert ana.get("places", lat=36.53, lon=37.95)["rows"][0]["km"] < 5
    assert ana.get("actors", q="%%% ")["rows"] == [] == ana.get("places", q="zzzzzz")["rows"]


@pytest.mark.parametrize(
    "query", ["cursor=x", "cursor=1.-2", "show=none", "kind=report", "limit=0", "since=soon", "type=x"]
)
def test_a_question_that_makes_no_sense_is_refused(ana: Coder, query: str) -> None:
    assert ana.client.get(f"/review/queue.json?{query}").status_code == 422


def test_a_record_that_is_not_there_is_missing(ana: Coder) -> None:
    for id in ("x", "i:0", "x#e1", "", "\x00"):
        assert ana.client.get("/review/item.json", params={"id": id}).status_code == 404


def test_an_empty_ledger_has_an_empty_queue(empty_desk: TestClient) -> None:
    for kind in ("event", "claim", "incident"):
        assert empty_desk.get(f"/review/queue.json?kind={kind}").json() == {"rows": [], "next": None}
    assert empty_desk.get("/review/progress.json").json()["kinds"]["event"]["all"] == 0
    assert empty_desk.get("/review/agreement.json").json()["pairs"] == []
