"""Bytes -> text as it was meant: charset, mojibake, white space, soft hyphens and invisible marks.

The bytes received are never touched; this makes the text that is read, and tells what was mended.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

import ftfy
import ftfy.badness
import msgspec
from charset_normalizer import from_bytes

GUESSED_FROM = 256 * 1024  # bytes shown to the charset guesser: more only costs time
SOUND_FOR_BROKEN = 2  # sound characters for a broken one: UTF-8 cut here and there; other charsets have almost none
MOSTLY_ASCII = 0.85  # short Western texts have few accents, too few for a guesser to go by
HIGH = bytes(range(0x80, 0x100))
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The web reads these labels as windows-1252 (WHATWG Encoding Standard, names and labels).
WESTERN = frozenset({"ascii", "iso8859-1"})

LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
ODD_SPACES = "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000"
# A character of several bytes read byte by byte leaves its pieces side by side; "à" loses its second to a blank.
PERHAPS_MOJIBAKE = re.compile("[^\x00-\x7f\u00a0][^\x00-\x7f]|Ã ")
# Soft hyphen, zero-width space and joiners of words, bidi marks, byte-order mark, interlinear and tag characters.
MARKS = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0001-\U000e007f]"
)
CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f]")
# Arabic, Syriac, N'Ko, Mongolian and the Indic and South-East Asian scripts spell with these; emoji are joined by them.
JOINING = "\u0600-\u08ff\u0900-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc\U00011000-\U00011fff"
EMOJI = "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
JOINERS = "\u200c\u200d"
LOOSE_JOINERS = re.compile(f"(?<![{JOINING}{EMOJI}])[{JOINERS}]+|[{JOINERS}]+(?![{JOINING}{EMOJI}])")


class Mended(msgspec.Struct, frozen=True):
    """Text made readable; the charset it was read in (Python's name); and plain sentences on what was mended."""

    text: str
    charset: str | None = None
    notes: tuple[str, ...] = ()


def normalise(data: bytes, declared: str | None = None) -> Mended:
    """Bytes of a text -> its lines, tidy. `declared` is the charset its container claims. Never fails.

    >>> normalise("Manbij\\u00a0\\u2013  a re\\u00adport\\r\\n".encode("utf-8")).text
    'Manbij – a report\\n'
    """
    read = decode(data, declared)
    text, notes = tidy(read.text)
    return Mended(text, read.charset, read.notes + notes)


def decode(data: bytes, declared: str | None = None) -> Mended:
    """Bytes -> characters: by their mark, as UTF-8, as declared, as guessed. Never fails; odd bytes become U+FFFD.

    Bytes that are valid UTF-8 and more than ASCII are UTF-8 whatever is declared: other charsets do not look so.
    """
    for mark, charset in BOMS:
        if data.startswith(mark):
            return Mended(data.decode(charset, errors="replace"), charset)
    name = _charset(declared)
    unknown = (f"The declared charset {declared!r} is not known.",) if declared and name is None else ()
    if name and (b"\0" in data or data.isascii()) and (text := _strict(data, name)) is not None:
        return Mended(text, name)
    if b"\0" in data and (wide := _wide(data)) and (text := _strict(data, wide)) is not None:
        return Mended(text, wide, (*unknown, f"Read as {wide}, found from the bytes."))
    if (text := _strict(data, "utf-8")) is not None:
        wrong = name not in (None, "utf-8") and not data.isascii()
        return Mended(text, "utf-8", (f"Declared as {declared}, but it is utf-8.",) if wrong else unknown)
    if name and name != "utf-8" and (text := _strict(data, name)) is not None:
        return Mended(text, name)
    wrong_name = (f"Declared as {declared}, but its bytes do not fit.",) if name else unknown
    guessed = _guess(data)
    return Mended(guessed.text, guessed.charset, wrong_name + guessed.notes)


def tidy(text: str) -> tuple[str, tuple[str, ...]]:
    """Text -> the same lines with mojibake mended, NFC, plain single blanks and no invisible marks; and the notes.

    Lines stay lines; nothing visible is taken out.
    """
    text = LINE_ENDS.sub("\n", text)
    seen = "".join(set(text))  # each character once: most texts hold nothing that needs the slower passes
    told: list[tuple[int, str, str]] = []
    if not seen.isascii():
        text, changed = _mend_lines(text)
        told.append((changed, "{} with mojibake (read in a wrong charset before it came here) mended.", "line"))
        seen = "".join(set(text))
        told.append((sum(text.count(odd) for odd in ODD_SPACES), "{} made a plain blank.", "odd space"))
    marks = loose = 0
    if MARKS.search(seen):
        text, marks = MARKS.subn("", text)
    if any(joiner in seen for joiner in JOINERS):  # whether it is loose only the text itself tells
        text, loose = LOOSE_JOINERS.subn("", text)
    told.append((marks + loose, "{} taken out.", "soft hyphen or invisible mark"))
    if CONTROLS.search(seen):
        text, controls = CONTROLS.subn("", text)
        told.append((controls, "{} taken out.", "control character"))
    text = "\n".join([" ".join(line.split()) for line in text.split("\n")])
    return unicodedata.normalize("NFC", text), tuple(note.format(_count(n, what)) for n, note, what in told if n)


def _mend_lines(text: str) -> tuple[str, int]:
    """Mojibake mended line by line, and the number of lines changed."""
    if not PERHAPS_MOJIBAKE.search(text):
        return text, 0
    lines = text.split("\n")
    mended = [mend_mojibake(line) if PERHAPS_MOJIBAKE.search(line) else line for line in lines]
    return "\n".join(mended), sum(new != old for new, old in zip(mended, lines, strict=True))


def tidy_line(text: str) -> str:
    """One line: as `tidy`, with line ends become blanks too.

    >>> tidy_line(" The\\n\\u200eSDF  said ")
    'The SDF said'
    """
    return " ".join(tidy(text)[0].split())


def mend_mojibake(line: str) -> str:
    """Mend a line that was read in a wrong charset, where it plainly was: fewer oddities after than before.

    >>> mend_mojibake("â€œNo oneâ€\\x9d, he said"), mend_mojibake("Ünal Çeviköz")
    ('“No one”, he said', 'Ünal Çeviköz')
    """
    before = ftfy.badness.badness(line)
    if not before:
        return line
    mended: str = ftfy.fix_encoding(line)
    return mended if ftfy.badness.badness(mended) < before else line


def _charset(label: str | None) -> str | None:
    """Python's name of a charset label, None if there is none; Western labels mean windows-1252 on the web."""
    try:
        info = codecs.lookup(label.strip()) if label and label.isascii() else None
    except (LookupError, ValueError):
        return None
    if info is None or not getattr(info, "_is_text_encoding", True):
        return None
    return "cp1252" if info.name in WESTERN else info.name


def _strict(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except (UnicodeError, ValueError):
        return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: the high half of Latin text is nought, so every other byte is."""
    head = data[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < 0.4 * len(head) / 2 or min(even, odd) > 0.05 * len(head) / 2:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _guess(data: bytes) -> Mended:
    """Not valid UTF-8 and not as declared: broken UTF-8, Western, or what the guesser finds."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    sound = len(text) - broken - len(data.translate(None, HIGH))
    if broken * SOUND_FOR_BROKEN <= sound:
        return Mended(text, "utf-8", (f"{_count(broken, 'broken character')} in the utf-8 text.",))
    head = data[:GUESSED_FROM]
    plain = len(head.translate(None, HIGH)) / len(head)
    if plain >= MOSTLY_ASCII and (western := _strict(data, "cp1252")) is not None:
        return Mended(western, "cp1252", ("Read as windows-1252, found from the bytes.",))
    best = from_bytes(head).best()
    charset = best.encoding if best is not None else "cp1252"
    return Mended(data.decode(charset, errors="replace"), charset, (f"Read as {charset}, found from the bytes.",))


def _count(n: int, what: str) -> str:
    """A number and its noun.

    >>> _count(1, "soft hyphen or invisible mark"), _count(2, "line")
    ('1 soft hyphen or invisible mark', '2 lines')
    """
    return f"{n} {what}" if n == 1 else f"{n} " + " or ".join(f"{part}s" for part in what.split(" or "))
