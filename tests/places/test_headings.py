"""Which paragraphs open with their place."""

from __future__ import annotations

import pytest

from sayso.places.headings import Headings


def headed(text: str, at: str) -> bool:
    """Whether the first name is the heading of where some words stand; another paragraph is headed too."""
    text += "\n\nSennar. All is calm."
    spans = [(text.index(name), text.index(name) + len(name)) for name in ("Nyala", "Sennar")]
    return Headings(text, spans).over(text.index(at)) == spans[0]


@pytest.mark.parametrize(
    "text",
    [
        "Nyala. The market was hit.",
        "Log\n\nNyala: the market was hit.",
        "- Nyala: the market was hit.",
        "Nyala\nOn Friday the market was hit.",
        "Nyala:\n\nOn Friday the market was hit.",
        "Nyala, 04:30. The market was hit.",
        "Nyala, 8 a.m. to 9:20 a.m.: the market was hit.",
        "Nyala (South Darfur). The market was hit.",
        "Nyala, near Kas. The market was hit.",
        "The log of Friday:\nNyala. The market was hit.",
        "What we heard.\nNyala: the market was hit.",
        "Nyala, South Darfur region. The market was hit.",
        "Nyala, South Darfur, Sudan: the market was hit.",
        "04:30 Nyala. The market was hit.",
        "Log\n- 4:30 pm - Nyala: the market was hit.",
    ],
)
def test_a_name_at_the_head_of_a_paragraph_is_over_it(text: str) -> None:
    assert headed(text, "market")


@pytest.mark.parametrize(
    "text",
    [
        "Nyala was calm. The market was hit.",
        "In Nyala. The market was hit.",
        "Nyala - The market was hit.",
        "Nyala, where it was calm. The market was hit.",
        "Nyala, 4,000 people: the market was hit.",
        "Nyala. All is calm.\n\nThe market was hit.",
        "The market was hit.\n\nNyala. All is calm.",
        "They took all of\nNyala. The market was hit.",  # a line broken in the middle of a sentence
        "Kassala, Darfur\nNyala\nOn Friday the market was hit.",
        "        Planes flew to        Nyala. The market was hit.",
        "Nyala, South Darfur, was calm. The market was hit.",
        "4 planes, Nyala. The market was hit.",
    ],
)
def test_any_other_name_is_not(text: str) -> None:
    assert not headed(text, "market")


def test_one_alone_may_be_a_dateline() -> None:
    text = "NYALA: Planes hit the market.\n\nIt was at noon."
    assert Headings(text, [(0, 5)]).over(text.index("market")) is None


def test_a_list_of_names_heads_nothing() -> None:
    text = "Kutum\nNyala\nSennar\n\nPlanes hit the market.\n"
    assert Headings(text, [(0, 5), (6, 11), (12, 18)]).over(text.index("market")) is None


def test_a_town_under_its_province_is_a_heading() -> None:
    text = "Darfur\n\nNyala\n\nPlanes hit the market.\n"
    assert Headings(text, [(0, 6), (8, 13)]).over(text.index("market")) == (8, 13)
