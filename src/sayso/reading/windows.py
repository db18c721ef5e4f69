"""Text -> words, word pieces and sentence-aligned windows: what the encoder sees, in training and when reading.

A word is a run of letters or digits, or one mark of punctuation (the units the pieces are cut from). A window is a
run of whole sentences of at most `MAX_PIECES` pieces; neighbouring windows overlap, and each word is *at home* in the
one where it has context on both sides, so that its anchors are read exactly once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import sentencex
from numpy.typing import NDArray
from tokenizers import Tokenizer

MAX_PIECES = 382  # with [CLS] and [SEP] 384: fewer and longer windows than 256 waste less on overlap
OVERLAP_PIECES = 64  # about two sentences: what a pronoun or a place "in a sentence nearby" needs
PIECES_A_SENTENCE = 200  # a longer "sentence" (a list, a lost full stop) is cut, so that overlap stays possible

SHAPES = 6
MARKS = SHAPES * 2 * 2 * 2  # shape, inside quotation marks, first of its sentence, in the title
OPENING, CLOSING = "“«„", "”»"
LONGEST_TITLE = 200  # characters
LONGEST_QUOTATION = 3000  # characters; a mark without its partner must not quote the rest of the report

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text. `spans` (n, 2): code points; `sentence` (n,): number of its sentence, from 0.

    `pieces` (p,): piece ids; `first` (n + 1,): index of each word's first piece; `marks` (n,): see `MARKS`.
    """

    spans: Ints
    sentence: Ints
    marks: Ints
    pieces: Ints
    first: Ints


@dataclass(frozen=True, slots=True)
class Window:
    """Words `start` to `end` (half open) of a text, of which those from `home_start` to `home_end` are at home."""

    start: int
    end: int
    home_start: int
    home_end: int


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the sentences of `text`, in order; a line break always ends one."""
    spans: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        at = line.start()
        for piece in sentencex.segment("en", line.group()):
            if piece.strip():
                spans.append((at, at + len(piece)))
            at += len(piece)
    return spans


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans between double quotation marks, straight or curly, without the marks; none crosses a paragraph.

    >>> [("“No,” he said. \\"Never.\\"")[a:b] for a, b in quoted_spans("“No,” he said. \\"Never.\\"")]
    ['No,', 'Never.']
    """
    spans: list[tuple[int, int]] = []
    begun: int | None = None
    for match in re.finditer(r"[\"“”„«»]|\n\s*\n|''|``", text):
        mark, at = match.group(), match.start()
        if mark[0] == "\n":
            begun = None
        elif begun is not None and (mark in CLOSING or mark in ('"', "''")):
            if at - begun <= LONGEST_QUOTATION:
                spans.append((begun, at))
            begun = None
        elif mark in OPENING or mark in ('"', "``", "”", "''"):
            begun = match.end()
    return spans


@lru_cache(maxsize=16_384)  # words recur; a report has a few hundred different ones
def _shape(word: str) -> int:
    if not word[0].isalnum():
        return 0
    if word[0].isdigit():
        return 1
    if word.islower():
        return 2
    if word.isupper() and len(word) > 1:
        return 3
    return 4 if word[0].isupper() else 5


def title_end(text: str) -> int:
    """Where the title stops: the end of a short first paragraph that others follow; 0 when there is none.

    >>> title_end("Truce holds in Azaz\\n\\nThe truce held on Monday."), title_end("The truce held on Monday.")
    (19, 0)
    """
    end = text.find("\n\n")
    return end if 0 < end < LONGEST_TITLE else 0


