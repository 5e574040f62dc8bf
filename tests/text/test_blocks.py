"""Blocks of a body: each outermost element once, nothing between them lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.blocks import blocks
from articles.text.html import clean, to_text


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("", []),
        ("<p>One.</p>\n<p>Two.</p>", ["<p>One.</p>", "<p>Two.</p>"]),
        ("<blockquote><p>In</p></blockquote><hr>", ["<blockquote><p>In</p></blockquote>", "<hr>"]),
        ("<p>One.</p><hr><p>Two.</p>", ["<p>One.</p>", "<hr>", "<p>Two.</p>"]),
        ("<p>A<br>B</p>", ["<p>A<br>B</p>"]),
        ("<ul><li>a</li><li>b</li></ul>", ["<ul><li>a</li><li>b</li></ul>"]),
        ('<p>x <span class="gap">…</span> y</p>', ['<p>x <span class="gap">…</span> y</p>']),
    ],
)  # fmt: skip
def test_blocks_are_the_outermost_elements(html, wanted):
    assert blocks(html) == wanted


TAGS = ["<p>", "</p>", "<b>", "</b>", "<hr>", "<br>", "<ul><li>", "</li></ul>", "word ", "ڳوٺ "]


@settings(deadline=None)
@given(st.lists(st.sampled_from(TAGS)))
def test_no_word_of_a_stored_body_is_lost_between_blocks(pieces):
    body = clean("".join(pieces))
    assert "".join("".join(blocks(body)).split()) == "".join(body.split())
    assert "".join(to_text(body).split()) == "".join(to_text("\n".join(blocks(body))).split())
