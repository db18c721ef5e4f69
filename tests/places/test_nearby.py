"""Events whose own words name no place."""

from __future__ import annotations

from sayso.places.nearby import Nearby
from sayso.records.resolved import Place

TEXT = (
    "Troops reached Manbij at dawn. Shells killed two. Jets struck as well. In Azaz guns fell silent and clashes ended."
)


def place(name: str) -> Place:
    return Place(id=f"test:{name}", name=name, country="SY", admin1=None, lat=36, lon=37, level="town", precision=1,
                 candidates=1, why=f"{name}.")  # fmt: skip


def nearby() -> Nearby:
    return Nearby(TEXT, [(at(name), place(name)) for name in ("Manbij", "Azaz")])


def at(word: str) -> tuple[int, int]:
    return TEXT.index(word), TEXT.index(word) + len(word)


def test_the_sentence_or_the_one_before_it_gives_the_place() -> None:
    found = nearby().place("clash", at("clashes"))
    assert found is not None
    assert found.name == "Azaz"
    found = nearby().place("shelling", at("Shells"))
    assert found is not None
    assert found.name == "Manbij"
    assert found.why == 'Its own words name no place; the sentence before does: "Manbij". Manbij.'


def test_two_sentences_on_nothing_is_plain() -> None:
    assert nearby().place("air_strike", at("struck")) is None


def test_words_need_no_place() -> None:
    assert nearby().place("demand", at("clashes")) is None
