"""The register of outlets: looked up by name, by address, or by the words of a sentence."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from importlib.resources import files

import msgspec

from sayso.outlets.hosts import host_of, suffixes
from sayso.outlets.names import Word, key, words_of
from sayso.outlets.outlet import Outlet
from sayso.outlets.words import Beside, Words, beside
from sayso.records.own import own_files
from sayso.records.resolved import Named

SHARED, AMBIGUOUS = 1, 2  # bits beside a name: as in Outlet
COMPILED = "compiled.json"  # of register/*.yaml and words.yaml, which are what is written; see compile.py
LONGEST_NAME = 10  # words; the longest name of the register has ten
LONGEST_PHRASE = 24  # words around a name that are looked through


class Index(msgspec.Struct, frozen=True):
    """Outlets with what they are looked up by: `names` -> places in `outlets` and bits, `hosts` -> place."""

    outlets: tuple[Outlet, ...]
    names: dict[str, list[tuple[int, int]]]
    hosts: dict[str, int]
    words: Words

    @classmethod
    def of(cls, outlets: Iterable[Outlet], words: Words) -> Index:
        """Of outlets that were checked."""
        index = cls(tuple(outlets), {}, {}, words)
        for place, outlet in enumerate(index.outlets):
            shared, ambiguous = ({key(name) for name in names} for names in (outlet.shared, outlet.ambiguous))
            for name in dict.fromkeys(map(key, (*outlet.all_names(), outlet.id))):
                bits = SHARED * (name in shared) | AMBIGUOUS * (name in ambiguous)
                index.names.setdefault(name, []).append((place, bits))
            index.hosts.update(dict.fromkeys(outlet.domains, place))
        return index


class Outlets:
    """A register of outlets. Looking up changes nothing and touches no file."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._by_id = {outlet.id: outlet for outlet in index.outlets}

    @classmethod
    @functools.cache
    def packaged(cls) -> Outlets:
        """The register that comes with sayso; read once."""
        data = files("sayso.outlets").joinpath(COMPILED).read_bytes()
        return cls(msgspec.json.decode(data, type=Index))

    @classmethod
    @functools.cache
    def installed(cls) -> Outlets:
        """That with the user's own outlets; read once. SaysoError if a file of them is wrong."""
        packaged = cls.packaged()
        if not (own := own_files("outlets")):
            return packaged
        from sayso.outlets.own import outlets_in  # what reads YAML is only for those who have some

        return packaged.and_also(outlets_in(own, packaged.words))

    def and_also(self, outlets: Iterable[Outlet]) -> Outlets:
        """With these outlets too; one of the same id takes the other's place."""
        return Outlets(Index.of({**self._by_id, **{o.id: o for o in outlets}}.values(), self._index.words))

    def all(self) -> tuple[Outlet, ...]:
        """Every outlet, in the order of the files."""
        return self._index.outlets

    @property
    def words(self) -> Words:
        """The words that stand beside names."""
        return self._index.words

    def by_id(self, outlet_id: str) -> Outlet | None:
        """The outlet of this id."""
        return self._by_id.get(outlet_id)

    def by_name(self, name: str, country: str | None = None) -> Outlet | None:
        """The outlet that a byline, a feed or a file calls so; `country` decides between those that share a name.

        >>> Outlets.packaged().by_name("dailysabah").name, Outlets.packaged().by_name("Al-Ayyam", country="YE").id
        ('Daily Sabah', 'al-ayyam-yemen')
        """
        found = self._choose(self.called(name), None, country)
        if found is None and "." in name and " " not in name.strip():
            found = self.by_url(name)
        return found or self.name_in(name, country)

    def called(self, name: str) -> list[tuple[Outlet, int]]:
        """All outlets that bear this name, each with the bits SHARED and AMBIGUOUS."""
        return self._at(key(name))

    def by_url(self, url: str) -> Outlet | None:
        """The outlet whose host this is, or is under: the longest domain on record. Nothing but the host counts.

        >>> Outlets.packaged().by_url("https://english.ahram.org.eg/News/1.aspx").name
        'Ahram Online'
        """
        host = host_of(url)
        for domain in suffixes(host) if host else ():
            if domain in self._index.hosts:
                return self._index.outlets[self._index.hosts[domain]]
        return None

    def name_in(self, words: str, country: str | None = None) -> Outlet | None:
        """The outlet that a phrase of a sentence means; `country`: where the text is about, if that is known.

        >>> Outlets.packaged().name_in("Russia's state-run TASS news agency").id
        'tass'
        >>> Outlets.packaged().name_in("state television", country="SY").name
        'Syrian TV'
        """
        found = self.named_in(words, country)
        return self._by_id[found.id] if found else None

    def named_in(self, words: str, country: str | None = None) -> Named | None:
        """The same with the reason, as the record that travels with a reading."""
        phrase = words_of(words)
        if not 0 < len(phrase) <= LONGEST_PHRASE:
            return None
        generic = beside(phrase, self.words) is not None
        for start, end in _windows(len(phrase)):
            candidates = self._at_window(phrase[start:end])
            rest = [*phrase[:start], *phrase[end:]]
            told = self._told(rest, candidates) if candidates else None
            if told is None:
                continue
            meant = [(o, bits) for o, bits in candidates if _is_name(phrase[start:end], rest, bits, told, generic)]
            found = self._choose(meant, told.country, country)
            if found is not None:
                return found.named(f'"{words.strip()}": {_reason(found, meant, told.country or country)}')
        return self._state_media(words, phrase, country)

    def _at(self, name: str) -> list[tuple[Outlet, int]]:
        return [(self._index.outlets[place], bits) for place, bits in self._index.names.get(name, ())]

    def _at_window(self, window: Sequence[Word]) -> list[tuple[Outlet, int]]:
        name = "".join([word.key for word in window])
        return self._at(name) or (self._at(name[:-1]) if window[-1].owns else [])

    def _told(self, rest: list[Word], candidates: list[tuple[Outlet, int]]) -> Beside | None:
        """What the words beside the name tell. Another name of the same outlet is passed over: "SANA (Syrian ...)"."""
        told = beside(rest, self.words)
        if told is not None or len(candidates) > 1:
            return told
        for start, end in _windows(len(rest)):
            if candidates[0][0] in (outlet for outlet, _ in self._at_window(rest[start:end])):
                return beside([*rest[:start], *rest[end:]], self.words)
        return None

    def _choose(self, meant: list[tuple[Outlet, int]], said: str | None, supposed: str | None) -> Outlet | None:
        """One of the outlets of a name, or none if the country, `said` or `supposed`, does not tell which."""
        country = said or supposed
        of_country = [outlet for outlet, _ in meant if country and outlet.is_of(country)]
        if len(of_country) == 1:
            return of_country[0]
        unshared = [outlet for outlet, bits in meant if not bits & SHARED]
        return unshared[0] if len(unshared) == 1 and not said else None

    def _state_media(self, words: str, phrase: list[Word], country: str | None) -> Named | None:
        """ "Syrian state television": the medium of a state, where the state is plain and has one such."""
        told = beside(phrase, self.words)
        if told is None or not told.medium or not told.state or told.staff:
            return None
        where = told.country or country
        found = [o for o in self._index.outlets if o.country == where and told.medium in o.state_media]
        return found[0].named(f'"{words.strip()}": {told.medium} of the state, {where}') if len(found) == 1 else None


