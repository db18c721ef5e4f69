"""How much of a passage is worded like standing background or like furniture, by the phrases in the data files.

Most passages hold no such phrase. Two words that stand beside each other in each phrase (or one, or a word and a year)
are looked for in all words of many reports at once; only where they stand are the phrases themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sayso.copies.words import Places, WordHashes, folded, words_of

_SENTENCE_END: Final = re.compile(r"[.!?؟।。][\"'”’»)\]]*\s+|\n+")
_WORD: Final = re.compile(r"\w+")
_BESIDE: Final = 22  # words before and after a phrase that belong to it, where a sentence does not end before
_YEARS: Final = range(1900, 2100)
_FILES: Final = ("background", "furniture")
_LOW: Final = np.uint64(0xFFFF)
_BREAKS: Final = '.;:!?"“”„«»()[]{}-–—/\\|*•…\n\t&@#%+=<>'
_MARKS: Final = str.maketrans({**dict.fromkeys(_BREAKS, " "), **dict.fromkeys("'’‘,،", "")})


@lru_cache(maxsize=8192)  # a standing passage is met in many pairs
def share(text: str, what: str) -> float:
    """The share of the words of `text` in sentences that hold a phrase of the file `what`.txt, from 0 to 1.

    >>> share("The town fell. Some 300,000 people have been killed since the war began.", "background")
    0.7692307692307693
    """
    words = _words_in(text)
    by_word = _phrases(what)
    phrases = [phrase for key in by_word.keys() & words for needed, phrase in by_word[key] if needed <= words]
    if not phrases:
        return 0.0
    whole = _plain(text)
    line = " ".join(whole)
    phrases = [phrase for phrase in phrases if phrase.search(line)]
    if not phrases:
        return 0.0
    said = 0
    for sentence in _SENTENCE_END.split(text):
        in_sentence = _plain(sentence)
        covered: set[int] = set()
        for start, end in _found(phrases, " ".join(in_sentence)):
            covered.update(range(max(0, start - _BESIDE), min(len(in_sentence), end + _BESIDE)))
        said += len(covered)
    return said / len(whole)


@lru_cache(maxsize=256)
def _words_in(text: str) -> frozenset[str]:
    words = _WORD.findall(text.lower().replace("'", "").replace("’", ""))
    return frozenset(words if text.isascii() else [word if word.isascii() else folded(word) for word in words])


def _found(phrases: list[re.Pattern[str]], line: str) -> Iterator[tuple[int, int]]:
    """Where phrases stand, counted in words."""
    for phrase in phrases:
        for found in phrase.finditer(line):
            start = line.count(" ", 0, found.start())
            yield start, start + found.group().count(" ") + 1


def _plain(text: str) -> list[str]:
    """The words as the data files write them: without case, accents, and marks inside."""
    words = text.lower().translate(_MARKS).split()
    return words if text.isascii() else [word if word.isascii() else folded(word) for word in words]


def places_of(words: WordHashes) -> Places:
    """The places of the words where a phrase of either file may stand."""
    pairs, alone = _keys()
    found = np.zeros(len(words) + 1, bool)
    found[:-1] = alone.hold(words.astype(np.uint64))
    if len(words) > 1:
        found[:-2] |= pairs.hold(_pairs(words))
    return found.nonzero()[0]


class _Keys:
    """A few numbers that are looked for among many: a table of their lower bits says fast where none can be."""

    def __init__(self, keys: Iterable[int]) -> None:
        self._keys = np.array(sorted({*keys, 2**64 - 1}), np.uint64)  # the largest last, so that none is beyond all
        self._table = np.zeros(1 << 16, bool)
        self._table[self._keys & _LOW] = True

    def hold(self, values: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """For each of `values` whether it is one of them."""
        found: NDArray[np.bool_] = self._table[values & _LOW]
        at = found.nonzero()[0]
        found[at] = self._keys[self._keys.searchsorted(values[at])] == values[at]
        return found


def _pairs(words: WordHashes) -> NDArray[np.uint64]:
    return words[:-1].astype(np.uint64) << np.uint64(32) | words[1:] ^ words[:-1]


@cache
def _keys() -> tuple[_Keys, _Keys]:
    """Two words of each phrase as one number; one word of those that have no two in a row."""
    pairs, alone = set[int](), set[int]()
    for words in (words for name in _FILES for words in _lines(name)):
        literal = [(one, other) for one, other in pairwise(words) if not {one, other} & set("#*@")]
        dated = [(one, year) for one, other in pairwise(words) if other == "@" and one not in "#*" for year in _YEARS]
        if literal or dated:
            chosen = [max(literal, key=lambda pair: len(pair[0]) + len(pair[1]))] if literal else dated
            hashes = (words_of(f"{one} {other}").hashes for one, other in chosen)
            pairs.update(int(_pairs(pair)[0]) for pair in hashes)
        else:
            alone.add(int(words_of(max(words, key=len)).hashes[0]))
    return _Keys(pairs), _Keys(alone)


def _lines(what: str) -> list[list[str]]:
    lines = (files("sayso.copies") / f"{what}.txt").read_text("utf-8").splitlines()
    return [line.split() for line in lines if line.strip() and not line.startswith("#")]


@cache
def _phrases(what: str) -> dict[str, list[tuple[frozenset[str], re.Pattern[str]]]]:
    """The phrases of a file by their rarest word, each with the words without which it need not be looked for."""
    kept = _lines(what)
    often = Counter(word for words in kept for word in words)
    phrases: dict[str, list[tuple[frozenset[str], re.Pattern[str]]]] = {}
    for words in kept:
        keys = [word for word in words if word not in "#*@"]
        rarest = min(keys, key=lambda word: (often[word], -len(word), word))
        phrases.setdefault(rarest, []).append((frozenset(keys), _pattern(words)))
    return phrases


def _pattern(words: list[str]) -> re.Pattern[str]:
    parts = {"#": r"\d+", "@": r"(?:19|20)\d\d", "*": r"\w+(?: \w+){0,5}"}
    return re.compile(r"(?<!\w)" + " ".join(parts.get(word) or re.escape(word) for word in words) + r"(?!\w)")
