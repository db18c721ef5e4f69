"""How much of a passage is worded like standing background or like furniture, by the phrases in the data files."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from sayso.copies.words import folded, words_of

_SENTENCE_END: Final = re.compile(r"[.!?؟।。][\"'”’»)\]]*\s+|\n+")
_BESIDE: Final = 22  # words before and after a phrase that belong to it, where a sentence does not end before


@lru_cache(maxsize=8192)  # a standing passage is met in many pairs
def share(text: str, what: str) -> float:
    """The share of the words of `text` in sentences that hold a phrase of the file `what`.txt, from 0 to 1.

    >>> share("The town fell. Some 300,000 people have been killed since the war began.", "background")
    0.7692307692307693
    """
    phrases = _phrases(what)
    said = total = 0
    for sentence in _SENTENCE_END.split(text):
        words = _plain(sentence)
        count = len(words)
        total += count
        covered: set[int] = set()
        line = " ".join(words)
        for found in phrases.finditer(line):
            at = line.count(" ", 0, found.start())
            until = at + found.group().count(" ") + 1
            covered.update(range(max(0, at - _BESIDE), min(count, until + _BESIDE)))
        said += len(covered)
    return said / total if total else 0.0


def _plain(text: str) -> list[str]:
    words = words_of(text)
    return [folded(text[start:end]) for start, end in zip(words.starts.tolist(), words.ends.tolist(), strict=True)]


@cache
def _phrases(what: str) -> re.Pattern[str]:
    lines = (files("sayso.copies") / f"{what}.txt").read_text("utf-8").splitlines()
    kept = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return re.compile(r"(?<!\w)(?:" + "|".join(_pattern(line) for line in kept) + r")(?!\w)")


def _pattern(phrase: str) -> str:
    parts = {"#": r"\d+", "*": r"\w+(?: \w+){0,5}"}
    return " ".join(parts.get(word) or re.escape(word) for word in phrase.split())
