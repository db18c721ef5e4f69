"""Hostile reports: nothing they hold runs, leads away or breaks a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.desk.browser.conftest import serving
from tests.desk.browser.pools import ledger_of
from tests.desk.browser.watch import Watched, path_of, settled, watched

SCRIPT = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>"
TURN = "\u202e"  # what follows is written from right to left
LONG = "x" * 20_000
TEXT = (
    f"{SCRIPT} A spokesman for the {{{{constructor.constructor('window.hacked = 3')()}}}} Brigade said on Wednesday "
    f"that jets had struck a bakery in Manbij and killed 11 people.\n\n{TURN}cod.exe{TURN} fighters shelled Raqqa, the "
    f"army said.\n\n{LONG} <a href='javascript:window.hacked = 4'>here</a>\n\n</div></main><h1>Not ours</h1>"
)
ASTRAY = "../../evil?a=b#c/%2e%2e/\"'<b>"
REPORTS = (
    {"id": "script", "title": SCRIPT, "text": TEXT, "url": "javascript:window.hacked = 5", "outlet": SCRIPT},
    {"id": "turn", "title": f"Army {TURN}sesol Raqqa", "text": TEXT, "url": f"http://a.example/{TURN}", "outlet": TURN},
    {"id": "data", "title": LONG, "text": TEXT, "url": "data:text/html,<script>window.hacked = 6</script>"},
    {"id": ASTRAY, "title": "An id that leads astray", "text": TEXT, "outlet": LONG[:2000]},
    {"id": "vast", "title": "Vast " * 1_000_000, "text": "The army said that jets had struck a bakery in Manbij."},
)  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of such reports."""
    return ledger_of(tmp_path_factory.mktemp("hostile"), REPORTS)


@pytest.fixture
def desk(browser: Browser, hostile: Path) -> Iterator[Watched]:
    """A browser over a desk with that ledger."""
    with serving(hostile) as home, watched(browser, home) as found:
        yield found


def is_whole(page: Page) -> None:
    """Nothing ran, the page kept its one heading and its width, and no link leads to what could run."""
    assert page.evaluate("window.hacked") is None
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than its window"
    schemes = page.evaluate("[...new Set([...document.querySelectorAll('a')].map((a) => a.protocol))]")
    assert set(schemes) <= {"http:", "https:"}
    for rel in page.evaluate("[...document.querySelectorAll('a[target]')].map((a) => a.rel)"):
        assert {"noopener", "noreferrer"} <= set(rel.split())


@pytest.mark.parametrize("report", [report["id"] for report in REPORTS])
def test_a_hostile_report_is_shown_and_does_nothing(desk: Watched, report: str) -> None:
    page = desk.open(path_of("report", report))
    is_whole(page)
    expect(page.get_by_text("struck a bakery").or_(page.get_by_text("jets had"))).not_to_have_count(0)
    for folded in page.locator("details").all():
        folded.evaluate("(details) => { details.open = true }")
    is_whole(page)


def test_text_that_turns_is_shown_as_what_it_is(desk: Watched) -> None:
    page = desk.open(path_of("report", "turn"))
    assert TURN not in page.locator("main").inner_text()
    expect(page.get_by_text("U+202E").first).to_be_visible()


def test_a_vast_title_is_cut_and_can_be_asked_for(desk: Watched) -> None:
    page = desk.open(path_of("report", "vast"))
    assert len(page.get_by_role("heading", level=1).inner_text()) < 500
    page.get_by_text("The whole title").click()
    page.get_by_role("button", name="Show the rest").first.click()
    assert len(page.locator("main").inner_text()) > 4_000_000


@pytest.mark.parametrize(
    "path",
    ["/", "/reports", "/incidents", "/events", "/claims", "/sources", "/outlets", "/search?q=bakery", "/disputes"],
)
def test_lists_of_hostile_reports_do_nothing(desk: Watched, path: str) -> None:
    is_whole(desk.open(path))


def test_records_of_hostile_reports_do_nothing(desk: Watched) -> None:
    page = desk.open(path_of("report", "script"))
    for kind in ("event", "claim", "incident", "outlet", "source", "actor"):
        link = page.locator(f"main a[href^='/{kind}/']").first
        if link.count() == 0:
            continue
        beside = desk.open(link.get_attribute("href") or "")
        settled(beside)
        is_whole(beside)
        beside.close()


def test_an_address_may_hold_anything(desk: Watched) -> None:
    for path in (
        "/report/%00",
        "/report/%ff",
        "/event/a%23e1",
        "/incident/..%2f..%2f",
        f"/report/{'%41' * 2000}",
        "/search?q=%22%22",
    ):
        is_whole(desk.open(path))
