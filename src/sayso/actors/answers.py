"""An answer to "who is meant": the id, the reason in a plain sentence, and how words are quoted in it."""

from __future__ import annotations

import msgspec

from sayso.actors.context import Context, Pick
from sayso.actors.grammar import Phrase

PARTICLES = frozenset({"de", "da", "van", "von", "bin", "ibn", "abu", "den", "der", "di", "du", "la", "dos", "ul"})


class Answer(msgspec.Struct, frozen=True):
    """Who is meant, and why. `id` None: certainly nobody of record. `proper`: a name, not a description."""

    id: str | None
    why: str
    proper: bool = True


NOBODY = Answer(None, "")


def all_small(phrase: Phrase) -> bool:
    """Whether no word starts with a capital."""
    return all(w.raw[:1].islower() for w in phrase)


def all_capitals(phrase: Phrase) -> bool:
    """Whether all words start with a capital, as a person's names do."""
    return bool(phrase) and all(w.raw[:1].isupper() or not w.raw[:1].isalpha() or w.folded in PARTICLES for w in phrase)


def quoted(phrase: Phrase) -> str:
    """The words between quotation marks."""
    return repr(" ".join(w.raw for w in phrase))


def thereof(answer: Answer, head: Phrase, how: str = "of it") -> Answer:
    """The answer for something that is of who is meant: its fighters, spokesman, unit."""
    return Answer(answer.id, f"{quoted(head)} {how}; {answer.why}", answer.proper)


def why(phrase: Phrase, found: Pick, context: Context) -> str:
    """Why a use of a name was taken."""
    use, said = found.use, quoted(phrase)
    years = f" (from {use.since or '?'} until {use.until or 'now'})" if use.since or use.until else ""
    among = f", one of {found.of} that it could be" if found.of > 1 else ""
    where = f" in a report about {next((c for c in context.countries if c in use.countries), '')}"
    reasons = {
        "name": f"{said} is a name of it",
        "state": f"{said} is a name of it",
        "once": f"{said} is what it was called{years}",
        "acronym": f"{said} is its acronym",
        "here": f"{said} means it{where}",
        "capital": f"{said} stands for the government that sits there",
        "holder": f"{use.name} held this office{years}",
        "short": f"{said} is {use.name}, who held this office{years}",
        "unit": f"{said} is its number",
    }
    return reasons[use.how] + among
