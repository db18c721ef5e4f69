"""The register of actors: what is known of each, on which side it was when, and what names may mean."""

from __future__ import annotations

from functools import cache, cached_property

import msgspec

from sayso.actors.entries import Actor, Index, Office, Organ, State, Use, passed, reached
from sayso.actors.names import loose_key
from sayso.actors.own import joined_index, packaged_bytes
from sayso.records.own import own_files
from sayso.records.resolved import Named

LOOSE_SHORTEST = 5  # letters of a loose key: shorter ones sound like too much else
PARENTS_AT_MOST = 20  # of one actor, at all times


class Register:
    """The compiled register. What every state has ("iraq-police") is of record without an entry of its own."""

    def __init__(self, index: Index) -> None:
        self.index = index

    @classmethod
    @cache
    def packaged(cls) -> Register:
        """The register that comes with sayso, loaded once a process."""
        return cls(msgspec.msgpack.decode(packaged_bytes(), type=Index))

    @classmethod
    @cache
    def installed(cls) -> Register:
        """That with the user's own files, loaded once a process. SaysoError if one of them is wrong."""
        own = own_files("actors")
        return cls(joined_index(own)) if own else cls.packaged()

    @cached_property
    def _state_ids(self) -> dict[str, State]:
        return {state.id: state for state in self.index.states.values()}

    def state(self, iso: str) -> State | None:
        """The state of an ISO 3166-1 alpha-2 code."""
        return self.index.states.get(iso)

    def actor(self, id_: str) -> Actor | Office | None:
        """The entry of this id; for states and what every state has, one made from the register's patterns."""
        found = self.index.actors.get(id_) or self.index.offices.get(id_)
        if found is not None and found.source:
            return found
        if id_ in self._state_ids:
            made = self._of_state(self._state_ids[id_])
        elif (split := self._derived(id_)) is not None:
            made = self._of_organ(id_, *split)
        elif generic := next((g for g in self.index.phrases.generic if id_ == g or id_.startswith(g + "-")), None):
            entry = self.index.phrases.generic[generic]
            return Actor(id=id_, name=entry.name, kind=entry.kind, source="register/phrases.yaml")
        else:
            return None
        return msgspec.structs.replace(made, sides=found.sides) if isinstance(found, Actor) else made

    def named(self, id_: str, why: str) -> Named:
        """The record of an actor, with the reason it was taken."""
        actor = self.actor(id_)
        if actor is None:
            raise KeyError(id_)
        return Named(id=id_, name=actor.name, kind=getattr(actor, "kind", "office"), why=why)

    def parents(self, id_: str, date: str | None = None) -> tuple[str, ...]:
        """What the actor is part of, or speaks for, nearest first; where that changed, as on `date`."""
        found: list[str] = []
        current: str | None = id_
        while current is not None and len(found) < 10:
            current = self._parent(current, date)
            if current is None or current in found or current == id_:
                break
            found.append(current)
        return tuple(found)

    def parents_ever(self, id_: str) -> tuple[str, ...]:
        """What the actor, and what it was part of, have been part of at any time, nearest first."""
        found: dict[str, None] = {}
        todo = [id_]
        while todo and len(found) < PARENTS_AT_MOST:
            current = todo.pop(0)
            actor = self.actor(current)
            above = [p.id for p in getattr(actor, "parents", ())] + [self._parent(current, None)]
            new = [p for p in above if p is not None and p != id_ and p not in found]
            found.update(dict.fromkeys(new))
            todo += new
        return tuple(found)

    def side_of(self, id_: str, date: str | None = None, conflict: str | None = None) -> str | None:
        """The side the actor, or what it is part of, is on at `date` (in `conflict`, if given); None: not known."""
        for known in (id_, *self.parents(id_, date)):
            actor = self.actor(known)
            for side in getattr(actor, "sides", ()):
                if side.holds(date) and conflict in (None, side.conflict):
                    return str(side.side)
        return None

    def inter(self, id_: str, event_country: str | None = None) -> int | None:
        """ACLED's actor type ("inter") of an actor that acts in `event_country` (ISO alpha-2)."""
        actor = self.actor(id_)
        entry = self.index.kinds.get(getattr(actor, "kind", "office")) if actor else None
        if actor is None or entry is None:
            return None
        home = actor.country
        return entry.inter if event_country is None or home in (None, event_country) else entry.abroad

    def organ(self, iso: str, organ: str, date: str | None = None) -> str:
        """The id of what a state has: an entry that says it is it at `date`, or the derived one."""
        for use in self.index.organ_of.get(f"{iso} {organ}", ()):
            if date is None or in_use(use, date):
                return use.id
        state = self.index.states[iso]
        return f"{organ}-of-{state.id}" if organ in self.index.office_organs else f"{state.id}-{organ}"

    def exact(self, key: str) -> tuple[Use, ...]:
        """Uses of a name, by `names.key`."""
        return self.index.names.get(key, ())

    def loosely(self, key: str) -> tuple[Use, ...]:
        """Uses of names that sound like `key`."""
        loose = loose_key(key)
        if len(loose) < LOOSE_SHORTEST:
            return ()
        return tuple(use for exact in self.index.loose.get(loose, ()) for use in self.index.names[exact])

    def _parent(self, id_: str, date: str | None) -> str | None:
        actor = self.actor(id_)
        if isinstance(actor, Office):
            return actor.of
        if actor is None:
            return None
        if actor.parents:
            fitting = [p for p in actor.parents if p.holds(date)]
            return fitting[-1].id if fitting else actor.parent
        return actor.parent

    def _derived(self, id_: str) -> tuple[State, str] | None:
        for organ in self.index.organs:
            state = self._state_ids.get(id_.removesuffix("-" + organ)) if id_.endswith("-" + organ) else None
            if state is not None:
                return state, organ
        organ, _, name = id_.partition("-of-")
        state = self._state_ids.get(name)
        return (state, organ) if state is not None and organ in self.index.office_organs else None

    def _of_state(self, state: State) -> Actor:
        return Actor(id=state.id, name=state.name, kind="state", source="register/world/states.yaml", names=state.names,
                     country=state.iso, gwno=state.gw, since=state.since, until=state.until)  # fmt: skip

    def _of_organ(self, id_: str, state: State, name: str) -> Actor:
        organ: Organ = self.index.organs.get(name) or self.index.office_organs[name]
        parent = state.id if organ.of == "state" else self.organ(state.iso, organ.of)
        return Actor(id=id_, name=organ.name.replace("{state}", state.name), kind=organ.kind, country=state.iso,
                     parent=parent, gwno=state.gw, source="register/organs.yaml")  # fmt: skip


def in_use(use: Use, date: str | None) -> bool:
    """Whether a name was used so on `date`, as far as dates are given."""
    return date is None or (reached(use.since, date) and not passed(use.until, date))
