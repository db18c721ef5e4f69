"""Names that people give, which others will read: nothing in them may hide or reorder words."""

from __future__ import annotations

import unicodedata

_CONTROLS = frozenset({"Cc", "Cs", "Cn", "Co", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d\u200e\u200f\u061c\u00ad")  # Persian and Arabic are written with them


def is_name(given: str, longest: int) -> bool:
    """Whether it is a name: one line, not empty, not too long, without controls and marks that turn the text round.

    >>> is_name("شرکت\u200cها", 80), is_name("Ana", 2), is_name("a\u202eb", 80), is_name(" ", 80), is_name("a\\nb", 80)
    (True, False, False, False, False)
    """
    return bool(given.strip()) and len(given) <= longest and all(map(_shows, given))


def _shows(char: str) -> bool:
    kind = unicodedata.category(char)
    return char in _JOINERS if kind == "Cf" else kind not in _CONTROLS
