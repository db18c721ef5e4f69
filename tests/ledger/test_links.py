"""Links kept in a ledger: the same as a whole pool linked at once, whatever comes, changes or goes."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sayso.engine.kept import kept_pool
from sayso.engine.ledger_link import link_all, relink
from sayso.engine.ledger_relink import relink_all
from sayso.engine.ledger_reread import RereadOptions, reread
from sayso.engine.pool import pool_of
from sayso.ledger import Ledger
from sayso.ledger.filters import Filters, Near
from sayso.ledger.holdings import holdings
from sayso.ledger.incident_decisions import Decided, decisions, merge, split, undo
from sayso.ledger.incidents import (
    accounts_of_incident,
    count,
    incident,
    incident_of_event,
    incidents,
    unlinked,
)  # fmt: skip
from sayso.ledger.reviews import Review, decide
from sayso.ledger.verify import misfits
from sayso.records import SaysoError
from tests.ledger.small import LINES, NOON, add, read_small, write_pool
from tests.ledger.test_changes import read_better, redacted

LATER = datetime(2016, 7, 1, tzinfo=UTC)
SHELLING = [
    {"id": f"s-{n}", "outlet": outlet, "published": "2016-06-08", "text": text}
    for n, (outlet, text) in enumerate([
        ("Furat Monitor", "The army shelled Manbij on 2016-06-07, killing 3, Abu Omar said."),
        ("Nevsky", "The army shelled Manbij on 2016-06-07, killing 9, a doctor said."),
        ("Badia Press", "The jets bombed Aleppo on 2016-06-07, killing 4, a doctor said."),
    ])
]  # fmt: skip


def told(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    """The accounts of each incident by its id."""
    return {k.incident.id: k.incident.accounts for k in incidents(ledger.connection, Filters())}


def together(ledger: Ledger) -> list[tuple[str, ...]]:
    """The accounts that were taken for one incident."""
    return sorted(told(ledger).values())


@pytest.fixture
def shelled(empty: Ledger, tmp_path: Path) -> Ledger:
    """Two reports of one shelling, and one of an air strike elsewhere."""
    add(empty, write_pool(tmp_path / "shelling.jsonl", SHELLING))
    return empty


def test_what_is_added_is_linked_as_the_whole_pool_would_be(ledger: Ledger) -> None:
    pool = pool_of(list(ledger.readings()))
    kept = {k.incident.id: k.incident for k in incidents(ledger.connection, Filters())}
    assert kept == {i.id: i for i in pool.incidents}
    assert holdings(ledger.connection, Filters()) == list(pool.holdings)
    assert kept_pool(ledger).holder_disputes == pool.holder_disputes
    assert unlinked(ledger.connection) == 0
    assert list(misfits(ledger.connection)) == []


def test_an_incident_is_found_by_its_events_and_has_their_accounts(shelled: Ledger) -> None:
    id = incident_of_event(shelled.connection, "s-1#e1")
    assert id is not None
    assert [a.key for a in accounts_of_incident(shelled.connection, id)] == ["s-0#e1", "s-1#e1"]
    assert incident(shelled.connection, id).added == "2016-06-09T12:00:00Z"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Filters(place="Manbij"), ["shelling"]),
        (Filters(near=Near(36.2, 37.2, 30)), ["air_strike"]),
        (Filters(box=(36.4, 37.5, 36.6, 38.0)), ["shelling"]),
        (Filters(types=("air_strike",)), ["air_strike"]),
        (Filters(actor="actor:syrian-army"), ["shelling"]),
        (Filters(source="a doctor"), ["air_strike", "shelling"]),
        (Filters(outlet="Badia"), ["air_strike"]),
        (Filters(disputed=True), ["shelling"]),
        (Filters(until="2016-06-06"), []),
        (Filters(new_since="2016-06-10"), []),
        (Filters(since="2016-06", status=("happened",)), ["air_strike", "shelling"]),
    ],
)
def test_incidents_are_filtered_as_other_records_are(shelled: Ledger, asked: Filters, found: list[str]) -> None:
    assert sorted(k.incident.type for k in incidents(shelled.connection, asked)) == found
    assert count(shelled.connection, asked) == len(found)


@pytest.mark.parametrize("order", ["day", "independent", "added"])
def test_pages_of_incidents_hold_each_once(ledger: Ledger, order: Any) -> None:
    whole = [k.incident.id for k in incidents(ledger.connection, Filters(), order)]
    paged, last = list[str](), None
    while page := list(incidents(ledger.connection, Filters(), order, limit=2, after=last)):
        paged += [k.incident.id for k in page]
        last = paged[-1]
    assert paged == whole
    assert len(set(whole)) == len(whole) == count(ledger.connection, Filters())


def test_the_order_in_which_reports_come_changes_nothing(empty: Ledger, tmp_path: Path) -> None:
    for line in reversed([*LINES, *SHELLING]):
        add(empty, write_pool(tmp_path / "one.jsonl", [line]))
    pool = pool_of(list(empty.readings()))
    assert {k.incident.id: k.incident for k in incidents(empty.connection, Filters())} == {
        i.id: i for i in pool.incidents
    }


def test_an_id_that_changed_leads_on(empty: Ledger, tmp_path: Path) -> None:
    add(empty, write_pool(tmp_path / "later.jsonl", SHELLING[1:2]))
    ((old, _),) = told(empty).items()
    add(empty, write_pool(tmp_path / "earlier.jsonl", SHELLING[:1]))
    ((new, accounts),) = told(empty).items()
    assert new != old
    assert accounts == ("s-0#e1", "s-1#e1")
    assert incident(empty.connection, old).incident.id == new


def test_what_is_redacted_is_in_no_incident(shelled: Ledger) -> None:
    redacted(shelled, "s-0")
    assert together(shelled) == [("s-1#e1",), ("s-2#e1",)]
    assert list(misfits(shelled.connection)) == []


def test_a_new_reading_is_linked_in_the_place_of_the_old_one(ledger: Ledger) -> None:
    list(reread(ledger, RereadOptions(everything=True), lambda: LATER, read_better))
    assert {k.incident.id: k.incident for k in incidents(ledger.connection, Filters())} == {
        i.id: i for i in pool_of(list(ledger.readings())).incidents
    }
    list(reread(ledger, RereadOptions(everything=True), lambda: LATER, read_small))
    assert "shelling" in {k.incident.type for k in incidents(ledger.connection, Filters())}
    assert list(misfits(ledger.connection)) == []


def test_rejected_events_do_not_count(shelled: Ledger) -> None:
    with shelled.writing() as connection:
        decide(connection, Review(id="s-0#e1", decision="reject", who="an analyst"), NOON)
    link_all(shelled, lambda: LATER)
    assert together(shelled) == [("s-1#e1",), ("s-2#e1",)]
    assert incident_of_event(shelled.connection, "s-0#e1") is None


def test_what_people_merge_stays_one_until_it_is_taken_back(shelled: Ledger) -> None:
    before = together(shelled)
    with shelled.writing() as connection:
        decision = merge(connection, list(told(shelled)), Decided(who="an analyst"), NOON)
    link_all(shelled, lambda: LATER)
    assert together(shelled) == [("s-0#e1", "s-1#e1", "s-2#e1")]
    relink(shelled, lambda: LATER)
    assert len(together(shelled)) == 1
    with shelled.writing() as connection:
        undo(connection, decision, Decided(who="another"), NOON)
    link_all(shelled, lambda: LATER)
    assert together(shelled) == before
    assert [row["live"] for row in decisions(shelled.connection)] == [False, False]


def test_what_people_split_stays_apart_also_when_it_is_read_again(shelled: Ledger) -> None:
    (id,) = (id for id, accounts in told(shelled).items() if len(accounts) == 2)
    with shelled.writing() as connection:
        split(connection, id, ["s-1#e1"], Decided(who="an analyst"), NOON)
    for again in (link_all, relink):
        again(shelled, lambda: LATER)
        assert together(shelled) == [("s-0#e1",), ("s-1#e1",), ("s-2#e1",)]
    list(reread(shelled, RereadOptions(everything=True), lambda: LATER, read_better))
    list(reread(shelled, RereadOptions(everything=True), lambda: LATER, read_small))
    assert together(shelled) == [("s-0#e1",), ("s-1#e1",), ("s-2#e1",)]


def test_a_split_of_nothing_or_of_all_is_refused(shelled: Ledger) -> None:
    (id,) = (id for id, accounts in told(shelled).items() if len(accounts) == 2)
    for events in ([], ["s-0#e1", "s-1#e1"], ["s-2#e1"]):
        with pytest.raises(SaysoError), shelled.writing() as connection:
            split(connection, id, events, Decided(who="an analyst"), NOON)


def test_linking_goes_on_where_it_was_stopped(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("sayso.engine.linker.settle", stopped)
        add(ledger, write_pool(tmp_path / "more.jsonl", SHELLING))
    assert unlinked(ledger.connection) == len(SHELLING)
    assert link_all(ledger, lambda: LATER) == len(SHELLING)
    assert set(together(ledger)) == {i.accounts for i in pool_of(list(ledger.readings())).incidents}


def test_linking_anew_that_was_stopped_is_begun_again(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    before = together(ledger)

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("sayso.engine.ledger_relink.settle", stopped)
        relink(ledger, lambda: LATER)
    assert together(ledger) == before
    assert link_all(ledger, lambda: LATER) == len(LINES) - 1
    assert together(ledger) == before
    assert link_all(ledger, lambda: LATER) == 0


@pytest.mark.parametrize("workers", [1, 2])
def test_in_stretches_of_time_and_in_processes_the_links_are_the_same(
    ledger: Ledger, tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(ledger, write_pool(tmp_path / "more.jsonl", SHELLING))
    likely = "SELECT one, other, score FROM likely ORDER BY 1, 2"
    filed = "SELECT * FROM node_keys ORDER BY 1, 2, 3, 4, 5"
    before, (pairs, keys) = told(ledger), [ledger.connection.execute(q).fetchall() for q in (likely, filed)]
    for name in ("STRETCH", "TOGETHER", "AT_ONCE", "ROWS"):
        monkeypatch.setattr(f"sayso.engine.ledger_relink.{name}", 2)
    monkeypatch.setattr("sayso.engine.ledger_relink.FEW", 1)
    relink_all(ledger, "2016-07-01T00:00:00Z", "test", workers)
    assert told(ledger) == before
    assert ledger.connection.execute(likely).fetchall() == pairs
    assert ledger.connection.execute(filed).fetchall() == keys
    assert len(keys) > 20
    assert list(misfits(ledger.connection)) == []


def test_whatever_the_order_of_many_reports_of_one_week_the_links_are_those_of_the_whole(
    empty: Ledger, tmp_path: Path
) -> None:
    days, verbs = ("2016-06-06", "2016-06-07", "2016-06-08"), ("shelled", "bombed")
    texts = [
        f"The {who} {verb} {town} on {day}, killing {n % 4}, a doctor said."
        for n, (who, verb, town, day) in enumerate(product(("army", "jets"), verbs, ("Manbij", "Aleppo"), days))
    ]
    lines = [{"id": f"w-{n}", "outlet": f"Paper {n % 5}", "published": "2016-06-09", "text": t}
             for n, t in enumerate(texts)]  # fmt: skip
    Random(1).shuffle(lines)
    for line in lines:
        add(empty, write_pool(tmp_path / "one.jsonl", [line]))
    likely = "SELECT one, other FROM likely ORDER BY 1, 2"
    one_by_one, pairs = together(empty), empty.connection.execute(likely).fetchall()
    relink(empty, lambda: LATER)
    assert together(empty) == one_by_one == sorted(i.accounts for i in pool_of(list(empty.readings())).incidents)
    assert empty.connection.execute(likely).fetchall() == pairs
    assert pairs


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE incidents SET independent = independent + 1", "has a row that does not say what the incident says"),
        ("DELETE FROM incident_events WHERE event = (SELECT max(event) FROM incident_events)", "has not the events"),
        ("UPDATE incident_days SET n = n + 1", "are not there"),
        ("UPDATE incidents SET packed = x'00'", "damaged"),
        ("INSERT INTO incident_was VALUES ('i:old', 'i:nothing')", "which cannot be"),
        ("UPDATE disputes SET packed = x'00'", "damaged"),
    ],
)
def test_links_that_do_not_fit_are_named(shelled: Ledger, damage: str, said: str) -> None:
    shelled.connection.execute(damage)
    assert any(said in misfit.reason for misfit in misfits(shelled.connection))
