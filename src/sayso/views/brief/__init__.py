"""The brief: what a pool says happened, who disagrees, who holds what, and what to check next."""

from sayso.views.brief.compose import Brief, Line, Section, brief_of
from sayso.views.brief.wanted import Wanted

__all__ = ["Brief", "Line", "Section", "Wanted", "brief_of"]
