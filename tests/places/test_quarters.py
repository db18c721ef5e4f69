"""Quarters of towns: of the town that the report speaks of, by the packaged gazetteer."""

from __future__ import annotations

import pytest

from sayso.places.cuts import whole
from sayso.places.gazetteer import Gazetteer
from sayso.places.resolve import resolve_places


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.packaged()


def place_of(gazetteer: Gazetteer, text: str, words: str, *others: str) -> str | None:
    """The id of the place meant by `words`, where `others` are named too."""
    spans = [(text.index(w), text.index(w) + len(w)) for w in (words, *others)]
    found = {text[slice(*t.span)]: t.place for t in resolve_places(text, spans, gazetteer=gazetteer)}
    place = found[words]
    return place.id if place else None


@pytest.mark.parametrize(
    ("text", "quarter", "town", "expected"),
    [
        ("Rockets fell on Midan and the citadel of Aleppo, in Syria.", "Midan", "Aleppo", "sayso:al-midan-aleppo"),
        ("Shells hit Midan, not far from Damascus, in Syria.", "Midan", "Damascus", "sayso:al-midan-damascus"),
        ("In Aleppo, Syria, jets bombed al-Mashhad.", "al-Mashhad", "Aleppo", "sayso:al-mashhad-aleppo"),
        ("In Mosul, Iraq, troops entered Zanjili.", "Zanjili", "Mosul", "sayso:zanjili"),
        ("Homs, Syria: a car bomb went off in al-Zahraa.", "al-Zahraa", "Homs", "sayso:al-zahraa-homs"),
    ],
)
def test_a_quarter_is_that_of_the_town_spoken_of(
    gazetteer: Gazetteer, text: str, quarter: str, town: str, expected: str
) -> None:
    country = "Iraq" if "Iraq" in text else "Syria"
    assert place_of(gazetteer, text, quarter, town, country) == expected


@pytest.mark.parametrize(
    ("text", "cut", "meant"),
    [
        ("shells on al-Midan", "al", "al-Midan"),
        ("shells on al-Midan", "Midan", "al-Midan"),
        ("shells on al-Midan", "-Midan", "al-Midan"),
        ("in Deir Ezzor city", "Deir", "Deir Ezzor"),
        ("near Abu al-Duhur", "Abu", "Abu al-Duhur"),
        ("Assad-held Aleppo", "Assad", "Assad"),
        ("the Manbij-Aleppo road", "Manbij", "Manbij"),
    ],
)
def test_a_name_cut_at_its_article_is_read_whole(text: str, cut: str, meant: str) -> None:
    start, end = whole(text, (text.index(cut), text.index(cut) + len(cut)))
    assert text[start:end] == meant


def test_an_answer_keeps_the_span_that_was_asked_for(gazetteer: Gazetteer) -> None:
    (found,) = resolve_places("Shells hit al-Bab in Syria.", [(11, 13)], gazetteer=gazetteer)
    assert found.span == (11, 13)
    assert found.place is not None and found.place.name == "Al Bāb"


def test_a_small_town_far_from_all_else_is_not_meant(gazetteer: Gazetteer) -> None:
    text = "In Aleppo, Manbij, Raqqa, Homs and Hama people were killed; a green belt called Green lies near."
    assert place_of(gazetteer, text, "Green", "Aleppo", "Manbij", "Raqqa", "Homs", "Hama") is None


def test_a_quarter_is_no_town_of_that_name_far_off(gazetteer: Gazetteer) -> None:
    text = "In El Obeid, Sudan, rockets fell on the Karima quarter. Others fell near the town of Karima."
    spans = [(text.index(w), text.index(w) + len(w)) for w in ("El Obeid", "Sudan", "the Karima quarter")]
    spans.append((text.rindex("Karima"), len(text) - 1))
    _, _, quarter, town = resolve_places(text, spans, gazetteer=gazetteer)
    assert quarter.place is not None and town.place is not None
    assert (quarter.place.name, quarter.place.precision, town.place.name) == ("El Obeid", 2, "Kuraymah")
    assert "placed by El Obeid" in quarter.why
