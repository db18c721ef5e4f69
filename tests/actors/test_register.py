"""The register: the packaged index is the YAML's; what it says of actors; and how names are compared."""

from __future__ import annotations

import re

import pytest

from sayso.actors import Register
from sayso.actors.compile import INDEX, compiled, encoded
from sayso.actors.names import key, loose_key, words
from sayso.actors.source import register_files

REGISTER = Register.packaged()


def test_the_packaged_index_is_what_the_files_say() -> None:
    assert INDEX.read_bytes() == encoded(compiled()), "run python -m sayso.actors.compile"


def test_all_states_and_the_conflicts_asked_for_are_there() -> None:
    assert len(REGISTER.index.states) >= 195
    files = " ".join(path.stem for path in register_files())
    for conflict in ("syria", "iraq", "ukraine", "sudan", "yemen", "israel", "lebanon", "afghanistan", "myanmar",
                     "congo", "sahel", "somalia", "ethiopia", "libya"):  # fmt: skip
        assert conflict in files


def test_what_is_part_of_what() -> None:
    assert REGISTER.parents("555th-regiment-syria") == (
        "4th-armoured-division-syria", "syrian-arab-army", "syria-government", "syria",
    )  # fmt: skip
    assert REGISTER.parents("norway-air-force") == ("norway-armed-forces", "norway-government", "norway")
    assert REGISTER.parents("hamza-division", "2017-01-01") == ()
    assert REGISTER.parents("hamza-division", "2018-06-01") == ("syrian-national-army",)


def test_sides_have_their_years() -> None:
    assert REGISTER.side_of("555th-regiment-syria", "2016-06-09") == "government of Syria"
    assert REGISTER.side_of("russian-aerospace-forces", "2016-06-09", "syria") == "government of Syria"
    assert REGISTER.side_of("russian-aerospace-forces", "2014-06-09", "syria") is None
    assert REGISTER.side_of("norway") is None


def test_every_parent_and_office_leads_to_an_actor() -> None:
    for id_ in (*REGISTER.index.actors, *REGISTER.index.offices):
        assert all(REGISTER.actor(parent) is not None for parent in REGISTER.parents(id_)), id_


def test_acled_types_depend_on_where_one_acts() -> None:
    assert REGISTER.inter("syrian-arab-army", "SY") == 1
    assert REGISTER.inter("turkish-armed-forces", "SY") == 8
    assert REGISTER.inter("islamic-state") == 2
    assert REGISTER.inter("civilians") == 7
    assert REGISTER.inter("nobody-at-all") is None


def test_every_state_has_its_organs_by_one_pattern() -> None:
    army = REGISTER.actor("norway-army")
    assert army is not None and army.name == "Army of Norway" and army.country == "NO"
    assert REGISTER.actor("atlantis-army") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jaysh al-Fatah", "Jeish al Fateh"),
        ("Kata'ib Hezbollah", "Kataeb Hizbullah"),
        ("Ahrar ash-Sham", "Ahrar Al Sham"),
        ("Suqour al-Sham", "Sukur al-Sham"),
        ("National Defense Forces", "National Defence Force"),
        ("الجيش السوري", "الجيش السورى"),
    ],
)
def test_spellings_that_sound_alike(one: str, other: str) -> None:
    assert loose_key(key(words(one))) == loose_key(key(words(other)))


def test_no_one_is_of_record_for_his_own_sake() -> None:
    persons = [h.name for office in REGISTER.index.offices.values() for h in office.holders]
    names = {actor.name for actor in REGISTER.index.actors.values()}
    assert len(persons) > 300
    assert not names & set(persons)


def test_ids_are_slugs_with_a_source() -> None:
    for actor in REGISTER.index.actors.values():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", actor.id)
        assert actor.kind in REGISTER.index.kinds or not actor.source
