"""From the situation to the words: what a person does to see on whose say-so something is told."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from sayso.ledger import Ledger
from tests.desk.browser.conftest import Serve
from tests.desk.browser.pools import ledger_of
from tests.desk.browser.test_situation import drawn
from tests.desk.browser.watch import Watched, go, path_of, settled, shoot, watched
from tests.desk.conftest import NOON

_FOCUSED = "document.activeElement === document.body ? null : document.activeElement.outerHTML.slice(0, 300)"
LIT = re.compile(r"\blit\b")


def lit_words(page: Page) -> str:
    """The words of the text that are lit."""
    return " ".join(page.locator(".text .line .lit:not(.ref)").all_inner_texts())


def test_from_the_map_to_an_incident_to_a_report_to_its_words(desk_in: Watched) -> None:
    query = "type=air_strike&disputed=true"
    [found, *_] = desk_in.context.request.get(f"{desk_in.home}/incidents.geojson?{query}").json()["features"]
    east, north = found["geometry"]["coordinates"]
    page = desk_in.open(f"/?{query}#map=13/{north}/{east}")
    drawn(page)
    page.wait_for_timeout(500)
    box = page.locator(".gl").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.get_by_role("dialog", name="At this spot").locator("a[href^='/incident/']").first.click()
    expect(page.get_by_role("heading", name="Accounts, by origin")).to_be_visible()
    expect(page.get_by_role("heading", name="Disputed")).to_be_visible()
    account = page.locator("main .wording a[href*='/report/']").first
    record = (account.get_attribute("href") or "").partition("#at-")[2]
    page.mouse.move(0, 0)  # where it lights no other record
    account.press("Enter")
    expect(page.get_by_role("heading", name="As published")).to_be_visible()
    expect(page.locator(f"#at-{record}")).to_be_in_viewport()
    expect(page.locator(f"#{record}")).to_have_class(LIT)
    assert lit_words(page)
    page.go_back()
    expect(page.get_by_role("heading", name="Accounts, by origin")).to_be_visible()


def test_pointing_at_words_lights_their_record_and_back(desk_in: Watched, bakery: str) -> None:
    page = desk_in.open(bakery)
    page.locator(".text .trigger").first.hover()
    card = page.locator("ol li.lit")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("air strike")
    other = page.locator("ol li").filter(has_text="claim").or_(page.locator("ol li:not(.event)")).first
    other.hover()
    expect(other).to_have_class(LIT)
    assert "Air strike near Aleppo bakery kills at least 11" in lit_words(page).replace("  ", " ")


def test_a_report_by_keyboard_alone(desk_in: Watched, bakery: str) -> None:
    page = desk_in.open(bakery)
    page.keyboard.press("j")
    expect(page.locator("#at-e1")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    focused = page.evaluate("document.activeElement.id")
    record = focused.removeprefix("at-")
    expect(page.locator(f"#{record}")).to_have_class(LIT)
    page.keyboard.press("Enter")
    assert page.url.endswith(f"#{record}")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Next claim or event")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).not_to_be_visible()


def test_all_links_of_an_incident_can_be_reached_by_tab(desk_in: Watched, disputed_incident: str) -> None:
    page = desk_in.open(disputed_incident)
    seen = set[str]()
    page.keyboard.press("Tab")
    for _ in range(400):
        found = page.evaluate(
            "document.activeElement === document.body ? null : document.activeElement.outerHTML.slice(0, 300)"
        )
        if found is None:
            break
        seen.add(found)
        page.keyboard.press("Tab")
    reports = page.locator("main .wording a[href*='/report/']")
    assert reports.count() > 3
    for link in reports.all():
        assert link.evaluate("(link) => link.outerHTML.slice(0, 300)") in seen


def test_what_was_set_aside_is_folded_with_its_reason(desk_in: Watched, bakery: str) -> None:
    page = desk_in.open(bakery)
    folded = page.locator(".text details").first
    expect(folded.get_by_role("listitem")).to_have_count(0)
    folded.locator("summary").click()
    expect(folded.get_by_role("listitem").first).to_be_visible()


def test_copies_stand_side_by_side(desk_in: Watched, pool_ledger: Path) -> None:
    with Ledger.open(pool_ledger) as ledger:
        (copied,) = ledger.connection.execute(
            "SELECT a FROM copies_view WHERE kind = 'same' ORDER BY a LIMIT 1"
        ).fetchone()
    page = desk_in.open(path_of("report", copied))
    section = page.get_by_role("region", name="Shares passages with")
    if section.locator("details[open]").count() == 0:
        section.locator("summary").first.click(position={"x": 4, "y": 8})
    left, right = section.locator("details[open] blockquote").all()[:2]
    assert len(left.inner_text()) > 200
    assert left.bounding_box()["x"] < right.bounding_box()["x"]  # type: ignore[index]
    section.scroll_into_view_if_needed()
    shoot(page, "copies")


SCRIPTS = (
    {
        "id": "ar",
        "title": "الجيش يسيطر على منبج",
        "outlet": "وكالة الفرات",
        "language": "ar",
        "text": "قال متحدث باسم الجيش إن قواته دخلت منبج.\n\nThe army said its forces had taken Manbij on Wednesday.",
    },
    {
        "id": "ru",
        "title": "Армия ушла ночью",
        "outlet": "Невский обозреватель",
        "language": "ru",
        "text": "Представитель армии заявил, что войска ушли из Манбиджа.",
    },
)


def test_words_and_names_in_arabic_and_cyrillic(browser: Browser, tmp_path: Path, serve: Serve) -> None:
    with watched(browser, serve(ledger_of(tmp_path, SCRIPTS))) as desk:
        page = desk.open("/search?q=والجيش")  # with another article than in the text
        found = page.get_by_role("link", name="الجيش يسيطر على منبج")
        expect(page.locator("main mark").first).to_have_text(re.compile("جيش"))
        box = page.locator("main input[type=search]")
        assert box.evaluate("(box) => getComputedStyle(box).direction") == "rtl"
        found.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("الجيش يسيطر على منبج")
        line = page.locator(".text p").first
        assert line.evaluate("(line) => getComputedStyle(line).direction") == "rtl"
        assert page.locator(".text .trigger").count() or page.get_by_text("the reader knows English only").count()
        page.get_by_role("link", name="وكالة الفرات").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("وكالة الفرات")
        cyrillic = desk.open("/search?q=Манбидж")  # in another case than in the text
        expect(cyrillic.get_by_role("link", name="Армия ушла ночью")).to_be_visible()


def test_an_empty_ledger_has_pages_that_say_so(browser: Browser, tmp_path: Path, serve: Serve) -> None:
    with Ledger.create(tmp_path / "empty.ledger", NOON, "sayso test"):
        pass
    with watched(browser, serve(tmp_path / "empty.ledger")) as desk:
        for path in (
            "/",
            "/incidents",
            "/reports",
            "/disputes",
            "/sources",
            "/outlets",
            "/actors",
            "/about",
            "/search?q=war",
        ):
            page = desk.open(path)
            expect(page.get_by_role("heading", level=1)).to_have_count(1)
            expect(page.get_by_role("alert")).to_have_count(0)
            page.close()
        page = desk.open("/report/nothing")
        expect(page.get_by_role("alert")).to_be_visible()


def test_a_page_may_be_printed(desk_in: Watched, bakery: str) -> None:
    page = desk_in.open(bakery)
    page.emulate_media(media="print")
    expect(page.locator("header nav")).not_to_be_visible()
    expect(page.locator(".text")).to_be_visible()
    side, text = page.locator(".side").bounding_box(), page.locator(".text").bounding_box()
    assert side and text and side["y"] >= text["y"] + text["height"]  # below the text, nothing hidden in a scroll box
    go(page, page.url)
    settled(page)
