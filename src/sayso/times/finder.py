"""Text -> its time expressions, resolved from left to right: what `find_times` does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sayso.records.resolved import Timex
from sayso.times import absolute, clock, festivals, lengths, named, numeric, relative
from sayso.times.dateline import Dateline, find_dateline, parsed_day
from sayso.times.lexicon import Tokens, tokens_of
from sayso.times.partial import Partial, precision_of
from sayso.times.patterns import Found, matches
from sayso.times.words import Draft, Standing, Words

Builder = Callable[[Words, Standing], Draft | None]
BUILDERS: Final[dict[str, Builder]] = {
    "calendar": absolute.calendar_date, "monthpart": absolute.part_of_month,
    "relmonth": named.month_named, "relseason": named.season_named,
    "year": absolute.year, "endyear": absolute.end_year, "oldyear": absolute.old_year, "decade": absolute.decade,
    "century": absolute.century, "numdate": numeric.numeric, "yearmonth": numeric.year_month,
    "nineeleven": numeric.nine_eleven, "dayonly": absolute.day_only, "holiday": festivals.holiday,
    "hijri": festivals.hijri_date, "hijrimonth": festivals.hijri_month, "clock": clock.clock,
    "weekday": relative.weekday, "deictic": relative.deictic, "overnight": relative.overnight,
    "partof": relative.part_of_day, "part": clock.bare_part, "relunit": lengths.unit_or_length,
    "weekend": relative.weekend,
    "offset": lengths.offset, "duration": lengths.duration, "set": lengths.repeated, "ref": relative.vague,
    "thistime": relative.this_time, "thisperiod": relative.this_period,
}  # fmt: skip
LEADING: Final = frozenset(
    ["in", "on", "at", "by", "since", "until", "till", "from", "during", "to", "around", "about", "circa", "&"]
)
JOINED: Final = frozenset(["-", "–", "—", "to", "and", "until", "through", "or", "the", "on"])
HISTORY_DATES = 5  # explicit years from which a dated text counts as an account of the past,
HISTORY_YEARS = 1.1  # if the middle one of them lies so many years before the report
SPOKEN_SHARE = 1 / 3  # and "yesterday" and its like are fewer than this part of them
DAY_FOLLOWS_WITHIN = 4  # tokens between "5:34 AM" and "March 20", as "Baghdad time on"
YEAR_FOLLOWS_WITHIN = 3  # tokens between "3 June" and "8 June 2016" for the one year to serve both


@dataclass(frozen=True, slots=True)
class Times:
    """A report's time expressions in the order of its text, and notes on dates that do not agree."""

    expressions: tuple[Timex, ...]
    notes: tuple[str, ...] = ()
    now: date | None = None
    now_label: str = ""
    history: bool = False


def find_times(text: str, published: str | None, dateline: str | None = None) -> Times:
    """Every time expression of a report, with TIMEX3 type and value, days, precision, anchor and why.

    `published`: ISO 8601 date or date and time. `dateline`: the report's own line of place and date, where it is known;
    otherwise the text's beginning is searched for one. A dateline that contradicts `published` wins, with a note.

    >>> [t.value for t in find_times("Troops took Mare on Wednesday.", "2016-06-09").expressions]
    ['2016-06-08']
    """
    tokens = tokens_of(text)
    found = list(matches(tokens))
    day_first = numbers_have_day_first(tokens, found, parsed_day(published))
    given = parsed_day(published)
    past = given is not None and is_history(tokens, found, given)
    line = None if past and not dateline else find_dateline(tokens, found, published, dateline, day_first)
    now, label, notes = stand(published, line)
    history = is_history(tokens, found, now)
    standing = Standing(now=now, label=label, history=history, day_first=day_first)
    if now is None and not history:
        standing.floor = latest_full(tokens, found)
    if history:
        standing.first, standing.first_words = first_full(tokens, found)
    expressions = tuple(resolved(tokens, with_years(tokens, found), standing, text, line))
    return Times(expressions, notes, now, label, history)


def stand(published: str | None, line: Dateline | None) -> tuple[date | None, str, tuple[str, ...]]:
    """The day that the report speaks on, how it is known, and whether the dates agree."""
    given = parsed_day(published)
    if line is None:
        return given, f"published {given}" if given else "", ()
    if given is None or given == line.day:
        return line.day, f"dateline {line.day}", ()
    note = f"the dateline says {line.day}, the page {given}; reckoned from the dateline"
    return line.day, f"dateline {line.day}", (note,)


def numbers_have_day_first(tokens: Tokens, found: Iterable[Found], published: date | None) -> bool:
    """Whether 8/6/2016 is the eighth of June here: by dates that can be read one way only, else by the page's."""
    doubtful: list[str] = []
    for one in found:
        if one.kind != "numdate":
            continue
        text = Words(tokens, one).text("num")
        either, other = numeric.read_numeric(text, True), numeric.read_numeric(text, False)
        if either is None and other is None:
            continue
        parts = [int(p) for p in text.replace("/", "-").replace(".", "-").split("-") if p.isdecimal()]
        if len(parts) == 3 and parts[0] <= 31 and max(parts[0], parts[1]) > 12:
            return parts[0] > 12
        doubtful.append(text)
    for text in doubtful:
        either, other = numeric.read_numeric(text, True), numeric.read_numeric(text, False)
        if published and either and other and either != other:
            return abs((published - either).days) <= abs((published - other).days)
    return True  # most of the world's, and most of the conflict press


