"""The packaged reader on whole reports: what must hold whatever it finds, and some things it must find."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import sayso
from sayso.engine.resolve import resolved
from sayso.reading.reader import default_model, read_report
from sayso.records import Problem, Report, SaysoError
from sayso.records.reading import Claim, Event, Reading
from sayso.records.span import Span

POOL = "examples/pool"
DENIAL = (
    "Army denies losing mill near Mare\n\n"
    "The Syrian army on Tuesday denied that Islamic State fighters had captured the mill of Zayt, north of Mare.\n\n"
    '"Our men hold the mill," Colonel Hatem Suri told state television. Residents said at least 12 people, among them '
    "three children, were killed on Monday when jets bombed the market of Mare."
)


def spans_of(record: Claim | Event) -> Iterator[Span]:
    if isinstance(record, Claim):
        yield from record.content
        yield from (span for span in (record.source, record.cue) if span)
    else:
        yield from (record.trigger, *record.actors, *record.targets)
        singles = (record.place, record.time, record.killed, record.wounded, record.weapon)
        yield from (span for span in singles if span)


def words_of(reading: Reading) -> tuple[list[object], list[object]]:
    """What was found, without offsets and with white space folded."""

    def quote(span: Span | None) -> str | None:
        return span and " ".join(reading.quote(span).split())

    claims = [
        (quote(c.source), quote(c.cue), [quote(s) for s in c.content], c.stance, c.within) for c in reading.claims
    ]
    events = [
        (e.type, quote(e.trigger), [quote(s) for s in e.actors], quote(e.place), e.status) for e in reading.events
    ]
    return [*claims], [*events]


@pytest.fixture(scope="module")
def pool() -> list[Reading]:
    found = list(sayso.read_all([POOL]))
    assert not [problem for problem in found if isinstance(problem, Problem)]
    return [reading for reading in found if isinstance(reading, Reading)]


def test_every_span_is_words_of_the_text(pool: list[Reading]) -> None:
    for reading in pool:
        text = reading.report.text
        for record in (*reading.claims, *reading.events):
            for start, end in spans_of(record):
                assert 0 <= start < end <= len(text)
                assert text[start:end].strip() == text[start:end]


def test_no_word_is_cut(pool: list[Reading]) -> None:
    for reading in pool:
        text = reading.report.text
        for record in (*reading.claims, *reading.events):
            for start, end in spans_of(record):
                assert not re.fullmatch(r"[a-z]{2}", text[max(start - 1, 0) : start + 1]), text[start - 9 : end]


def test_ids_are_in_order_and_every_reference_is_kept(pool: list[Reading]) -> None:
    for reading in pool:
        ids = [claim.id for claim in reading.claims]
        assert ids == [f"c{n}" for n in range(1, len(ids) + 1)]
        assert [event.id for event in reading.events] == [f"e{n}" for n in range(1, len(reading.events) + 1)]
        assert {claim.within for claim in reading.claims} <= {None, *ids}
        assert {event.claim for event in reading.events} <= {None, *ids}


def test_an_event_stands_in_the_claim_whose_content_holds_it(pool: list[Reading]) -> None:
    for reading in pool:
        claims = {claim.id: claim for claim in reading.claims}
        for event in reading.events:
            if event.claim:
                start, end = event.trigger
                assert any(a <= start and end <= b for a, b in claims[event.claim].content)


def test_nothing_is_its_own_claims_claim(pool: list[Reading]) -> None:
    for reading in pool:
        around = {claim.id: claim.within for claim in reading.claims}
        for ident in around:
            seen, at = set(), ident
            while at := around[at]:
                assert at not in seen
                seen.add(at)


def test_reading_again_reads_the_same(pool: list[Reading]) -> None:
    for reading in pool[:5]:
        assert resolved(read_report(reading.report)) == reading


def test_white_space_changes_nothing() -> None:
    loose = DENIAL.replace("Islamic State fighters", "Islamic  State\u00a0fighters").replace(
        " on Monday", "  on Monday"
    )
    assert words_of(read_report(Report(id="a", text=loose))) == words_of(read_report(Report(id="b", text=DENIAL)))


def test_a_denial_is_a_claim_that_denies_and_its_event_is_denied() -> None:
    reading = read_report(Report(id="a", text=DENIAL))
    denial = next(claim for claim in reading.claims if claim.cue and reading.quote(claim.cue) == "denied")
    assert denial.stance == "denies"
    assert denial.source_is == "Syrian army"
    capture = next(event for event in reading.events if reading.quote(event.trigger) == "captured")
    assert (capture.type, capture.status, capture.claim) == ("capture", "denied", denial.id)


def test_a_toll_stands_on_the_word_of_those_who_give_it() -> None:
    reading = read_report(Report(id="a", text=DENIAL))
    claims = {claim.id: claim for claim in reading.claims}
    tolls = [event for event in reading.events if event.killed_n]
    assert [event.killed_n for event in tolls] == [(12, None)]
    assert (claims[tolls[0].claim or ""].source_is or "").lower() == "residents"


def test_a_text_that_says_nothing_has_neither() -> None:
    for text in ("", "\n\n", "The tide tables for June are printed on page nine."):
        reading = read_report(Report(id="a", text=text))
        assert (reading.claims, reading.events) == ((), ())


def test_text_in_another_script_and_very_long_text_are_read_through() -> None:
    for text in ("انسحبت القوات من منبج. " * 40, "Колонна ушла из Ракки. " * 40, "x" * 100_000, "said " * 3_000):
        read_report(Report(id="a", text=text))


def test_one_place_must_hold_one_report() -> None:
    with pytest.raises(SaysoError, match="several reports"):
        sayso.read(f"{POOL}/furat-log.jsonl")
    with pytest.raises(SaysoError, match=r"none\.html"):
        sayso.read("none.html")


def test_a_toponym_is_a_whole_name() -> None:
    from sayso.reading.reader import _whole_names
    from sayso.reading.windows import words_of

    text = "They left al-Bab and Deir-ez-Zor for Mare."
    words = words_of(text, default_model().tokenizer)
    number = {text[a:b]: n for n, (a, b) in enumerate(words.spans.tolist())}
    runs = [(number["al"], number["Bab"]), (number["Bab"], number["Bab"] + 1), (number["Mare"], number["Mare"] + 1)]
    assert [text[a:b] for a, b in _whole_names(text, words, runs)] == ["al-Bab", "Mare"]


def test_no_casualties_are_none_killed_and_none_wounded() -> None:
    from sayso.reading.drafts import EventDraft
    from sayso.reading.reader import _counts

    text = "The blast caused no casualties. The raid left dozens of casualties."
    none, some = (text.index("no "), text.index(".")), (text.index("dozens"), len(text) - 1)
    drafts = [EventDraft("bombing", (4, 9), "happened", 0.9, {"killed": [s], "wounded": [s]}) for s in (none, some)]
    assert [_counts(text, draft) for draft in drafts] == [((0, 0), (0, 0)), (None, None)]
