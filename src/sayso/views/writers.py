"""Reports written one after another: as JSON lines for programs, as an account for people."""

from __future__ import annotations

from typing import TextIO

from sayso.records import Report
from sayso.views.reading import json_line


class JsonWriter:
    """Each report as one line of JSON, there as soon as it is written."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, report: Report) -> None:
        """Write one report."""
        self._stream.write(json_line(report) + "\n")
        self._stream.flush()

    def end(self, problems: int) -> None:
        """Nothing: whoever reads lines of JSON expects reports only."""


class AccountWriter:
    """Each report's account, and at the end how many there were."""

    def __init__(self, stream: TextIO, text: bool, set_aside: bool) -> None:
        from rich.console import Console

        self._console = Console(file=stream, markup=False, highlight=False, emoji=False)
        self._text, self._set_aside = text, set_aside
        self._reports = self._doubts = 0

    def write(self, report: Report) -> None:
        """Write one report. Lines are folded for a terminal only: a file keeps each paragraph whole."""
        from sayso.views.terminal import account, doubts_of

        self._reports += 1
        self._doubts += len(doubts_of(report))
        for line in account(report, text=self._text, set_aside=self._set_aside):
            self._console.print(line, soft_wrap=not self._console.is_terminal)
        self._console.file.flush()

    def end(self, problems: int) -> None:
        """Write the summary where there was more than one thing to read."""
        from sayso.views.terminal import summary

        if self._reports + problems > 1:
            self._console.print(summary(self._reports, self._doubts, problems), soft_wrap=True)
