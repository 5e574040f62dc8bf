"""Text in one byte a character is the same text, and says the same of itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articles.text.fold import fold
from articles.text.narrow import CHARACTERS, narrow, numbers_of, widen
from articles.text.script import guess_language

narrow_text = st.text(alphabet=CHARACTERS)
OTHER = "語"
"""A letter that no narrow text holds and that no rule joins to another."""


def test_each_character_has_a_number_of_its_own() -> None:
    assert len(set(CHARACTERS)) == len(CHARACTERS) == 256
    assert numbers_of(CHARACTERS) == bytes(range(256))


@given(narrow_text)
def test_narrow_text_comes_back_as_it_was(text: str) -> None:
    numbers = narrow(text)
    assert numbers is not None
    assert len(numbers) == len(text)
    assert widen(numbers) == text


@given(narrow_text, narrow_text)
def test_text_with_any_other_character_is_not_narrow(before: str, after: str) -> None:
    assert narrow(f"{before}{OTHER}{after}") is None


@given(narrow_text)
def test_the_search_key_does_not_depend_on_the_way_it_was_made(text: str) -> None:
    assert f"{fold(text)} {OTHER}".strip() == fold(f"{text} {OTHER}")


@given(narrow_text)
def test_the_letters_of_a_text_are_counted_alike_on_both_ways(text: str) -> None:
    told, other = guess_language(f"ا{text}"), guess_language(f"ا{text} {OTHER * 2}")
    for counted in ("Arab", "Latn", "sd", "ur"):
        assert told.letters[counted] == other.letters[counted]
    assert told.letters["Zyyy"] + 2 == other.letters["Zyyy"]
