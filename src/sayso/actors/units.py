"""Military units: "the 4th Mechanized Division" -> its number and its noun, whatever is between."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.actors.entries import UnitWords

NUMBER = re.compile(r"(\d{1,4})(?:st|nd|rd|th|re|e)?")
BETWEEN = 5  # words between number and noun: "1st Guards Red Banner Tank Army"


def unit_key(folded: Sequence[str], words: UnitWords) -> str | None:
    """ "555 regiment" for the folded words of a numbered unit; None if they are not one.

    >>> unit_key(["4th", "mechanized", "division"], UnitWords(nouns=("division",), ordinals=("first",)))
    '4 division'
    """
    for at, word in enumerate(folded):
        number = NUMBER.fullmatch(word)
        if number is not None:
            figure = number[1].lstrip("0")
        elif word in words.ordinals:
            figure = str(words.ordinals.index(word) + 1)
        else:
            continue
        for noun in folded[at + 1 : at + 2 + BETWEEN]:
            singular = noun.removesuffix("s") if noun not in words.nouns else noun
            if singular in words.nouns and noun == folded[-1]:
                return f"{figure} {singular}"
    return None
