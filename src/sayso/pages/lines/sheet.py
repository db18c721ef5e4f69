"""What the rules look at: the lines of a page with the model's opinion of each, and where its body lies."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.pages.lines.features import LONG, TextLine
from sayso.pages.lines.marks import ends_sentence
from sayso.records import PartKind

KEEP = 0.5  # from here the model takes a line for the report's own words
DOUBT = 0.12  # a long sentence is kept, and marked, down to here: losing a paragraph is worse than a line too many


class Verdict(msgspec.Struct, frozen=True):
    """What a named rule takes a line for, how surely, and its reason in words."""

    kind: PartKind
    score: float
    why: str


class Sheet(msgspec.Struct, frozen=True):
    """`kept`: the model's probabilities; `words`: numbers of words; `sentence`: whether a line ends as a sentence.

    `first` and `last` are the report's first and last long sentences (`first` is the number of lines if it has none).
    """

    lines: Sequence[TextLine]
    kept: list[float]
    words: list[int]
    sentence: list[bool]
    first: int
    last: int

    def long(self, at: int) -> bool:
        """A line that looks like a paragraph: long, and ending as a sentence does."""
        return self.words[at] >= LONG and self.sentence[at]

    def apart(self, at: int) -> bool:
        """An empty line stands before this line."""
        return self.lines[at].blank_before


def sheet_of(lines: Sequence[TextLine], kept: list[float]) -> Sheet:
    """Count, and find the body: from the first to the last long sentence that the model would keep."""
    words = [len(line.text.split()) for line in lines]
    sentence = [ends_sentence(line.text) for line in lines]
    body = [at for at, p in enumerate(kept) if p >= KEEP and words[at] >= LONG and sentence[at]]
    if not body:
        body = [at for at, p in enumerate(kept) if p >= DOUBT and words[at] >= LONG and sentence[at]]
    return Sheet(lines, kept, words, sentence, body[0] if body else len(lines), body[-1] if body else -1)
