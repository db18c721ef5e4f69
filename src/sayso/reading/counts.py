"""A number grammar for casualties: "at least 70", "two dozen soldiers", "a child and two adults" -> bounds.

The rules are the annotation guide's: "at least N" and "more than N" leave the top open, "up to N" starts at none,
"about N" is N, a dozen is 12, dozens are 24 or more, scores 40, hundreds 200, thousands 2,000.
"""

from __future__ import annotations

import re
from typing import Final

from sayso.records.reading import Bounds

SMALL: Final = {
    "zero": 0, "one": 1, "both": 2, "couple": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
UNITS: Final = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "million": 1_000_000}
INDEFINITE: Final = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000}
OF_UNITS: Final = {
    "few dozen": 24, "few hundred": 200, "few thousand": 2000, "several dozen": 24, "several hundred": 200,
    "several thousand": 2000, "tens of thousands": 20_000, "hundreds of thousands": 200_000,
}  # fmt: skip
LARGEST_DIGITS: Final = 9  # longer runs of digits are no count of people

AT_LEAST: Final = re.compile(
    r"\b(at least|(?<!no )(?<!not )more than|over|not? (?:less|fewer) than|upwards of|a minimum of|above"
    r"|or more)\b|\d\+"
)
AT_MOST: Final = re.compile(
    r"\b(up to|as many as|at most|as high as|not? more than|(?<!no )(?<!not )(?:fewer|less) than|under|a maximum of)\b"
)
VAGUE: Final = re.compile(
    r"\b(several|many|few|some|unknown|unspecified|large|numerous|number of|handful|heavy|tens of|most)\b"
)
NONE: Final = re.compile(
    r"\b(no|none|nobody|any) ?(?:\w+ )?(casualt\w*|injur\w*|wound\w*|deaths?|fatalit\w*|one|\w+ly)\b"
    r"|^(none|nobody|no one)\b|^no (?!(?:fewer|less|more) )[a-z]+s?$"
)
_AGE = rf"(?:\d{{1,2}}|{'|'.join(SMALL)})"
NOT_A_COUNT: Final = re.compile(
    r"\b\d+(?:st|nd|rd|th)\b|\b\d+[- ]years?(?:[- ]old)?\b|, \d{1,2}(?=,|$)"
    r"|\b(?:[a-z]+-){1,2}years?(?:-old)?\b"
    rf"|\baged? (?:between )?{_AGE}(?:(?:,|,? and|,? or|-| to) {_AGE})*\b|\({_AGE}(?:(?:,|,? and) {_AGE})*\)"
    r"|\b(?<=mother of |father of )[a-z\d]+\b"
    r"|\bborn (?:in|on) [^,;()]{0,20}\b(?:19|20)\d\d\b|\b(?:in|since) (?:19|20)\d\d\b(?! [a-z]+s\b)"
)
NUMBER: Final = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+|[a-z]+")
RANGE: Final = re.compile(r"\bbetween\b.+\band\b|\bfrom\b.+\bto\b|\w+ ?(?:-|–|—|\bto\b|\bor\b) ?\w+")
_PARTS = r"(?:an?|\d+|[a-z]+) [a-z]+\b[^()]*?(?:,| and )[^()]*"
BREAKDOWN: Final = re.compile(
    rf"(?<=\w)(?: \({_PARTS}\)|(?: [-–—] |: ){_PARTS}(?: [-–—] |$))"
)  # "eight (a man and ...)"
SUBSET: Final = re.compile(
    r"[,;(]? ?\b(?:including|among them|among whom|of whom|some of|who|whom|that|most)\b.*", re.S
)
CONJUNCTS: Final = re.compile(
    r",? (?:and|as well as|along with|alongside|in addition to|plus|with another)\b(?! a half)|(?<!\d),(?! ?\d{3}\b)"
    r"|(?<=[a-z]s|en|le) (?=\d+ [a-z])"  # a list that lost its commas: "40 civilians 25 fighters"
)
PERSON: Final = re.compile(r"^(?:child|woman|man|boy|girl|baby|infant|mother|father|son|daughter|wife|husband)$")
SINGULAR: Final = re.compile(r"^(?:an?|one|another|him|her|he|she|himself|his|its|their|my|our|the)\b")
PLURAL: Final = re.compile(
    r"(?:[a-rt-z]s|people|police|personnel|men|women|children|troops|dead|wounded|toll|casualty figures|others|higher|"
    r"more|family|crew|staff|they|them|us|you|army|those|all|killed|injured|majority|remainder|rest|number|garrison|"
    r"clergy)$"
)
BARE: Final = re.compile(
    r"[\W\d]*(?:(?:about|around|at|least|more|than|over|some|nearly|almost|up|to)\b[\W\d]*)*\d[\d,. ]*"
)
OF_THE_DEAD: Final = re.compile(
    r"\b(?:kill|dead|death|die[ds]?\b|dying|toll|casualt|martyr|bod(?:y|ies)\b|fatal|lives\b|lost|slain|massacre|victim"
    r"|murder|execut|shot\b|behead|perish|losses)"
)
OF_FLIGHT: Final = re.compile(
    r"\b(?:fle(?:d|e|eing)\b|displace|escap|evacuat|got out|get out|getting out|refugee|uprooted|homeless)"
)
OF_THE_HELD: Final = re.compile(
    r" (?:(?:were|was|are|is|been|being) )?(?:detained|arrested|freed|released|kidnapped|abducted|captured|rounded up"
    r"|taken (?:prisoner|captive|hostage|away))\b"
)  # right after a number of people
LONGEST_BARE: Final = 40  # characters of a number without a noun
PASSAGE, AFTER = 600, 60  # characters before a number, and after it, in which it is said what is counted


