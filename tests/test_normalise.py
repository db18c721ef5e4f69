"""Bytes as they come in, and the text they were meant to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.pages.normalise import decode, mend_mojibake, normalise, tidy, tidy_line

ARABIC = "تقدمت القوات نحو الجسر صباح الأربعاء، وقال شهود إن القصف توقف مع حلول المساء"
RUSSIAN = "Колонна подошла к мосту утром, сообщили жители, и обстрел прекратился к вечеру"


@pytest.mark.parametrize(
    ("data", "declared", "text", "charset"),
    [
        (b"\xef\xbb\xbfAl-Bab", None, "Al-Bab", "utf-8-sig"),
        ("\ufeffAl-Bab – الباب".encode("utf-16-le"), None, "Al-Bab – الباب", "utf-16"),
        ("the bridge was held".encode("utf-16-be"), None, "the bridge was held", "utf-16-be"),
        ("Çeviköz said".encode(), "iso-8859-1", "Çeviköz said", "utf-8"),  # declared wrongly
        ("Bürgermeister".encode("latin-1"), "ISO-8859-1", "Bürgermeister", "cp1252"),
        ("“No,” she said".encode("cp1252"), None, "“No,” she said", "cp1252"),
        (ARABIC.encode("cp1256"), None, ARABIC, "cp1256"),
        (ARABIC.encode("iso8859-6"), "iso-8859-6", ARABIC, "iso8859-6"),
        (RUSSIAN.encode("koi8-r"), "koi8-r", RUSSIAN, "koi8-r"),
        (RUSSIAN.encode("cp1251"), "no such charset", RUSSIAN, "cp1251"),
        (b"", None, "", "utf-8"),
    ],
)
def test_charsets(data: bytes, declared: str | None, text: str, charset: str) -> None:
    read = decode(data, declared)
    assert (read.text, read.charset) == (text, charset)


def test_what_was_guessed_or_declared_wrongly_is_told() -> None:
    assert decode("Çeviköz".encode(), "iso-8859-1").notes == ("Declared as iso-8859-1, but it is utf-8.",)
    assert decode(RUSSIAN.encode("cp1251")).notes == ("Read as cp1251, found from the bytes.",)
    assert decode(b"plain").notes == ()


def test_utf8_cut_in_the_middle_of_a_character_stays_utf8() -> None:
    cut = decode(ARABIC.encode()[:-1])
    assert cut.text == ARABIC[:-1] + "\ufffd"
    assert cut.notes == ("1 broken character in the utf-8 text.",)


def test_spaces_marks_and_line_ends() -> None:
    text, notes = tidy("\u200eThe\u00a0SDF\u2009 took  the vil\u00adlage\r\n\r\n\tand held it\u200b.\x00\u2028End")
    assert text == "The SDF took the village\n\nand held it.\nEnd"
    assert notes == (
        "2 odd spaces made a plain blank.",
        "3 soft hyphens or invisible marks taken out.",
        "1 control character taken out.",
    )


def test_joiners_stay_where_a_script_spells_with_them() -> None:
    assert tidy("می\u200cخواهم")[0] == "می\u200cخواهم"
    assert tidy("क्\u200dष")[0] == "क्\u200dष"
    assert tidy("ceasefire\u200c line\u200d")[0] == "ceasefire line"


@pytest.mark.parametrize(
    ("received", "meant"),
    [
        ("The mayor â€œdid not orderâ€\x9d the attack", "The mayor “did not order” the attack"),
        ("KahramanmaraÅŸ yolundan Ã§Ä±ktÄ±", "Kahramanmaraş yolundan çıktı"),
        ("“Déjà vu,” said Ünal", "“Déjà vu,” said Ünal"),
        ("Ð\u009cосква", "Москва"),
        (RUSSIAN, RUSSIAN),
        (ARABIC, ARABIC),
    ],
)
def test_mojibake_is_mended_only_where_it_plainly_is(received: str, meant: str) -> None:
    assert mend_mojibake(received) == meant


def test_a_letter_and_its_accent_become_one() -> None:
    assert tidy("re\u0301gime")[0] == "r\u00e9gime"


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "utf-16", "shift_jis", "hex", "idna", "\u2603"]))
def test_no_bytes_are_too_odd(data: bytes, declared: str | None) -> None:
    assert isinstance(normalise(data, declared).text, str)


@pytest.mark.parametrize("rest", ["", "س", "سا", "Raqqa", "ﷲ بتثجحخد"])
def test_a_loose_joiner_goes_whatever_else_the_text_has(rest: str) -> None:
    assert tidy(f"أس\u200c\n{rest}") == (f"أس\n{rest}", ("1 soft hyphen or invisible mark taken out.",))
    assert tidy(f"می\u200cروم {rest}".strip())[1] == ()  # Persian spells with it


@given(st.text("aZ9. \t\r\n\u00a0\u00ad\u200b\u200c\u202e\u2028\x00\x1f\u0301e—سأ", max_size=60))
def test_tidying_twice_changes_nothing_more_and_a_line_stays_a_line(text: str) -> None:
    once, _ = tidy(text)
    assert tidy(once) == (once, ())
    assert "\n" not in tidy_line(text)
