"""The outlet of record: who publishes, whose it is, what it is called, where it is at home on the web."""

from __future__ import annotations

import msgspec

from sayso.records.resolved import Named


class Outlet(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A news outlet, agency, monitor or body that publishes. Facts only; `source` says where they are from.

    `names` mean this outlet wherever they stand; `shared` ones others bear too, so they hold only with its country;
    `ambiguous` ones are also words or names of something else: in a sentence they hold only beside a word like
    "newspaper". `country`: ISO 3166-1 alpha-2 of its seat; `about`: what it mostly reports on, where that is elsewhere;
    `seat`: the town of a local paper. `agency`: it supplies other media. `state_media`: what "state television"
    (news agency, radio, newspaper) of its country means. `speaks_for`: the actor of record whose own channel it is, so
    that what it says is that actor's word.
    """

    id: str
    name: str
    kind: str
    source: str
    names: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    agency: bool = False
    country: str | None = None
    about: tuple[str, ...] = ()
    seat: str | None = None
    owner: str | None = None
    speaks_for: str | None = None
    languages: tuple[str, ...] = ()
    state_media: tuple[str, ...] = ()
    note: str | None = None

    def all_names(self) -> tuple[str, ...]:
        """Every name it has, the main one first."""
        return tuple(dict.fromkeys((self.name, *self.names, *self.shared, *self.ambiguous)))

    def is_of(self, country: str) -> bool:
        """Whether it is called after this country: by its seat or by what it is about."""
        return country == self.country or country in self.about

    def named(self, why: str) -> Named:
        """As the record that travels with a reading."""
        return Named(id=self.id, name=self.name, kind=self.kind, why=why)
