"""Names of capitals and countries that stand for those who govern there: "Damascus rejected the plan"."""

from __future__ import annotations

import re

from sayso.places.entry import Entry
from sayso.places.mentions import Mentions, Name
from sayso.places.words import words

WORDS_BETWEEN = 3  # between a name and its verb: "Damascus has also repeatedly rejected"
_BACKED = re.compile(r"-(?:backed|led|based|allied|aligned|sponsored|supported|funded|brokered|friendly)\b")


def governs(mentions: Mentions, name: Name, entry: Entry) -> str:
    """The words that show that a name means a government, or ""."""
    if not (entry.level == "country" or entry.feature == "PPLC") or name.kind:
        return ""
    tokens, table = mentions.tokens, words()
    word = tokens.text[tokens.starts[name.first] : tokens.ends[name.last - 1]]
    if (backed := _BACKED.search(word)) and not backed.group().endswith("based"):
        return word
    before = tokens.lower[name.first - 1] if name.first else ""
    if name.demonym or before in table.parts or before in table.sets["in"] or before in table.sets["led_to"]:
        return ""
    at = name.last
    while at < min(len(tokens.lower), name.last + WORDS_BETWEEN) and tokens.lower[at] in table.sets["auxiliaries"]:
        at += 1
    if at < len(tokens.lower):
        if tokens.lower[at] in table.sets["government_verbs"]:
            return tokens.text[name.span[0] : tokens.ends[at]]
        if word.endswith(("'s", "’s")) and tokens.lower[at] in table.sets["government_nouns"] and at == name.last:
            return tokens.text[name.span[0] : tokens.ends[at]]
    return ""
