"""A report's words as they are compared: folded, hashed, with their places in the text.

Everything is done on arrays of code points, so that a report costs some dozens of microseconds and no dictionary of
words grows with the pool. Hashes are the same on every machine.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
WordHashes = NDArray[np.uint32]  # half the room: two words of a report collide once in some ten thousand reports
Places = NDArray[np.int64]

MOST_CHARACTERS: Final = 400_000  # of one report: a book of 70,000 words; what follows is not compared

_LETTER, _BREAK, _ALONE, _SKIP, _COMMA, _DOT, _UNSEEN = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
)  # classes of characters; from _ALONE on rare
# Marks that some sources strip and others set: words must be equal with and without them.
_STRIPPED: Final = frozenset("'’‘‛ʼʻ`´′＇ـ")
# Letters that are written in two ways and that Unicode does not decompose.
_FOLDS: Final = dict(zip("ىةیکٱøłđıŀ", "يهيكاoldil", strict=True))

_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)  # 2**64 / golden ratio, as in splitmix64
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)
_HALF: Final = np.uint64(31)
_BASE: Final = 0x100000001B3  # odd, so that its powers have inverses; the prime of FNV-1a


class Words(msgspec.Struct, frozen=True, gc=False):
    """Equal words have equal hashes. `starts`, `ends`: half-open code points of each word."""

    hashes: WordHashes
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.hashes)


class _Folding:
    """Code point -> its class, and the hash of the letter it folds to; worked out the first time it is met."""

    def __init__(self) -> None:
        self.classes = np.full(0x110000, _UNSEEN, dtype=np.uint8)
        self.hashes = np.zeros(0x110000, dtype=np.uint64)

    def learn(self, codes: NDArray[np.uint32]) -> None:
        for code in np.unique(codes[self.classes[codes] == _UNSEEN]).tolist():
            kind, folded = _folded(chr(code))
            self.classes[code] = kind
            if kind in (_LETTER, _ALONE):
                self.hashes[code] = mixed(np.array([folded + 1], dtype=np.uint64) * _MULTIPLIER)[0]


class _Powers:
    """The powers of the base, modulo 2**64, and their inverses, as far as a text was long."""

    def __init__(self) -> None:
        self.powers = self.inverses = np.empty(0, np.uint64)

    def reach(self, count: int) -> None:
        if count > len(self.powers):
            size = max(count, 2 * len(self.powers), 8192)
            self.powers = np.full(size, _BASE, dtype=np.uint64).cumprod(dtype=np.uint64)
            self.inverses = np.full(size, pow(_BASE, -1, 1 << 64), dtype=np.uint64).cumprod(dtype=np.uint64)


_FOLDING: Final = _Folding()
_POWERS: Final = _Powers()


@lru_cache(maxsize=65536)
def _folded(character: str) -> tuple[int, int]:
    """The class of a character, and the letter that it counts as."""
    for kind, characters in ((_SKIP, _STRIPPED), (_COMMA, ",٬"), (_DOT, ".")):
        if character in characters:
            return kind, 0
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):  # accents, vowel points, joiners
        return _SKIP, 0
    if category[0] not in "LN" and category != "Mc":
        return _BREAK, 0
    plain = unicodedata.normalize("NFKD", character).casefold()
    base = next((letter for letter in plain if unicodedata.category(letter)[0] in "LN"), character)
    ideograph = "CJK UNIFIED" in unicodedata.name(base, "")  # nothing parts the words of Chinese: each stands alone
    return _ALONE if ideograph else _LETTER, ord(_FOLDS.get(base, base))


def words_of(text: str) -> Words:
    """The words of `text`: runs of letters and digits, without case, accents, apostrophes and commas in numbers.

    >>> a, b = words_of("Syria’s army: 10,000 U.S. men"), words_of("SYRIAS ARMY 10000 us men")
    >>> bool((a.hashes == b.hashes).all()), a.starts.tolist()
    (True, [0, 8, 14, 21, 26])
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    classes = _FOLDING.classes[codes]
    rare = np.flatnonzero(classes >= _ALONE)
    places = None
    if rare.size:
        if classes[rare].max() == _UNSEEN:
            _FOLDING.learn(codes)
            classes = _FOLDING.classes[codes]
            rare = np.flatnonzero(classes >= _ALONE)
        gone = _gone(codes, classes, rare)
        if gone.size:
            left = np.ones(len(codes), dtype=bool)
            left[gone] = False
            places = np.flatnonzero(left)
            codes, classes = codes[places], classes[places]
    starts, ends = _edges(classes)
    if not len(starts):
        return _words(np.empty(0, np.uint64), starts, ends)
    # A letter weighs its hash times a power by its place in the text; what is no letter weighs nothing. Divided by the
    # power of the word's first place, a word's sum no longer depends on where it stands.
    _POWERS.reach(len(codes))
    weights = _FOLDING.hashes[codes]
    weights *= _POWERS.powers[: len(codes)]
    hashes = mixed(np.add.reduceat(weights, starts) * _POWERS.inverses[starts])
    return _words(hashes, starts, ends) if places is None else _words(hashes, places[starts], places[ends - 1] + 1)


