"""Dates known in part: a year, month, season, week or day of the Gregorian calendar, and reckoning with them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

# First and last month of a season as the northern press uses it; winter begins in December of the year it is named by
# unless it is reckoned as January to March of the next, so both ends are wide.
SEASONS: Final = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}
PRECISE: Final = ((1, 1), (6, 2), (7, 3), (31, 4))  # days at most -> UCDP date_prec; beyond: 5
RECKONED: Final = range(10, 9900)  # years whose days can be reckoned with, and the days around them
UNIT: Final = re.compile(r"(\d*)([A-Z]{1,2})")


@dataclass(frozen=True, slots=True)
class Partial:
    """A date as far as it is known. `year` is negative before Christ; `time` is what follows the T of TIMEX3.

    `vague`: "-XX" for each field below the last known one that the words speak of but do not tell.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: str | None = None
    week: int | None = None
    time: str | None = None
    vague: str = ""

    @property
    def exact(self) -> date | None:
        """The day, if it is one that `datetime` can hold."""
        if self.year is None or self.month is None or self.day is None or self.year not in RECKONED:
            return None
        return date(self.year, self.month, min(self.day, days_in(self.year, self.month)))

    @property
    def value(self) -> str:
        """TIMEX3's value.

        >>> Partial(2016, 6, 8, time="MO").value, Partial(-480, season="SU").value, Partial(None, 6).value
        ('2016-06-08TMO', 'BC0480-SU', 'XXXX-06')
        """
        year = "XXXX" if self.year is None else f"{'BC' if self.year < 0 else ''}{abs(self.year):04d}"
        if self.season:
            return f"{year}-{self.season}"
        if self.week:
            return f"{year}-W{self.week:02d}"
        text = (
            year
            + ("" if self.month is None else f"-{self.month:02d}")
            + ("" if self.day is None else f"-{self.day:02d}")
        )
        if self.time:
            text += "-XX" * (self.month is None) + "-XX" * (self.day is None) + "T" + self.time
        return text + self.vague

    @property
    def extent(self) -> tuple[date, date] | None:
        """The first and last day, None where the year is unknown or before our era."""
        if self.year is None or self.year not in RECKONED:
            return None
        if self.week:
            start = date.fromisocalendar(self.year, min(self.week, 52), 1)
            return start, start + timedelta(days=6)
        if self.season:
            first, last = SEASONS[self.season]
            return month_of(self.year, first)[0], month_of(self.year, last)[1]
        if self.month is None:
            return date(self.year, 1, 1), date(self.year, 12, 31)
        if (exact := self.exact) is not None:
            return exact, exact
        return month_of(self.year, self.month)

    def shifted(self, n: int, unit: str) -> Partial:
        """`n` units on (or back), as precise as the unit and the date warrant ("two days after 1915": "1915-XX-XX")."""
        times, unit = unit_of(unit)
        n *= times
        if self.year is None:
            return Partial()
        if unit in ("D", "W", "WE"):
            exact = self.exact
            if exact is None:
                return replace(self, season=None, time=None, vague="-XX" * ((self.month is None) + (self.day is None)))
            return safe_shift(exact, n * (1 if unit == "D" else 7))
        if unit == "M":
            if self.month is None:
                return replace(self, season=None, time=None, vague="-XX")
            months = self.year * 12 + self.month - 1 + n
            return Partial(year=months // 12, month=months % 12 + 1) if months // 12 in RECKONED else Partial()
        return Partial(year=self.year + n) if unit == "Y" and abs(self.year + n) in RECKONED else Partial()


def of(day: date) -> Partial:
    """A day, wholly known."""
    return Partial(day.year, day.month, day.day)


def safe_shift(day: date, days: int) -> Partial:
    """The day so many days on; nothing when that leaves the calendar."""
    try:
        return of(day + timedelta(days=days))
    except OverflowError:
        return Partial()


def unit_of(unit: str) -> tuple[int, str]:
    """A unit of the vocabulary as a number and a plain unit: "10Y" is ten years."""
    match = UNIT.fullmatch(unit)
    return (int(match[1] or 1), match[2]) if match else (1, unit)


def days_in(year: int, month: int) -> int:
    """The number of days of a month."""
    return calendar.monthrange(year, month)[1]


def month_of(year: int, month: int) -> tuple[date, date]:
    """The first and last day of a month; months from 13 on are of the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, days_in(year, month))


def week_of(day: date) -> Partial:
    """The ISO week of a day."""
    year, week, _ = day.isocalendar()
    return Partial(year=year, week=week)


def precision_of(start: date | None, end: date | None) -> int | None:
    """UCDP's date_prec of a stretch of days.

    >>> precision_of(date(2016, 6, 8), date(2016, 6, 8)), precision_of(date(2016, 6, 1), date(2016, 6, 30))
    (1, 4)
    """
    if start is None or end is None:
        return None
    days = (end - start).days + 1
    return next((level for most, level in PRECISE if days <= most), 5)


def narrowed(extent: tuple[date, date], mod: str | None) -> tuple[date, date]:
    """The third of a stretch that "early", "mid" and "late" mean, or all of it.

    >>> [str(d) for d in narrowed((date(2016, 6, 1), date(2016, 6, 30)), "END")]
    ['2016-06-21', '2016-06-30']
    """
    start, end = extent
    third = ((end - start).days + 1) // 3
    if mod is None or third == 0:
        return extent
    if mod == "START":
        return start, start + timedelta(days=third - 1)
    if mod == "END":
        return start + timedelta(days=2 * third), end
    return start + timedelta(days=third), start + timedelta(days=2 * third - 1)


def latest_weekday(day: date, weekday: int) -> date:
    """The latest such weekday (0: Monday) on or before a day."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def next_weekday(day: date, weekday: int) -> date:
    """The first such weekday on or after a day."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)
