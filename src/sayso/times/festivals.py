"""Builders for festivals and dates of the Hijri calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from dateutil.easter import easter  # type: ignore[import-untyped]
from hijridate import Hijri

from sayso.times.absolute import NEAR, dated
from sayso.times.partial import latest_weekday, narrowed, of
from sayso.times.words import Draft, Standing, Words

FIXED: Final = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "halloween": (10, 31),
    "new year": (1, 1),
    "new year 's day": (1, 1),
    "new year 's eve": (12, 31),
    "newroz": (3, 21),
    "noruz": (3, 21),
    "nowruz": (3, 21),
}


def holiday(words: Words, standing: Standing) -> Draft | None:
    """A festival in its written year, or the latest before the report."""
    name = words.text("hol").replace("’", "'")
    written = words.digits("year")
    if written is not None:
        days = festival(name, written)
        return dated(of(days), None, anchor=None, why=f"{name} of that year") if days else None
    if standing.now is None or standing.history:
        running = standing.running
        days = festival(name, running.year) if running is not None and running.year is not None else None
        return (
            dated(of(days), None, anchor=f'"{standing.running_words}"', why=f"{name} of the story's year")
            if days
            else None
        )
    now = standing.now
    near = [d for y in (now.year - 1, now.year, now.year + 1) if (d := festival(name, y))]
    ahead = [d for d in near if d >= now]
    before = [d for d in near if d <= now + timedelta(days=NEAR)]
    chosen = ahead[0] if words.ahead and ahead else before[-1] if before else None
    return dated(of(chosen), None, anchor=standing.label, why=f"the latest {name}") if chosen else None


def festival(name: str, of_year: int) -> date | None:
    """The first day of a festival in a year; Islamic ones by Umm al-Qura, a day either way."""
    if not 1600 <= of_year < 2200:
        return None
    if name in FIXED:
        return date(of_year, *FIXED[name])
    if name.startswith("easter"):
        found: date = easter(of_year)
        return found
    if name == "thanksgiving":
        return latest_weekday(date(of_year, 11, 28), 3)
    hijri = (10, 1) if "fitr" in name else (12, 10) if "adha" in name else (1, 10) if name == "ashura" else None
    return hijri_in(of_year, *hijri) if hijri else None


def hijri_in(of_year: int, month: int, day: int) -> date | None:
    """The last such Hijri day within a Gregorian year."""
    for hijri_year in (of_year - 578, of_year - 579, of_year - 580):
        found = from_hijri(hijri_year, month, day)
        if found is not None and found.year == of_year:
            return found
    return None


def from_hijri(hijri_year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Hijri date, where Umm al-Qura's tables know it (1343 to 1500 AH)."""
    try:
        return date(*Hijri(hijri_year, month, day).to_gregorian().datetuple())
    except (ValueError, OverflowError):
        return None


def hijri_date(words: Words, _standing: Standing) -> Draft | None:
    """ "14 Ramadan 1437"."""
    day, month, hijri_year = words.digits("day"), words.whole("hmonth"), words.digits("hyear")
    if day is None or month is None or hijri_year is None:
        return None
    found = from_hijri(hijri_year, month, day)
    return (
        dated(of(found), None, anchor=None, why="Umm al-Qura's calendar; a day either way by place") if found else None
    )


def hijri_month(words: Words, standing: Standing) -> Draft | None:
    """ "Ramadan": of the written year, or the latest that had begun by the day of the report."""
    month, written = words.whole("hmonth"), words.digits("year")
    name = words.text("hmonth")
    if month is None or (month != 9 and written is None):  # other months' names are also people's
        return None
    running = standing.running
    of_year = written if written and written < 2200 else None
    if of_year is None and (standing.history or standing.now is None):
        of_year = running.year if running is not None and running.year is not None and running.year > 0 else None
    if of_year is not None:
        start = hijri_in(of_year, month, 1)
    else:
        now = standing.now
        starts = [d for y in (now.year - 1, now.year) if (d := hijri_in(y, month, 1)) and d <= now] if now else []
        start = starts[-1] if starts else None
    if start is None:
        return Draft("DATE", None, why=f"{name}, of a year unknown")
    end = start + timedelta(days=29)
    extent = narrowed((start, end), words.mod)
    return Draft(
        "DATE", f"{start}/{end}", of(start), extent, None if written else standing.label, f"{name} of that year"
    )
