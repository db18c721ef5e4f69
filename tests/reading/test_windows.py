"""Texts cut into words, sentences and windows."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

import sayso.reading
from sayso.reading.windows import MAX_PIECES, quoted_spans, sentences_of, windows_of, words_of

TOKENIZER = Tokenizer.from_file(str(Path(sayso.reading.__path__[0]) / "model/tokenizer.json"))
TOKENIZER.no_truncation()
TOKENIZER.no_padding()


def test_titles_and_abbreviations_end_no_sentence() -> None:
    text = "Gen. Salim Idris spoke to the U.S. envoy on Jan. 5. He left.\n\nNobody answered"
    assert [text[a:b].strip() for a, b in sentences_of(text)] == [
        "Gen. Salim Idris spoke to the U.S. envoy on Jan. 5.",
        "He left.",
        "Nobody answered",
    ]


def test_other_scripts_have_sentences_too() -> None:
    text = "Колонна ушла. Город пуст.\nانسحبت القوات من منبج."
    assert [text[a:b].strip() for a, b in sentences_of(text)] == [
        "Колонна ушла.",
        "Город пуст.",
        "انسحبت القوات من منبج.",
    ]


def test_a_quotation_mark_without_a_partner_quotes_nothing_beyond_its_paragraph() -> None:
    text = 'He said "we hold the bridge.\n\nThe next day "all was quiet" there.'
    assert [text[a:b] for a, b in quoted_spans(text)] == ["all was quiet"]


def test_words_are_letters_digits_or_one_mark() -> None:
    text = "Kurdish-held Kobanî: 1,200 fled."
    words = words_of(text, TOKENIZER)
    assert [text[a:b] for a, b in words.spans.tolist()] == [
        "Kurdish", "-", "held", "Kobanî", ":", "1", ",", "200", "fled", ".",
    ]  # fmt: skip


SENTENCE = st.lists(
    st.sampled_from(["Fighters", "took", "Manbij", "said", "the", "army", "منبج", "Ракка", "20"]), min_size=1
)
TEXTS = st.lists(SENTENCE.map(lambda words: " ".join(words) + "."), min_size=1, max_size=60).map(" ".join)


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_every_word_is_at_home_in_exactly_one_window(text: str) -> None:
    words = words_of(text, TOKENIZER)
    windows = windows_of(words)
    assert windows[0].home_start == 0
    assert windows[-1].home_end == len(words.spans)
    assert all(a.home_end == b.home_start for a, b in pairwise(windows))
    for window in windows:
        assert window.start <= window.home_start < window.home_end <= window.end
        assert words.first[window.end] - words.first[window.start] <= MAX_PIECES


def test_a_sentence_without_end_is_cut() -> None:
    words = words_of("shells fell " * 900, TOKENIZER)
    assert len(windows_of(words)) > 4


@pytest.mark.parametrize("text", ["", " \n\n ", "\u200e"])
def test_a_text_without_words_has_no_window(text: str) -> None:
    assert windows_of(words_of(text, TOKENIZER)) == []
