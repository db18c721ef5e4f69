"""What a line says, in counts that need no language, and in the few words pages use everywhere for their furniture."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TELLING = 20  # letters from which a line found in the title is the title, not a word of it
ECHO = 20  # letters in a row that are no chance when they come again on a page
READ = 300  # characters of a line whose words are looked at: calls, credits and dates are told by how it begins

CREDIT = re.compile(
    r"\b(?:photo(?:graph)?s?|images?|picture|file|getty|shutterstock|afp|ap photo|epa|credit|courtesy|fotos?|crédit"
    r"|imagen|bild|фото|صورة)\b|©",
    re.I,
)
CALL = re.compile(
    r"\b(?:read more|read also|also read|see also|more:|related|sign up|subscribe|newsletter|follow us|click here|share"
    r"|log in|sign in|download|watch|advertisement|cookies?|comments?|leia mais|leia também|lea también|ver más"
    r"|suscr\w+|inscre\w+|leggi anche|baca juga|lire aussi|lesen sie auch|читайте также|подпис\w+|اقرأ أيضا)\b",
    re.I,
)
LEGAL = re.compile(r"\b(?:copyright|all rights reserved|terms of|privacy|policy|isbn|editor)\b|©", re.I)
DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b|\b(?:ago|hace|fa|назад|il y a|vor)\b", re.I)
BY = re.compile(r"^(?:by|por|par|von|di|da|oleh|автор|door)\b[ :]", re.I)
STOPS = ".!?。！？؟।…"
CLOSING = "\"'”’»)]"

NAMES = (
    "log_letters", "log_words", "mean_word", "stops", "commas", "ends_stop", "ends_colon", "ends_dots",
    "ends_question", "quote", "digits", "capitals", "starts_lower", "starts_mark", "bars", "at_signs",
    "address", "credit", "call", "legal", "date", "by", "repeats", "in_title",
    "marks", "echoes", "echoes_before",
)  # fmt: skip
_SPLIT = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
PIECES = 10  # of a line that are looked for elsewhere: the start of a long one tells enough


def ends(text: str) -> bool:
    """Whether the line ends as a sentence does, closing marks apart.

    >>> ends("“We are in the town.”"), ends("Latest news")
    (True, False)
    """
    return text.rstrip(CLOSING)[-1:] in tuple(STOPS)


def features(texts: Sequence[str], letters: Sequence[str], wanted: NDArray[np.intp], title: str) -> Floats:
    """The rows of the `wanted` lines, in the columns `NAMES`. `letters` as `letters_of` gives them; so `title`."""
    times = Counter(texts)
    echoes = _Echoes(letters)
    rows = [_row(texts[at], letters[at], times[texts[at]], title) + echoes.of(at) for at in wanted.tolist()]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(NAMES))


def _row(text: str, run: str, repeats: int, title: str) -> tuple[float, ...]:
    length = len(text)
    per_line = max(1.0, length / 100)  # counts stand for a line of print
    head = text[:READ]
    words = _SPLIT.findall(head)
    shown = "".join(words)
    last = text.rstrip(CLOSING)[-1:]
    return (
        math.log1p(length),
        math.log1p(len(words)),
        len(shown) / max(1, len(words)),
        sum(map(text.count, STOPS)) / per_line,
        (text.count(",") + text.count("،") + text.count("、")) / per_line,
        last in tuple(STOPS),
        last == ":",
        text.endswith(("...", "…")),
        last in ("?", "？", "؟"),
        any(mark in text for mark in '"“”«»„'),
        len(_DIGIT.findall(head)) / max(1, len(shown)),
        sum(word[0].isupper() for word in words) / max(1, len(words)),
        text[0].islower(),
        not text[0].isalnum(),
        text.count("|") + text.count("•") + text.count("·"),
        text.count("@") + text.count("#"),
        "http" in text or "www." in text,
        len(CREDIT.findall(head)),
        len(CALL.findall(head)),
        len(LEGAL.findall(head)),
        len(DATE.findall(head)),
        BY.match(text) is not None,
        min(repeats, 4),
        bool(run) and run in title,
        len(run) / length,
    )


class _Echoes:
    """How much of a line is said elsewhere on the page, and before it.

    Pages repeat themselves: the article once more for machines, a pulled quotation, the lede under the title.
    """

    def __init__(self, letters: Sequence[str]) -> None:
        self.letters = letters
        self.page = "\n".join(letters)
        self.starts = np.cumsum([0, *(len(run) + 1 for run in letters)]).tolist()

    def of(self, at: int) -> tuple[float, float]:
        run, start = self.letters[at], self.starts[at]
        pieces = [run[k : k + ECHO] for k in range(0, min(len(run) - ECHO + 1, PIECES * ECHO), ECHO)]
        if not pieces:
            return 0.0, 0.0
        end = start + len(run)
        before = [self.page.find(piece, 0, start) >= 0 for piece in pieces]
        after = [found or self.page.find(piece, end) >= 0 for found, piece in zip(before, pieces, strict=True)]
        return sum(after) / len(pieces), sum(before) / len(pieces)
