"""Gathering: files, folders and standard input become pages, lazily and in order; the rest is named."""

from __future__ import annotations

import gzip
import io
import os
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from sayso.pages.gather import GatherOptions, gather
from sayso.pages.page import Page
from sayso.records import Problem

NOTHING = cast(BinaryIO, io.BytesIO())


def found_in(*inputs: str | Path, stdin: bytes = b"") -> tuple[list[str], list[str]]:
    """The pages' places and the problems, as lines."""
    found = list(gather([str(i) for i in inputs], GatherOptions(), cast(BinaryIO, io.BytesIO(stdin))))
    return (
        [item.received.where for item in found if isinstance(item, Page)],
        [str(item) for item in found if isinstance(item, Problem)],
    )


def test_a_folder_is_read_sorted_and_deep_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "sub/c.md", ".hidden.txt", ".git/x.txt", "sub/.DS_Store"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Fighters left the village.")
    assert found_in(tmp_path) == ([str(tmp_path / n) for n in ("a.html", "b.txt", "sub/c.md")], [])


def test_files_of_a_folder_that_are_no_pages_are_counted_in_one_problem(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Fighters left the village.")
    for number in range(5):
        (tmp_path / f"photo{number}.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    pages, problems = found_in(tmp_path)
    assert len(pages) == 1
    reason = "5 files passed over, not pages: photo0.jpg, photo1.jpg, photo2.jpg and 2 more"
    assert problems == [f"{tmp_path}: {reason}"]


def test_what_tells_of_a_folder_is_no_report_in_it_unless_it_is_named(tmp_path: Path) -> None:
    for name in ("a.txt", "README.md", "sub/LICENSE", "sub/readme.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<p>Fighters left the village.")
    pages, problems = found_in(tmp_path)
    assert pages == [str(tmp_path / "a.txt"), str(tmp_path / "sub/readme.html")]
    assert problems == [f"{tmp_path}: 2 files passed over, not pages: README.md, sub/LICENSE"]
    assert found_in(tmp_path / "README.md") == ([str(tmp_path / "README.md")], [])


def test_links_do_not_lead_in_circles(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Fighters left the village.")
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "missing")
    pages, problems = found_in(tmp_path)
    assert pages == [str(tmp_path / "a.txt")]
    assert problems == [
        f"{tmp_path}/round: a link to a folder: not followed",
        f"{tmp_path}/nowhere.txt: not a file, or a link to nothing",
    ]


def test_a_pipe_among_the_files_does_not_hold_up_the_rest(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "z.txt").write_text("Fighters left the village.")
    pages, problems = found_in(tmp_path)
    assert pages == [str(tmp_path / "z.txt")] and len(problems) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (bytes(1000), "not a page: binary data"),
        (b"%PDF-1.4 x", "not a page: a PDF document"),
        (gzip.compress(b"words " * 99)[:-9], "the gzip data is cut short (after 594 bytes)"),
        (gzip.compress(b"words " * 99)[:10], "the gzip data is cut short (after 0 bytes)"),
        (gzip.compress(gzip.compress(b"words")), "not a page: gzip inside gzip"),
    ],
)
def test_what_cannot_be_used_is_one_plain_line_and_the_rest_goes_on(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / "bad").write_bytes(content)
    (tmp_path / "good.txt").write_text("Fighters left the village.")
    pages, problems = found_in(tmp_path / "bad", tmp_path / "good.txt")
    assert problems == [f"{tmp_path}/bad: {reason}"]
    assert pages == [str(tmp_path / "good.txt")]


def test_missing_and_unreadable_places_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    long = "x" * 5000
    _, problems = found_in(
        tmp_path / "none.txt", tmp_path / "empty", long, "nul\0.txt", "ftp://example.org/a", "file:///etc/hosts"
    )
    assert [p.rsplit(": ", 1)[1] for p in problems] == [
        "no such file",
        "no files in it",
        "File name too long",
        "not a valid file name",
        "only http and https addresses are read, not ftp",
        "only http and https addresses are read, not file",
    ]


def test_standard_input_may_be_anything_a_file_may_be() -> None:
    assert found_in("-", stdin=b"Plain words of a dump.") == (["<stdin>"], [])
    pages, problems = found_in("-", stdin=b'{"id": "a", "text": "t"}\nnonsense\n{"id": "b", "text": "u"}\n')
    assert (pages, problems) == (["<stdin>", "<stdin>"], ["<stdin>:2: no JSON object"])


def test_ids_must_differ_over_all_inputs(tmp_path: Path) -> None:
    for name in ("one.jsonl", "two.jsonl"):
        (tmp_path / name).write_text('{"id": "a", "text": "t"}\n')
    _, problems = found_in(tmp_path)
    assert problems == [f"{tmp_path}/two.jsonl:1: the id 'a' was given before, at {tmp_path}/one.jsonl:1"]


def test_gathering_is_lazy(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Fighters left the village.")
    found = gather([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], GatherOptions(), NOTHING)
    assert isinstance(next(found), Page)
    (tmp_path / "b.txt").write_text("Written after gathering began.")
    assert isinstance(next(found), Page)


def test_a_file_name_that_is_not_utf8_can_be_written_in_a_message(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb"):  # noqa: PTH123 -- pathlib cannot make this name from bytes
        pass
    _, problems = found_in(tmp_path)
    assert problems == [f"{tmp_path}/caf\\xe9.txt: empty"]
