"""The brief of a small pool: two voices on a strike, a denial, a toll on one voice's word, and who holds a town."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.linking.pool import Pool, link
from sayso.records.pool import Account, Voice
from sayso.records.resolved import Place
from sayso.views.brief import Brief, Wanted, brief_of
from sayso.views.brief.show import in_markdown, in_terminal


def place(name: str, lat: float, lon: float) -> Place:
    return Place(
        id=f"sayso:{name}", name=name, country="SY", admin1="Aleppo", lat=lat, lon=lon, level="town", precision=1,
        candidates=1, why="the only one",
    )  # fmt: skip


AR_RAQQAH, MARE = place("Ar Raqqah", 35.95, 39.0), place("Mare", 36.48, 37.2)


def told(report: str, words: str, *chain: str, **fields: Any) -> Account:
    """An air strike on Raqqa on 8 June by the words of a chain of named voices, unless given otherwise."""
    usual: dict[str, Any] = {
        "type": "air_strike",
        "status": "happened",
        "place": AR_RAQQAH,
        "place_words": "Raqqa",
        "first": "2016-06-08",
        "last": "2016-06-08",
        "date_precision": 1,
        "published": "2016-06-08",
        "trigger": (0, 4),
        "stance": None,
    }
    voices = tuple(Voice(name=name, id=name.lower(), side="outlet") for name in (*chain, report.title()))
    return Account(
        key=f"{report}#e{len(words)}", report=report, event=f"e{len(words)}", incident=f"i{len(words)}",
        words=words, start=0, end=len(words), chain=voices, **{**usual, **fields},
    )  # fmt: skip


@pytest.fixture(scope="module")
def pool() -> Pool:
    return link(
        [
            told("herald", "Jets struck a bakery in Raqqa.", "Furat", killed=(11, None)),
            told("ledger", "A raid on a bakery in Raqqa killed eleven.", killed=(11, None)),
            told("barada", "No aircraft flew over the bakery in Raqqa.", "Colonel", status="denied"),
            told("herald", "Shells fell on the mill of Mare.", type="shelling", place=MARE, place_words="the town",
                 killed=(3, 3)),
            told("ledger", "Islamic State fighters hold Raqqa.", type="control", status="ongoing", actors=("IS",),
                 actor_ids=("islamic-state",), trigger=(23, 27)),  # "hold"
        ]
    )  # fmt: skip


def section(brief: Brief, name: str) -> list[str]:
    return [
        f"{line.head} | {line.says} | {line.sources} | {line.quote}"
        for part in brief.sections
        if part.name == name
        for line in part.lines
    ]


def sources_of(brief: Brief, says: str) -> str:
    (found,) = {line.sources for part in brief.sections for line in part.lines if line.says == says}
    return found


def test_what_two_voices_say_comes_first_under_the_name_the_reports_use(pool: Pool) -> None:
    (line,) = section(brief_of(pool), "happened")
    assert line.startswith(
        "Raqqa, Aleppo · 2016-06-08 | air strike; killed 11 or more | 2 independent voices in 3 reports"
    )
    assert "Furat, through Herald" in line
    assert "Colonel" not in line


def test_a_denial_is_a_dispute_with_the_words_of_both(pool: Pool) -> None:
    (line,) = section(brief_of(pool), "disputed")
    assert "it happened: Furat, Ledger; it did not happen: Colonel" in line
    assert "Jets struck a bakery" in line
    assert "No aircraft flew" in line


def test_who_denies_what_nobody_affirms_is_named() -> None:
    words = "No aircraft flew over the bakery in Raqqa."
    brief = brief_of(
        link([told(report, words, "Colonel", status="denied") for report in ("barada", "herald", "ledger")])
    )
    assert (
        sources_of(brief, "air strike (denied)")
        == "1 independent voice in 3 reports: Colonel, through Barada and 2 other ways"
    )


def test_a_voice_that_speaks_of_it_as_known_is_named_and_not_counted() -> None:
    words = "The colonel vowed to avenge the raid on Raqqa."
    brief = brief_of(link([told(r, words, "Colonel", stance="intends") for r in ("barada", "herald", "ledger")]))
    assert sources_of(brief, "air strike") == "no independent voice: Colonel, through Barada and 2 other ways"


def test_deaths_on_one_voice_s_word_are_to_be_checked(pool: Pool) -> None:
    brief = brief_of(pool)
    assert [line.split(" | ")[1] for line in section(brief, "single")] == ["shelling; killed 3"]
    assert section(brief, "check")[0].startswith("deaths on one voice’s word: Mare, Aleppo")


def test_who_holds_what_has_its_words(pool: Pool) -> None:
    (line,) = section(brief_of(pool), "held")
    assert line.startswith("Raqqa, Aleppo | Islamic State (holds) since 2016-06-08")
    assert "Islamic State fighters hold Raqqa." in line


def test_no_line_is_without_accounts_but_the_count_of_voices(pool: Pool) -> None:
    brief = brief_of(pool)
    assert all(line.accounts and line.quote for part in brief.sections if part.name != "voices" for line in part.lines)
    assert all(key in pool.accounts for part in brief.sections for line in part.lines for key in line.accounts)


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        (Wanted(), 3),
        (Wanted(place=MARE, km=30), 1),
        (Wanted(since="2016-06-09"), 0),
        (Wanted(until="2016-06-07"), 0),
        (Wanted(about="islamic-state"), 1),
        (Wanted(about="IS"), 1),
        (Wanted(changed_since="2016-06-08"), 3),
        (Wanted(changed_since="2016-06-09"), 0),
    ],
)
def test_a_part_of_the_pool(pool: Pool, wanted: Wanted, number: int) -> None:
    assert len(brief_of(pool, wanted).incidents) == number


def test_an_empty_pool_has_an_empty_brief() -> None:
    brief = brief_of(link([]))
    assert brief.sections == ()
    assert "no reports of no outlets" in in_markdown(brief)


def test_nothing_from_outside_is_markup_or_moves_the_cursor() -> None:
    hostile = link([told("x", "[a](javascript:b) <b>\x1b[31m `c` \u202e"), told("y", "Jets struck Raqqa again today.")])
    written = in_markdown(brief_of(hostile))
    assert "\\[a\\](javascript:b) \\<b\\>" in written
    assert "\x1b" not in written
    assert "\u202e" not in written
    assert "\x1b" not in "".join(line.plain for line in in_terminal(brief_of(hostile)))


def test_a_village_that_no_gazetteer_has_stands_under_its_name() -> None:
    for words, name in (("Qwzixville", "Qwzixville, not in the gazetteer"), ("the town", "place not known")):
        strike = told("herald", "Jets struck a bakery.", place=None, place_words=words)
        (line,) = section(brief_of(link([strike])), "single")
        assert line.startswith(f"{name} · 2016-06-08 | ")
