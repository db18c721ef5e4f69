"""Events in the terms of other people's codebooks: ACLED, PLOVER, UCDP."""

from sayso.codebooks.code import Codes, code_event, code_events
from sayso.codebooks.conditions import Seen

__all__ = ["Codes", "Seen", "code_event", "code_events"]