def is_history(tokens: Tokens, found: Sequence[Found], now: date | None) -> bool:
    """Whether the text is an account of times long past, where every word is reckoned from the one before."""
    years = sorted(
        year
        for one in found
        if one.kind in ("calendar", "year") and (year := Words(tokens, one).digits("year")) is not None
    )
    spoken = sum(is_spoken(Words(tokens, one)) for one in found)
    if now is None:
        return len(years) >= 1 and spoken == 0
    long_past = len(years) >= HISTORY_DATES and now.year - years[len(years) // 2] > HISTORY_YEARS
    return long_past and spoken < SPOKEN_SHARE * len(years)


def latest_full(tokens: Tokens, found: Iterable[Found]) -> date | None:
    """The latest day or month with its year that is told as past: a report without a date was written after it."""
    latest = None
    for one in found:
        words = Words(tokens, one)
        if one.kind != "calendar" or not words.has("year") or not words.whole("month") or words.era < 0 or words.ahead:
            continue
        extent = Partial(words.digits("year"), words.whole("month"), words.digits("day")).extent
        latest = max(extent[0], latest or extent[0]) if extent else latest
    return latest


def is_spoken(words: Words) -> bool:
    """Whether an expression is reckoned from the day of speaking: "on Wednesday", "yesterday", "last week"."""
    kind = words.found.kind
    return kind in ("weekday", "deictic", "overnight", "weekend") or (
        kind == "relunit" and words.text("rel") in ("last", "this") and not words.has("same")
    )


def first_full(tokens: Tokens, found: Iterable[Found]) -> tuple[Partial | None, str]:
    """The first full date of a text: an account that begins without a year leads up to it."""
    for one in found:
        words = Words(tokens, one)
        year = words.digits("year")
        if one.kind == "calendar" and year is not None and words.era > 0 and words.whole("month"):
            start, end = tokens.spans[one.first][0], tokens.spans[one.last - 1][1]
            return Partial(year, words.whole("month")), tokens.text[start:end]
    return None, ""


def with_years(tokens: Tokens, found: Sequence[Found]) -> list[Found]:
    """Gives "3 June" the year of "to 8 June 2016" when only such words stand between them."""
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        here, there = out[i], out[i + 1]
        if here.kind != "calendar" or there.kind != "calendar" or {"year", "rel"} & here.fields.keys():
            continue
        between = range(here.last, there.first)
        if (
            "year" in there.fields
            and len(between) <= YEAR_FOLLOWS_WITHIN
            and all(tokens.word(k) in JOINED for k in between)
        ):
            out[i] = replace(
                here, fields={**here.fields, **{k: there.fields[k] for k in ("year", "era") if k in there.fields}}
            )
    return out


def resolved(
    tokens: Tokens, found: Sequence[Found], standing: Standing, text: str, line: Dateline | None
) -> Iterable[Timex]:
    """The expressions one after another, while the story moves on."""
    ends = ends_of_sentences(tokens)
    at = 0
    for i, one in enumerate(found):
        while at < len(ends) and ends[at] < one.first:
            standing.sentence = None
            if tokens.raw(ends[at]).startswith("\n"):
                standing.paragraph = None
            at += 1
        words = Words(tokens, one)
        draft = clock_of_next(tokens, found, i, standing) or BUILDERS[one.kind](words, standing)
        if draft is None:
            continue
        span = trimmed(tokens, one)
        if line is not None and span[0] < line.end:
            standing.running = None
        elif draft.moves and draft.partial is not None and draft.partial.year is not None:
            move_on(standing, draft.partial, text[span[0] : span[1]])
        yield timex(draft, span)


def clock_of_next(tokens: Tokens, found: Sequence[Found], i: int, standing: Standing) -> Draft | None:
    """A time by the clock on the day that follows it: "at 5.30 am on Friday"."""
    if found[i].kind != "clock" or i + 1 == len(found) or found[i + 1].kind not in ("weekday", "calendar", "deictic"):
        return None
    if found[i + 1].first - found[i].last > DAY_FOLLOWS_WITHIN:
        return None
    day = BUILDERS[found[i + 1].kind](Words(tokens, found[i + 1]), standing)
    if day is None or day.partial is None or day.partial.exact is None:
        return None
    return clock.clock(
        Words(tokens, found[i]), replace(standing, running=day.partial, running_words="the day after it")
    )


def ends_of_sentences(tokens: Tokens) -> list[int]:
    """The tokens that end sentences or divide paragraphs."""
    return [i for i, (start, _) in enumerate(tokens.spans) if tokens.text[start] in "\n.?!"]


def move_on(standing: Standing, partial: Partial, words: str) -> None:
    """The story has got to a date."""
    standing.running, standing.running_words = replace(partial, time=None, vague=""), words
    standing.paragraph = standing.sentence = standing.running


def trimmed(tokens: Tokens, one: Found) -> tuple[int, int]:
    """The expression's span without the preposition that led to it."""
    first, last = one.first, one.last
    while first < last - 1 and tokens.word(first) in LEADING:
        first += 1
    while last - 1 > first and tokens.word(last - 1) in (",", "&"):
        last -= 1
    return tokens.spans[first][0], tokens.spans[last - 1][1]


def timex(draft: Draft, span: tuple[int, int]) -> Timex:
    """The record of a draft."""
    start, end = draft.extent or (None, None)
    return Timex(
        span=span, type=draft.type, value=draft.value, start=start.isoformat() if start else None,
        end=end.isoformat() if end else None, precision=precision_of(start, end), anchor=draft.anchor, why=draft.why,
    )  # fmt: skip
