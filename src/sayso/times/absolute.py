"""Builders for expressions that name their date: calendar days, months, years, decades."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sayso.times.lexicon import cue
from sayso.times.partial import Partial, days_in, narrowed, of
from sayso.times.words import Draft, Standing, Words

PREPOSITIONS: Final = cue("before a year")
COUNTED: Final = cue("counted things")
ABOUT: Final = cue("before an estimate")
AFTER_A_YEAR: Final = cue("after a year")
MONEY: Final = cue("before an amount")
LATE, EARLY = 12, 3  # months between which a story without years more often turns than looks back
SURELY_A_YEAR: Final = cue("surely before a year")
PLAIN_YEARS, RECENT_YEARS = range(1000, 2100), range(1900, 2061)  # after "in"; after nothing, as "1701" is a resolution
YEARS = range(1000, 2100)  # a bare number beyond is hardly a year
HALF_MONTH = 15  # days
NEAR = 3  # days after the report that a date without year may still be its own year's, when tense says nothing


def dated(partial: Partial, mod: str | None = None, *, anchor: str | None, why: str, moves: bool = True) -> Draft:
    """A draft of a date, the part that `mod` means of it."""
    extent = partial.extent
    kind = "TIME" if partial.time else "DATE"
    days = narrowed(extent, mod) if extent else None
    return Draft(kind, partial.value, partial, days, anchor, why, moves)  # type: ignore[arg-type]


def calendar_date(words: Words, standing: Standing) -> Draft | None:
    """Days, months and seasons by name, with or without their year."""
    month, day = words.whole("month"), words.digits("day") or words.whole("day")
    season = words.sign("season")
    written = words.tokens.raw(words.found.last - 1)
    if (
        day is None
        and season is None
        and not words.has("year")
        and not words.has("rel")
        and not bare_month(words, written)
    ):
        return None
    year, anchor, why = year_of(words, standing, month, day, season)
    if day is not None and month is not None and day > days_in(year if year and year > 0 else 2000, month):
        return None
    if month is None and day is not None:  # "Tuesday the 7th"
        return day_only(words, standing)
    partial = Partial(year=year, month=month, day=day, season=season, time=words.sign("part"))
    return dated(partial, words.mod, anchor=anchor, why=why)


def part_of_month(words: Words, standing: Standing) -> Draft | None:
    """ "The first week of May", "the last week of June", "the second half of April"."""
    month = words.whole("month")
    if month is None:
        return None
    year, anchor, why = year_of(words, standing, month, None, None)
    partial = Partial(year, month)
    if year is None or (extent := partial.extent) is None:
        return dated(partial, None, anchor=anchor, why=why)
    last_day = extent[1].day
    if words.has("half"):
        first, last = (1, HALF_MONTH) if words.whole("half") == 1 else (HALF_MONTH + 1, last_day)
    else:
        nth = words.whole("nth")
        if nth is None or nth < 0:
            first, last = (1, 7) if words.text("nth") == "opening" else (last_day - 6, last_day)
        else:
            first, last = 7 * nth - 6, min(7 * nth, last_day)
    if not 1 <= first <= last:
        return None
    days = extent[0].replace(day=first), extent[0].replace(day=last)
    return Draft("DATE", f"{days[0]}/{days[1]}", of(days[0]), days, anchor, why, moves=True)


def bare_month(words: Words, written: str) -> bool:
    """Whether a month's name alone is the month: not "MAY" or "MARCH" in capitals, not a sentence's first "May"."""
    if words.found.last - words.found.first > 1:
        return True
    if written.lower() not in ("may", "march", "nisan", "tammuz"):
        return True
    if words.before() == "the" or (words.tokens.raw(words.found.first - 1)[:1].isupper()):
        return words.before() in PREPOSITIONS
    return words.before() in PREPOSITIONS or (not written.isupper() and words.before() not in ("", ".", "\n", "“", '"'))


def year_of(
    words: Words, standing: Standing, month: int | None, day: int | None, season: str | None
) -> tuple[int | None, str | None, str]:
    """The year of a date, what it was reckoned from, and why."""
    if words.has("year"):
        return (words.digits("year") or 0) * words.era, None, "the year is written"
    if words.has("yy"):
        two = words.digits("yy") or 0
        return 1900 + two, None, "a year of two digits is of the twentieth century"
    if words.has("rel"):
        return related_year(words, standing)
    running, label = standing.running, f'"{standing.running_words}"'
    if standing.now is None or standing.history:
        if not standing.history:
            running = standing.sentence  # a report without a date: of the year its own sentence names, or of none
        if running is None or running.year is None:
            first = standing.first
            if first is None or first.year is None:
                return None, None, "no year and nothing to reckon it from"
            earlier = month is not None and first.month is not None and month > first.month
            return (
                first.year - earlier,
                f'"{standing.first_words}"',
                "the account leads up to the first date with a year",
            )
        if turned(running, month):
            return running.year + 1, label, "the year after the story's, which had got to its end"
        return running.year, label, "the year of the story so far"
    here = standing.sentence
    if here is not None and here.year is not None and here.year < standing.now.year and not words.ahead:
        return here.year, label, "the year that its sentence speaks of"
    return nearest_year(words, standing.now, month, day, season), standing.label, "the latest such date, or the next"


def turned(running: Partial, month: int | None) -> bool:
    """Whether a story that had got to the end of a year goes on at the beginning of the next."""
    return running.month is not None and month is not None and running.month >= LATE and month <= EARLY


def related_year(words: Words, standing: Standing) -> tuple[int | None, str | None, str]:
    """The year of "August last year", "October of that year"."""
    step = words.whole("rel")
    backward = words.text("rel") in ("that", "same", "the") or (standing.history and step is not None)
    if standing.now is not None and not backward:
        return standing.now.year + (step or 0), standing.label, "reckoned from the report's year"
    partial, label = standing.story
    if partial is None or partial.year is None:
        return None, None, "no year to reckon from"
    return partial.year + (step or 0), label, "reckoned from the story's year"


def nearest_year(words: Words, now: date, month: int | None, day: int | None, season: str | None) -> int:
    """The year that puts a date on or before the report's day, or after it where the words look ahead."""
    if season is not None:
        month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
    month = month or 1
    this = (month, day or 1)
    today = (now.month, now.day if day else 1)
    if words.ahead:
        return now.year if this >= today else now.year + 1
    if this <= today:
        return now.year
    if day and (date(now.year, month, min(day, days_in(now.year, month))) - now).days <= NEAR:
        return now.year
    return now.year - 1


