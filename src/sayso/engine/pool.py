"""Readings -> the pool they make: accounts, copies, incidents, disputes, holdings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sayso.actors.register import Register
from sayso.copies import Pair, Text, pairs_of
from sayso.linking.accounts import accounts_of
from sayso.linking.disputes import Related
from sayso.linking.pool import Pool, link
from sayso.records.pool import Copied
from sayso.records.reading import Reading

LINEAGE = frozenset({"copied", "quotation"})  # the kinds of passage that bear on who had it from whom
AT_LAST = "2999-12-31"  # a day after all that the register knows to have ended


def pool_of(readings: Sequence[Reading], register: Register | None = None) -> Pool:
    """The pool of some readings, linked. Their order does not matter."""
    accounts = [account for reading in readings for account in accounts_of(reading)]
    ranks = {reading.id: rank_of(reading) for reading in readings}
    copied = [passage for found in pairs_of(map(_text, readings)) for passage in copied_of(found, ranks)]
    return link(accounts, copied, relation(register or Register.installed()))


def _text(reading: Reading) -> Text:
    return Text.of(reading.report, tuple(span for claim in reading.claims for span in claim.content))


Rank = tuple[bool, bool, str, str]


def rank_of(reading: Reading) -> Rank:
    """Which of two reports stands for what both have, where it is undecided who had it first: the lower.

    An agency before others, a known outlet before an unknown one, the earlier, the first by id.
    """
    outlet = reading.outlet_is
    agency = outlet is not None and outlet.kind == "news agency"
    return not agency, not (outlet or reading.report.outlet), reading.report.published or "9999", reading.id


def copied_of(found: Pair, ranks: Mapping[str, Rank]) -> Iterator[Copied]:
    """A pair's passages that bear on lineage, from the report that had them later to the one that had them first."""
    a_first = found.first == "a" or (found.first != "b" and ranks[found.a] <= ranks[found.b])
    for passage in found.passages:
        if passage.kind in LINEAGE:
            earlier, later = (passage.a, passage.b) if a_first else (passage.b, passage.a)
            yield Copied(
                later=found.b if a_first else found.a,
                earlier=found.a if a_first else found.b,
                later_span=later,
                earlier_span=earlier,
                kind="copied" if passage.kind == "copied" else "quotation",
                decided=found.first in ("a", "b"),
                why=found.why,
            )


def relation(register: Register) -> Related:
    """Whether one actor is another, or a part of it, by the register; names without an entry are only themselves.

    Who broke away to be a side of its own is no part any more: the Rapid Support Forces of Sudan's army.
    """
    above: dict[str, frozenset[str]] = {}

    def line(ident: str) -> frozenset[str]:
        if ident not in above:
            side = register.side_of(ident, AT_LAST)
            once = (p for p in register.parents_ever(ident) if side and register.side_of(p, AT_LAST) == side)
            above[ident] = frozenset((ident, *register.parents(ident, AT_LAST), *once))
        return above[ident]

    return lambda one, other: one == other or one in line(other) or other in line(one)
