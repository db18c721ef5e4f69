"""Words are equal whatever a source strips or sets."""

import pytest

from sayso.copies.fingerprints import digest_of_words, prepared
from sayso.copies.words import words_of


def words(text: str) -> list[str]:
    found = words_of(text)
    return [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Syria’s army", "SYRIAS ARMY"),
        ("10,000 men", "10000 men"),
        ("the U.S.-backed force", "the US backed force"),
        ("“Go,” he said", "Go he said"),
        ("Château de Côte", "chateau de cote"),
        ("قال إنَّ الجيشَ", "قال ان الجيش"),
        ("ещё один", "еще один"),
    ],
)
def test_words_are_equal_without_marks_case_and_accents(one: str, other: str) -> None:
    assert words_of(one).hashes.tolist() == words_of(other).hashes.tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Go. The end", ["Go", "The", "end"]),
        ("3.5 km, 10,000", ["3", "5", "km", "10,000"]),
        ("北京 2016年", ["北", "京", "2016", "年"]),
        ("  …  ", []),
        ("", []),
        ("\ud800 lone", ["lone"]),
    ],
)
def test_words_stand_where_the_text_has_them(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_texts_together_are_cut_as_one_by_one() -> None:
    texts = ["The bridge fell.", "", "Nobody knows why it fell since the conflict began, he said", "One"]
    for together, alone in zip(prepared(texts), (prepared([text])[0] for text in texts), strict=True):
        assert together.words.starts.tolist() == alone.words.starts.tolist()
        assert together.keys.tolist() == alone.keys.tolist()
        assert (together.fingerprints, together.cued) == (alone.fingerprints, alone.cued)


def test_fingerprints_are_the_same_on_every_machine() -> None:
    report = prepared(["The bridge at Qasrin fell on Monday, three residents said."])[0]
    assert digest_of_words(report.words) == 6081510957393911048
    assert report.fingerprints == (3081542425859615902, 3015454357756069684)


def test_eight_words_in_a_row_share_a_fingerprint() -> None:
    one = prepared(["nobody saw it but the bridge at Qasrin fell on Monday at noon"])[0]
    other = prepared(["we hear that the bridge at Qasrin fell on Monday because of rain"])[0]
    assert set(one.fingerprints) & set(other.fingerprints)


@pytest.mark.parametrize(
    "told", ["since the conflict in the east began", "since 2011", "Copyright 2016", "а с начала войны"]
)
def test_words_of_standing_phrases_are_pointed_at(told: str) -> None:
    text = f"Nobody was hurt. More {told} than before."
    (at,) = prepared([text])[0].cued[:1]
    assert text.index(told) <= at < text.index(" than")
