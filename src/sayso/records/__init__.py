"""The frozen records that travel between the rooms, their ids, and the exception root."""

from sayso.records.errors import Problem, SaysoError
from sayso.records.report import SET_ASIDE_KINDS, Part, PartKind, Received, Report, SetAside, digest_of

__all__ = [
    "SET_ASIDE_KINDS",
    "Part",
    "PartKind",
    "Problem",
    "Received",
    "Report",
    "SaysoError",
    "SetAside",
    "digest_of",
]
