"""What a text itself says that its acronyms stand for, and where names stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.reading.who.nouns import table
from sayso.records.letters import CAPITAL as BIG

REACH = 120  # characters before a bracket in which what the acronym stands for is looked for
SKIPPED = 3  # nouns between the two: "Blue Front militants group (BF)"
FOREIGN = 8  # words at most of a name whose letters the acronym takes from another language
SHORT = re.compile(r"[(\[]\s*[\"'“‘]?([A-Za-z][\w&’'./-]{1,11})[\"'”’]?\s*[)\]]")
LONG = re.compile(r"\b([A-Z][A-Za-z-]{1,9})\s*[(\[]([^()\[\]]{5,80})[)\]]")
TOKEN = re.compile(r"[\w’'&./-]+")
NAMES = re.compile(
    rf"\b{BIG}[\w'’-]*(?:(?<=\b[A-Z])\.|(?<=Gen|Col|Sgt|Maj)\.|(?<=Lt|Mr|Dr|Ms)\.|(?<=Capt)\.)?"
    rf"(?:(?: (?:of|for|the|al|de|del|la|bin|van|von))* (?:al-)?{BIG}[\w'’-]*)+"
)


def names_in(text: str, at_most: int) -> Iterator[tuple[int, int]]:
    """Where names of two words or more stand in a text whose capital letters mean something, the first `at_most`."""
    openers = table().sets["openers"]
    for found, _ in zip(NAMES.finditer(text), range(at_most), strict=False):
        start, end = found.span()
        while (word := TOKEN.match(text, start, end)) and word[0].lower() in openers:
            start = word.end() + 1
        if " " in text[start:end]:
            yield start, end


def acronyms(text: str, capitals: bool) -> Iterator[tuple[str, str]]:
    """Acronyms in brackets and what they stand for, either way round: ("sdf", "Syrian Democratic Forces")."""
    for found in SHORT.finditer(text):
        short = found[1].replace(".", "")
        if not short[0].isupper():
            continue
        words = [(m[0], m.start()) for m in TOKEN.finditer(text, max(0, found.start() - REACH), found.start())]
        if (span := _written_out(short.lower(), words, capitals)) is not None:
            yield short.lower(), text[span[0] : span[1]].strip(" \"'“”‘’,")
    for found in LONG.finditer(text):
        words = [(m[0], m.start()) for m in TOKEN.finditer(found[2])]
        if words and (span := _by_letters(found[1].lower(), words)) and span[0] == 0:
            yield found[1].lower(), found[2].strip()


def _written_out(short: str, words: list[tuple[str, int]], capitals: bool) -> tuple[int, int] | None:
    """Where, in the words before an acronym, what it stands for begins and ends."""
    for skip in range(min(SKIPPED, len(words))):
        if span := _by_letters(short, words[: len(words) - skip]):
            return span
    return _by_capitals(short, words[-FOREIGN:], capitals)


def _by_capitals(short: str, words: list[tuple[str, int]], capitals: bool) -> tuple[int, int] | None:
    """The last words with capitals, or in a text of capitals those back to an article: what an acronym with another
    language's letters may stand for. Two begin with letters of it or one is a body's noun: not "Ann Lee (CDU)"."""
    nouns, first, names = table(), None, list[str]()
    for word, start in reversed(words):
        low = word.lower()
        if low in nouns.sets["inside_names"] and low != "the":
            continue
        if low in nouns.tails or (not word[0].isupper() and not word[0].isdigit()):
            break
        first, names = start, [*names, low]
    else:
        if not capitals:
            return None
    alike = sum(n[0] in short for n in names) > 1 or any(nouns.kind(n) for n in names)
    if first is None or len(names) < 2 or not alike:
        return None
    return first, words[-1][1] + len(words[-1][0])


def _by_letters(short: str, words: list[tuple[str, int]]) -> tuple[int, int] | None:
    """The last words whose first letters are the acronym's, small words free to count or not."""
    left = list(short)
    for word, start in reversed(words):
        parts = [p for p in word.lower().split("-") if p]
        for part in reversed(parts):
            if left and part[0] == left[-1]:
                left.pop()
            elif part not in table().sets["inside_names"] or len(left) == len(short):
                return None
        if not left:
            return start, words[-1][1] + len(words[-1][0])
    return None
