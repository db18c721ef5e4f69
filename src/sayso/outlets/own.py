"""Outlets of the user's: files like those of the register, kept in a folder of his."""

from __future__ import annotations

from pathlib import Path

from sayso.outlets.outlet import Outlet
from sayso.outlets.source import Written, problems_among, read_outlets
from sayso.outlets.words import Words
from sayso.records import Problem, SaysoError
from sayso.records.own import Added, checked_name, own_files, own_folder, write_own


def add(source: Path, name: str) -> Added:
    """Keep the file `source` as `name`, instead of what had that name, unless anything is wrong with it.

    Wrong is also what does not go together with the packaged register or with the user's other files. SaysoError for
    a name that is none, or a folder that cannot be written to.
    """
    from sayso.outlets.register import Outlets

    target = own_folder("outlets") / f"{checked_name(name)}.yaml"
    files = [source, *(path for path in own_files("outlets") if path != target)]
    packaged = Outlets.packaged()
    written, problems = _read(files, packaged.words, packaged.all())
    if problems:
        return Added(0, tuple(problems))
    write_own(target, source.read_bytes())
    return Added(len(written[str(source)]), ())


def outlets_in(files: list[Path], words: Words) -> list[Outlet]:
    """The outlets of files of one's own. SaysoError if one of them is wrong."""
    written, problems = _read(files, words, ())
    if problems:
        raise SaysoError(problems[0])
    return [each.outlet for file in written.values() for each in file]


def _read(files: list[Path], words: Words, known: tuple[Outlet, ...]) -> tuple[dict[str, list[Written]], list[Problem]]:
    written: dict[str, list[Written]] = {}
    problems = []
    for path in files:
        written[str(path)], faults = read_outlets(path)
        problems += faults
    return written, [*problems, *problems_among(written, words, known)]
