from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.runs import pieces


def runs(text: str) -> list[str]:
    return [piece.text for piece in pieces(text) if piece.is_left_to_right]


@pytest.mark.parametrize(
    "number",
    [
        "021-99203271",
        "+92-300-1234567",
        "+92 300 1234567",
        "+92 (21) 9920-3271",
        "+44 20 3371 1290",
        "(021) 99203271",
        "(021)99203271",
        "0300 1234567",
        "0300\xa0123\xa04567",
        "111 222 333",
        "*111*1#",
        "۰۲۱-۹۹۲۰۳۲۷۱",
        "٠٢١-٩٩٢٠٣٢٧١",
        "42101-1234567-1",
        "2023-07-29",
        "29/7/2023",
        "14:30",
        "2019-2023",
        "2019–2023",
        "3.5",
        "1,200",
        "12%",
        "-5",
        "+5",
        "18+",
        "$500",
        "500$",
        "₨1,200",
    ],
)
@pytest.mark.parametrize("sentence", ["{}", "نمبر {} ہے", "نمبر: {}۔", "({})", "نمبر {}، اور"])
def test_a_number_is_one_run_that_no_line_breaks(number: str, sentence: str) -> None:
    found = [piece for piece in pieces(sentence.format(number)) if piece.is_left_to_right]
    assert [piece.text for piece in found] == [number]
    assert found[0].is_unbroken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("زبان C++ اور C# ہے", ["C++", "C#"]),
        ("MQM-P نے", ["MQM-P"]),
        ("F-16 اور 16-F اور 3G", ["F-16", "16-F", "3G"]),
        ("قیمت Rs. 1,200 ہے", ["Rs. 1,200"]),
        ("Geo News 24 اور 24 News HD", ["Geo News 24", "24 News HD"]),
        ("info@press.example اور @press #Karachi", ["info@press.example", "@press #Karachi"]),
        ("دیکھیں https://press.example/a/?b=1 پر", ["https://press.example/a/?b=1"]),
        ("“How to vote?” — 5 سوال", ["“How to vote?”"]),
        ('"How to vote?" - 5 سوال', ['"How to vote?"']),
        ("How to vote? — 5 سوال", ["How to vote?"]),
        ("گیا۔ Who won? کیا؟", ["Who won?"]),
        ("\u0301\u064e Who won? کیا؟", ["Who won?"]),  # Marks with nothing before them.
        ("کِتابِ\u200f BBC ہے", ["BBC"]),
        ("کہا: I will go. You stay!", ["I will go. You stay!"]),
        ("یہ BBC (Urdu) ہے", ["BBC (Urdu)"]),
        ("U.S. اور e.g. ہے", ["U.S.", "e.g."]),
        ("Apple, Google اور BBC، CNN", ["Apple, Google", "BBC", "CNN"]),
    ],
)
def test_a_latin_run_holds_its_own_numbers_signs_and_quotes(text: str, expected: list[str]) -> None:
    assert runs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("یہ Geo News.", ["Geo News"]),
        ("کیا یہ BBC?", ["BBC"]),
        ("«C++ اور Java»", ["C++", "Java"]),
        ('"اردو" BBC "اردو"', ["BBC"]),
        ("کووڈ-19 اور جی-20", []),
        ("29 جولائی 2023ء", []),
        ("5، 6 اور 7", []),
        ("021-99203271, 021-99203272", ["021-99203271", "021-99203272"]),
        ("2023-07-29 14:30", ["2023-07-29", "14:30"]),
        ("“How to vote؟”", ["How to vote"]),
        ("5-6سال", ["5-6"]),
        ("", []),
    ],
)
def test_what_belongs_to_the_sentence_stays_in_it(text: str, expected: list[str]) -> None:
    assert runs(text) == expected


@given(st.text(alphabet="کہ۔،؟ \n.,:;!?-+/*#%$“”\"'()0123۴٤aBC\u200e\u200c\u064b", max_size=60))
def test_no_text_is_lost_and_no_run_holds_a_letter_from_right_to_left(text: str) -> None:
    found = pieces(text)
    assert "".join(piece.text for piece in found) == text
    assert all(piece.text for piece in found)
    assert not any(set(run) & set("کہ\n") for run in runs(text))


@pytest.mark.parametrize(
    "unit", ["“a", "'a ", '"a.b ', ".-", "-/", "1.-.", "a.", "1 ", "+1 ", "(1", "a (1", "001 ", "0"]
)
def test_a_hostile_text_costs_no_more_than_its_length(unit: str) -> None:
    started = time.process_time()
    pieces(unit * 20_000)
    assert time.process_time() - started < 3
