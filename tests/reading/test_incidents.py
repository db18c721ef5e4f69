"""Which mentions in a report are of one event."""

from sayso.reading.incidents import Mention, incidents_of
from sayso.records.reading import Bounds


def mention(
    kind: str, place: str = "", actors: str = "", time: str = "", killed: Bounds | None = None, status: str = "happened"
) -> Mention:
    return Mention(kind, frozenset(filter(None, [actors])), frozenset(), place, time, killed, status)


def test_a_title_and_the_sentence_it_announces_are_one_event() -> None:
    title = mention("air_strike", place="azaz", killed=(9, 9))
    sentence = mention("air_strike", place="azaz", actors="russia", killed=(9, 9))
    assert incidents_of([title, sentence]) == [1, 1]


def test_two_places_are_two_events() -> None:
    assert incidents_of([mention("shelling", "mare"), mention("shelling", "azaz")]) == [1, 2]


def test_tolls_that_cannot_both_be_true_are_not_merged() -> None:
    assert incidents_of([mention("bombing", "homs", killed=(3, 3)), mention("bombing", "homs", killed=(40, None))]) == [
        1,
        2,
    ]


def test_a_third_mention_does_not_chain_two_that_disagree() -> None:
    first, third = mention("shelling", "mare", time="on monday"), mention("shelling", "mare", time="on friday")
    assert incidents_of([first, third, mention("shelling", "mare")]) == [1, 2, 2]


def test_a_denied_mention_is_of_the_event_that_is_denied() -> None:
    assert incidents_of([mention("air_strike", "shaar"), mention("air_strike", "shaar", status="denied")]) == [1, 1]


def test_a_toll_joins_the_attack_it_is_of() -> None:
    assert incidents_of([mention("bombing", "qamishli", killed=(12, 12)), mention("casualties", killed=(12, 12))]) == [
        1,
        1,
    ]
