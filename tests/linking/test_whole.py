"""Accounts that differ in their words for one act, compared two by two and as wholes."""

from __future__ import annotations

from tests.linking.test_clusters import told

from sayso.linking.likeness import towns, types_alike
from sayso.linking.nodes import Node, nodes_of
from sayso.linking.pairs import evidence
from sayso.linking.pool import link
from sayso.linking.whole import whole


def node(report: str, **fields: object) -> Node:
    (found,) = nodes_of([told(report, **fields)])
    return found


def names(one: Node, other: Node) -> set[str]:
    return {name for name, _ in evidence(one, other, copied=False, related=lambda a, b: a == b)}


def test_types_are_alike_that_are_taken_for_each_other() -> None:
    assert types_alike("air_strike", "air_strike") == "same type"
    assert types_alike("air_strike", "shelling") == "types alike"
    assert types_alike("casualties", "bombing") == "one type is general"
    assert types_alike("siege", "deploy") == "same family"


def test_a_village_says_more_than_a_town_where_much_happens() -> None:
    assert "geonames:170063" in towns()  # Aleppo
    assert "same place" in names(node("a"), node("b"))


def test_a_whole_has_the_best_of_what_its_nodes_say_and_is_of_no_report() -> None:
    vague = node("a", first="2016-06-01", last="2016-06-30", date_precision=4, killed=(11, None))
    found = whole([vague, node("b", killed=(24, 27)), node("c", type="shelling")])
    assert (found.type, found.first, found.days, found.killed) == ("air_strike", "2016-06-08", 1, (11, None))
    assert found.report == ""


def test_two_groups_that_tell_one_strike_in_other_words_are_one_incident() -> None:
    shelled = "A missile struck beside a bakery when people were buying bread."
    accounts = [told(report) for report in ("a", "b")]
    accounts += [told(report, shelled, type="shelling", event=f"e{n}") for n, report in enumerate(("b", "c", "d"), 3)]
    (incident,) = link(accounts).incidents
    assert (incident.type, len(incident.reports)) == ("air_strike", 4)
