"""Days as they are stored and compared: ISO dates, '' for an unknown one."""

from __future__ import annotations

import calendar
import re

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])")


def bounds(date: str | None) -> tuple[str, str]:
    """The first and last day of an ISO day, month or year, or of two of them as "A/B"; ('', '') where it is none.

    >>> bounds("2016-02"), bounds("2016-06-08T14:30+03:00"), bounds("2015/2016-03-05"), bounds("soon")
    (('2016-02-01', '2016-02-29'), ('2016-06-08', '2016-06-08'), ('2015-01-01', '2016-03-05'), ('', ''))
    """
    first, _, second = (date or "").partition("/")
    return _first(first), _last(second or first)


def _first(date: str) -> str:
    found = _DATE.match(date)
    return f"{found[1]}-{found[2] or '01'}-{found[3] or '01'}" if found else ""


def _last(date: str) -> str:
    found = _DATE.match(date)
    if not found:
        return ""
    year, month, day = found.groups()
    month = month or "12"
    if day is None:
        day = f"{calendar.monthrange(int(year), int(month))[1]:02}" if 1 <= int(month) <= 12 and int(year) else "31"
    return f"{year}-{month}-{day}"
