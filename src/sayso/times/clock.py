"""Builders for times by the clock and parts of a day that the story has got to."""

from __future__ import annotations

from sayso.times.absolute import dated
from sayso.times.partial import Partial
from sayso.times.words import Draft, Standing, Words


def bare_part(words: Words, standing: Standing) -> Draft | None:
    """ "At dawn", "the afternoon": of the day that the story has got to."""
    part = words.sign("part")
    first = words.tokens.word(words.found.first)
    alone = words.found.last - words.found.first == 1
    partial, label = standing.story
    if alone and words.after() == "-" and words.tokens.raw(words.found.last + 1)[:1].isupper():
        return None
    exact = partial.exact if partial is not None else None
    if exact is None or alone or first in ("a", "by", "in") or words.before() == "a":
        return Draft("TIME", f"XXXX-XX-XXT{part}", why="a part of a day, which day is not told")
    return dated(
        Partial(exact.year, exact.month, exact.day, time=part), anchor=label, why="of the day told last", moves=False
    )


def clock(words: Words, standing: Standing) -> Draft | None:
    """A time by the clock, on the day that the story has got to."""
    text = clock_text(words)
    if text is None:
        return None
    zone = words.sign("zone") or ""
    partial, label = standing.story
    if partial is None or partial.exact is None:
        return Draft("TIME", f"XXXX-XX-XXT{text}{zone}", why="a time, on which day is not told")
    exact = partial.exact
    full = Partial(exact.year, exact.month, exact.day, time=text + zone)
    return dated(full, anchor=label, why="a time on the day told last", moves=False)


def clock_text(words: Words) -> str | None:
    """hh:mm or hh of the clock."""
    if words.has("four"):
        digits = words.text("four").zfill(4)
        return f"{digits[:2]}:{digits[2:]}" if int(digits[:2]) <= 24 and int(digits[2:]) < 60 else None
    if words.has("hour"):
        hour, minute = words.digits("hour") or 0, ""
    else:
        written = words.text("clock")
        if "." in written and not words.has("ampm"):
            return None
        hour, minute = int(written.replace(".", ":").split(":")[0]), ":" + written[-2:]
    half = words.sign("ampm")
    if half and hour > 12:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return f"{hour:02d}{minute}"
