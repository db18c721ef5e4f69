"""Words that name a time, beside the TIMEX3 value they get."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.times import find_times
from sayso.times.lexicon import lexicon
from sayso.times.patterns import FollowText, RuleText, rules

THURSDAY = "2016-06-09"


def values(text: str, published: str | None = THURSDAY, dateline: str | None = None) -> list[str | None]:
    return [t.value for t in find_times(text, published, dateline).expressions]


@pytest.mark.parametrize("rule", rules().texts, ids=lambda rule: rule.name)
def test_every_rule_finds_its_example(rule: RuleText | FollowText) -> None:
    assert rule.value in values(rule.example)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("8 June 2016", "2016-06-08"),
        ("June 8th, 2016", "2016-06-08"),
        ("the 8th of June 2016", "2016-06-08"),
        ("2016-06-08", "2016-06-08"),
        ("8.6.2016", "2016-06-08"),
        ("Sunday 12 Jun 2016", "2016-06-12"),
        ("2 FEB 89", "1989-02-02"),
        ("14 Ramadan 1437", "2016-06-19"),
        ("Eid al-Fitr 2016", "2016-07-06"),
        ("8 Haziran 2016", "2016-06-08"),
        ("480 BC", "BC0480"),
        ("the 1990s", "199"),
    ],
)
def test_dates_of_all_orders_and_calendars(written: str, meant: str) -> None:
    assert values(f"They met on {written} in Amman.") == [meant]


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("The army took Mare on Wednesday.", ["2016-06-08"]),
        ("The army will meet them on Friday.", ["2016-06-10"]),
        ("They fled late on Monday.", ["2016-06-06"]),
        ("Jets struck overnight.", ["2016-06-08TNI"]),
        ("It fell in December.", ["2015-12"]),
        ("Talks will resume in December.", ["2016-12"]),
        ("It fell in August last year.", ["2015-08"]),
        ("Shelling began last week.", ["2016-W22"]),
        ("It began at 5.30 am on Friday.", ["2016-06-03T05:30", "2016-06-03"]),
        ("The town fell on 3 June. Two days later it was retaken.", ["2016-06-03", "2016-06-05"]),
        ("Fighting from 3 to 8 June killed ten.", ["2016-06-03", "2016-06-08"]),
        ("Fighting of June 3-8 killed ten.", ["2016-06-03", "2016-06-08"]),
    ],
)
def test_relative_words_are_reckoned_from_the_report_or_the_story(sentence: str, meant: list[str]) -> None:
    assert values(sentence) == meant


def test_the_past_24_hours_have_days_and_a_length() -> None:
    (only,) = find_times("In the past 24 hours three died.", THURSDAY).expressions
    assert (only.type, only.value, only.start, only.end, only.precision) == (
        "DURATION", "PT24H", "2016-06-08", "2016-06-09", 2,
    )  # fmt: skip


def test_early_late_and_mid_narrow_the_days_not_the_value() -> None:
    (only,) = find_times("It began in late July 2014.", THURSDAY).expressions
    assert (only.value, only.start, only.end) == ("2014-07", "2014-07-21", "2014-07-31")


@pytest.mark.parametrize(
    "text",
    [
        "He may march on.",
        "The second man sat in the sun.",
        "Some 2000 people fled.",
        "They paid $1999.",
        "World War II",
    ],
)
def test_words_and_numbers_that_are_no_times(text: str) -> None:
    assert values(text) == []


def test_without_a_date_no_day_is_invented_but_bounds_are_given() -> None:
    text = "The fighters were seen on 19 February 2016. On Wednesday they took the dam."
    first, second = find_times(text, None).expressions
    assert (first.value, second.value) == ("2016-02-19", "XXXX-WXX-3")
    assert (second.start, second.end) == ("2016-02-19", None)


@pytest.mark.parametrize(
    "line",
    [
        "ALEPPO, Syria, June 7 (Reuters) - ",
        "BEIRUT, 7 June (AP) — ",
        "Damascus, SANA, 7/6/2016 - ",
        "Tue 07 Jun 2016 ",
        "Published June 7 2016 ",
    ],
)
def test_the_dateline_wins_and_the_contradiction_is_reported(line: str) -> None:
    times = find_times(f"{line}Troops entered the town today.", THURSDAY)
    assert times.expressions[-1].value == "2016-06-07"
    assert times.notes == ("the dateline says 2016-06-07, the page 2016-06-09; reckoned from the dateline",)


def test_a_dateline_may_stand_beside_the_text() -> None:
    assert values("Troops entered today.", None, "HAMA, 5 March 2014") == ["2014-03-05"]


def test_a_sentence_that_begins_with_a_date_is_no_dateline() -> None:
    assert find_times("On September 1, 2014 troops moved in.", THURSDAY).notes == ()


def test_day_and_month_in_figures_are_told_apart_by_the_other_dates() -> None:
    assert values("Raids on 4/25/2016 and 5/6/2016.") == ["2016-04-25", "2016-05-06"]
    assert values("Raids on 25/4/2016 and 5/6/2016.") == ["2016-04-25", "2016-06-05"]


def test_a_history_reckons_from_its_own_dates() -> None:
    text = (
        "In 1939 war broke out. On 9 April 1940 the fleet sailed. Two days later it was sunk. In June the king left. "
        "In 1941, 1942 and 1943 nothing moved. The following year the port fell."
    )
    assert values(text, "2009-12-19")[2:4] == ["1940-04-11", "1940-06"]
    assert values(text, "2009-12-19")[-1] == "1944"


def test_every_expression_says_from_what_and_why() -> None:
    (only,) = find_times("It fell on Wednesday.", THURSDAY).expressions
    assert (only.anchor, only.why) == ("published 2016-06-09", "the latest such day on or before")


vocabulary = sorted(lexicon().letters)
pieces = st.lists(
    st.sampled_from([*vocabulary, "31", "2016", "29", "999", "99999", "\n\n", "2016-13-45", "٣", "24:99"])
)


@given(pieces, st.sampled_from([None, "2016-02-29", "0001-01-01", "9999-12-31", "soon"]))
def test_whatever_the_words_spans_are_true_and_days_in_order(words: list[str], published: str | None) -> None:
    text = " ".join(words)
    last = 0
    for timex in find_times(text, published).expressions:
        start, end = timex.span
        assert last <= start < end <= len(text)
        assert timex.start is None or timex.end is None or timex.start <= timex.end
        last = end


@pytest.mark.parametrize("before", ["Around ", "On ", "Between 5 and ", "Early ", "Since "])
def test_a_date_that_begins_a_sentence_is_no_dateline(before: str) -> None:
    times = find_times(f"{before}7 March 2024 (as reported), gunmen came.", "2024-03-09")
    assert (times.now, times.notes) == (date(2024, 3, 9), ())


def test_a_month_by_its_short_name_keeps_its_day() -> None:
    text = "They have held the town since Jan. 21. Six days later they took the dam."
    assert values(text, "2025-02-13") == ["2025-01-21", "2025-01-27"]


def test_what_has_been_expected_since_a_day_is_not_ahead_of_it() -> None:
    assert values("A law expected since the fall of the town on 27 January.", "2025-02-13") == ["2025-01-27"]
    assert values("A law is expected on 27 January.", "2025-02-13") == ["2026-01-27"]
