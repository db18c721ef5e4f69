"""What a report tells about the names in it, and which of several uses of a name it makes likeliest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from sayso.actors.entries import Use
from sayso.actors.register import Register, in_use

WEIGHT = {
    "name": 3.0,
    "once": 3.0,
    "state": 3.0,
    "holder": 3.0,
    "unit": 3.0,
    "acronym": 2.5,
    "here": 2.5,
    "capital": 2.2,
    "short": 2.0,
}
"""What a use counts before the context is looked at: full names most, names that need the context least."""
AT_HOME = (2.0, 1.5, 1.0)  # added in a report mostly about the actor's country, secondly, or at all
ELSEWHERE = -1.0  # added in a report about other countries only
OUT_OF_TERM = -0.7  # added when the actor did not yet, or no longer, bear the name: reports also tell of the past
LOOSELY = -1.0  # added when the name only sounds so
CLEAR = 0.25  # by which the likeliest must lead; otherwise nobody is meant as far as one can tell
LOCAL = frozenset({"here", "short"})
IN_OFFICE = frozenset({"holder", "short"})

SHORT_ACRONYM = 3  # letters: "BNA" is many things in the world, "LTTE" is one


class Context:
    """What is known of a report: the countries it is about (ISO alpha-2, most named first), its day, its words."""

    def __init__(self, register: Register, text: str, countries: Sequence[str], published: str | None) -> None:
        self.register = register
        self.text = text
        self.countries = tuple(countries)
        self.date = published[:10] if published else None
        self.asked_text = False  # an answer that rests on the words of the text holds in this report only

    def about(self, iso: str) -> Context:
        """The same report, where a phrase itself names a country."""
        if self.countries[:1] == (iso,):
            return self
        inner = Context(self.register, self.text, (iso, *[c for c in self.countries if c != iso]), self.date)
        inner.asked_text = self.asked_text
        return inner

    def names_country(self, iso: str) -> bool:
        """Whether the report is about the country, or names it."""
        if iso in self.countries:
            return True
        state = self.register.state(iso)
        self.asked_text = True
        return state is not None and any(
            n in self.text for n in (state.name, *state.names, *state.adjectives, *state.acronyms)
        )

    def with_forces(self) -> str | None:
        """The first of its countries that has forces of its own."""
        return next((iso for iso in self.countries if iso not in self.register.index.without_forces), None)

    def rank(self, countries: Iterable[str]) -> float:
        """How near an actor's countries are to the report's."""
        places = [self.countries.index(iso) for iso in countries if iso in self.countries]
        return AT_HOME[min(min(places), len(AT_HOME) - 1)] if places else 0.0


class Pick(msgspec.Struct, frozen=True):
    """The use of a name that was taken, of how many actors it could have meant."""

    use: Use
    score: float
    of: int = 1


def pick(uses: Iterable[Use], context: Context, loosely: bool = False) -> Pick | None:
    """The likeliest use in the context; None if none fits, or two fit as well."""
    best: dict[str, Pick] = {}
    for use in uses:
        score = _score(use, context)
        if score is None or (loosely and use.how in LOCAL):
            continue
        score += LOOSELY if loosely else 0.0
        if use.id not in best or best[use.id].score < score:
            best[use.id] = Pick(use, score)
    if not best:
        return None
    ordered = sorted(best.values(), key=lambda p: (-p.score, p.use.id))
    if len(ordered) > 1 and ordered[0].score - ordered[1].score < CLEAR:
        return None
    return msgspec.structs.replace(ordered[0], of=len(ordered))


def _score(use: Use, context: Context) -> float | None:
    """None: the use does not hold here."""
    in_term = in_use(use, context.date)
    if use.how in LOCAL | IN_OFFICE and not in_term:
        return None
    rank = context.rank(use.countries)
    if use.how == "here" and not rank:
        return None
    local = use.how == "short" or (use.how == "acronym" and len(use.name) <= SHORT_ACRONYM and context.countries)
    if local and use.countries and not rank and not any(context.names_country(iso) for iso in use.countries):
        return None
    score = WEIGHT[use.how] + rank + (0.0 if in_term else OUT_OF_TERM)
    if use.countries and context.countries and not rank:
        score += ELSEWHERE
    return score
