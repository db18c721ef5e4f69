"""Lists of who holds what, which the network was never taught."""

from __future__ import annotations

import time

import pytest

from sayso.reading.decode import EventDraft
from sayso.reading.listed import with_lists


def told(text: str) -> list[tuple[str, str, list[str], str]]:
    """Type, trigger, actors and place of each event of a text that tells nothing else."""
    return [
        (
            e.type,
            text[slice(*e.trigger)],
            [text[slice(*a)] for a in e.spans["actor"]],
            text[slice(*e.spans["place"][0])],
        )
        for e in with_lists(text, [])
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
    ],
)
def test_what_is_no_list_tells_nothing(text: str) -> None:
    assert told(text) == []


def test_what_else_was_found_in_a_list_gives_way_to_it_and_nothing_outside_does() -> None:
    text = "Shells fell.\nControl: Goma: M23. Sake: army.\nShells fell."
    spans = {"actor": [], "target": [], "place": []}
    at = [text.index("Shells"), text.index("M23"), text.rindex("Shells")]
    found = [EventDraft("shelling", (start, start + 3), "happened", 0.5, dict(spans)) for start in at]
    assert [e.type for e in with_lists(text, found)] == ["shelling", "control", "control", "shelling"]


def test_a_hostile_list_takes_no_time() -> None:
    began = time.perf_counter()
    for text in (
        "Control: " + "A, " * 70_000,
        "Control: " + "A: b. " * 30_000,
        ("Control" + " A" * 15 + ":\n") * 6_000,
    ):
        with_lists(text, [])
    assert time.perf_counter() - began < 5
