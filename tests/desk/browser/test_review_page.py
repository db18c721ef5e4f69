"""The review in a browser: a session by keyboard alone, mending, two coders at once, nothing lost on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from sayso.ledger import Ledger
from tests.desk.browser.conftest import Serve
from tests.desk.browser.watch import Watched, grave_faults, settled, shoot, watched

ANA, BO = "Ana", "بو عمر"
DECIDE = "**/review/decide"


@pytest.fixture
def address(serve: Serve, own_ledger: Path) -> str:
    """A desk over a ledger of the test's own."""
    return serve(own_ledger)


@pytest.fixture
def ana(browser: Browser, address: str) -> Iterator[Watched]:
    with watched(browser, address) as found:
        yield found


@pytest.fixture
def bo(browser: Browser, address: str) -> Iterator[Watched]:
    with watched(browser, address) as found:
        yield found


def begin(coder: Watched, name: str, query: str = "") -> Page:
    """Open the review and say who decides."""
    page = coder.open(f"/review{query}")
    page.get_by_label("Who decides").fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Deciding:")).to_be_visible()
    page.locator("body").focus()
    return page


def in_hand(page: Page) -> str:
    """The id of the record in hand, once all of it is there."""
    expect(page.get_by_role("group", name="The words in their report")).to_be_visible()
    return str(page.evaluate("new URLSearchParams(location.search).get('id')") or first(page))


def first(page: Page) -> str:
    return str(page.evaluate("fetch('/review.json?limit=1').then((a) => a.json()).then((a) => a.rows[0].id)"))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def saved(page: Page) -> None:
    """Wait until the desk has every decision."""
    expect(page.locator(".saving")).to_have_text("")


def decisions(ledger: Path) -> list[tuple[Any, ...]]:
    with Ledger.open(ledger) as opened:
        return opened.connection.execute("SELECT id, decision, who, note FROM reviews_view ORDER BY number").fetchall()


def queue(page: Page) -> Locator:
    return page.get_by_role("listbox", name="To decide on").get_by_role("option")


def option(page: Page) -> str:
    return queue(page).and_(page.get_by_role("option", selected=True)).inner_text()


def test_a_session_by_keyboard_alone(ana: Watched, own_ledger: Path) -> None:
    page = begin(ana, ANA)
    words = queue(page).all_inner_texts()
    one = in_hand(page)
    press(page, "j")
    assert option(page) == words[1]
    press(page, "k", "y")  # the first is accepted, the second in hand at once
    assert option(page) == words[1]
    two = in_hand(page)
    press(page, "n")
    three = in_hand(page)
    press(page, "h")
    press(page, "u")  # it is open again, and in hand
    assert in_hand(page) == three and option(page) == words[2]
    press(page, "m")
    page.keyboard.type("is it the same strike?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is it the same strike?")).to_be_visible()
    press(page, "s")
    saved(page)
    assert decisions(own_ledger) == [
        (one, "accept", ANA, ""),
        (two, "reject", ANA, ""),
        (three, "unsure", ANA, ""),
        (three, "undo", ANA, ""),
        (three, "note", ANA, "is it the same strike?"),
        (three, "skip", ANA, ""),
    ]
    press(page, "?")
    for key in ("Accept", "Reject", "Not sure", "Mend", "Next record", "Show more or less of it"):
        expect(page.get_by_role("dialog").get_by_text(key, exact=True)).to_be_visible()


def test_words_are_chosen_by_arrow_keys_and_a_draft_outlasts_a_reload(ana: Watched, own_ledger: Path) -> None:
    page = begin(ana, ANA)
    id = in_hand(page)
    press(page, "e")
    page.get_by_label("Type", exact=True).last.select_option("attack")
    page.get_by_role("button", name="Choose words for: with").focus()
    press(page, "Enter", "ArrowRight", "Shift+ArrowRight")
    chosen = page.locator(".passage mark.active").all_inner_texts()
    press(page, "Enter")
    expect(page.get_by_role("button", name="Choose words for: with")).to_be_focused()
    page.get_by_label("Note").fill("a mill, not a bakery")
    page.reload()
    settled(page)
    expect(page.get_by_label("Note")).to_have_value("a mill, not a bakery")
    expect(page.get_by_label("Type", exact=True).last).to_have_value("attack")
    shoot(page, "review-mend")
    press(page, "Control+Enter")
    saved(page)
    with Ledger.open(own_ledger) as ledger:
        [(of, mend, note)] = ledger.connection.execute("SELECT id, mend, note FROM reviews_view").fetchall()
        reading = ledger.load(ledger.number_of(id.partition("#")[0]))
    found = re.fullmatch(r'{"type":"attack","weapon":\[(\d+),(\d+)\]}', mend)
    assert found and (of, note) == (id, "a mill, not a bakery")
    words = reading.report.text[int(found[1]) : int(found[2])]
    assert words == "".join(chosen) and len(words.split()) == 2
    page.goto(f"{page.url.partition('?')[0]}?show=mine")
    expect(page.get_by_text("mended").first).to_be_visible()


