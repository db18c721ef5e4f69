"""Builders for lengths of time, what is so long before or after, and what happens again and again."""

from __future__ import annotations

from datetime import date

from sayso.times.absolute import dated
from sayso.times.partial import Partial, of, safe_shift, unit_of
from sayso.times.relative import NO_DAY, SPOKEN, TOLD, unanchored, unit
from sayso.times.words import Draft, Standing, Words


def offset(words: Words, standing: Standing) -> Draft | None:
    """ "Two days later", "a year ago", "the day before"."""
    name, sign = words.sign("unit"), words.whole("dir") or 0
    number = 1.0 if not words.has("num") and words.found.rule == "day before" else words.number("num")
    if name is None:
        return None
    ago = words.text("dir") == "ago"
    partial: Partial | None
    if ago and standing.now is not None and not standing.history:
        partial, label = of(standing.now), standing.label
    elif ago and not standing.history:
        return unanchored("DATE", "PAST_REF", standing)
    else:
        partial, label = standing.story
        if not standing.history and standing.now is not None and (partial is None or standing.paragraph is None):
            partial, label = of(standing.now), standing.label
    times, plain = unit_of(name)
    if number is None:
        return Draft(
            "DATE", "FUTURE_REF" if sign > 0 else "PAST_REF", None, None, label or None, "how long is not told"
        )
    if plain in ("TM", "TH"):
        return hours_off(number * sign, plain, partial, label)
    if partial is None or partial.year is None:
        value = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}.get(plain, "XXXX")
        return unanchored("DATE", value, standing)
    n = int(number * times) * sign if number * times >= 1 else sign
    if abs(n) > 99_999:
        return None
    if times >= 10:
        return decades_off(n, times, partial, label)
    moved = partial.shifted(n, "D" if plain == "NI" else plain)
    if (
        not standing.history
        and standing.now is not None
        and words.text("dir") == "after"
        and later_than(moved, standing.now)
    ):
        back = of(standing.now).shifted(-n, plain)
        return dated(back, anchor=standing.label, why="so long before the report's day", moves=False)
    if ago and plain == "Y" and number == 1 and standing.now is not None and not standing.history:
        return dated(Partial(moved.year, standing.now.month), anchor=label, why="a year ago, about")
    if (
        plain in ("D", "NI")
        and words.found.rule == "ago"
        and words.text("dir") in ("after", "before")
        and not standing.history
    ):
        label, why = label, "counted from the day told last; the words after it may say another"
        return dated(moved, anchor=label, why=why, moves=False)
    return dated(moved, anchor=label, why=f"{n:+d} {plain}")


def later_than(partial: Partial, now: date) -> bool:
    """Whether a date begins after the report's day."""
    extent = partial.extent
    return extent is not None and extent[0] > now


def decades_off(n: int, times: int, partial: Partial, label: str) -> Draft:
    """So many decades or centuries on: the decade."""
    year = (partial.year or 0) + n
    value = f"{'BC' if year < 0 else ''}{abs(year) // 10:03d}" if times == 10 else f"{abs(year) // 100:02d}"
    return Draft("DATE", value, None, None, label, f"{n:+d} years")


def hours_off(n: float, plain: str, partial: Partial | None, label: str) -> Draft:
    """So many hours or minutes on: the same day, unless it is many."""
    if partial is None or partial.exact is None:
        return Draft("TIME", "XXXX-XX-XXTXX", why=NO_DAY)
    days = int(n / (24 if plain == "TH" else 1440))
    day = partial.shifted(days, "D")
    return Draft("TIME", f"{day.value}TXX", day, day.extent, label, "some hours from the day told last")


def duration(words: Words, standing: Standing) -> Draft | None:
    """ "Ten days", "for decades", "the past 24 hours", "a week"."""
    name = words.sign("unit")
    if words.has("num"):
        number = words.number("num")
    else:
        number = None if words.tokens.word(words.found.last - 1).endswith("s") or not words.has("unit") else 1.0
    if not words.has("unit"):
        return Draft("DURATION", "PX", why="of what, is not told")
    span = words.tokens.word(words.found.last)
    if span == "-" and words.tokens.word(words.found.last + 1) in ("old", "olds"):
        return None
    if words.after() == "old" and not standing.history:
        return None
    if words.has("rel") and isinstance(words.value("rel"), str):
        return None
    return duration_of(number, name or "D", words, standing)


def unit_or_length(words: Words, standing: Standing) -> Draft | None:
    """ "Last week" is a date, "the past week" and "the last week of October" are lengths."""
    word, name = words.text("rel"), words.sign("unit")
    led = words.tokens.word(words.found.first) == "the"
    if name and (word == "past" or (word == "last" and led and words.after() == "of")):
        return duration_of(1.0, name, words, standing)
    return unit(words, standing)


def duration_of(number: float | None, name: str, words: Words, standing: Standing) -> Draft:
    """A length of time; "the past two years" also has an end, the report's day."""
    times, plain = unit_of(name)
    hours = plain in ("TM", "TH")
    letter = plain[-1]
    if letter not in "MHDWY" or plain in ("NI", "WE"):
        letter = "D"
    count = "X" if number is None else f"{number * times:g}"
    if times >= 10 and number is None:
        count = "X"
    value = f"P{'T' if hours else ''}{count}{letter}"
    step = words.value("rel") if words.text("rel") in SPOKEN else None
    if (
        not isinstance(step, int)
        or step not in (-1, 1)
        or words.text("rel") in TOLD
        or standing.history
        or standing.now is None
    ):
        return Draft("DURATION", value, why="a length of time")
    if number is None:
        return Draft("DURATION", value, None, None, standing.label, "up to the report's day, since when is not told")
    days = max(1, round(number * times / 24)) if hours else 0
    now = standing.now
    begin = safe_shift(now, step * days).exact if hours else of(now).shifted(step * int(number), name).extent
    other = begin if isinstance(begin, date) else begin[0] if begin else None
    if other is not None and plain == "M":
        other = other.replace(day=min(now.day, 28))
    extent = (other, now) if step < 0 else (now, other)
    return Draft("DURATION", value, None, extent, standing.label, "counted from the report's day")


def repeated(words: Words, _standing: Standing) -> Draft | None:
    """ "Every Friday", "each day", "daily"."""
    if words.has("often"):
        return Draft("SET", words.sign("often"), why="again and again")
    if words.has("wday"):
        return Draft("SET", f"XXXX-WXX-{(words.whole('wday') or 0) + 1}", why="every such day")
    if words.has("month"):
        return Draft("SET", f"XXXX-{words.whole('month') or 1:02d}", why="every such month")
    if words.has("part"):
        return Draft("SET", f"XXXX-XX-XXT{words.sign('part')}", why="every such part of a day")
    times, plain = unit_of(words.sign("unit") or "D")
    number = words.number("num") if words.has("num") else 1.0
    clockwork = plain in ("TM", "TH")
    count = "X" if number is None else f"{number * times:g}"
    letter = "D" if plain in ("NI", "WE") else plain[-1]
    return Draft("SET", f"P{'T' if clockwork else ''}{count}{letter}", why="again and again")
