"""Whether one mention can stand for another, by what each says of itself."""

from __future__ import annotations

from sayso.reading.who.mentions import PEOPLE, Mention
from sayso.reading.who.nouns import table

BODIES = frozenset({"monitor", "outlet", "ministry", "force", "group", "body", "government"})


def fits(kind: str, who: Mention) -> int:
    """How well a mention serves a pronoun of a kind: 2 well, 1 if nothing else does, 0 not."""
    if kind in ("person", "speaker"):
        surname = who.form == "name" and not who.kind and len(who.words) == 1 and not who.name.isupper()
        return 2 if who.person else int(surname)
    if kind == "body":
        if who.person or who.plural:
            return 0
        return 2 if who.kind in BODIES or who.form == "name" else 0
    if kind == "many":
        if who.plural:
            return 2
        return 1 if who.kind in BODIES or (who.form == "name" and not who.person) else 0
    return 2


def longer(full: Mention, short: Mention) -> bool:
    """Whether one mention is the other, written more fully."""
    if len(full.words) <= len(short.words) or full.form == "pronoun":
        return False
    called_so = short.name[:1].isupper() and full.words[-1] == short.words[-1]  # "the Forces", who are one body
    if full.plural != short.plural and not called_so:
        return False
    if full.person:
        if full.form != "name" or short.form != "name" or (short.kind and short.kind not in PEOPLE):
            return False
        if full.kind == "named" and short.name.isupper() and not full.name.isupper():
            return False  # "ABC" is no part of the name "ABC Road Block"
        return set(short.words) <= set(full.words) and short.words[-1] in (full.words[-1], full.words[0])
    if short.person or f" {' '.join(short.words)} " not in f" {' '.join(full.words)} ":
        return False
    if short.noun:
        return full.head == short.head
    extra = set(full.words) - set(short.words)
    return short.form == "name" and all(table().kind(w) == "group" for w in extra)
