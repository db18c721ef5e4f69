"""What is wrong with a file of the register: its form, and whether what it names is there and is nobody else's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sayso.actors.entries import Actor, File, Office, passed
from sayso.actors.names import key, words
from sayso.actors.register import Register
from sayso.actors.source import FOLDER, form_problems, read_file
from sayso.records import Problem


def problems_of(paths: Sequence[Path], register: Register) -> Iterator[Problem]:
    """All that is wrong with files, taken together and with the packaged register. An entry of the packaged register
    may be written anew only in its own file."""
    files: list[tuple[Path, File]] = []
    for path in paths:
        faults = list(form_problems(path))
        yield from faults
        if not faults:
            files.append((path, read_file(path)))
    own = {entry.id for _, file in files for entry in _entries(file)}
    seen: dict[str, Path] = {}
    for path, file in files:
        for entry in _entries(file):
            line = _line_of(path, entry.id)
            if entry.id in seen:
                yield Problem(where=str(path), line=line, reason=f"{entry.id}: the id is also in {seen[entry.id]}")
            elif entry.id in _of_record(register) and not path.resolve().is_relative_to(FOLDER.resolve()):
                yield Problem(where=str(path), line=line, reason=f"{entry.id}: the id is in the packaged register")
            seen.setdefault(entry.id, path)
            for meant in _meant(entry):
                if meant not in own and register.actor(meant) is None:
                    yield Problem(where=str(path), line=line, reason=f"{entry.id}: there is no actor {meant!r}")
        for also in file.also:
            if also.id not in own and register.actor(also.id) is None:
                yield Problem(where=str(path), line=_line_of(path, also.id), reason=f"also: no actor {also.id!r}")
    yield from _shared_names(files)


def _entries(file: File) -> Iterator[Actor | Office]:
    yield from file.actors
    yield from file.offices


def _of_record(register: Register) -> frozenset[str]:
    written = [a.id for a in register.index.actors.values() if a.source]
    return frozenset(written) | frozenset(register.index.offices)


def _meant(entry: Actor | Office) -> tuple[str, ...]:
    if isinstance(entry, Office):
        return (entry.of,)
    return tuple(filter(None, (entry.parent, *(p.id for p in entry.parents))))


def _shared_names(files: Sequence[tuple[Path, File]]) -> Iterator[Problem]:
    """Names given to two entries of one country for the same years: neither would be found by it."""
    seen: dict[tuple[str, str | None], list[Actor]] = {}
    for path, file in files:
        for actor in file.actors:
            for name in sorted({key(words(n)) for n in (actor.name, *actor.names)}):
                others = seen.setdefault((name, actor.country), [])
                for other in others:
                    if other.id != actor.id and _at_once(actor, other):
                        reason = f"{actor.id}: the name {name!r} is also {other.id}'s: write it under `here` or `once`"
                        yield Problem(where=str(path), line=_line_of(path, actor.id), reason=reason)
                others.append(actor)


def _at_once(one: Actor, other: Actor) -> bool:
    starts = [date for date in (one.since, other.since) if date is not None]
    return all(not passed(actor.until, date) for actor in (one, other) for date in starts)


def _line_of(path: Path, id_: str) -> int | None:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if f"id: {id_}" in line), None)
