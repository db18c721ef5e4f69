"""What an incident's records say, in the terms that several formats share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from sayso.actors.entries import Actor
from sayso.actors.register import Register
from sayso.codebooks.mapping import Mapping
from sayso.linking.accounts import NO_OUTLET
from sayso.linking.pool import Pool
from sayso.records.pool import Account, Incident, Origin
from sayso.views.export.tables import countries

Cell = str | int | float | None
Row = dict[str, Cell]

LONGEST_QUOTE = 1000  # characters: a sentence, not a report


class Facts:
    """An incident with its accounts at hand."""

    def __init__(self, incident: Incident, pool: Pool, register: Register) -> None:
        self.incident = incident
        self.register = register
        self.accounts = [pool.accounts[key] for key in incident.accounts]

    @cached_property
    def told(self) -> Account:
        """Of the accounts that agree with the incident's status and type, that which tells most; then the earliest."""
        mine = self.incident

        def rank(account: Account) -> tuple[bool, bool, int, str, str]:
            fields = (account.actors, account.targets, account.place, account.killed, account.first)
            denies = account.status == "denied" or account.stance == "denies"
            return (
                denies != (mine.status == "denied"),
                account.type != mine.type,
                -sum(bool(field) for field in fields),
                account.published or "9999",
                account.key,
            )

        return min(self.accounts, key=rank)

    @cached_property
    def says_so(self) -> list[Origin]:
        """The origins that say what the incident's status is."""
        return [o for o in self.incident.origins if o.denies == (self.incident.status == "denied")]

    @property
    def quote(self) -> str:
        """The words of the account that tells most, on one line."""
        return " ".join(self.told.words.split())[:LONGEST_QUOTE]

    def sourced(self) -> Row:
        """The columns that the codebooks lack."""
        chains = [" > ".join(chain) for origin in self.says_so for chain in origin.chains]
        return {
            "n_reports": len(self.incident.reports),
            "n_origins": len(self.incident.origins),
            "n_independent": self.incident.independent,
            "claim": joined(chains),
            "quote": self.quote,
            "disputes": joined(dispute.kind for dispute in self.incident.disputes),
            "sayso_id": self.incident.id,
        }

    @property
    def outlets(self) -> list[str]:
        """The outlets that carry it, where they are named."""
        return list(dict.fromkeys(filter(None, map(outlet_of, self.accounts))))

    @property
    def days(self) -> int | None:
        """How many days it may have happened on; None: not known."""
        first, last = self.incident.first, self.incident.last
        if first is None or last is None:
            return None
        return (date.fromisoformat(last) - date.fromisoformat(first)).days + 1

    @property
    def year(self) -> int | None:
        """The year, where all days it may have happened on are of one."""
        first, last = self.incident.first, self.incident.last
        return int(first[:4]) if first and last and first[:4] == last[:4] else None

    @property
    def uncoded(self) -> str | None:
        """Why no codebook would record it, by its status; None: they would."""
        return Mapping.packaged().not_coded.get(self.incident.status)

    @property
    def disputed_actor(self) -> bool:
        """Whether the accounts differ over who did it."""
        return any(dispute.kind == "actor" for dispute in self.incident.disputes)

    @property
    def country(self) -> str | None:
        """The name of the place's country, as the register of actors has it."""
        code = self.incident.place.country if self.incident.place else None
        return self.country_name(code) if code else None

    def country_name(self, code: str) -> str | None:
        """The name of a country."""
        state, iso = self.register.state(code), countries().get(code)
        return state.name if state else iso.name if iso else None

    def actor(self, ident: str | None) -> Actor | None:
        """The entry of an actor of record; offices have none."""
        found = self.register.actor(ident) if ident else None
        return found if isinstance(found, Actor) else None

    def best_killed(self) -> int | None:
        """The number killed that most independent origins tell; None where two have as many, or none is told."""
        by_key = {account.key: account for account in self.accounts}
        tells: Counter[int] = Counter()
        for origin in self.says_so:
            if origin.independent:
                tells.update({n for key in origin.accounts if (n := exact(by_key[key].killed)) is not None})
        ranked = tells.most_common(2)
        if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
            return exact(self.incident.killed)
        low, high = self.incident.killed or (None, None)
        best = ranked[0][0]
        return best if (low or 0) <= best and (high is None or best <= high) else None


def outlet_of(account: Account) -> str | None:
    """The name of the report's outlet; None: not known."""
    name = account.chain[-1].name
    return None if name == NO_OUTLET else name


def exact(bounds: tuple[int | None, int | None] | None) -> int | None:
    """The one number meant; None: a range, or nothing.

    >>> exact((9, 9)), exact((9, None))
    (9, None)
    """
    return bounds[0] if bounds and bounds[0] == bounds[1] else None


def joined(values: Iterable[str | None]) -> str | None:
    """Values divided by "; ", each once; None where there are none.

    >>> joined(["SANA", None, "SANA", "SOHR"])
    'SANA; SOHR'
    """
    return "; ".join(dict.fromkeys(" ".join(v.split()) for v in values if v)) or None


def day(moment: str | None) -> str | None:
    """The day of an ISO date or time."""
    return moment[:10] if moment else None
