"""The stages one after another, for one page: what a process is given to run."""

from __future__ import annotations

from sayso.engine.resolve import resolved
from sayso.pages.page import Page
from sayso.pages.report import Overrides, report_of
from sayso.reading.reader import read_report
from sayso.records.reading import Reading


def read_page(page: Page, overrides: Overrides) -> Reading:
    """A page as received -> its report, what that says, and what it means. SaysoError when no report is in it."""
    return resolved(read_report(report_of(page, overrides)))
