"""Who holds a place, disputed; and what only changed hands, or is one voice's word."""

from __future__ import annotations

from msgspec.structs import replace
from tests.linking.test_control import HERALD, told

from sayso.linking.pool import link
from sayso.records.pool import Account, Copied, HolderDispute, Voice

REBELS = told("2016-06-08", "control", "Rebels")
IS = told("2016-06-09", "control", "IS", voice=HERALD)


def disputes(*accounts: Account, copied: tuple[Copied, ...] = ()) -> tuple[HolderDispute, ...]:
    return link(accounts, copied).holder_disputes


def test_two_voices_that_name_two_holders_at_once() -> None:
    (found,) = disputes(REBELS, IS)
    assert (found.place.name, found.first) == ("Manbij", "2016-06-09")
    assert (found.dispute.kind, found.dispute.about) == ("holder", "who holds Manbij")
    assert [(side.says, side.voices, side.accounts) for side in found.dispute.sides] == [
        ("held by Rebels", ("Furat Monitor",), (REBELS.key,)),
        ("held by IS", ("The Tyne Herald",), (IS.key,)),
    ]


def test_it_is_among_the_pool_s_disputes() -> None:
    assert [dispute.kind for dispute in link([REBELS, IS]).disputes()] == ["holder"]


def test_a_place_that_changes_hands_is_not_disputed() -> None:
    assert disputes(REBELS, told("2016-06-09", "capture", "IS", voice=HERALD)) == ()


def test_nor_is_one_whose_old_holder_nobody_names_any_more() -> None:
    assert disputes(REBELS, IS, told("2016-06-20", "control", "IS", voice=HERALD)) == ()


def test_who_denies_its_loss_disputes_it() -> None:
    army = Voice(name="Army", id="syria-government", side="state")
    denied = replace(told("2016-06-09", "capture", "Rebels", voice=army, status="denied"), targets=("Army",))
    (found,) = disputes(told("2016-06-09", "capture", "Rebels"), denied)
    assert [side.voices for side in found.dispute.sides] == [("Furat Monitor",), ("Army",)]


def test_one_voice_that_says_first_this_then_that_disputes_nothing() -> None:
    assert disputes(REBELS, told("2016-06-09", "control", "IS")) == ()


def test_who_names_both_says_that_they_share_it() -> None:
    both = replace(REBELS, actors=("Rebels", "IS"), actor_ids=("rebels", "is"))
    assert disputes(both, told("2016-06-09", "control", "Rebels", voice=HERALD)) == ()


def test_the_same_passage_read_in_two_ways_is_no_second_voice() -> None:
    passage = Copied(
        later=IS.report, earlier=REBELS.report, later_span=(0, 1), earlier_span=(0, 1), kind="copied", decided=True,
        why="earlier",
    )  # fmt: skip
    assert disputes(REBELS, IS, copied=(passage,)) == ()


def test_who_is_part_of_the_holder_is_no_other_holder() -> None:
    assert link([REBELS, IS], related=lambda *_: True).holder_disputes == ()


def test_what_comes_later_makes_a_dispute_of_its_own_and_leaves_the_first_its_id() -> None:
    again = [told("2016-07-01", "control", "Rebels"), told("2016-07-02", "control", "IS", voice=HERALD)]
    first, second = disputes(REBELS, IS, *again)
    assert (first,) == disputes(REBELS, IS)
    assert (second.first, second.dispute.id != first.dispute.id) == ("2016-07-02", True)


def test_who_only_speaks_beside_another_disputes_it_too() -> None:
    both = replace(REBELS, beside=(Voice(name="Kaniya", id=None, side="outlet"),))
    (found,) = disputes(both, IS)
    assert [side.says for side in found.dispute.sides] == ["held by Rebels", "held by IS"]
