"""The register's YAML files: reading them, and saying what is wrong with one, by file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml  # type: ignore[import-untyped]

from sayso.actors.entries import Actor, Also, DatedName, File, Inter, Office, State, Term
from sayso.records import Problem, SaysoError

FOLDER = Path(__file__).parent / "register"
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
DATE = re.compile(r"-?\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
COUNTRY = re.compile(r"[A-Z]{2}")
LARGEST = 4_000_000  # bytes of one file; the whole register is smaller
SECTIONS: dict[str, type] = {"actors": Actor, "also": Also, "offices": Office, "states": State}
T = TypeVar("T")


def register_files(folder: Path = FOLDER) -> list[Path]:
    """The files of entries, world-wide ones first, each folder by name."""
    return sorted((folder / "world").glob("*.yaml")) + sorted((folder / "conflicts").glob("*.yaml"))


def read_yaml(path: Path, type_: type[T]) -> T:
    """A file of the register that is not made of entries, as `type_`."""
    return msgspec.convert(_load(path), type_, strict=False)


def read_file(path: Path) -> File:
    """A file of entries. SaysoError at the first thing that is wrong with its form."""
    try:
        file = msgspec.convert(_load(path), File, strict=False)
    except (msgspec.ValidationError, yaml.YAMLError, UnicodeDecodeError, RecursionError):
        file = None
    sections = (file.actors, file.also, file.offices, file.states) if file is not None else ()
    if file is None or any(True for entries in sections for e in entries for _ in _value_faults(e, file.sides)):
        raise SaysoError(next(form_problems(path), Problem(where=str(path), reason="not a file of the register")))
    return file


def _load(path: Path) -> Any:
    if path.stat().st_size > LARGEST:
        raise SaysoError(Problem(where=str(path), reason=f"larger than {LARGEST} bytes"))
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 -- makes only strings


def form_problems(path: Path) -> Iterator[Problem]:
    """What is wrong with the form of a file: YAML, keys, types, slugs, dates, countries, kinds, sides."""
    where = str(path)
    try:
        if path.stat().st_size > LARGEST:
            raise SaysoError(Problem(where=where, reason=f"larger than {LARGEST} bytes"))
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
        loaded = _load(path)
    except SaysoError as error:
        yield error.problem
        return
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, OSError) as error:
        yield _unreadable(where, error)
        return
    if not isinstance(loaded, dict) or not isinstance(node, yaml.MappingNode):
        yield Problem(where=where, line=1, reason="not a mapping with `actors`, `also`, `offices` or `states`")
        return
    sides = tuple(loaded.get("sides") or ())
    for key_node, value in node.value:
        name, line = key_node.value, key_node.start_mark.line + 1
        if name in SECTIONS and isinstance(value, yaml.SequenceNode):
            for item, raw in zip(value.value, loaded[name], strict=True):
                yield from _entry_problems(where, item, raw, SECTIONS[name], sides)
        elif name in SECTIONS or name not in File.__struct_fields__:
            reason = (
                "must be a list" if name in SECTIONS else f"no such key; known: {', '.join(File.__struct_fields__)}"
            )
            yield Problem(where=where, line=line, reason=f"{name}: {reason}")
    try:
        msgspec.convert({k: v for k, v in loaded.items() if k not in SECTIONS}, File, strict=False)
    except msgspec.ValidationError as error:
        yield Problem(where=where, line=1, reason=str(error))


def _unreadable(where: str, error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or getattr(error, "strerror", None) or str(error)
    return Problem(where=where, line=mark.line + 1 if mark else None, reason=reason)


def _entry_problems(where: str, node: yaml.Node, raw: Any, type_: type, sides: tuple[str, ...]) -> Iterator[Problem]:
    line = node.start_mark.line + 1
    if not isinstance(raw, dict):
        yield Problem(where=where, line=line, reason="an entry must be a mapping")
        return
    name = str(raw.get("id", "an entry without id"))
    known = {field.encode_name for field in msgspec.structs.fields(type_)}
    lines = {key.value: key.start_mark.line + 1 for key, _ in node.value} if isinstance(node, yaml.MappingNode) else {}
    for field in raw:
        if field not in known:
            yield Problem(where=where, line=lines.get(field, line), reason=f"{name}: no such field {field!r}")
    if not known.issuperset(raw):
        return
    if len(lines) < (len(node.value) if isinstance(node, yaml.MappingNode) else 0):
        yield Problem(where=where, line=line, reason=f"{name}: a field is written twice")
    try:
        entry: Any = msgspec.convert(raw, type_, strict=False)
    except msgspec.ValidationError as error:
        yield Problem(where=where, line=line, reason=f"{name}: {error}")
        return
    for field, reason in _value_faults(entry, sides):
        yield Problem(where=where, line=lines.get(field, line), reason=f"{name}: {reason}")


def _value_faults(entry: Any, sides: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(field, reason) for what types do not say."""
    if not SLUG.fullmatch(entry.id):
        yield "id", f"{entry.id!r} is no slug of a-z, 0-9 and single hyphens"
    kind = getattr(entry, "kind", None)
    if kind is not None and kind not in kinds():
        yield "kind", f"no such kind {kind!r}; known: {', '.join(kinds())}"
    countries = [getattr(entry, "country", None), getattr(entry, "iso", None), *getattr(entry, "countries", ())]
    for country in countries:
        if country is not None and not COUNTRY.fullmatch(country):
            yield "country", f"{country!r} is no ISO 3166-1 alpha-2 code"
    for field, term in _terms(entry):
        for date in (term.since, term.until):
            if date is not None and not DATE.fullmatch(date):
                yield field, f"{date!r} is no ISO year, month or day"
        if term.since and term.until and not term.holds(term.since):
            yield field, f"from {term.since} is after until {term.until}"
    for side in getattr(entry, "sides", ()):
        if side.side not in sides:
            yield "sides", f"side {side.side!r} is not among the file's sides"
    for field in ("name", "names", "acronyms"):
        given = getattr(entry, field, ())
        for name in (given,) if isinstance(given, str) else given:
            if not name.strip() or len(name) > 200:
                yield field, f"{name[:40]!r} cannot be a name"


def _terms(entry: Any) -> Iterator[tuple[str, Term]]:
    if hasattr(entry, "since"):
        yield "from", Term(entry.since, entry.until)
    for field in ("once", "sides", "parents", "here"):
        for item in getattr(entry, field, ()):
            if isinstance(item, Term | DatedName):
                yield field, Term(item.since, item.until)
    for holder in getattr(entry, "holders", ()):
        yield "holders", Term(holder.since, holder.until)


class _Kinds(msgspec.Struct):
    kinds: dict[str, Inter]
    inter: dict[str, str]


@cache
def kinds() -> dict[str, Inter]:
    """The kinds of actors that there are."""
    return read_kinds().kinds


def read_kinds() -> _Kinds:
    """kinds.yaml."""
    return read_yaml(FOLDER / "kinds.yaml", _Kinds)
