"""The owners' own example, from its raw page to places, days and actors; and its copy, which lost four paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.copies import Text, pairs_of
from sayso.engine.stages import read_page
from sayso.pages import report_of
from sayso.pages.gather import GatherOptions, gather
from sayso.pages.page import Page
from sayso.pages.report import Overrides
from sayso.records.reading import Reading


def page(path: Path) -> Page:
    import io

    (found,) = gather([str(path)], GatherOptions(), io.BytesIO())
    assert isinstance(found, Page)
    return found


@pytest.fixture(scope="module")
def dated(sample: Path) -> Reading:
    return read_page(page(sample / "page.txt"), Overrides(published="2016-06-09"))


def test_both_wednesdays_are_the_eighth_of_june(dated: Reading) -> None:
    said = {dated.quote(time.span): time.value for time in dated.times if "Wednesday" in dated.quote(time.span)}
    assert said
    assert all((value or "").startswith("2016-06-08") for value in said.values()), said


def test_without_a_date_no_day_is_invented(sample: Path) -> None:
    undated = read_page(page(sample / "page.txt"), Overrides())
    assert [event.date for event in undated.events if event.date and event.date.startswith("2016-06")] == []
    assert not any((time.value or "").startswith("2016-06") for time in undated.times)


def test_daesh_isis_and_the_islamic_state_are_one_actor(dated: Reading) -> None:
    ids = {
        ident
        for event in dated.events
        for span, ident in zip((*event.actors, *event.targets), (*event.actor_ids, *event.target_ids), strict=True)
        if dated.quote(span).removeprefix("the ").removesuffix(" militants") in ("Daesh", "ISIS", "Islamic State")
    }
    assert ids == {"islamic-state"}


def test_the_555th_regiment_is_of_the_syrian_arab_army(dated: Reading) -> None:
    from sayso.actors import Register

    (event,) = [e for e in dated.events if any("555th" in dated.quote(span) for span in e.actors)][:1]
    ident = event.actor_ids[0]
    assert ident is not None
    assert "syrian-arab-army" in (ident, *Register.packaged().parents(ident))


def test_every_word_of_the_copy_is_aligned_with_the_page(sample: Path) -> None:
    texts = [Text(id=name, text=report_of(page(sample / name)).text) for name in ("page.txt", "copy.txt")]
    (pair,) = pairs_of(texts)
    assert (pair.kind, pair.how) == ("part", "part")
    copy = texts[1].text
    held = {at for passage in pair.passages for at in range(*passage.b)}
    assert "".join(copy[at] for at in range(len(copy)) if at not in held and copy[at].isalnum()) == ""
