"""What the reader's heads score, in the order of their outputs. Changing an order needs a newly trained model."""

from __future__ import annotations

from typing import Final

from sayso.records.vocabulary import EVENT_TYPES, STANCES, STATUSES

CUE: Final = len(EVENT_TYPES)  # the anchor kind of a claim's cue; kinds below it are event types
# what the anchor head scores after the types
OTHERS: Final = ("cue", "first of an event", "first of a cue", "toponym", "first of a toponym")
ROLES: Final = ("source", "content", "via", "actor", "target", "place", "time", "killed", "wounded", "weapon")
CUE_ROLES: Final = range(3)
EVENT_ROLES: Final = range(3, len(ROLES))
ATTRIBUTES: Final = (*STANCES, *STATUSES)  # one label an anchor: a stance for a cue, a status for an event
STYLES: Final = ("guide", "polnear", "other")  # whose convention of annotation the encoder is to follow

DISTANCES: Final = (1, 2, 3, 4, 5, 7, 10, 15, 23, 36, 56, 91)  # lower bounds of the buckets, in words, each way
BUCKETS: Final = 2 * (2 * len(DISTANCES) + 1)  # before, at and after the anchor; in its sentence or not
