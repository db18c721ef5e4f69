"""What the rooms find, put together: a marked report with everything in it resolved."""

from __future__ import annotations

from sayso.engine.resolve import resolved
from sayso.reading.denials import taken_up
from sayso.reading.drafts import ClaimDraft, EventDraft
from sayso.reading.reader import told
from sayso.records import Report
from sayso.records.reading import Reading
from sayso.records.span import Span


def read(
    text: str, source: str, content: str, triggers: dict[str, tuple[str, str | None, str | None]], *names: str
) -> Reading:
    """A report with one claim; `triggers`: words of events -> their type, actor and place, each by its words;
    `names`: of places."""

    def at(words: str) -> Span:
        start = text.rindex(words)
        return start, start + len(words)

    report = Report(id="r", text=text, published="2023-12-09")
    claim = ClaimDraft([at(content)], at(source), None, [], "affirms", 1.0)
    events = [
        EventDraft(
            kind, at(trigger), "happened", 1.0,
            {"actor": [at(actor)] if actor else [], "target": [], "place": [at(place)] if place else []},
        )
        for trigger, (kind, actor, place) in triggers.items()
    ]  # fmt: skip
    return resolved(told(report, [claim], events, [at(name) for name in names]))


def test_the_group_that_speaks_and_acts_is_the_one_named_before() -> None:
    text = "Al-Shabaab fighters overran a base. The group said that it took the guns."
    reading = read(text, "The group", "it took the guns", {"took": ("destroy", "it", None)})
    assert (reading.claims[0].source_is, reading.claims[0].source_id) == ("al-Shabaab", "al-shabaab-somalia")
    assert (reading.events[0].actors_are, reading.events[0].actor_ids) == (("al-Shabaab",), ("al-shabaab-somalia",))
    assert [actor.why for actor in reading.actors] == ['"The group" takes up "Al-Shabaab"']


def test_a_denial_of_this_is_of_the_incident_that_it_takes_up() -> None:
    text = "The militants took Mare, residents said. The government rejected the report."

    def at(words: str) -> Span:
        return text.index(words), text.index(words) + len(words)

    claims = [
        ClaimDraft([at("The militants took Mare")], at("residents"), at("said"), [], "affirms", 1.0),
        ClaimDraft([at("the report")], at("The government"), at("rejected"), [], "denies", 1.0),
    ]
    act = EventDraft("capture", at("took"), "happened", 1.0, {"actor": [], "target": [], "place": [at("Mare")]}, 0)
    events = taken_up(text, claims, [act])
    events[1].claim = 1
    taken, denied = told(Report(id="r", text=text), claims, events).events
    assert (denied.type, denied.status, denied.incident) == ("capture", "denied", taken.incident)


def test_what_stands_under_another_heading_is_not_the_place() -> None:
    text = "Nyala. The market was hit.\n\nEl Obeid. Shells fell at night."
    reading = read(text, "The market", "was hit", {"Shells": ("shelling", None, "Nyala")}, "Nyala", "El Obeid")
    (event,) = reading.events
    assert event.place is None
    assert event.place_is is not None
    assert event.place_is.name == "El Obeid"
