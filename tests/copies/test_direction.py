"""Who had it first, and why."""

import pytest

from sayso.copies.direction import agencies_of, credits, first_of
from tests.copies.stories import BRIDGE, MARKET, SAID, pair_of, text


@pytest.mark.parametrize(
    ("head", "credited"),
    [
        ("QASRIN (Reuters) - Fighters crossed", ["Reuters"]),
        ("AFP - Fighters crossed", ["AFP"]),
        ("Bridge taken AP Wednesday 26 Oct 2016 Fighters", ["AP"]),
        ("QASRIN, Oct 26 (Xinhua) -- Fighters", ["Xinhua"]),
        ("Fighters told AFP that they", []),
        ("He took a nap (as he said) and the pa slept", []),
    ],
)
def test_credits_at_the_head(head: str, credited: list[str]) -> None:
    assert sorted(credits(text("x", head, BRIDGE, MARKET))) == credited


def test_credits_at_the_end_and_in_the_byline() -> None:
    assert sorted(credits(text("x", BRIDGE, "Source: SANA"))) == ["SANA"]
    assert sorted(credits(text("x", BRIDGE, byline="Agence France-Presse in Qasrin"))) == ["AFP"]


def test_an_outlet_is_an_agency_by_its_name() -> None:
    assert [sorted(agencies_of(name)) for name in ("sana", "Reuters UK", "The Herald", None)] == [
        ["SANA"], ["Reuters"], [], [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "first"),
    [
        ({"published": "2016-06-08"}, {"published": "2016-06-09"}, "a"),
        ({"published": "2016-06-09T01:00+03:00"}, {"published": "2016-06-08T21:30Z"}, "b"),
        ({"published": "2016-06-08"}, {"published": "2016-06-08"}, None),
        ({"published": "2016-06-08"}, {}, None),
        ({"outlet": "Herald", "published": "2016-06-07"}, {"outlet": "Reuters", "published": "2016-06-08"}, "b"),
        ({"outlet": "Courier"}, {"outlet": "Herald"}, "common"),
    ],
)
def test_direction(a: dict[str, str], b: dict[str, str], first: str | None) -> None:
    told = "(Reuters) - " if "outlet" in a else ""
    assert first_of(text("a", told, BRIDGE, **a), text("b", BRIDGE, **b), 1.0, 1.0, "same")[0] == first


def test_one_who_was_told_by_the_agency_has_it_from_the_agency() -> None:
    one = text("one", BRIDGE.replace("three residents said", "a source told SANA"), outlet="Herald")
    assert pair_of(one, text("two", BRIDGE, outlet="sana")).first == "b"


def test_a_quotation_has_a_common_source() -> None:
    pair = pair_of(text("one", MARKET, SAID), text("two", SAID, "The road is closed."))
    assert (pair.kind, pair.first) == ("quote", "common")
