"""Actors of the user's: files of the register, kept in a folder of his and joined to the packaged register."""

from __future__ import annotations

import contextlib
import hashlib
from importlib import resources
from pathlib import Path

import msgspec

from sayso.actors.entries import Index
from sayso.records import Problem, SaysoError
from sayso.records.own import Added, checked_name, own_files, own_folder, write_own


def add(source: Path, name: str) -> Added:
    """Keep the file `source` as `name`, instead of what had that name, unless anything is wrong with it.

    Wrong is also what does not go together with the packaged register or with the user's other files. SaysoError for
    a name that is none, or a folder that cannot be written to.
    """
    from sayso.actors.check import problems_of
    from sayso.actors.register import Register
    from sayso.actors.source import read_file

    target = own_folder("actors") / f"{checked_name(name)}.yaml"
    others = [path for path in own_files("actors") if path != target]
    if problems := tuple(problems_of([source, *others], Register.packaged())):
        return Added(0, problems)
    file = read_file(source)
    write_own(target, source.read_bytes())
    return Added(len(file.actors) + len(file.also) + len(file.offices) + len(file.states), ())


def joined_index(files: list[Path]) -> Index:
    """The index of the packaged register and these files of one's own. SaysoError if one of them is wrong.

    To make it takes half a second, so that it is kept in the user's folder, named by what it was made of.
    """
    from sayso.actors.compile import compiled

    digest = hashlib.sha256(packaged_bytes())
    for path in files:
        digest.update(path.name.encode() + b"\0" + _bytes_of(path) + b"\0")
    kept = own_folder("actors") / f"compiled-{digest.hexdigest()[:16]}.msgpack"
    with contextlib.suppress(OSError, msgspec.DecodeError):  # not there, or broken
        return msgspec.msgpack.decode(kept.read_bytes(), type=Index)
    index = compiled(more=files)
    with contextlib.suppress(OSError, SaysoError):  # a folder that is only read serves too
        for old in kept.parent.glob("compiled-*.msgpack"):
            old.unlink(missing_ok=True)
        write_own(kept, msgspec.msgpack.encode(index))
    return index


def packaged_bytes() -> bytes:
    """The index that comes with sayso, as it is written."""
    return resources.files("sayso.actors").joinpath("index.msgpack").read_bytes()


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SaysoError(Problem(where=str(path), reason=error.strerror or "cannot be read")) from error
