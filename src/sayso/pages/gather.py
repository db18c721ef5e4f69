"""Places an analyst names (files, folders, addresses, standard input) -> the pages found there, one after another."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from sayso.pages.containers import Opened, Source, open_stream, pages_of
from sayso.pages.limits import Limits
from sayso.pages.page import Known, Page
from sayso.records import Problem, SaysoError

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_ABOUT = re.compile(r"(?:README|LICEN[CS]E|COPYING|NOTICE|CHANGELOG)(?:\.(?:md|txt|rst))?", re.IGNORECASE)
_NAMED = 3  # how many of the files passed over a message names; more would bury the others
STDIN = "<stdin>"


class GatherOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How to gather: the bounds, and whether addresses inside private networks may be fetched."""

    limits: Limits = Limits()
    allow_private: bool = False


def gather(inputs: Sequence[str], options: GatherOptions, stdin: BinaryIO) -> Iterator[Page | Problem]:
    """The pages of every input in order, lazily, with a problem for everything that could not be used.

    `inputs` are paths of files or folders, http(s) addresses, or "-" for `stdin`. Ids given in JSONL must differ over
    all inputs.
    """
    seen: dict[str, str] = {}
    for given in inputs:
        if given == "-":
            yield from _from_stdin(stdin, options.limits, seen)
        elif _ADDRESS.match(given):
            yield from _from_address(given, options, seen)
        else:
            yield from _from_path(Path(given), options.limits, seen)


def count_places(inputs: Sequence[str]) -> int:
    """How many files and addresses `gather` would look at, counted without opening any."""
    return sum(
        sum(1 for _ in _files_below(Path(given))) if _is_folder(given) else 1 for given in inputs
    )  # fmt: skip


def _is_folder(path: str | Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 -- Path.is_dir raises on names that are too long


def _from_stdin(stdin: BinaryIO, limits: Limits, seen: dict[str, str]) -> Iterator[Page | Problem]:
    try:
        opened = open_stream(stdin, Source(where=STDIN, how="stdin"))
    except OSError as error:  # a folder as standard input, a terminal that went away
        yield Problem(where=STDIN, reason=f"cannot be read: {error.strerror}")
        return
    yield from pages_of(opened, limits, seen)


def _from_address(address: str, options: GatherOptions, seen: dict[str, str]) -> Iterator[Page | Problem]:
    from sayso.pages.fetch import fetch

    try:
        fetched = fetch(address, options.limits, allow_private=options.allow_private)
    except SaysoError as error:
        yield error.problem
        return
    source = Source(
        where=address,
        how="url",
        name=fetched.url.partition("?")[0].rpartition("/")[2],
        content_type=fetched.content_type,
        charset=fetched.charset,
        url=Known(fetched.url, "the address it was fetched from"),
    )
    yield from pages_of(open_stream(cast(BinaryIO, io.BytesIO(fetched.data)), source), options.limits, seen)


def _from_path(path: Path, limits: Limits, seen: dict[str, str]) -> Iterator[Page | Problem]:
    if _is_folder(path):
        yield from _from_folder(path, limits, seen)
        return
    opened = _open(path)
    if isinstance(opened, Problem):
        yield opened
        return
    with opened.file:
        yield from pages_of(opened, limits, seen)


def _from_folder(folder: Path, limits: Limits, seen: dict[str, str]) -> Iterator[Page | Problem]:
    """Every file below `folder`, sorted; hidden ones are let be, those that are no pages are counted.

    What tells of the folder itself ("README.md") is no page of it, unless it is named.
    """
    passed_over: list[str] = []
    files = 0
    for found in _files_below(folder):
        if isinstance(found, Problem):
            yield found
            continue
        files += 1
        opened = _open(found)
        if isinstance(opened, Problem):
            yield opened
            continue
        with opened.file:
            if opened.kind == "other" or _ABOUT.fullmatch(found.name):
                passed_over.append(_shown(found.relative_to(folder)))
            else:
                yield from pages_of(opened, limits, seen)
    if passed_over:
        more = f" and {len(passed_over) - _NAMED} more" if len(passed_over) > _NAMED else ""
        names = ", ".join(passed_over[:_NAMED])
        count = "1 file" if len(passed_over) == 1 else f"{len(passed_over)} files"
        yield Problem(where=_shown(folder), reason=f"{count} passed over, not pages: {names}{more}")
    if not files:
        yield Problem(where=_shown(folder), reason="no files in it")


def _files_below(folder: Path) -> Iterator[Path | Problem]:
    failures: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=failures.append):  # does not follow links to folders
        for name in sorted(folders):
            if name.startswith("."):
                folders.remove(name)
            elif Path(here, name).is_symlink():
                yield Problem(where=_shown(Path(here, name)), reason="a link to a folder: not followed")
        folders.sort()
        for name in sorted(files):
            if name.startswith("."):
                continue
            path = Path(here, name)
            yield path if path.is_file() else Problem(where=_shown(path), reason="not a file, or a link to nothing")
        while failures:
            yield _unreadable(failures.pop())
    while failures:
        yield _unreadable(failures.pop())


def _unreadable(error: OSError) -> Problem:
    return Problem(where=_shown(Path(error.filename)), reason=f"cannot be read: {error.strerror}")


class _OpenedFile(Opened):
    """An opened file, to be closed by who reads it."""

    def __init__(self, file: BinaryIO, source: Source) -> None:
        self.file = file
        super().__init__(cast(io.BufferedIOBase, file), source)


def _open(path: Path) -> _OpenedFile | Problem:
    where = _shown(path)
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return Problem(where=where, reason="no such file")
    except OSError as error:
        return Problem(where=where, reason=f"cannot be read: {error.strerror}")
    except ValueError:
        return Problem(where=where, reason="not a valid file name")
    try:
        return _OpenedFile(cast(BinaryIO, file), Source(where=where, how="file", name=path.name))
    except OSError as error:
        file.close()
        return Problem(where=where, reason=f"cannot be read: {error.strerror}")


def _shown(path: Path) -> str:
    """The path as text that can be written anywhere: names that are not UTF-8 keep their bytes as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