def _windows(length: int) -> list[tuple[int, int]]:
    """Starts and ends of all runs of words, the longest first."""
    return [
        (start, start + size)
        for size in range(min(length, LONGEST_NAME), 0, -1)
        for start in range(length - size + 1)
    ]  # fmt: skip


def _is_name(window: Sequence[Word], rest: Sequence[Word], bits: int, told: Beside, generic: bool) -> bool:
    """Whether these words are meant as a name: written with a capital, or beside a word like "news agency".

    One that is ambiguous needs both. Where all words could be said of anybody ("the news agency", "THE STATE
    NEWSPAPER"), its capitals tell only if what stands beside it has none.
    """
    capital = any(word.capital for word in window if word.key != "the")
    if not bits & AMBIGUOUS:
        return capital or told.medium is not None
    stands_out = not generic or any(not word.capital for word in rest if word.key != "the")
    return capital and stands_out and (told.medium is not None or told.staff)


def _reason(outlet: Outlet, meant: list[tuple[Outlet, int]], country: str | None) -> str:
    if len(meant) == 1 and not meant[0][1] & SHARED:
        return f"a name of {outlet.name}"
    if country and outlet.is_of(country):
        return f"a name that several outlets have; that of {country} is meant"
    return f"a name that several outlets have; without a country {outlet.name} is meant"
