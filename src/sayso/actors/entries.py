"""What the register holds, as records: states, actors, offices with their holders, and the uses of names."""

from __future__ import annotations

import msgspec


class Term(msgspec.Struct, frozen=True, gc=False, rename={"since": "from"}):
    """Years, months or days (ISO 8601) between which something holds, both included; None: open."""

    since: str | None = None
    until: str | None = None

    def holds(self, date: str | None) -> bool:
        """Whether it holds on `date`; without a date, and as far as dates are given, it does."""
        if date is None:
            return True
        return reached(self.since, date) and not passed(self.until, date)


def reached(since: str | None, date: str) -> bool:
    """Whether `date` is not before `since`, as precisely as both are given.

    >>> reached("2016", "2016-07-05"), reached("2016-07-06", "2016-07-05"), reached("2016-07-06", "2016")
    (True, False, True)
    """
    return since is None or date[: len(since)] >= since[: len(date)]


def passed(until: str | None, date: str) -> bool:
    """Whether `date` is after `until`, as precisely as both are given."""
    return until is not None and date[: len(until)] > until[: len(date)]


class Side(Term, frozen=True, gc=False, kw_only=True):
    """The side an actor is on in a conflict, for a time. `conflict` is the slug of the file that says so."""

    side: str
    conflict: str = ""


class Parent(Term, frozen=True, gc=False, kw_only=True):
    """What an actor is part of, for a time."""

    id: str


class DatedName(Term, frozen=True, gc=False, kw_only=True):
    """A name of some years only."""

    name: str


class Ucdp(msgspec.Struct, frozen=True, gc=False):
    """The actor's name and number in UCDP's actor dataset."""

    name: str
    id: int | None = None


class Actor(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"since": "from", "names_in": "in"}
):
    """One actor of record, as written in the register."""

    id: str
    name: str
    kind: str
    source: str
    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    here: tuple[str | DatedName, ...] = ()
    names_in: dict[str, tuple[str, ...]] = {}
    country: str | None = None
    countries: tuple[str, ...] = ()
    gwno: int | None = None
    parent: str | None = None
    parents: tuple[Parent, ...] = ()
    since: str | None = None
    until: str | None = None
    once: tuple[DatedName, ...] = ()
    sides: tuple[Side, ...] = ()
    organs: tuple[str, ...] = ()
    units: bool = False
    ucdp: Ucdp | None = None
    acled: str | None = None


class Also(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a conflict adds to an actor written in another file."""

    id: str
    sides: tuple[Side, ...] = ()
    here: tuple[str | DatedName, ...] = ()


class Holder(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"since": "from"}):
    """Who held an office, when. `short`: names that mean the holder only near the office's country."""

    name: str
    names: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


class Office(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"names_in": "in"}):
    """A public office; the office is of record, whoever holds it is not."""

    id: str
    name: str
    of: str
    source: str
    country: str | None = None
    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    here: tuple[str | DatedName, ...] = ()
    names_in: dict[str, tuple[str, ...]] = {}
    holders: tuple[Holder, ...] = ()


class State(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"since": "from", "names_in": "in"}
):
    """A state. `capitals`: cities that stand for its government."""

    id: str
    iso: str
    name: str
    gw: int | None = None
    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    names_in: dict[str, tuple[str, ...]] = {}
    since: str | None = None
    until: str | None = None


class File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of the register."""

    actors: tuple[Actor, ...] = ()
    also: tuple[Also, ...] = ()
    offices: tuple[Office, ...] = ()
    states: tuple[State, ...] = ()
    conflict: str | None = None
    countries: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()


class Organ(msgspec.Struct, frozen=True, kw_only=True):
    """What every state has: its government, army, foreign ministry, president. `of`: another organ, or "state"."""

    name: str
    of: str
    nouns: tuple[str, ...]
    kind: str = "office"
    bare: tuple[str, ...] = ()


class Inter(msgspec.Struct, frozen=True):
    """ACLED's actor type of a kind of actor, at home and `abroad`."""

    inter: int
    abroad: int


class Generic(msgspec.Struct, frozen=True, kw_only=True):
    """A plain description that stands for a kind of people. `by_country`: the record is one country's."""

    name: str
    kind: str
    nouns: tuple[str, ...]
    by_country: bool = False


class UnitWords(msgspec.Struct, frozen=True, kw_only=True):
    """What units are called, and their numbers as words."""

    nouns: tuple[str, ...]
    ordinals: tuple[str, ...]


class TakenUp(msgspec.Struct, frozen=True, kw_only=True):
    """The words that take up an armed group which was named before; see phrases.yaml."""

    bodies: frozenset[str]
    people: frozenset[str]
    sides: frozenset[str]
    said_of: frozenset[str]


class Phrases(msgspec.Struct, frozen=True, kw_only=True):
    """The words around names; see phrases.yaml."""

    before: tuple[str, ...]
    fillers: tuple[str, ...]
    people: tuple[str, ...]
    things: tuple[str, ...]
    voices: tuple[str, ...]
    not_it: tuple[str, ...]
    former: tuple[str, ...]
    stances_after: tuple[str, ...]
    stances_before: tuple[str, ...]
    joined_by: tuple[str, ...]
    belongs_by: tuple[str, ...]
    stands_in: tuple[str, ...]
    abroad: tuple[str, ...]
    call_themselves: tuple[str, ...]
    taken_up: TakenUp
    titles: tuple[str, ...]
    generic: dict[str, Generic]
    units: UnitWords


class Use(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One use of a name: which entry it means, and how (name, once, here, capital, holder, short, unit).

    `countries`: ISO codes; a "here" or "short" use holds only in reports about one of them.
    """

    id: str
    how: str
    name: str
    countries: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """The whole register, compiled. Keys of `names`, `loose`, `units` as `names.key`, `names.loose_key` and
    `units.unit_key` make them; of `acronyms`, the letters."""

    actors: dict[str, Actor]
    offices: dict[str, Office]
    states: dict[str, State]
    organs: dict[str, Organ]
    office_organs: dict[str, Organ]
    without_forces: frozenset[str]
    kinds: dict[str, Inter]
    inter: dict[str, str]
    phrases: Phrases
    names: dict[str, tuple[Use, ...]]
    loose: dict[str, tuple[str, ...]]
    acronyms: dict[str, tuple[Use, ...]]
    units: dict[str, tuple[Use, ...]]
    adjectives: dict[str, tuple[str, ...]]
    organ_of: dict[str, tuple[Use, ...]]
