"""A pool's incidents in other people's formats, with how many say so and their words in the last columns."""

from sayso.views.export.changes import NotAnExportError, withdrawn
from sayso.views.export.formats import (
    BINARY,
    FORMATS,
    Left,
    facts_of,
    recorded,
    write_binary,
    write_lines,
    write_text,
)
from sayso.views.export.parquet import MissingLibraryError

__all__ = [
    "BINARY",
    "FORMATS",
    "Left",
    "MissingLibraryError",
    "NotAnExportError",
    "facts_of",
    "recorded",
    "withdrawn",
    "write_binary",
    "write_lines",
    "write_text",
]
