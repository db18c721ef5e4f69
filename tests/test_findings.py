"""What a reading looks like in a terminal and as a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from msgspec.structs import replace

from sayso.records import Part, Report, SetAside
from sayso.records.reading import Claim, Event, Reading
from sayso.records.resolved import Named, Place
from sayso.records.span import Span
from sayso.views.findings import findings
from sayso.views.html_page import html_page

TITLE = "Mill lost near Mare"
BODY = 'The army denied that shells hit the mill. "Two guards died," Umm Khalil told the agency on Monday.'


def reading_of(title: str = TITLE, body: str = BODY) -> Reading:
    """A report of a title and one paragraph in which two speakers say what happened to a mill."""
    text = f"{title}\n\n{body}"

    def at(words: str) -> Span:
        start = text.index(words)
        return start, start + len(words)

    claims = (
        Claim(
            id="c1",
            source=at("The army"),
            source_is="Syrian army",
            cue=at("denied"),
            content=(at("shells hit the mill"),),
            via=(),
            stance="denies",
            within=None,
            score=0.9,
        ),
        Claim(
            id="c2",
            source=at("Umm Khalil"),
            source_is="Umm Khalil",
            cue=at("told"),
            content=(at("Two guards died,"),),
            via=("the agency",),
            stance="affirms",
            within=None,
            score=0.8,
        ),
    )
    events = (
        Event(
            id="e1",
            type="shelling",
            trigger=at("shells"),
            place=at("the mill"),
            status="denied",
            claim="c1",
            incident="i1",
            score=0.9,
        ),
        Event(
            id="e2",
            type="casualties",
            trigger=at("died"),
            killed=at("Two guards"),
            killed_n=(2, 2),
            time=at("on Monday"),
            targets=(at("Two guards"),),
            targets_are=("guards",),
            status="happened",
            claim="c2",
            incident="i2",
            score=0.7,
        ),
    )
    report = Report(
        id="r1",
        text=text,
        title=title,
        language="en",
        parts=(
            Part(kind="title", start=0, end=len(title)),
            Part(kind="paragraph", start=len(title) + 2, end=len(text)),
            Part(kind="furniture", start=len(text), end=len(text), aside=0),
        ),
        set_aside=(SetAside(kind="furniture", text="Log in <b>now</b>"),),
    )
    return Reading(id="r1", report=report, claims=claims, events=events)


class Page(HTMLParser):
    """The tags, the text of the main part, ids and link targets of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.main, self._in_main, self._in_sup = "", False, False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_main = self._in_main or tag == "main"
        self._in_sup = self._in_sup or tag == "sup"

    def handle_endtag(self, tag: str) -> None:
        self._in_main = self._in_main and tag != "main"
        self._in_sup = self._in_sup and tag != "sup"

    def handle_data(self, data: str) -> None:
        if self._in_main and not self._in_sup:
            self.main += data


def test_an_account_says_what_happened_and_on_whose_word() -> None:
    lines = "\n".join(line.plain for line in findings(reading_of()))
    assert "shelling “shells” denied; at the mill" in lines
    assert "on whose word: Syrian army (c1)" in lines
    assert "casualties “died” happened: somebody → guards; on Monday; killed 2" in lines
    assert "on whose word: Umm Khalil, through the agency (c2)" in lines
    assert "c1 Syrian army denies: “shells hit the mill”" in lines


def test_explaining_names_every_span_in_its_sentence() -> None:
    lines = "\n".join(line.plain for line in findings(reading_of(), explain=True))
    assert "[source The army] [cue denied] that [said shells hit the mill]" in lines
    assert "[shelling shells] hit [where the mill]" in lines


