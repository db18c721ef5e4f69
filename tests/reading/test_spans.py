"""Role scores to spans of words."""

import numpy as np

from sayso.reading.labels import CUE, ROLES
from sayso.reading.spans import spans_of

FLOORS = (0.0,) * len(ROLES)
ACTOR, TARGET, PLACE, CONTENT = (ROLES.index(role) for role in ("actor", "target", "place", "content"))


def scores_with(role: int, *runs: tuple[int, int], words: int = 60, strength: float = 4.0) -> np.ndarray:
    scores = np.full((1, words, len(ROLES), 3), -6.0, np.float32)
    for start, end in runs:
        scores[0, start:end, role, 0] = strength
        scores[0, start, role, 1] = strength
        scores[0, end - 1, role, 2] = strength
    return scores


def test_every_actor_is_found_and_only_the_best_place() -> None:
    both = scores_with(ACTOR, (2, 4), (6, 9))
    assert [run[:2] for run in spans_of(both, [0], FLOORS)[0][ACTOR]] == [(6, 9), (2, 4)]
    places = scores_with(PLACE, (2, 4)) + 0
    places[0, 7:8, PLACE] = 2.0
    assert [run[:2] for run in spans_of(places, [0], FLOORS)[0][PLACE]] == [(2, 4)]


def test_a_weak_run_stays_below_its_floor() -> None:
    weak = scores_with(ACTOR, (2, 4), strength=0.5)
    assert spans_of(weak, [0], FLOORS)[0]
    assert not spans_of(weak, [0], (9.0,) * len(ROLES))[0]


def test_only_a_claims_content_may_be_long() -> None:
    assert spans_of(scores_with(CONTENT, (1, 55)), [CUE], FLOORS)[0][CONTENT][0][:2] == (1, 55)
    assert not spans_of(scores_with(ACTOR, (1, 55)), [0], FLOORS)[0]


def test_a_cue_has_no_actors_and_an_event_no_content() -> None:
    assert not spans_of(scores_with(ACTOR, (2, 4)), [CUE], FLOORS)[0]
    assert not spans_of(scores_with(CONTENT, (2, 4)), [3], FLOORS)[0]


def test_members_are_kept_apart_when_their_own_bounds_say_so() -> None:
    """ "the army and the police": as a whole likelier than either member, but not than both."""
    both = scores_with(ACTOR, (2, 4), (5, 7), strength=1.5)
    both[0, 4, ACTOR, 0] = -1.0
    assert sorted(run[:2] for run in spans_of(both, [0], FLOORS)[0][ACTOR]) == [(2, 4), (5, 7)]


def test_targets_are_taken_likeliest_first() -> None:
    both = scores_with(TARGET, (2, 4), (5, 7), strength=1.5)
    both[0, 4, TARGET, 0] = -1.0
    assert [run[:2] for run in spans_of(both, [0], FLOORS)[0][TARGET]] == [(2, 7)]


def test_a_phrase_without_bounds_inside_stays_whole() -> None:
    whole = scores_with(ACTOR, (2, 7))
    whole[0, 4, ACTOR] = (-1.0, -4.0, -4.0)
    assert [run[:2] for run in spans_of(whole, [0], FLOORS)[0][ACTOR]] == [(2, 7)]
