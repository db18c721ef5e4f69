"""Pool -> brief. It is composed from the records: every line has its sources and the words it rests on."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sayso.linking.accounts import voice_key
from sayso.linking.pool import Pool
from sayso.records.pool import Account, Dispute, HolderDispute, Holding, Incident, Origin
from sayso.records.resolved import Place
from sayso.records.vocabulary import noun_of
from sayso.views.brief.wanted import Wanted
from sayso.views.wording import count_in_words, counted

QUOTE = 220  # characters of the words quoted in a line
HEADLINE = 60  # characters: a sentence says more than a headline
MOST_SOURCES = 6  # origins named in a line; how many more there are is said
MOST_LINES = {"happened": 60, "disputed": 25, "single": 40, "held": 40, "voices": 12, "check": 15}
SPOKEN = frozenset({"happened", "ongoing"})
STATES = frozenset(
    {"control", "support", "talk", "demand", "accuse", "threaten", "reject"}
)  # told beside what happened
NOWHERE = "place not known"
PLAIN_NAME = re.compile(r"[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+){0,2}")  # a name and nothing beside it


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One statement: what is said, on whose word, the words themselves, and the keys of the accounts behind it."""

    says: str
    sources: str
    quote: str
    accounts: tuple[str, ...]
    head: str = ""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Lines under a heading; `left_out` more are in the tables."""

    name: str
    title: str
    lines: tuple[Line, ...]
    left_out: int = 0


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """The brief of a pool, and what it was made from: incidents, holdings, disputes over them as asked for."""

    title: str
    about: str
    sections: tuple[Section, ...]
    incidents: tuple[Incident, ...]
    holdings: tuple[Holding, ...]
    holder_disputes: tuple[HolderDispute, ...] = ()


def brief_of(pool: Pool, wanted: Wanted = Wanted()) -> Brief:  # noqa: B008 -- frozen
    """The brief of the part of a pool that is asked for."""
    incidents = wanted.incidents(pool)
    holdings = wanted.holdings(pool)
    contested = wanted.holder_disputes(pool)
    told = [i for i in incidents if i.status in SPOKEN and i.type not in STATES]
    sections = (
        _section("happened", "What happened", _happened([i for i in told if i.independent > 1], pool)),
        _section("disputed", "Disputed", [*_disputed(incidents, pool), *_contested(contested, pool)]),
        _section("single", "Claimed by one voice only", _happened([i for i in told if i.independent <= 1], pool)),
        _section("held", "Who holds what", _held(holdings, pool)),
        _section("voices", "Who says most", _voices(incidents)),
        _section("check", "What to check next", _to_check(incidents, pool)),
    )
    return Brief(
        title="What happened, and on whose say-so",
        about=_about(incidents, pool, wanted),
        sections=tuple(section for section in sections if section.lines),
        incidents=tuple(incidents),
        holdings=tuple(holdings),
        holder_disputes=tuple(contested),
    )


def place_name(place: Place | None, accounts: Iterable[Account] = ()) -> str:
    """A place with its province or country, by the plain name that most accounts give it, else by the gazetteer's.

    >>> place_name(None)
    'place not known'
    """
    if place is None:
        return NOWHERE
    written = Counter(
        a.place_words
        for a in accounts
        if a.place and a.place.id == place.id and PLAIN_NAME.fullmatch(a.place_words or "")
    )
    name = _most(written) if written else place.name
    return ", ".join(dict.fromkeys(part for part in (name, place.admin1 or place.country) if part))


def _most(written: Counter[str | None]) -> str:
    return min((words or "" for words in written), key=lambda words: (-written[words], words))


def days_in_words(incident: Incident) -> str:
    """The day or days of an incident."""
    if incident.first is None:
        return "day not known"
    if incident.first == incident.last:
        return incident.first
    if incident.date_precision == 4 and incident.last:
        return f"{incident.first[:7]}, day not known"
    return f"{incident.first} to {incident.last}"


def _section(name: str, title: str, lines: Iterable[Line]) -> Section:
    every = tuple(lines)
    most = MOST_LINES[name]
    return Section(name=name, title=title, lines=every[:most], left_out=max(0, len(every) - most))


def _about(incidents: Sequence[Incident], pool: Pool, wanted: Wanted) -> str:
    reports = {pool.accounts[key].report for i in incidents for key in i.accounts}
    outlets = {outlet for i in incidents for outlet in i.outlets}
    parts = [
        f"{counted(len(reports), 'report')} of {counted(len(outlets), 'outlet')}",
        counted(len(incidents), "incident"),
    ]
    parts += [f"within {wanted.km:g} km of {wanted.place.name}"] if wanted.place else []
    parts += [f"from {wanted.since}"] if wanted.since else []
    parts += [f"until {wanted.until}"] if wanted.until else []
    parts += [f"about {wanted.about}"] if wanted.about else []
    parts += [f"changed since {wanted.changed_since}"] if wanted.changed_since else []
    return ", ".join(parts)


def _where(incident: Incident, pool: Pool) -> str:
    if incident.place_words:
        return f"{incident.place_words}, not in the gazetteer"
    return place_name(incident.place, [pool.accounts[key] for key in incident.accounts])


def _happened(incidents: Sequence[Incident], pool: Pool) -> Iterator[Line]:
    """By place and day, the most corroborated place first."""
    groups: dict[tuple[str, str], list[Incident]] = defaultdict(list)
    for incident in incidents:
        groups[_where(incident, pool), days_in_words(incident)].append(incident)
    ordered = sorted(groups.items(), key=lambda item: (-max(i.independent for i in item[1]), item[0]))
    for (where, when), found in ordered:
        for n, incident in enumerate(sorted(found, key=lambda i: (-i.independent, -len(i.reports), i.id))):
            yield _line(incident, pool, head=f"{where} · {when}" if n == 0 else "")


def _line(incident: Incident, pool: Pool, head: str = "") -> Line:
    return Line(
        says=_says(incident),
        sources=_sources(incident),
        quote=_quote(_best(incident, pool)),
        accounts=incident.accounts,
        head=head,
    )


def _says(incident: Incident) -> str:
    who = ", ".join(incident.actors)
    whom = ", ".join(incident.targets)
    said = noun_of(incident.type)
    said += f" by {who}" if who else ""
    said += f" → {whom}" if whom else ""
    said += f"; killed {count_in_words(incident.killed)}" if incident.killed else ""
    said += f"; wounded {count_in_words(incident.wounded)}" if incident.wounded else ""
    return said + ("" if incident.status == "happened" else f" ({incident.status})")


def _sources(incident: Incident) -> str:
    """How many voices, and who: unnamed ones are said to be."""
    n = incident.independent
    told = (
        f"{n} independent voice{'' if n == 1 else 's'} in {_reports(len(incident.reports))}: "
        if n
        else "no independent voice: "
    )
    agreeing = [origin for origin in incident.origins if not origin.denies] or incident.origins
    names = [_origin(origin) for origin in agreeing if origin.independent or not n]
    more = f" and {len(names) - MOST_SOURCES} more" if len(names) > MOST_SOURCES else ""
    return told + "; ".join(names[:MOST_SOURCES]) + more


def _origin(origin: Origin) -> str:
    through = sorted({" → ".join(chain[1:]) for chain in origin.chains if len(chain) > 1})
    unnamed = "" if origin.voice.named else " (unnamed)"
    if not through:
        return origin.voice.name + unnamed
    others = len(through) - 1
    more = f" and {others} other way{'' if others == 1 else 's'}" if others else ""
    return f"{origin.voice.name}{unnamed}, through {through[0]}{more}"


def _reports(number: int) -> str:
    return f"{number} report{'' if number == 1 else 's'}"


def _best(incident: Incident, pool: Pool) -> Account:
    """The account quoted: of the incident's type, by its first origin where it can be, the surest."""
    first = set(incident.origins[0].accounts) if incident.origins else set()
    accounts = [pool.accounts[key] for key in incident.accounts]

    def fits(account: Account) -> tuple[bool | float | str, ...]:
        same = account.type == incident.type, account.status == incident.status
        return (all(same), *same, account.key in first, len(account.words) > HEADLINE, account.score, account.key)

    return max(accounts, key=fits)


