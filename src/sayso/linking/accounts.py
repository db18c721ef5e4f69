"""Readings -> accounts: each event as one report has it, with the chain of voices from its origin to the outlet."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

import msgspec

from sayso.actors.register import Register
from sayso.linking.habits import is_habit
from sayso.linking.tolls import told_of_all
from sayso.outlets.register import Outlets
from sayso.records.pool import Account, Side, Voice
from sayso.records.reading import Bounds, Claim, Event, Reading
from sayso.records.span import Span

OUTLET = "outlet"  # the kind of an outlet of record that is no agency; "news agency" is the other
OFFICE = "office"  # the kind of a president or a spokesman of record
UNSTATED = "not said who"
NOBODY = ("unidentified", "civilians")  # ids of the register for those it does not know
NO_OUTLET = "an unnamed outlet"
WORD = re.compile(r"[\w-]+")
OUT_OF = re.compile(r"^(?:one|some|two|three|several|many|most) of (?:the |those )?")  # "one of the officers"
CHANNEL = re.compile(r" \((?:telegram|x|twitter|facebook|vk|vkontakte|whatsapp|youtube|instagram)\b[^()]{0,40}\)$")
POSSESSIVE = re.compile(r"['’]s\b")
CLOSING = frozenset(
    {"of", "in", "at", "from", "who", "whom", "with", "for", "to", "on", "near", "inside", "close", "that", "which"}
)
OURS = frozenset({"our", "its", "local", "own", "s", "the", "a"})
PERSON = re.compile(r"[A-Z]\S+(?: (?:\w{1,3} )?[A-Z]\S+){1,3}")  # a name of two to four words
LEAST_CORE = 3  # letters: "Al" of "Al Agency" is nobody's name
LONGEST_WORDS = 600  # characters of the sentence kept with an account


class Voices(msgspec.Struct, frozen=True):
    """`voices.yaml`: kinds of the registers by side; words for witnesses, monitors, and people who are not named."""

    kinds: dict[Side, tuple[str, ...]]
    witness: frozenset[str]
    monitor: frozenset[str]
    unnamed: frozenset[str]
    spokesmen: frozenset[str]
    pointing: frozenset[str]
    own: frozenset[str]
    bodies: frozenset[str]
    media: frozenset[str]

    def side(self, kind: str) -> Side | None:
        """The side of a kind of the registers."""
        return next((side for side, kinds in self.kinds.items() if kind in kinds), None)


@cache
def voices() -> Voices:
    """The table of voices, read once a process."""
    data = resources.files("sayso.linking").joinpath("voices.yaml").read_bytes()
    return msgspec.yaml.decode(data, type=Voices)


def accounts_of(reading: Reading) -> tuple[Account, ...]:
    """One account for each event of a reading, in the order of the text; none of what is done in general.

    A headline that says so is of what the report tells: "Army denies targeting civilians".
    """
    claims = {claim.id: claim for claim in reading.claims}
    kinds = {actor.id: actor.kind for actor in reading.actors}
    outlet = outlet_of(reading)
    told = (_account(event, reading, claims, kinds, outlet) for event in reading.events)
    return tuple(account for account in told if not _is_general(account))


def _is_general(account: Account) -> bool:
    shift = account.start
    trigger = account.trigger[0] - shift, account.trigger[1] - shift
    return account.words != account.title and is_habit(account.words, trigger)


def outlet_of(reading: Reading) -> Voice:
    """The report's outlet as a voice."""
    if reading.outlet_is:
        side: Side = voices().side(reading.outlet_is.kind) or "outlet"
        return Voice(name=reading.outlet_is.name, id=reading.outlet_is.id, side=side)
    name = reading.report.outlet or reading.report.byline  # a page that names no outlet speaks with its author's voice
    return Voice(name=name or NO_OUTLET, id=None, side="outlet", named=bool(name))


def _account(event: Event, reading: Reading, claims: dict[str, Claim], kinds: dict[str, str], outlet: Voice) -> Account:
    start, end = sentence_around(reading.report.text, event.trigger)
    claim = claims.get(event.claim or "")
    first, last = days_of(event.date) if event.date else event.date_bounds or (None, None)
    return Account(
        key=f"{reading.id}#{event.id}",
        report=reading.id,
        event=event.id,
        incident=event.incident,
        type=event.type,
        status=event.status,
        stance=claim.stance if claim else None,
        actors=event.actors_are,
        actor_ids=event.actor_ids,
        targets=event.targets_are,
        target_ids=event.target_ids,
        place=event.place_is,
        also_at=event.also_at,
        place_words=reading.quote(event.place) if event.place else None,
        first=first,
        last=last,
        date_precision=event.date_precision,
        date_guessed=event.date_guessed,
        killed=_killed(event, reading.report.text),
        wounded=event.wounded_n,
        weapon=reading.quote(event.weapon) if event.weapon else None,
        words=reading.report.text[start:end],
        start=start,
        end=end,
        trigger=event.trigger,
        chain=chain_of(claim, claims, kinds, outlet),
        beside=_beside(claim, kinds, outlet) if claim else (),
        published=reading.report.published,
        title=reading.report.title,
        url=reading.report.url,
        score=event.score,
        acled=event.acled,
        plover=event.plover,
        ucdp=event.ucdp,
    )


