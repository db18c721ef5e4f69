"""Lines of pages beside what they are."""

# ruff: noqa: E501 - paragraphs are lines

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.pages.lines import TextLine, judge_lines
from sayso.pages.lines.dated import date_in
from sayso.pages.lines.marks import closes_with_credit, is_date, is_trail, opens_with_credit
from sayso.pages.lines.received import mail_lines, markdown_lines, plain_lines
from sayso.pages.lines.sheet import Verdict
from sayso.pages.normalise import tidy
from sayso.records import SET_ASIDE_KINDS

DUMPS = sorted((Path(__file__).parent / "data/lines").glob("*.txt"))

# A dump in the manner of many sites: pictures' texts twice, other stories under pictures, a chat below.
PAGE = """\
Harbour Guards Hold Ras Mina as Talks Stall

© Coast Wire / R. Haddad Guards stand beside a burnt lorry at the gate of Ras Mina, on May 3, 2017
Guards stand beside a burnt lorry at the gate of Ras Mina, on May 3, 2017 - Coast Wire Online
Subscribe
The harbour guards held the port of Ras Mina for a second day on Thursday, although the council had told them to leave by noon.

"Nobody here has been paid since February, and nobody will go before he is," a guard at the northern gate said.

An old crane at Ras Mina - Coast Wire Online
Who Owns the Crane? A Port and Its Creditors
The council's spokesman, Sami Tarabulsi, denied that any wages were owed. He said that the guards had been hired by a company that no longer exists.

At least three people were wounded in the shooting on Wednesday, the hospital of Ras Mina said in a statement.

Newsfeed
0
To join the discussion
log in or register
Загрузка страницы
"""
WANTED = (
    ["title", "caption", "caption", "furniture", "paragraph", "paragraph", "caption", "teaser"]
    + ["paragraph"] * 2
    + ["furniture"] * 5
)


def test_a_page_dumped_with_its_furniture() -> None:
    judged = judge_lines(plain_lines(PAGE.strip()).lines)
    assert [line.kind for line in judged] == WANTED
    assert all(line.why for line in judged)
    assert all(0 < line.score <= 1 for line in judged)


def test_the_reasons_are_told_in_words() -> None:
    why = {line.text: line.why for line in judge_lines(plain_lines(PAGE.strip()).lines)}
    assert why["Newsfeed"] == "words of a page's interface"
    assert why["0"] == "a figure or a sign without words"
    assert why["Загрузка страницы"] == "Cyrillic letters, in which no paragraph is written"
    assert why["Who Owns the Crane? A Port and Its Creditors"] == "a title right under a picture, inside the report"


def test_a_clean_copy_keeps_every_paragraph() -> None:
    copy = [line for line in PAGE.split("\n") if line.endswith(".")]
    judged = judge_lines(plain_lines("\n".join(copy)).lines)
    assert [line.kind for line in judged] == ["paragraph"] * 4


def test_a_curly_quotation_mark_ends_a_sentence_as_a_plain_one_does() -> None:
    page = PAGE.replace('"Nobody here', "“Nobody here").replace('he is,"', "he is,”")
    page = page.replace("in a statement.", "in a statement. “One of them is a child.”")
    assert [line.kind for line in judge_lines(plain_lines(page.strip()).lines)] == WANTED


def test_a_long_sentence_in_doubt_is_kept_and_marked() -> None:
    page = ["Menu", "Sport", "Weather"] * 8 + [
        "All rates shown here were correct at noon and may have changed since, so ask your bank before you send money.",
        "Terms of use",
        "Privacy",
    ]
    judged = judge_lines([TextLine(text) for text in page])
    doubtful = [line for line in judged if line.doubt]
    assert all(line.kind not in SET_ASIDE_KINDS and line.score < 0.5 for line in doubtful)
    assert {line.kind for line in judged if len(line.text) < 20} <= {"furniture"}


def test_what_markup_says_is_not_judged_again() -> None:
    lines = [TextLine("Newsfeed"), TextLine("The guards of the port held it for a second day, the council said.")]
    judged = judge_lines(lines, {0: Verdict("heading", 0.99, "marked as a heading")})
    assert (judged[0].kind, judged[0].why) == ("heading", "marked as a heading")


@pytest.mark.parametrize("dump", DUMPS, ids=lambda path: path.stem)
def test_no_long_paragraph_of_a_dump_is_lost(dump: Path) -> None:
    labels = dict(json.loads(dump.with_suffix(".json").read_text(encoding="utf-8")))
    for number, line in judged_with_numbers(dump):
        if labels[number] == "paragraph" and len(line.text.split()) >= 12:
            assert line.kind not in SET_ASIDE_KINDS, line


def test_most_lines_of_the_dumps_are_told_rightly() -> None:
    right = lines = 0
    for dump in DUMPS:
        labels = dict(json.loads(dump.with_suffix(".json").read_text(encoding="utf-8")))
        for number, line in judged_with_numbers(dump):
            lines += 1
            right += line.kind == labels[number]
    assert right / lines >= 0.85, f"{right} of {lines}"


