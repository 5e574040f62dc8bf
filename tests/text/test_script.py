from __future__ import annotations

import re

import pytest

from articles.text.script import direction_of, guess_language, script_of

URDU = "وزیراعظم نے کہا ہے کہ حکومت عوام کے مسائل حل کرنے کے لیے ہر ممکن کوشش کر رہی ہے۔"
SINDHI = "وزيراعظم چيو آهي ته حڪومت ماڻهن جا مسئلا حل ڪرڻ لاءِ هر ممڪن ڪوشش ڪري رهي آهي."
ENGLISH = (
    "The prime minister said that the government is trying to solve the problems of the people."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (URDU, "ur"),
        (SINDHI, "sd"),
        (ENGLISH, "en"),
        ("کراچی میں پانی کی قلت", "ur"),
        ("ڪراچي ۾ پاڻي جي کوٽ", "sd"),
        ("Water is short in Karachi", "en"),
        ("ﮐﺮﺍﭼﯽ ﻣﯿﮟ ﮨﮍﺗﺎﻝ ﮨﮯ", "ur"),
    ],
)
def test_news_is_told_by_its_letters(text: str, language: str) -> None:
    assert guess_language(text).language == language


@pytest.mark.parametrize(
    "text",
    [
        "قال رئيس الوزراء إن الحكومة تعمل على حل مشاكل المواطنين في جميع أنحاء البلاد",
        "نخست وزیر گفت که دولت برای حل مشکلات مردم در سراسر کشور تلاش می‌کند",
        "لومړي وزير وويل چې حکومت د خلکو د ستونزو د حل لپاره هڅه کوي",
        "Le premier ministre a dit que le gouvernement travaille pour les habitants de la ville",
        "El primer ministro dijo que el gobierno trabaja para los ciudadanos de todo el pais",
        "Hukumat ne kaha hai ke awam ke masail hal karne ki koshish jari hai",
        "Премьер-министр сказал, что правительство решает проблемы людей",
        "",
        "12345 ... !!",
        "محمد علی",
    ],
)
def test_other_languages_stay_undetermined(text: str) -> None:
    guess = guess_language(text)
    assert (guess.language, guess.confidence) == ("und", 0.0)


def test_a_quotation_in_arabic_script_does_not_flip_an_english_text() -> None:
    assert guess_language(f"{ENGLISH} He said: “{URDU[:40]}”. {ENGLISH}").language == "en"


def test_a_quotation_in_english_does_not_flip_an_urdu_text() -> None:
    assert guess_language(f"{URDU} “{ENGLISH[:40]}” {URDU}").language == "ur"


def test_an_urdu_name_in_arabic_does_not_make_it_urdu() -> None:
    arabic = "قال رئيس الوزراء إن الحكومة تعمل على حل مشاكل المواطنين في جميع أنحاء البلاد "
    assert guess_language(arabic * 3 + "ڈاکٹر").language == "und"


def test_a_body_is_surer_than_a_headline() -> None:
    headline, body = guess_language("کراچی میں ہڑتال"), guess_language(URDU * 4)
    assert headline.confidence < 0.8 < 0.9 < body.confidence <= 1


def test_two_languages_in_equal_parts_lower_the_confidence() -> None:
    assert guess_language(URDU + SINDHI).confidence < 0.5


def test_letters_are_counted_by_script_and_language() -> None:
    letters = guess_language("ab ٹم ڪ").letters
    assert letters == {"Arab": 3, "Latn": 2, "Zyyy": 0, "sd": 1, "ur": 1}


def test_marks_tatweel_and_digits_are_not_letters() -> None:
    assert guess_language("بَــ ۲۰۲۳ 12").letters["Arab"] == 1


@pytest.mark.parametrize(
    ("text", "script"), [(URDU, "Arab"), (ENGLISH, "Latn"), ("123", "Zyyy"), ("Привет", "Zyyy")]
)
def test_script_is_that_of_most_letters(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("script", "direction"), [("Latn", "ltr"), ("Arab", "rtl"), ("Aran", "rtl"), ("Zyyy", "ltr")]
)
def test_direction_follows_the_script(script: str, direction: str) -> None:
    assert direction_of(script) == direction


def test_every_letter_of_a_text_is_counted_once_and_nothing_else_is() -> None:
    for character in map(chr, range(0x3000)):
        counted = guess_language(f"ا{character}").letters
        letters = len(re.findall(r"[^\W\d_]", character.casefold()))
        sign = character in "۽۾"  # Words of Sindhi, which Unicode does not count among letters.
        expected = 1 + sign + letters - (character == "ـ")
        assert sum(counted[kind] for kind in ("Arab", "Latn", "Zyyy")) == expected, ascii(character)
