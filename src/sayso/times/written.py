"""Dates as a reading writes them: a day, month or year, or two of them as "A/B"; from words, and back to days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from sayso.records.resolved import Timex
from sayso.times.partial import days_in, of

SIMPLE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=T|$)")
LENGTH: Final = re.compile(r"P(T?)(\d+|X)([MHDWY])")
EARLIER_THIS_WEEK: Final = re.compile(r"\bearlier\b", re.I)


def extent_of(written: str) -> tuple[date | None, date | None]:
    """The first and last day of a written date.

    >>> [str(d) for d in extent_of("2016/2016-06")]
    ['2016-01-01', '2016-06-30']
    """
    first, _, last = written.partition("/")
    return edge(first, False), edge(last or first, True)


def edge(written: str, end: bool) -> date | None:
    """The first or last day of a day, month or year."""
    match = SIMPLE.match(written)
    if match is None:
        return None
    year = int(match[1])
    month = int(match[2] or (12 if end else 1))
    return date(year, month, int(match[3] or (days_in(year, month) if end else 1)))


def day_of(timex: Timex) -> str | None:
    """The day, month or year that a single expression gives, if it gives one."""
    if timex.value is None or timex.type not in ("DATE", "TIME"):
        return None
    match = SIMPLE.match(timex.value)
    return match[0] if match else None


def in_words(inside: Sequence[Timex], words: str, now: date | None) -> str | None:
    """The date that the expressions of one time phrase give together."""
    singles = [d for t in inside if (d := single(t, words, now)) is not None]
    if not singles:
        return None
    plain = [d for d in singles if "/" not in d]
    if len(plain) < len(singles) or len(plain) == 1:
        return next((d for d in singles if "/" in d), singles[0])
    firsts = sorted(set(plain), key=lambda d: (extent_of(d)[0] or date.min, len(d)))
    first, last = firsts[0], firsts[-1]
    if last.startswith(first) or first == last:
        return last
    if first.startswith(last):
        return first
    return f"{first}/{last}"


def single(timex: Timex, words: str, now: date | None) -> str | None:
    """The date of one expression, as readers write it."""
    value = timex.value
    if value is None or value.startswith("BC"):
        return None
    if (day := day_of(timex)) is not None:
        return thirds(timex, day)
    if value == "PRESENT_REF" and now is not None:
        return now.isoformat()
    if value == "PAST_REF" and now is not None:
        return None
    if timex.type == "DURATION":
        return duration(timex, value, now)
    if timex.type == "SET":
        return now.isoformat()[:7] if now is not None else None
    if timex.start and timex.end:
        if "-W" in value and now is not None and timex.start <= now.isoformat() < timex.end:
            last = now - timedelta(days=1) if EARLIER_THIS_WEEK.search(words) and timex.start < now.isoformat() else now
            return f"{timex.start}/{last}" if timex.start < last.isoformat() else timex.start
        if re.search(r"-(?:SP|SU|FA|WI)$", value):
            return f"{timex.start[:7]}/{timex.end[:7]}"
        return f"{timex.start}/{timex.end}" if timex.start != timex.end else timex.start
    return None


def thirds(timex: Timex, written: str) -> str:
    """ "Late July" as its days where the words narrow a month, the month or year itself where not."""
    if len(written) == 10 and timex.start != timex.end and timex.start and timex.end:
        return f"{timex.start}/{timex.end}"  # overnight
    return written


def duration(timex: Timex, value: str, now: date | None) -> str | None:
    """A stretch up to the report's day, as fine as its unit: "the past month" in days, "two years" in years."""
    match = LENGTH.fullmatch(value)
    if match is None or now is None:
        return None
    clock, count, unit = match[1], match[2], match[3]
    if clock:
        if unit == "M" or count == "X" or int(count) < 24:
            return None if count != "X" else now.isoformat()
        return f"{now - timedelta(days=max(1, int(count) // 24))}/{now}"
    if count == "X":
        return {"D": now.isoformat()[:7], "W": f"{of(now).shifted(-1, 'M').value}/{now.isoformat()[:7]}"}.get(unit)
    if timex.start and timex.end and (unit in "DW" or (unit == "M" and count == "1")):
        return f"{timex.start}/{timex.end}"
    back = of(now).shifted(-int(count), unit)
    if unit in "DW":
        return now.isoformat()[:7]
    if unit == "M":
        return f"{back.value}/{now.isoformat()[:7]}"
    return f"{back.value}/{now.isoformat()[:4]}" if int(count) < 100 else None


def stretch_since(written: str, now: date | None) -> str:
    """ "Since March" goes on to the day of the report, where that is known."""
    return f"{written}/{now}" if now is not None and written < now.isoformat() else written


def next_time(written: str, now: date) -> str:
    """What lies ahead is not of a year gone by: a yearless date is moved to its next time."""
    if "/" in written:
        first, last = written.split("/")
        moved = next_time(last, now)
        return f"{moved[:4]}{first[4:]}/{moved}" if first[:4] == last[:4] else written
    last_day = extent_of(written)[1]
    if last_day is None or last_day >= now or len(written) < 7:
        return written
    if len(written) == 10 and (now - last_day).days <= 7:  # a weekday, or the day before
        return (last_day + timedelta(days=7)).isoformat()
    year = int(written[:4]) + 1
    return f"{year}{written[4:]}" if written[5:] != "02-29" else f"{year}-03-01"