def resolved() -> Reading:
    """The same report after its places, days and actors have been looked up."""
    mill = Place(
        id="sayso:mare-mill", name="Mare mill", country="SY", admin1="Aleppo", lat=36.48, lon=37.2, level="site",
        precision=1, candidates=2, why="one of 2 mills, chosen for the town of Mare beside it",
    )  # fmt: skip
    reading = reading_of()
    shelling, casualties = reading.events
    shelling = replace(
        shelling, place_is=mill, date_bounds=("2016-02-19", None), date_why="“since” gives the first day only",
        acled={"event_type": "Explosions/Remote violence", "sub_event_type": "Shelling/artillery/missile attack"},
        actor_ids=("syrian-arab-army",),
    )  # fmt: skip
    casualties = replace(casualties, date="2016-06-06", date_precision=1, date_why="the Monday before publication")
    army = Named(id="syrian-arab-army", name="Syrian Arab Army", kind="state forces", why="“the army” in Syria")
    return replace(reading, events=(shelling, casualties), actors=(army,), notes=("the dateline says 7 June",))


def test_what_was_resolved_stands_beside_the_words_with_its_reasons() -> None:
    lines = "\n".join(line.plain for line in findings(resolved(), explain=True))
    assert "at the mill (Mare mill, Aleppo, SY); from 2016-02-19 on" in lines
    assert "on Monday (2016-06-06)" in lines
    assert "place: one of 2 mills, chosen for the town of Mare beside it (36.480, 37.200, site, where_prec 1)" in lines
    assert "date: the Monday before publication (date_prec 1)" in lines
    assert "ACLED: Explosions/Remote violence / Shelling/artillery/missile attack" in lines
    assert "Syrian Arab Army: “the army” in Syria" in lines
    assert "the dateline says 7 June" in lines
    page = html_page(resolved())
    assert "the mill (Mare mill, Aleppo, SY)" in page
    assert "one of 2 mills, chosen for the town of Mare beside it" in page


def test_a_report_that_says_nothing_of_the_kind_says_so() -> None:
    empty = Reading(id="r", report=Report(id="r", text="Tides and sunsets."), claims=(), events=())
    assert [line.plain.strip() for line in findings(empty) if line.plain] == ["no events", "no claims"]


def test_the_page_shows_the_whole_text_once() -> None:
    page = Page(html_page(reading_of()))
    assert re.sub(r"\s+", " ", page.main).strip() == f"{TITLE} {BODY}"


def test_every_link_of_the_page_leads_to_a_place_on_it() -> None:
    tags = Page(html_page(reading_of())).tags
    ids = [attrs["id"] for _, attrs in tags if "id" in attrs]
    links = {attrs["href"] for _, attrs in tags if "href" in attrs}
    assert len(ids) == len(set(ids))
    assert links == {f"#{ident}" for ident in ids}


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    tags = Page(html_page(reading_of())).tags
    assert not {"script", "img", "link", "iframe", "object", "form"} & {tag for tag, _ in tags}
    assert not [name for _, attrs in tags for name in attrs if name.startswith("on") or name == "src"]
    assert any("default-src 'none'" in (attrs.get("content") or "") for _, attrs in tags)


def test_nothing_a_report_says_is_markup() -> None:
    hostile = '<script>alert(1)</script> & "x" \x1b[31m \u202e'
    html = html_page(reading_of(title=hostile))
    assert "<script" not in html
    assert "\x1b" not in html and "\u202e" not in html
    assert "<b>now</b>" not in html
    calm = reading_of()
    moved = replace(calm, report=replace(calm.report, text=calm.report.text.replace("mill", "m\x1bll")))
    assert "\x1b" not in "".join(line.plain for line in findings(moved, explain=True))


def test_finding_nothing_in_another_language_is_not_left_without_a_warning() -> None:
    report = Report(id="r", text="Колонна ушла из города.", language="ru")
    russian = Reading(id="r", report=report, claims=(), events=())
    assert "knows English" in "\n".join(line.plain for line in findings(russian))
    assert "knows English" in html_page(russian)
    assert "knows English" not in html_page(reading_of())


def test_an_arabic_report_reads_from_right_to_left() -> None:
    report = Report(id="r", text="انسحبت القوات من منبج", language="ar")
    html = html_page(Reading(id="r", report=report, claims=(), events=()))
    assert '<html lang="ar" dir="rtl">' in html
