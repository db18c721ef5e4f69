"""A stage that does what its page tells it to; a module of its own, because other processes import it by name."""

from __future__ import annotations

import contextlib
import os
import time

from sayso.pages.page import Page
from sayso.records import Problem, SaysoError


def read_one(page: Page) -> str:
    """A stage that does what its page tells it to."""
    match page.data:
        case b"die":
            os._exit(9)
        case b"hang":
            time.sleep(600)
        case b"stubborn":
            hang_on_whatever_is_raised()
        case b"raise":
            raise ValueError("a fault\nin two lines")
        case b"refuse":
            raise SaysoError(Problem(where="pool.jsonl", reason="no text", line=page.received.line))
    return page.data.decode().upper()


def hang_on_whatever_is_raised() -> None:
    """As parsers do: catch everything and go on."""
    while True:
        with contextlib.suppress(Exception):
            time.sleep(600)
