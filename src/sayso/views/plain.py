"""Outside text made safe to print: nothing a page says may move the cursor, hide words or act as a command."""

from __future__ import annotations

import re

# C0 and C1 controls, surrogates, line separators, bidi embeddings, overrides and isolates, and the invisible tag
# letters. Joiners and left/right marks stay: Arabic and Persian are written with them and they cannot reorder others.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]")  # fmt: skip # noqa: E501
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")


def in_lines(text: str) -> str:
    """`text` with its line ends and tabs, everything that is not print shown by name.

    >>> in_lines("a\\x1b[31mb\\r\\nc")
    'a␛[31mb\\nc'
    """
    if text.isprintable():  # known at once: none of what is unsafe is
        return text
    return _UNSAFE.sub(_named, text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """`text` on one line, as `in_lines`.

    >>> one_line(" two\\nlines \\u202e ")
    'two lines ⟨U+202E⟩'
    """
    return in_lines(" ".join(text.split()))


def in_json(encoded: str) -> str:
    """JSON that means the same and is safe to print: what JSON leaves as it is and a terminal might obey, escaped.

    >>> in_json('{"a": "\\u202e"}')
    '{"a": "\\\\u202e"}'
    """
    if encoded.isascii() and "\x7f" not in encoded:  # known at once, where megabytes would be searched
        return encoded
    return _UNSAFE_IN_JSON.sub(_escaped, encoded) if _UNSAFE_IN_JSON.search(encoded) else encoded


def _named(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(0x2400 + code)  # Unicode's own pictures of the control characters
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def _escaped(found: re.Match[str]) -> str:
    units = found.group().encode("utf-16-be")  # JSON writes characters beyond the first plane as two
    return "".join(f"\\u{units[i] << 8 | units[i + 1]:04x}" for i in range(0, len(units), 2))
