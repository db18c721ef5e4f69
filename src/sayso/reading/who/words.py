"""A noun phrase cut into words: which may be a name's by their letters, which are nouns for people and bodies."""

from __future__ import annotations

import re
from collections.abc import Container

from sayso.reading.who.nouns import table

WORD = re.compile(r"\w+(?:[.'’&/-]\w+)*")
CLAUSE = re.compile(r"[,.;:\n\"“”]")  # where one ends
SIDED = re.compile(r"-(?:based|backed|led|affiliated|linked|controlled|allied|supported|run)$")
ARTICLES = ("al-", "el-")  # of Arabic names, in small letters
POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")


class Words:
    """A noun phrase cut into words: as written, in lower case, with the nouns of the table among them."""

    def __init__(self, text: str, capitals: bool, stems: Container[str]) -> None:
        self.table, self.capitals, self.text = table(), capitals, text
        self.spans: list[tuple[int, int]] = []
        self.low: list[str] = []
        self.owns: list[bool] = []
        self.bigs: list[bool] = []
        for found in WORD.finditer(text):
            start, stop = found.span()
            raw = found[0]
            end = stop
            if ("'" in raw or "’" in raw) and (owner := POSSESSIVE.search(raw)):
                end = start + owner.start()
            elif raw[-1] == "s" and raw[:-1] in stems and self._lost_apostrophe(raw):
                end -= 1
            low = text[start:end].lower()
            self.spans.append((start, end))
            self.low.append(low)
            self.owns.append(end < stop or text[end : end + 1] in ("'", "’"))
            if capitals:
                self.bigs.append(not raw[0].islower() or low.startswith(ARTICLES))
            else:
                self.bigs.append(low not in self.table.sets["determiners"] and low not in self.table.tails)
        self.nouns = [self.table.nouns.get(w, "") for w in self.low]
        self.kinds = [self.table.classes.get(n, "") if n else "" for n in self.nouns]
        self.end = len(self.low)
        self.start, self.opens = self._opening()

    def _lost_apostrophe(self, raw: str) -> bool:
        """Whether the s of "Russias" is a possessive's; "Syrians" and "States" are plurals."""
        return raw[0].isupper() and raw.lower() not in self.table.nouns and not self.table.demonym(raw[:-1].lower())

    def _opening(self) -> tuple[int, str]:
        """Past the article, owner and quantity; and with what it opened."""
        sets, at, opens = self.table.sets, 0, ""
        while at < self.end - 1:
            word = self.low[at]
            if word in sets["determiners"]:
                opens = opens or ("the" if word in sets["definite"] else word)
            elif word in sets["quantities"] or (word.replace(".", "").isdigit()):
                opens = opens or "many"
            else:
                break
            at += 1
        return at, opens

    def big(self, at: int) -> bool:
        """Whether there is such a word and it can be a name's by its letters."""
        return at < self.end and self.bigs[at]

    def run(self, at: int) -> int:
        """Where the name that starts at a word ends; the same word when none does."""
        end = at
        if not self.big(at):
            return at
        while at < self.end:
            if self.bigs[at]:
                end = at + 1
            elif self.low[at] not in self.table.sets["inside_names"]:
                break
            at += 1
        return end

    def cut(self, start: int, end: int) -> str:
        """The text of words from `start` up to `end`."""
        if start >= end:
            return ""
        stop = self.spans[end - 1][1]
        dotted = "." in self.text[self.spans[end - 1][0] : stop]  # "U.S." keeps its last dot
        return self.text[self.spans[start][0] : stop + (dotted and self.text[stop : stop + 1] == ".")]

    def only_nouns(self, start: int, end: int) -> bool:
        """Whether these words name nobody: all are nouns of the table or only say where from or on which side."""
        return all(self.nouns[i] or self.table.demonym(w) or sided(w) for i, w in enumerate(self.low[start:end], start))


def sided(word: str) -> bool:
    """Whether a word only says where from or on which side ("london-based", "us-backed")."""
    return "-" in word and SIDED.search(word) is not None
