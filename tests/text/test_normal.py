from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.normal import composed, limit_marks, normalise


def test_urdu_gets_its_own_letters() -> None:
    assert normalise("كراچي كى همارا", "ur") == "کراچی کی ہمارا"
    assert normalise("كراچي", "ur-PK") == "کراچی"


@pytest.mark.parametrize("text", ["ڪراچي ۾ ماڻهو", "کير ۽ ڪير", "هي ڪتاب"])
def test_sindhi_letters_are_never_mapped(text: str) -> None:
    assert normalise(text, "sd") == text


def test_presentation_forms_become_letters_and_signs_stay() -> None:
    assert normalise("ﭘﺎﮐﺴﺘﺎﻥ", "ur") == "پاکستان"
    assert normalise("محمد ﷺ اور ﷲ ﷽ ﷼", "ur") == "محمد ﷺ اور ﷲ ﷽ ﷼"
    assert normalise("ﻻ", "sd") == "لا"


def test_a_presentation_form_of_a_mark_is_the_mark() -> None:
    assert normalise("بﹶﹷ", "ur") == "ب\u064e\u064e"


def test_controls_are_dropped_and_spelling_stays() -> None:
    noisy = "\ufeffa\u202eb\u2066c\u2069d\xade\x00f\x1bg\x85h\ufffe"
    assert normalise(noisy, "en") == "abcdefgh"
    kept = "خوش\u200cآمدید \u200d \u200f\n\tx"
    assert normalise(kept, "ur") == kept


def test_lines_end_in_a_newline() -> None:
    assert normalise("one\r\ntwo\rthree\n", "en") == "one\ntwo\nthree\n"


def test_a_lone_surrogate_is_marked_as_lost() -> None:
    assert normalise("a\ud800b", "en") == "a\ufffdb"


def test_a_content_credential_keeps_its_opening_mark() -> None:
    wrapper = "\ufeff\ufe00\ufe01"
    assert normalise("text" + wrapper, "en") == "text" + wrapper


def test_hamza_is_composed_before_letters_are_mapped() -> None:
    assert normalise("گي\u0654", "ur") == "گئ"
    assert normalise("جذبه\u0654", "ur") == "جذبۂ"


def test_stacked_marks_are_capped_at_eight() -> None:
    assert limit_marks("a" + "\u0301" * 5000 + "b") == "a" + "\u0301" * 8 + "b"
    assert limit_marks("مُشَرِّف") == "مُشَرِّف"


@given(st.text(), st.sampled_from(["en", "ur", "sd"]))
def test_normalising_twice_is_normalising_once(text: str, language: str) -> None:
    once = normalise(text, language)
    assert normalise(once, language) == once
    assert unicodedata.is_normalized("NFC", once)


def test_marks_beyond_any_spelling_are_cut_before_they_are_sorted() -> None:
    assert composed("a" + "\u0301\u0316" * 500) == composed("a" + "\u0301\u0316" * 15)
    assert composed("\u0938" + "\u093c\u0952" * 15) == "\u0938" + "\u093c" * 15 + "\u0952" * 15
    assert composed("\U0001f600" * 100 + "e\u0301") == "\U0001f600" * 100 + "é"


def test_a_control_in_a_text_changes_nothing_else_about_it() -> None:
    """Text without marks and controls is stored by a short way, which leads to the same place."""
    for code in range(0x20, 0x3000):
        text = f"ا{chr(code)}ي"
        assert normalise(text, "ur") == normalise(f"{text}\xad", "ur"), f"U+{code:04X}"
