"""Who is meant by names in a report: a name, what the report is about, and the actor of record."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.actors import Register, resolve_actors
from sayso.records.resolved import Named

REGISTER = Register.packaged()
WORDS = [
    "the",
    "former",
    "Syrian",
    "army's",
    "4th",
    "Division",
    "of",
    "in",
    "and",
    "Daesh",
    "US-backed",
    "pro-",
    "Assad",
    ",",
]


def who(name: str, *countries: str, at: str | None = "2016-06-09", text: str = "") -> Named | None:
    return resolve_actors([name], register=REGISTER, text=text, countries=countries, published=at)[0]


def id_of(name: str, *countries: str, at: str | None = "2016-06-09", text: str = "") -> str | None:
    found = who(name, *countries, at=at, text=text)
    return None if found is None else found.id


@pytest.mark.parametrize("name", ["Daesh", "ISIS", "Isis", "ISIL", "Islamic State", "the Islamic State group", "داعش",
                                  "Islamic State (ISIL)", "three Daesh fighters", "ISILs positions"])  # fmt: skip
def test_one_group_under_all_its_names(name: str) -> None:
    assert id_of(name, "SY") == "islamic-state"


def test_a_rebel_is_one_of_the_rebels_and_a_coalition_s_spokesman_speaks_for_the_one_that_is_there() -> None:
    assert id_of("rebel", "SY") == id_of("rebels", "SY") == "syrian-insurgents"
    assert id_of("coalition spokesman in Baghdad", "SY") == "coalition-against-islamic-state"
    assert id_of("coalition spokesman", "YE") == "saudi-led-coalition"


def test_a_common_word_is_no_acronym() -> None:
    assert id_of("is", "SY") is None


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Turkish forces", "turkish-armed-forces"),
        ("Russian warplanes", "russian-aerospace-forces"),
        ("the Syrian foreign ministry", "syria-foreign-ministry"),
        ("Ministry of Defence of Russia", "russia-defence-ministry"),
        ("Russia's defense ministry", "russia-defence-ministry"),
        ("two Norwegian policemen", "norway-police"),
        ("Norwegian soldiers", "norway-armed-forces"),
        ("a spokesman for the Iraqi army", "iraqi-army"),
        ("Syrian army checkpoint", "syrian-arab-army"),
        ("Pentagon spokesman Jeff Davis", "united-states-defence-department"),
        ("the Defence Ministry in Moscow", "russia-defence-ministry"),
        ("Foreign Ministry sources in Ankara", "turkey-foreign-ministry"),
        ("the foreign minister in Idlib", "foreign-minister-of-syria"),
        ("Moscow’s troops", "russian-armed-forces"),
    ],
)
def test_what_a_state_has(name: str, id_: str) -> None:
    assert id_of(name, "SY") == id_


@pytest.mark.parametrize(
    "name", ["bakers in Moscow", "foreign ministers in Vienna", "a bank near Paris", "the embassy in Moscow"]
)
def test_who_is_in_a_capital_is_not_its_government(name: str) -> None:
    assert id_of(name, "SY") is None


@pytest.mark.parametrize(
    "name",
    [
        "fighters of the pro-government Wazalendo militias",
        "armed pro-government Wazalendo fighters",
        "young men who call themselves Wazalendo",
        "youths who called themselves Wazalendo",
    ],
)
def test_who_is_called_by_a_name_among_other_words(name: str) -> None:
    assert id_of(name, "CD") == "wazalendo"
    assert id_of("the pro-Turkish Syrian rebels", "CD") != "syrian-insurgents"


@pytest.mark.parametrize(("name", "id_"), [("Damascus", "syria-government"), ("Ankara", "turkey-government"),
                                           ("Kremlin", "kremlin"), ("Turkey", "turkey")])  # fmt: skip
def test_a_capital_stands_for_its_government(name: str, id_: str) -> None:
    assert id_of(name, "SY") == id_


@pytest.mark.parametrize(
    ("name", "country", "id_"),
    [
        ("the army", "SY", "syrian-arab-army"),
        ("the army", "IQ", "iraqi-army"),
        ("regime forces", "SY", "syrian-arab-army"),
        ("rebels", "SY", "syrian-insurgents"),
        ("Kurdish fighters", "SY", "peoples-protection-units"),
        ("Kurdish fighters", "IQ", "peshmerga"),
        ("the foreign ministry", "NO", "norway-foreign-ministry"),
    ],
)
def test_what_only_the_report_tells(name: str, country: str, id_: str) -> None:
    assert id_of(name, country) == id_
    assert id_of(name) != id_, "without the report's country nobody can know"


@pytest.mark.parametrize(
    ("name", "country", "at", "id_"),
    [
        ("insurgents", "NG", "2012-05-01", "boko-haram"),
        ("insurgents", "NG", "2024-05-01", "unidentified-armed-group-nigeria"),
        ("jihadists", "ML", "2024-05-01", "unidentified-armed-group-mali"),
        ("militants", "PK", "2024-05-01", "unidentified-armed-group-pakistan"),
        ("the rebels", "MM", "2024-05-01", "unidentified-armed-group-myanmar"),
        ("militants", "PS", "2024-05-01", "palestinian-militants"),
    ],
)
def test_a_common_word_is_no_group_where_there_are_several(name: str, country: str, at: str, id_: str) -> None:
    assert id_of(name, country, at=at) == id_


@pytest.mark.parametrize(
    ("name", "alone", "with_israel"),
    [
        ("the army", None, "israel-defense-forces"),
        ("army spokesman", None, "israel-defense-forces"),
        ("soldiers", "unidentified-military-forces", "unidentified-military-forces-israel"),
        ("the police", "palestine-police", "palestine-police"),
    ],
)
def test_the_army_is_not_that_of_a_land_that_has_none(name: str, alone: str | None, with_israel: str) -> None:
    assert (id_of(name, "PS"), id_of(name, "PS", "IL")) == (alone, with_israel)


@pytest.mark.parametrize(
    "name",
    ["Iran-backed Lebanese group", "former Syrian army officers", "Joe Robinson", "Syrian-Russian forces",
     "Jund al-Nowhere fighters", "the group", ""],
)  # fmt: skip
def test_none_is_an_answer(name: str) -> None:
    assert who(name, "SY") is None


def test_whose_help_someone_has_is_not_who_he_is() -> None:
    assert id_of("Iran-backed Hezbollah fighters", "SY") == "hezbollah"
    assert id_of("US-backed forces", "SY") == "syrian-democratic-forces"
    assert id_of("anti-government protesters", "SY") == "protesters"
    assert id_of("families of Islamic State fighters", "SY") == "civilians"


def test_units_and_what_they_are_part_of() -> None:
    regiment = who("the 555th Regiment of the 4th Mechanized Division", "SY")
    assert regiment is not None
    assert "syrian-arab-army" in REGISTER.parents(regiment.id)
    unknown = who("the 77th Brigade of the Iraqi army", "SY")
    assert unknown is not None and unknown.id == "iraqi-army" and "unit of it" in unknown.why
    assert id_of("the 999th Mechanized Brigade", "UA", "RU", at="2022-05-01") is None, "either army could have one"
    assert id_of("Ukraine's 999th Mechanized Brigade", "UA", "RU", at="2022-05-01") == "ukrainian-ground-forces"


@pytest.mark.parametrize(
    ("name", "at", "id_"),
    [
        ("President Bashar al-Assad", "2016-06-09", "president-of-syria"),
        ("Bashar al-Assad", "2025-03-01", None),
        ("John Kerry, US Secretary of State", "2016-06-09", "foreign-minister-of-united-states"),
        ("John Kerry", "2018-06-09", None),
        ("Theresa May", "2015-06-09", "interior-minister-of-united-kingdom"),
        ("Theresa May", "2017-06-09", "prime-minister-of-united-kingdom"),
        ("Norwegian Foreign Minister Kari Nordmann", "2016-06-09", "foreign-minister-of-norway"),
    ],
)
def test_an_office_is_of_record_and_who_holds_it_is_not(name: str, at: str, id_: str | None) -> None:
    found = who(name, "SY", at=at)
    assert (found and found.id) == id_
    assert found is None or found.kind == "office"


def test_a_surname_needs_its_country_in_the_report() -> None:
    assert id_of("Kerry", "SY", text="Kerry County Council met.") is None
    assert id_of("Kerry", "SY", text="Kerry, the American envoy, flew in.") == "foreign-minister-of-united-states"


def test_plain_people_are_kinds_of_people() -> None:
    assert id_of("residents", "SY") == id_of("two women and children", "SY") == "civilians"
    gunmen = who("masked gunmen", "SY")
    assert gunmen is not None and gunmen.id == "unidentified-armed-group-syria" and gunmen.kind == "unidentified"
    assert id_of("two soldiers", "UA", "RU") == "unidentified-military-forces-ukraine"


def test_names_change_with_the_years() -> None:
    assert id_of("Jabhat al-Nusra", "SY", at="2014-01-01") == id_of("Fateh al-Sham Front", "SY", at="2016-09-01")
    assert id_of("Tahrir al-Sham", "SY", at="2018-01-01") == "hayat-tahrir-al-sham"
    assert id_of("the Syrian army", "SY", at="2016-01-01") == "syrian-arab-army"
    assert id_of("the Syrian army", "SY", at="2025-06-01") == "syrian-army-since-2024"


def test_every_answer_says_why() -> None:
    names = ["Daesh", "Damascus", "the army", "Russian jets", "residents", "Lavrov", "4th Division", "US officials"]
    found = resolve_actors(names, register=REGISTER, text="", countries=["SY"], published="2016-06-09")
    assert all(named is not None and named.why for named in found)
    assert found[1] is not None and found[1].why == "'Damascus' stands for the government that sits there"


@pytest.mark.parametrize("noise", ["of ", "(", "1st ", "a-", "and ", "\x00'", "Syrian ", "former ", "backed "])
def test_no_name_is_too_long_or_too_strange(noise: str) -> None:
    assert id_of(noise * 5000 + "Zzyzx", "SY") is None


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join))
def test_whatever_is_asked_the_answer_is_of_record(name: str) -> None:
    found = who(name, "SY", "IQ")
    assert found is None or (REGISTER.actor(found.id) is not None and found.why)
