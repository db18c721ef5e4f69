"""The closed vocabularies of a reading: event types, stances, statuses."""

from __future__ import annotations

from typing import Final, Literal, get_args

EventType = Literal[
    "clash", "capture", "advance", "withdraw", "siege", "air_strike", "shelling", "bombing", "suicide_bombing",
    "chemical_attack", "attack", "abduct", "sexual_violence", "casualties", "destroy", "disarm", "arrest", "protest",
    "riot", "displace", "deploy", "support", "aid", "talk", "agree", "release", "demand", "threaten", "accuse",
    "reject", "sanction", "control",
]  # fmt: skip
Stance = Literal["affirms", "denies", "doubts", "asks", "intends", "predicts"]
Status = Literal["happened", "ongoing", "planned", "possible", "conditional", "attempted", "denied"]

EVENT_TYPES: Final[tuple[str, ...]] = get_args(EventType)
STANCES: Final[tuple[str, ...]] = get_args(Stance)
STATUSES: Final[tuple[str, ...]] = get_args(Status)

# Types that are words, and no acts.
SPOKEN: Final = frozenset({"demand", "threaten", "accuse", "reject", "talk", "agree", "support", "sanction", "aid"})

# What the types are called in sentences, where the word for the act is another.
NOUNS: Final = {
    "withdraw": "withdrawal", "abduct": "abduction", "destroy": "destruction", "disarm": "disarming",
    "displace": "displacement", "deploy": "deployment", "talk": "talks", "agree": "agreement", "threaten": "threat",
    "accuse": "accusation", "reject": "rejection",
}  # fmt: skip


def noun_of(event_type: str) -> str:
    """What a type of event is called in a sentence.

    >>> noun_of("displace"), noun_of("air_strike")
    ('displacement', 'air strike')
    """
    return NOUNS.get(event_type) or event_type.replace("_", " ")
