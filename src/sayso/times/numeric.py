"""Builders for dates in figures: 8/6/2016, 2016-06-08, 2016-06, 9/11."""

from __future__ import annotations

from datetime import date

from sayso.times.absolute import dated
from sayso.times.partial import Partial, days_in, of
from sayso.times.words import Draft, Standing, Words


def numeric(words: Words, standing: Standing) -> Draft | None:
    """A date of three numbers; the order of day and month is the report's."""
    text = words.text("num")
    day = read_numeric(text, standing.day_first)
    if day is None:
        return None
    if "t" in text:
        return dated(
            Partial(day.year, day.month, day.day, time=text.split("t")[1][:5]), None, anchor=None, why="ISO 8601"
        )
    why = "day before month, as the report's other dates" if standing.day_first else "month before day, as the others"
    iso = len(text.split("-")[0]) == 4
    return dated(of(day), None, anchor=None, why="the date is written" if iso else why)


def read_numeric(text: str, day_first: bool) -> date | None:
    """The day that "2016-06-08", "8/6/2016", "08.06.16" mean, if any."""
    for mark in "-/.":
        parts = text[:10].split("t")[0].split(mark)
        if len(parts) == 3 and all(p.isdecimal() for p in parts):
            break
    else:
        return None
    a, b, c = (int(p) for p in parts)
    if len(parts[0]) == 4:
        y, m, d = a, b, c
    else:
        d, m = (a, b) if (day_first and b <= 12) or a > 12 else (b, a)
        y = c if len(parts[2]) == 4 else c + (2000 if c < 60 else 1900) if len(parts[2]) == 2 else 0
    if not (1000 <= y < 2200 and 0 < m <= 12 and 0 < d <= days_in(y, m)):
        return None
    return date(y, m, d)


def year_month(words: Words, _standing: Standing) -> Draft | None:
    """ "2016-06"; where the second number is greater than the year's end it is "1910-12", two years."""
    first, second = (int(p) for p in words.text("num").split("-"))
    if second > first % 100:
        last = first - first % 100 + second
        return Draft(
            "DATE", f"{first}/{last}", Partial(year=first), (date(first, 1, 1), date(last, 12, 31)), None, "two years"
        )
    return dated(Partial(year=first, month=second), None, anchor=None, why="the month is written")


def nine_eleven(_words: Words, _standing: Standing) -> Draft | None:
    """The attacks of 11 September 2001, which go by their date."""
    return dated(Partial(2001, 9, 11), None, anchor=None, why="the attacks of that day", moves=False)
