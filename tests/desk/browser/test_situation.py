"""The situation: map, timeline and list are one, what is brushed in one filters all, and its address brings it back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from sayso.ledger import Ledger
from tests.desk.browser.conftest import Serve
from tests.desk.browser.watch import Watched, go, grave_faults, shoot, watched
from tests.desk.conftest import NOON

FROM_8_TO_10 = "/?since=2016-06-08&until=2016-06-10"


def counted(page: Page) -> int:
    """How many incidents the heading of the list says there are."""
    heading = page.get_by_role("heading", name=re.compile(r"\d incidents?$"))
    return int((heading.text_content() or "").split()[0].replace(",", ""))


def recounted(page: Page, before: int) -> int:
    """How many there are once it is another number."""
    heading = page.get_by_role("heading", name=re.compile(r"\d incidents?$"))
    expect(heading).not_to_have_text(re.compile(rf"^\s*{before:,} "))
    return counted(page)


def counts(page: Page, number: int) -> None:
    """Wait until the heading says that there are so many."""
    heading = page.get_by_role("heading", name=re.compile(r"\d incidents?$"))
    expect(heading).to_have_text(re.compile(rf"^\s*{number:,} "))


def listed(page: Page) -> Locator:
    return page.locator("ol a.what")


def drawn(page: Page) -> None:
    """Wait for the map: its section is in the address once it stands."""
    page.wait_for_url(re.compile("#map="))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_has_no_serious_fault(browser: Browser, home: str, scheme: str) -> None:
    with watched(browser, home, color_scheme=scheme) as desk:
        page = desk.open(FROM_8_TO_10)
        drawn(page)
        expect(listed(page).first).to_be_visible()
        assert grave_faults(page) == []
        shoot(page, "situation" if scheme == "light" else "situation-dark")


def test_a_narrow_screen_has_all_of_it_below_each_other(browser: Browser, home: str) -> None:
    with watched(browser, home) as desk:
        page = desk.open()
        page.set_viewport_size({"width": 420, "height": 900})
        expect(page.get_by_role("slider", name="Days shown")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_days_are_brushed_by_keyboard_and_stand_in_the_address(desk_in: Watched) -> None:
    page = desk_in.open()
    everything = counted(page)
    last = page.get_by_role("slider", name="Last day")
    last.press("Home")
    page.wait_for_url(re.compile(r"since=(\d{4}-\d\d-\d\d)&until=\1\b"))
    first = last.get_attribute("aria-valuenow")
    last.press("ArrowRight")
    expect(last).not_to_have_attribute("aria-valuenow", first or "")
    assert recounted(page, everything) < everything
    last.press("End")
    counts(page, everything)


def test_the_list_has_what_the_count_says(desk_in: Watched) -> None:
    page = desk_in.open(FROM_8_TO_10)
    rows = json.loads(
        page.request.get(desk_in.home + "/incidents.json?limit=1000" + FROM_8_TO_10[1:].replace("?", "&")).text()
    )
    counts(page, len(rows["rows"]))


def test_a_bar_of_the_timeline_shows_its_day(desk_in: Watched) -> None:
    page = desk_in.open()
    bar = page.locator("svg g[aria-hidden] g", has=page.locator("title", has_text="2016-06-08")).locator("rect").last
    box = bar.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 1)
    page.wait_for_url(re.compile("since=2016-06-08&until=2016-06-08"))


def test_play_moves_the_days_on(desk_in: Watched) -> None:
    page = desk_in.open("/?since=2016-06-06&until=2016-06-07")
    page.get_by_role("button", name="Play").click()
    later = r"2016-06-(0[7-9]|[12]\d)"  # how far it has come when it is looked at is the machine's affair
    expect(page.get_by_text(re.compile(rf"{later} to {later}"))).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    page.wait_for_url(re.compile(rf"since={later}&until={later}"))


def test_the_legend_chooses_kinds(desk_in: Watched) -> None:
    page = desk_in.open()
    everything = counted(page)
    page.get_by_role("button", name=re.compile("Displacement and aid")).click()
    page.wait_for_url(re.compile("type=displace&type=aid"))
    assert 0 < recounted(page, everything) < everything
    expect(listed(page).first).to_contain_text(re.compile("displacement|aid"))


def test_a_section_of_the_map_filters_the_list(desk_in: Watched) -> None:
    page = desk_in.open("/#map=11/36.53/37.95")
    drawn(page)
    everything = counted(page)
    page.get_by_label("Only this section of the map").check()
    page.wait_for_url(re.compile("bbox="))
    assert 0 < recounted(page, everything) < everything
    expect(listed(page).first).to_contain_text("Manbij")


def test_from_the_list_to_an_incident_and_back_by_keyboard(desk_in: Watched) -> None:
    page = desk_in.open(FROM_8_TO_10 + "&disputed=true")
    page.keyboard.press("l")
    page.keyboard.press("ArrowDown")
    expect(listed(page).nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/incident/"))
    page.go_back()
    page.wait_for_url(re.compile("disputed=true"))
    expect(listed(page).first).to_be_visible()


def test_a_spot_of_the_map_tells_what_happened_there(desk_in: Watched) -> None:
    page = desk_in.open("/#map=13/36.52814/37.95551")  # Manbij, in the middle
    drawn(page)
    page.wait_for_timeout(500)
    box = page.locator(".gl").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_role("dialog", name="At this spot")).to_contain_text("Manbij")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="At this spot")).to_have_count(0)


def test_a_map_of_ones_own_is_read_here_and_a_broken_one_is_refused(desk_in: Watched, tmp_path: Path) -> None:
    page = desk_in.open()
    drawn(page)
    broken = tmp_path / "broken.pmtiles"
    broken.write_bytes(b"no map" * 100)
    page.locator("input[type=file]").set_input_files(broken)
    expect(page.get_by_role("alert")).to_contain_text("cannot be read as a map")


def test_an_empty_ledger_says_how_to_fill_it(browser: Browser, serve: Serve, tmp_path: Path) -> None:
    path = tmp_path / "empty.ledger"
    with Ledger.create(path, NOON, "sayso test"):
        pass
    with watched(browser, serve(path)) as desk:
        page = desk.open()
        expect(page.get_by_role("heading", name="The ledger is empty")).to_be_visible()
        assert grave_faults(page) == []


def test_all_keys_are_shown(desk_in: Watched) -> None:
    page = desk_in.open()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Play or pause")
    page.keyboard.press("Escape")
    go(page, desk_in.home + "/about")
    page.keyboard.press("g")
    page.keyboard.press("s")
    expect(page.get_by_role("heading", name="Situation")).to_be_visible()
