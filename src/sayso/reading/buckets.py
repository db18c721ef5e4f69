"""How far words lie from an anchor, as the role head sees it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sayso.reading.labels import DISTANCES

Ints = NDArray[np.int64]


def bucket_of(words: Ints, start: int | Ints, end: int | Ints, sentence: NDArray[np.int32]) -> Ints:
    """The bucket of each of `words` (numbers of words) relative to the anchor of words `start` to `end` (half open).

    `start` and `end` may be columns (anchors, 1): then the buckets are (anchors, words). Buckets 0 to 24 are for words
    in the anchor's sentence, 25 to 49 for the rest; the middle one is the anchor.

    >>> bucket_of(np.array([0, 4, 5, 6, 40]), 5, 6, np.array([0] * 30 + [1] * 20)).tolist()
    [7, 11, 12, 13, 46]
    """
    after = np.searchsorted(DISTANCES, words - (end - 1), side="right")
    before = np.searchsorted(DISTANCES, start - words, side="right")
    side = 2 * len(DISTANCES) + 1
    same = sentence[words] == sentence[start]
    return np.asarray(len(DISTANCES) + after - before + np.where(same, 0, side), dtype=np.int64)
