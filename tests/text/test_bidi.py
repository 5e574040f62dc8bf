from __future__ import annotations

import pytest

from articles.text.bidi import isolate, strip_controls


@pytest.mark.parametrize(
    ("direction", "opener"), [(None, "\u2068"), ("ltr", "\u2066"), ("rtl", "\u2067")]
)
def test_a_run_is_wrapped_in_the_isolate_of_its_direction(
    direction: str | None, opener: str
) -> None:
    assert isolate("کراچی", direction) == f"{opener}کراچی\u2069"


def test_a_control_inside_cannot_end_the_isolate() -> None:
    assert isolate("a\u2069\u202eb") == "\u2068ab\u2069"


def test_an_empty_text_stays_empty() -> None:
    assert isolate("") == isolate("\u202c") == ""


def test_marks_and_joiners_stay() -> None:
    assert strip_controls("می\u200cکند\u200f \u202aa\u202c") == "می\u200cکند\u200f a"


def test_another_direction_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="is no direction"):
        isolate("a", "up")
