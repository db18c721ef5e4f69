"""The brief as a page: what is on it, what hostile words cannot do, and what is drawn."""

from __future__ import annotations

import time
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest

from sayso.linking.pool import Pool
from sayso.records.pool import Account, Dispute, DisputeSide, Holding, Incident, Origin, Voice
from sayso.records.resolved import Place
from sayso.records.vocabulary import EVENT_TYPES
from sayso.views.brief import brief_of
from sayso.views.brief.map_marks import families
from sayso.views.brief.page import in_html
from sayso.views.brief.svg_map import Map, map_of
from sayso.views.brief.svg_timeline import rows, timeline_of

VOID = {"meta", "br", "link"}


class Page(HTMLParser):
    """What a browser makes of a page: elements with attributes, ids, text; fails where tags do not nest."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get(attribute)) is not None]


def place(name: str = "Manbij", lat: float = 36.53, lon: float = 37.95, **fields: Any) -> Place:
    usual = {"level": "town", "precision": 1, "country": "SY", "admin1": "Aleppo"}
    return Place(id=f"x:{name}", name=name, lat=lat, lon=lon, candidates=1, why="given", **{**usual, **fields})


def account(key: str, **fields: Any) -> Account:
    usual: dict[str, Any] = {
        "words": "Shells fell on the market, the monitor said.",
        "chain": (Voice(name="Furat Monitor", id=None, side="monitor"), Voice(name="Mina", id=None, side="outlet")),
        "title": "Shells fall on market",
        "url": "https://mina.example/1",
        "published": "2016-06-09",
    }
    return Account(
        key=key, report=key.partition("#")[0], event="e1", incident="i1", type="shelling", status="happened",
        stance="affirms", start=0, end=44, trigger=(0, 6), **{**usual, **fields},
    )  # fmt: skip


def incident(ident: str, keys: tuple[str, ...], where: Place | None = None, **fields: Any) -> Incident:
    voice = Voice(name="Furat Monitor", id=None, side="monitor")
    usual: dict[str, Any] = {"type": "shelling", "status": "happened", "first": "2016-06-08", "last": "2016-06-08",
                             "actors": ("army",), "targets": ("market",), "killed": (3, 5), "disputes": ()}  # fmt: skip
    return Incident(
        id=ident, actor_ids=(None,), target_ids=(None,), place=where, date_precision=1, wounded=None, accounts=keys,
        reports=tuple(key.partition("#")[0] for key in keys), outlets=("Mina",),
        origins=(Origin(voice=voice, accounts=keys, chains=(("Furat Monitor", "Mina"),), independent=True, why=""),),
        independent=fields.pop("independent", 2), by_side={"monitor": 1}, how={}, why="", **{**usual, **fields},
    )  # fmt: skip


def holding(where: Place, **fields: Any) -> Holding:
    usual = {"actor": "SDF", "status": "holds", "since": "2016-06-01", "until": None, "accounts": ("r1#e1",)}
    return Holding(place=where, actor_id=None, said="2016-06-08", why="2 voices say so", **{**usual, **fields})


def page(*incidents: Incident, accounts: tuple[Account, ...] = (), holdings: tuple[Holding, ...] = ()) -> str:
    found = {a.key: a for a in accounts or (account("r1#e1"),)}
    pool = Pool(accounts=found, incidents=incidents, holdings=holdings)
    return in_html(brief_of(pool), pool)


def drawn_of(incidents: Sequence[Incident], holdings: Sequence[Holding]) -> Map:
    return map_of(incidents, holdings, {})


def test_a_line_has_its_voices_its_words_and_a_link_to_the_account() -> None:
    seen = Page(page(incident("i1", ("r1#e1",), place())))
    for words in ("Manbij, Aleppo", "killed 3 to 5", "2 independent voices", "Shells fell"):
        assert words in seen.text
    assert "#account-1" in seen.values("href")
    assert "account-1" in seen.values("id")
    assert "https://mina.example/1" in seen.values("href")


def test_every_link_within_the_page_has_its_end_and_no_id_comes_twice() -> None:
    spots = [place(f"Town {n}", 36 + n / 50, 37) for n in range(30)] + [place("Aden", 12.8, 45.0)]
    told = [incident(f"i{n}", ("r1#e1",), spot) for n, spot in enumerate(spots)]
    seen = Page(page(*told, holdings=(holding(place()),)))
    ids = seen.values("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in seen.values("href") if href.startswith("#")} <= set(ids)
    assert {name for names in seen.values("aria-labelledby") for name in names.split()} <= set(ids)


def test_the_sides_of_a_dispute_stand_side_by_side_each_with_its_words() -> None:
    sides = (
        DisputeSide(says="it happened", accounts=("r1#e1",), words=("Shells fell.",), voices=("Furat Monitor",)),
        DisputeSide(says="it did not", accounts=("r2#e1",), words=("No shell fell.",), voices=("army",)),
    )
    dispute = Dispute(id="d1", kind="happened", about="whether it happened", sides=sides, why="affirmed and denied")
    told = incident("i1", ("r1#e1", "r2#e1"), place(), disputes=(dispute,))
    shown = page(told, accounts=(account("r1#e1"), account("r2#e1")))
    assert [attrs["class"] for tag, attrs in Page(shown).elements if attrs.get("class") == "side"] == ["side"] * 2
    assert '<q dir="auto">No shell fell.</q>' in shown
    assert "somebody denies it" in shown


HOSTILE = '</style><script>alert(1)</script><img src=x onerror="alert(2)">\x1b[31m\u202e"\'&'


def test_hostile_words_stay_words() -> None:
    bad = account("r1#e1", words=HOSTILE, title=HOSTILE, url="javascript:alert(1)//" + HOSTILE, published=HOSTILE,
                  chain=(Voice(name=HOSTILE, id=None, side="other"),))  # fmt: skip
    where = place(HOSTILE, admin1=HOSTILE)
    side = DisputeSide(says=HOSTILE, accounts=("r1#e1",), words=(HOSTILE,), voices=(HOSTILE,))
    dispute = Dispute(id="d", kind="happened", about=HOSTILE, sides=(side, side), why=HOSTILE)
    told = incident("i1", ("r1#e1",), where, actors=(HOSTILE,), targets=(HOSTILE,), disputes=(dispute,))
    shown = page(told, accounts=(bad,), holdings=(holding(where, actor=HOSTILE, since=HOSTILE),))
    seen = Page(shown)
    assert not {tag for tag, _ in seen.elements} & {"script", "img", "iframe", "object", "link", "base", "form"}
    assert not [name for _, attrs in seen.elements for name in attrs if name.startswith("on")]
    assert all(href.startswith("#") for href in seen.values("href"))
    assert seen.values("src") == []
    assert not set("\x1b\u202e") & set(shown)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " https://a.example"])
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    seen = Page(page(incident("i1", ("r1#e1",)), accounts=(account("r1#e1", url=url),)))
    assert [href for href in seen.values("href") if not href.startswith("#")] == []
    assert url.strip() in seen.text


def test_nothing_is_fetched() -> None:
    shown = page(incident("i1", ("r1#e1",), place()))
    assert "default-src 'none'" in Page(shown).values("content")[0]
    assert "url(http" not in shown
    assert "@import" not in shown


def test_right_to_left_names_are_isolated() -> None:
    told = incident("i1", ("r1#e1",), place("منبج"), actors=("الجيش",), targets=("مدنيون",))
    shown = page(told)
    assert "<bdi>الجيش</bdi> → <bdi>مدنيون;</bdi>" in shown
    assert ">منبج</text>" in shown


def test_names_in_any_script_are_shown() -> None:
    names = ("Мариуполь", "马里乌波尔", "ማሪዮፖል", "Şırnak")
    seen = Page(page(*(incident(f"i{n}", ("r1#e1",), place(name, 47 + n, 37)) for n, name in enumerate(names))))
    assert all(name in seen.text for name in names)


def test_an_empty_pool_says_so() -> None:
    shown = in_html(brief_of(empty := Pool(accounts={}, incidents=(), holdings=())), empty)
    assert "Nothing is told" in Page(shown).text
    assert "<svg" not in shown


@pytest.mark.parametrize("where", [(36.5, 37.9), (0, 0), (-17.8, 180), (-17.8, -180), (90, 0), (-90, 0), (64, -179.99)])
def test_one_place_anywhere_is_drawn_in_the_middle(where: tuple[float, float]) -> None:
    (svg,) = drawn_of([incident("i1", (), place("Here", *where))], ()).svgs
    root = ElementTree.fromstring(svg)
    (triangle,) = root.findall(".//g[@class='mark strikes']/path")
    start = triangle.attrib["d"].split("L")[0]
    assert float(start[1:].split()[0]) == pytest.approx(480, abs=1)
    assert "nan" not in svg


def test_places_on_both_sides_of_the_antimeridian_are_neighbours() -> None:
    drawn = drawn_of(
        [incident("a", (), place("Suva", -18.1, 178.4)), incident("b", (), place("Vava", -18.6, -174))], ()
    )
    assert drawn.strays == ()
    assert "200 km" in drawn.svgs[0]
    assert ElementTree.fromstring(drawn.svgs[0]).find("path[@class='land']").attrib["d"].count("Z") > 20  # type: ignore[union-attr]


def test_a_stray_far_off_does_not_shrink_the_map() -> None:
    near = [incident(f"i{n}", (), place(f"Town {n}", 36 + n / 20, 37 + n / 20)) for n in range(12)]
    drawn = drawn_of([*near, incident("far", (), place("Abu", 24.6, 72.7))], ())
    assert [spot.place.name for spot in drawn.strays] == ["Abu"]


def test_a_crowd_within_a_wide_map_is_shown_larger_beside_it() -> None:
    crowd = [incident(f"i{n}", (), place(f"Town {n}", 36 + n / 50, 37 + n % 3 / 10)) for n in range(30)]
    about = [incident(f"j{n}", (), place(f"City {n}", 33 + n, 36 + n)) for n in range(6)]
    assert len(drawn_of([*crowd, *about], ()).svgs) == 2


def test_what_is_known_only_by_province_is_counted_not_drawn() -> None:
    drawn = drawn_of([incident("i1", (), place(level="province", precision=4)), incident("i2", ())], ())
    assert (drawn.svgs, drawn.marks.coarse, drawn.marks.placeless) == ((), 1, 1)


def test_the_area_of_a_symbol_is_the_number_of_voices() -> None:
    told = [incident("a", (), place("A", 36, 37), independent=9, type="clash"),
            incident("b", (), place("B", 36, 38), independent=36, type="clash")]  # fmt: skip
    circles = ElementTree.fromstring(drawn_of(told, ()).svgs[0]).findall(".//g[@class='mark ground']/circle")
    small, large = sorted(float(circle.attrib["r"]) for circle in circles)
    assert large / small == pytest.approx(2, abs=0.05)


def test_a_held_place_has_the_letter_of_its_holder_and_the_outline_of_its_status() -> None:
    (svg,) = drawn_of(
        [], [holding(place("A", 36, 37)), holding(place("B", 36, 38), actor="IS", status="besieged")]
    ).svgs
    squares = ElementTree.fromstring(svg).findall(".//g[@class='held besieged']/text")
    assert [square.text for square in squares] == ["A"]  # of two that hold as many places, the first by name


def test_labels_do_not_overlap() -> None:
    told = [incident(f"i{n}", (), place(f"A long name {n}", 36 + n % 6 / 30, 37 + n // 6 / 30)) for n in range(36)]
    texts = ElementTree.fromstring(drawn_of(told, ()).svgs[-1]).findall("text[@class='place']")
    spots = [(float(text.attrib["x"]), float(text.attrib["y"])) for text in texts]
    assert len(spots) > 10
    assert not [1 for n, (x, y) in enumerate(spots) for a, b in spots[:n] if abs(x - a) < 70 and abs(y - b) < 12]


def test_a_place_is_named_on_the_map_as_the_reports_name_it() -> None:
    where = place("Kaljibrīn")
    shown = page(incident("i1", ("r1#e1",), where), accounts=(account("r1#e1", place=where, place_words="Kaljibrin"),))
    assert ">Kaljibrin</text>" in shown
    assert "Kaljibrīn" not in shown


def test_every_type_of_event_has_a_family() -> None:
    assert set(families()) == set(EVENT_TYPES)


def test_the_timeline_counts_by_day_and_tells_the_disputed() -> None:
    dispute = Dispute(id="d", kind="number", about="", sides=(), why="")
    told = [incident("a", ()), incident("b", (), disputes=(dispute,)), incident("c", (), first=None, last=None),
            incident("d", (), first="2016-06-10", last="2016-06-11")]  # fmt: skip
    timeline = timeline_of(told)
    assert list(rows(timeline)) == [("2016-06-08", 1, 1), ("2016-06-10", 1, 0)]
    assert (timeline.unit, len(timeline.bars), timeline.undated) == ("day", 3, 1)


def test_a_long_time_is_counted_by_month_and_a_day_far_off_left_out() -> None:
    months = [f"{year}-{month:02}-15" for year in (2014, 2015, 2016) for month in range(1, 13)]
    told = [incident(day, (), first=day, last=day) for day in (*months, "0001-01-01")]
    timeline = timeline_of(told)
    assert (timeline.unit, len(timeline.bars), timeline.outside) == ("month", 36, 1)


def test_five_thousand_incidents_are_shown_within_two_seconds() -> None:
    told = [
        incident(f"i{n}", (f"r{n}#e1",), place(f"Town {n % 900}", 33 + n % 30 / 8, 36 + n % 900 / 200),
                 type=EVENT_TYPES[n % 20], first=f"2016-{n % 12 + 1:02}-10", last=f"2016-{n % 12 + 1:02}-10")
        for n in range(5000)
    ]  # fmt: skip
    accounts = tuple(account(f"r{n}#e1") for n in range(5000))
    held = tuple(holding(place(f"Town {n}", 33 + n % 30 / 8, 36 + n / 200)) for n in range(300))
    pool = Pool(accounts={a.key: a for a in accounts}, incidents=tuple(told), holdings=held)
    brief = brief_of(pool)
    start = time.process_time()
    shown = in_html(brief, pool)
    assert time.process_time() - start < 2
    assert len(shown) < 2_000_000
