"""Pages of text as received, and what is read from them."""

# ruff: noqa: E501 - paragraphs are lines

from __future__ import annotations

from typing import Literal

import pytest

from sayso.pages.assemble import assemble
from sayso.pages.page import Hints, Known, Page
from sayso.pages.text import clean_report, read_text_page
from sayso.records import Received, digest_of

BODY = (
    "The harbour guards held the port of Ras Mina for a second day on Thursday, although the council had told them to go.",
    "“Nobody here has been paid since February,” a guard at the northern gate said. “Nobody will leave before he is.”",
    "The council denied that any wages were owed, and said that the company which hired the guards no longer exists.",
)


def page(
    text: str | bytes, media: Literal["text", "markdown", "mail", "clean"] = "text", hints: Hints | None = None
) -> Page:
    data = text if isinstance(text, bytes) else text.encode()
    received = Received(where="page.txt", how="file", media=media, digest=digest_of(data), size=len(data))
    return Page(data=data, received=received, hints=hints or Hints())


def test_title_byline_and_date_are_read_from_their_lines() -> None:
    head = ("Guards hold Ras Mina for a second day", "By Rana Haddad", "RAS MINA, 4 May 2017")
    reading = read_text_page(page("\n\n".join((*head, *BODY))))
    assert [line.kind for line in reading.lines] == ["title", "byline", "dateline", *["paragraph"] * 3]
    assert reading.known == {
        "title": Known("Guards hold Ras Mina for a second day", "the title line"),
        "byline": Known("Rana Haddad", "the byline"),
        "published": Known("2017-05-04", "the date line “RAS MINA, 4 May 2017”"),
    }


def test_a_date_without_a_year_is_told_and_not_guessed() -> None:
    reading = read_text_page(page("\n\n".join(("Guards hold Ras Mina for a second day", "RAS MINA, 4 May", *BODY))))
    assert "published" not in reading.known
    assert reading.notes == ("The date line “RAS MINA, 4 May” cannot be read as one full date.",)


def test_the_outlet_is_the_agency_of_the_dateline() -> None:
    reading = read_text_page(page("\n\n".join((f"RAS MINA, May 4 (Reuters) - {BODY[0]}", *BODY[1:]))))
    assert reading.known["outlet"] == Known("Reuters", "the dateline “RAS MINA, May 4 (Reuters)”")


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("RAS MINA, 4 May 2016 - ", "2016-05-04"),
        ("Coast Wire, May 4, 2016. ", "2016-05-04"),
        ("May 4, 2016 (RAS MINA) — ", "2016-05-04"),
        ("RAS MINA, Sept. 4, 2016: ", "2016-09-04"),
        ("On 4 May 2016 - a Wednesday - ", None),
        ("Guards who came on 4 May 2016 - a Wednesday - ", None),
        ("RAS MINA, 4 May - ", None),
    ],
)
def test_the_day_is_that_of_the_dateline_before_the_first_sentence(opening: str, day: str | None) -> None:
    known = read_text_page(page("\n\n".join((f"{opening}{BODY[0]}", *BODY[1:])))).known
    assert (known["published"].value if "published" in known else None) == day


def test_the_outlet_is_the_name_that_ends_several_captions() -> None:
    pictures = ("A crane at the port of Ras Mina - Coast Wire", "Guards at the northern gate - Coast Wire")
    text = "\n\n".join(("Guards hold Ras Mina for a second day", BODY[0], pictures[0], BODY[1], pictures[1], BODY[2]))
    assert read_text_page(page(text)).known["outlet"] == Known("Coast Wire", "2 captions end with it")


def test_nothing_is_known_of_paragraphs_alone() -> None:
    assert read_text_page(page("\n".join(BODY))).known == {}


def test_what_was_mended_is_noted() -> None:
    reading = read_text_page(page("\n\n".join(BODY).replace("Ras Mina", "Ras\u00a0Mi\u00adna")))
    assert "Ras Mina" in reading.lines[0].text
    assert reading.notes == ("1 odd space made a plain blank.", "1 soft hyphen or invisible mark taken out.")


def test_every_line_gets_its_part() -> None:
    text, parts, aside = assemble(read_text_page(page("\n".join(("Home", "Log in", *BODY, "Comments (3)")))).lines)
    assert text == "\n\n".join(BODY)
    assert [line.text for line in aside] == ["Home", "Log in", "Comments (3)"]
    assert [text[part.start : part.end] for part in parts if part.aside is None] == list(BODY)


def test_mail_keeps_the_body_and_sets_quotations_aside() -> None:
    mail = "\n\n".join(BODY) + "\n\nOn 3 May 2017 the desk wrote:\n> Anything from Ras Mina?\n\n--\nRana\nCoast Wire\n"
    kinds = [line.kind for line in read_text_page(page(mail, "mail")).lines]
    assert kinds == ["paragraph"] * 3 + ["furniture"] * 4


def test_markdown_fields_come_from_the_front_matter() -> None:
    text = "---\nauthor: Rana Haddad\ndate: 4 May 2017\n---\n# Guards hold Ras Mina\n\n" + "\n\n".join(BODY)
    known = read_text_page(page(text, "markdown")).known
    assert known["title"] == Known("Guards hold Ras Mina", "the title line")
    assert known["byline"] == Known("Rana Haddad", "the page's front matter")
    assert known["published"] == Known("2017-05-04", "the page's front matter")


def test_the_same_words_are_read_alike_however_the_page_is_written() -> None:
    plain = read_text_page(page("\n\n".join(BODY)))
    odd = read_text_page(page("\r\n\r\n".join(BODY).replace(" ", "\u00a0", 3).replace(". ", ".  ").encode("utf-16")))
    assert odd.lines == plain.lines


def test_clean_text_is_taken_exactly_as_given() -> None:
    given = "Guards hold\u00a0Ras Mina\n\n  First  line. \r\nSecond line.\n"
    hints = Hints(title=Known("Guards hold\u00a0Ras Mina", "the JSONL line"))
    report = clean_report(page(given, "clean", hints))
    assert report.text == given
    assert [(part.kind, report.words_of(part)) for part in report.parts] == [
        ("title", "Guards hold\u00a0Ras Mina"),
        ("paragraph", "First  line."),
        ("paragraph", "Second line."),
    ]
    assert report.set_aside == ()
    assert report.known == {"title": "the JSONL line"}


def test_a_clean_title_that_does_not_begin_the_text_is_no_part() -> None:
    report = clean_report(page("The port is held.", "clean", Hints(title=Known("Ras Mina", "the JSONL line"))))
    assert (report.title, [part.kind for part in report.parts]) == ("Ras Mina", ["paragraph"])


@pytest.mark.parametrize("data", [b"", b"\n\n \n", b"\xff\xfe", b"\x00\x01"])
def test_pages_with_nothing_to_read(data: bytes) -> None:
    assert read_text_page(page(data)).lines == ()