def _killed(event: Event, text: str) -> Bounds | None:
    if event.killed_n is None or event.killed is None:
        return event.killed_n
    return told_of_all(event.killed_n, text, event.killed)


def chain_of(claim: Claim | None, claims: dict[str, Claim], kinds: dict[str, str], outlet: Voice) -> tuple[Voice, ...]:
    """The voices from the origin to the outlet: the innermost source, its relays, the sources around it, the outlet.

    A voice that speaks twice in a row (an outlet that quotes itself) is there once.
    """
    chain: list[Voice] = []
    seen: set[str] = set()
    while claim is not None and claim.id not in seen:
        seen.add(claim.id)
        chain.append(voice_of(*_sources(claim)[0], kinds))
        ids = claim.via_ids or (None,) * len(claim.via)
        chain += [voice_of(name, ident, kinds) for name, ident in zip(claim.via, ids, strict=True)]
        claim = claims.get(claim.within or "")
    chain = [voice for voice in chain if not is_own(voice, outlet)]
    chain.append(outlet)
    return tuple(v for i, v in enumerate(chain) if i == 0 or not same_voice(v, chain[i - 1]))


def _beside(claim: Claim, kinds: dict[str, str], outlet: Voice) -> tuple[Voice, ...]:
    """Who says a claim together with its first source."""
    first, *others = (voice_of(name, ident, kinds) for name, ident in _sources(claim))
    return tuple(voice for voice in others if not same_voice(voice, first) and not is_own(voice, outlet))


def first_voices(account: Account) -> tuple[Voice, ...]:
    """Those who say it first: the origin, and who says it together with it."""
    return account.chain[0], *account.beside


def _sources(claim: Claim) -> list[tuple[str | None, str | None]]:
    """Names and ids of who says a claim."""
    if claim.sources:
        return list(zip(claim.sources, claim.source_ids or (None,) * len(claim.sources), strict=True))
    return [(claim.source_is, claim.source_id)]


def voice_of(name: str | None, ident: str | None, kinds: dict[str, str]) -> Voice:
    """A source or relay as a voice, with the side it speaks from."""
    if name is None:
        return Voice(name=UNSTATED, id=None, side="unnamed", named=False)
    table = voices()
    words = set(WORD.findall(name.lower()))
    named = is_named(name) or _is_body(name, ident)
    kind = kinds.get(ident) if ident else None
    side: Side | None = table.side(kind_of_whole(ident) if ident and kind == OFFICE else kind) if kind else None
    if side is None:
        if words & table.witness:
            side, named = "witness", named and not words & table.witness
        elif words & table.monitor:
            side = "monitor"
        else:
            side = "other" if named else "unnamed"
    return Voice(name=name, id=ident, side=side, named=named)


@lru_cache(maxsize=20_000)
def kind_of_whole(office: str) -> str:
    """The kind of what an office is of, by its id: a rebel group's spokesman speaks for no state.

    >>> kind_of_whole("president-of-syria"), kind_of_whole("military-spokesperson-of-the-march-23-movement")
    ('government', 'rebel group')
    """
    register = Register.installed()
    kinds = (getattr(register.actor(whole), "kind", OFFICE) for whole in register.parents(office))
    return next((kind for kind in kinds if kind != OFFICE), OFFICE)


def _is_body(name: str, ident: str | None) -> bool:
    """Whether a description without a name is a body of record, "the coalition", or its spokesman."""
    if ident is None or ident.startswith(NOBODY):
        return False
    head, table = head_of(name).lower(), voices()
    people = (table.unnamed, table.witness, table.pointing)
    return head in table.spokesmen or not any(head in words for words in people)


def is_named(name: str) -> bool:
    """Whether a description gives a name: that of a body or of a person, not only of where somebody is from.

    >>> [is_named(name) for name in ("Botan Sarrin", "Azaz Sharia court", "rebel spokesman, Nidal Qaddour")]
    [True, True, True]
    >>> [is_named(name) for name in ("two army officers", "medical officials in rebel-held Aleppo", "Many in Aleppo")]
    [False, False, False]
    """
    if not any(char.isupper() for char in name):
        return False
    return any(_names_somebody(part) for part in name.split(", "))


