"""Which part of a pool a brief is asked for."""

from __future__ import annotations

import msgspec

from sayso.linking.pairs import km_between
from sayso.linking.pool import Pool
from sayso.records.pool import HolderDispute, Holding, Incident
from sayso.records.resolved import Place


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """`since`, `until`: ISO days, both included; `place` and `km`: within so far of it; `about`: an actor's id or name;
    `changed_since`: only incidents and holdings that reports published from that day on speak of."""

    since: str | None = None
    until: str | None = None
    place: Place | None = None
    km: float = 30.0
    about: str | None = None
    changed_since: str | None = None

    def incidents(self, pool: Pool) -> list[Incident]:
        """The incidents asked for, in the pool's order."""
        return [incident for incident in pool.incidents if self._has(incident, pool)]

    def holdings(self, pool: Pool) -> list[Holding]:
        """The holdings asked for, in the pool's order."""
        return [
            h
            for h in pool.holdings
            if self._near(h.place)
            and (self.about is None or self.about.casefold() in {h.actor_id, (h.actor or "").casefold()})
            and (self.until is None or (h.since or "") <= self.until)
            and (self.since is None or h.until is None or h.until >= self.since)
            and (self.changed_since is None or (h.said or "") >= self.changed_since)
        ]

    def holder_disputes(self, pool: Pool) -> list[HolderDispute]:
        """The disputes over who holds a place that are asked for, in the pool's order"""
        return [found for found in pool.holder_disputes if self._disputes(found, pool)]

    def _disputes(self, found: HolderDispute, pool: Pool) -> bool:
        accounts = [pool.accounts[key] for side in found.dispute.sides for key in side.accounts]
        actors = {actor.casefold() for a in accounts for actor in (*a.actors, *a.actor_ids) if actor}
        return (
            self._near(found.place)
            and (self.about is None or self.about.casefold() in actors)
            and (self.until is None or found.first <= self.until)
            and (self.since is None or max(a.published or a.last or "" for a in accounts)[:10] >= self.since)
            and (self.changed_since is None or max(a.published or "" for a in accounts) >= self.changed_since)
        )

    def _has(self, incident: Incident, pool: Pool) -> bool:
        first, last = incident.first, incident.last
        if self.since and (last or "") < self.since:
            return False
        if self.until and (first or "9999") > self.until:
            return False
        if self.changed_since and not any(
            (pool.accounts[key].published or "") >= self.changed_since for key in incident.accounts
        ):
            return False
        return self._near(incident.place) and self._concerns(incident)

    def _near(self, place: Place | None) -> bool:
        if self.place is None:
            return True
        return place is not None and km_between(place, self.place) <= self.km

    def _concerns(self, incident: Incident) -> bool:
        if self.about is None:
            return True
        parties = (*incident.actors, *incident.targets, *incident.actor_ids, *incident.target_ids)
        return self.about.casefold() in {party.casefold() for party in parties if party}
