"""Accounts of a whole pool -> its incidents with their origins and disputes, and who is said to hold what."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial

import msgspec

from sayso.linking.clusters import UNBOUND, Bound, Cluster, Pair, cluster, pair
from sayso.linking.control import histories_of
from sayso.linking.describe import Description
from sayso.linking.disputes import AS_FACT, Related, disputes_of
from sayso.linking.holder_disputes import holder_disputes
from sayso.linking.nodes import Node, nodes_of
from sayso.linking.origins import origins_of
from sayso.linking.pairs import Judge, judge
from sayso.linking.stretches import stretches
from sayso.records.pool import Account, Copied, Dispute, HolderDispute, Holding, Incident

MOST_REASONS = 4


class Pool(msgspec.Struct, frozen=True, kw_only=True):
    """What a pool says: `accounts` by key; `incidents` by first day and id; the rest by place and time."""

    accounts: dict[str, Account]
    incidents: tuple[Incident, ...]
    holdings: tuple[Holding, ...]
    holder_disputes: tuple[HolderDispute, ...] = ()

    def disputes(self) -> list[Dispute]:
        """All disputes, those about a place's holder among them."""
        told = [dispute for incident in self.incidents for dispute in incident.disputes]
        return [*told, *(found.dispute for found in self.holder_disputes)]


def link(
    accounts: Iterable[Account],
    copied: Sequence[Copied] = (),
    related: Related = lambda a, b: a == b,
    bound: Bound = UNBOUND,
) -> Pool:
    """Link the accounts of a pool. `copied`: passages that reports share; `related`: as in `disputes_of`; `bound`: what
    people decided.
    """
    by_key = {account.key: account for account in accounts}
    nodes = nodes_of(by_key.values(), bound.apart)
    passages = by_later(copied)
    shared = told_in_copies(nodes, by_key, passages)
    clusters = cluster(nodes, judging(shared, related), shared, bound)
    incidents = [incident_of(found, by_key, passages, related) for found in clusters]
    histories = histories_of(by_key.values(), related)
    return Pool(
        accounts=by_key,
        incidents=tuple(sorted(incidents, key=lambda i: (i.first or "9999", i.id))),
        holdings=tuple(one for told in histories for held in told for one in stretches(held, related)),
        holder_disputes=holder_disputes(histories, passages, related),
    )


def judging(shared: Collection[Pair], related: Related) -> Judge:
    """How two nodes are held against each other. `shared`: pairs of which a copied passage tells both."""
    if not shared:
        return partial(judge, copied=False, related=related)
    return lambda a, b: judge(a, b, copied=pair(a.key, b.key) in shared, related=related)


def by_later(copied: Iterable[Copied]) -> dict[str, list[Copied]]:
    """Passages by the report that had them later."""
    passages: dict[str, list[Copied]] = defaultdict(list)
    for passage in copied:
        passages[passage.later].append(passage)
    return passages


def told_in_copies(
    nodes: Iterable[Node], accounts: Mapping[str, Account], passages: Mapping[str, Sequence[Copied]]
) -> set[Pair]:
    """Pairs of nodes that tell the same words of a passage: their triggers stand at the same place of it.

    `accounts`: by key; `passages`: by the report that had them later.
    """
    by_report: dict[str, list[tuple[Account, Node]]] = defaultdict(list)
    for node in nodes:
        by_report[node.report] += [(accounts[key], node) for key in node.keys]
    found = set()
    for report, mine in by_report.items():
        for passage in passages.get(report, ()):
            theirs = [(a, n) for a, n in by_report.get(passage.earlier, ()) if _within(a, passage.earlier_span)]
            for account, node in mine:
                if not _within(account, passage.later_span):
                    continue
                where = passage.earlier_span[0] + account.trigger[0] - passage.later_span[0]
                alike = [(abs(a.trigger[0] - where), n.key) for a, n in theirs if a.type == account.type]
                if alike:
                    found.add(pair(node.key, min(alike)[1]))
    return found


def _within(account: Account, span: tuple[int, int]) -> bool:
    return span[0] <= account.trigger[0] and account.trigger[1] <= span[1]


def incident_of(
    found: Cluster, by_key: Mapping[str, Account], passages: Mapping[str, Sequence[Copied]], related: Related
) -> Incident:
    """What the accounts of a cluster say together. `passages`: by the report that had them later."""
    told_by = (by_key[key] for node in found.nodes for key in node.keys)
    accounts = sorted(told_by, key=lambda a: (a.published or "9999", a.key))
    said = Description(accounts)
    origins = origins_of(accounts, passages, said.type, as_fact=said.status in AS_FACT)
    told = [o for o in origins if o.independent and o.denies == (said.status == "denied")]
    head = said.head()
    first_key = min(a.key for a in accounts)
    return Incident(
        id=incident_id(first_key),
        type=said.type,  # type: ignore[arg-type]  # one of the accounts' types
        status=said.status,
        actors=said.actors,
        actor_ids=said.actor_ids,
        targets=said.targets,
        target_ids=said.target_ids,
        place=said.place,
        first=said.first,
        last=said.last,
        date_precision=said.date_precision,
        killed=said.killed,
        wounded=said.wounded,
        accounts=tuple(a.key for a in accounts),
        reports=tuple(dict.fromkeys(a.report for a in accounts)),
        outlets=tuple(dict.fromkeys(a.chain[-1].name for a in accounts)),
        origins=origins,
        independent=len(told),
        by_side=dict(Counter(origin.voice.side for origin in told)),
        disputes=disputes_of(accounts, related),
        how=said.how,
        place_words=said.place_words,
        why=_why(found),
        acled=head.acled,
        plover=head.plover,
        ucdp=head.ucdp,
    )


def incident_id(first: str) -> str:
    """The id of the incident whose first account by key this is."""
    return "i:" + hashlib.sha256(first.encode()).hexdigest()[:16]


def _why(found: Cluster) -> str:
    if len(found.nodes) == 1:
        return "one report's account"
    reasons = [name for name, _ in Counter(r for r in found.reasons if r != "bias").most_common(MOST_REASONS)]
    return f"{len({node.report for node in found.nodes})} reports, taken for one incident by: {', '.join(reasons)}"