def words_of(text: str, tokenizer: Tokenizer) -> Words:
    """Cut `text` into words with their pieces, sentences and marks."""
    encoded = tokenizer.encode(text, add_special_tokens=False)
    offsets, numbers = encoded.offsets, encoded.word_ids
    spans: list[tuple[int, int]] = []
    first: list[int] = []
    last = None
    for index, (number, (start, end)) in enumerate(zip(numbers, offsets, strict=True)):
        if number != last or not spans:
            spans.append((start, end))
            first.append(index)
            last = number
        else:
            spans[-1] = (spans[-1][0], end)
    array = np.array(spans, dtype=np.int32).reshape(-1, 2)
    sentence = _sentence_numbers(text, array)
    return Words(
        spans=array,
        sentence=sentence,
        marks=_marks(text, array, sentence),
        pieces=np.array(encoded.ids, dtype=np.int32),
        first=np.array([*first, len(offsets)], dtype=np.int32),
    )


def _sentence_numbers(text: str, spans: Ints) -> Ints:
    starts = np.array([start for start, _ in sentences_of(text)], dtype=np.int32)
    return np.maximum(np.searchsorted(starts, spans[:, 0], side="right") - 1, 0).astype(np.int32)


def _marks(text: str, spans: Ints, sentence: Ints) -> Ints:
    count = len(spans)
    shapes = np.array([_shape(text[a:b]) for a, b in spans.tolist()], dtype=np.int32)
    if count and (shapes == 3).sum() > 0.6 * max(1, (shapes >= 2).sum()):
        shapes[shapes >= 2] = 5  # an upper-case wire: its capitals say nothing
    inside = np.zeros(count, dtype=np.int32)
    for start, end in quoted_spans(text):
        a, b = np.searchsorted(spans[:, 0], [start, end])
        inside[a:b] = 1
    opens = np.ones(count, dtype=np.int32)
    opens[1:] = sentence[1:] != sentence[:-1]
    title = (spans[:, 1] <= title_end(text)).astype(np.int32) if count else np.zeros(0, dtype=np.int32)
    return (((shapes * 2 + inside) * 2 + opens) * 2 + title).astype(np.int32)


def windows_of(words: Words, limit: int = MAX_PIECES, overlap: int = OVERLAP_PIECES) -> list[Window]:
    """Windows over all words: balanced in length, aligned to sentences, each word at home in exactly one."""
    count = len(words.spans)
    if count == 0:
        return []
    starts = _unit_starts(words)
    total = int(words.first[count])
    if total <= limit:
        return [Window(0, count, 0, count)]
    number = -(-(total - overlap) // (limit - overlap))
    target = min(limit, (total - overlap) // number + overlap + PIECES_A_SENTENCE // 8)
    spans: list[tuple[int, int]] = []
    unit = 0
    bounds = [*starts, count]
    while True:
        end = unit + 1
        while end < len(starts) and words.first[bounds[end + 1]] - words.first[bounds[unit]] <= target:
            end += 1
        spans.append((bounds[unit], bounds[end]))
        if end >= len(starts):
            break
        back = end
        while back - 1 > unit and words.first[bounds[end]] - words.first[bounds[back - 1]] <= overlap:
            back -= 1
        unit = back
    return _with_homes(spans, starts)


def _unit_starts(words: Words) -> list[int]:
    """First words of the sentences, long ones cut so that each unit has at most `PIECES_A_SENTENCE` pieces."""
    starts = [0]
    for index in range(1, len(words.spans)):
        new = words.sentence[index] != words.sentence[index - 1]
        if new or words.first[index + 1] - words.first[starts[-1]] > PIECES_A_SENTENCE:
            starts.append(index)
    return starts


def _with_homes(spans: list[tuple[int, int]], starts: list[int]) -> list[Window]:
    """Divide each overlap at the sentence nearest its middle: the left half is at home in the earlier window."""
    edges = [0]
    for (_, end), (start, _) in pairwise(spans):
        middle = (start + end) // 2
        inner = [s for s in starts if start <= s <= end]
        edges.append(min(inner, key=lambda s: abs(s - middle)) if inner else end)
    edges.append(spans[-1][1])
    return [Window(a, b, edges[i], edges[i + 1]) for i, (a, b) in enumerate(spans)]