def test_words_are_chosen_with_the_pointer(ana: Watched, own_ledger: Path) -> None:
    page = begin(ana, ANA)
    in_hand(page)
    page.get_by_role("button", name="Mend").click()
    page.locator(".passage p:has(mark.event) > span").first.dblclick(position={"x": 5, "y": 5})
    word = page.locator(".passage mark.active").inner_text()
    page.get_by_role("button", name="Take the selection for: what", exact=True).click()
    page.get_by_role("button", name="Save what was mended").click()
    saved(page)
    with Ledger.open(own_ledger) as ledger:
        [(id, mend)] = ledger.connection.execute("SELECT id, mend FROM reviews_view").fetchall()
        text = ledger.load(ledger.number_of(id.partition("#")[0])).report.text
    start, end = map(int, re.findall(r"\d+", mend))
    assert text[start:end] == word


def test_a_place_and_an_actor_are_found_in_their_registers(ana: Watched, own_ledger: Path) -> None:
    with Ledger.open(own_ledger) as ledger:
        (id,) = ledger.connection.execute(
            "SELECT id FROM events_view WHERE actors != '' AND place_id IS NOT 'geonames:169179' ORDER BY number"
        ).fetchone()
    page = begin(ana, ANA, f"?id={quote(id)}")
    assert in_hand(page) == id
    press(page, "e")
    box = page.get_by_role("combobox", name="Place", exact=True)
    box.fill("Jarabulus")
    page.get_by_role("option", name=re.compile("Jarablus")).first.wait_for()
    press(page, "Enter")
    page.get_by_role("combobox", name="Name: who", exact=True).first.fill("islamic sta")
    found = page.get_by_role("listbox", name="Name: who", exact=True)
    found.get_by_role("option", name=re.compile("Islamic State")).first.click()
    page.get_by_label("date", exact=True).fill("2016-05")
    page.get_by_role("button", name="Save what was mended").click()
    saved(page)
    with Ledger.open(own_ledger) as ledger:
        [(mend,)] = ledger.connection.execute("SELECT mend FROM reviews_view").fetchall()
    assert all(words in mend for words in ('"islamic-state"', '"date":"2016-05"', '"id":"geonames:169179"'))


def test_two_coders_at_once_do_not_see_each_other_until_both_decided(ana: Watched, bo: Watched) -> None:
    one, other = begin(ana, ANA), begin(bo, BO)
    one.get_by_label("Each record is decided by").select_option("2")
    expect(one.get_by_text("0 once, 0 agreed")).to_be_visible()
    other.reload()
    settled(other)
    id = in_hand(one)
    assert in_hand(other) == id
    press(one, "y")
    saved(one)
    other.reload()
    settled(other)
    expect(other.get_by_text("1 decision of somebody else, shown when you have decided")).to_be_visible()
    expect(other.get_by_text(ANA, exact=True)).to_have_count(0)
    press(other, "n")
    saved(other)
    one.goto(f"{ana.home}/review?show=disagreed")
    settled(one)
    expect(one.get_by_text("Two disagree: settle it")).to_be_visible()
    expect(one.locator("bdi", has_text=BO)).to_have_count(1)
    shoot(one, "review-disagreed")
    press(one, "n")
    saved(one)
    one.get_by_role("button", name="Agreement").click()
    row = one.get_by_role("row").filter(has_text="decision")
    expect(row.first).to_contain_text("0.0")
    one.goto(f"{ana.home}/review?show=settled")
    expect(queue(one)).to_have_count(1)


