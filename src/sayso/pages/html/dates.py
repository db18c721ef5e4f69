"""Dates as pages write them -> ISO 8601, with time and zone only where the page gave them. Nothing is guessed.

"10/06/2016" is read only when one of the first two numbers is above twelve or both are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone

from sayso.pages.lines.wordlists import numbered

LONGEST = 120  # characters: dates are shorter, and longer strings are only slow to search
BESIDE = 8  # characters between a date and its time of day: ", at "; more, and it is another date's time
EARLIEST, LATEST = 1990, 2100  # the web's first pages; beyond, a number is no year

# Summer time is written out by those who use it, so each name is one offset. IST and the like mean several: left out.
_ZONES = {"z": 0, "gmt": 0, "utc": 0, "ut": 0, "bst": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "msk": 180,
          "est": -300, "edt": -240, "pst": -480, "pdt": -420, "trt": 180, "gst": 240}  # fmt: skip
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)")
_DAY_NAME = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?(?: de| of)?[\s/-]+([^\W\d_]{3,})\.?(?: de| del)?,?[\s/-]+"
    r"((?:19|20)\d\d)\b"
)
_NAME_DAY = re.compile(r"\b([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b")
_NUMBERS = re.compile(r"(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)[./](\d{1,2})[./](\d{1,2})(?!\d)")
_CLOCK = re.compile(
    r"(?<![\d:.])(?:T\s*)?(\d{1,2})[:h.](\d\d)(?:[:.](\d\d)(?:[.,]\d{1,9})?)?\s*(a\.?m\b\.?|p\.?m\b\.?)?", re.I
)
_PACKED = re.compile(r"^\d{8}T(\d\d)(\d\d)(\d\d)?", re.I)
_OFFSET = re.compile(r"^\s*(?:GMT|UTC)?\s*([+-])(\d\d):?(\d\d)\b", re.I)
_ZONE = re.compile(r"^\s*\(?([a-z]{1,4})\b", re.I)


def read_date(text: str) -> str | None:
    """The first date in `text` as ISO 8601: a date, or date and time, with its zone if named. None when there is none.

    >>> read_date("Published: June 8, 2016 9:15PM GMT"), read_date("20160611T1120+0300"), read_date("8 juin 2016")
    ('2016-06-08T21:15:00+00:00', '2016-06-11T11:20:00+03:00', '2016-06-08')
    >>> read_date("10/06/2016"), read_date("23.06.2016"), read_date("Tue, 07 Jun 2016 21:05:00 +0000")
    (None, '2016-06-23', '2016-06-07T21:05:00+00:00')
    """
    text = text[:LONGEST].strip()
    found = next(_days(text), None)
    if found is None:
        return None
    day, start, end = found
    clock = _clock(text, start, end)
    return day.isoformat() if clock is None else datetime.combine(day, clock).isoformat()


def _days(text: str) -> Iterator[tuple[date, int, int]]:
    """The dates in `text`, surest way of writing first, with where they stand."""
    for match in _ISO.finditer(text):
        yield from _day(match, match[1], match[2], match[3])
    for match in _DAY_NAME.finditer(text):
        yield from _day(match, match[3], _month(match[2]), match[1])
    for match in _NAME_DAY.finditer(text):
        yield from _day(match, match[3], _month(match[1]), match[2])
    for match in _YEAR_FIRST.finditer(text):
        yield from _day(match, match[1], match[2], match[3])
    for match in _NUMBERS.finditer(text):
        one, mark, two = int(match[1]), match[2], int(match[3])
        if mark == "." or one > 12 or one == two:  # points are written where the day comes first
            yield from _day(match, match[4], two, one)
        elif two > 12:
            yield from _day(match, match[4], one, two)


def _month(name: str) -> int:
    """The number of a month by its name; nought for another word."""
    return numbered("months").get(name.lower(), 0)


def _day(match: re.Match[str], year: str, month: str | int, day: str | int) -> Iterator[tuple[date, int, int]]:
    if EARLIEST <= int(year) <= LATEST:
        try:
            yield date(int(year), int(month), int(day)), match.start(), match.end()
        except ValueError:
            return


def _clock(text: str, start: int, end: int) -> time | None:
    """The time of day beside the date: after it, or else before it."""
    packed = _PACKED.match(text)
    if packed is not None:
        return _time(packed[1], packed[2], packed[3], "", text[packed.end() :])
    after = next(_CLOCK.finditer(text, end), None)
    before = list(_CLOCK.finditer(text, 0, start))[-1:]
    near = [(match.start() - end, match) for match in [after] if match] + [(start - m.end(), m) for m in before]
    distance, found = min(near, key=lambda pair: pair[0], default=(BESIDE + 1, None))
    if found is None or distance > BESIDE:
        return None
    return _time(found[1], found[2], found[3], found[4] or "", text[found.end() :])


def _time(hour: str, minute: str, second: str | None, half: str, after: str) -> time | None:
    hours = int(hour) % 12 + (12 if half[0] in "pP" else 0) if half else int(hour)
    try:
        return time(hours, int(minute), int(second or 0), tzinfo=_zone(after))
    except ValueError:
        return None


def _zone(after: str) -> timezone | None:
    if (match := _OFFSET.match(after)) is not None:
        minutes = int(match[2]) * 60 + int(match[3])
        return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes)) if minutes < 24 * 60 else None
    if (match := _ZONE.match(after)) is not None and match[1].lower() in _ZONES:
        return timezone(timedelta(minutes=_ZONES[match[1].lower()]))
    return None


def day_of(iso: str) -> date:
    """The day of a value made by `read_date`."""
    return date.fromisoformat(iso[:10])


def date_in_url(url: str) -> str | None:
    """The day in an address's path, if it has one: /2016/06/08/, /2016-06-08-, /20160608/, /2016/jun/08/.

    >>> date_in_url("https://news.example/world/2016/jun/08/manbij"), date_in_url("https://news.example/20160608/a")
    ('2016-06-08', '2016-06-08')
    """
    match = _URL_DATE.search(url[:2000])
    if match is None:
        return None
    month = match[2] if match[2].isdigit() else _month(match[2])
    return next((day.isoformat() for day, _, _ in _day(match, match[1], month, match[3])), None)


_URL_DATE = re.compile(r"/(?:[\w-]*[-_])?((?:19|20)\d\d)[/_-]?(\d\d|[a-z]{3})[/_-]?(\d\d)(?![\d])", re.I)
