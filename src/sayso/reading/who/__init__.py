"""Who is who inside one report, by the report's own words."""

from sayso.reading.who.joint import parts_of
from sayso.reading.who.resolver import Who

__all__ = ["Who", "parts_of"]