def bounds_of(phrase: str) -> Bounds | None:
    """The lowest and highest number that a phrase of people or a number means; None when it gives none.

    >>> bounds_of("at least 70"), bounds_of("two soldiers"), bounds_of("Dozens of fighters")
    ((70, None), (2, 2), (24, None))
    >>> bounds_of("between 20 and 30 people"), bounds_of("up to twenty-five"), bounds_of("1,200 civilians")
    ((20, 30), (0, 25), (1200, 1200))
    >>> bounds_of("a child and two adults"), bounds_of("no casualties"), bounds_of("the children"), bounds_of("a nurse")
    ((3, 3), (0, 0), None, (1, 1))
    """
    text = NOT_A_COUNT.sub(" ", phrase.lower().strip())
    if NONE.search(text):
        return 0, 0
    text = SUBSET.sub("", BREAKDOWN.sub(" ", text)) or text
    values = _values(text)
    if len(values) == 2 and RANGE.search(text) and values[0] < values[1] and " and " not in text.replace("between", ""):
        return values[0], values[1]
    if len(values) == 2 and AT_LEAST.search(text) and AT_MOST.search(text) and values[0] < values[1]:
        return values[0], values[1]
    if "between" in text and len(values) == 2 and values[0] < values[1]:
        return values[0], values[1]
    return _sum_of_conjuncts(text)


def _sum_of_conjuncts(text: str) -> Bounds | None:
    low, open_ended, at_most = 0, False, False
    counted = False
    for conjunct in CONJUNCTS.split(text) if not re.search(r"hundred and|thousand and", text) else [text]:
        conjunct = re.sub(r"^\s*(?:another|a further|other)\s+(?=\w)", "", conjunct) if _values(conjunct) else conjunct
        plain = conjunct.strip(" ,.;()[]\"'")
        value, is_open = _one(plain)
        if counted and not _values(plain) and not SINGULAR.match(plain) and not PERSON.match(plain):
            value = None  # an apposition ("..., commander of the guard") is nobody else
        if value is None:
            if conjunct.strip() and VAGUE.search(conjunct) and counted:
                open_ended = True
            continue
        counted = True
        low += value
        open_ended = open_ended or is_open
        at_most = at_most or bool(AT_MOST.search(conjunct))
    if not counted:
        return None
    if open_ended or AT_LEAST.search(text):
        return low, None
    return (0, low) if at_most else (low, low)


def _one(text: str) -> tuple[int | None, bool]:
    """(number, whether the top is open) of a phrase without coordination."""
    for words, value in OF_UNITS.items():
        if words in text:
            return value, True
    if values := _values(text):
        return values[0], False
    for word, value in INDEFINITE.items():
        if re.search(rf"\b{word}\b", text):
            return value, True
    head = re.split(r" (?:of|in|from|at|for|near|on|with|to|by|identified|named|known)\b|,", text)[0].strip()
    if not head or VAGUE.search(text) or PLURAL.search(head):
        return None, False
    return (1, False) if SINGULAR.match(head) or len(head.split()) <= 6 else (None, False)


def _values(text: str) -> list[int]:
    """The numbers of `text` in order, words and digits; "twenty-five" and "two hundred" are one each."""
    found: list[int] = []
    total: int | None = None
    end = 0
    plain = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text)
    for match in NUMBER.finditer(plain):
        word, gap = match.group(), plain[end : match.start()].strip()
        end = match.end()
        value = _value(word)
        if word in UNITS and plain[: match.start()].rstrip().endswith("half a"):
            total = UNITS[word] // 2
        elif word in UNITS and (total is not None or re.search(r"\b(?:a|half a|per)$", plain[: match.start()].strip())):
            total = (total or 1) * UNITS[word]
        elif word == "and" and total is not None and total >= UNITS["hundred"]:
            continue
        elif value is not None and total is not None and not gap and word.isalpha() and 0 < value < total:
            total += value
        else:
            if total is not None:
                found.append(total)
            total = value
    return found if total is None else [*found, total]


def _value(word: str) -> int | None:
    digits = re.sub(r"[, ]", "", word)
    if digits.isdigit():
        return int(digits) if len(digits) <= LARGEST_DIGITS else None
    return SMALL.get(word)


def counts_the_living(text: str, start: int, end: int) -> bool:
    """Whether a number is not of the dead: of people held or freed, or, a bare one, of people who left.

    >>> text = "Thousands have got out of Azaz. The UN put the number at 9,000."
    >>> counts_the_living(text, 57, 62)
    True
    >>> counts_the_living("11 suspects detained after rocket fire", 0, 11)
    True
    """
    line = text.rfind("\n", 0, start) + 1
    if OF_THE_HELD.match(text, end):
        sentence = max(line, text.rfind(". ", line, start) + 1)
        return not OF_THE_DEAD.search(text[sentence : end + AFTER].lower())
    passage = text[max(line, start - PASSAGE) : end + AFTER].lower()
    if end - start > LONGEST_BARE or not BARE.fullmatch(text[start:end].lower()):
        return False
    return bool(OF_FLIGHT.search(passage)) and not OF_THE_DEAD.search(passage)
