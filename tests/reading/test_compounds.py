"""Words for an act that name who does it."""

import pytest

from sayso.reading.compounds import own_actors
from sayso.records.span import Span


@pytest.mark.parametrize(
    ("text", "trigger", "found", "own"),
    [
        ("helped by Peru and the UN-backed guards", "UN-backed", ["Peru", "UN"], ["UN"]),
        ("the Chadian and Libyan-backed guards", "Libyan-backed", ["Chadian", "Libyan"], ["Chadian", "Libyan"]),
        ("Chadian- and Libyan-backed guards", "Libyan-backed", ["Chadian", "Libyan"], ["Chadian", "Libyan"]),
        ("Kano, Jos and rebel-held Yola", "rebel-held", ["Jos", "rebel"], ["Jos", "rebel"]),
        ("the army left rebel-held Yola", "rebel-held", ["army", "rebel"], ["rebel"]),
        ("the army car-bombed Yola", "car-bombed", ["army"], ["army"]),
        ("the army bombed Yola", "bombed", ["army"], ["army"]),
        ("state-backed guards", "state-backed", [], []),
    ],
)
def test_who_is_named_in_the_word_is_its_actor(text: str, trigger: str, found: list[str], own: list[str]) -> None:
    def spans(words: list[str]) -> list[Span]:
        return [(text.index(word), text.index(word) + len(word)) for word in words]

    assert own_actors(text, spans([trigger])[0], spans(found)) == spans(own)
