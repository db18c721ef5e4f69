"""An outlet's address: the host says whose page it is, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.outlets import Outlets, know_outlet
from sayso.records import Report


def report(outlet: str | None = None, url: str | None = None) -> Report:
    return Report(id="r1", text="A truce holds.", outlet=outlet, url=url)


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.reuters.com/world/middle-east/1", "reuters"),
        ("http://weekly.ahram.org.eg/2016/1.htm", "al-ahram-weekly"),  # the longest domain on record
        ("http://www.ahram.org.eg/", "al-ahram"),
        ("HTTPS://EN.ETILAF.ORG./x", "etilaf"),
        ("sana.sy/en/?p=80123", "sana"),
        ("https://notreuters.com/", None),
        ("https://reuters.com.evil.example/", None),
        ("https://reuters.com@evil.example/", None),
        ("https://evil.example\\@reuters.com/", None),  # browsers go to evil.example
        ("https://evil.example/?u=reuters.com", None),
        ("https://evil.example#@reuters.com", None),
        ("javascript:reuters.com", None),
        ("file://reuters.com/x", None),
        ("https://[::1/", None),
        ("https://127.0.0.1/", None),
        ("https://reuters.com:99999999/", None),
        ("https://reu\nters.com/", None),
        ("https://" + "a." * 5000 + "reuters.com/", None),
        ("", None),
    ],
)
def test_only_the_host_counts(url: str, outlet: str | None) -> None:
    found = Outlets.packaged().by_url(url)
    assert (found.id if found else None) == outlet


@given(st.text(max_size=60))
def test_no_address_breaks_it(text: str) -> None:
    for url in (text, "https://" + text, f"https://{text}.reuters.com/"):
        Outlets.packaged().by_url(url)


def test_name_and_address_agree() -> None:
    known = know_outlet(report("sana", "https://sana.sy/en/1"))
    assert known is not None and (known.id, known.name, known.kind) == ("sana", "SANA", "state")
    assert known.why == 'outlet given as "sana", and the address is its own'


def test_name_and_address_disagree_and_the_reason_says_so() -> None:
    known = know_outlet(report("Reuters", "https://www.dailysabah.com/1"))
    assert known is not None and known.id == "reuters"
    assert known.why == 'outlet given as "Reuters", but the address is of Daily Sabah'


def test_who_only_carries_a_report_is_not_its_outlet() -> None:
    known = know_outlet(report("AFP", "https://news.yahoo.com/1"))
    assert known is not None and known.why == 'outlet given as "AFP"; carried by Yahoo News'


def test_the_address_alone_is_enough() -> None:
    known = know_outlet(report(url="https://www.almanar.com.lb/1"))
    assert known is not None and (known.id, known.why) == ("al-manar", "the address is of Al-Manar")


def test_the_address_decides_between_outlets_of_one_name() -> None:
    known = know_outlet(report("The Daily Star", "https://www.thedailystar.net/1"))
    assert known is not None and known.id == "daily-star-bangladesh"


def test_an_unknown_outlet_is_none() -> None:
    assert know_outlet(report("Nowhere Gazette", "https://nowhere.example/")) is None
    assert know_outlet(report()) is None
