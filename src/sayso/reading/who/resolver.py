"""Who is who inside one report: pronouns, short names, acronyms, titles and descriptions -> the fullest name it gives.

Nothing is known here but the report's own words: what a name stands for in the world is for the registers of actors.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from sayso.reading.turns import is_letter_only, turns
from sayso.reading.who.acronyms import acronyms
from sayso.reading.who.fits import fits, longer
from sayso.reading.who.index import BESIDE, Index
from sayso.reading.who.mentions import PEOPLE, STATE, Mention
from sayso.reading.who.nouns import table
from sayso.reading.who.words import CLAUSE
from sayso.reading.windows import quoted_spans
from sayso.records.span import Span

LOOK_BACK = 60  # mentions looked at before one; further off, nobody is meant by "he"
NEAR_SPEAKER = 120  # characters between a quotation and the source that says "I" in it
TOGETHER_AT_MOST = 3  # sources in one phrase
WHY_AT_MOST = 300  # characters of a reason: chains of pronouns would make it long
FORCES = frozenset({"force", "fighter"})  # an officer's are those of the body that he speaks for
TELLS_ONLY = frozenset({"outlet", "monitor"})  # kinds of those who act in no war
MEN = "men"  # an officer's are these too
SPEAKS = frozenset({"document"})  # a statement is its issuer's word
ARMED = frozenset({"group", "fighter"})  # apart from these


class Known(msgspec.Struct, frozen=True, gc=False):
    """A mention with its place, and who it turned out to be: `who` is the mention that gave `name`."""

    span: Span
    name: str
    who: Mention
    why: str


class Who:
    """Who the mentions of one text are. `sources`: spans of the sources of claims; `parties`: of actors and targets,
    each with the source of the claim that tells of it; `places`: of what names places; in any order. Spans are
    half-open code points into `text`."""

    def __init__(
        self, text: str, sources: Sequence[Span], parties: Mapping[Span, Span | None], places: Sequence[Span] = ()
    ) -> None:
        self._text = text
        self._told_by = parties
        self._sources = sorted(set(sources))
        self._is_source = frozenset(sources)
        self._turns = turns(text)
        self._letters = {t.label for t in self._turns if not t.asks and is_letter_only(text[slice(*t.label)])}
        self._quotes = quoted_spans(text) + [turn.said for turn in self._turns]
        self._index = Index(text, self._is_source | set(parties), sorted(set(places)))
        self._read, self._order = self._index.read, self._index.order
        self._acronyms = dict(acronyms(text, self._index.capitals))
        self._known: dict[Span, Known] = {}
        self._line: list[Known] = []  # in the order of the text, as far as it has been read
        for span in self._order:
            known = self._known[span] = self._answer(span, self._read[span])
            self._line.append(known)

    def name(self, span: Span) -> str:
        """The fullest name in the text of who stands at `span`; its plain description if no name is given."""
        return self._at(span).name

    def why(self, span: Span) -> str:
        """The rule that gave the name, and the words it rests on."""
        return self._at(span).why

    def _at(self, span: Span) -> Known:
        return self._known.get(span) or self._answer(span, self._index.mention(span))

    def _answer(self, span: Span, mention: Mention) -> Known:
        if span in self._letters:
            return self._interviewed(span) or Known(span, self._text[slice(*span)], mention, "as written")
        if mention.form == "pronoun":
            return self._pronoun(span, mention, span)
        if mention.owner:
            return self._owned(span, mention)
        if found := self._expanded(span, mention):
            return found
        for find in (self._fuller, self._office, self._described):
            found = find(span, mention)
            if found and found.name.lower() != mention.name.lower():
                return found
        return Known(span, mention.name, mention, "as written")

    def _same(self, span: Span, other: Known, rule: str) -> Known:
        quote = self._text[other.span[0] : other.span[1]]
        why = f'{rule}: "{quote}" at {other.span[0]}' + ("" if other.why == "as written" else f"; {other.why}")
        return Known(span, other.name, other.who, why[:WHY_AT_MOST])

    def _before(self, span: Span) -> Iterator[Known]:
        """What was mentioned before a place, the nearest first."""
        at = bisect_left(self._order, span)
        for known in reversed(self._line[max(0, at - LOOK_BACK) : at]):
            if known.span[1] <= span[0]:
                yield known

    def _expanded(self, span: Span, mention: Mention) -> Known | None:
        """What the report writes out for an acronym, alone or within the mention."""
        name = mention.name
        if mention.form == "name" and len(mention.words) == 1:
            plain = name.replace(".", "")
            known = self._index.initials.get(plain.lower()) if plain.isupper() and len(plain) > 1 else None
            if full := self._acronyms.get(mention.words[0]) or known:
                return Known(span, full, mention, f'"{full}" is what the report writes out for "{name}"')
        if not self._acronyms.keys() & set(mention.words):
            return None
        short = next(w for w in mention.words if w in self._acronyms)
        full = self._acronyms[short]
        if set(full.lower().split()) <= set(mention.words):
            return None
        words = [full if w.replace(".", "").lower() == short else w for w in name.split()]
        return Known(span, " ".join(words), mention, f'"{full}" is what the report writes out for "{short}"')

    def _pronoun(self, span: Span, mention: Mention, party: Span) -> Known:
        """Whom a pronoun at `span` means, in the words for a party: "it", or "its forces"."""
        if mention.kind == "speaker":
            if speaker := self._speaker(span):
                return self._same(span, speaker, "the speaker of the quotation")
            return Known(span, mention.name, mention, "who tells the report")
        if mention.kind == "hearer":
            if asked := self._asked(span):
                return self._same(span, asked, "who is asked")
            return Known(span, mention.name, mention, "as written")
        if mention.kind == "body" and (body := self._spoken_for(party)):
            return Known(span, body, self._index.read_words(body), f'"{mention.name}" is whom its source speaks for')
        if found := self._antecedent(span, mention):
            return self._same(span, found, f'the nearest before it that "{mention.name}" can stand for')
        return Known(span, mention.name, mention, "nobody before it that it can stand for")

    def _spoken_for(self, party: Span) -> str:
        """The body whose officer tells of a party: "the junta's spokesman said that it had won"."""
        source = self._told_by.get(party)
        if source is None or source[1] > party[0] or "." in self._text[source[1] : party[0]]:
            return ""
        known = self._known.get(source)
        return known.who.body if known else ""

    def _speaker(self, span: Span) -> Known | None:
        """Who speaks the quotation that a place stands in: the nearest source outside it, else the last one."""
        holding = [q for q in self._quotes if q[0] <= span[0] < q[1]]
        if any(turn.asks and turn.said in holding for turn in self._turns):
            return None  # the outlet asks
        around = min(holding, key=lambda q: q[1] - q[0], default=None)
        if around:
            start, end = around
            at = bisect_left(self._sources, (start, 0))
            after = bisect_left(self._sources, (end, 0))
            beside = self._sources[max(0, at - 1) : at] + self._sources[after : after + 1]
            for gap, source in sorted((max(s[0] - end, start - s[1]), s) for s in beside):
                between = self._text[min(source[1], end) : max(source[0], start)]
                if gap < NEAR_SPEAKER and "\n" not in between and source != span:
                    return self._known.get(source) or self._ahead(source, span)
        for known in self._before(span):
            if known.span in self._is_source and known.who.form != "pronoun":
                return known
        return None

    def _asked(self, span: Span) -> Known | None:
        """Who answers the question that a place stands in."""
        at = next((n for n, turn in enumerate(self._turns) if turn.said[0] <= span[0] < turn.said[1]), None)
        if at is None or not self._turns[at].asks:
            return None
        label = next(turn.label for turn in (*self._turns[at:], *reversed(self._turns[:at])) if not turn.asks)
        return self._known.get(label) or self._answer(label, self._read.get(label) or self._index.mention(label))

    def _interviewed(self, span: Span) -> Known | None:
        """Who answers under the label "A": the person whom the words before the exchange name most, or first."""
        first = self._turns[0].label[0]
        before = [s for s in self._order if s[1] <= first and self._read[s].form == "name" and self._read[s].person]
        counts = Counter(self._read[s].words[-1] for s in before)
        best = max(before, key=lambda s: (counts[self._read[s].words[-1]], -s[0]), default=None)
        return self._same(span, self._plainly(best), "who is interviewed") if best else None

    def _ahead(self, source: Span, span: Span) -> Known | None:
        """A source further on, whom a quotation is by; a pronoun there looks back from the quotation."""
        mention = self._read[source]
        if mention.form == "pronoun":
            return self._antecedent(span, mention) if mention.kind != "speaker" else None
        return self._fuller(source, mention) or Known(source, mention.name, mention, "as written")

    def _antecedent(self, span: Span, mention: Mention) -> Known | None:
        """The nearest mention before that fits; for one who speaks, a speaker before all others."""
        best: dict[int, Known] = {}
        speaks = span in self._is_source
        for known in self._before(span):
            who = known.who
            if who.form == "pronoun" or (mention.gender and who.gender not in ("", mention.gender)):
                continue
            if mention.kind == "body" and who.kind in TELLS_ONLY and span in self._told_by:
                continue  # "state television said that it had hit a depot"
            fit = 4 * fits(mention.kind, who)
            if fit and known.span in self._index.given:
                fit += 2 + (speaks and known.span in self._is_source)
            best.setdefault(fit, known)
        best.pop(0, None)
        return best[max(best)] if best else None

    def _owned(self, span: Span, mention: Mention) -> Known:
        """ "his bodyguards", "the mayor's office": the owner's name before the thing; a statement is its owner's."""
        kind = table().pronouns.get(mention.owner)
        own = kind == "speaker" and not table().sets["own"].isdisjoint(mention.name.lower().split())
        if own and not any(start <= span[0] < end for start, end in self._quotes):
            return Known(span, f"{mention.owner} {mention.name}", mention, "the outlet's own")
        if kind is None:
            owner = self._index.read_words(mention.owner)
            found = self._answer(span, owner)
        else:
            gender = table().genders.get(mention.owner, "")
            pronoun = Mention("pronoun", mention.owner, (), "", kind=kind, gender=gender)
            found = self._pronoun((span[0], span[0]), pronoun, span)
        if found.who.form == "pronoun":
            return Known(span, mention.name, mention, "as written")
        if mention.kind in SPEAKS:
            return Known(span, found.name, found.who, f'the "{mention.name}" of "{found.name}"')
        whose = found.who.body if found.who.body and (mention.kind in FORCES or mention.name == MEN) else found.name
        ending = "’" if found.who.plural and whose.endswith("s") else "’s"
        return Known(span, f"{whose}{ending} {mention.name}", mention, f'"{mention.owner}" is "{found.name}"')

    def _fuller(self, span: Span, mention: Mention) -> Known | None:
        """A longer name, before or after, that holds all words of this one and turns on the same word."""
        if not mention.words or mention.opens not in ("", "the"):
            return None
        if mention.form == "description" and mention.kind in PEOPLE and not mention.opens:
            return None
        best: tuple[tuple[int, int, int], Span] | None = None
        for other in self._index.near(
            mention.words[-1] if mention.words[-1] in self._index.by_word else mention.head, span
        ):
            it = self._read[other]
            if other == span or not longer(it, mention) or self._tells_itself(span, mention, it):
                continue
            away = span[0] - other[0]
            if away < 0 and it.form != "name":
                continue
            rank = (0 if it.form == "name" else 1, 0 if away > 0 else 1, abs(away) if mention.noun else -len(it.words))
            if best is None or rank < best[0]:
                best = rank, other
        return self._same(span, self._plainly(best[1]), "the fuller name") if best else None

    def _plainly(self, span: Span) -> Known:
        """Who a mention is; if it stands further on, by what it says itself."""
        mention = self._read[span]
        known = self._known.get(span) or self._expanded(span, mention)
        return known or Known(span, mention.name, mention, "as written")

    def _office(self, span: Span, mention: Mention) -> Known | None:
        """ "the foreign secretary": who is said to be that, before or after."""
        if mention.kind not in ("office", "rank", "reporter") or mention.plural or mention.opens not in ("", "the"):
            return None
        holders = [
            s for s in self._index.near(mention.noun, span) if self._read[s].form == "name" and self._read[s].person
        ]
        ranked = sorted(holders, key=lambda s: (s > span, abs(s[0] - span[0])))
        for other in ranked:
            it = self._read[other]
            if set(mention.words) <= {*it.called, *it.words, it.noun}:
                return self._same(span, self._plainly(other), f'called "{mention.noun}"')
        one = len({self._read[s].words[-1] for s in holders}) == 1
        if one and not any(map(table().demonym, mention.words)) and not _of_others(mention, self._read[ranked[0]]):
            return self._same(span, self._plainly(ranked[0]), f'the only "{mention.noun}"')
        return None

    def _described(self, span: Span, mention: Mention) -> Known | None:
        """ "the group", "the minister", "a monitor" in a headline: who of that kind was named."""
        if not mention.bare or not mention.noun:
            return None
        if mention.kind == "monitor" or (mention.noun == "group" and "monitoring" in mention.words):
            named = [s for s in self._order if self._read[s].form == "name" and self._read[s].kind == "monitor"]
            if (other := max(named, key=lambda s: len(self._read[s].words), default=None)) is not None:
                return self._same(span, self._plainly(other), "the monitor named")
        if mention.opens != "the" and (mention.opens or mention.plural or mention.kind in PEOPLE):
            return None
        if mention.kind in SPEAKS:
            return self._issuer(span, mention) if mention.opens == "the" else None
        found = self._of_kind(span, mention)
        return self._same(span, found, f'the last that "{mention.noun}" can mean') if found else None

    def _issuer(self, span: Span, mention: Mention) -> Known | None:
        """ "The statement": the last source that said something in a statement, or else the last that has a name."""
        sources = [k for k in self._before(span) if k.span in self._is_source and k.who.kind not in SPEAKS]
        for known in sources:
            if known.who.form != "pronoun" and mention.noun in self._said_after(known.span):
                return self._same(span, known, f'the last to speak in a "{mention.noun}"')
        named = next((known for known in sources if known.who.form == "name"), None)
        return self._same(span, named, "the source before") if named else None

    def _said_after(self, span: Span) -> list[str]:
        """The words between a mention and the clause's end, in lower case."""
        return CLAUSE.split(self._text[span[1] : span[1] + BESIDE], maxsplit=1)[0].lower().split()

    def _of_kind(self, span: Span, mention: Mention) -> Known | None:
        several_people = mention.plural and mention.kind in PEOPLE
        covers = frozenset() if several_people else table().covers.get(mention.noun, frozenset())
        plural = mention.plural and mention.kind != "fighter"  # "the militants" are the group that they fight for
        second: Known | None = None
        for known in self._before(span):
            who = known.who
            if who.form == "pronoun" or who.plural != plural:
                continue
            if mention.gender and who.gender not in ("", mention.gender):
                continue
            if _elsewhere(mention, who) or _of_others(mention, who) or self._tells_itself(span, mention, who):
                continue
            if who.person and mention.kind and mention.kind not in PEOPLE:
                continue  # "the coalition" is not "coalition spokesman Ryan Lee"
            if mention.noun == who.noun or mention.noun in who.called:
                return known
            if second is None and who.kind in covers and who.form == "name" and known.span in self._index.given:
                second = known
        return second

    def _tells_itself(self, span: Span, mention: Mention, who: Mention) -> bool:
        """Whether somebody would speak of himself as of somebody else.

        Not "the army shelled us, the Lake Liberation Army said"; but "the army won, the Lakeland army said".
        """
        source = self._told_by.get(span)
        if source is None or mention.form != "description":
            return False
        more = set(who.words).difference(mention.words)
        if all(map(table().demonym, more)):
            return False
        at = bisect_left(self._sources, (source[0], 0))
        tellers = [s for s in self._sources[at : at + TOGETHER_AT_MOST] if s[1] <= source[1]]
        return any(who.words == self._teller(teller, span).words for teller in tellers)

    def _teller(self, source: Span, span: Span) -> Mention:
        """Who a source is, as far as it can be known before the mentions up to it have been read."""
        known = self._known.get(source) or (None if source in self._told_by else self._ahead(source, span))
        return known.who if known else self._read[source]


def _of_others(one: Mention, other: Mention) -> bool:
    """Whether two officials are said to be of other bodies: "the army's spokesman" is not the rebels'.

    An acronym alone may be the army's own: "IDF spokesman Daniel Hagari" is "the military spokesman".
    """
    whose = STATE.intersection(one.words)
    return bool(whose) and whose.isdisjoint(other.called) and any(table().kind(word) in ARMED for word in other.called)


def _elsewhere(one: Mention, other: Mention) -> bool:
    """Whether two mentions are said to be of different countries or creeds."""
    mine, others = ({w for w in (*m.words, *m.called) if table().demonym(w)} for m in (one, other))
    return bool(mine) and bool(others) and mine.isdisjoint(others)
