"""The engine: the same pages in the same order, whatever a page does to the process that reads it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sayso.engine import map_pages
from sayso.pages.page import Page
from sayso.records import Problem, Received, digest_of


def page(text: str, line: int | None = None) -> Page:
    data = text.encode()
    received = Received(
        where="pool.jsonl", how="jsonl", media="clean", digest=digest_of(data), size=len(data), line=line
    )  # fmt: skip
    return Page(data=data, received=received)


@pytest.fixture
def read_one(monkeypatch: pytest.MonkeyPatch) -> Callable[[Page], str]:
    """A stage that does what its page tells it to, importable by the processes of a pool."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    stage: Callable[[Page], str] = importlib.import_module("engine_stage").read_one
    return stage


@pytest.mark.parametrize("workers", [1, 2])
def test_order_is_kept_and_problems_stay_in_their_places(workers: int, read_one: Callable[[Page], str]) -> None:
    earlier = Problem(where="x.pdf", reason="not a page: a PDF document")
    pages = [page("a"), earlier, page("raise", 3), page("b"), page("refuse", 5), *(page(f"p{n}") for n in range(40))]
    assert [str(item) for item in map_pages(pages, read_one, workers)] == [
        "A",
        "x.pdf: not a page: a PDF document",
        "pool.jsonl:3: cannot be read: ValueError: a fault in two lines",
        "B",
        "pool.jsonl:5: no text",
        *(f"P{n}" for n in range(40)),
    ]


def test_a_page_that_breaks_or_holds_up_its_process_is_one_problem_and_the_rest_goes_on(
    read_one: Callable[[Page], str],
) -> None:
    pages = [page("a"), page("die", 2), page("b"), page("hang", 4), page("c"), page("die", 6), page("d")]
    assert [str(item) for item in map_pages(pages, read_one, 2, page_seconds=4)] == [
        "A",
        "pool.jsonl:2: cannot be read: the process reading it broke down",
        "B",
        "pool.jsonl:4: cannot be read: took longer than 4 s",
        "C",
        "pool.jsonl:6: cannot be read: the process reading it broke down",
        "D",
    ]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("text", ["hang", "stubborn"])
def test_a_page_that_takes_too_long_is_a_problem_in_this_process_too(
    text: str, workers: int, read_one: Callable[[Page], str]
) -> None:
    results = map_pages([page("a"), page(text, 2), page("b")], read_one, workers, page_seconds=4)
    assert [str(item) for item in results] == ["A", "pool.jsonl:2: cannot be read: took longer than 4 s", "B"]


@pytest.mark.parametrize("workers", [1, 2])
def test_pages_are_taken_as_they_are_needed(workers: int, read_one: Callable[[Page], str]) -> None:
    taken = 0

    def endless() -> Iterator[Page]:
        nonlocal taken
        while True:
            taken += 1
            yield page("a")

    results = map_pages(endless(), read_one, workers)
    assert [next(results) for _ in range(5)] == ["A"] * 5
    results.close()  # type: ignore[attr-defined]
    assert taken < 50
