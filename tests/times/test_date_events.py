"""Events of small reports, beside the dates they get."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from sayso.records.reading import Claim, Event, Reading
from sayso.records.report import Report
from sayso.times import date_events, find_times
from sayso.times.events import EventDate


def event(text: str, trigger: str, time: str | None = None, incident: str = "i1", **fields: Any) -> Event:
    """An event at the trigger's first place in the text."""
    at = text.index(trigger)
    when = (text.index(time), text.index(time) + len(time)) if time else None
    given = {"type": "clash", "status": "happened", **fields}
    return Event(
        id=f"e{at}", trigger=(at, at + len(trigger)), time=when, incident=incident, score=1.0, **given,
    )  # fmt: skip


def dated(text: str, *events: Event, published: str | None = "2016-06-09") -> list[EventDate]:
    reading = Reading(id="r", report=Report(id="r", text=text, published=published), claims=(), events=events)
    return date_events(reading, find_times(text, published))


def test_an_events_own_time_dates_it() -> None:
    text = "The army took Mare on Wednesday."
    (only,) = dated(text, event(text, "took", "on Wednesday"))
    assert (only.date, only.precision, only.bounds) == ("2016-06-08", 1, ("2016-06-08", "2016-06-08"))
    assert only.why.startswith('its own time "on Wednesday"')


@pytest.mark.parametrize(
    ("when", "date"),
    [
        ("in the early hours of Sunday", "2016-06-05"),
        ("at dawn on Tuesday", "2016-06-07"),
        ("around midnight on Monday", "2016-06-06"),
        ("overnight on 5 June", "2016-06-05"),
        ("on Tuesday at 5 am", "2016-06-07"),
        ("from Monday evening to noon on Wednesday", "2016-06-06/2016-06-08"),
    ],
)
def test_the_hour_does_not_change_the_day_that_is_named(when: str, date: str) -> None:
    text = f"The army took Mare {when}."
    (only,) = dated(text, event(text, "took", when))
    assert only.date == date


def test_what_is_told_as_past_is_not_after_the_report() -> None:
    text = "Militants took Mare. Two days later, a bomb killed six. They will vote on 12 June."
    killed, vote = dated(
        text, event(text, "killed", "Two days later"), event(text, "vote", "on 12 June", status="planned")
    )
    assert (killed.date, killed.bounds) == (None, (None, "2016-06-09"))
    assert vote.date == "2016-06-12"


def test_since_reaches_to_the_day_of_the_report() -> None:
    text = "The city has been held since August 2014."
    (only,) = dated(text, event(text, "held", "since August 2014", type="control", status="ongoing"))
    assert (only.date, only.precision) == ("2014-08/2016-06-09", 5)


def test_a_stretch_is_from_its_first_day_to_its_last() -> None:
    text = "Fighting between 3 and 5 June killed ten."
    (only,) = dated(text, event(text, "Fighting", "between 3 and 5 June"))
    assert (only.date, only.precision) == ("2016-06-03/2016-06-05", 2)


def test_another_mention_of_the_incident_lends_its_date() -> None:
    text = "Blast hits market. A bomb exploded on Tuesday."
    title, body = dated(text, event(text, "Blast"), event(text, "exploded", "on Tuesday"))
    assert title.date == body.date == "2016-06-07"
    assert '"on Tuesday" is told in the next sentence' in title.why


def test_what_is_planned_has_no_past_date() -> None:
    text = "They plan to meet in May and to attack."
    meet, attack = dated(
        text, event(text, "meet", "in May", "i1", status="planned"), event(text, "attack", None, "i2", status="planned")
    )
    assert meet.date == "2017-05"
    assert attack.date is None


def test_without_a_date_there_is_none_but_there_are_bounds() -> None:
    text = "They fled on 19 February 2016. On Wednesday the dam was taken."
    (only,) = dated(text, event(text, "taken", "On Wednesday"), published=None)
    assert (only.date, only.bounds) == (None, ("2016-02-19", None))


