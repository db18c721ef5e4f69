"""The word lists beside this module: plain text, one entry or several a line, comments after `#`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files


@cache
def word_list(name: str) -> frozenset[str]:
    """All words of `name`.txt.

    >>> "said" in word_list("function_words")
    True
    """
    return frozenset(word for phrase in phrase_list(name) for word in phrase.split())


@cache
def phrase_list(name: str) -> frozenset[str]:
    """All lines of `name`.txt.

    >>> "read more" in phrase_list("interface")
    True
    """
    return frozenset(line for line in _lines(name) if not line.startswith("#"))


def _lines(name: str) -> list[str]:
    text = files("sayso.pages.lines").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


@cache
def _by_first_word(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    phrases: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrase_list(name):
        words = tuple(re.findall(r"\w+", phrase))
        phrases[words[0]] = (*phrases.get(words[0], ()), words)
    return phrases


def begins_with(words: Sequence[str], name: str) -> bool:
    """Whether these lower-case words begin with any line of `name`.txt.

    >>> begins_with(["log", "in", "to", "comment"], "calls"), begins_with(["please", "wait"], "calls")
    (True, False)
    """
    phrases = _by_first_word(name).get(words[0], ()) if words else ()
    return any(tuple(words[: len(phrase)]) == phrase for phrase in phrases)


def has_phrase(words: Sequence[str], name: str) -> bool:
    """Whether any line of `name`.txt stands in these lower-case words.

    >>> has_phrase(["want", "to", "read", "more"], "more_marks"), has_phrase(["more"], "more_marks")
    (True, False)
    """
    phrases = _by_first_word(name)
    for at, word in enumerate(words):
        for phrase in phrases.get(word, ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return True
    return False


@cache
def numbered(name: str) -> dict[str, int]:
    """Each word of `name`.txt and the number of its line, from 1, comments not counted.

    >>> numbered("months")["june"]
    6
    """
    lines = [line for line in _lines(name) if not line.startswith("#")]
    return {word: number for number, line in enumerate(lines, 1) for word in line.split()}


def one_of(name: str) -> str:
    """A pattern for any line of `name`.txt, the longer before the shorter."""
    phrases = sorted(phrase_list(name), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase) for phrase in phrases) + ")"
