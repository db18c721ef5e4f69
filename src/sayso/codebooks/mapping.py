"""The mapping and the codebooks' vocabularies, as their files have them."""

from __future__ import annotations

import functools
from importlib.resources import files

import msgspec

from sayso.records.vocabulary import EventType, Status

COMPILED = "compiled.json"  # of mapping.yaml and vocabulary.yaml, which are what is written; see compile.py


class Beside(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another event of the same incident: of one of these types, by actors of a group, with people harmed."""

    types: tuple[EventType, ...]
    actors: str | None = None
    harmed: bool = False


class When(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What must hold for a case, all of it; mapping.yaml says what each means."""

    actors: str | None = None
    targets: str | None = None
    targets_only: str | None = None
    words: str | None = None
    actor_words: str | None = None
    harmed: bool = False
    moved: bool = False
    beside: Beside | None = None


class Case(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A code and when it is given; None: the codebook has none. `cause`: that of the event which caused this one."""

    code: str | None = None
    when: When = When()
    why: str = ""
    cause: bool = False


class Rules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The cases of one event type: ACLED sub-event types, the PLOVER event type and its modes."""

    acled: tuple[Case, ...]
    modes: tuple[Case, ...]
    plover: str | None = None


class Mapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """mapping.yaml."""

    groups: dict[str, frozenset[str]]
    words: dict[str, tuple[str, ...]]
    lethal: frozenset[EventType]
    never_one_sided: frozenset[EventType]
    not_coded: dict[Status, str]
    events: dict[EventType, Rules]

    @classmethod
    @functools.cache
    def packaged(cls) -> Mapping:
        """The mapping that comes with sayso; read once."""
        return _compiled().mapping


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """vocabulary.yaml: ACLED sub-event types by event type, PLOVER modes by event type, UCDP types of violence."""

    acled: dict[str, tuple[str, ...]]
    plover: dict[str, tuple[str, ...]]
    ucdp: dict[str, str]

    @classmethod
    @functools.cache
    def packaged(cls) -> Vocabulary:
        """The vocabularies that come with sayso; read once."""
        return _compiled().vocabulary

    def acled_event_type(self, sub_event_type: str) -> str:
        """The event type that a sub-event type belongs to.

        >>> Vocabulary.packaged().acled_event_type("Suicide bomb")
        'Explosions/Remote violence'
        """
        return next(event for event, subs in self.acled.items() if sub_event_type in subs)


class Compiled(msgspec.Struct, frozen=True, kw_only=True):
    """What compile.py makes of both files."""

    mapping: Mapping
    vocabulary: Vocabulary


@functools.cache
def _compiled() -> Compiled:
    return msgspec.json.decode(files("sayso.codebooks").joinpath(COMPILED).read_bytes(), type=Compiled)
