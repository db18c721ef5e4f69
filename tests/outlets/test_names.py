"""An outlet's name, as a page gives it and as a sentence says it."""

from __future__ import annotations

import pytest

from sayso.outlets import Outlets


@pytest.fixture(scope="module")
def outlets() -> Outlets:
    return Outlets.packaged()


@pytest.mark.parametrize(
    ("given", "outlet"),
    [
        ("SANA", "sana"),
        ("Syrian Arab News Agency", "sana"),
        ("سانا", "sana"),
        ("ТАСС", "tass"),
        ("Ha’aretz", "haaretz"),
        ("asharqalawsat", "asharq-al-awsat"),
        ("Al Manar", "al-manar"),
        ("almanar", "al-manar"),
        ("The Times", "times-uk"),
        ("New York Times", "new-york-times"),
        ("reuters.com", "reuters"),
        ("www.enabbaladi.net", "enab-baladi"),
        ("Dawn", "dawn"),
        ("The Guardian", "guardian"),
        ("Al Jazeera English", "al-jazeera"),
        ("The Daily Mountain Echo of Nowhere", None),
        ("", None),
    ],
)
def test_the_name_that_a_page_gives_itself(outlets: Outlets, given: str, outlet: str | None) -> None:
    found = outlets.by_name(given)
    assert (found.id if found else None) == outlet


@pytest.mark.parametrize(
    ("phrase", "outlet"),
    [
        ("the state-run SANA news agency", "sana"),
        ("SANA (Syrian Arab News Agency)", "sana"),
        ("Russia's TASS", "tass"),
        ("Turkeys Anadolu Agency", "anadolu"),  # apostrophes are lost in many texts
        ("Reuters news agency", "reuters"),
        ("a Reuters correspondent", "reuters"),
        ("AFP", "afp"),
        ("the Daesh-linked Aamaq news agency", "amaq"),
        ("the Britain-based Syrian Observatory for Human Rights", "sohr"),
        ("the German daily Frankfurter Allgemeine Zeitung", "faz"),
        ("AFP and Reuters", None),  # two
        ("sources close to Reuters", None),  # not Reuters itself
        ("the times", None),
        ("the state", None),  # The State, of Columbia, is not meant
        ("the newspaper The State", "the-state"),
        ("The news agency", None),  # none is named
        ("THE NEWS AGENCY", None),
        ("independent media", None),
        ("Syria TV", None),  # the state's, or one in Istanbul
        ("Fars", None),  # a province of Iran too
        ("the Fars news agency", "fars"),
        ("PA", None),  # the Palestinian Authority
        ("RSF", None),  # Sudan's Rapid Support Forces; Reporters Without Borders only in full
        ("the army", None),
        ("Hezbollah", None),
    ],
)
def test_the_words_that_a_sentence_uses(outlets: Outlets, phrase: str, outlet: str | None) -> None:
    found = outlets.name_in(phrase)
    assert (found.id if found else None) == outlet


@pytest.mark.parametrize(
    ("phrase", "country", "outlet"),
    [
        ("state television", None, None),
        ("state television", "SY", "syrian-tv"),
        ("the official news agency", "SD", "suna"),
        ("Egyptian state TV", "SY", "egyptian-tv"),  # what the words say goes before what is supposed
        ("Syrian state media", None, None),  # several
        ("television", "SY", None),  # anybody's
    ],
)
def test_state_television_is_somebodys_only_where_the_state_is_plain(
    outlets: Outlets, phrase: str, country: str | None, outlet: str | None
) -> None:
    found = outlets.name_in(phrase, country)
    assert (found.id if found else None) == outlet


def test_a_name_that_several_have_needs_the_country(outlets: Outlets) -> None:
    assert outlets.name_in("Al-Ayyam") is None
    found = outlets.named_in("the Yemeni newspaper Al-Ayyam")
    assert found is not None and found.id == "al-ayyam-yemen"
    assert found.why == '"the Yemeni newspaper Al-Ayyam": a name that several outlets have; that of YE is meant'
    assert outlets.name_in("Britain's Al-Ayyam newspaper", country="YE") is None


def test_the_best_known_of_a_name_is_meant_where_nothing_else_is_said(outlets: Outlets) -> None:
    found = outlets.named_in("The Guardian")
    assert found is not None and (found.id, found.kind) == ("guardian", "private")
    assert found.why.endswith("without a country The Guardian is meant")
    nigerian = outlets.name_in("Nigeria's Guardian newspaper") or outlets.name_in("Nigeria's The Guardian")
    assert nigerian is not None and nigerian.id == "guardian-nigeria"


def test_long_and_odd_phrases_are_looked_at_for_a_bounded_time(outlets: Outlets) -> None:
    for phrase in ("news " * 100_000, "a-" * 100_000, "'s" * 100_000, "̶" * 1000, "\x00", "(((((", "🙂 🙂"):
        assert outlets.name_in(phrase) is None and outlets.by_name(phrase) is None
