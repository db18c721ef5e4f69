"""How much words tell two reports apart: stems weighed by how rare they are, so that grammar counts for little."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources

import snowballstemmer  # type: ignore[import-untyped]

WORD = re.compile(r"[^\W_]{2,40}")
MARKS = str.maketrans("", "", "’'")
UNSEEN = 8.5  # weight of a stem the table lacks: a little over that of its rarest


@cache
def weights() -> dict[str, float]:
    """`words.txt`: stem -> ln(reports / reports with it), over English reports on conflicts and other news."""
    table = {}
    for line in resources.files("sayso.linking").joinpath("words.txt").read_text(encoding="utf-8").splitlines():
        weight, _, stems = line.partition(": ")
        if not line.startswith("#"):
            table.update(dict.fromkeys(stems.split(), float(weight)))
    return table


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a word in lower case; a number stays as it is.

    >>> stem("bombings"), stem("bombed"), stem("25")
    ('bomb', 'bomb', '25')
    """
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=200_000)
def weight(stemmed: str) -> float:
    """How much it says that two wordings share this stem."""
    return weights().get(stemmed, UNSEEN)


def stems(text: str) -> frozenset[str]:
    """The stems of a text.

    >>> sorted(stems("Jets bombed the bombers' base"))
    ['base', 'bomb', 'bomber', 'jet', 'the']
    """
    return frozenset(map(stem, WORD.findall(text.translate(MARKS).lower())))


def mass(stemmed: Iterable[str]) -> float:
    """The weight of all of some stems."""
    weight_of = weights().get
    return sum([weight_of(word, UNSEEN) for word in stemmed])
