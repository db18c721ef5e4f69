"""What the codebooks call an event, by example."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.codebooks import Codes, Seen, code_event, code_events
from sayso.records.reading import Event
from sayso.records.vocabulary import EventType

ARMY, REBELS, MILITIA, FOREIGN, PEOPLE = (
    "state forces", "rebel group", "political militia", "external forces", "civilians",
)  # fmt: skip


def event(event_type: EventType, **fields: Any) -> Event:
    fields = {"id": "e1", "trigger": (0, 5), "status": "happened", "incident": "i1", "score": 0.9, **fields}
    return Event(type=event_type, **fields)


def sub_type(codes: Codes) -> str | None:
    return codes.acled["sub_event_type"] if codes.acled else None


def coded(event_type: EventType, actors: list[str | None], targets: list[str | None], text: str = "") -> Codes:
    return code_event(event(event_type, trigger=(0, len(text))), actors, targets, text=text)


@pytest.mark.parametrize(
    ("event_type", "actors", "targets", "sub_event_type"),
    [
        ("capture", [ARMY], [], "Government regains territory"),
        ("capture", [ARMY, FOREIGN], [REBELS], "Government regains territory"),  # with foreign allies
        ("capture", [REBELS], [ARMY], "Non-state actor overtakes territory"),
        ("capture", [FOREIGN], [], "Non-state actor overtakes territory"),  # as ACLED has it
        ("capture", [None], [ARMY], "Non-state actor overtakes territory"),
        ("capture", [None], [None], "Armed clash"),
        ("clash", [ARMY, REBELS], [], "Armed clash"),
        ("clash", [ARMY], [PEOPLE], "Attack"),
        ("clash", ["rioters"], [ARMY], "Violent demonstration"),
        ("attack", [REBELS], [PEOPLE], "Attack"),
        ("attack", [None], [None], "Attack"),
        ("attack", [REBELS], [ARMY], "Armed clash"),
        ("attack", ["rioters"], [PEOPLE], "Mob violence"),
        ("attack", [ARMY], ["protesters"], "Excessive force against protesters"),
        ("air_strike", [ARMY], [PEOPLE], "Air/drone strike"),
        ("shelling", [REBELS], [], "Shelling/artillery/missile attack"),
        ("bombing", [None], [PEOPLE], "Remote explosive/landmine/IED"),
        ("suicide_bombing", [REBELS], [], "Suicide bomb"),
        ("chemical_attack", [ARMY], [PEOPLE], "Chemical weapon"),
        ("abduct", [REBELS], [PEOPLE], "Abduction/forced disappearance"),
        ("abduct", [REBELS], [ARMY], "Other"),  # prisoners of war
        ("sexual_violence", [MILITIA], [PEOPLE], "Sexual violence"),
        ("withdraw", [REBELS], [], "Non-violent transfer of territory"),
        ("arrest", [ARMY], [PEOPLE], "Arrests"),
        ("agree", [ARMY, REBELS], [], "Agreement"),
        ("destroy", [None], [], "Looting/property destruction"),
        ("disarm", [ARMY], [], "Disrupted weapons use"),
        ("deploy", [ARMY], [], "Headquarters or base established"),
        ("demand", ["government"], [REBELS], None),
        ("control", [REBELS], [], None),
    ],
)
def test_acled(
    event_type: EventType, actors: list[str | None], targets: list[str | None], sub_event_type: str | None
) -> None:
    assert sub_type(coded(event_type, actors, targets)) == sub_event_type


def test_acled_has_both_columns() -> None:
    codes = coded("suicide_bombing", [], [])
    assert codes.acled == {"event_type": "Explosions/Remote violence", "sub_event_type": "Suicide bomb"}


def test_a_grenade_is_a_code_of_its_own() -> None:
    assert sub_type(coded("bombing", [], [], "grenade blast")) == "Grenade"
    thrown = event("attack", trigger=(0, 8), weapon=(14, 27))
    assert sub_type(code_event(thrown, [], [], text="attacked with hand-grenades")) == "Grenade"
    assert sub_type(code_event(thrown, [], [])) == "Attack"  # without the text nothing rests on its words


@pytest.mark.parametrize(
    ("event_type", "words", "type_and_mode"),
    [
        ("air_strike", "bombed", "ASSAULT aerial"),
        ("air_strike", "drone strike", "ASSAULT drone"),
        ("shelling", "shelled", "ASSAULT heavy-weapons"),
        ("attack", "assassinated", "ASSAULT targeted"),
        ("attack", "shot dead", "ASSAULT firearms"),
        ("attack", "stabbed", "ASSAULT primitive"),
        ("attack", "killed", "ASSAULT "),
        ("clash", "rocket attack", "ASSAULT heavy-weapons"),
        ("protest", "hunger strike", "PROTEST hunger"),
        ("protest", "strike", "PROTEST strike"),
        ("protest", "rallied", "PROTEST demo"),
        ("riot", "riots", "PROTEST riot"),
        ("siege", "besieged", "COERCE restrict"),
        ("arrest", "detained", "COERCE arrest"),
        ("withdraw", "pulled out", "RETREAT withdraw"),
        ("deploy", "sent", "MOBILIZE troops"),
        ("talk", "telephoned", "CONSULT phone"),
        ("accuse", "condemned", "ACCUSE disapprove"),
        ("accuse", "blamed", "ACCUSE allege"),
        ("support", "arms", "COOPERATE "),
        ("release", "freed", "CONCEDE "),
    ],
)
def test_plover(event_type: EventType, words: str, type_and_mode: str) -> None:
    plover = coded(event_type, [], [], words).plover
    assert plover is not None and f"{plover['event_type']} {plover['mode']}" == type_and_mode


def test_control_is_no_event_of_plover() -> None:
    codes = coded("control", [REBELS], [])
    assert codes.plover is None and "a state of things, not an event" in codes.why


def test_who_was_moved_by_armed_actors_was_deported_and_who_fled_was_not() -> None:
    moved = code_event(event("displace", targets=((9, 12),)), [ARMY], [PEOPLE])
    fled = code_event(event("displace", actors=((9, 12),)), [PEOPLE], [])
    assert moved.plover == {"event_type": "COERCE", "mode": "deport"}
    assert fled.plover == {"event_type": "COERCE", "mode": ""}


@pytest.mark.parametrize(
    ("event_type", "actors", "targets", "violence"),
    [
        ("clash", [ARMY], [REBELS], 1),
        ("clash", [ARMY, REBELS], [], 1),  # "clashes between A and B"
        ("air_strike", [FOREIGN], [REBELS], 1),
        ("air_strike", ["body"], [ARMY], 1),  # NATO
        ("attack", [REBELS], ["body"], None),  # peacekeepers, or aid workers
        ("clash", [REBELS], [MILITIA], 2),
        ("clash", [REBELS, REBELS], [], 2),
        ("attack", [REBELS], [PEOPLE], 3),
        ("shelling", [ARMY], [PEOPLE, None], 3),
        ("shelling", [ARMY], [PEOPLE, REBELS], 1),  # armed targets go before civilians
        ("clash", [ARMY, ARMY], [], None),  # allies?
        ("capture", [REBELS], [PEOPLE], None),  # taken from an armed side that is not named
        ("attack", [None], [PEOPLE], None),
        ("attack", ["unidentified"], [PEOPLE], None),
        ("attack", ["rioters"], [PEOPLE], None),
        ("air_strike", [ARMY], [], None),
        ("arrest", [ARMY], [PEOPLE], None),
        ("agree", [ARMY], [REBELS], None),
    ],
)
def test_ucdp(event_type: EventType, actors: list[str | None], targets: list[str | None], violence: int | None) -> None:
    assert coded(event_type, actors, targets).ucdp == {"type_of_violence": violence}


def test_the_reason_names_the_sides() -> None:
    assert coded("clash", [ARMY], [REBELS]).why == "UCDP: state forces against rebel group"
    assert coded("capture", [ARMY], []).why == (
        "ACLED: state forces captured it; UCDP: whom it was used against is not known"
    )


def test_nobody_killed_is_no_event_of_ucdp() -> None:
    codes = code_event(event("shelling", killed=(0, 5), killed_n=(0, 0)), [ARMY], [REBELS])
    assert codes.ucdp == {"type_of_violence": None} and "nobody was killed" in codes.why


@pytest.mark.parametrize("status", ["denied", "planned", "conditional", "possible"])
def test_what_did_not_happen_keeps_its_codes_and_says_that_codebooks_leave_it_out(status: str) -> None:
    codes = code_event(event("shelling", status=status), [ARMY], [REBELS])
    assert sub_type(codes) == "Shelling/artillery/missile attack"
    assert "codebooks would not record it" in codes.why
    assert "would not record" not in code_event(event("shelling"), [ARMY], [REBELS]).why


def protest_and(event_type: EventType, actors: tuple[str, ...], **fields: Any) -> str | None:
    """What the protest is coded as beside this event of its incident."""
    other = Seen(event=event(event_type, id="e2", **fields), actor_kinds=actors)
    return sub_type(code_events([Seen(event=event("protest")), other])[0])


def test_a_protest_is_peaceful_unless_somebody_steps_in() -> None:
    assert protest_and("demand", ("protesters",)) == "Peaceful protest"
    assert protest_and("arrest", (ARMY,)) == "Protest with intervention"
    assert protest_and("attack", (ARMY,), killed=(9, 10), killed_n=(3, 3)) == "Excessive force against protesters"
    assert (
        protest_and("casualties", (ARMY,), wounded=(9, 10), wounded_n=(9, None)) == "Excessive force against protesters"
    )
    assert protest_and("attack", (ARMY,), killed=(9, 10), killed_n=(0, 0)) == "Protest with intervention"
    assert protest_and("arrest", (ARMY,), incident="i2") == "Peaceful protest"
    assert protest_and("attack", (ARMY,), status="denied") == "Peaceful protest"


def test_a_riot_is_a_mob_or_a_demonstration() -> None:
    assert sub_type(coded("riot", [None], [])) == "Violent demonstration"
    assert sub_type(coded("riot", ["rioters"], [PEOPLE])) == "Mob violence"
    assert sub_type(coded("riot", [], [], "lynched")) == "Mob violence"
    assert sub_type(code_event(event("riot", actors_are=("an angry mob",)), [None], [])) == "Mob violence"
    march = Seen(event=event("protest", id="e2"))
    assert sub_type(code_event(event("riot"), ["rioters"], [PEOPLE], others=[march])) == "Violent demonstration"


def test_casualties_are_coded_as_what_caused_them() -> None:
    strike = Seen(event=event("air_strike", id="e2", trigger=(40, 45)), actor_kinds=(ARMY,))
    codes = code_event(event("casualties"), [], [PEOPLE], others=[strike])
    assert sub_type(codes) == "Air/drone strike"
    assert codes.plover == {"event_type": "ASSAULT", "mode": "aerial"}
    assert codes.why.startswith("ACLED: as the event that caused them; PLOVER: as the event that caused them")
    assert codes.ucdp == {"type_of_violence": 3}
    alone = code_event(event("casualties"), [], [PEOPLE])
    assert alone.acled is None and alone.why.startswith("ACLED: what caused them is not told")
