"""The report's own word for its day: "ALEPPO, Syria, June 8 (Reuters) -", "Tue 05 Jul 2016"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sayso.times.lexicon import Tokens, cue, tokens_of
from sayso.times.numeric import read_numeric
from sayso.times.partial import RECKONED, days_in
from sayso.times.patterns import Found, matches
from sayso.times.words import Words

WITHIN = 90  # tokens from the start of the text; a title may come before
LEADS = 12  # tokens of places and agencies before the date
LABELS: Final = frozenset(["published", "publication", "posted", "updated", "update", "release", "released", "issued"])
LABEL_WORDS: Final = LABELS | {"date", "of", "on", "last", "at"}
NO_LINE: Final = cue("no line of places")
CLOSERS: Final = frozenset(["-", "–", "—", "(", "[", ":", "/"])


@dataclass(frozen=True, slots=True)
class Dateline:
    """The day, and where in the text the line's date ends."""

    day: date
    end: int


def parsed_day(published: str | None) -> date | None:
    """The day of an ISO 8601 date or date and time; None where there is none."""
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
    return day if day.year in RECKONED else None


def find_dateline(
    tokens: Tokens, found: Sequence[Found], published: str | None, dateline: str | None, day_first: bool
) -> Dateline | None:
    """The dateline given, or the one that the text begins with."""
    given = parsed_day(published)
    if dateline:
        own = tokens_of(dateline)
        for one in matches(own):
            day = day_of(Words(own, one), given, day_first)
            if day is not None:
                return Dateline(day, 0)
    for one in found:
        if one.first > WITHIN:
            break
        words = Words(tokens, one)
        if (leads_in(tokens, one) and not words.has("mod")) or stands_alone(words):
            day = day_of(words, given, day_first)
            if day is not None and (closes(tokens, one) or words.has("year") or words.has("yy") or words.has("num")):
                return Dateline(day, tokens.spans[one.last - 1][1])
    return None


def day_of(words: Words, published: date | None, day_first: bool) -> date | None:
    """The full day of a date, the year taken from the page's date where it is not written."""
    if words.found.kind == "numdate":
        return read_numeric(words.text("num"), day_first)
    month, day = words.whole("month"), words.digits("day")
    if words.found.kind != "calendar" or month is None or day is None or words.has("rel") or words.era < 0:
        return None
    if words.has("year") or words.has("yy"):
        year = words.digits("year") or 1900 + (words.digits("yy") or 0)
        return date(year, month, day) if 1000 <= year < 2200 and day <= days_in(year, month) else None
    if published is None:
        return None
    days = [date(y, month, day) for y in (published.year - 1, published.year) if day <= days_in(y, month)]
    before = [d for d in days if d <= published + timedelta(days=7)]
    return before[-1] if before else None


def leads_in(tokens: Tokens, one: Found) -> bool:
    """Whether only names of places and agencies, or "Published", stand between the paragraph's start and the date."""
    first = max(0, one.first - LEADS)
    while first < one.first and any(tokens.raw(i).startswith("\n") for i in range(first, one.first)):
        first += 1
    if first == one.first - LEADS:
        return False
    labelled = any(tokens.word(i) in LABELS for i in range(first, one.first))
    for i in range(first, one.first):
        raw = tokens.raw(i)
        if raw[0].isalpha() and (
            (labelled and raw.lower() not in LABEL_WORDS) or (not labelled and not name_like(raw))
        ):
            return False
        if raw in (".", "?", "!", ";") and not raw_abbreviation(tokens, i):
            return False
    return True


def stands_alone(words: Words) -> bool:
    """Whether a full date is no part of a sentence: "... kills 30 AFP Wednesday 29 Oct 2014 Fighters have attacked"."""
    before, after = words.tokens.raw(words.found.first - 1), words.tokens.raw(words.found.last)
    whole = words.has("day") and (words.has("year") or words.has("yy")) and words.has("wday")
    return whole and not before.islower() and before not in (",", ".") and after[:1].isupper()


def name_like(raw: str) -> bool:
    """Whether a word can stand in a line of places and agencies."""
    return raw[0].isupper() and raw.lower() not in NO_LINE


def raw_abbreviation(tokens: Tokens, i: int) -> bool:
    """Whether a full stop belongs to a short form, as in "U.N." or "Oct."."""
    return len(tokens.raw(i - 1)) <= 3


def closes(tokens: Tokens, one: Found) -> bool:
    """Whether the date is followed by an agency in brackets or a dash."""
    return tokens.word(one.last) in CLOSERS and not tokens.word(one.last + 1)[:1].isdigit()
