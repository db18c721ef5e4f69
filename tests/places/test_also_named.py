"""Names of places that the reader passed over: which are taken for places, and which are not."""

from __future__ import annotations

import pytest

from sayso.places.also_named import also_named
from sayso.places.gazetteer import Gazetteer

READ = "Fighting went on in Omdurman and in Nyala, residents of Omdurman said."


def found(story: str, who: tuple[str, ...] = ()) -> list[str]:
    """What is found in a story after a sentence whose places were read."""
    text = f"{READ}\n\n{story}"
    read = [(at, at + len(name)) for name in ("Omdurman", "Nyala") for at in [READ.index(name)]]
    read.append((READ.rindex("Omdurman"), READ.rindex("Omdurman") + 8))
    return [text[a:b] for a, b in also_named(text, read, who, Gazetteer.packaged())]


@pytest.mark.parametrize(
    ("story", "names"),
    [
        ("Nyala has been calm. Traders left Nyala.", ["Nyala", "Nyala"]),
        ("A doctor in Sennar counted ten.", ["Sennar"]),
        ("In Sennar, nobody was hurt.", ["Sennar"]),
        ("Sennar. The drones came at four.", ["Sennar"]),
        ("El Fasher is being strangled.", ["El Fasher"]),
        ("Control: Nyala and Sennar, army.", ["Nyala", "Sennar"]),
    ],
)
def test_a_place_named_again_or_a_town_of_record_where_a_place_can_stand(story: str, names: list[str]) -> None:
    assert found(story) == names


@pytest.mark.parametrize(
    "story",
    [
        "Sennar said that nothing had happened.",  # a town of record, but it may be somebody
        "A man from Aleppo was there.",  # in another land
        "Nyala’s mosques were full, and Nyala hospital was empty.",
        "They met.   Sennar. Nobody else came.",  # blanks, but no new line
    ],
)
def test_what_may_be_anything_else_is_left(story: str) -> None:
    assert found(story) == []


def test_who_somebody_is_called_is_no_place() -> None:
    assert found("He met Nyala there.", ("Nyala",)) == []


def test_nothing_is_found_in_capitals_or_twice() -> None:
    omdurman, nyala = ((READ.index(name), READ.index(name) + len(name)) for name in ("Omdurman", "Nyala"))
    text = f"{READ} A doctor in Sennar counted ten."
    assert [text[a:b] for a, b in also_named(text, [omdurman, nyala], (), Gazetteer.packaged())] == [
        "Omdurman", "Sennar",
    ]  # fmt: skip
    assert also_named(text.upper(), [omdurman, nyala], (), Gazetteer.packaged()) == []
