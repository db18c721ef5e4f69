"""What can be seen of each line of a page: of itself, of its neighbours, and of the page.

`FEATURES` names the columns and gives each its voice, the words in which it is told what spoke for a line's kind.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import repeat
from operator import itemgetter
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from sayso.pages.lines.wordlists import has_phrase, word_list

Table = NDArray[Any]

LOOKED_AT = 4000  # characters of a line that are looked at: beyond it no line is furniture, and a line may be endless
LONG = 12  # words: the length from which a lost paragraph counts as a loss
FAR = 40  # lines: farther than this is simply far
CLOSERS = "\"”’'»)]“‹›」』"
ENDS = frozenset(".!?…。！？؟।۔։")
WORD = re.compile(r"\w+")
DATE = re.compile(r"\d{1,2}[./:-]\d{1,2}|\d{4}-\d\d")
TITLE_AGAIN = 0.75  # of a line's words in the page's first line: the title again, with or without the outlet's name
TELLING = 5  # letters: shorter words stand in any text
SLOW, FAST = 0.85, 0.5  # what is left of a line after the next: half is forgotten after four lines, after one
SURE = 0.7  # the probability from which a line tells what the report is about
MARK_WORDS = 8  # words at most in a line that stands over comments or a list of other stories
SEPARATORS = ("|", "»", "›", "·", "•", "→", " / ")

LENGTH, ENDING, WORDING, SHAPE, MARKS, PLACE, AROUND, BLOCK, TWICE, TITLE, PAGE, TALK, MORE, TOPIC, FIRST_LOOK = (
    "its length", "its ending", "its words", "its capitals and figures", "its marks", "where it stands",
    "the lines around it", "the blank lines", "whether it stands elsewhere too", "its likeness to the title",
    "the page as a whole", "readers' comments near it or not", "lists of other stories near it or not",
    "what it is about", "the first look",
)  # fmt: skip
OWN: Mapping[str, str] = {
    "words": LENGTH, "characters": LENGTH, "word_length": LENGTH,
    "ends_sentence": ENDING, "ends_colon": ENDING, "ends_dots": ENDING, "ends_bare": ENDING, "ends_quote": ENDING,
    "sentences": ENDING, "commas": MARKS, "quotes": MARKS, "separators": MARKS, "brackets": MARKS, "dashes": MARKS,
    "questions": MARKS, "colon": MARKS,
    "capital_words": SHAPE, "upper": SHAPE, "starts_lower": SHAPE, "starts_digit": SHAPE, "starts_mark": SHAPE,
    "numbers": SHAPE,
    "function_words": WORDING, "vocabulary": WORDING, "vocabulary_mean": WORDING, "vocabulary_low": WORDING,
    "date": WORDING, "credit": WORDING, "address": WORDING,
}  # fmt: skip
OFFSETS = (-3, -2, -1, 1, 2, 3)
NEAR = ("words", "ends_sentence", "vocabulary_mean", "capital_words")
PAGE_WIDE: Mapping[str, str] = {
    "blank_before": BLOCK, "blank_after": BLOCK, "block_lines": BLOCK, "block_words": BLOCK, "blank_share": BLOCK,
    "repeats": TWICE,
    "in_title": TITLE, "since_title": TITLE, "until_title": TITLE, "title_in": TITLE, "title_near": TITLE,
    "words_near": AROUND, "words_vary": AROUND, "ends_near": AROUND,
    "since_talk": TALK, "talk_before": TALK, "talk_after": TALK, "since_more": MORE, "more_before": MORE,
    **{f"{name}{offset:+d}": AROUND for name in NEAR for offset in OFFSETS},
    "slow_before": AROUND, "fast_before": AROUND, "slow_after": AROUND, "fast_after": AROUND,
    "since_long": PLACE, "until_long": PLACE, "position": PLACE, "from_start": PLACE, "from_end": PLACE,
    "said_before": PLACE, "said_after": PLACE, "said_share": PLACE,
    "page_lines": PAGE, "page_said": PAGE, "page_share": PAGE, "page_vocabulary": PAGE,
}  # fmt: skip
FIRST: Mapping[str, str] = {**OWN, **PAGE_WIDE}
SECOND: Mapping[str, str] = {
    "first": FIRST_LOOK,
    **{f"first{offset:+d}": AROUND for offset in OFFSETS},
    "kept_slow_before": AROUND, "kept_fast_before": AROUND, "kept_slow_after": AROUND, "kept_fast_after": AROUND,
    "kept_before": PLACE, "kept_after": PLACE, "kept_share": PLACE, "page_kept": PAGE,
    "in_core": PLACE, "after_core_start": PLACE, "before_core_end": PLACE, "like_core": PLACE,
    "kept_near": AROUND, "kept_block": BLOCK, "topic": TOPIC, "topic_near": TOPIC,
}  # fmt: skip


class TextLine(msgspec.Struct, frozen=True):
    """A line of a page as received: not empty, white space normalised; whether an empty line stands before it."""

    text: str
    blank_before: bool = False


def own(text: str, tokens: Sequence[str], weights: Mapping[str, float]) -> tuple[float, ...]:
    """The columns of `OWN` for one line."""
    head = text[:LOOKED_AT]
    words = head.split()
    n = len(words)
    tail = text[-8:].rstrip(CLOSERS) or text[-1:]
    end = tail[-1:]
    ends = end in ENDS
    dots = tail.endswith(("...", "…"))
    lower = head.lower()
    said = list(map(weights.get, tokens, repeat(0.0)))
    total = sum(said)
    capitals = sum(map(str.isupper, map(itemgetter(0), words)))
    known = sum(map(word_list("function_words").__contains__, tokens))
    m = len(tokens) or 1
    figures = sum(map(str.isdecimal, tokens))
    first = text[0]
    chars = len(text)
    marks = head.count('"') + head.count("“") + head.count("«") + head.count("”")
    inside = head.count(". ") + head.count("? ") + head.count("! ") + head.count('." ') + head.count(".” ")
    return (
        math.log1p(n if chars <= LOOKED_AT else n * chars / LOOKED_AT),
        math.log1p(chars),
        (len(head) - n + 1) / n,
        ends,
        end == ":",
        dots,
        not ends and end.isalnum(),
        len(tail) < len(text[-8:]),
        inside,
        head.count(",") / n,
        marks,
        sum([head.count(mark) for mark in SEPARATORS]),
        head.count("(") + head.count("["),
        head.count(" - ") + head.count(" – ") + head.count("—"),
        "?" in head,
        ":" in head,
        capitals / n,
        head.isupper(),
        first.islower(),
        first.isdigit(),
        not first.isalnum(),
        figures / m,
        known / m,
        total / math.sqrt(m),
        total / m,
        min(said, default=0.0),
        figures > 0 and _dated(head, tokens, figures),
        "©" in head or "(c)" in lower or not word_list("credit_words").isdisjoint(tokens),
        "@" in head or "http" in lower or "www." in lower,
    )


def _dated(head: str, tokens: Sequence[str], figures: int) -> bool:
    """A figure and a month's name, or figures as in dates and times, or so long "ago"."""
    if "ago" in tokens or not word_list("months").isdisjoint(tokens):
        return True
    return figures > 1 and DATE.search(head[:200]) is not None