def _names_somebody(words: str) -> bool:
    head = head_of(words)
    if head.lower() in voices().pointing:
        return False
    return any(char.isupper() for char in words) and not (head[:1].islower() and head in voices().unnamed)


def head_of(name: str) -> str:
    """The word that a description turns on: the last before "of", "in", "who" and the like."""
    before: list[str] = []
    for word in WORD.findall(OUT_OF.sub("", name)):
        if before and word in CLOSING:
            break
        before.append(word)
    return before[-1] if before else ""


def is_own(voice: Voice, outlet: Voice) -> bool:
    """Whether a voice is the outlet's own correspondent, "Qinnasrin's correspondent", or the outlet: "the Mission"."""
    if voice.id is None and voice.named and _is_called(voice.name, outlet.name):
        return True
    words, head = set(WORD.findall(voice.name.lower())), head_of(voice.name).lower()
    if "our" in words and head in voices().media:
        return True  # "told our agency"
    if head not in voices().own:
        return False
    words -= voices().own
    return "our" in words or not words - OURS or bool(words & set(WORD.findall(outlet.name.lower())))


def _is_called(name: str, outlet: str) -> bool:
    """Whether a name is the word for what an outlet is: "the Mission" of the "UN Monitoring Mission in Ukraine".

    >>> _is_called("Mission", "UN Monitoring Mission in Ukraine"), _is_called("Post", "Kyiv Post")
    (True, False)
    """
    words = WORD.findall(name.casefold().removeprefix("the "))
    return len(words) == 1 and words[0] in voices().bodies and words[0] == head_of(outlet).casefold()


def same_voice(one: Voice, other: Voice) -> bool:
    """Whether two voices are one."""
    return voice_key(one) == voice_key(other)


def voice_key(voice: Voice) -> tuple[str, str]:
    """Equal for voices that are one: a person by name, others of one id, or, without ids, of one name.

    A commander who is named speaks for himself, with whatever rank and force; "Barada" is the Barada News Agency, and
    an armed group's own channel is that group.
    """
    name, comma, office = voice.name.partition(", ")
    if (comma and PERSON.fullmatch(name) and office[:1].islower()) or not voice.id:
        return "name", _core(name)
    return "id", spoken_for(voice.id) or voice.id


@lru_cache(maxsize=20_000)
def spoken_for(ident: str) -> str | None:
    """The actor of record whose own channel an outlet is, by its id.

    >>> spoken_for("amaq"), spoken_for("tass")
    ('islamic-state', None)
    """
    outlet = Outlets.installed().by_id(ident)
    return outlet.speaks_for if outlet else None


@lru_cache(maxsize=20_000)
def _core(name: str) -> str:
    """A name without the words that say that it is an outlet's; "the office in Kilis" is the Kilis office, and "the
    coalition's spokesman" the coalition spokesman."""
    plain = POSSESSIVE.sub("", CHANNEL.sub("", name.casefold()))
    thing, inside, where = plain.removeprefix("the ").partition(" in ")
    words = [*where.removeprefix("the ").split(), *thing.split()] if inside else thing.split()
    if not words:
        return name.casefold()
    kept = list(words)
    while len(kept) > 1 and kept[-1] in voices().media:
        kept.pop()
    return " ".join(kept if len(kept[0]) > LEAST_CORE else words)


def days_of(date: str) -> tuple[str | None, str | None]:
    """The first and last day of a date as readings have it.

    >>> days_of("2016-05-30/2016-06-08"), days_of("2016-02")
    (('2016-05-30', '2016-06-08'), ('2016-02-01', '2016-02-29'))
    """
    start, _, end = date.partition("/")
    return _edge(start, last=False), _edge(end or start, last=True)


def _edge(date: str, *, last: bool) -> str | None:
    import calendar

    year, month, day = ([*date.split("-"), "", ""])[:3]
    if not (year.isdigit() and len(year) == 4):
        return None
    month = month or ("12" if last else "01")
    if not month.isdigit() or not 1 <= int(month) <= 12:
        return None
    return f"{year}-{month}-{day or (calendar.monthrange(int(year), int(month))[1] if last else '01')}"


def sentence_around(text: str, span: Span) -> Span:
    """The sentence (by full stops and line ends) that holds a span, bounded in length."""
    starts = [
        at + len(mark) for mark in (". ", "! ", "? ", "\n", ".” ", '." ') if (at := text.rfind(mark, 0, span[0])) >= 0
    ]
    start = max([0, *starts, span[0] - LONGEST_WORDS // 2])
    found = re.search(r"[.!?][”\"’']?(?=\s|$)|\n", text[span[1] : span[1] + LONGEST_WORDS // 2])
    end = span[1] + (found.end() if found else min(LONGEST_WORDS // 2, len(text) - span[1]))
    return start, start + len(text[start:end].rstrip())
