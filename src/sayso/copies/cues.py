"""How much of a passage is worded like standing background or like furniture, by the phrases in the data files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from sayso.copies.words import folded

_SENTENCE_END: Final = re.compile(r"[.!?؟।。][\"'”’»)\]]*\s+|\n+")
_WORD: Final = re.compile(r"\w+")
_BESIDE: Final = 22  # words before and after a phrase that belong to it, where a sentence does not end before
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


@cache
def _phrases(what: str) -> dict[str, list[tuple[frozenset[str], re.Pattern[str]]]]:
    """The phrases of a file by their rarest word, each with the words without which it need not be looked for."""
    lines = (files("sayso.copies") / f"{what}.txt").read_text("utf-8").splitlines()
    kept = [line.split() for line in lines if line.strip() and not line.startswith("#")]
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
