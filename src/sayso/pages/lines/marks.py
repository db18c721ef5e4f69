"""Marks by which newsrooms and their machines set lines apart: credits, bylines, dates, calls, other stories.

Each function looks at one line alone and says whether it has the mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.pages.lines.features import CLOSERS, ENDS, WORD
from sayso.pages.lines.wordlists import begins_with, one_of, phrase_list, word_list

_AGENCY, _PICTURE = one_of("agencies"), one_of("pictures")
_OPENS_CREDIT = re.compile(
    rf"\W{{0,3}}(?:{_PICTURE}(?: credits?| courtesy| caption| copyright| source)?(?: by| of)?\s*[:|/©]"
    r"|(?:image|media|photo|picture) (?:caption|copyright|credit)\b|file(?: photo| picture| image| footage)?\s?[:–—-]"
    r"|pictured\b|caption:|in this (?:file )?(?:photo|image|picture|handout)\b"
    r"|(?:map|figure|fig\.|graphic|chart|infographic)(?: \d+)?\s?[.:]\s|📷|📸)",
    re.IGNORECASE,
)
_OPENING_LETTERS = frozenset(
    word[:3].lower()
    for word in (
        *phrase_list("pictures"),
        "media",
        "file",
        "caption",
        "in this",
        "map",
        "figure",
        "graphic",
        "chart",
        "infographic",
    )
)
_OPENS_SIGN = re.compile(r"\W{0,2}(?:©|\([cC]\))\s?\S")
_FOOTER = re.compile(
    r"(?:©|\(c\))\W*(?:19|20)\d\d|rights reserved|copyright|reproduction|\bcc[ -]by\b|licen[cs]ed under", re.IGNORECASE
)
# Each pattern, and the signs without one of which it cannot be found: looking for these first is much quicker.
_CLOSES_CREDIT = (
    (
        ":/©",
        re.compile(
            # The word before may run into the credit ("GomaImage: ..."): the pages' machines forget the blank.
            rf"(?:\b|(?<=[a-zа-я.)])){_PICTURE}(?: credits?| courtesy| by)?\s?[:/©]\s?"
            r"(?:[^.!?]|\.(?=\S|$)|(?<=\b\w)\.){2,60}$",  # dots only within or after initials
            re.IGNORECASE,
        ),
    ),
    (
        "([|/–—-",
        re.compile(
            rf"[(\[|/–—-]\s?(?:{_PICTURE}|file|handout|courtesy|via|supplied)\b[^()\[\]]{{0,60}}[)\]]?\W{{0,2}}$",
            re.IGNORECASE,
        ),
    ),
    ("([", re.compile(rf"[(\[](?:[^()\[\]]{{0,50}}[/ ,])?{_AGENCY}\b[^()\[\]]{{0,40}}[)\]]\W{{0,2}}$")),
    ("/", re.compile(rf"\w ?/ ?{_AGENCY}\b[^.!?]{{0,20}}$")),
    ("©", re.compile(r"©[^.!?]{2,50}$")),
    ("(", re.compile(r"[.!?…][\"”’']? \([^\W\d_a-z][^()]{2,40}\)$")),  # "... at the well. (Sahel Wire)"
    (".!?", re.compile(r"[.!?] [^.!?]{2,40}\b(?:photo|photograph|picture|image)s?\.?$", re.IGNORECASE)),
    (" ", re.compile(r"\b[Ff](?:ile|ILE) (?:photo|picture|image|footage|PHOTO)\b")),
)
_CREDIT_WORDS = frozenset(word.lower() for name in ("agencies", "pictures") for word in word_list(name)) | {
    "file",
    "handout",
    "courtesy",
    "via",
    "supplied",
}
_SIGNATURE = re.compile(r"\([^\W\d_a-z][^()]{1,40}\)|[A-Z]{2,5}(?:/[A-Z]{2,5})+")
_LABEL = re.compile(rf"\W{{0,4}}{one_of('labels')}\s?[:|#]", re.IGNORECASE)
_SUFFIX = re.compile(r" [-–—|] ([^-–—|]{2,40})$")
_BY = re.compile(
    r"\W{0,4}(?:(?i:by|words|words by|text|text by|story by|written by|reported by|reporting by|edited by|editing by"
    r"|authors?|von|par|por|автор|текст|بقلم|كتب|yazan)\s?:\s?"
    r"|(?i:by|words by|text by|story by|written by|reported by|reporting by|editing by|von|par|por|بقلم)\s)"
    r"(?:[A-ZÀ-ÞĀ-ŽА-ЯІЇЄҐ]|our\b|staff|a staff|[\u0600-\u06ff])"
    r"|\W{0,4}(?i:interview)\s?:\s?[A-ZÀ-Þ][\w.’'-]+(?: [\w.’'-]+){1,3}$"  # not "Interview: Jo Roe, mayor of Roe"
)
_REPORTED = re.compile(
    r"\W{0,2}(?:additional )?(?:reporting|editing|writing|compiled|translated|contributing|edited)(?: by|:) [A-Z]",
    re.IGNORECASE,
)
_TEASER = re.compile(rf"\W{{0,4}}{one_of('announcing')}\s?[:|>»›→–—-]\s?\S", re.IGNORECASE)
_ISSUED = re.compile(
    r"\W{0,4}(?:date of issue|issued|published|posted|updated|last (?:updated|modified)|date)\b", re.IGNORECASE
)
_TRAIL = re.compile(r"\s*[›»>|•·/→]\s+|\s+[›»>|•·/→]\s*")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S+\.\w|\b[\w-]+\.(?:com|org|net|info|example)\b|\+?\(?\d[\d ()-]{8,}")
_TAGS = re.compile(r"\W*(?:#\w+\W*)+")
_BULLET = re.compile(r"(?:[•▪‣·●◦■□–—*+-]|\d{1,2}[.)]|\(\d{1,2}\)|[a-z]\))\s+\S")
_FIGURE = re.compile(r"\d")
_NUMERIC_DATE = re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b")
_CLOCK = re.compile(r"\W*\d{1,2}[:.hч]\d\d(?:[:.]\d\d)?\s?(?:am|pm|h|uhr|gmt|utc|[a-z]{3,4})?\W*", re.IGNORECASE)
_AGO = re.compile(
    r"\b\d+ (?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month)s? ago|vor \d+ \w+|hace \d+ \w+|il y a \d+ \w+|há \d+ \w+"
    r"|\d+ \w+ (?:önce|назад|тому)|منذ \d+",
    re.IGNORECASE,
)
LONGEST_ADDRESS = 200  # characters
BYLINE_WORDS = 14  # two names, a place and an agency
BYLINE_WORDS = 14  # two names, a place and an agency
_BETWEEN_NAMES = frozenset({"and", "de", "al", "bin", "van", "von", "der", "el", "и", "et", "y", "e", "und", "ve", "&"})
_NAME = re.compile(r"[^\W\d_a-zà-ÿа-я][^\W\d_]*(?:[-'’.][^\W\d_]+)*\.?")
MOST_PLACE_WORDS = 3  # "Aden, 21 May": more words beside the date make a sentence or a list


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does: a full stop, whatever closes after it.

    >>> ends_sentence("“We left,” she said.”"), ends_sentence("Truce holds"), ends_sentence("Who fired first?»")
    (True, False, True)
    """
    return text[-8:].rstrip(CLOSERS)[-1:] in ENDS


