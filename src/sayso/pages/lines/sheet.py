"""What the rules look at: the lines of a page with the model's opinion of each, and where its body lies."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.pages.lines.features import LONG, TextLine
from sayso.pages.lines.marks import ends_sentence
from sayso.records import PartKind

EVEN = 0.5  # below, a kept line is marked as in doubt
# Set on pages of sites held out (`training/lines.py --score`), where the second and third bring the long paragraphs
# kept from 94 to 98 in a hundred and cost a few words in a thousand.
KEEP = 0.4  # from here a line is taken for the report's own words: losing one is worse than having one too many
DOUBT = 0.25  # a long sentence down to here
AMONG = 0.004  # a long line among the report's own paragraphs, all set off by blank lines, down to here
SURE = 0.7  # of a paragraph that makes its neighbours the report's


class Verdict(msgspec.Struct, frozen=True):
    """What a named rule takes a line for, how surely, and its reason in words."""

    kind: PartKind
    score: float
    why: str


class Sheet(msgspec.Struct, frozen=True):
    """A page's lines, the lower-case words of each, the model's probabilities, and what is counted of them.

    `words`: numbers of words; `sentence`: whether a line ends as a sentence does; `first` and `last` are the report's
    first and last long sentences (`first` is the number of lines if it has none); `among`: long lines among paragraphs.
    """

    lines: Sequence[TextLine]
    tokens: Sequence[Sequence[str]]
    kept: list[float]
    words: list[int]
    sentence: list[bool]
    first: int
    last: int
    among: frozenset[int]

    def long(self, at: int) -> bool:
        """A line that looks like a paragraph: long, and ending as a sentence does."""
        return self.words[at] >= LONG and self.sentence[at]

    def apart(self, at: int) -> bool:
        """An empty line stands before this line."""
        return self.lines[at].blank_before


def sheet_of(lines: Sequence[TextLine], tokens: Sequence[Sequence[str]], kept: list[float]) -> Sheet:
    """Count, and find the body: from the first to the last long sentence that the model would keep."""
    words = [len(line.text.split()) for line in lines]
    sentence = [ends_sentence(line.text) for line in lines]
    body = [at for at, p in enumerate(kept) if p >= KEEP and words[at] >= LONG and sentence[at]]
    if not body:
        body = [at for at, p in enumerate(kept) if p >= DOUBT and words[at] >= LONG and sentence[at]]
    first, last = (body[0], body[-1]) if body else (len(lines), -1)
    return Sheet(lines, tokens, kept, words, sentence, first, last, _among(lines, kept, words))


def _among(lines: Sequence[TextLine], kept: list[float], words: list[int]) -> frozenset[int]:
    """Long lines that follow paragraphs of the report in one stretch of lines each set off by blank lines.

    A page's menus and lists stand close together, its paragraphs apart; so a recipe or a list of the dead that goes
    on in the paragraphs' way is the report's, however little its lines look like sentences.
    """
    among: set[int] = set()
    stretch: list[int] = []
    for at in range(len(lines) + 1):
        after = at + 1 >= len(lines) or lines[at + 1].blank_before
        if at < len(lines) and (lines[at].blank_before or at == 0) and after:
            stretch.append(at)
            continue
        sure = [k for k in stretch if kept[k] >= SURE and words[k] >= LONG]
        if len(sure) >= 2 and len(stretch) >= 4:
            among.update(k for k in stretch if k > sure[0] and words[k] >= LONG)
        stretch = []
    return frozenset(among)
