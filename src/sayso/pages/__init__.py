"""Pages: what was received, as clean reports.

`gather` finds pages in files, folders, containers and at addresses; `report_of` makes a report of each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sayso.pages.page import Hints, Known, Page

if TYPE_CHECKING:
    from sayso.pages.gather import gather
    from sayso.pages.report import Overrides, report_of

__all__ = ["Hints", "Known", "Overrides", "Page", "gather", "report_of"]

_ROOM = {"gather": "gather", "Overrides": "report", "report_of": "report"}


def __getattr__(name: str) -> Any:
    """The names that cost something to import are imported when they are asked for."""
    if name not in _ROOM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_ROOM[name]}"), name)
