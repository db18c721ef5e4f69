"""Whether the words around an act say that nothing of the kind happened: "has not retaken", "there was no shelling".

Only what stands right beside the act counts, in a sentence that tells what is or was: under "if", "would" or "should"
nothing is denied. Of 206 events of annotated reports where these rules hold, annotators have 199 as denied.
"""

from __future__ import annotations

import re

from sayso.records.span import Span

BEFORE, AFTER = 160, 40  # characters looked at on either side of the trigger
CALLED_WITHIN = 160  # characters from "called" to "a lie"

_IS = r"(?:is|are|was|were|has|have|had|do|does|did)"
_ADVERBS = r"(?: (?:yet|ever|been|being|even|so far|still|also|(?!only|merely|simply|solely)\w+ly))*"
_NOBODY = r"(?:no one|no-one|nobody|none|nothing)"
_NO = r"(?:no(?![- ](?:longer|doubt|matter|(?:fewer|less|more) than))|not (?:one|a single)|none of)"
_VERB = rf"(?:{_IS}(?:n['’]t| not| never)|never)(?: have)?{_ADVERBS}"
_SUBJECT = (
    rf"(?:{_NOBODY}(?: {_IS}{_ADVERBS})?"
    rf"|{_NO}(?: (?!(?:that|since|who|when)\b)[\w’'-]+){{1,3}} {_IS}{_ADVERBS}"
    rf"|neither (?!confirm)[^.,;:\n]{{1,40}} nor [^.,;:\n]{{1,40}} {_IS}{_ADVERBS})"
)
_DOES = (
    r"(?:(?:take|taken|taking) part in|participat(?:e|ed|ing) in|conduct(?:ed|ing)?|carr(?:y|ied|ying) out"
    r"|launch(?:ed|ing)?|stag(?:e|ed|ing)|mount(?:ed|ing)?|perform(?:ed|ing)?|commit(?:ted|ting)?)"
)
_ITS_WORDS = r"(?: (?!(?:of|in|on|at|by|for|to|from|that|who|which|when|and|or|but)\b)[\w’'-]+)"  # before a noun
_SAID_TO_BE = r"(?:doubt|evidence|indication|information|longer|matter|proof|question|reason|report|sign|word)s?\b"
_VERB_NEGATED = re.compile(rf"\b(?:{_VERB}|{_SUBJECT}) (?:{_DOES}{_ITS_WORDS}{{0,4}} )?\Z", re.IGNORECASE)
_NOUN_NEGATED = re.compile(
    rf"(?:\bthere (?:is|are|was|were|(?:has|have|had) been) no|(?:\A|[.;:] )no)"
    rf"(?! {_SAID_TO_BE}){_ITS_WORDS}{{0,3}} \Z",
    re.IGNORECASE,
)
_OBJECT_NEGATED = re.compile(
    r" (?:no one|no-one|nobody|none|nothing|not (?:one|a single))\b(?! (?:else|was|were|is|had|has))", re.IGNORECASE
)
_CALLS = re.compile(
    r"(?:(?:had|has|have) )?(?:call|describe|brand|label|denounce|dismiss)(?:s|d|ed|ing|led|es)?", re.IGNORECASE
)
_FALSE = re.compile(
    r"(?! (?:for|on)\b)[^.;\n]*?(?<! not)(?<! not a)[\"“ ](?:lies?|false|baseless|unfounded|groundless"
    r"|fabricat(?:ed|ions?)|untrue|propaganda|fake|disinformation|misinformation|nonsense)\b",
    re.IGNORECASE,
)
_NOT_TOLD = re.compile(
    r"\b(?:if|unless|until|till|whether|provided|(?:as|so) long as|would|should|could|might|may|lest|so that|wish)\b"
    r"[^.;\n]*\Z",
    re.IGNORECASE,
)


def is_negated(text: str, trigger: Span) -> bool:
    """Whether the act named at `trigger` is said not to have happened.

    >>> is_negated("The army has not retaken the bridge.", (17, 24))
    True
    """
    start, end = trigger
    before = text[max(text.rfind("\n", 0, start) + 1, start - BEFORE) : start]
    negated = (
        _VERB_NEGATED.search(before) or _NOUN_NEGATED.search(before) or _OBJECT_NEGATED.match(text, end, end + AFTER)
    )
    return negated is not None and not _NOT_TOLD.search(before)


def is_called_false(text: str, cue: Span) -> bool:
    """Whether what somebody speaks of is called untrue: he denies it, though he affirms that it is a lie.

    >>> is_called_false('The army called the reports of deaths "lies".', (9, 15))
    True
    """
    start, end = cue
    return bool(_CALLS.fullmatch(text, start, end) and _FALSE.match(text, end, end + CALLED_WITHIN))
