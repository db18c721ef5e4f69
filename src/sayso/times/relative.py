"""Builders for expressions reckoned from another day: weekdays, "yesterday", "last week", "that night"."""

from __future__ import annotations

from datetime import timedelta

from sayso.times.absolute import dated
from sayso.times.partial import Partial, latest_weekday, next_weekday, of, safe_shift, unit_of, week_of
from sayso.times.words import Draft, Standing, Words

TOLD = frozenset(
    ["following", "subsequent", "previous", "preceding", "that", "same", "ensuing", "prior"]
)  # reckoned from the story
SPOKEN = frozenset(
    ["last", "past", "this", "current", "next", "coming", "upcoming"]
)  # reckoned from the day of the report
NO_DAY = "no date to reckon from"


def reference(words: Words, standing: Standing, name: str = "rel") -> tuple[Partial | None, str]:
    """The date that a relative word is reckoned from, and how that is known."""
    word = words.text(name)
    if (
        word in TOLD
        or standing.history
        or (word == "next" and "the" in (words.tokens.word(words.found.first), words.before()))
    ):
        return standing.story
    return (of(standing.now), standing.label) if standing.now is not None else (None, "")


def unanchored(kind: str, value: str | None, standing: Standing, why: str = NO_DAY) -> Draft:
    """An expression without a date; it can still be later than what the report tells as past."""
    if standing.floor is None or standing.history:
        return Draft(kind, value, why=why)  # type: ignore[arg-type]
    since = f"{why}; after {standing.floor}, which the report tells as past"
    return Draft(kind, value, extent=(standing.floor, None), why=since)  # type: ignore[arg-type]


def weekday(words: Words, standing: Standing) -> Draft | None:
    """The latest such day on or before the report's, the next where the words look ahead."""
    day, part = words.whole("wday"), words.sign("part")
    if day is None:
        return None
    suffix = f"T{part}" if part else ""
    partial, label = reference(words, standing)
    base = partial.exact if partial is not None else None
    if base is None:
        return unanchored("TIME" if part else "DATE", f"XXXX-WXX-{day + 1}{suffix}", standing)
    if words.has("week"):
        step = words.whole("week") or 0
        monday = base - timedelta(days=base.weekday())
        chosen, why = monday + timedelta(days=7 * step + day), f"of {words.text('week')} week"
    elif standing.history or words.text("rel") in ("next", "following", "coming") or words.ahead:
        strict = words.text("rel") in ("next", "following")
        chosen, why = next_weekday(base + timedelta(days=strict), day), "the next such day"
    else:
        strict = words.text("rel") == "last"
        chosen, why = latest_weekday(base - timedelta(days=strict), day), "the latest such day on or before"
    return dated(Partial(chosen.year, chosen.month, chosen.day, time=part), words.mod, anchor=label, why=why)


def deictic(words: Words, standing: Standing) -> Draft | None:
    """Yesterday, today, tomorrow, tonight, last night."""
    part = words.sign("part")
    step = words.whole("which") if words.has("which") else words.whole("rel")
    step = 2 * step if words.has("next") and step else step  # "the day before yesterday"
    word = words.text("which") or words.text("part")
    if standing.now is None or standing.history:
        if word == "today":
            return Draft("DATE", "PRESENT_REF", why="the present of the account")
        partial, label = standing.story
        if standing.history and partial is not None and partial.exact is not None:
            return dated(add_time(partial.shifted(step or 0, "D"), part), anchor=label, why=word)
        return unanchored("TIME" if part else "DATE", f"XXXX-XX-XX{'T' + part if part else ''}", standing)
    day = safe_shift(standing.now, step or 0)
    return dated(add_time(day, part), anchor=standing.label, why=f"{step or 0:+d} days" if step else "the report's day")


def overnight(_words: Words, standing: Standing) -> Draft | None:
    """The night before the report."""
    if standing.now is None or standing.history:
        return unanchored("TIME", "XXXX-XX-XXTNI", standing)
    night = standing.now - timedelta(days=1)
    partial = Partial(night.year, night.month, night.day, time="NI")
    return Draft("TIME", partial.value, partial, (night, standing.now), standing.label, "the night before the report")


def add_time(partial: Partial, part: str | None) -> Partial:
    """The part of a day, where the day is known."""
    return Partial(partial.year, partial.month, partial.day, time=part)


