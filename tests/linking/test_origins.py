"""Twelve reports of one statement are one source; what is copied, relayed or unnamed is counted as DESIGN says."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sayso.linking.accounts import is_own, same_voice, voice_of
from sayso.linking.origins import origins_of
from sayso.records.pool import Account, Copied, Voice

MONITOR = Voice(name="Furat Monitor", id="furat-monitor", side="monitor")
MERIDIAN = Voice(name="Meridian Wire", id="meridian", side="agency")
LEDGER = Voice(name="Gulf Ledger", id="gulf-ledger", side="outlet")
HERALD = Voice(name="The Mina Herald", id="mina-herald", side="outlet")
DIPLOMAT = Voice(name="a diplomat", id=None, side="unnamed", named=False)
SOMEBODY = Voice(name="not said who", id=None, side="unnamed", named=False)


def account(key: str, *chain: Voice, published: str = "2016-06-08", trigger: tuple[int, int] = (10, 16)) -> Account:
    """An air strike, as a report has it from a chain of voices."""
    return Account(
        key=key, report=key.partition("#")[0], event=key.partition("#")[2], incident="i1", type="air_strike",
        status="happened", stance=None, words="The strike hit a bakery.", start=0, end=24, trigger=trigger, chain=chain,
        published=published,
    )  # fmt: skip


def test_twelve_reports_of_one_statement_are_one_origin() -> None:
    outlets = [Voice(name=f"Paper {n}", id=f"paper-{n}", side="outlet") for n in range(12)]
    origins = origins_of([account(f"r{n}#e1", MONITOR, outlets[n]) for n in range(12)], {})
    assert [(o.voice.name, len(o.accounts), o.independent) for o in origins] == [("Furat Monitor", 12, True)]
    assert origins[0].why == "12 reports have it from Furat Monitor"


def test_a_relay_adds_no_origin_and_the_chain_shows_it() -> None:
    origins = origins_of([account("a#e1", MONITOR, MERIDIAN, LEDGER), account("b#e1", MONITOR, HERALD)], {})
    assert len(origins) == 1
    assert ("Furat Monitor", "Meridian Wire", "Gulf Ledger") in origins[0].chains


def test_two_outlets_in_their_own_words_are_independent() -> None:
    origins = origins_of([account("a#e1", MERIDIAN), account("b#e1", HERALD)], {})
    assert [o.independent for o in origins] == [True, True]


def test_a_copied_passage_belongs_to_whoever_had_it_first() -> None:
    copied = Copied(
        later="b",
        earlier="a",
        later_span=(0, 30),
        earlier_span=(0, 30),
        kind="copied",
        decided=True,
        why="a day before",
    )
    origins = origins_of([account("a#e1", MERIDIAN), account("b#e1", LEDGER, published="2016-06-09")], {"b": [copied]})
    assert [(o.voice.name, o.accounts) for o in origins] == [("Meridian Wire", ("a#e1", "b#e1"))]
    assert ("Meridian Wire", "Gulf Ledger") in origins[0].chains
    assert "a day before" in origins[0].why


def test_what_a_report_says_beside_its_source_rests_on_that_source() -> None:
    title = account("a#e1", HERALD)
    body = account("a#e2", MONITOR, HERALD, trigger=(40, 46))
    assert [o.voice.name for o in origins_of([title, body], {})] == ["Furat Monitor"]


def test_unnamed_sources_are_one_only_through_the_same_relay() -> None:
    through_one = origins_of([account("a#e1", DIPLOMAT, MERIDIAN, LEDGER), account("b#e1", DIPLOMAT, MERIDIAN)], {})
    through_two = origins_of([account("a#e1", DIPLOMAT, MERIDIAN), account("b#e1", DIPLOMAT, HERALD)], {})
    assert (len(through_one), len(through_two)) == (1, 2)
    assert all(o.independent and "not named" in o.why for o in through_two)


def test_a_description_in_the_title_is_the_source_that_the_report_names() -> None:
    doctors = Voice(name="doctors", id=None, side="witness", named=False)
    network = Voice(name="Sudan Doctors Network", id=None, side="monitor")
    (origin,) = origins_of([account("a#e1", doctors, HERALD), account("a#e2", network, HERALD)], {})
    assert origin.voice == network
    assert len(origins_of([account("a#e1", doctors, HERALD), account("b#e1", network, LEDGER)], {})) == 2


def test_two_reports_of_unknown_outlets_are_not_one_voice() -> None:
    unknown = Voice(name="an unnamed outlet", id=None, side="outlet", named=False)
    assert len(origins_of([account("a#e1", unknown), account("b#e1", unknown)], {})) == 2


def test_what_is_only_reported_to_be_said_is_nobody_s_independent_word() -> None:
    origins = origins_of([account("a#e1", SOMEBODY, LEDGER)], {})
    assert [o.independent for o in origins] == [False]


def test_who_only_denies_is_told_apart() -> None:
    army = Voice(name="Syrian army", id="syrian-arab-army", side="state")
    denial = replace(account("b#e1", army, HERALD), status="denied")
    assert {o.voice.name: o.denies for o in origins_of([account("a#e1", MONITOR, LEDGER), denial], {})} == {
        "Furat Monitor": False, "Syrian army": True,
    }  # fmt: skip


def test_the_order_of_accounts_changes_nothing() -> None:
    accounts = [account("a#e1", MONITOR, LEDGER), account("b#e1", MERIDIAN), account("c#e1", MONITOR, HERALD)]
    assert origins_of(accounts, {}) == origins_of(accounts[::-1], {})


def test_copying_in_a_circle_ends() -> None:
    def passage(later: str, earlier: str) -> Copied:
        return Copied(
            later=later,
            earlier=earlier,
            later_span=(0, 30),
            earlier_span=(0, 30),
            kind="copied",
            decided=False,
            why="?",
        )

    accounts = [account("a#e1", MERIDIAN), replace(account("b#e1", LEDGER), published=None)]
    origins = origins_of(accounts, {"a": [passage("a", "b")], "b": [passage("b", "a")]})
    assert len(origins) == 1


def test_an_outlet_is_one_voice_with_and_without_what_it_calls_itself() -> None:
    names = ("Barada News Agency", "Barada", "the Barada agency")
    voices = [Voice(name=name, id=None, side="outlet") for name in names]
    assert len(origins_of([account(f"r{n}#e1", voice, LEDGER) for n, voice in enumerate(voices)], {})) == 1


def test_who_is_named_speaks_for_himself_and_not_for_all_his_side() -> None:
    officer = Voice(name="Botan Sarrin, commander in the SDF", id="sdf", side="party")
    plain, side = Voice(name="Botan Sarrin", id=None, side="other"), Voice(name="the SDF", id="sdf", side="party")
    assert len(origins_of([account("a#e1", officer, LEDGER), account("b#e1", plain, HERALD)], {})) == 1
    assert len(origins_of([account("a#e1", officer, LEDGER), account("b#e1", side, HERALD)], {})) == 2


def test_two_who_say_it_together_are_two_origins_also_where_it_is_copied() -> None:
    coalition = Voice(name="the coalition", id="coalition", side="party")
    both = replace(account("a#e1", coalition, MERIDIAN), beside=(MONITOR,))
    copy = replace(both, key="b#e1", report="b", chain=(coalition, LEDGER), published="2016-06-09")
    passage = Copied(
        later="b", earlier="a", later_span=(0, 30), earlier_span=(0, 30), kind="copied", decided=True, why="all of it"
    )  # fmt: skip
    for copied in ({}, {"b": [passage]}):
        found = origins_of([both, copy], copied)
        assert [(o.voice.name, o.accounts, o.independent) for o in found] == [
            ("the coalition", ("a#e1", "b#e1"), True), ("Furat Monitor", ("a#e1", "b#e1"), True),
        ]  # fmt: skip


def test_a_description_is_the_one_named_that_it_fits() -> None:
    monitor = Voice(name="a monitoring group", id=None, side="monitor", named=False)
    officer = Voice(name="a commander", id=None, side="unnamed", named=False)
    named = Voice(name="Botan Sarrin, commander in the SDF", id=None, side="party")
    accounts = [account(f"a#e{n}", voice, MERIDIAN) for n, voice in enumerate((monitor, officer, named, MONITOR))]
    assert sorted(o.voice.name for o in origins_of(accounts, {})) == [named.name, MONITOR.name]


def test_who_denies_the_entry_may_tell_of_the_clash() -> None:
    party = Voice(name="Islamic State", id="islamic-state", side="party")
    denied = replace(account("a#e1", party, LEDGER), type="advance", status="denied")
    clash = replace(account("a#e2", party, LEDGER), type="clash")
    assert [o.denies for o in origins_of([denied, clash], {}, "advance")] == [True]
    assert [o.denies for o in origins_of([denied, clash], {})] == [False]


def test_who_only_thinks_it_possible_is_no_voice_for_what_others_say_happened() -> None:
    warned = replace(account("a#e1", MONITOR, LEDGER), status="conditional")
    origins = origins_of([warned, account("b#e1", HERALD)], {}, "air_strike", as_fact=True)
    assert [(o.voice.name, o.independent) for o in origins] == [("The Mina Herald", True), ("Furat Monitor", False)]
    assert origins[1].why == "thinks it possible, and does not say that it happened"
    assert [o.independent for o in origins_of([warned], {})] == [True]  # nobody says that it happened


def test_who_says_it_beside_the_outlet_has_the_outlet_in_his_chain() -> None:
    army = Voice(name="the army", id="army", side="state")
    found = origins_of([replace(account("a#e1", LEDGER), beside=(army,))], {})
    assert {o.voice.name: o.chains for o in found}["the army"] == (("the army", "Gulf Ledger"),)


def test_an_armed_group_s_own_channel_is_that_group() -> None:
    group = Voice(name="Islamic State", id="islamic-state", side="party")
    channel = Voice(name="Aamaq", id="amaq", side="party")
    origins = origins_of([account("a#e1", group, MERIDIAN), account("b#e1", channel, HERALD)], {})
    assert [(o.voice.name, o.independent) for o in origins] == [("Islamic State", True)]


def test_an_office_is_one_voice_however_its_town_is_told() -> None:
    before = Voice(name="Kilis governor’s office", id=None, side="other")
    behind = Voice(name="the governor’s office in Kilis", id=None, side="other")
    elsewhere = Voice(name="governor’s office in Hatay", id=None, side="other")
    told = [account("a#e1", before, MERIDIAN), account("b#e1", behind, HERALD), account("c#e1", elsewhere, LEDGER)]
    assert [len(o.accounts) for o in origins_of(told, {})] == [2, 1]


def test_an_outlet_s_own_words_rest_on_a_source_that_tells_the_same_act_first() -> None:
    burnt = replace(account("a#e2", Voice(name="Bar Troop", id=None, side="other"), HERALD), type="destroy")
    strike = account("a#e3", MONITOR, HERALD, trigger=(90, 96))
    by_voice = {o.voice.name: o.accounts for o in origins_of([account("a#e1", HERALD), burnt, strike], {})}
    assert by_voice == {"Furat Monitor": ("a#e1", "a#e3"), "Bar Troop": ("a#e2",)}


def test_who_denies_an_act_is_nobody_s_source_for_it() -> None:
    group = Voice(name="Islamic State", id="islamic-state", side="party")
    denied = replace(account("a#e1", group, MERIDIAN), status="denied", stance="denies")
    burnt = replace(account("b#e1", group, HERALD), type="destroy")
    found = {
        o.voice.name: (o.accounts, o.denies)
        for o in origins_of([denied, burnt, account("b#e2", HERALD)], {}, "air_strike")
    }
    assert found == {"Islamic State": (("a#e1", "b#e1"), True), "The Mina Herald": (("b#e2",), False)}


def test_our_agency_is_the_outlet() -> None:
    outlet = Voice(name="Kaniya News Agency", id=None, side="outlet")
    own = {name: is_own(Voice(name=name, id=None, side="other"), outlet) for name in ("our agency", "aid agency")}
    assert own == {"our agency": True, "aid agency": False}


def test_a_person_and_his_own_channel_are_one_voice() -> None:
    person = Voice(name="Ostap Hryn", id=None, side="state")
    channel = Voice(name="Ostap Hryn (Telegram)", id=None, side="outlet")
    (origin,) = origins_of([account("a#e1", person, HERALD), account("b#e1", channel)], {})
    assert len(origin.accounts) == 2


def test_a_body_s_spokesman_is_one_voice_with_and_without_a_genitive() -> None:
    names = ("a coalition spokesman", "the coalition’s spokesman", "coalition's spokesman")
    one, *others = [Voice(name=name.removeprefix("a "), id=None, side="other") for name in names]
    assert all(same_voice(one, other) for other in others)
    assert not same_voice(one, Voice(name="the council’s spokesman", id=None, side="other"))


@pytest.mark.parametrize(
    ("one", "other", "origins"),
    [
        ("coalition spokesman in Baghdad", "spokesman for the US-led coalition", 1),
        ("coalition", "coalition spokeswoman", 1),
        ("coalition official", "coalition officials", 2),  # may be two people
    ],
)
def test_a_body_and_its_spokesman_are_one_voice_by_whatever_relays(one: str, other: str, origins: int) -> None:
    ident, kinds = "coalition-against-islamic-state", {"coalition-against-islamic-state": "external forces"}
    first, second = (voice_of(name, ident, kinds) for name in (one, other))
    assert len(origins_of([account("a#e1", first, MERIDIAN), account("b#e1", second, HERALD)], {})) == origins


def test_a_spokesman_of_nobody_of_record_is_unnamed() -> None:
    assert not voice_of("spokesman", None, {}).named
    assert not voice_of("gunmen", "unidentified-armed-group-syria", {}).named


def test_who_is_called_by_the_end_of_an_outlet_s_name_is_the_outlet() -> None:
    mission = Voice(name="UN Monitoring Mission in Ukraine", id=None, side="outlet")
    called = {
        name: is_own(Voice(name=name, id=None, side="other"), mission) for name in ("Mission", "the Mission", "UN")
    }
    assert called == {"Mission": True, "the Mission": True, "UN": False}
    post = Voice(name="Kyiv Post", id=None, side="outlet")
    assert not is_own(Voice(name="Post", id=None, side="other"), post)
    described = Voice(name="mission", id=None, side="unnamed", named=False)
    assert not is_own(described, mission)
