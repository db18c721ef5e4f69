"""Interviews and transcripts: who speaks each turn, by the label that it opens with ("Q: ...", "Col. Aziz: ...")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from sayso.records.letters import CAPITAL as _BIG
from sayso.records.span import Span

LEAST = 4  # turns, for a text to be an exchange
TURNS_AT_MOST = 500
CHANGES = 0.6  # least share of turns that another speaker follows: who speaks on and on is quoted, not questioned
ASKED = 0.5  # least share of an asker's turns that hold a question or "you"
_LABEL = re.compile(
    rf"(?:^|(?<=\n))[ \t]*(?:\*\*|__)?(?P<label>[QA]\d{{0,3}}|(?:{_BIG}[\w.’'-]*)(?: [\w.’'-]+){{0,4}})"
    r"(?:\*\*|__)?(?::(?:\*\*|__)?|(?<=[QA])\.)[ \t]+(?=\S)"
)

_ADDRESSED = re.compile(r"\?|\byour?\b", re.IGNORECASE)


class Turn(NamedTuple):
    """What one speaker says until another does. Spans are half-open code points; `asks`: it is an interviewer's."""

    label: Span
    said: Span
    asks: bool


def turns(text: str) -> list[Turn]:
    """The turns of a text that is an exchange of questions and answers, in its order; of any other text none.

    >>> text = "Q: Who holds Tel Amin?\\nA: We do.\\nQ: And the bridge?\\nA: It fell on Monday.\\n"
    >>> [(text[slice(*turn.label)], text[slice(*turn.said)], turn.asks) for turn in turns(text)][1:3]
    [('A', 'We do.', False), ('Q', 'And the bridge?', True)]
    """
    found = list(islice(_LABEL.finditer(text), TURNS_AT_MOST))
    often = Counter(one["label"] for one in found)
    found = [one for one in found if often[one["label"]] > 1 or is_letter_only(one["label"])]
    names = ["".join(filter(str.isalpha, name)) if is_letter_only(name := one["label"]) else name for one in found]
    if len(found) < LEAST or sum(a != b for a, b in pairwise(names)) < CHANGES * (len(found) - 1):
        return []
    ends = [one.start() for one in found[1:]] + [_last_end(text, found[-1].end())]
    said = [
        (one.end(), one.end() + len(text[one.end() : end].rstrip(" \t\n*_")))
        for one, end in zip(found, ends, strict=True)
    ]
    asking = _askers(names, [text[start:end] for start, end in said])
    if not asking or asking == set(names):
        return []
    every = zip(found, said, names, strict=True)
    return [Turn(one.span("label"), span, name in asking) for one, span, name in every if span[0] < span[1]]


def is_letter_only(label: str) -> bool:
    """Whether a label only says that this is an answer, and not whose: "A", "A3"."""
    return label[0] in "QA" and (len(label) == 1 or label[1:].isdigit())


def _last_end(text: str, start: int) -> int:
    """The last turn ends with its paragraph."""
    end = text.find("\n\n", start)
    return end if end >= 0 else len(text)


def _askers(names: Sequence[str], said: Sequence[str]) -> set[str]:
    """The names of those who ask: who mostly questions or addresses somebody, or does so most where all do."""
    turned = Counter(name for name, words in zip(names, said, strict=True) if _ADDRESSED.search(words))
    share = {name: turned[name] / count for name, count in Counter(names).items()}
    asking = {name for name in share if share[name] >= ASKED and turned[name] > 1}
    return asking if asking != share.keys() else {name for name in share if share[name] == max(share.values())}