def _words(hashes: Hashes, starts: Places, ends: Places) -> Words:
    return Words((hashes >> np.uint64(32)).astype(np.uint32), starts.astype(np.int32), ends.astype(np.int32))


def _gone(codes: NDArray[np.uint32], classes: NDArray[np.uint8], rare: Places) -> Places:
    """Which characters to leave out: apostrophes, accents, commas inside numbers, dots inside abbreviations ("U.S.").

    Commas and dots that stay become breaks in `classes`. `rare`: the places of all that is neither letter nor break.
    """
    kinds = classes[rare]
    gone: Places = rare[kinds == _SKIP]
    marks = rare[kinds >= _COMMA]
    if marks.size:
        inner = marks[(marks > 0) & (marks < len(classes) - 1)]
        before, after = codes[inner - 1], codes[inner + 1]
        numeric = (classes[inner] == _COMMA) & _digits(before) & _digits(after)
        alone = (inner == 1) | (classes[np.maximum(inner - 2, 0)] != _LETTER)
        letters = (classes[inner - 1] == _LETTER) & (classes[inner + 1] == _LETTER) & ~_digits(after)
        inside = inner[numeric | ((classes[inner] == _DOT) & alone & letters)]
        classes[marks] = _BREAK
        gone = np.concatenate((gone, inside))
    return gone


def _edges(classes: NDArray[np.uint8]) -> tuple[Places, Places]:
    """Where words start and end; ideographs are words by themselves."""
    padded = np.ones(len(classes) + 2, dtype=bool)
    np.equal(classes, _BREAK, out=padded[1:-1])
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    starts, ends = edges[::2], edges[1::2]
    alone = np.flatnonzero(classes == _ALONE)
    if alone.size:
        cuts = np.union1d(alone, alone + 1)
        inside = cuts[~padded[cuts] & ~padded[cuts + 1]]  # between two letters
        starts, ends = np.union1d(starts, inside), np.union1d(ends, inside)
    return starts, ends


def _digits(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    return ((codes >= 48) & (codes <= 57)) | ((codes >= 0x660) & (codes <= 0x669))


def folded(word: str) -> str:
    """A word as it is compared.

    >>> folded("Côte"), folded("U.S"), folded("الأزمة")
    ('cote', 'us', 'الازمه')
    """
    kinds = (_folded(character) for character in word)
    return "".join(chr(code) for kind, code in kinds if kind in (_LETTER, _ALONE))


def mixed(hashes: Hashes) -> Hashes:
    """Hashes with every bit dependent on every other, as in splitmix64's last step."""
    hashes = hashes ^ (hashes >> _HALF)
    hashes *= _MIX
    hashes ^= hashes >> _HALF
    return hashes