def test_what_the_desk_refuses_is_back_in_hand(ana: Watched, own_ledger: Path) -> None:
    body = '{"problem": {"where": "the decision", "reason": "not today"}}'
    # before the page is loaded: a route set on a loaded page may miss its next request
    ana.context.route(DECIDE, lambda route: route.fulfill(status=422, body=body, content_type="application/json"))
    page = begin(ana, ANA)
    id = in_hand(page)
    press(page, "y")
    expect(page.get_by_role("alert")).to_contain_text("not today")
    assert in_hand(page) == id
    assert decisions(own_ledger) == []


def test_while_the_desk_is_away_decisions_wait_and_outlast_a_reload(
    browser: Browser, address: str, own_ledger: Path
) -> None:
    context = browser.new_context()

    def away(route: Route) -> None:
        route.abort("connectionrefused")

    context.route(DECIDE, away)
    page = begin(Watched(context, address), ANA)
    id = in_hand(page)
    press(page, "y")
    expect(page.get_by_role("status").filter(has_text="1 decision waits and is kept")).to_be_visible()
    context.unroute(DECIDE, away)
    page.reload()
    settled(page)
    saved(page)
    assert decisions(own_ledger) == [(id, "accept", ANA, "")]
    assert in_hand(page) != id
    context.close()


def test_incidents_are_split_by_their_accounts(ana: Watched, own_ledger: Path) -> None:
    page = begin(ana, ANA, "?kind=incident")
    expect(page.get_by_text("Accounts: choose those")).to_be_visible()
    shoot(page, "review-incident")
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("button", name="Split 1 account off").click()
    expect(page.get_by_text("split", exact=True).first).to_be_visible()
    with Ledger.open(own_ledger) as ledger:
        assert ledger.connection.execute("SELECT kind, who FROM incident_decisions").fetchall() == [("split", ANA)]


@pytest.mark.parametrize("query", ["", "?kind=claim", "?kind=incident"])
def test_axe_finds_nothing_grave(ana: Watched, query: str) -> None:
    page = begin(ana, ANA, query)
    expect(page.get_by_role("toolbar")).to_be_visible()
    settled(page)
    assert grave_faults(page) == []
    if "incident" not in query:
        press(page, "e")
        expect(page.get_by_role("form", name="Mend")).to_be_visible()
        assert grave_faults(page) == []
    shoot(page, f"review-{query.partition('=')[2] or 'event'}")


def test_an_empty_ledger_has_nothing_to_decide_on(browser: Browser, serve: Serve, tmp_path: Path) -> None:
    from tests.desk.conftest import NOON

    with Ledger.create(tmp_path / "empty.ledger", NOON, "sayso test"):
        pass
    with watched(browser, serve(tmp_path / "empty.ledger")) as coder:
        expect(coder.open("/review").get_by_text("Nothing is left to decide on here.")).to_be_visible()


EVIL = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> \u202ecod\u202c "


def test_hostile_words_are_only_words(browser: Browser, serve: Serve, tmp_path: Path) -> None:
    from tests.ledger.small import NOON, add, write_pool

    sentence = f"{EVIL}The army shelled Manbij on 2016-06-08, killing 3, Abu Omar said. {EVIL}"
    line = {"id": "i:evil/../#e1", "title": EVIL, "outlet": "javascript:alert(1)", "text": sentence}
    with Ledger.create(tmp_path / "evil.ledger", NOON, "sayso test") as ledger:
        add(ledger, write_pool(tmp_path / "evil.jsonl", [line]))
    with watched(browser, serve(tmp_path / "evil.ledger")) as coder:
        page = begin(coder, f"{BO}<b>")
        for query in ("", "?kind=claim", "?kind=incident"):
            page.goto(f"{coder.home}/review{query}")
            settled(page)
            expect(page.get_by_text("<script>").first).to_be_visible()
            assert page.title() == "Review · sayso"
            assert page.locator("main script, main img").count() == 0
            assert "\u202e" not in page.locator("main").inner_text()
        page.goto(f"{coder.home}/review")
        settled(page)
        press(page, "e")
        expect(page.get_by_role("form", name="Mend")).to_be_visible()
        page.get_by_label("Note").fill(EVIL)
        page.get_by_role("button", name="Accept as it is").click()
        saved(page)
        page.goto(f"{coder.home}/review?show=mine")
        settled(page)
        expect(page.locator("q", has_text="onerror").first).to_be_visible()
        assert page.title() == "Review · sayso"
