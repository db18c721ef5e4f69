"""Every page of a record on the example pool loads without a fault, in light and in dark."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, expect

from tests.desk.browser.watch import go, grave_faults, path_of, shoot, watched

MANBIJ = "geonames:167357"


@pytest.fixture(scope="session")
def paths(bakery: str, disputed_incident: str) -> dict[str, str]:
    """An address of each page, of what the pool tells most about."""
    report = unquote(bakery.removeprefix("/report/"))
    return {
        "incident": disputed_incident,
        "report": bakery,
        "event": path_of("event", f"{report}#e2"),
        "claim": path_of("claim", f"{report}#c2"),
        "place": path_of("place", MANBIJ) + "?at=2016-06-09",
        "source": path_of("source", "Furat Monitor"),
        "actor": path_of("actor", "islamic-state"),
        "outlet": path_of("outlet", "Meridian Wire"),
        "search": "/search?q=bakery",
        "about": "/about",
        "missing": "/nothing/here",
    }


PAGES = ("incident", "report", "event", "claim", "place", "source", "actor", "outlet", "search", "about", "missing")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_serious_fault(
    browser: Browser, home: str, paths: dict[str, str], name: str, scheme: str
) -> None:  # fmt: skip
    with watched(browser, home, color_scheme=scheme) as desk:
        page = desk.open(paths[name])
        expect(page.get_by_role("heading", level=1)).not_to_be_empty()
        expect(page.get_by_role("alert")).to_have_count(0)
        assert grave_faults(page) == []
        if scheme == "light" and name != "missing":
            shoot(page, name)
        elif name in ("incident", "report"):
            shoot(page, f"{name}-dark")


def test_every_page_fits_a_narrow_window(browser: Browser, home: str, paths: dict[str, str]) -> None:
    with watched(browser, home) as desk:
        page = desk.context.new_page()
        page.set_viewport_size({"width": 400, "height": 800})
        for name in PAGES:
            go(page, home + paths[name])
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is wider"