def _quote(account: Account) -> str:
    words = " ".join(account.words.split())
    return words if len(words) <= QUOTE else words[: QUOTE - 1].rsplit(" ", 1)[0] + " …"


def _disputed(incidents: Sequence[Incident], pool: Pool) -> Iterator[Line]:
    found = [(incident, dispute) for incident in incidents for dispute in incident.disputes]
    for incident, dispute in sorted(found, key=lambda item: (-item[0].independent, item[1].id)):
        yield _dispute(dispute, f"{_where(incident, pool)} · {days_in_words(incident)}")


def _contested(disputes: Sequence[HolderDispute], pool: Pool) -> Iterator[Line]:
    for found in sorted(disputes, key=lambda f: (f.first, f.dispute.id)):
        accounts = [pool.accounts[key] for side in found.dispute.sides for key in side.accounts]
        yield _dispute(found.dispute, f"{place_name(found.place, accounts)} · {found.first}")


def _dispute(dispute: Dispute, head: str) -> Line:
    return Line(
        head=head,
        says=f"{dispute.about}: {dispute.why}",
        sources="; ".join(f"{side.says}: {', '.join(side.voices[:4])}" for side in dispute.sides),
        quote=_both(dispute),
        accounts=tuple(key for side in dispute.sides for key in side.accounts),
    )


