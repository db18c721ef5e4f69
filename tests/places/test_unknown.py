"""Villages that no gazetteer has: what happens there is not given to the next town known."""

from __future__ import annotations

import pytest

from sayso.places.gazetteer import Gazetteer
from sayso.places.headings import Headings
from sayso.places.resolve import resolve_places
from sayso.places.unknown import entry_of, is_place, is_unknown, with_unknown


def meant(text: str, *names: str) -> list[str | None]:
    """The places that names and phrases of a text mean, each found behind the one before."""
    spans, at = [], 0
    for name in names:
        at = text.index(name, at)
        spans.append((at, at + len(name)))
    found = {t.span: t.place for t in resolve_places(text, spans, gazetteer=Gazetteer.packaged(), beat="SY")}
    return [place.name if (place := found[span]) else None for span in spans]


def test_the_town_is_the_village_named_last_although_nobody_knows_where_it_is() -> None:
    text = "In Aleppo it was calm. They fought all day in Qwzixville and left the town at night."
    assert meant(text, "Aleppo", "Qwzixville", "the town") == ["Aleppo", None, None]
    text = "In Aleppo it was calm. They left the town at night."
    assert meant(text, "Aleppo", "the town") == ["Aleppo", "Aleppo"]


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("They fought in Qwzixville.", True),
        ("The road to Tell Qwzix is cut.", True),
        ("They fought with Qwzixville.", False),
        ("They fought in qwzixville.", False),
    ],
)
def test_a_name_stands_as_a_place_behind_a_word_for_where(text: str, stands: bool) -> None:
    at = text.lower().index("tell") if "Tell" in text else text.lower().index("qwzix")
    end = next(i for i in range(at + 9, len(text) + 1) if text[i : i + 1] in (".", " ", ""))
    assert is_place(text, (at, end), Headings(text, [])) is stands


def test_what_stands_for_a_place_is_weighed_but_is_none() -> None:
    text = "They fought in Qwzixville, not with Qwzixgroup, for Qwzixhill."
    village, group, hill = ((text.index(w), text.index(w) + len(w)) for w in ("Qwzixville", "Qwzixgroup", "Qwzixhill"))
    places = with_unknown(text, dict.fromkeys((village, group, hill)), [hill])
    assert [place is not None and is_unknown(place) for place in places.values()] == [True, False, True]
    assert is_unknown(entry_of("Qwzixville"))
