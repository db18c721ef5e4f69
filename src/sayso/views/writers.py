"""Readings written one after another: as JSON lines for programs, as an account or a page for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from sayso.records.reading import Reading
from sayso.views.reading import json_line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


def print_lines(lines: Iterable[Text], stream: TextIO) -> None:
    """Styled lines, folded for a terminal only: a file keeps each of them whole."""
    console = _console(stream)
    for line in lines:
        console.print(line, soft_wrap=not console.is_terminal)


def _console(stream: TextIO) -> Console:
    from rich.console import Console

    return Console(file=stream, markup=False, highlight=False, emoji=False)


class JsonWriter:
    """Each reading as one line of JSON, there as soon as it is written."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, reading: Reading) -> None:
        """Write one reading."""
        self._stream.write(json_line(reading) + "\n")
        self._stream.flush()

    def end(self, problems: int) -> None:
        """Nothing: whoever reads lines of JSON expects readings only."""


class AccountWriter:
    """Each report's account with what it says, and at the end how many there were."""

    def __init__(self, stream: TextIO, *, text: bool, set_aside: bool, explain: bool) -> None:
        self._console = _console(stream)
        self._text, self._set_aside, self._explain = text, set_aside, explain
        self._reports = self._doubts = self._events = self._claims = 0

    def write(self, reading: Reading) -> None:
        """Write one reading. Lines are folded for a terminal only: a file keeps each paragraph whole."""
        from sayso.views.findings import findings
        from sayso.views.terminal import account, doubts_of

        self._reports += 1
        self._doubts += len(doubts_of(reading.report))
        self._events += len(reading.events)
        self._claims += len(reading.claims)
        lines = account(reading.report, text=self._text, set_aside=self._set_aside)
        for line in (*lines, *findings(reading, explain=self._explain)):
            self._console.print(line, soft_wrap=not self._console.is_terminal)
        self._console.file.flush()

    def end(self, problems: int) -> None:
        """Write the summary where there was more than one thing to read."""
        from sayso.views.terminal import summary

        if self._reports + problems > 1:
            self._console.print(
                summary(self._reports, self._events, self._claims, self._doubts, problems), soft_wrap=True
            )
