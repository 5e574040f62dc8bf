"""However a word is spelt, it is found: the same on every database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import WHEN, make_article
from tests.search.asking import ask, found, headlines, is_close

VARIANTS = [
    ("Farsi and Arabic yeh", "ur", "کراچی", "كراچي"),
    ("alef maksura", "ur", "کراچی", "کراچى"),
    ("Sindhi and Urdu kaf", "sd", "ڪراچي", "کراچی"),
    ("Arabic heh", "ur", "ہمارا", "همارا"),
    ("two-eyed heh", "ur", "ہمارا", "ھمارا"),
    ("Sindhi heh", "sd", "ماڻهو", "ماڻھو"),
    ("hamza seat", "ur", "مؤثر", "موثر"),
    ("lone hamza", "ur", "علماء", "علما"),
    ("hamza for yeh", "ur", "لئے", "لیے"),
    ("vowel marks", "ur", "مشرف", "مُشرِّف"),
    ("tatweel", "ur", "پاکستان", "پاکـــستان"),
    ("ZWNJ", "ur", "خوش\u200cآمدید", "خوشآمدید"),
    ("ZWJ", "sd", "سنڌ\u200d", "سنڌ"),
    ("extended digits", "ur", "2023", "۲۰۲۳"),
    ("Arabic-Indic digits", "sd", "٢٠٢٣", "2023"),
    ("presentation forms", "ur", "پاکستان", "ﭘﺎﮐﺴﺘﺎﻥ"),
    ("decomposed letters", "ur", "آزادی", "ا\u0653زادی"),
    ("case", "en", "Karachi", "kARACHI"),
    ("Latin diacritics", "en", "Café", "cafe"),
    ("full width", "en", "MQM", "ＭＱＭ"),
]


@pytest.mark.parametrize(("code", "written", "typed"), [each[1:] for each in VARIANTS])
def test_a_word_is_found_however_either_side_spells_it(code: str, written: str, typed: str) -> None:
    make_article(language=code, headline=f"x {written} y", body="<p>z</p>")
    make_article(language=code, headline="other", body=f"<p>a {typed} b</p>")
    make_article(language=code, headline="neither", body="<p>c</p>")
    for query in (written, typed):
        response = ask(query, code)
        assert sorted(headlines(response)) == sorted(["other", f"x {written} y"])
        assert not is_close(response)


@pytest.mark.parametrize(
    ("code", "written", "typed"),
    [
        ("ur", "<p>تمام کارکنان وعوام آئے</p>", "کارکنان و عوام"),
        ("ur", "<p>اس شہر میںاراکین آئے</p>", "میں اراکین"),
        ("ur", "<p>وہ خوش آمدید کہتے ہیں</p>", "خوشآمدید"),
        ("sd", "<p>هو ڳوٺ واسي آهي</p>", "ڳوٺواسي"),
        ("en", "<p>the whole news room came</p>", "newsroom"),
        ("en", "<p>the whole newsroom came</p>", "news room"),
    ],
)
def test_two_words_are_found_written_as_one_and_apart(code: str, written: str, typed: str) -> None:
    make_article(language=code, headline="wanted", body=written)
    make_article(language=code, headline="other", body="<p>خوش newsy rooms</p>")
    assert found(typed, code) == ["wanted"]


@pytest.mark.parametrize("typed", ["arach", "karachi's", "KARACHIS"])
def test_a_part_of_a_word_is_found_in_a_headline(typed: str) -> None:
    make_article(headline="Karachis wells", body="<p>z</p>")
    assert found(typed) == ["Karachis wells"]


@pytest.mark.parametrize(
    ("code", "headline", "typed"),
    [
        ("en", "UN comes", "un"),
        ("en", "Unity comes", "un"),
        ("en", "Unity comes", "u"),
        ("ur", "پی آئی اے کی پرواز", "پی"),
        ("ur", "پانی آیا", "پا"),
        ("ur", "پانی آیا", "پ"),
        ("sd", "سنڌ ۾ برسات", "۾"),
        ("sd", "ٻار آيا", "ٻا"),
        ("en", "At 5 today", "5"),
    ],
)
def test_one_letter_or_two_are_a_word_or_begin_one(code: str, headline: str, typed: str) -> None:
    make_article(language=code, headline=headline, body="<p>z</p>")
    make_article(language=code, headline="zzzz", body="<p>z</p>")
    assert found(typed, code) == [headline]


def test_words_that_are_there_are_not_thinned_by_what_is_only_close() -> None:
    make_article(headline="The rain", body="<p>z</p>")
    make_article(headline="The train", body="<p>z</p>")
    response = ask("rain")
    assert headlines(response) == ["The rain"]
    assert not is_close(response)


def test_what_is_only_close_is_said_to_be() -> None:
    make_article(headline="The train", body="<p>z</p>")
    response = ask("rain")
    assert headlines(response) == ["The train"]
    assert is_close(response)


def test_every_word_must_be_there() -> None:
    make_article(headline="both", body="<p>canal and river</p>")
    make_article(headline="one", body="<p>canal</p>")
    assert found("river canal") == ["both"]
    assert found("river mountain") == []


@pytest.mark.parametrize(
    ("code", "first", "second", "typed"),
    [
        ("ur", "مُشرف", "مشرف", "مُشرف"),
        ("ur", "مشرف", "مُشرف", "مشرف"),
        ("sd", "ڪتاب", "کتاب", "ڪتاب"),
        ("sd", "کتاب", "ڪتاب", "کتاب"),
        ("en", "café", "cafe", "café"),
    ],
)
def test_the_readers_own_spelling_comes_first(code, first, second, typed) -> None:
    make_article(language=code, headline="exact", body=f"<p>a {first} b</p>")
    make_article(language=code, headline="variant", body=f"<p>a {second} b</p>")
    assert found(typed, code) == ["exact", "variant"]
    assert found(second, code) == ["variant", "exact"]


def test_among_equals_the_newest_comes_first() -> None:
    for number in (1, 2, 3):
        make_article(headline=f"rain {number}")
    assert found("rain") == ["rain 3", "rain 2", "rain 1"]


@pytest.mark.parametrize("query", ['"cafe"', "cafe,", "(cafe)", "cafe؟"])
def test_marks_beside_a_word_are_no_part_of_its_spelling(query):
    make_article(headline="The cafe", published_at=WHEN - timedelta(days=1))
    make_article(headline="The café", published_at=WHEN)
    assert found(query) == ["The cafe", "The café"]
