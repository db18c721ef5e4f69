"""What accounts of one incident dispute, and what is only a toll that rises."""

from __future__ import annotations

from typing import Any

from sayso.actors.register import Register
from sayso.engine.pool import relation
from sayso.linking.disputes import disputes_of
from sayso.records.pool import Account, Voice


def account(key: str, **fields: Any) -> Account:
    """An air strike told by a voice of its own, unless given otherwise."""
    given = {"type": "air_strike", "status": "happened", "published": "2016-06-08", "chain": (_voice(key),), **fields}
    return Account(
        key=key, report=key, event="e1", incident="i1", stance=None, words=f"{key} tells it.", start=0, end=1,
        trigger=(0, 1), **given,
    )  # fmt: skip


def _voice(name: str) -> Voice:
    return Voice(name=name, id=None, side="outlet")


def test_one_affirms_and_another_denies() -> None:
    (found,) = disputes_of([account("Furat"), account("Army", status="denied")])
    assert found.kind == "happened"
    assert [side.voices for side in found.sides] == [("Furat",), ("Army",)]
    assert found.sides[1].words == ("Army tells it.",)


def test_that_a_place_is_not_held_denies_a_hold_and_no_march_on_it() -> None:
    not_held = account("Furat", type="control", status="denied", actors=("army",), actor_ids=("army",))
    march = account("Army", type="advance", actors=("army",), actor_ids=("army",))
    taken = account("Ministry", type="capture", actors=("army",), actor_ids=("army",))
    others = account("Mill", type="control", actors=("rebels",), actor_ids=("rebels",))
    assert disputes_of([march, not_held]) == ()
    assert disputes_of([march, not_held, others]) == ()
    assert [d.kind for d in disputes_of([march, not_held, taken])] == ["happened"]


def test_who_denies_that_one_did_it_says_nothing_of_another_who_did_or_suffered_it() -> None:
    struck = account("Furat", actors=("army",), actor_ids=("army",), targets=("SDF",), target_ids=("sdf",))
    not_we = account("Russia", status="denied", actors=("Russia",), actor_ids=("russia",))
    not_them = account("Army", status="denied", targets=("Islamic State",), target_ids=("islamic-state",))
    not_so = account("Mill", status="denied", actors=("the jets", "army"), actor_ids=(None, "army"))
    assert disputes_of([struck, not_we, not_them]) == ()
    (found,) = disputes_of([struck, not_we, not_them, not_so])
    assert [side.voices for side in found.sides] == [("Furat",), ("Mill",)]


def test_that_two_do_not_work_together_denies_no_help_in_which_one_has_no_part() -> None:
    apart = account("Envoy", type="support", status="denied", actors=("the two",), actor_ids=("russia", "army"))
    alone = account(
        "Furat", type="support", actors=("Russia",), actor_ids=("russia",), targets=("SDF",), target_ids=("sdf",)
    )
    each = account(
        "Mill", type="support", actors=("Russia",), actor_ids=("russia",), targets=("it",), target_ids=("army",)
    )
    assert disputes_of([apart, alone]) == ()
    assert [d.kind for d in disputes_of([apart, each])] == ["happened"]


def test_that_nobody_entered_denies_no_leaving() -> None:
    left = account("Herald", type="withdraw")
    no_entry = account("Command", type="advance", status="denied")
    assert disputes_of([left, no_entry]) == ()
    assert disputes_of([left, account("Army", type="withdraw", status="denied")]) != ()


def test_numbers_that_cannot_both_be_right() -> None:
    (found,) = disputes_of([account("Furat", killed=(11, 11)), account("Qinnasrin", killed=(21, None))])
    assert found.kind == "number"
    assert [side.says for side in found.sides] == ["11 killed", "21 or more killed"]


def test_at_least_eleven_and_nineteen_can_both_be_right() -> None:
    assert disputes_of([account("Furat", killed=(11, None)), account("Qinnasrin", killed=(19, 19))]) == ()


def test_numbers_without_an_upper_or_a_lower_end_are_compared_too() -> None:
    told = [account("Furat", killed=(11, None)), account("Army", killed=(0, 3)), account("Mill", killed=(11, 11))]
    (found,) = disputes_of(told)
    assert [side.says for side in found.sides] == ["0 to 3 killed", "11 killed", "11 or more killed"]


def test_a_toll_that_rises_is_no_dispute() -> None:
    later = account("Corridor", killed=(24, 24), published="2016-06-10")
    assert disputes_of([account("Furat", killed=(11, 11)), later]) == ()


def test_a_toll_that_falls_is_one() -> None:
    later = account("Corridor", killed=(9, 9), published="2016-06-10")
    assert [d.kind for d in disputes_of([account("Furat", killed=(11, 11)), later])] == ["number"]


def test_different_actors_of_one_act_unless_one_is_part_of_the_other() -> None:
    accounts = [
        account("Furat", actors=("Russian jets",), actor_ids=("russia-air-force",)),
        account("Qinnasrin", actors=("the regime",), actor_ids=("syria-government",)),
        account("Herald", actors=("Russia",), actor_ids=("russia",)),
    ]
    (found,) = disputes_of(accounts, lambda a, b: a.split("-")[0] == b.split("-")[0])
    assert [side.accounts for side in found.sides] == [("Furat", "Herald"), ("Qinnasrin",)]


def test_who_tells_of_two_acts_by_two_disputes_neither() -> None:
    by_army = {"actors": ("army",), "actor_ids": ("army",)}
    by_rebels = {"actors": ("rebels",), "actor_ids": ("rebels",)}
    both = [
        account("e1", type="abduct", **by_army, chain=(_voice("Furat"),)),
        account("e2", type="abduct", **by_rebels, chain=(_voice("Furat"),)),
        account("Mill", type="abduct", **by_army),
    ]
    assert disputes_of(both) == ()
    (found,) = disputes_of([*both, account("Barada", type="abduct", **by_rebels)])
    assert sorted(sorted(side.voices) for side in found.sides) == [["Barada", "Furat"], ["Furat", "Mill"]]


def test_who_is_held_by_one_is_not_freed_by_another() -> None:
    held = account("Furat", type="abduct", actors=("rebels",), actor_ids=("rebels",))
    freed = account("Mill", type="release", actors=("army",), actor_ids=("army",))
    assert disputes_of([held, freed]) == ()


def test_the_same_voice_telling_and_denying_is_no_dispute_of_two() -> None:
    assert disputes_of([account("Furat"), account("Furat", status="denied")]) == ()


def test_what_an_army_was_part_of_once_is_its_side_still() -> None:
    related = relation(Register.packaged())
    assert related("tatmadaw", "state-administration-council")
    assert related("state-administration-council", "myanmar-air-force")
    assert not related("tatmadaw", "arakan-army")


def test_who_broke_away_to_be_a_side_of_its_own_is_no_part_any_more() -> None:
    related = relation(Register.packaged())
    assert not related("rapid-support-forces", "sudanese-armed-forces")
    assert not related("boko-haram", "islamic-state")
    assert related("al-tawhid-brigade", "islamic-front")  # long gone, and of one side with it to the end
    assert related("norway-air-force", "norway-government")