def words_in(lines: Sequence[TextLine]) -> list[list[str]]:
    """The lower-case words of each line."""
    return [WORD.findall(line.text[:LOOKED_AT].lower()) for line in lines]


def first_look(lines: Sequence[TextLine], words_of: Sequence[Sequence[str]], weights: Mapping[str, float]) -> Table:
    """(lines, FIRST): each line's own looks and what surrounds it. `words_of` as from `words_in`."""
    mine = [own(line.text, tokens, weights) for line, tokens in zip(lines, words_of, strict=True)]
    table = np.array(mine, dtype=np.float64).reshape(len(lines), len(OWN))
    return np.concatenate([table, around(lines, words_of, table)], axis=1)


def around(lines: Sequence[TextLine], words_of: Sequence[Sequence[str]], mine: Table) -> Table:
    """(lines, PAGE_WIDE)."""
    n = len(lines)
    column = {name: mine[:, at] for at, name in enumerate(OWN)}
    words = np.expm1(column["words"])
    long = (words >= LONG) & (column["ends_sentence"] > 0)
    said = np.where((words >= 8) & (column["ends_sentence"] + column["ends_quote"] > 0), words, 0.0)
    blank = np.array([line.blank_before for line in lines], dtype=bool)
    blank[:1] = True
    block = np.cumsum(blank) - 1
    times = Counter(line.text for line in lines)
    before = np.cumsum(said) - said
    total = said.sum()
    at = np.arange(n)
    in_title, title_in = _in_title(words_of)
    log_words = column["words"]
    title_near, words_near, squares_near, ends_near = near(
        np.stack([title_in, log_words, log_words**2, column["ends_sentence"]])
    )
    titles = (in_title >= TITLE_AGAIN) & (words >= 4)
    talk = np.array([len(said) <= MARK_WORDS and has_phrase(said, "comment_marks") for said in words_of])
    more = np.array([len(said) <= MARK_WORDS and has_phrase(said, "more_marks") for said in words_of])
    columns: list[Any] = [
        blank, np.append(blank[1:], True), np.log1p(np.bincount(block)[block]),
        np.log1p(np.bincount(block, weights=words)[block]), blank.mean(),
        [min(times[line.text], 4) for line in lines], in_title, since(titles), since(titles[::-1])[::-1],
        title_in, title_near, words_near, np.sqrt(np.maximum(squares_near - words_near**2, 0.0)), ends_near,
        since(talk), np.log1p(np.cumsum(talk)), np.log1p(talk.sum() - np.cumsum(talk)),
        since(more), np.log1p(np.cumsum(more)),
    ]  # fmt: skip
    columns += [row for name in NEAR for row in shifted(column[name])]
    columns += [*fading(said)]
    columns += [
        since(long), since(long[::-1])[::-1], at / n, np.log1p(at), np.log1p(n - 1 - at),
        np.log1p(before), np.log1p(total - before - said), before / max(total, 1.0),
        math.log1p(n), math.log1p(total), total / max(words.sum(), 1.0),
        column["vocabulary_mean"].mean(),
    ]  # fmt: skip
    return _side_by_side(columns, n)


