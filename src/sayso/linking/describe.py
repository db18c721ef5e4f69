"""The best description of an incident from its accounts: each field with how it was chosen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sayso.linking.accounts import voice_key
from sayso.linking.disputes import AS_FACT
from sayso.linking.nodes import families, main_type
from sayso.records.pool import Account
from sayso.records.reading import Bounds
from sayso.records.resolved import Place
from sayso.records.vocabulary import Status

NARROW = 3  # one of so many reports is enough for the narrower type
NOBODY = frozenset({
    "they", "them", "we", "us", "you", "he", "him", "she", "it", "i", "those", "these", "each other", "one another",
    "everybody", "everyone", "nobody", "most of them", "some of them",
})  # fmt: skip  # who stands for somebody that the report does not name
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
        self.place_words: str | None = None  # of a place that the gazetteer lacks, what most accounts call it
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
                if ident is None and name.casefold() in NOBODY:
                    continue
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
        named = [a for a in self._accounts if a.place_words]  # of the others it is guessed from the rest of the report
        if not any(a.place for a in named):
            unknown = Counter(a.place_words for a in named if a.place_words and a.place_words[0].isupper())
            if unknown:
                self.place_words = max(unknown, key=lambda words: (unknown[words], words))
                self.how["place"] = f"{self.place_words} is named, of which no place is known"
                return None
            named = list(self._accounts)
        reports: dict[str, set[str]] = defaultdict(set)
        places: dict[str, Place] = {}
        for a in named:
            if a.place:
                reports[a.place.id].add(a.report)
                clearest = places.setdefault(a.place.id, a.place)
                places[a.place.id] = min(clearest, a.place, key=lambda place: place.precision)
        if not places:
            return None
        best = min(places.values(), key=lambda p: (p.precision, -len(reports[p.id]), p.id))
        self.how["place"] = f"the most precise of {len(places)}, named by {len(reports[best.id])} reports: {best.why}"
        return best

    def _days(self) -> tuple[str | None, str | None, int | None]:
        dated = [a for a in self._accounts if a.first and a.last]
        if not dated:
            return None, None, None
        counts = Counter((a.first, a.last, a.date_precision) for a in dated)
        told = {(a.first, a.last, a.date_precision) for a in dated if not a.date_guessed}
        first, last, precision = min(
            counts, key=lambda days: (days[2] or 9, days not in told, -counts[days], str(days))
        )
        self.how["date"] = f"the most precise date, given {counts[first, last, precision]} times of {len(dated)}"
        return first, last, precision

    def _number(self, name: str) -> Bounds | None:
        """From the lowest to the highest number told, without one that rose later.

        Nor a number of casualties that may be of some: one of which the same voice tells a higher one, and a least
        number of which the same report does, "three of the dead were children".
        """
        every = [(a, getattr(a, name)) for a in self._accounts if getattr(a, name) and a.status in AS_FACT]
        most: dict[tuple[str, object], int] = defaultdict(int)
        for a, (low, _) in every:
            for voice in (voice_key(a.chain[0]), None):
                most[a.report, voice] = max(most[a.report, voice], low or 0)
        told = [
            (a, (low, high))
            for a, (low, high) in every
            if a.type != "casualties"
            or (low or 0) >= most[a.report, voice_key(a.chain[0]) if high is not None else None]
        ]
        if not told:
            return None
        current = _not_risen(told)
        ranges = {bounds for _, bounds in told}
        least = min(bounds[0] or 0 for bounds in current)
        highs = [bounds[1] for bounds in current]
        most_told = None if None in highs else max(bound for bound in highs if bound is not None)
        self.how[name] = (
            f"{len(ranges)} number{'' if len(ranges) == 1 else 's'} told; the range of those that did not rise later"
        )
        return least, most_told


def _not_risen(told: Sequence[tuple[Account, Bounds]]) -> set[Bounds]:
    """Numbers without those that rose: last told before a higher one was told for the first time.

    Of what is told on no known day it is not known.
    """
    days: dict[Bounds, list[str]] = defaultdict(list)
    for account, bounds in told:
        days[bounds].append((account.published or "9999")[:10])
    return {
        bounds
        for bounds, on in days.items()
        if not any((low or 0) > (bounds[0] or 0) and min(days[low, high]) > max(on) for low, high in days)
    }