def year(words: Words, standing: Standing) -> Draft | None:
    """A bare year, where it is no count of people or money."""
    n = words.digits("year")
    if n is None or (not words.has("era") and n not in YEARS):
        return None
    bare = words.found.last - words.found.first == 1
    if bare and (
        words.before() in MONEY or words.after() in COUNTED or (words.before() in ("-", "–") and is_name(words))
    ):
        return None
    sure = words.before() in SURELY_A_YEAR or standing.history
    if bare and (words.before() == "at" or n not in (PLAIN_YEARS if sure else RECENT_YEARS)):
        return None
    if words.before() in ABOUT and words.after().isalpha() and words.after() not in PREPOSITIONS | AFTER_A_YEAR:
        return None
    attribute = (
        "the" in (words.before(), words.tokens.word(words.found.first))
        and words.after().isalpha()
        and not words.has("mod")
    )
    return dated(
        Partial(year=n * words.era), words.mod, anchor=None, why="the year is written",
        moves=not attribute or words.after() in PREPOSITIONS,
    )  # fmt: skip


def is_name(words: Words) -> bool:
    """Whether the number hangs on a name, as in "Su-2000"."""
    first = words.found.first
    spans = words.tokens.spans
    return first > 1 and spans[first - 1][0] == spans[first - 2][1] and not words.before(2)[-1:].isdigit()


def old_year(words: Words, standing: Standing) -> Draft | None:
    """A year of three digits, in an account of times before Christ."""
    n, running = words.digits("year"), standing.running
    if n is None or running is None or running.year is None or running.year > 999 or words.after() in COUNTED:
        return None
    return dated(Partial(year=-n if running.year < 0 else n), None, anchor=None, why="a year in the story's era")


def end_year(words: Words, _standing: Standing) -> Draft | None:
    """The "18" of "1914-18"."""
    first, text = words.digits("year"), words.text("yy")
    if first is None or len(text) != 2 or not 1000 <= first < 2100 or int(text) <= first % 100:
        return None
    return dated(Partial(year=first - first % 100 + int(text)), None, anchor=None, why="the end of a stretch of years")


def decade(words: Words, _standing: Standing) -> Draft | None:
    """ "The late 1990s", "the 480s BC", "the '80s"."""
    n = words.digits("dec")
    if n is None:
        return None
    if n < 100 and words.era > 0:
        n += 1900 if n > 20 else 2000
    if words.era > 0 and not 1000 <= n < 2100:
        return None
    text = f"{'BC' if words.era < 0 else ''}{n // 10:03d}"
    extent = narrowed((date(n, 1, 1), date(n + 9, 12, 31)), words.mod) if words.era > 0 else None
    return Draft("DATE", text, Partial(year=n * words.era), extent, None, "the decade is written")


def century(words: Words, _standing: Standing) -> Draft | None:
    """ "The 19th century" is 18 in TIMEX3."""
    n = words.digits("ord") or words.whole("ord")
    if n is None or not 0 < n <= 21:
        return None
    if words.era < 0:
        return Draft("DATE", f"BC{n - 1:02d}", None, None, None, "the century is written")
    extent = narrowed((date(max(1, n * 100 - 99), 1, 1), date(n * 100, 12, 31)), words.mod)
    return Draft("DATE", f"{n - 1:02d}", None, extent, None, "the century is written")


def day_only(words: Words, standing: Standing) -> Draft | None:
    """ "On the 14th": of the story's month, or the latest such day before the report."""
    day = words.digits("day")
    running = standing.running
    if day is None:
        return None
    if standing.now is not None and not standing.history:
        now = standing.now
        first = now.replace(day=1) if day <= now.day else (now.replace(day=1) - timedelta(days=1)).replace(day=1)
        if day > days_in(first.year, first.month):
            return None
        return dated(of(first.replace(day=day)), words.mod, anchor=standing.label, why="the latest such day")
    if running is None or running.month is None:
        return dated(Partial(None, None, day), None, anchor=None, why="no month to reckon from")
    partial = Partial(running.year, running.month, day)
    return dated(partial, None, anchor=f'"{standing.running_words}"', why="the month of the story so far")
