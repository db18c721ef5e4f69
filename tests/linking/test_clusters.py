"""Which accounts are taken for one incident, and which are kept apart."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sayso.linking.candidates import BESIDE, Index, filing, pairs_among
from sayso.linking.clusters import Linker, components, pair, tied
from sayso.linking.describe import Description
from sayso.linking.nodes import nodes_of
from sayso.linking.pairs import judge
from sayso.linking.pool import link
from sayso.records.pool import Account, Copied, Voice
from sayso.records.resolved import Place

LAT = {"Shaar": 36.21, "Mare": 36.48, "Homs": 34.73}


def place(name: str) -> Place:
    return Place(
        id=f"sayso:{name}", name=name, country="SY", admin1="Homs" if name == "Homs" else "Aleppo", lat=LAT[name],
        lon=37.2, level="town", precision=1, candidates=1, why="the only one",
    )  # fmt: skip


def told(report: str, words: str = "An air strike hit the bakery in the morning.", **fields: Any) -> Account:
    """An air strike on a bakery in Shaar on 8 June, unless given otherwise."""
    usual = {
        "type": "air_strike",
        "status": "happened",
        "place": place("Shaar"),
        "first": "2016-06-08",
        "last": "2016-06-08",
        "date_precision": 1,
        "actors": ("Russia",),
        "actor_ids": ("russia",),
        "published": "2016-06-08",
    }
    event = fields.pop("event", "e1")
    return Account(
        key=f"{report}#{event}", report=report, event=event, incident=fields.pop("incident", event), stance=None,
        words=words, start=0, end=len(words), trigger=(3, 13), chain=(Voice(name=report, id=report, side="outlet"),),
        **{**usual, **fields},
    )  # fmt: skip


def groups(*accounts: Account, copied: tuple[Copied, ...] = ()) -> list[list[str]]:
    return sorted(sorted(incident.accounts) for incident in link(accounts, copied).incidents)


def test_two_reports_of_one_strike_are_one_incident() -> None:
    assert groups(told("a"), told("b", "Russian jets bombed a bread line.", killed=(11, 11))) == [["a#e1", "b#e1"]]


def test_who_goes_in_and_out_again_does_two_things_and_what_one_gains_another_loses() -> None:
    entry = told("a", "The SDF entered the town and left it.", type="advance", actors=("SDF",), actor_ids=("sdf",))
    exit_ = told("b", "The SDF entered the town and left it.", type="withdraw", actors=("SDF",), actor_ids=("sdf",))
    assert len(groups(entry, exit_)) == 2
    lost = told("b", "IS lost the town to the SDF.", type="withdraw", actors=("IS",), actor_ids=("is",))
    taken = told("a", "The SDF took the town from IS.", type="capture", actors=("SDF",), actor_ids=("sdf",),
                 targets=("IS",), target_ids=("is",))  # fmt: skip
    assert len(groups(taken, lost)) == 1


def test_another_day_or_another_town_is_another_incident() -> None:
    later = told("b", first="2016-06-20", last="2016-06-20", published="2016-06-20")
    elsewhere = told("c", place=place("Homs"))
    assert groups(told("a"), later, elsewhere) == [["a#e1"], ["b#e1"], ["c#e1"]]


def test_a_siege_is_of_the_day_on_which_it_began() -> None:
    def day(**fields: Any) -> str | None:
        (node,) = nodes_of([told("a", incident="i1", published="2016-06-13", **{"type": "siege", **fields})])
        return node.first

    assert day(status="ongoing", first="2016-06-13", last="2016-06-13") is None  # on that day or before
    assert day(status="ongoing", first="2016-06-10", last="2016-06-13") == "2016-06-10"
    assert day(status="happened", first="2016-06-13", last="2016-06-13") == "2016-06-13"
    assert day(type="clash", status="ongoing", first="2016-06-13", last="2016-06-13") == "2016-06-13"
    again = told("a", type="siege", incident="i1", first="2016-06-13", last="2016-06-13")
    (node,) = nodes_of(
        [again, told("a", event="e2", type="siege", incident="i1", first="2016-06-10", last="2016-06-10")]
    )
    assert node.first == "2016-06-10"


def test_a_general_word_for_it_joins_the_specific_one_which_names_it() -> None:
    vague = told("b", "At least 11 were killed in the bakery.", type="casualties", killed=(11, None))
    (incident,) = link([told("a", killed=(11, None)), vague]).incidents
    assert incident.type == "air_strike"
    assert incident.how["type"].startswith("1 report calls it so")


def test_two_incidents_are_not_chained_by_a_vague_third() -> None:
    one, other = told("a"), told("b", "Jets struck a school near the silos.", place=place("Mare"))
    vague = told("c", "Air strikes hit bread lines.", place=None, actors=(), actor_ids=(), first=None, last=None)
    assert not any({"a#e1", "b#e1"} <= set(group) for group in groups(one, other, vague))


def test_a_copied_passage_joins_what_it_tells() -> None:
    bare = {"place": None, "first": None, "last": None, "date_precision": None, "actors": (), "actor_ids": ()}
    passage = Copied(
        later="b", earlier="a", later_span=(0, 60), earlier_span=(0, 60), kind="copied", decided=True, why="earlier"
    )
    assert groups(told("a", **bare), told("b", **bare), copied=(passage,)) == [["a#e1", "b#e1"]]


def test_the_toll_of_an_incident_is_the_range_of_its_latest_numbers() -> None:
    first, second = told("a", killed=(11, 11)), told("b", killed=(24, 24), published="2016-06-10")
    (incident,) = link([first, second]).incidents
    assert incident.killed == (24, 24)
    assert incident.disputes == ()


def test_who_denies_an_act_is_not_made_its_actor() -> None:
    told_by_residents = told("a", actors=(), actor_ids=())
    denial = told("b", "The army denied that its jets hit the bakery.", status="denied", actors=("the army",),
                  actor_ids=("syrian-arab-army",))  # fmt: skip
    (incident,) = link([told_by_residents, denial]).incidents
    assert (incident.status, incident.actors) == ("happened", ())
    (only,) = link([denial]).incidents
    assert (only.status, only.actors) == ("denied", ("the army",))


def test_an_incident_says_why_it_is_one_and_keeps_its_id() -> None:
    (one,), (two,) = link([told("a"), told("b")]).incidents, link([told("b"), told("a")]).incidents
    assert one == two
    assert one.why.startswith("2 reports, taken for one incident by: ")
    assert "same days" in one.why


def test_what_is_not_told_is_no_reason() -> None:
    undated = {"first": None, "last": None, "published": None}
    (incident,) = link([told("a", **undated), told("b", **undated)]).incidents
    assert "not told" not in incident.why


STORIES = [
    told("a"),
    told("b", first="2016-06-09", last="2016-06-09"),
    told("c", place=place("Mare")),
    told("d", "Russian jets bombed a bread line.", killed=(11, 11)),
]


@settings(max_examples=24, deadline=None)
@given(st.permutations(STORIES))
def test_the_order_of_reports_changes_no_incident(accounts: list[Account]) -> None:
    assert link(accounts).incidents == link(STORIES).incidents


def test_accounts_of_one_town_and_day_are_compared_those_of_another_year_are_not() -> None:
    later = told("c", first="2017-06-08", last="2017-06-08", published="2017-06-08")
    a, b, c = nodes_of([told("a"), told("b"), later])
    assert Index([a, b, c]).around(a) == {b.key}
    assert Index([a, b, c]).around(c) == set()


def test_each_pair_comes_up_once() -> None:
    nodes = nodes_of(told(name) for name in "abcd")
    pairs = list(pairs_among(sorted(nodes, key=filing)))
    assert len(pairs) == len(set(pairs)) == 6


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(LAT)), st.integers(1, 12), st.sampled_from(["shelling", "clash"])),
        min_size=2, max_size=40,
    ),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_one_by_one_no_pair_is_missed_that_all_together_would_give(
    drawn: list[tuple[str, int, str]], chance: random.Random
) -> None:
    accounts = [
        told(f"r{n}", place=place(town), first=f"2016-06-{day:02}", last=f"2016-06-{day:02}", type=kind)
        for n, (town, day, kind) in enumerate(drawn)
    ]
    nodes = sorted(nodes_of(accounts), key=filing)
    whole = {pair(nodes[a].key, nodes[b].key) for a, b in pairs_among(nodes)}
    full = Index(nodes)
    assert {pair(node.key, other) for node in nodes for other in full.around(node)} == whole
    chance.shuffle(nodes)
    index, met = Index(), set[tuple[str, str]]()
    for node in nodes:
        index.add(node)
        met |= {pair(node.key, other) for other in index.around(node)}
    assert whole <= met


def test_a_hot_day_costs_each_account_no_more_than_a_quiet_one() -> None:
    nodes = nodes_of(told(f"r{number:03}", f"Jets hit block {number}.") for number in range(300))
    index = Index(nodes)
    keys = 24  # those one account is sought under: 9 cells on the map, 2 stretches of time, and some of its own
    assert max(len(index.around(node)) for node in nodes) < 2 * BESIDE * keys


def test_what_is_filed_later_is_found_as_if_it_had_been_there() -> None:
    a, b, c = nodes_of([told("a"), told("b"), told("c", place=place("Mare"))])
    index = Index([a, c])
    index.add(b)
    assert index.around(b) == Index([a, b, c]).around(b) == {a.key, c.key}


def test_a_report_that_comes_later_is_linked_as_if_it_had_been_there() -> None:
    def linked(*batches: list[Account]) -> list[list[str]]:
        linker = Linker(lambda a, b: judge(a, b, copied=False, related=str.__eq__))
        for batch in batches:
            linker.add(nodes_of(batch))
        return [[node.key for node in cluster.nodes] for cluster in linker.clusters()]

    assert linked(STORIES[:2], STORIES[2:]) == linked(STORIES[2:], STORIES[:2]) == linked(STORIES)


def test_a_node_hangs_together_with_its_sure_partners_or_else_with_its_likeliest() -> None:
    odds = {"a": {"b": 4.0, "c": 1.0}, "b": {"a": 4.0}, "c": {"a": 1.0, "d": 0.5}, "d": {"c": 0.5}}

    def hangs(key: str) -> set[str]:
        return tied(odds[key], lambda other: max(odds[other].values()), sure=2.0)

    assert {key: hangs(key) for key in odds} == {"a": {"b", "c"}, "b": {"a"}, "c": {"a", "d"}, "d": {"c"}}
    odds["d"]["e"], odds["e"] = 0.7, {"d": 0.7}
    assert hangs("d") == {"e"}
    assert hangs("c") == {"a"}


def test_where_very_many_hang_together_only_surer_pairs_count() -> None:
    chain = {n: {n - 1: 1.5, n + 1: 1.5} for n in range(400)} | {100: {99: 1.5, 101: 3.0}, 101: {100: 3.0, 102: 1.5}}

    def tied_to(key: int, sure: float) -> set[int]:
        return {other for other, odds in chain[key].items() if odds > sure and other in chain}

    assert sorted(map(len, components(chain, tied_to)))[-2:] == [1, 2]
    assert list(components([101], tied_to)) == [{100, 101}]
    short = range(200)
    assert [len(c) for c in components(short, lambda key, sure: tied_to(key, sure) & set(short))] == [200]


def test_the_clearest_place_is_that_of_whoever_names_it_most_clearly_however_late_another_is_vague() -> None:
    near = replace(told("a").place, precision=2)
    elsewhere = replace(near, id="sayso:elsewhere", precision=1)
    accounts = [told("a"), told("b"), told("c", place=elsewhere), told("d", place=near)]
    assert Description(accounts).place == told("a").place


def test_a_day_that_its_own_words_tell_counts_before_one_that_is_guessed() -> None:
    guessed = [told(report, first="2016-06-10", last="2016-06-10", date_guessed=True) for report in ("a", "b")]
    sure = told("c", first="2016-06-08", last="2016-06-08")
    assert Description([*guessed, sure]).first == "2016-06-08"
    assert Description([*guessed, replace(sure, date_guessed=True)]).first == "2016-06-10"
    day, same = "2016-06-12", lambda one, other: one == other
    judged = [
        judge(*nodes_of([told("a"), told("b", first=day, last=day, date_guessed=guess)]), copied=False, related=same)
        for guess in (True, False)
    ]
    assert judged[0].score > judged[1].score


def test_a_place_that_the_words_of_an_account_name_counts_before_one_that_is_guessed() -> None:
    guessed = [told(report, place=place("Mare")) for report in ("a", "b")]
    named = told("c", place_words="Shaar")
    assert Description([*guessed, named]).place == place("Shaar")
    unknown = told("c", place=None, place_words="Qwzixville")
    found = Description([*guessed, unknown])
    assert (found.place, found.how["place"]) == (None, "Qwzixville is named, of which no place is known")
    assert Description([*guessed, replace(unknown, place_words="the town")]).place == place("Mare")