def only_marks(words: Sequence[str]) -> bool:
    """No words among a line's lower-case words: a counter ("0", "1.1K"), a rule of stars, an arrow.

    >>> only_marks(["1", "1k"]), only_marks([]), only_marks(["3", "dead"])
    (True, True, False)
    """
    return all(word[0].isdigit() or word.strip("_") == "" for word in words)


def is_interface(words: Sequence[str]) -> bool:
    """Whether a line is one of the known words of a page's interface, in any of the languages listed.

    >>> is_interface(["comments", "12"]), is_interface(["lesen", "sie", "auch"]), is_interface(["ceasefire"])
    (True, True, False)
    """
    return " ".join([word for word in words if word.isalpha()]) in phrase_list("interface")


def is_trail(text: str) -> bool:
    """A bar or a trail of links: three short names or more with the same kind of sign between them.

    >>> is_trail("Home > Sahel > Reports"), is_trail("LATEST • VIDEO • MORE"), is_trail("Truce | Sahel Wire")
    (True, True, False)
    """
    parts = [part for part in _TRAIL.split(text[:400]) if part]
    return len(parts) >= 3 and sum(len(part.split()) for part in parts) <= 4 * len(parts) and not ends_sentence(text)


def is_address(text: str) -> bool:
    """Few words with a web, mail or telephone address, or hashtags alone.

    >>> is_address("Contact: desk@wire.example"), is_address("#Sahel #Kaya"), is_address("It was posted on kaya.org.")
    (True, True, False)
    """
    if len(text) > LONGEST_ADDRESS:
        return False
    if _TAGS.fullmatch(text):
        return True
    return len(text.split()) <= 8 and not ends_sentence(text) and _ADDRESS.search(text) is not None


