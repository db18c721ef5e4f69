"""Where words stand: the one type all rooms point into a report's text with."""

from __future__ import annotations

Span = tuple[int, int]  # half-open code points into the report's text
