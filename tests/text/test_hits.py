from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.fold import fold
from articles.text.hits import Sought, snippet, spans, stands_in, words_of


def marked(text: str, *phrases: str, parts: tuple[str, ...] = ()) -> str:
    """The text with square brackets round what is found."""
    sought = Sought(frozenset(tuple(fold(each).split()) for each in phrases), parts)
    made, place = "", 0
    for start, end in spans(text, sought):
        made += f"{text[place:start]}[{text[start:end]}]"
        place = end
    return made + text[place:]


@pytest.mark.parametrize(
    ("text", "phrase", "wanted"),
    [
        ("The rain, again: RAIN!", "rain", "The [rain], again: [RAIN]!"),
        ("کَراچیِ میں", "کراچی", "[کَراچیِ] میں"),
        ("خوش\u200cآمدید، دوست", "خوشآمدید", "[خوش\u200cآمدید]، دوست"),
        ("سال ۲۰۲۳ء میں", "2023", "سال [۲۰۲۳ء] میں"),
        ("ڪراچي۾ امن", "کراچی", "[ڪراچي]۾ امن"),
        ("ڪراچي۾ امن", "۾", "ڪراچي[۾] امن"),
        ("MQM-P’s workers", "mqm", "[MQM]-P’s workers"),
        ("news room and newsroom", "news room", "[news room] and newsroom"),
        ("(Café)", "cafe", "([Café])"),
        ("drainage", "rain", "drainage"),
        ("", "rain", ""),
    ],
)
def test_whole_words_are_marked_with_all_their_marks(text, phrase, wanted) -> None:
    assert marked(text, phrase) == wanted


def test_a_part_of_a_word_marks_the_whole_word() -> None:
    assert marked("کراچی، Karachi", parts=("arach",)) == "کراچی، [Karachi]"
    assert marked("un, unity, sun", parts=("un",)) == "[un], [unity], sun"


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x6FF)))
def test_words_are_those_of_the_search_key(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    words = list(words_of(text))
    assert [word.key for word in words] == fold(text).split()
    for word in words:
        assert word.key in fold(text[word.start : word.end]).split()


@given(st.text(alphabet="abک\u064eے\u200c ۾-،", max_size=40), st.sampled_from(["ک", "a", "۾"]))
def test_no_mark_of_a_letter_is_left_outside(text: str, word: str) -> None:
    for _start, end in spans(text, Sought(frozenset({(word,)}))):
        assert not re.match("[\u064e\u200c]", text[end : end + 1])


def test_a_snippet_stands_around_the_first_hit_and_says_where_it_was_cut() -> None:
    text = " ".join(f"w{n}" for n in range(100))
    words, hits = snippet(text, Sought(frozenset({("w50",), ("w55",)})))
    assert words.startswith("…w42 ")
    assert words.endswith(" w71…")
    assert [words[start:end] for start, end in hits] == ["w50", "w55"]


def test_a_snippet_without_a_hit_is_the_beginning() -> None:
    assert snippet("a short text", Sought(frozenset({("long",)}))) == ("a short text", [])
    assert snippet("", Sought()) == ("", [])


def test_exact_words_stand_by_themselves() -> None:
    assert stands_in("the café.", ["café"])
    assert not stands_in("the cafés", ["café"])
    assert not stands_in("کتابُ", ["کتاب"])
    assert not stands_in("the café", ["café", "the", "a"])