def judged_with_numbers(dump: Path):  # type: ignore[no-untyped-def]
    """Each line of a dump with its number, from 1, empty lines counted."""
    rows = dump.read_text(encoding="utf-8").split("\n")
    numbers = [number for number, row in enumerate(rows, 1) if row.strip()]
    lines = [TextLine(" ".join(rows[n - 1].split()), n > 1 and not rows[n - 2].strip()) for n in numbers]
    return list(zip(numbers, judge_lines(lines), strict=True))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=60).map(lambda t: " ".join(t.split()) or "x"), max_size=12), st.booleans())
def test_any_lines_are_judged_one_by_one(texts: list[str], blank: bool) -> None:
    judged = judge_lines([TextLine(text, blank) for text in texts])
    assert [line.text for line in judged] == texts


def test_an_endless_line_is_judged_in_bounded_time() -> None:
    judged = judge_lines([TextLine("Shelling " * 400_000), TextLine("x" * 3_000_000)])
    assert len(judged) == 2


@pytest.mark.parametrize(
    ("text", "is_credit"),
    [
        ("Photo: Rana Haddad", True),
        ("© Coast Wire / Rana Haddad", True),
        ("FILE PHOTO: A crane at the port", True),
        ("A crane at the port (AFP/Rana Haddad)", True),
        ("A crane at the port. Coast Wire photo", True),
        ("Ein Kran im HafenBild: R. Haddad/Küstendienst", True),
        ("© 2017 Coast Wire. All rights reserved.", False),
        ("The guards told Reuters that nobody had been paid.", False),
        ("He kept a photo of his brother in his wallet.", False),
    ],
)
def test_credits(text: str, is_credit: bool) -> None:
    assert (opens_with_credit(text) or closes_with_credit(text)) is is_credit


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("RAS MINA, 4 May", True),
        ("Updated 3 hours ago", True),
        ("Опубликовано 4 мая 2017, 12:05", True),
        ("16:42", True),
        ("May said on 4 June that talks had failed", False),
        ("4 killed in May", False),
    ],
)
def test_dates(text: str, dated: bool) -> None:
    assert is_date(text) is dated


def test_trails() -> None:
    assert is_trail("Home › World › Coast")
    assert not is_trail("He said: home is where the guns are | and nobody left the harbour before the rain.")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Published May 4th, 2017 at 2:05 pm (UTC)", "2017-05-04T14:05+00:00"),
        ("4. Mai 2017", "2017-05-04"),
        ("4 мая 2017 г.", "2017-05-04"),
        ("31/12/2017", "2017-12-31"),
        ("2017-05-04 09:30 +03:00", "2017-05-04T09:30+03:00"),
        ("4/5/2017", None),  # May or April
        ("31 February 2017", None),
        ("yesterday", None),
    ],
)
def test_dates_are_read_only_where_they_can_be_read_one_way(text: str, date: str | None) -> None:
    assert date_in(text) == date


def test_lines_broken_at_a_fixed_width_are_joined() -> None:
    text = """\
The harbour guards held the port of Ras Mina for a second day on
Thursday, although the council had told them to leave by noon, and
nobody could say who would pay them.

The council's spokesman denied that any wages were owed. He said that
the guards had been hired by a company that no longer exists.
"""
    received = plain_lines(text)
    assert [line.text[:11] for line in received.lines] == ["The harbour", "The council"]
    assert received.joined == 3


def test_short_lines_are_not_joined() -> None:
    menu = "World\nCoast\nSport\nWeather\nPort of Ras Mina held\nWho owns the crane?"
    assert len(plain_lines(menu).lines) == 6


def test_mail_says_what_is_quoted_and_what_is_signature() -> None:
    body = "The port is held.\n\nOn 4 May 2017, Rana wrote:\n> Is the port held?\n--\nSami\nCoast Wire"
    received = mail_lines(body)
    why = [received.given[at].why if at in received.given else None for at in range(len(received.lines))]
    quoted, signature = "quoted from an earlier mail", "the mail's signature"
    assert why == [None, quoted, quoted, signature, signature]


def test_markdown_without_its_markup() -> None:
    text = """\
---
title: Who holds Ras Mina
date: 2017-05-04
---
# Who holds Ras Mina

The **guards** [say](https://coast.example/a) that they do.

![A crane at the port](crane.jpg)

## What is known

- three wounded
- no pay *since February*
"""
    received = markdown_lines(text)
    kinds = [
        (line.text, received.given[at].kind if at in received.given else None) for at, line in enumerate(received.lines)
    ]
    assert kinds == [
        ("Who holds Ras Mina", "title"),
        ("The guards say that they do.", None),
        ("A crane at the port", "caption"),
        ("What is known", "heading"),
        ("three wounded", "list_item"),
        ("no pay since February", "list_item"),
    ]
    assert received.fields == {"title": "Who holds Ras Mina", "date": "2017-05-04"}


@pytest.mark.parametrize(
    "piece", ["*a ", "[a](", "_", "@", "#a", "-- ", "> ", "1.", "![", "www.", "A. ", "(", "a\n", "Ab c\n"]
)
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    start = time.process_time()
    for lines in (plain_lines, mail_lines, markdown_lines):
        received = lines(tidy(text)[0])
        judge_lines(received.lines[:2000], {at: v for at, v in received.given.items() if at < 2000})
    assert time.process_time() - start < 8