def test_news_without_a_time_is_dated_only_as_finely_as_such_news_mostly_is_and_says_so() -> None:
    text = "Rebels shelled the airport."
    (only,) = dated(text, event(text, "shelled", type="shelling"))
    assert only.date in ("2016-06-09", "2016-06")
    assert "no day of its own" in only.why


def test_an_hour_tells_no_day_which_is_looked_for_in_what_is_said_around() -> None:
    text = "Prisoners were freed on Tuesday. The exchange took place near Azaz at ten in the morning."
    freed, exchange = dated(
        text, event(text, "freed", "on Tuesday", "i1", type="release"),
        event(text, "exchange", "at ten in the morning", "i2", type="release"),
    )  # fmt: skip
    assert freed.date == exchange.date == "2016-06-07"
    assert (freed.guessed, exchange.guessed) == (False, True)
    text = "Three breaches were counted in 24 hours."
    (breaches,) = dated(text, event(text, "breaches", "in 24 hours", type="reject"))
    assert (breaches.date, breaches.guessed) == ("2016-06-08/2016-06-09", False)


def test_the_log_of_a_day_is_not_dated_by_the_month() -> None:
    line = "Mare, 04:30. {} units left.\n07:10. {} more came.\n"
    text = line.format("Army", "Some") + line.format("Rebel", "Three") + "Then rebels besieged the army in the mill."
    (siege,) = dated(text, event(text, "besieged", type="siege"))
    assert (siege.date, siege.guessed) == ("2016-06-09", True)
    (undated,) = dated(text, event(text, "besieged", type="siege"), published=None)
    assert undated.date is None


def test_a_day_that_stands_at_the_trigger_is_its_own() -> None:
    for words in ("the 8 June strike", "Wednesday's deadly strike", "the strike on Wednesday"):
        text = f"On Thursday the toll of {words} rose again."
        (found,) = dated(text, event(text, "strike", type="air_strike"), published="2016-06-12")
        assert found.date == "2016-06-08", words


def test_a_day_before_the_trigger_is_surer_than_another_of_the_sentence() -> None:
    text = "They buried victims of Wednesday's strike on Friday."
    (found,) = dated(text, event(text, "strike", "on Friday", type="air_strike"), published="2016-06-12")
    assert found.date == "2016-06-08"
    text = "The strike on Wednesday was told of on Friday."
    (found,) = dated(text, event(text, "strike", "on Friday", type="air_strike"), published="2016-06-12")
    assert found.date == "2016-06-10"
    for text in (
        "The army said Wednesday strikes hit Mare on Friday.",
        "Wednesday's report told of strikes on Friday.",
    ):
        (found,) = dated(text, event(text, "strikes", "on Friday", type="air_strike"), published="2016-06-12")
        assert found.date == "2016-06-10", text


def test_a_day_that_stands_further_off_is_not_taken_for_the_triggers_own() -> None:
    text = "On Thursday he said that the strike was a mistake."
    (found,) = dated(text, event(text, "strike", type="air_strike"), published="2016-06-12")
    assert not found.why.startswith("its own time")


def test_what_is_said_on_a_day_to_have_happened_did_so_by_then() -> None:
    text = "Nobody knows when. The army said on Monday it had recovered the camp."
    content = (text.index("it had"), len(text) - 1)
    claim = Claim(
        id="c1",
        source=(19, 27),
        cue=(28, 32),
        content=(content,),
        source_is="army",
        via=(),
        within=None,
        stance="affirms",
        score=1.0,
    )
    report = Report(id="r", text=text, published="2016-06-09")
    took = event(text, "recovered", claim="c1", type="capture")
    (found,) = date_events(
        Reading(id="r", report=report, claims=(claim,), events=(took,)), find_times(text, "2016-06-09")
    )
    assert (found.date, found.bounds) == (None, (None, "2016-06-06"))
    assert found.why.endswith("said on 2016-06-06")
    planned = msgspec.structs.replace(took, status="planned")
    (open_,) = date_events(
        Reading(id="r", report=report, claims=(claim,), events=(planned,)), find_times(text, "2016-06-09")
    )
    assert open_.bounds is None
