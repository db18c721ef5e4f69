"""Scores of words to anchors."""

import numpy as np

from sayso.reading.anchors import Thresholds, anchors_of
from sayso.reading.labels import CUE, OTHERS
from sayso.records.vocabulary import EVENT_TYPES

BEGIN = CUE + 1 + OTHERS.index("first of an event")
WORDS = 6


def scores_with(**types: dict[int, bool]) -> np.ndarray:
    """Scores in which words are of a type: its name -> number of the word -> whether it begins an anchor."""
    scores = np.full((WORDS, 1 + CUE + len(OTHERS)), -6.0, np.float32)
    scores[:, 0] = 6.0
    for name, words in types.items():
        for word, begins in words.items():
            scores[word, 0], scores[word, 1 + EVENT_TYPES.index(name)] = -6.0, 6.0
            scores[word, BEGIN] = 4.0 if begins else -4.0
    return scores


def found(scores: np.ndarray) -> list[tuple[int, int, str]]:
    return [(f.start, f.end, EVENT_TYPES[f.kind]) for f in anchors_of(scores, (0, WORDS), Thresholds())]


def test_neighbouring_words_of_one_type_are_one_trigger() -> None:
    assert found(scores_with(capture={2: True, 3: True})) == [(2, 4, "capture")]


def test_a_trigger_ends_where_another_type_begins() -> None:
    assert found(scores_with(displace={2: True}, siege={3: True})) == [(2, 3, "displace"), (3, 4, "siege")]
    assert found(scores_with(displace={2: True}, siege={3: False})) == [(2, 4, "displace")]


def test_triggers_apart_are_two() -> None:
    assert found(scores_with(capture={1: True, 3: True})) == [(1, 2, "capture"), (3, 4, "capture")]
