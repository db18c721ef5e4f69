"""Events whose own words tell no date."""

from __future__ import annotations

import time
from typing import Any

from sayso.records.choice import Weights
from sayso.records.reading import Event
from sayso.times import find_times
from sayso.times.context import Context, weights

TEXT = (
    "Army shells Manbij\n\nMANBIJ, 9 June 2016. Troops shelled Manbij on Tuesday. The shells killed two. A minister "
    "spoke of talks. Nobody answered. Last May guns fell silent in Azaz."
)
BY_DISTANCE = Weights(least=0.5, weights={"told here": 3.0, "told before": 2.0, "told nowhere": -5.0,
                                          "told 2 before": -2.0, "told 3-5 before": -2.0, "told later": -5.0,
                                          "told after": -2.0, "told far before": -5.0})  # fmt: skip


def event(trigger: str, **fields: Any) -> Event:
    at = TEXT.index(trigger)
    given = {"id": f"e{at}", "type": "shelling", "status": "happened", "incident": "i1", "score": 1.0, **fields}
    return Event(trigger=(at, at + len(trigger)), **given)


def context(published: str | None = "2016-06-09") -> Context:
    on = TEXT.index("on Tuesday")
    return Context(TEXT, find_times(TEXT, published), [(event("shelled"), (on, on + 10), "2016-06-07")])


def signs(asked: Event, published: str | None = "2016-06-09") -> dict[str, set[str]]:
    """The signs of each date at hand; under "none" those of none."""
    setting = context(published).setting(asked)
    dates = (one.date for one in setting.at_hand)
    return {"none": set(setting.none), **{date: set(each) for date, each in zip(dates, setting.signs, strict=True)}}


def test_the_closest_date_is_taken_with_the_words_that_tell_it() -> None:
    found = context().choose(event("killed"), BY_DISTANCE)
    assert found is not None
    assert (found.date, found.words) == ("2016-06-07", '"on Tuesday" is told in the sentence before')
    found = context().choose(event("guns"), BY_DISTANCE)
    assert found is not None
    assert (found.date, found.words) == ("2016-05", '"Last May" is told in its sentence')


def test_an_unlikely_date_is_not_given() -> None:
    assert context().choose(event("talks"), BY_DISTANCE) is None
    stricter = Weights(least=0.99, weights=BY_DISTANCE.weights)
    assert context().choose(event("killed"), stricter) is None


def test_at_hand_are_what_is_told_and_the_days_and_the_month_of_the_report() -> None:
    assert signs(event("killed")).keys() == {"none", "2016-06-09", "2016-06-08", "2016-06", "2016-06-07", "2016-05"}
    undated = Context(TEXT[19:19], find_times("", None), [])
    assert undated.setting(event("killed")).at_hand == ()


def test_the_reports_own_date_above_it_is_not_told_of_anything() -> None:
    assert "told nowhere" in signs(event("killed"))["2016-06-09"]


def test_what_else_a_date_is_told_of_speaks_for_it() -> None:
    told = signs(event("shells killed", type="casualties"))["2016-06-07"]
    assert {"incident before", "last=True", "times=1", "told before, force like force"} <= told
    assert not any(sign.startswith("type ") for sign in told)
    assert {"type later", "word later"} <= signs(event("shells"))["2016-06-07"]  # the title's
    assert not any(sign.startswith(("incident", "type", "word")) for sign in signs(event("guns"))["2016-05"])


def test_dates_stand_to_the_reports_day() -> None:
    found = signs(event("killed"))
    for date, stands in {
        "2016-06-09": "today", "2016-06-08": "the day before", "2016-06-07": "a day of the last week",
        "2016-06": "this month", "2016-05": "a month",
    }.items():  # fmt: skip
        assert f"is {stands}" in found[date]
    assert "is this month" in signs(event("killed"), "2016-06-30")["2016-06"]
    assert "is a month" in signs(event("killed"), "2016-07-01")["2016-05"]


def test_without_a_day_of_the_report_only_what_is_told_is_at_hand() -> None:
    text = "Troops shelled Azaz on 7 June 2016. Two were killed."
    on = (text.index("on 7"), text.index(". Two"))
    asked = Event(id="e2", type="casualties", trigger=(40, 46), status="happened", incident="i2", score=1.0)
    setting = Context(text, find_times(text, None), [(event("shelled"), on, "2016-06-07")]).setting(asked)
    assert [one.date for one in setting.at_hand] == ["2016-06-07"]
    assert "is a day" in setting.signs[0]


def test_words_that_are_an_events_own_time_are_told_of_it_alone() -> None:
    text = "From 3 May 2016 until 5 May 2016 they fought; on 4 May 2016 two died."
    whole, inner = (0, 32), (5, 15)
    both = [(event("shelled"), whole, "2016-05-03/2016-05-05"), (event("shells"), inner, "2016-05-03")]
    asked = Event(id="e3", type="clash", trigger=(38, 44), status="happened", incident="i3", score=1.0)
    setting = Context(text, find_times(text, "2016-06-09"), both).setting(asked)
    told = {one.date: [each.event is None for each in one.told] for one in setting.at_hand if one.told}
    assert told == {"2016-05-03/2016-05-05": [False], "2016-05-03": [False], "2016-05-04": [True]}


def test_the_packaged_weights_date_deaths_told_after_their_attack() -> None:
    found = context().choose(event("killed", type="casualties", killed=(0, 1)))
    assert found is not None
    assert found.date == "2016-06-07"
    assert 0 < weights().least < found.chance < 1


def test_many_dates_take_no_longer_than_there_are() -> None:
    text = "They fought on 3 May 2016. " * 2_000
    spans = [(at, at + 13) for at in range(12, len(text), 27)]
    fights = [
        Event(id="e", type="clash", trigger=(s[0] - 7, s[0] - 1), time=s, status="happened", incident="i1", score=1.0)
        for s in spans
    ]
    begun = time.process_time()
    asked = Context(
        text,
        find_times(text, "2016-06-09"),
        [(fight, s, f"{1000 + n % 1000}-05-03") for n, (fight, s) in enumerate(zip(fights, spans, strict=True))],
    )
    settings = [asked.setting(fight) for fight in fights]
    assert all(len(one.at_hand) == 12 for one in settings)
    assert all(sum(len(date.told) for date in one.at_hand) <= 80 for one in settings)
    assert time.process_time() - begun < 8
