"""What a rule found, as its builder sees it; where a report stands in time; and what the builder makes of both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sayso.records.resolved import TimexType
from sayso.times.lexicon import Tokens, Value, cue, lexicon
from sayso.times.partial import Partial
from sayso.times.patterns import Found

# Words before an expression that put it after the day of the report.
AHEAD: Final = cue("ahead")
REPORTED: Final = cue("told as past")
AHEAD_WITHIN = 16  # tokens; a clause, about
FILLERS: Final = {"half": 0.5}


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a match by field; the mod of "early", "the end of", or None."""

    tokens: Tokens
    found: Found

    def has(self, name: str) -> bool:
        """Whether the field was filled."""
        return name in self.found.fields

    def text(self, name: str) -> str:
        """The field's words as written, in lower case."""
        span = self.found.fields.get(name)
        return " ".join(self.tokens.word(i) for i in range(*span)) if span else ""

    def value(self, name: str) -> Value:
        """What the first word of the field stands for in the vocabulary."""
        span = self.found.fields.get(name)
        return lexicon().values.get(self.tokens.word(span[0])) if span else None

    def whole(self, name: str) -> int | None:
        """What the field's first word stands for, where that is a number."""
        value = self.value(name)
        return value if isinstance(value, int) else None

    def sign(self, name: str) -> str | None:
        """What the field's first word stands for, where that is a name."""
        value = self.value(name)
        return value if isinstance(value, str) else None

    def digits(self, name: str) -> int | None:
        """The number that the field's digits make ("8th" is 8)."""
        span = self.found.fields.get(name)
        if not span:
            return None
        figures = "".join(c for c in self.tokens.word(span[0]) if c in "0123456789")
        return int(figures) if figures and len(figures) < 10 else None

    def number(self, name: str) -> float | None:
        """The field as a number: digits, number words, "a", "half a dozen"; None for "a few"."""
        span = self.found.fields.get(name)
        total: float | None = None
        for i in range(*span) if span else ():
            word = self.tokens.word(i).replace(",", "")
            if word[0].isdigit():
                return float(word) if word.replace(".", "", 1).isdecimal() and len(word) < 10 else None
            known = lexicon().values.get(word)
            if word in ("few", "several", "some", "many", "dozens", "numerous", "various", "other"):
                return None
            if isinstance(known, int):
                total = known if total is None or total == 1 else total * known if known in (12, 100) else total + known
        return total

    @property
    def mod(self) -> str | None:
        """START, MID or END of what is named."""
        if not self.has("mod"):
            return None
        value = self.value("mod")
        return value if isinstance(value, str) else "START" if value == 1 else "END" if value == 2 else None

    @property
    def era(self) -> int:
        """-1 before Christ, else 1."""
        return -1 if self.value("era") == "BC" else 1

    def before(self, n: int = 1) -> str:
        """The n-th word before the match."""
        return self.tokens.word(self.found.first - n)

    def after(self, n: int = 1) -> str:
        """The n-th word after the match."""
        return self.tokens.word(self.found.last + n - 1)

    @property
    def ahead(self) -> bool:
        """Whether the words before it in its clause put it in the future."""
        for n in range(1, AHEAD_WITHIN + 1):
            word = self.before(n)
            if word in AHEAD:
                return True
            if not word or word in (".", "\n", ";", "since") or word in REPORTED:
                return False
        return False


@dataclass(slots=True)
class Standing:
    """Where the report stands in time, and how far its story has got while it is read from the start.

    `now`: the day it speaks on, `label` how that is known; `history`: an account of times past, in which every word is
    reckoned from what came before; `first`: the first full date that the text names, `running`: the latest date of
    the story; `floor`: a day the report is surely after.
    """

    now: date | None
    label: str
    history: bool
    day_first: bool
    first: Partial | None = None
    first_words: str = ""
    running: Partial | None = None
    running_words: str = ""
    paragraph: Partial | None = None
    sentence: Partial | None = None
    floor: date | None = None

    @property
    def story(self) -> tuple[Partial | None, str]:
        """What "two days later" is reckoned from, and how that is known."""
        if self.running is not None:
            return self.running, f'"{self.running_words}"'
        if self.now is not None:
            return Partial(self.now.year, self.now.month, self.now.day), self.label
        return None, ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a builder makes: TIMEX3's type and value, perhaps the days meant, the anchor, and why.

    `partial`: the date, for the story to go on from; `moves`: whether the story goes on from it.
    """

    type: TimexType
    value: str | None
    partial: Partial | None = None
    extent: tuple[date | None, date | None] | None = None
    anchor: str | None = None
    why: str = ""
    moves: bool = False
