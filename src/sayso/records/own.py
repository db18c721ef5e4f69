"""What a user adds to what is packaged (places, actors, outlets): where it is kept, and by which name."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

import platformdirs

from sayso.records.errors import Problem, SaysoError

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class Added(NamedTuple):
    """What came of adding a file: how many things are in it, or else what is wrong with it."""

    things: int
    problems: tuple[Problem, ...]


def own_folder(what: str) -> Path:
    """Where the user's own `what` are kept: $SAYSO_PLACES (and the like), or a folder among the user's data."""
    return Path(os.environ.get(f"SAYSO_{what.upper()}") or platformdirs.user_data_path("sayso") / what)


def checked_name(name: str) -> str:
    """The name, if something of one's own can be kept by it; SaysoError if not."""
    if not _NAME.fullmatch(name):
        raise SaysoError(Problem(where=name, reason="no name to keep it by: small letters a to z, digits, - and _"))
    return name


def own_files(what: str) -> list[Path]:
    """The user's own YAML files of `what`, by name."""
    return sorted(own_folder(what).glob("*.yaml"))


def write_own(target: Path, data: bytes) -> None:
    """Write a file whole or not at all, with its folder. SaysoError if that cannot be."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(target)
    except OSError as error:
        raise SaysoError(Problem(where=str(target), reason=error.strerror or "cannot be written")) from error