def _both(dispute: Dispute) -> str:
    return " ↔ ".join(" ".join(side.words[0].split())[: QUOTE // 2] for side in dispute.sides[:3] if side.words)


def _held(holdings: Sequence[Holding], pool: Pool) -> Iterator[Line]:
    by_place: dict[str, list[Holding]] = defaultdict(list)
    for holding in holdings:
        by_place[holding.place.id].append(holding)
    for found in sorted(by_place.values(), key=lambda hs: (-len(hs), place_name(hs[-1].place))):
        now = found[-1]
        before = (
            "; before: " + ", ".join(f"{h.actor or 'not known'} until {h.until}" for h in found[:-1])
            if found[:-1]
            else ""
        )
        since = f"since {now.since or 'before'}{before}; last word {now.said}"
        yield Line(
            head=place_name(now.place, [pool.accounts[key] for h in found for key in h.accounts]),
            says=f"{now.actor or 'nobody known'} ({now.status}) {since}",
            sources=now.why,
            quote=_quote(pool.accounts[now.accounts[-1]]),
            accounts=now.accounts,
        )


def _voices(incidents: Sequence[Incident]) -> Iterator[Line]:
    said: Counter[tuple[str, str]] = Counter()
    alone: Counter[tuple[str, str]] = Counter()
    called: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    for incident in incidents:
        for origin in incident.origins:
            if origin.independent and not origin.denies:
                voice = voice_key(origin.voice)
                said[voice] += 1
                alone[voice] += incident.independent == 1
                called[voice][origin.voice.name, origin.voice.side] += 1
    names = {voice: min(shown, key=lambda name: (-shown[name], name)) for voice, shown in called.items()}
    for voice, number in sorted(said.items(), key=lambda item: (-item[1], names[item[0]])):
        name, side = names[voice]
        yield Line(
            says=f"{name} ({side}): {counted(number, 'incident')}, alone with {alone[voice]}",
            sources="", quote="", accounts=(),
        )  # fmt: skip


def _to_check(incidents: Sequence[Incident], pool: Pool) -> Iterator[Line]:
    """Deaths on one voice's word, the most first; then incidents of many reports that all go back to one voice."""
    deadly = [i for i in incidents if i.independent <= 1 and i.killed and (i.killed[0] or 0) > 0 and i.status in SPOKEN]
    for incident in sorted(deadly, key=lambda i: (-(i.killed[0] or 0) if i.killed else 0, i.id)):
        yield _line(
            incident, pool, head=f"deaths on one voice’s word: {_where(incident, pool)} · {days_in_words(incident)}"
        )
    copied = [i for i in incidents if i.independent <= 1 and len(i.reports) > 2 and not i.killed]
    for incident in sorted(copied, key=lambda i: (-len(i.reports), i.id)):
        yield _line(incident, pool, head=f"{len(incident.reports)} reports, one voice: {_where(incident, pool)}")