def is_label(text: str) -> bool:
    """A line of tags, sections or counts: "Tags: Syria, Manbij"."""
    return _LABEL.match(text) is not None


def is_signature(text: str) -> bool:
    """An agency or initials alone, as under a report: "(Sahel Wire)", "AB/CD"."""
    return _SIGNATURE.fullmatch(text) is not None


def calls_the_reader(words: Sequence[str]) -> bool:
    """A call to log in, subscribe, share or pay, by how its lower-case words begin."""
    return begins_with(words, "calls")


def opens_with_credit(text: str) -> bool:
    """A picture's line by how it begins: "Photo: ...", "© AFP / ...", "FILE - ..." (not a page's copyright line).

    A line that begins with the sign alone may still be a page's own, where it stands below the report.

    >>> opens_with_credit("© AFP 2019 / A. Name Men at a well"), opens_with_credit("© 2019 Daily News")
    (True, False)
    """
    if text[0].isalpha() and text[:3].lower() not in _OPENING_LETTERS:
        return False
    if _OPENS_CREDIT.match(text):
        return True
    return _OPENS_SIGN.match(text) is not None and not is_footer(text)


def closes_with_credit(text: str) -> bool:
    """A picture's line by how it ends: "... (AP Photo/A. Name)", "... Photo: A. Name", "... [A. Name/Reuters]".

    >>> closes_with_credit("A well near Idlib [A. Name/Reuters]"), closes_with_credit("He spoke to Reuters.")
    (True, False)
    """
    tail = text[-110:]
    if not _may_credit(tail):
        return False
    found = any(any(map(tail.__contains__, signs)) and pattern.search(tail) for signs, pattern in _CLOSES_CREDIT)
    return found and not is_footer(text)


def _may_credit(tail: str) -> bool:
    """A quick look that most lines do not pass: without one of these there is no credit."""
    if "©" in tail or tail.endswith((")", "]")):
        return True
    if ends_sentence(tail):
        return "hoto" in tail or "mage" in tail or "icture" in tail or "redit" in tail
    if "mage:" in tail or "oto:" in tail or "ild:" in tail:  # run into the word before
        return True
    return not _CREDIT_WORDS.isdisjoint(WORD.findall(tail.lower()))


def is_footer(text: str) -> bool:
    """A page's copyright line."""
    return _FOOTER.search(text[:300]) is not None


def suffix_of(text: str) -> str | None:
    """What stands after the last " - " or " | " of a line, if it could be an outlet's name: few words, one capital.

    >>> suffix_of("Men at a well - Sahel Wire"), suffix_of("The army - or what is left - fled"), suffix_of("A well")
    ('Sahel Wire', None, None)
    """
    found = _SUFFIX.search(text)
    if found is None or not found[1][0].isupper() or len(found[1].split()) > 5 or ends_sentence(found[1]):
        return None
    return found[1]


def is_byline(text: str) -> bool:
    """ "By A. Name", "Reporting by ...", in the languages listed; not a sentence that begins with "By".

    >>> is_byline("By our correspondent in Aden"), is_byline("By Monday the army had left."), is_byline("Von A. Name")
    (True, False, True)
    """
    if _REPORTED.match(text) or text.startswith("✍"):
        return True
    return _BY.match(text) is not None and len(text.split()) <= BYLINE_WORDS and not ends_sentence(text)


