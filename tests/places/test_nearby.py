"""Events whose own words name no place."""

from __future__ import annotations

import time

from sayso.places.nearby import Nearby, weights
from sayso.records.choice import Weights
from sayso.records.reading import Event
from sayso.records.resolved import Place
from sayso.records.vocabulary import EventType

TEXT = (
    "Troops shelled Manbij at dawn. The shells killed two. Aid workers fled. A minister spoke of talks. "
    "Nobody answered. In Azaz guns fell silent. Officials in the village of Xyz demanded more."
)
BY_DISTANCE = Weights(least=0.5, weights={"none": 0.0, "named here": 3.0, "named before": 2.0, "named 2 before": 1.0,
                                          "named after": 1.0, "named far before": -5.0, "named 3-5 before": -2.0,
                                          "named later": -5.0})  # fmt: skip


def place(name: str) -> Place:
    return Place(id=f"test:{name}", name=name, country="SY", admin1=None, lat=36, lon=37, level="town", precision=1,
                 candidates=1, why=f"{name}.")  # fmt: skip


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def event(type: EventType, trigger: str, where: str | None = None) -> Event:
    return Event(id="e1", type=type, trigger=at(trigger), place=at(where) if where else None, status="happened",
                 incident="i1", score=1.0)  # fmt: skip


SHELLED = event("shelling", "shelled", "Manbij")
PLACES = {at("Manbij"): place("Manbij"), at("Azaz"): place("Azaz"), at("the village of Xyz"): None}


def nearby(*events: Event) -> Nearby:
    return Nearby(TEXT, [SHELLED, *events], PLACES)


def test_the_closest_place_is_taken_with_the_words_that_name_it() -> None:
    found = nearby().place(event("casualties", "killed"), BY_DISTANCE)
    assert found is not None
    assert found.name == "Manbij"
    assert found.why == 'Its own words name no place; "Manbij" is named in the sentence before. Manbij.'
    found = nearby().place(event("clash", "guns"), BY_DISTANCE)
    assert found is not None
    assert found.name == "Azaz"
    assert "named in its sentence" in found.why


def test_an_unlikely_place_is_not_given() -> None:
    assert nearby().place(event("talk", "talks"), BY_DISTANCE) is None
    stricter = Weights(least=0.99, weights=BY_DISTANCE.weights)
    assert nearby().place(event("casualties", "killed"), stricter) is None


def test_a_report_that_names_no_place_gives_none() -> None:
    killed = event("casualties", "killed")
    assert Nearby(TEXT, [killed], {}).place(killed) is None


def test_what_else_happens_at_a_place_speaks_for_it() -> None:
    setting = nearby().setting(event("shelling", "shells"))
    signs = dict(zip((named.place.name for named in setting.named), setting.signs, strict=True))
    assert {"type before", "word before", "incident before", "last=True", "first=True"} <= set(signs["Manbij"])
    assert {"word like, pointed at=True", "share=5"} <= set(signs["Manbij"])
    assert "named later, not by an event" in signs["Azaz"]
    assert not any(sign.startswith(("type ", "word ")) for sign in signs["Azaz"])


def test_the_packaged_weights_place_deaths_and_no_demands() -> None:
    assert nearby().place(event("casualties", "killed")) is not None
    assert nearby().place(event("demand", "answered")) is None
    assert weights().least < 1


def test_many_events_at_few_places_take_no_longer_than_there_are() -> None:
    text = "They fought in Azaz. " * 2_000
    spans = [(at, at + 4) for at in range(15, len(text), 21)]
    fights = [
        Event(id="e", type="clash", trigger=(s[0] - 10, s[0] - 4), place=s, status="happened", incident="i1", score=1.0)
        for s in spans
    ]
    near = Nearby(text, fights, dict.fromkeys(spans, place("Azaz")))
    begun = time.process_time()
    asked = [near.setting(Event(id="e", type="attack", trigger=(s[0] - 5, s[0] - 3), status="happened", incident="i2",
                                score=1.0)) for s in spans]  # fmt: skip
    assert all(len(one.named[0].mentions) <= 120 for one in asked)
    assert time.process_time() - begun < 8


def test_what_is_told_beside_a_village_that_nobody_knows_is_not_given_to_the_next_town() -> None:
    text = "Troops shelled Manbij at dawn. All of it was seen in Qwzixville. The shells killed two."
    manbij, village = ((text.index(name), text.index(name) + len(name)) for name in ("Manbij", "Qwzixville"))
    killed = Event(id="e1", type="casualties", trigger=(text.index("killed"), text.index("killed") + 6),
                   status="happened", incident="i1", score=1.0)  # fmt: skip
    found = Nearby(text, [killed], {manbij: place("Manbij")}).place(killed, BY_DISTANCE)
    assert found is not None
    assert found.name == "Manbij"
    assert Nearby(text, [killed], {manbij: place("Manbij"), village: None}).place(killed, BY_DISTANCE) is None


def test_a_paragraph_headed_by_a_village_that_nobody_knows_has_no_place() -> None:
    text = "Manbij. All is calm.\n\nQwzixville. The shells killed two."
    manbij, village = ((text.index(name), text.index(name) + len(name)) for name in ("Manbij", "Qwzixville"))
    killed = Event(id="e1", type="casualties", trigger=(text.index("killed"), text.index("killed") + 6),
                   status="happened", incident="i1", score=1.0)  # fmt: skip
    always = Weights(least=0.0, weights={"none": -9.0})
    assert Nearby(text, [killed], {manbij: place("Manbij"), village: None}).place(killed, always) is None
