"""Lists of who holds what, which the network was never taught."""

from __future__ import annotations

import time

import pytest

from sayso.reading.listed import listed
from sayso.reading.reader import read_report
from sayso.records import Report


def told(text: str) -> list[tuple[str, str, list[str], str]]:
    """Type, trigger, actors and place of each line of the lists of a text."""
    return [
        (one.type, text[slice(*one.trigger)], [text[slice(*actor)] for actor in one.actors], text[slice(*one.place)])
        for one in listed(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A quiet day.\n\nControl at midnight: Goma, Masisi-Centre: M23. Nyangezi: contested. Sake base: UN force.",
            [
                ("control", "M23", ["M23"], "Goma"),
                ("control", "M23", ["M23"], "Masisi-Centre"),
                ("control", "contested", [], "Nyangezi"),
                ("control", "UN force", ["UN force"], "Sake base"),
            ],
        ),
        (
            "Control: Safyan and Zakiya, army; Handarat camp, divided.",
            [
                ("control", "army", ["army"], "Safyan"),
                ("control", "army", ["army"], "Zakiya"),
                ("control", "divided", [], "Handarat camp"),
            ],
        ),
        (
            "- Territorial control on Friday: Nyala, Mellit and Kas, RSF; El Fasher, army, besieged by the RSF.",
            [
                ("control", "RSF", ["RSF"], "Nyala"),
                ("control", "RSF", ["RSF"], "Mellit"),
                ("control", "RSF", ["RSF"], "Kas"),
                ("control", "army", ["army"], "El Fasher"),
                ("siege", "besieged by the RSF", ["the RSF"], "El Fasher"),
            ],
        ),
        (
            "Control at noon: Kamanyola: FARDC and Burundian army. Goma: M23.",
            [
                ("control", "FARDC and Burundian army", ["FARDC", "Burundian army"], "Kamanyola"),
                ("control", "M23", ["M23"], "Goma"),
            ],
        ),
    ],
)
def test_each_place_of_a_list_has_its_holder(text: str, expected: list[tuple[str, str, list[str], str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The general is in control: Aleppo is calm. Nobody came.",
        "It is out of control: He said so. Everybody left at noon.",
        "Control at midnight: Goma: M23.",  # one is no list
        "Controls: none.\nGoma: M23. Sake: M23.",
        "The army regained control of two towns: Bama, where 12 people were killed; Gwoza, where troops clashed.",
        "RSF fighters took control: In Mellit, gunmen looted the market; In Nyala, shelling killed five people.",
        "Control: Mellit, on Monday; Nyala, on Tuesday.",
        "Traffic control: Khartoum, army; Omdurman, army.",
        "Control: Goma, 12 cases; Beni, none.",
        "Control on Monday: RSF: Mellit and Nyala; Army: El Fasher.",  # the other way round
        "Control: Lyman, no one; Kupiansk, not Russia.",
    ],
)
def test_what_is_no_list_tells_nothing(text: str) -> None:
    assert told(text) == []


def test_a_list_ends_with_the_last_item_that_fits_and_is_told_once() -> None:
    text = "Control in the east: Goma, M23; Bukavu, M23. Control in the west: Beni, army; Butembo, army. Then 12 died."
    assert [place for *_, place in told(text)] == ["Goma", "Bukavu", "Beni", "Butembo"]
    assert listed(text)[-1].item[1] == text.index(". Then")


def test_what_the_network_found_in_an_item_gives_way_and_what_is_told_behind_the_list_stays() -> None:
    text = "Control at midnight: Nyala, RSF; El Fasher, army. On Monday RSF shelling killed 12 people in El Fasher."
    reading = read_report(Report(id="r", text=text))
    assert [event.type for event in reading.events][:2] == ["control", "control"]
    assert "shelling" in {event.type for event in reading.events}


def test_a_hostile_list_takes_no_time() -> None:
    began = time.perf_counter()
    for text in (
        "Control: " + "A, " * 70_000,
        ". Control: Aa, army; Cc, army" * 8_000,
        ("Control" + " A" * 15 + ":\n") * 6_000,
    ):
        listed(text)
    assert time.perf_counter() - began < 5


def test_what_leads_a_list_in_is_of_its_first_item() -> None:
    text = "Shelling at dawn.\nControl at noon: Mellit, RSF; El Obeid, army. Then 12 died."
    first, second = listed(text)
    assert text[slice(*first.item)] == "Control at noon: Mellit, RSF"
    assert text[slice(*second.item)] == " El Obeid, army"
