"""Files of outlets as they are written: read, and every fault told with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml  # type: ignore[import-untyped]

from sayso.outlets.hosts import host_of
from sayso.outlets.names import LONGEST, key
from sayso.outlets.outlet import Outlet
from sayso.outlets.words import WordFile, Words
from sayso.records import Problem, SaysoError

REGISTER = Path(__file__).parent / "register"
WORDS = Path(__file__).parent / "words.yaml"
LARGEST_FILE = 4_000_000  # bytes; the whole register has a tenth of it
DEEPEST = 4  # a list of outlets with lists of names is 3 deep
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Written(msgspec.Struct, frozen=True):
    """An outlet and the line of the file where it begins."""

    line: int
    outlet: Outlet


def read_words() -> Words:
    """The packaged words.yaml."""
    return Words.of(msgspec.convert(yaml.load(WORDS.read_bytes(), Loader=yaml.CBaseLoader), WordFile))  # noqa: S506


def read_outlets(path: Path) -> tuple[list[Written], list[Problem]]:
    """The outlets of a file and what is wrong with it. A file that cannot be read at all is one problem."""
    try:
        nodes = list(_entries(path))
    except SaysoError as error:
        return [], [error.problem]
    written, problems = [], []
    for line, entry in nodes:
        try:
            written.append(Written(line, msgspec.convert(entry, Outlet, strict=False)))
        except msgspec.ValidationError as error:
            problems.append(Problem(where=str(path), line=line, reason=str(error)))
    return written, problems


def problems_among(files: dict[str, list[Written]], words: Words, known: Iterable[Outlet] = ()) -> list[Problem]:
    """What is wrong with these outlets, each by itself and together with those `known` already."""
    by_id = {outlet.id: "the register" for outlet in known}
    hosts = {domain: outlet.id for outlet in known for domain in outlet.domains}
    owners = {key(name): outlet.id for outlet in known for name in _unshared(outlet)}
    problems = []
    for where, written in files.items():
        for line, outlet in ((w.line, w.outlet) for w in written):
            reasons = list(_faults(outlet, words))
            if outlet.id in by_id:
                reasons.append(f"the id {outlet.id} is taken, in {by_id[outlet.id]}")
            reasons += [f"{d} is of {hosts[d]} already" for d in outlet.domains if hosts.get(d, outlet.id) != outlet.id]
            reasons += [
                f'"{name}" is a name of {owners[key(name)]} already: one of the two has it under `shared`'
                for name in _unshared(outlet)
                if owners.get(key(name), outlet.id) != outlet.id
            ]
            by_id[outlet.id] = where
            hosts.update(dict.fromkeys(outlet.domains, outlet.id))
            owners.update(dict.fromkeys(map(key, _unshared(outlet)), outlet.id))
            problems += [Problem(where=where, line=line, reason=f"{outlet.id}: {reason}") for reason in reasons]
    return problems


def _unshared(outlet: Outlet) -> list[str]:
    shared = {key(name) for name in outlet.shared}
    return [name for name in outlet.all_names() if key(name) not in shared]


def _faults(outlet: Outlet, words: Words) -> Iterator[str]:
    """What is wrong with one outlet, whatever else there is."""
    if not _SLUG.fullmatch(outlet.id):
        yield f'the id "{outlet.id}" is not made of a-z, 0-9 and hyphens'
    if outlet.kind not in words.kinds:
        yield f'"{outlet.kind}" is none of the kinds: {", ".join(words.kinds)}'
    if not outlet.source.strip():
        yield "no source"
    for name in outlet.all_names():
        if not key(name) or len(name) > LONGEST:
            yield f'"{name[:40]}" is no name: no letters, or more than {LONGEST} characters'
    for country in (outlet.country, *outlet.about):
        if country is not None and not _COUNTRY.fullmatch(country):
            yield f'"{country}" is no ISO 3166-1 alpha-2 code'
    for language in outlet.languages:
        if not _LANGUAGE.fullmatch(language):
            yield f'"{language}" is no BCP 47 code'
    for domain in outlet.domains:
        if host_of(domain) != domain:
            yield f'"{domain}" is no domain in lower case, without https:// and path'
    for medium in outlet.state_media:
        if medium not in words.medium.values():
            yield f'"{medium}" is none of the media: {", ".join(dict.fromkeys(words.medium.values()))}'


def _entries(path: Path) -> Iterator[tuple[int, Any]]:
    """Line and content of each entry of a list in YAML. No value is guessed: NO is Norway. Aliases are refused."""
    try:
        data = path.read_bytes()
        if len(data) > LARGEST_FILE:
            raise _problem(path, f"larger than {LARGEST_FILE} bytes")
        _refuse_traps(path, data)
        root = yaml.compose(data, Loader=yaml.CBaseLoader)
    except OSError as error:
        raise _problem(path, error.strerror or "cannot be read") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise _problem(path, f"no YAML: {what}", mark.line + 1 if mark else None) from None
    if not isinstance(root, yaml.SequenceNode):
        raise _problem(path, "not a list of outlets")
    for node in root.value:
        yield node.start_mark.line + 1, _content(node)


def _refuse_traps(path: Path, data: bytes) -> None:
    """Aliases grow a small file without end, and deep nesting exhausts the stack: outlets need neither."""
    depth = 0
    for event in yaml.parse(data, Loader=yaml.CBaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST or isinstance(event, yaml.AliasEvent):
            what = "nested too deeply" if depth > DEEPEST else "aliases (*name) are not allowed"
            raise _problem(path, what, event.start_mark.line + 1)


def _content(node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {_content(name): _content(value) for name, value in node.value if isinstance(name, yaml.ScalarNode)}
    return [_content(item) for item in node.value] if isinstance(node, yaml.SequenceNode) else node.value


def _problem(path: Path, reason: str, line: int | None = None) -> SaysoError:
    return SaysoError(Problem(where=str(path), reason=reason, line=line))
