from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.slugs import slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("My Message to the Anonymous Workers!", "my-message-to-the-anonymous-workers"),
        ("Pakistan’s workers' day", "pakistans-workers-day"),
        ("Café Łódź: 70 % off", "cafe-łodz-70-off"),
        ("کراچی میں پانی کی قلت", "کراچی-میں-پانی-کی-قلت"),
        ("كراچي میں ہڑتال", "کراچی-میں-ہڑتال"),
        ("آزادیٔ صحافت، مُشرِّف", "آزادی-صحافت-مشرف"),
        ("خوش\u200cآمدید ۲۰۲۳ء", "خوشآمدید-2023ء"),
        ("ڪراچي ۾ امن ۽ خوشي", "ڪراچي-۾-امن-۽-خوشي"),
        ("ڪراچي۾ امن", "ڪراچي-۾-امن"),
        ("پاکـــستان\u202e\u2066 زندہ باد", "پاکستان-زندہ-باد"),
        ("ﭘﺎﮐﺴﺘﺎﻥ میں", "پاکستان-میں"),
        ("محمد ﷺ کی سیرت", "محمد-کی-سیرت"),
        ("کراچی میں PTI کا جلسہ", "کراچی-میں-کا-جلسہ"),
        ("Talks on کشمیر resume", "talks-on-resume"),
        ("p\u0430ypal opens office", "opens-office"),
        ("ο ο p\u03bfrt news today", "news-today"),
        ("Привет мир", "привет-мир"),
        ("ＭＱＭ ﬁnds", "mqm-finds"),
        ("—…۔!؟", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_slug_keeps_the_words_of_its_language(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_a_slug_is_cut_at_a_word() -> None:
    assert slugify("one two three four", limit=13) == "one-two-three"
    assert slugify("one two three four", limit=12) == "one-two"
    assert slugify("a" * 200) == "a" * 80


@given(st.text())
def test_a_slug_holds_nothing_but_letters_digits_and_single_hyphens(text: str) -> None:
    slug = slugify(text)
    assert len(slug) <= 80
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert "--" not in slug
    for character in slug.replace("-", ""):
        assert character in "۽۾" or unicodedata.category(character)[0] in "LMN"
    assert slugify(slug) == slug