def second_look(words_of: Sequence[Sequence[str]], first: Table, kept: Table) -> Table:
    """(lines, FIRST + SECOND): `first` as from `first_look`, `kept` the first model's probabilities."""
    n = len(kept)
    words = np.expm1(first[:, 0])
    mass = kept * words
    before = np.cumsum(mass) - mass
    total = mass.sum()
    start, end = core((kept - 0.5) * np.sqrt(words))
    at = np.arange(n)
    blank = first[:, len(OWN)] > 0
    block = np.cumsum(blank) - 1
    topic = _topic(words_of, kept)
    inside = kept[start:end].mean() if end > start else 0.0
    columns = [
        kept, *shifted(kept), *fading(mass),
        np.log1p(before), np.log1p(total - before - mass), before / max(total, 1.0),
        total / max(words.sum(), 1.0), (at >= start) & (at < end), _far(at - start), _far(end - at),
        inside, near(kept), np.bincount(block, weights=kept)[block] / np.bincount(block)[block],
        topic, near(topic * words) / np.maximum(near(words), 1.0),
    ]  # fmt: skip
    return np.concatenate([first, _side_by_side(columns, n)], axis=1)


def _side_by_side(columns: Sequence[Any], n: int) -> Table:
    """Columns of numbers, or single numbers for all lines, as one table."""
    table = np.empty((len(columns), n))
    for at, column in enumerate(columns):
        table[at] = column
    return table.T


def shifted(values: Table) -> list[Table]:
    """The values of the lines at each of `OFFSETS` from every line; NaN beyond the page."""
    most = max(OFFSETS)
    wide = np.full(len(values) + 2 * most, np.nan)
    wide[most : most + len(values)] = values
    return [wide[most + offset : most + offset + len(values)] for offset in OFFSETS]


def fading(values: Table) -> list[Table]:
    """Sums of what went before (slowly fading, fast fading) and of what comes after (slowly, fast)."""
    before, after = _faded(values.tolist()), _faded(values[::-1].tolist())
    return [np.log1p(np.array(sums)) for sums in before] + [np.log1p(np.array(sums[::-1])) for sums in after]


def _faded(values: list[float]) -> tuple[list[float], list[float]]:
    slow = fast = 0.0
    slows, fasts = [], []
    for value in values:
        slows.append(slow)
        fasts.append(fast)
        slow = SLOW * slow + value
        fast = FAST * fast + value
    return slows, fasts


def near(values: Table) -> Table:
    """The mean over a line, the four before and the four after it; along the last axis."""
    n = values.shape[-1]
    total = np.zeros((*values.shape[:-1], n + 1))
    np.cumsum(values, axis=-1, out=total[..., 1:])
    at = np.arange(n)
    low, high = np.maximum(at - 4, 0), np.minimum(at + 5, n)
    return (total[..., high] - total[..., low]) / (high - low)  # type: ignore[no-any-return]


def _far(steps: Table) -> Table:
    """A distance in lines with its sign, longer ones ever less telling."""
    return np.sign(steps) * np.log1p(np.abs(steps))


def since(marks: Table) -> Table:
    """Lines since the last marked line before; `FAR` at most."""
    out, last = [], FAR
    for mark in marks.tolist():
        out.append(min(last, FAR))
        last = 1 if mark else last + 1
    return np.array(out, dtype=np.float64)


def core(gain: Table) -> tuple[int, int]:
    """The stretch of lines with the greatest sum of gains (Kadane): where the report most probably lies."""
    best, best_at, run, start = 0.0, (0, 0), 0.0, 0
    for at, value in enumerate(gain.tolist()):
        run += value
        if run <= 0:
            run, start = 0.0, at + 1
        elif run > best:
            best, best_at = run, (start, at + 1)
    return best_at


def _in_title(words_of: Sequence[Sequence[str]]) -> tuple[Table, Table]:
    """The share of each line's words that stand in the page's title, and of the title's longer words in the line.

    The title is, for this, the page's first line of four words or more.
    """
    title = next((set(words) for words in words_of[:6] if len(words) >= 4), set())
    telling = {word for word in title if len(word) >= TELLING}
    lines = [set(words) for words in words_of]
    share = [len(words & title) / len(words) if words else 0.0 for words in lines]
    return np.array(share), np.array([len(words & telling) / max(len(telling), 1) for words in lines])


def _topic(words_of: Sequence[Sequence[str]], kept: Table) -> Table:
    """The share of each line's longer words that stand in other lines which are most probably the report's."""
    lines = [{word for word in words if len(word) >= TELLING} for words in words_of]
    sure = (kept >= SURE).tolist()
    times = Counter(word for words, of_report in zip(lines, sure, strict=True) if of_report for word in words)
    share = [
        sum([times[word] > of_report for word in words]) / len(words) if words else 0.0
        for words, of_report in zip(lines, sure, strict=True)
    ]
    return np.array(share)
