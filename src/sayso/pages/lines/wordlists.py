"""The word lists beside this module: plain text, one entry or several a line, comments after `#`."""

from __future__ import annotations

import re
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
    lines = files("sayso.pages.lines").joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def one_of(name: str) -> str:
    """A pattern for any line of `name`.txt, the longer before the shorter."""
    phrases = sorted(phrase_list(name), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase) for phrase in phrases) + ")"
