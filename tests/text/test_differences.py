"""Differences of texts: whole words in three scripts, nothing lost, long texts in time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.differences import Difference, differences, html_differences
from articles.text.html import clean


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(change.kind, change.text) for change in differences(before, after)]


def side(changes: list[Difference], without: str) -> str:
    return "".join(change.text for change in changes if change.kind != without)


@pytest.mark.parametrize(
    ("before", "after", "removed", "added"),
    [
        ("The wells are full.", "The wells are empty.", "full", "empty"),
        ("کنویں بھر گئے ہیں۔", "کنویں خالی گئے ہیں۔", "بھر", "خالی"),
        ("ڳوٺ ۾ پاڻي ۽ بجلي", "ڳوٺ ۾ پاڻي يا بجلي", "۽", "يا"),
        ("یہ اُردُو ہے", "یہ اُردُوئے ہے", "اُردُو", "اُردُوئے"),
        ("می‌روم آج", "می‌رفت آج", "می‌روم", "می‌رفت"),
    ],
)
def test_a_changed_word_of_any_script_is_told_whole(before, after, removed, added):
    assert ("removed", removed) in told(before, after)
    assert ("added", added) in told(before, after)


def test_punctuation_beside_a_word_is_a_change_of_its_own():
    assert told("rain, wind", "rain. wind") == [
        ("kept", "rain"), ("removed", ","), ("added", "."), ("kept", " wind"),
    ]  # fmt: skip


@settings(deadline=None)
@given(st.text(alphabet="ab \n،ڳ۽"), st.text(alphabet="ab \n،ڳ۽"))
def test_no_letter_of_either_text_is_lost(before, after):
    changes = differences(before, after)
    assert side(changes, "added") == before
    assert side(changes, "removed") == after


def test_a_paragraph_that_moved_apart_from_a_changed_one_stays_kept():
    before = "One stays here.\n\nTwo is old.\n\nThree stays too."
    after = "One stays here.\n\nTwo is new.\n\nThree stays too."
    assert told(before, after) == [
        ("kept", "One stays here.\n\nTwo is "), ("removed", "old"), ("added", "new"),
        ("kept", ".\n\nThree stays too."),
    ]  # fmt: skip


def test_tags_of_html_are_shown_only_where_they_changed():
    before = clean('<p>Rain <strong>fell</strong> on <a href="https://a.example/">wells</a>.</p>')
    after = clean('<p>Rain <strong>fell</strong> on <a href="https://b.example/">wells</a>.</p>')
    changes = html_differences(before, after)
    assert "<strong>" not in "".join(change.text for change in changes)
    assert [change.text for change in changes if change.kind == "added"] == [
        '<a href="https://b.example/" rel="noopener noreferrer">'
    ]


def test_paragraphs_of_html_are_parted_by_blank_lines_and_entities_are_letters():
    changes = html_differences("<p>A &amp; B</p>\n<p>C<br>D</p>", "<p>A &amp; B</p>\n<p>C<br>E</p>")
    assert changes == [
        Difference("kept", "A & B\n\nC\n"), Difference("removed", "D"), Difference("added", "E"),
    ]  # fmt: skip


def test_two_long_texts_without_a_common_word_are_replaced_whole():
    before, after = "a " * 5_000, "b " * 5_000
    changes = differences(before, after)
    assert [change.kind for change in changes] == ["removed", "added", "kept"]
    assert side(changes, "removed") == after


def test_words_that_look_like_a_tag_are_text():
    changes = html_differences("<p>a &lt;b&gt; c</p>", "<p>a &lt;b&gt; d</p>")
    assert side(changes, "added") == "a <b> c"
