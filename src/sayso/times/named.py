"""Builders for months and seasons told by another: "last August", "the following spring"."""

from __future__ import annotations

from sayso.times.absolute import dated
from sayso.times.partial import Partial, of
from sayso.times.words import Draft, Standing, Words


def month_named(words: Words, standing: Standing) -> Draft | None:
    """ "Last August", "the following June", "that December"."""
    month, step, word = words.whole("month"), words.whole("rel"), words.text("rel")
    if month is None:
        return None
    told = word in ("following", "subsequent", "previous", "preceding", "that", "same", "ensuing") or standing.history
    partial, label = standing.story
    if not told and standing.now is not None:
        partial, label = of(standing.now), standing.label
    if partial is None or partial.year is None:
        return dated(Partial(None, month), words.mod, anchor=None, why="no date to reckon from")
    here = partial.month or (1 if (step or 0) > 0 else 12)
    shift = {1: 0 if month > here else 1, -1: 0 if month < here else -1}.get(step or 0, 0)
    return dated(Partial(partial.year + shift, month), words.mod, anchor=label, why=f'reckoned by "{word}"')


def season_named(words: Words, standing: Standing) -> Draft | None:
    """ "Last summer", "the following spring"."""
    season, step, word = words.sign("season"), words.whole("rel"), words.text("rel")
    partial, label = standing.story
    if standing.now is not None and not standing.history and word in ("last", "this", "next", "past"):
        partial, label = of(standing.now), standing.label
    if season is None or partial is None or partial.year is None:
        return dated(Partial(None, season=season), words.mod, anchor=None, why="no date to reckon from")
    begins = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
    here = partial.month or {"SP": 3, "SU": 6, "FA": 9, "WI": 12, None: 1}[partial.season]
    shift = {1: 0 if begins > here else 1, -1: 0 if begins + 2 < here else -1}.get(step or 0, 0)
    return dated(Partial(partial.year + shift, season=season), words.mod, anchor=label, why=f'reckoned by "{word}"')
