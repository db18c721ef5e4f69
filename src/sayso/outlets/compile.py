"""`python -m sayso.outlets.compile`: register/*.yaml and words.yaml -> the one file that is read at run time.

Reading the YAML takes a third of a second, reading what it is compiled to some milliseconds.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from sayso.outlets.register import COMPILED, Index
from sayso.outlets.source import REGISTER, problems_among, read_outlets, read_words
from sayso.records import Problem

TARGET = Path(__file__).parent / COMPILED


def compiled(folder: Path = REGISTER) -> tuple[bytes, list[Problem]]:
    """The bytes of the compiled register, an outlet a line, and all that is wrong with the files."""
    words = read_words()
    files, problems = {}, []
    for path in sorted(folder.glob("*.yaml")):
        files[path.name], faults = read_outlets(path)
        problems += faults
    problems += problems_among(files, words)
    index = Index.of((written.outlet for file in files.values() for written in file), words)
    lines = msgspec.json.encode(index, order="deterministic").replace(b'},{"id":', b'},\n{"id":')
    return lines + b"\n", problems


def main() -> int:
    """Write the file, unless something is wrong."""
    data, problems = compiled()
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        TARGET.write_bytes(data)
        print(f"{TARGET.name}: {len(data)} bytes")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
