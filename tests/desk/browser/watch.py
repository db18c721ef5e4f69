"""A page of the desk in a browser, watched: what goes wrong behind a page that looks right is noted."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.desk.browser.small_png import small_png

SHOTS = os.environ.get("SAYSO_SCREENSHOTS")  # a folder that the tests write pictures of the pages to
_GRAVE = ("serious", "critical")
# Refused requests are told on the console too; a page that asks for what is not there is meant to be answered 404.
_EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of (404|422)")


class Watched:
    """A context of the browser over one desk, and what its pages did wrong."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.context, self.home, self.problems = context, home, list[str]()
        context.on("page", self._watch)
        context.on("request", self._request)

    def open(self, path: str = "/") -> Page:
        """A new page at an address of the desk, loaded."""
        page = self.context.new_page()
        go(page, self.home + path)
        return page

    def _watch(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.problems.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _EXPECTED.match(message.text):
            self.problems.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and f"{parts.scheme}://{parts.netloc}" != self.home:
            self.problems.append(f"left this machine: {request.url[:200]}")


@contextmanager
def watched(browser: Browser, home: str, **options: Any) -> Iterator[Watched]:
    """A browser of its own (cookies, storage) over a desk; afterwards nothing may have gone wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
    context.set_default_timeout(15_000)
    found = Watched(context, home)
    try:
        yield found
        assert not found.problems, "\n".join(found.problems)
    finally:
        context.close()


def go(page: Page, address: str) -> None:
    """Go to an address and wait until it has what it asked for."""
    page.goto(address)
    settled(page)


def settled(page: Page) -> None:
    """Wait until the page has a heading and asks for nothing more."""
    page.wait_for_selector("h1, [role=alert]")
    page.wait_for_load_state("networkidle")


def path_of(kind: str, id: str) -> str:
    """The address of a record's page."""
    return f"/{kind}/{quote(id, safe='')}"


def grave_faults(page: Page) -> list[str]:
    """What axe finds that is serious or worse: the rule, where, what to do."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for fault in found
        if fault["impact"] in _GRAVE
        for node in fault["nodes"][:3]
    ]


def shoot(page: Page, name: str) -> None:
    """Take a picture of what is seen of the page, when pictures are asked for (SAYSO_SCREENSHOTS=docs/screenshots)."""
    if SHOTS is None:
        return
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)  # until a map has faded in
    folder = Path(SHOTS)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.png").write_bytes(small_png(page, page.screenshot(animations="disabled", caret="hide")))
