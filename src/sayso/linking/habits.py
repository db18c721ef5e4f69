"""Words on what somebody does or does not do in general, which tell of no act: "Moscow denies targeting civilians"."""

from __future__ import annotations

import re

from sayso.records.span import Span

_ACT = r"(?:target|attack|strik|hitt?|bomb|shell)"
_DENIED = (
    rf"\b(?:den(?:y|ies)|(?:has|have) (?:always|repeatedly|consistently|regularly|long) denied)"
    rf" (?:(?:deliberately|intentionally|ever) )?{_ACT}ing (?:any )?civilian"
)
_NEVER = rf"\b(?:do(?:es)?(?: not|n['’]t)|never) (?:(?:deliberately|intentionally) )?{_ACT}e?s? (?:any )?civilian"
_ONLY = (
    r"\b(?:targets?|strikes?|attacks?|hits?|bombs?) (?:only|exclusively|solely)\b[^.;\n]{0,40}\bmilitary"
    r"|\b(?:only|exclusively|solely) (?:targets?|strikes?|attacks?|hits?|bombs?)\b[^.;\n]{0,40}\bmilitary"
)
_HABIT = re.compile(f"{_DENIED}|{_NEVER}|{_ONLY}", re.IGNORECASE)


def is_habit(words: str, trigger: Span) -> bool:
    """Whether the act at `trigger` is only spoken of in general by the sentence `words`; code points into it.

    >>> is_habit("Moscow denies targeting civilians.", (14, 23))
    True
    """
    return any(found.start() <= trigger[0] < found.end() for found in _HABIT.finditer(words))
