"""What people are shown first, and what they are not shown any more."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.ledger import Ledger
from sayso.ledger.filters import Filters
from sayso.ledger.review_queue import Asked, queue
from sayso.ledger.reviews import set_coders
from tests.ledger.small import NOON
from tests.ledger.test_reviews import ANA, BO, take, take_back


def ids(ledger: Ledger, **asked: Any) -> list[str]:
    return [item.id for item in queue(ledger.connection, Asked(**{"who": ANA, **asked}))]


def test_where_people_were_killed_comes_first_then_what_came_last(ledger: Ledger) -> None:
    found = queue(ledger.connection, Asked(who=ANA))
    assert [(item.id, item.weight, dict(item.why)) for item in found] == [
        ("n-5#e1", 49, {"unsure": 0.8, "killed": 11}),
        ("n-1#e1", 39, {"unsure": 0.8, "killed": 3}),
        ("n-3#e1", 19, {"unsure": 0.8}),
        ("n-2#e1", 19, {"unsure": 0.8}),
        ("n-1#e2", 19, {"unsure": 0.8}),
    ]


def test_denials_come_first_of_claims(ledger: Ledger) -> None:
    assert ids(ledger, kind="claims") == ["n-1#c2", "n-5#c1", "n-2#c1", "n-1#c1"]


@pytest.mark.parametrize("kind", ["events", "claims"])
def test_page_after_page_is_the_whole(ledger: Ledger, kind: str) -> None:
    whole = queue(ledger.connection, Asked(who=ANA, kind=kind))  # type: ignore[arg-type]
    pages, after = [], None
    while found := queue(ledger.connection, Asked(who=ANA, kind=kind, limit=2, after=after)):  # type: ignore[arg-type]
        pages += found
        after = (found[-1].weight, found[-1].number)
    assert pages == whole


def test_filters_are_those_of_the_tables(ledger: Ledger) -> None:
    assert ids(ledger, filters=Filters(place="Aleppo")) == ["n-5#e1", "n-1#e2"]
    assert ids(ledger, filters=Filters(types=("capture",), outlet="Badia")) == ["n-3#e1"]
    assert ids(ledger, kind="claims", filters=Filters(source="Abu Omar")) == ["n-2#c1", "n-1#c1"]
    assert len(ids(ledger, kind="incidents", filters=Filters(types=("capture",)))) == 2


def test_events_of_disputed_incidents_and_of_many_reports_come_before_others(ledger: Ledger) -> None:
    do = ledger.connection.execute
    event, incident, node = do(
        "SELECT m.event, m.incident, m.node FROM incident_events m JOIN events ON number = event WHERE report = 3"
    ).fetchone()
    do("UPDATE incidents SET disputes = 1, reports = 12 WHERE number = ?", (incident,))
    do("INSERT OR REPLACE INTO incident_events VALUES (?, ?, ?)", (event, incident, node))
    assert [(i.id, i.weight) for i in queue(ledger.connection, Asked(who=ANA, limit=3))] == [
        ("n-3#e1", 64), ("n-5#e1", 49), ("n-1#e1", 39),
    ]  # fmt: skip
    assert ids(ledger, filters=Filters(types=("capture",))) == ["n-3#e1", "n-5#e1"]
    assert ids(ledger, filters=Filters(disputed=True)) == ["n-3#e1"]
    first, *others = queue(ledger.connection, Asked(who=ANA, kind="incidents"))
    assert (first.weight, first.why) == (65, (("disputed", 1), ("reports", 12)))
    take(ledger, ANA, first.id, "accept")
    assert ids(ledger, kind="incidents") == [other.id for other in others]
    assert ids(ledger, kind="incidents", show="decided") == [first.id]
    do("DELETE FROM incident_events")
    assert ids(ledger)[0] == "n-5#e1"


def test_decided_or_put_off_it_is_open_no_more(ledger: Ledger) -> None:
    number = take(ledger, ANA, "n-5#e1", "accept")
    take(ledger, ANA, "n-1#e1", "skip")
    assert ids(ledger) == ["n-3#e1", "n-2#e1", "n-1#e2"]
    assert ids(ledger, who=BO) == ["n-1#e1", "n-3#e1", "n-2#e1", "n-1#e2"]
    assert (ids(ledger, show="decided"), ids(ledger, show="skipped")) == (["n-5#e1"], ["n-1#e1"])
    assert (ids(ledger, show="mine"), ids(ledger, show="mine", who=BO)) == (["n-5#e1"], [])
    take_back(ledger, ANA, number)
    assert ids(ledger)[0] == "n-5#e1" and len(ids(ledger, show="all")) == 5


def test_with_two_coders_each_gets_what_the_other_has_decided(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        set_coders(connection, 2, ANA, NOON)
    take(ledger, ANA, "n-5#e1", "accept")
    assert "n-5#e1" not in ids(ledger) and ids(ledger, who=BO)[0] == "n-5#e1"
    take(ledger, BO, "n-5#e1", "reject")
    assert "n-5#e1" not in ids(ledger, who="Cy")
    [item] = queue(ledger.connection, Asked(who="Cy", show="disagreed"))
    assert (item.id, item.status, item.decision) == ("n-5#e1", "disagreed", None)


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (Asked(), "events_by_weight"),
        (Asked(), "review_first_by_weight"),
        (Asked(kind="claims", after=(20, 5)), "claims_by_weight"),
        (Asked(kind="incidents"), "incidents_by_weight"),
    ],
)
def test_the_queue_is_walked_and_not_sorted(ledger: Ledger, asked: Asked, index: str) -> None:
    plans = []
    ledger.connection.set_trace_callback(plans.append)
    queue(ledger.connection, asked)
    ledger.connection.set_trace_callback(None)
    [query] = [plan for plan in plans if f"INDEXED BY {index}" in plan]
    steps = " ".join(row[3] for row in ledger.connection.execute(f"EXPLAIN QUERY PLAN {query}"))
    assert index in steps and "TEMP B-TREE" not in steps
