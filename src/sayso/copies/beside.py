"""A new report laid beside others: what it shares with each. No index and no pool: any process can do it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from sayso.copies.align import Stretch, stretches
from sayso.copies.fingerprints import Prepared
from sayso.copies.judge import Shared, is_quoted
from sayso.copies.records import Text


class Least(msgspec.Struct, frozen=True, kw_only=True):
    """What two reports must share to be a pair: equal words in all and their weight (`align.Stretch.weight`), or
    `quoted` equal words of one passage that is a quotation."""

    words: int = 30
    weight: float = 12.0
    quoted: int = 15


class Ready(NamedTuple):
    """A report and its words made ready."""

    text: Text
    made: Prepared


def shared_with(others: Iterable[Ready], new: Ready, least: Least) -> Iterator[Shared]:
    """What `new` shares with each of `others`, for those that it makes a pair with; in their order.

    Reports with the very same words share the very same stretches, so that a story printed unchanged by a hundred
    outlets is aligned once.
    """
    known: dict[bytes, list[Stretch]] = {}
    for other in others:
        words = other.made.words.hashes.tobytes()
        if (found := known.get(words)) is None:
            found = known[words] = _aligned(other.made, new.made)
        if found and (_is_enough(found, least) or _is_quotation(other, new, found, least)):
            yield Shared.of_stretches(other.text, new.text, found, other.made, new.made)


def _aligned(a: Prepared, b: Prepared) -> list[Stretch]:
    size = len(a.words)
    if size == len(b.words) and a.words.hashes.tobytes() == b.words.hashes.tobytes():
        return [Stretch(0, size, 0, size, size)]
    return stretches(a.words.hashes, b.words.hashes, a.keys, b.keys)


def _is_enough(aligned: Sequence[Stretch], least: Least) -> bool:
    return (
        sum([stretch.equal for stretch in aligned]) >= least.words
        and sum([stretch.weight for stretch in aligned]) >= least.weight
    )


def _is_quotation(other: Ready, new: Ready, aligned: Sequence[Stretch], least: Least) -> bool:
    """Whether a stretch is a quotation in both: fewer words are enough, for two writers do not quote by chance."""
    if max(stretch.equal for stretch in aligned) < least.quoted:
        return False
    shared = Shared.of_stretches(other.text, new.text, aligned, other.made, new.made)
    return any(one.equal >= least.quoted and is_quoted(other.text, new.text, one) for one in shared.passages)
