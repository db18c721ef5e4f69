"""Which line of an HTML page is the report's title: the heading that says what the page's metadata say."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.pages.html.features import Scene
from sayso.pages.html.lines import ABOVE_BIT
from sayso.pages.html.witnesses import letters_of
from sayso.pages.page import Known

SAME = 0.6  # share of the longer of two titles that the shorter must have: "Truce" is not "Truce holds in Aleppo"
ABOVE = 40  # lines above the first paragraph: tickers and menus stand between on some pages
FEWEST_WORDS = 3  # of a heading that is the title although nothing else says so
H1 = ABOVE_BIT["h1"]
HEADING = sum(ABOVE_BIT[f"h{n}"] for n in range(1, 4))


def find_title(scene: Scene, first: int, last: int, said: Sequence[Known]) -> tuple[Known | None, int | None]:
    """The title and the line it is shown on, if it is shown; `said` is what the page's metadata say, surest first.

    `first`, `last`: the report's first and last line. A heading that agrees with the metadata is taken as it is shown.
    """
    wanted = [letters_of(known.value) for known in said]
    lines = (
        range(max(0, first - ABOVE), min(len(scene.lines), max(first + 3, 1))) if last >= 0 else range(len(scene.lines))
    )
    seen = [at for at in lines if not scene.lines[at].place.hidden]
    for groups in (H1, HEADING, 0):
        found = [at for at in seen if not groups or scene.lines[at].place.tags & groups]
        agreeing = [at for at in found if any(_same(scene.letters[at], letters) for letters in wanted)]
        if agreeing:
            at = max(agreeing, key=lambda k: (scene.letters[k] in wanted, -abs(k - first)))
            return Known(scene.lines[at].text, "the page's heading"), at
    headings = [
        at for at in seen if scene.lines[at].place.tags & H1 and len(scene.lines[at].text.split()) >= FEWEST_WORDS
    ]
    if not said and len(headings) == 1:
        return Known(scene.lines[headings[0]].text, "the page's heading"), headings[0]
    return (said[0], None) if said else (None, None)


def _same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return bool(short) and short in long and len(short) >= SAME * len(long)
