"""`python -m sayso.codebooks.compile`: both YAML files -> what is read at run time; prints the docs' table.

Reading the YAML takes longer than coding a thousand events.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec
import yaml  # type: ignore[import-untyped]

from sayso.codebooks.mapping import COMPILED, Case, Compiled, Mapping, Rules, Vocabulary, When
from sayso.records.vocabulary import EVENT_TYPES, EventType

HERE = Path(__file__).parent
T = TypeVar("T")


def compiled(folder: Path = HERE) -> bytes:
    """The bytes of the compiled file. msgspec.ValidationError where a YAML file does not have the form it must have."""
    both = Compiled(
        mapping=_read(folder / "mapping.yaml", Mapping), vocabulary=_read(folder / "vocabulary.yaml", Vocabulary)
    )
    return msgspec.json.format(msgspec.json.encode(both, order="deterministic"), indent=1) + b"\n"


def table(mapping: Mapping) -> str:
    """The mapping as the table of docs/codebooks.md."""
    rows = [f"| `{event}` | {_acled(rules)} | {_plover(rules)} |" for event, rules in _in_order(mapping)]
    return "\n".join(["| type | ACLED sub-event type | PLOVER event type and mode |", "|---|---|---|", *rows])


def _in_order(mapping: Mapping) -> list[tuple[EventType, Rules]]:
    return sorted(mapping.events.items(), key=lambda item: EVENT_TYPES.index(item[0]))


def _acled(rules: Rules) -> str:
    vocabulary = Vocabulary.packaged()
    event_types = {case.code: vocabulary.acled_event_type(case.code) for case in rules.acled if case.code}
    return "; ".join(
        f"{f'{event_types[case.code]}: **{case.code}**' if case.code else _none(case)}{_when(case.when)}"
        for case in rules.acled
    )


def _plover(rules: Rules) -> str:
    if rules.plover is None:
        return "none"
    modes = [f"{case.code or _none(case)}{_when(case.when)}" for case in rules.modes]
    return rules.plover if modes == ["none"] else f"{rules.plover}: {'; '.join(modes)}"


def _none(case: Case) -> str:
    return "that of its cause" if case.cause else "none"


def _when(when: When) -> str:
    """The conditions in words."""
    told = [
        f"{name} {group}"
        for name, group in (("by", when.actors), ("on", when.targets), ("only on", when.targets_only))
        if group
    ]
    told += [f"words of {words}" for words in (when.words, when.actor_words) if words]
    told += ["people harmed"] * when.harmed + ["has targets"] * when.moved
    if when.beside:
        by = f" by {when.beside.actors}" if when.beside.actors else ""
        harm = " that harmed people" if when.beside.harmed else ""
        told.append(f"same incident has {' or '.join(when.beside.types)}{by}{harm}")
    return f" ({', '.join(told)})" if told else ""


def _read(path: Path, type_: type[T]) -> T:
    return msgspec.convert(yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader), type_, strict=False)  # noqa: S506


def main() -> None:
    """Write the compiled file, and print the table for the docs."""
    (HERE / COMPILED).write_bytes(compiled())
    print(table(Mapping.packaged()))


if __name__ == "__main__":
    main()