def is_name(text: str) -> bool:
    """Two to eight words that could be people's names, and nothing else.

    >>> is_name("Maha Idris and Tom Fenner"), is_name("Truce holds in Taiz")
    (True, False)
    """
    words = text.replace(",", " ").split()
    named = [word for word in words if word not in _BETWEEN_NAMES]
    return (
        2 <= len(words) <= 8
        and sum(len(word) > 1 for word in named) >= 2
        and all(_NAME.fullmatch(word) for word in named)
        and not ends_sentence(text)
    )


# A town in capitals, what it lies in, a day with its year.
_PLACED = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,40}, (?:[^\W\d_][^\d,]{2,50}, )?(?:\d{1,2} \w+|\w+ \d{1,2}),? \d{4}(?: ?[-–—])?"
)
_LINKS = frozenset({"of", "the", "and", "de", "du", "la"})


def is_date(text: str) -> bool:
    """A line that is a date or a time, with a place or "Published" before it at most.

    >>> is_date("ADEN, 21 May"), is_date("Published: 3 June 2016, 14:05 GMT"), is_date("May offered talks in June")
    (True, True, False)
    >>> is_date("GOMA, Democratic Republic of the Congo, 14 March 2024")
    True
    """
    if len(text) > 90 or not _FIGURE.search(text):
        return False
    if _CLOCK.fullmatch(text):
        return True
    words = WORD.findall(text)
    lower = [word.lower() for word in words]
    dated = any(word in word_list("months") for word in lower) and any(word[0].isdigit() for word in words)
    if not (dated or _NUMERIC_DATE.search(text) or _AGO.search(text)):
        return False
    left = [
        word
        for word, low in zip(words, lower, strict=True)
        if not word[0].isdigit() and low not in word_list("months") and low not in word_list("date_words")
    ]
    if _AGO.search(text) or (_ISSUED.match(text) and len(words) <= 14):
        return len(left) <= 2 * MOST_PLACE_WORDS if _ISSUED.match(text) else len(left) <= MOST_PLACE_WORDS
    if _PLACED.fullmatch(text):  # "GOMA, Democratic Republic of the Congo, 14 March 2024"
        return all(word[0].isupper() or low in _LINKS for word, low in zip(words, lower, strict=True) if word in left)
    return len(left) <= MOST_PLACE_WORDS and all(word[0].isupper() or not word[0].islower() for word in left)


def is_clock(text: str) -> bool:
    """A time of day alone."""
    return _CLOCK.fullmatch(text) is not None


def names_another_story(text: str) -> bool:
    """ "Read also: ...", "Related: ..." and the like, with something after it."""
    return _TEASER.match(text.replace("’", "'")) is not None


def is_list_item(text: str) -> bool:
    """A bullet or a number before the words."""
    return _BULLET.match(text) is not None


def script_of(text: str) -> str | None:
    """The script of most letters at the beginning of a line, coarsely; None where there are no letters.

    >>> script_of("Новости"), script_of("News"), script_of("12:30")
    ('Cyrillic', 'Latin', None)
    """
    letters = "".join(_LETTERS.findall(text[:80]))
    if not letters or letters.isascii():
        return "Latin" if letters else None
    counts = [(len(pattern.findall(letters)), name) for name, pattern in _SCRIPTS]
    most, name = max(counts)
    return name if 2 * most >= len(letters) else "other"


_LETTERS = re.compile(r"[^\W\d_]+")
_SCRIPTS = tuple(
    (name, re.compile(f"[{ranges}]"))
    for name, ranges in (
        ("Latin", "A-Za-z\u00c0-\u024f\u1e00-\u1eff"),
        ("Cyrillic", "\u0400-\u052f"),
        ("Arabic", "\u0600-\u08ff\ufb50-\ufefc"),
        ("Greek", "\u0370-\u03ff"),
        ("Hebrew", "\u0590-\u05ff"),
        ("Indic", "\u0900-\u0dff"),
        ("Burmese", "\u1000-\u109f"),
        ("Georgian", "\u10a0-\u10ff"),
        ("Armenian", "\u0530-\u058f"),
        ("Ethiopic", "\u1200-\u139f"),
        ("Han or Kana", "\u3040-\u9fff"),
        ("Hangul", "\uac00-\ud7af"),
        ("Thai", "\u0e00-\u0e7f"),
    )
)
