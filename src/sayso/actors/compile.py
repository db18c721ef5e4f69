"""The register's YAML -> one index to load at once: `python -m sayso.actors.compile` after a file has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from sayso.actors.entries import Actor, DatedName, File, Index, Office, Organ, Phrases, Side, State, Use
from sayso.actors.names import key, letters, loose_key, words
from sayso.actors.source import FOLDER, read_file, read_kinds, read_yaml, register_files
from sayso.actors.units import unit_key
from sayso.records import Problem, SaysoError

INDEX = Path(__file__).with_name("index.msgpack")
Uses = dict[str, list[Use]]


class Organs(msgspec.Struct, frozen=True):
    """organs.yaml."""

    organs: dict[str, Organ]
    offices: dict[str, Organ]
    without_forces: tuple[str, ...] = ()


def compiled(folder: Path = FOLDER, more: Sequence[Path] = ()) -> Index:
    """The index of all files in `folder` and `more`. SaysoError if two entries share an id, or one is meant that is
    not there."""
    files = [(path, read_file(path)) for path in (*register_files(folder), *more)]
    organs = read_yaml(folder / "organs.yaml", Organs)
    phrases = read_yaml(folder / "phrases.yaml", Phrases)
    kinds = read_kinds()
    actors, offices, states = _entries(files)
    tables = _Tables(phrases)
    for state in states.values():
        tables.add_state(state)
    for path, file in files:
        for actor in file.actors:
            tables.add_actor(actor, file)
        for also in file.also:
            if also.id not in actors and not _derived(also.id, states, organs):
                raise SaysoError(Problem(where=str(path), reason=f"also: no actor {also.id!r}"))
            tables.add_here(also.id, also.here, file.countries)
        for office in file.offices:
            tables.add_office(office)
            tables.add_office_organ(office, states, organs)
    return Index(
        actors=actors,
        offices=offices,
        states=states,
        organs=organs.organs,
        office_organs=organs.offices,
        without_forces=frozenset(organs.without_forces),
        kinds=kinds.kinds,
        inter=kinds.inter,
        phrases=phrases,
        names=_fixed(tables.names),
        loose=_loose(tables.names),
        acronyms=_fixed(tables.acronyms),
        units=_fixed(tables.units),
        adjectives={name: tuple(isos) for name, isos in sorted(tables.adjectives.items())},
        organ_of=_fixed(tables.organ_of),
    )


def _entries(files: list[tuple[Path, File]]) -> tuple[dict[str, Actor], dict[str, Office], dict[str, State]]:
    seen: dict[str, Path] = {}
    actors: dict[str, Actor] = {}
    offices: dict[str, Office] = {}
    states: dict[str, State] = {}
    added: dict[str, list[Side]] = defaultdict(list)
    for path, file in files:
        ids = [*(a.id for a in file.actors), *(o.id for o in file.offices), *(s.id for s in file.states)]
        for id_ in ids:
            if id_ in seen:
                raise SaysoError(Problem(where=str(path), reason=f"id {id_!r} is also in {seen[id_].name}"))
            seen[id_] = path
        actors.update({actor.id: _of_conflict(actor, file) for actor in file.actors})
        offices.update({office.id: office for office in file.offices})
        states.update({state.iso: state for state in file.states})
        for also in file.also:
            added[also.id].extend(_sides(also.sides, file))
    for name, sides in added.items():
        if name in actors:
            actors[name] = msgspec.structs.replace(actors[name], sides=(*actors[name].sides, *sides))
        else:  # an organ that every state has: written down for its sides only
            actors[name] = Actor(id=name, name="", kind="", source="", sides=tuple(sides))
    return actors, offices, states


def _of_conflict(actor: Actor, file: File) -> Actor:
    return msgspec.structs.replace(actor, sides=_sides(actor.sides, file)) if actor.sides else actor


def _sides(sides: Iterable[Side], file: File) -> tuple[Side, ...]:
    return tuple(msgspec.structs.replace(side, conflict=file.conflict or "") for side in sides)


def _derived(name: str, states: dict[str, State], organs: Organs) -> bool:
    return any(
        name == state.id or name in {f"{state.id}-{organ}" for organ in organs.organs} for state in states.values()
    )


class _Tables:
    """The look-up tables while they are made."""

    def __init__(self, phrases: Phrases) -> None:
        self._units = phrases.units
        self.names: Uses = defaultdict(list)
        self.acronyms: Uses = defaultdict(list)
        self.units: Uses = defaultdict(list)
        self.organ_of: Uses = defaultdict(list)
        self.adjectives: dict[str, list[str]] = defaultdict(list)

    def add_name(self, name: str, use: Use) -> None:
        """`name` means what `use` says."""
        folded = key(words(name))
        if folded and use not in self.names[folded]:
            self.names[folded].append(use)

    def add_state(self, state: State) -> None:
        """A state's names, acronyms, adjectives and capitals."""
        at = (state.iso,)
        for name in (state.name, *state.names, *_all(state.names_in)):
            self.add_name(name, Use(state.id, "state", name, at, state.since, state.until))
        for acronym in state.acronyms:
            use = Use(state.id, "state", letters(acronym), at, state.since, state.until)
            if use not in self.acronyms[letters(acronym)]:
                self.acronyms[letters(acronym)].append(use)
        for adjective in state.adjectives:
            self.adjectives[key(words(adjective))].append(state.iso)
        for capital in state.capitals:
            self.add_name(capital, Use(f"{state.id}-government", "capital", capital, at, state.since, state.until))

    def add_actor(self, actor: Actor, file: File) -> None:
        """An actor's names in all scripts, its acronyms, its names of some years or of its conflict."""
        home = actor.countries or file.countries or ((actor.country,) if actor.country else ())
        if actor.country and actor.country not in home:
            home = (actor.country, *home)
        term = (actor.since, actor.until)
        for name in (actor.name, *actor.names, *_all(actor.names_in)):
            self.add_name(name, Use(actor.id, "name", name, home, *term))
            self._add_unit(name, actor, home)
        for once in actor.once:
            self.add_name(once.name, Use(actor.id, "once", once.name, home, once.since, once.until))
        for acronym in actor.acronyms:
            self.acronyms[letters(acronym)].append(Use(actor.id, "acronym", letters(acronym), home, *term))
        self.add_here(actor.id, actor.here, actor.countries or file.countries or home, *term)
        for organ in (o.replace(" ", "-") for o in actor.organs):
            use = Use(actor.id, "organ", organ, (actor.country or "",), *term)
            self.organ_of[f"{actor.country} {organ}"].append(use)
        if actor.units and actor.country:
            self.organ_of[f"{actor.country} units"].append(Use(actor.id, "organ", "units", (actor.country,), *term))

    def add_here(
        self,
        of: str,
        here: Iterable[str | DatedName],
        countries: tuple[str, ...],
        since: str | None = None,
        until: str | None = None,
    ) -> None:
        """Names that mean `of` only in reports about `countries`."""
        for name in here:
            if isinstance(name, str):
                self.add_name(name, Use(of, "here", name, countries, since, until))
            else:
                self.add_name(
                    name.name, Use(of, "here", name.name, countries, name.since or since, name.until or until)
                )

    def add_office(self, office: Office) -> None:
        """What an office is called, and who held it."""
        at = (office.country,) if office.country else ()
        for name in (office.name, *office.names, *_all(office.names_in)):
            self.add_name(name, Use(office.id, "name", name, at))
        for acronym in office.acronyms:
            self.acronyms[letters(acronym)].append(Use(office.id, "acronym", letters(acronym), at))
        self.add_here(office.id, office.here, at)
        for holder in office.holders:
            for name in (holder.name, *holder.names):
                self.add_name(name, Use(office.id, "holder", holder.name, at, holder.since, holder.until))
            for name in holder.short:
                self.add_name(name, Use(office.id, "short", holder.name, at, holder.since, holder.until))

    def add_office_organ(self, office: Office, states: dict[str, State], organs: Organs) -> None:
        """An office that every state has takes the place of the derived one, if its names say that it is it."""
        state = states.get(office.country or "")
        if state is None:
            return
        nouns = {key(words(noun)): organ for organ, entry in organs.offices.items() for noun in entry.nouns}
        own = [key(words(name)) for name in (state.name, *state.names, *state.adjectives, *state.acronyms)]
        for name in (office.name, *office.names):
            folded = key(words(name))
            for said in own:
                noun = (
                    folded.removesuffix(f" of {said}")
                    if folded.endswith(f" of {said}")
                    else folded.removeprefix(f"{said} ")
                )
                if noun != folded and noun in nouns:
                    use = Use(office.id, "organ", nouns[noun], (state.iso,))
                    if use not in self.organ_of[f"{state.iso} {nouns[noun]}"]:
                        self.organ_of[f"{state.iso} {nouns[noun]}"].append(use)

    def _add_unit(self, name: str, actor: Actor, home: tuple[str, ...]) -> None:
        unit = unit_key([w.folded for w in words(name)], self._units)
        if unit:
            use = Use(actor.id, "unit", name, (actor.country,) if actor.country else home, actor.since, actor.until)
            if all(known.id != actor.id for known in self.units[unit]):
                self.units[unit].append(use)


def _all(names_in: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for names in names_in.values():
        yield from names


def _fixed(uses: Uses) -> dict[str, tuple[Use, ...]]:
    return {name: tuple(found) for name, found in sorted(uses.items()) if found}


def _loose(names: Uses) -> dict[str, tuple[str, ...]]:
    """Loose keys that are no name as they stand, to the exact keys that sound so."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[loose_key(name)].append(name)
    return {loose: tuple(sorted(exact)) for loose, exact in sorted(found.items())}


def encoded(index: Index) -> bytes:
    """The index as it lies in the package."""
    return msgspec.msgpack.encode(index, order="sorted")


if __name__ == "__main__":
    INDEX.write_bytes(encoded(compiled()))
