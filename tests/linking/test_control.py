"""Who is said to hold a place, day by day."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from sayso.linking.stretches import at, holdings_of
from sayso.records.pool import Account, Voice
from sayso.records.resolved import Place
from sayso.records.vocabulary import EventType, Status

MONITOR = Voice(name="Furat Monitor", id=None, side="monitor")
HERALD = Voice(name="The Tyne Herald", id="tyne-herald", side="outlet")


def town(name: str, level: str = "town") -> Place:
    return Place(
        id=f"sayso:{name.lower()}", name=name, country="SY", admin1="Aleppo", lat=36.5, lon=37.9,
        level=level, precision=1, candidates=1, why="the only one",
    )  # type: ignore[arg-type]  # one of the levels  # fmt: skip


MANBIJ = town("Manbij")


def told(
    day: str, tells: EventType, actor: str, voice: Voice = MONITOR, status: Status = "happened", place: Place = MANBIJ
) -> Account:
    key = f"{day}-{actor}-{voice.id}#e1"
    return Account(
        key=key, report=key.partition("#")[0], event="e1", incident="i1", type=tells, status=status, stance="affirms",
        actors=(actor,), actor_ids=(actor.lower(),), place=place, first=day, last=day, words=".", start=0, end=1,
        trigger=(0, 1), chain=(voice,), published=day,
    )  # fmt: skip


def history(*accounts: Account) -> list[tuple[str | None, str, str | None, str | None]]:
    return [(h.actor, h.status, h.since, h.until) for h in holdings_of(accounts)]


def test_a_capture_ends_one_holding_and_begins_another() -> None:
    assert history(told("2016-06-01", "control", "IS"), told("2016-08-12", "capture", "SDF")) == [
        ("IS", "holds", "2016-06-01", "2016-08-12"),
        ("SDF", "holds", "2016-08-12", None),
    ]


def test_what_only_the_holder_says_is_claimed_by_one_side() -> None:
    army = Voice(name="army", id="army", side="state")
    assert history(told("2016-06-08", "capture", "Army", voice=army)) == [
        ("Army", "claimed by one side", "2016-06-08", None)
    ]


def test_two_holders_at_once_make_it_contested() -> None:
    found = holdings_of([told("2016-06-08", "control", "Rebels"), told("2016-06-09", "control", "IS", voice=HERALD)])
    assert [(h.actor, h.status, h.since, h.until) for h in found] == [
        ("Rebels", "holds", "2016-06-08", "2016-06-09"),
        ("Rebels", "contested", "2016-06-09", "2016-06-13"),  # as long as the other's word is fresh
        ("Rebels", "holds", "2016-06-13", None),
    ]
    assert found[1].why == "Rebels holds it by some accounts, IS by others"
    assert len(found[1].accounts) == 2


def test_a_siege_leaves_the_holder_and_says_so() -> None:
    assert history(told("2016-06-01", "control", "IS"), told("2016-06-10", "siege", "SDF")) == [
        ("IS", "holds", "2016-06-01", "2016-06-10"),
        ("IS", "besieged", "2016-06-10", None),
    ]


def test_after_a_withdrawal_nobody_is_known_to_hold_it() -> None:
    assert history(told("2016-06-01", "control", "IS"), told("2016-06-10", "withdraw", "IS"))[1] == (
        None, "unknown", "2016-06-10", None,
    )  # fmt: skip


def test_what_is_denied_or_planned_or_said_of_a_province_holds_nothing() -> None:
    accounts = [
        told("2016-06-01", "capture", "SDF", status="denied"),  # by a monitor, who holds nothing
        told("2016-06-02", "capture", "SDF", status="planned"),
        told("2016-06-03", "control", "IS", place=town("Raqqa province", "province")),
    ]
    assert holdings_of(accounts) == ()


def test_a_month_that_is_not_over_says_nothing_about_days_to_come() -> None:
    vague = replace(told("2016-06-09", "capture", "SDF"), first="2016-06-01", last="2016-06-30", date_precision=4)
    (found,) = holdings_of([vague])
    assert (found.since, found.said) == ("2016-06-09", "2016-06-09")


def test_planes_and_pronouns_hold_nothing() -> None:
    vague = [replace(told("2016-06-01", "control", name), actor_ids=(None,)) for name in ("they", "Planes", "a few")]
    unknown = replace(told("2016-06-01", "control", "unidentified"), actor_ids=("unidentified-armed-group-syria",))
    assert holdings_of([*vague, unknown]) == ()
    assert len(holdings_of([replace(told("2016-06-01", "control", "Lakeford Rifles"), actor_ids=(None,))])) == 1


def test_the_state_of_a_day() -> None:
    found = holdings_of([told("2016-06-01", "control", "IS"), told("2016-08-12", "capture", "SDF")])
    assert [h.actor for h in at(found, "2016-06-09")] == ["IS"]
    assert [h.actor for h in at(found, "2016-08-12")] == ["SDF"]
    assert at(found, "2016-05-01") == ()


def test_what_goes_on_was_so_until_the_report_and_since_the_day_it_names() -> None:
    held = replace(told("2016-06-08", "control", "IS", status="ongoing"), first="2014-01-01", last="2014-01-31")
    (found,) = holdings_of([held])
    assert (found.since, found.said) == ("2014-01-01", "2016-06-08")


def test_the_order_in_which_statements_arrive_changes_nothing() -> None:
    accounts = [
        told("2016-06-01", "control", "IS"),
        told("2016-08-12", "capture", "SDF"),
        told("2016-06-10", "siege", "SDF"),
    ]
    assert holdings_of(accounts) == holdings_of(accounts[::-1])


def in_words(words: str, trigger: str, tells: EventType, actor: str, **more: Any) -> Account:
    start = words.index(trigger)
    usual = {"words": words, "end": len(words), "trigger": (start, start + len(trigger))}
    return replace(told("2016-06-09", tells, actor), **{**usual, **more})


def test_a_denial_of_a_loss_or_of_anothers_gain_says_that_its_source_holds_the_place() -> None:
    army = Voice(name="a military source", id="syrian-arab-army", side="state")
    gain = replace(told("2016-06-12", "capture", "islamic-state", voice=army, status="denied"))
    assert [(h.actor, h.status) for h in holdings_of([gain])] == [("Syrian Arab Army", "claimed by one side")]
    loss = told("2016-06-12", "withdraw", "syrian-arab-army", voice=army, status="denied")
    assert [h.actor for h in holdings_of([loss])] == ["Syrian Arab Army"]


def test_a_denial_stands_until_more_is_said_for_the_holder() -> None:
    army = Voice(name="a military source", id="syrian-arab-army", side="state")
    gain = in_words("Rebels took it.", "took", "capture", "Rebels", first="2016-06-08", last="2016-06-08")
    words = {"actors": (), "actor_ids": (), "chain": (army,), "status": "denied", "key": "b#e1", "report": "b"}
    denial = in_words("The army denied this.", "this", "capture", "", **words, first="2016-06-08", last="2016-06-08")
    assert history(gain, denial) == [("Rebels", "contested", "2016-06-08", None)]
    later = told("2016-06-20", "control", "Rebels")
    assert [status for _, status, _, _ in history(gain, denial, later)] == ["contested", "holds"]
    had = in_words("The army had denied this.", "this", "capture", "", **words, first="2016-06-08", last="2016-06-08")
    assert [status for _, status, _, _ in history(gain, had)] == ["holds"]


def test_who_lost_a_place_left_it_whatever_the_word_was_taken_for() -> None:
    lost = in_words("The army lost the base.", "lost", "capture", "Army")
    assert [(h.actor, h.status) for h in holdings_of([lost])] == [(None, "unknown")]


def test_words_that_say_nothing_of_holding_are_no_statement() -> None:
    assert holdings_of([in_words("IS paraded captives through it.", "paraded", "capture", "IS")]) == ()


def test_a_place_said_to_be_contested_is_until_the_word_is_old_or_taken_back() -> None:
    held = told("2016-06-08", "control", "Rebels")
    fought = in_words("The village is contested.", "contested", "clash", "")
    assert [h.status for h in holdings_of([held, fought])] == ["holds", "contested", "holds"]
    no_longer = in_words("We no longer list it as contested.", "contested", "clash", "")
    assert [h.status for h in holdings_of([held, no_longer])] == ["holds"]


def test_a_place_said_to_be_divided_stays_so_until_more_is_said_for_its_holder() -> None:
    held = told("2016-06-08", "control", "Rebels")
    divided = in_words("The village is divided.", "divided", "control", "")
    assert [h.status for h in holdings_of([held, divided])] == ["holds", "contested"]
    since = told("2016-06-20", "control", "Rebels", voice=HERALD)
    assert [h.status for h in holdings_of([held, divided, since])] == ["holds", "contested", "holds"]


def test_a_siege_that_was_broken_is_over() -> None:
    held, siege = told("2016-06-01", "control", "Rebels"), told("2016-06-03", "siege", "IS")
    broken = in_words("Rebels broke the siege of the town.", "siege", "siege", "Rebels")
    assert [(h.status, h.since) for h in holdings_of([held, siege, broken])] == [
        ("holds", "2016-06-01"), ("besieged", "2016-06-03"), ("holds", "2016-06-09"),
    ]  # fmt: skip


def test_what_is_near_a_place_is_not_the_place() -> None:
    assert holdings_of([replace(told("2016-06-01", "control", "IS"), place=replace(MANBIJ, precision=2))]) == ()


def test_an_armed_actor_holds_where_the_opposition_is_said_to() -> None:
    held = in_words(
        "opposition-held Shaar", "opposition-held", "control", "opposition", actor_ids=("syrian-national-coalition",)
    )
    assert [h.actor for h in holdings_of([held])] == ["Syrian insurgents"]


def test_a_list_of_who_holds_what_needs_no_verb() -> None:
    listed = in_words("Safyan and Zakiya, army; Handarat camp, divided.", "army", "control", "army", status="ongoing")
    so_too = in_words("So is Tell Rifaat.", "So is", "control", "SDF", status="ongoing")
    assert [h.actor for one in (listed, so_too) for h in holdings_of([one])] == ["army", "SDF"]


def test_who_takes_a_part_of_a_town_does_not_hold_the_town() -> None:
    took = told("2016-06-09", "capture", "SDF")
    parts = ("the eastern houses", "a street of Manbij", "half of the town")
    assert [holdings_of([replace(took, place_words=words)]) for words in parts] == [(), (), ()]
    whole = ("Manbij", "the town of Manbij, west of the river")
    assert [len(holdings_of([replace(took, place_words=words)])) for words in whole] == [1, 1]
    quarter = replace(took, place=town("Shaar", "site"), place_words="the Shaar neighbourhood")
    assert [h.actor for h in holdings_of([quarter])] == ["SDF"]


def test_a_siege_by_nobody_named_is_a_siege() -> None:
    held, encircled = told("2016-06-01", "control", "IS"), replace(told("2016-06-10", "siege", ""), actors=())
    found = holdings_of([held, replace(encircled, actor_ids=())])
    assert [(h.status, h.why) for h in found][1] == ("besieged", "held by IS, besieged")


def test_a_siege_whose_end_is_denied_goes_on() -> None:
    held, siege = told("2016-06-01", "control", "Rebels"), told("2016-06-03", "siege", "IS")
    lifted = in_words("The siege was lifted.", "siege", "siege", "IS")
    assert [h.status for h in holdings_of([held, siege, lifted])] == ["holds", "besieged", "holds"]
    denied = replace(lifted, stance="denies")
    assert [h.status for h in holdings_of([held, siege, denied])] == ["holds", "besieged"]


def test_an_outlet_that_denies_a_loss_holds_nothing_but_the_mouthpiece_of_a_party_speaks_for_it() -> None:
    paper, mouthpiece = Voice(name="SANA", id="sana", side="outlet"), Voice(name="Amaq", id="amaq", side="outlet")
    gain = told("2016-06-09", "capture", "SDF", voice=paper, status="denied")
    assert holdings_of([gain]) == ()
    assert [h.actor for h in holdings_of([replace(gain, chain=(mouthpiece,))])] == ["Islamic State"]


def test_who_holds_two_places_named_together_holds_both() -> None:
    both = replace(told("2016-06-01", "control", "IS"), also_at=(town("Jarabulus"),))
    assert [(h.place.name, h.actor) for h in holdings_of([both])] == [("Jarabulus", "IS"), ("Manbij", "IS")]


def test_who_says_it_beside_the_holder_counts_whatever_the_order_of_the_two() -> None:
    sdf = Voice(name="SDF", id="sdf", side="party")
    for first, second in ((sdf, MONITOR), (MONITOR, sdf)):
        both = replace(told("2016-06-08", "capture", "SDF", voice=first), beside=(second,))
        assert [(h.status, h.why) for h in holdings_of([both])] == [("holds", "2 voices say that SDF holds it")]


def test_one_voice_under_two_names_does_not_settle_who_holds_it() -> None:
    names = [Voice(name=name, id="sohr", side="monitor") for name in ("SOHR", "Syrian Observatory")]
    held = told("2016-06-01", "control", "IS", voice=names[0])
    rival = told("2016-06-02", "control", "SDF", voice=HERALD)
    later = [replace(told("2016-06-03", "control", "IS", voice=one), key=f"{one.name}#e1") for one in names]
    assert [h.status for h in at(holdings_of([held, rival, *later]), "2016-06-04")] == ["contested"]
    other = replace(later[1], chain=(MONITOR,))
    assert [h.status for h in at(holdings_of([held, rival, later[0], other]), "2016-06-04")] == ["holds"]


def test_the_last_day_there_is_does_no_harm() -> None:
    last = [told("9999-12-30", "control", "IS"), told("9999-12-30", "advance", "SDF")]
    assert [h.status for h in holdings_of(last)] == ["contested"]


def test_of_one_day_a_report_is_heard_in_the_order_of_its_text() -> None:
    army, group = told("2016-06-07", "control", "Army"), told("2016-06-07", "control", "IS", voice=HERALD)
    first = replace(army, key="a#e9", report="a", trigger=(100, 105))
    second = replace(group, key="a#e10", report="a", trigger=(200, 205))
    assert holdings_of([second, first])[0].actor == "Army"


def test_who_had_held_a_place_did_so_before_it_was_taken() -> None:
    taken = told("2016-06-08", "capture", "Rebels")
    held = in_words(
        "The army had long held the town.", "held", "control", "Army", first="2016-06-08", last="2016-06-08"
    )
    assert [(h.actor, h.status, h.until) for h in holdings_of([taken, held])] == [
        ("Army", "holds", "2016-06-08"), ("Rebels", "holds", None),
    ]  # fmt: skip


def test_what_was_taken_is_not_held_by_who_lost_it() -> None:
    taken = in_words("Rebels seized the town.", "seized", "capture", "Rebels", first="2016-06-05", last="2016-06-05")
    words = "Rebels seized it, the last town that the army held{}."
    held = in_words(words.format(""), "held", "control", "Army", first="2016-06-05", last="2016-06-05")
    assert [(h.actor, h.until) for h in holdings_of([taken, held])] == [("Army", "2016-06-05"), ("Rebels", None)]
    before = in_words(words.format(", in May"), "held", "control", "Army")
    assert [h.actor for h in holdings_of([taken, before])] == ["Rebels"]
    said = "He was captured and said that the army held the town."
    said_so = replace(in_words(said, "held", "control", "Army"), place_words="the town")
    assert [h.until for h in holdings_of([said_so])] == [None]
    now = in_words("It is a town that the army held.", "held", "control", "Army")
    assert [h.actor for h in holdings_of([now])] == ["Army"]


def test_a_state_holds_a_place_by_its_armed_forces() -> None:
    said = replace(told("2016-06-08", "control", "Turkey"), actor_ids=("turkey",))
    assert [(h.actor, h.actor_id) for h in holdings_of([said])] == [("Turkish Armed Forces", "turkish-armed-forces")]


def test_a_defence_ministry_that_denies_a_loss_says_that_its_army_holds_the_place() -> None:
    channel = Voice(name="Russian Ministry of Defence", id="russia-mod", side="state")
    denied = told("2016-06-08", "capture", "Rebels", status="denied", voice=channel)
    assert [(h.actor_id, h.status) for h in holdings_of([denied])] == [("russian-armed-forces", "holds")]
    own = replace(denied, actors=("Russia",), actor_ids=("russia",))
    assert holdings_of([own]) == ()  # that it took the place is what it denies


def test_who_had_taken_control_holds_it() -> None:
    taken = in_words(
        "It had taken control of the town.", "control", "control", "Army", first="2016-06-08", last="2016-06-08"
    )
    assert [(h.actor, h.since) for h in holdings_of([taken])] == [("Army", "2016-06-08")]


def test_where_somebody_went_is_not_what_he_left() -> None:
    gone = in_words("The brigade left for Manbij.", "left", "withdraw", "Army")
    assert holdings_of([replace(gone, place_words="Manbij")]) == ()
    there = in_words("The brigade withdrew there.", "withdrew", "withdraw", "Army")
    assert holdings_of([replace(there, place_words="there")]) == ()
    left = in_words("The brigade left Manbij for the hills.", "left", "withdraw", "Army")
    assert [h.status for h in holdings_of([replace(left, place_words="Manbij")])] == ["unknown"]


@pytest.mark.parametrize(
    ("sentence", "trigger", "leaves"),
    [
        ("The army withdrew its troops to Manbij.", "withdrew", False),
        ("The army retreated from the hill to the town of Manbij.", "retreated", False),
        ("The army withdrew its troops from Manbij to the hill.", "withdrew", True),
        ("The army left Manbijan for Manbij.", "left", False),
        ("The army left its positions close to Manbij.", "left", True),
        ("The army withdrew after supply lines to Manbij were cut.", "withdrew", True),
        ("The army withdrew to the hill. It went for Manbij.", "withdrew", True),  # another sentence says nothing of it
    ],
)
def test_who_goes_to_a_place_does_not_lose_it(sentence: str, trigger: str, leaves: bool) -> None:
    gone = in_words(sentence, trigger, "withdraw", "Army")
    assert bool(holdings_of([replace(gone, place_words="Manbij")])) is leaves


def test_the_first_day_of_all_has_none_before_it() -> None:
    held = in_words("The army had held the town.", "held", "control", "Army", first="0001-01-01", last="0001-01-01")
    assert [h.actor for h in holdings_of([held])] == ["Army"]


def test_a_group_and_its_channel_are_one_side_whichever_speaks_first() -> None:
    group = Voice(name="Islamic State", id="islamic-state", side="party")
    channel = Voice(name="Amaq", id="amaq", side="party")
    for voices in ((group,), (channel,), (channel, group), (group, channel)):
        said = [told(f"2016-06-0{n}", "control", "islamic-state", voice=v) for n, v in enumerate(voices, 7)]
        assert {h.status for h in holdings_of(said)} == {"claimed by one side"}, voices


def test_who_took_a_place_does_not_advance_on_it() -> None:
    said = [told("2016-06-08", "advance", "IS"), told("2016-06-08", "capture", "IS", voice=HERALD)]
    assert [h.status for h in holdings_of(said)] == ["holds"]
    rival = told("2016-06-08", "advance", "Army")
    assert holdings_of([rival, said[1]])[0].status == "contested"
