"""The best description of an incident from its accounts: each field with how it was chosen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sayso.linking.disputes import AS_FACT
from sayso.linking.nodes import families, main_type
from sayso.records.pool import Account
from sayso.records.reading import Bounds
from sayso.records.resolved import Place
from sayso.records.vocabulary import Status

NARROW = 3  # one of so many reports is enough for the narrower type
MOST_PARTIES = 4  # actors or targets named; all are in the accounts
ORDER: tuple[Status, ...] = ("happened", "ongoing", "attempted", "denied", "possible", "planned", "conditional")


class Description:
    """What the accounts of one incident say of it, with `how` for each field.

    A report counts once for what it says, however often it says it. Whoever denies it says nothing of who did it, where
    and when: "the army denied that its jets hit the mill" makes nobody its actor, unless all accounts deny it.
    """

    def __init__(self, accounts: Sequence[Account]) -> None:
        self.how: dict[str, str] = {}
        every = sorted(accounts, key=lambda a: (a.published or "9999", a.key))
        self.status = self._status(every)
        self._accounts = [a for a in every if a.status != "denied"] or every
        self.type = self._narrowed(main_type(self._accounts))
        self.how["type"] = f"{self._told(lambda a: a.type == self.type)} so; a specific type before a general one"
        self.actors, self.actor_ids = self._parties(actors=True)
        self.targets, self.target_ids = self._parties(actors=False)
        self.place = self._place()
        self.first, self.last, self.date_precision = self._days()
        self.killed = self._number("killed")
        self.wounded = self._number("wounded")

    def head(self) -> Account:
        """The account whose codes and words stand for the incident: of its type and status, the surest."""
        fit = [a for a in self._accounts if a.type == self.type and a.status == self.status] or self._accounts
        return max(fit, key=lambda a: (a.place is not None, a.score, a.key))

    def _narrowed(self, kind: str) -> str:
        """The narrower type, where enough of the reports name it: a suicide bombing is also told as a bombing."""
        for narrow, wide in families().narrower.items():
            told = {a.report for a in self._accounts if a.type == narrow}
            either = {a.report for a in self._accounts if a.type in (narrow, wide)}
            if kind == wide and NARROW * len(told) >= len(either):
                return narrow
        return kind

    def _told(self, fits: object) -> str:
        reports = {a.report for a in self._accounts if callable(fits) and fits(a)}
        return f"{len(reports)} report{'' if len(reports) == 1 else 's'} call{'s' if len(reports) == 1 else ''} it"

    def _status(self, accounts: Sequence[Account]) -> Status:
        counts = {status: len({a.report for a in accounts if a.status == status}) for status in ORDER}
        best = max(ORDER, key=lambda status: (counts[status], -ORDER.index(status)))
        self.how["status"] = ", ".join(f"{status}: {n} reports" for status, n in counts.items() if n)
        return best

    def _parties(self, *, actors: bool) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
        reports: dict[str, set[str]] = defaultdict(set)
        shown: dict[str, Counter[str]] = defaultdict(Counter)
        ids: dict[str, str | None] = {}
        for a in self._accounts:
            names, known = (a.actors, a.actor_ids) if actors else (a.targets, a.target_ids)
            for name, ident in zip(names, known or (None,) * len(names), strict=True):
                key = ident or name.casefold()
                reports[key].add(a.report)
                shown[key][name] += 1
                ids[key] = ident
        most = sorted(reports, key=lambda key: (-len(reports[key]), key))[:MOST_PARTIES]
        names_shown = tuple(max(shown[key].items(), key=lambda item: (item[1], item[0]))[0] for key in most)
        if most:
            told = zip(names_shown, most, strict=True)
            self.how["actors" if actors else "targets"] = "; ".join(f"{n}: {len(reports[k])} reports" for n, k in told)
        return names_shown, tuple(ids[key] for key in most)

    def _place(self) -> Place | None:
        placed = [a for a in self._accounts if a.place]
        if not placed:
            return None
        reports: dict[str, set[str]] = defaultdict(set)
        for a in placed:
            if a.place:
                reports[a.place.id].add(a.report)
        places = {a.place.id: a.place for a in placed if a.place}
        best = min(places.values(), key=lambda p: (p.precision, -len(reports[p.id]), p.id))
        self.how["place"] = f"the most precise of {len(places)}, named by {len(reports[best.id])} reports: {best.why}"
        return best

    def _days(self) -> tuple[str | None, str | None, int | None]:
        dated = [a for a in self._accounts if a.first and a.last]
        if not dated:
            return None, None, None
        counts = Counter((a.first, a.last, a.date_precision) for a in dated)
        first, last, precision = min(counts, key=lambda days: (days[2] or 9, -counts[days], str(days)))
        self.how["date"] = f"the most precise date, given {counts[first, last, precision]} times of {len(dated)}"
        return first, last, precision

    def _number(self, name: str) -> Bounds | None:
        """From the lowest to the highest number told; one told on an earlier day that only rose is left out.

        So is a least number of casualties of which the same report tells a higher one: "three of the dead were
        children".
        """
        every = [(a, getattr(a, name)) for a in self._accounts if getattr(a, name) and a.status in AS_FACT]
        most: dict[str, int] = defaultdict(int)
        for a, bounds in every:
            most[a.report] = max(most[a.report], bounds[0] or 0)
        told = [(a, b) for a, b in every if a.type != "casualties" or b[1] is not None or (b[0] or 0) >= most[a.report]]
        if not told:
            return None
        latest = max((a.published or "")[:10] for a, _ in told)
        ranges = {bounds for _, bounds in told}
        highest = max(low or 0 for low, _ in ranges)
        current = {
            bounds for a, bounds in told if (a.published or "")[:10] == latest or (bounds[0] or 0) >= highest
        } or ranges
        low = min(bounds[0] or 0 for bounds in current)
        highs = [bounds[1] for bounds in current]
        high = None if None in highs else max(bound for bound in highs if bound is not None)
        self.how[name] = (
            f"{len(ranges)} number{'' if len(ranges) == 1 else 's'} told; the range of the latest and highest"
        )
        return low, high
