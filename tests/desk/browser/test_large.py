"""200,000 events behind the page, generated as for `bench/desk.py`: in a minute, where reading would take hours."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sayso.ledger import Ledger
from tests.desk.browser.conftest import serving
from tests.desk.browser.test_situation import counted, drawn, listed
from tests.desk.browser.watch import Watched, shoot, watched
from tests.desk.conftest import NOON

EVENTS = 200_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Watched]:
    sys.path.insert(0, str(Path(__file__).parents[3] / "bench"))
    import desk_pool
    import ledger_pool

    path = tmp_path_factory.mktemp("large") / "large.ledger"
    ledger_pool.fill(path, EVENTS, NOON, most_made=1_250)
    with Ledger.open(path, write=True) as ledger:
        desk_pool.link(ledger)
    with serving(path) as home, watched(browser, home) as found:
        found.context.set_default_timeout(90_000)  # at first all columns are loaded, maybe beside other work
        found.context.request.get(f"{home}/timeline.json")
        yield found


def test_the_situation_of_a_large_ledger_is_drawn_filtered_and_slid_over(large: Watched) -> None:
    page = large.open("/")
    drawn(page)
    expect(page.get_by_role("heading", name=re.compile(r"\d{3},\d{3} incidents"))).to_be_visible()
    everything = counted(page)
    assert everything > EVENTS // 2
    expect(page.get_by_text("The map shows the 10,000 latest.")).to_be_visible()
    shoot(page, "situation-large")
    page.goto(f"{large.home}/?type=clash&since=2015&until=2016")
    expect(listed(page).first).to_be_visible()
    drawn(page)
    expect(page.get_by_role("heading", name=re.compile(r"[1-9][\d,]* incidents"))).to_be_visible()
    assert counted(page) < everything
    page.get_by_role("button", name=re.compile("Play")).press("Space")
    page.wait_for_timeout(1_500)
    page.keyboard.press("Space")
    expect(listed(page).first).to_be_visible()
    listed(page).first.click()
    expect(page.get_by_role("heading", name="Accounts, by origin")).to_be_visible()


def test_the_busiest_actor_outlet_and_source_of_a_large_ledger_have_their_pages(large: Watched) -> None:
    for path in ("/actor/actors%3A1", "/outlet/outlets%3A1", "/source/voice%201", "/review", "/search?q=word1"):
        page = large.open(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.close()
