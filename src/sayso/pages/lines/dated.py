"""A date in words or figures -> ISO 8601, only where it can be read one way."""

from __future__ import annotations

import datetime
import re

from sayso.pages.lines.wordlists import numbered

OPENING = 90  # characters of a paragraph in which a dateline stands
FIRST_YEAR, LAST_YEAR = 1980, 2100  # reports; a number outside is no year of publication

_CLOSE = re.compile(r"\s?[-–—:]\s|\.\s")
_SENTENCE = re.compile(r"(?:On|In|By|At|As|Since|Until|From|After|Before|The)\s")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?!\d)")
_FIGURES = re.compile(r"(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")
_WORDS = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?(?: de| of)?,? ([^\W\d_]{3,})\.?(?: de| del)?,? (\d{4})\b")
_AMERICAN = re.compile(r"\b([^\W\d_]{3,})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
_TIME = re.compile(r"\b(\d{1,2})[:.](\d\d)(?::\d\d)? ?(am|pm|a\.m\.|p\.m\.)?,? ?\(?(GMT|UTC|Z|[+-]\d\d:?\d\d)\)?(?!\w)", re.IGNORECASE)  # fmt: skip # noqa: E501


def date_in(text: str) -> str | None:
    """The one date in a text, with its time where that has a zone; None where there is none or it is not plain.

    >>> date_in("ADEN, 21 May 2016"), date_in("Published: June 3, 2016, 14:05 GMT")
    ('2016-05-21', '2016-06-03T14:05+00:00')
    >>> date_in("06/07/2016"), date_in("21 May")
    (None, None)
    """
    day = _day_in(text)
    if day is None:
        return None
    time = _TIME.search(text)
    return f"{day.isoformat()}T{_clock(time)}" if time and _clock(time) else day.isoformat()


def dateline_in(paragraph: str) -> str | None:
    """The place and full date that a paragraph opens with, before its dash, colon or full stop; None for a sentence.

    >>> dateline_in("KYIV, 3 May 2024 - Shells fell."), dateline_in("March 12, 2025 (EL FASHER) - The town fell.")
    ('KYIV, 3 May 2024', 'March 12, 2025 (EL FASHER)')
    >>> dateline_in("On 3 May 2024 - a Friday - shells fell.")
    """
    for close in _CLOSE.finditer(paragraph[:OPENING]):
        opening = paragraph[: close.start()]
        date = next((d for find in (_ISO, _WORDS, _AMERICAN, _FIGURES) if (d := find.search(opening))), None)
        if date is None or date_in(opening) is None:
            continue
        before, after = opening[: date.start()].split(), opening[date.end() :].strip()
        named = all(word[0].isupper() or not word[0].isalpha() for word in before) and not _SENTENCE.match(opening)
        bracketed = not after or (after.startswith("(") and after.endswith(")"))
        if named and bracketed and (before or close[0].strip() != "."):
            return opening
    return None


def _day_in(text: str) -> datetime.date | None:
    if found := _ISO.search(text):
        return _day(found[1], found[2], found[3])
    for found in _WORDS.finditer(text):
        if month := numbered("months").get(found[2].lower()):
            return _day(found[3], month, found[1])
    for found in _AMERICAN.finditer(text):
        if month := numbered("months").get(found[1].lower()):
            return _day(found[3], month, found[2])
    if found := _FIGURES.search(text):
        one, other = int(found[1]), int(found[3])
        if found[2] == "." or one > 12 or one == other:  # dots are day first wherever they are used
            return _day(found[4], other, one)
        if other > 12:
            return _day(found[4], one, other)
    return None


def _day(year: str, month: str | int, day: str | int) -> datetime.date | None:
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return date if FIRST_YEAR <= date.year <= LAST_YEAR else None


def _clock(found: re.Match[str]) -> str | None:
    """Hour, minute and offset as ISO 8601 has them."""
    hour, minute, half, zone = int(found[1]), int(found[2]), (found[3] or "").lower(), found[4].upper()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return None
    offset = "+00:00" if zone in ("GMT", "UTC", "Z") else f"{zone[:3]}:{zone[-2:]}"
    return f"{hour:02}:{minute:02}{offset}"
