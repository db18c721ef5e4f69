"""The mapping covers every type, and says nothing that the codebooks do not say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sayso.codebooks.compile import HERE, compiled, table
from sayso.codebooks.mapping import COMPILED, Case, Mapping, Vocabulary, When
from sayso.records.vocabulary import EVENT_TYPES, STATUSES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/codebooks.md").read_text(encoding="utf-8")


def test_what_is_packed_is_what_is_written() -> None:
    assert compiled() == (HERE / COMPILED).read_bytes(), "run python -m sayso.codebooks.compile"


def test_the_table_in_the_documentation_is_that_of_the_mapping() -> None:
    assert table(Mapping.packaged()) in PAGE


def test_the_vocabularies_have_the_size_that_the_codebooks_say() -> None:
    vocabulary = Vocabulary.packaged()
    assert (len(vocabulary.acled), sum(map(len, vocabulary.acled.values()))) == (6, 25)
    assert len(vocabulary.plover) == 16
    assert list(vocabulary.ucdp) == ["1", "2", "3"]


def test_every_type_is_mapped_and_every_code_is_the_codebooks_own() -> None:
    mapping, vocabulary = Mapping.packaged(), Vocabulary.packaged()
    assert set(mapping.events) == set(EVENT_TYPES)
    sub_event_types = {sub for subs in vocabulary.acled.values() for sub in subs}
    for rules in mapping.events.values():
        assert {case.code for case in rules.acled} - {None} <= sub_event_types
        assert {case.code for case in rules.modes} - {None} <= set(vocabulary.plover.get(rules.plover or "", ()))
        assert rules.plover is None or rules.plover in vocabulary.plover


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_the_last_case_has_no_condition_and_no_code_goes_without_saying_why(event_type: str) -> None:
    rules = {str(name): rules for name, rules in Mapping.packaged().events.items()}[event_type]
    for cases in (rules.acled, rules.modes):
        assert cases[-1].when == When() and not cases[-1].cause
        assert all(case.when != When() or case.cause for case in cases[:-1])
    assert all(case.why for case in rules.acled if case.code is None)


def test_conditions_name_groups_words_and_statuses_that_there_are() -> None:
    mapping = Mapping.packaged()
    cases: list[Case] = [case for rules in mapping.events.values() for case in (*rules.acled, *rules.modes)]
    for when in (case.when for case in cases):
        groups = {when.actors, when.targets, when.targets_only, when.beside.actors if when.beside else None}
        assert groups - {None} <= set(mapping.groups)
        assert {when.words, when.actor_words} - {None} <= set(mapping.words)
    assert set(mapping.not_coded) <= set(STATUSES)


def test_every_kind_of_actor_is_of_a_group_but_who_is_not_identified() -> None:
    kinds = (ROOT / "src/sayso/actors/register/kinds.yaml").read_text(encoding="utf-8")
    named = set(re.findall(r"^  ([a-z ]+): \{inter", kinds, re.M))
    assert len(named) > 10
    assert named - set().union(*Mapping.packaged().groups.values()) == {"unidentified"}
