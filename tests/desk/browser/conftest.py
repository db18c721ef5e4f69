"""A browser, and desks that it talks to over loopback as a person's would."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from sayso.desk.app import create_app
from sayso.desk.shell import packaged
from sayso.ledger import Ledger
from tests.desk.browser.watch import Watched, path_of, watched

_QUIET = (  # Chromium otherwise calls home by itself
    "--no-sandbox",
    "--disable-gpu-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_STATIC = os.environ.get("SAYSO_DESK_STATIC")  # a page built elsewhere than into the package

BAKERY = "Air strike near Aleppo bakery kills at least 11, monitor says"
Serve = Callable[[Path], str]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(_QUIET))
        yield running
        running.close()


@contextmanager
def serving(ledger: Path) -> Iterator[str]:
    """The desk over a ledger on a free port, in a thread of this process; its address."""
    static = Path(_STATIC) if _STATIC else packaged()
    assert (static / "index.html").is_file(), "the page is not built: npm --prefix web run build"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = uvicorn.Config(
        create_app(ledger, port=port, static=static), host="127.0.0.1", port=port, log_level="warning"
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive() and time.monotonic() < until, "the desk did not start"
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def home(pool_ledger: Path) -> Iterator[str]:
    """The address of the desk over the example pool; only to be read."""
    with serving(pool_ledger) as address:
        yield address


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a desk over a ledger of the test's own, for as long as the test runs."""
    with ExitStack() as stack:
        yield lambda ledger: stack.enter_context(serving(ledger))


@pytest.fixture
def desk_in(browser: Browser, home: str) -> Iterator[Watched]:
    """A browser over the example pool's desk."""
    with watched(browser, home) as found:
        yield found


@pytest.fixture(scope="session")
def bakery(pool_ledger: Path) -> str:
    """The address of a report with many claims and events."""
    with Ledger.open(pool_ledger) as ledger:
        (id,) = ledger.connection.execute("SELECT id FROM reports_view WHERE title = ?", (BAKERY,)).fetchone()
    return path_of("report", id)


@pytest.fixture(scope="session")
def disputed_incident(pool_ledger: Path) -> str:
    """The address of the disputed incident with the most origins."""
    with Ledger.open(pool_ledger) as ledger:
        (id,) = ledger.connection.execute(
            "SELECT id FROM incidents ORDER BY disputes > 0 DESC, independent DESC, reports DESC, id LIMIT 1"
        ).fetchone()
    return path_of("incident", id)
