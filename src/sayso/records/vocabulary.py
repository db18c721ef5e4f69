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