def part_of_day(words: Words, standing: Standing) -> Draft | None:
    """ "This morning", "that night", "the next morning"."""
    part, word, step = words.sign("part"), words.text("rel"), words.whole("rel") or 0
    partial, label = reference(words, standing)
    if word == "this" and standing.history:
        partial, label = standing.story
    if partial is None or partial.exact is None:
        if partial is not None and partial.year is not None:
            return Draft("TIME", add_time(partial, part).value, None, None, label, "a day that is not told")
        return unanchored("TIME", f"XXXX-XX-XXT{part}", standing)
    return dated(add_time(partial.shifted(step, "D"), part), anchor=label, why=f'reckoned by "{word}"')


def unit(words: Words, standing: Standing) -> Draft | None:
    """ "Last week", "this year", "the following day", "that month", "later in the year"."""
    name = words.sign("unit") or words.sign("same")
    step, word = words.whole("rel") or 0, words.text("rel")
    times, plain = unit_of(name or "")
    if plain in ("TM", "TH") or name is None:
        return Draft("DATE", None, why="shorter than a day")
    if plain == "NI":
        return Draft("TIME", "XXXX-XX-XXTNI", why="which night is not told")
    partial, label = standing.story if words.has("same") else reference(words, standing)
    if words.has("same") and standing.now is not None and not standing.history:
        partial, label = of(standing.now), standing.label
    if partial is None or partial.year is None:
        return unanchored("DATE", {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}.get(plain, "XXXX"), standing)
    if times >= 10:
        return era_of(partial, step, times, label, words)
    return dated(
        truncated(partial, step, times, plain),
        words.mod,
        anchor=label,
        why=f'reckoned by "{word or words.text("same")}"',
    )


def truncated(partial: Partial, step: int, times: int, plain: str) -> Partial:
    """The unit that holds a date, or one so many units on: the month of 8 June is June."""
    exact = partial.exact
    if plain in ("W", "WE"):
        if exact is None:
            return partial.shifted(step * times, "W")
        shifted = safe_shift(exact, 7 * step * times).exact
        return week_of(shifted) if shifted else Partial()
    moved = partial.shifted(step * times, plain)
    if plain == "Y":
        return Partial(year=moved.year)
    if plain == "M" and partial.month is not None:
        return Partial(moved.year, moved.month)
    return moved


def era_of(partial: Partial, step: int, times: int, label: str, words: Words) -> Draft:
    """The decade or century of a date, or the next or last one."""
    year = abs(partial.year or 0) // times + step * (1 if (partial.year or 0) > 0 else -1)
    sign = "BC" if (partial.year or 0) < 0 else ""
    value = f"{sign}{year:0{3 if times == 10 else 2}d}"
    return Draft("DATE", value, None, None, label, f'reckoned by "{words.text("rel")}"')


def weekend(words: Words, standing: Standing) -> Draft | None:
    """The Saturday and Sunday of last, this or next week."""
    word = words.text("rel")
    if standing.now is None or standing.history:
        return unanchored("DATE", "XXXX-WXX-WE", standing)
    saturday = latest_weekday(standing.now, 5)
    if word == "next" or words.ahead:
        saturday = next_weekday(standing.now, 5)
    elif word in ("last", "past") and standing.now.weekday() >= 5:
        saturday -= timedelta(days=7)
    sunday = saturday + timedelta(days=1)
    return Draft(
        "DATE", f"{saturday}/{sunday}", of(saturday), (saturday, sunday), standing.label, "the latest weekend", True
    )


def vague(words: Words, standing: Standing) -> Draft | None:
    """ "Now", "recently", "the future"."""
    return Draft("DATE", words.sign("ref"), anchor=standing.label or None, why="near the time of writing")


def this_time(words: Words, standing: Standing) -> Draft | None:
    """ "At this time", "at the same time": when the story has got to."""
    if not standing.history:
        return Draft("DATE", None, why="the time that the words before speak of")
    return Draft(
        "DATE", "PRESENT_REF" if words.text("rel") == "this" else None, why="the time that the story has got to"
    )


def this_period(_words: Words, _standing: Standing) -> Draft | None:
    """ "During this period": a time without name."""
    return Draft("DATE", None, why="the time that the words before speak of")
