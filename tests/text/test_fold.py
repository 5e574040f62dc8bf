from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.fold import fold

SPELLINGS = [
    ("Farsi and Arabic yeh", "کراچی", "کراچي"),
    ("alef maksura", "کراچی", "کراچى"),
    ("Arabic kaf", "کتاب", "كتاب"),
    ("swash kaf", "ڪتاب", "کتاب"),
    ("Arabic heh", "ہمارا", "همارا"),
    ("two-eyed heh", "ہمارا", "ھمارا"),
    ("teh marbuta", "سورة", "سورہ"),
    ("harakat", "مُشرِّف", "مشرف"),
    ("tatweel", "پاکـــستان", "پاکستان"),
    ("ZWNJ", "خوش\u200cآمدید", "خوشآمدید"),
    ("Extended digits", "۲۰۲۳", "2023"),
    ("Arabic-Indic digits", "٢٠٢٣", "2023"),
    ("hamza on waw", "مؤثر", "موثر"),
    ("composed and decomposed", "آزادی", "ا\u0653زادی"),
    ("presentation forms", "ﭘﺎﮐﺴﺘﺎﻥ", "پاکستان"),
    ("alef madda", "آزادی", "ازادی"),
    ("hamza on alef", "جرأت", "جرات"),
    ("alef wasla", "ٱللہ", "اللہ"),
    ("word ligature", "ﷲ", "اللہ"),
    ("three ways to write ئے", "لئے", "لۓ"),
    ("yeh for hamza", "لئے", "لیے"),
    ("izafat on heh", "جذبۂ", "جذبہ"),
    ("lone hamza", "علماء", "علما"),
    ("year mark", "2023ء", "2023"),
    ("Sindhi July", "جولاءِ", "جولا"),
    ("Sindhi heh", "سنڌ ۾ ماڻھو", "سنڌ ۾ ماڻهو"),
    ("Latin case and diacritics", "Château", "CHATEAU"),
    ("Latin letters with a stroke", "Łódź Ærø", "lodz aero"),
    ("English punctuation", "“MQM-P’s”  workers…", "mqm p s workers"),
    ("Urdu punctuation", "کراچی،لاہور۔", "کراچی لاہور"),
    ("full width", "ＭＱＭ", "mqm"),
]


@pytest.mark.parametrize(("one", "other"), [pair[1:] for pair in SPELLINGS])
def test_two_spellings_of_a_word_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("بابا", "پاپا"),
        ("تار", "ٹار"),
        ("دال", "ڈال"),
        ("سنڌ", "سند"),
        ("بیٹی", "بیٹے"),
        ("نون", "نوں"),
    ],
)
def test_different_words_keep_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_sindhi_sign_words_are_words() -> None:
    assert fold("ڪراچي۾ امن ۽ خوشي") == "کراچی ۾ امن ۽ خوشی"


def test_an_honorific_does_not_become_words_that_nobody_types() -> None:
    assert fold("حضرت محمد ﷺ") == fold("حضرت محمد")


def test_nothing_to_search_is_an_empty_key() -> None:
    assert fold(" \n—…۔!\u200c\u064e") == ""


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(min_codepoint=0x600, max_codepoint=0x6FF)))
def test_arabic_text_folds_to_a_fixed_point(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_normal_forms_share_a_key(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


def test_no_code_point_leaves_a_mark_or_a_control_in_the_key() -> None:
    key = fold(" ".join(map(chr, range(0x20, 0x30000))))
    kinds = {unicodedata.category(character) for character in key.replace(" ", "")}
    assert kinds <= {"Ll", "Lo", "Lm", "Nd", "Nl", "No", "Mc", "So", "Lu", "Lt"}
    assert {c for c in key if unicodedata.category(c) == "So"} == {"۽", "۾"}
    assert fold(key) == key


def test_ascii_folds_alike_beside_a_letter_of_another_script() -> None:
    for character in map(chr, range(128)):
        text = f"Ab{character}C 1"
        assert fold(text) == fold(f"{text} ک").removesuffix(" ک"), ascii(character)
