"""Which line is the report's title: the best of the lines above the body."""

from __future__ import annotations

from sayso.pages.lines import marks
from sayso.pages.lines.features import WORD
from sayso.pages.lines.sheet import Sheet

FEWEST, MOST = 2, 40  # words of a title
NEEDED = 0.5  # points: one good sign at least
TELLING = 4  # letters of a word that tells what a text is about
LOOKED_AT = 400  # lines above the body: menus of hundreds of lines stand between a page's first line and its report
BODY_LOOKED_AT = 12  # lines of the body whose words a title shares


def title_of(sheet: Sheet, taken: set[int]) -> tuple[int | None, float, list[int]]:
    """The title's line, how sure, and the lines above the body that say it again. `taken`: lines already judged."""
    above = [
        at for at in range(max(0, sheet.first - LOOKED_AT), sheet.first) if at not in taken and _could_be(sheet, at)
    ]
    if not above:
        return None, 0.0, []
    about = _words_of_body(sheet)
    bare = {at: _bare(sheet.lines[at].text) for at in above}
    points = {at: _points(sheet, at, bare, about) for at in above}
    best = max(above, key=lambda at: (points[at], at))
    if points[best] < NEEDED:
        return None, 0.0, []
    again = [at for at in above if at != best and _same(bare[at], bare[best])]
    return best, min(0.99, 0.5 + points[best] / 8), again


def _could_be(sheet: Sheet, at: int) -> bool:
    text = sheet.lines[at].text
    return FEWEST <= sheet.words[at] <= MOST and not marks.is_byline(text) and not marks.names_another_story(text)


def _bare(text: str) -> str:
    """The line without an outlet's name after it, for comparing."""
    suffix = marks.suffix_of(text)
    text = text[: -len(suffix)] if suffix else text
    return " ".join(WORD.findall(text.lower()))


def _same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short.split()) >= 3 and short in long


def _words_of_body(sheet: Sheet) -> frozenset[str]:
    """The longer words of the body's first paragraphs."""
    body = range(sheet.first, min(sheet.first + BODY_LOOKED_AT, len(sheet.lines)))
    return frozenset(word for at in body if sheet.long(at) for word in sheet.tokens[at] if len(word) >= TELLING)


def _points(sheet: Sheet, at: int, bare: dict[int, str], about: frozenset[str]) -> float:
    """Signs of a title: said again above, shares words with the body, near it, of a title's length, no full stop."""
    text = sheet.lines[at].text
    words = [word for word in sheet.tokens[at] if len(word) >= TELLING]
    shared = sum(word in about for word in words) / len(words) if words else 0.0
    twice = len(bare[at].split()) >= 4 and any(other != at and _same(bare[at], line) for other, line in bare.items())
    points = 3.0 * shared + 2.5 * twice - 0.04 * min(sheet.first - at, 25)
    points += 1.0 if 5 <= sheet.words[at] <= 22 else 0.0
    points -= 0.8 if sheet.sentence[at] and not text.rstrip("\"'”’").endswith(("?", "!")) else 0.0
    points -= 0.7 if marks.suffix_of(text) else 0.0
    points -= 1.0 if sheet.words[at] < 4 else 0.0
    points -= 1.0 if "›" in text or "»" in text[:-2] else 0.0
    points -= 1.0 if not shared and all(word[0].isupper() for word in text.split()) else 0.0  # a bar of sections
    points += 0.5 if at + 1 in bare or at + 2 in bare else 0.0  # a standfirst follows
    return points + (1.0 if at == 0 else 0.0)
