"""Fingerprints: a report's runs of five words, all of them to align by, and a choice of them to be found by.

The choice is winnowing (Schleimer, Wilkerson, Aiken: Winnowing, SIGMOD 2003): of every `WINDOW` runs that follow each
other the one with the smallest hash, so that two reports that share eight words in a row share a fingerprint.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

import msgspec
import numpy as np

from sayso.copies import cues
from sayso.copies.words import MOST_CHARACTERS, Hashes, Places, WordHashes, Words, mixed, words_of

RUN: Final = 5  # words; shorter runs recur by chance in reports of one war, longer ones miss what was edited lightly
WINDOW: Final = 4  # a third of all runs is kept; measured beside 3 and 6, a good trade of recall for size

PLACE_BITS: Final = 20  # of a key: twice the places that a report of `words.MOST_CHARACTERS` may have
_PLACES: Final = np.uint64(PLACE_BITS)

_FACTORS: Final = tuple(np.uint64(odd) for odd in (0xD6E8FEB86659FD93, 0xA0761D6478BD642F, 0x8EBC6AF09C88C6E3))


class Prepared(msgspec.Struct, frozen=True, gc=False):
    """A report's words; its runs as keys, sorted; the runs chosen, below 2**63; where phrases of `cues` may begin.

    A key holds the upper bits of the hash of a run of five words, and in the lowest `PLACE_BITS` the place of its first
    word. `cued`: code points, in order.
    """

    words: Words
    keys: Hashes
    fingerprints: tuple[int, ...]
    cued: tuple[int, ...] = ()


def prepared(texts: Sequence[str]) -> list[Prepared]:
    """Each text made ready. Some dozens of texts at once cost half of what they cost one by one."""
    texts = [text[:MOST_CHARACTERS] for text in texts]
    words = words_of("\n".join(texts))
    runs = _runs(words.hashes)
    keys = runs >> _PLACES << _PLACES
    places = np.arange(len(words), dtype=np.uint64)
    cued = words.starts[cues.places_of(words.hashes)]
    least, changes = _least(runs)
    found, begins, first = [], 0, 0
    for text in texts:
        last = int(np.searchsorted(words.starts, begins + len(text)))
        own = slice(first, last)
        own_words = Words(words.hashes[own], words.starts[own] - begins, words.ends[own] - begins)
        in_runs = slice(first, max(first, last - RUN + 1))
        own_keys = keys[in_runs] | places[: in_runs.stop - first]
        own_keys.sort()
        own_cued = cued[slice(*cued.searchsorted((begins, begins + len(text))))] - begins
        found.append(Prepared(own_words, own_keys, _chosen(in_runs, runs, least, changes), tuple(own_cued.tolist())))
        begins, first = begins + len(text) + 1, last
    return found


def _runs(hashes: WordHashes) -> Hashes:
    one = hashes.astype(np.uint64)
    if len(one) < RUN:
        return np.empty(0, np.uint64)
    two = one[:-1] * _FACTORS[0] + one[1:]
    four = two[:-2] * _FACTORS[1] + two[2:]
    return mixed(four[:-1] * _FACTORS[2] + one[4:]) >> np.uint64(1)


def _least(runs: Hashes) -> tuple[Hashes, Places]:
    """The smallest of each `WINDOW` (four) runs that follow each other, and the windows where it is another."""
    pairs = np.minimum(runs[:-1], runs[1:])
    least = np.minimum(pairs[:-2], pairs[2:])
    return least, (least[1:] != least[:-1]).nonzero()[0] + 1


def _chosen(own: slice, runs: Hashes, least: Hashes, changes: Places) -> tuple[int, ...]:
    """Those of a report's `own` runs that are the smallest of some window of its own, each once."""
    last = own.stop - WINDOW  # the last window
    if last < own.start:
        return (int(runs[own].min()),) if own.stop > own.start else ()
    between = changes[slice(*changes.searchsorted((own.start + 1, last + 1)))]
    return tuple(dict.fromkeys([int(least[own.start]), *least[between].tolist()]))


def digest_of_words(words: Words) -> int:
    """One fingerprint of all words in their order: equal for reports that differ in marks, case and spaces alone."""
    return int.from_bytes(blake2b(words.hashes.astype("<u4").tobytes(), digest_size=8).digest(), "big") >> 1
