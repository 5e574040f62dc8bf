from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.bidi import isolate_runs
from articles.text.directed import isolate_runs_in
from articles.text.html import clean, to_text

NUMBER = '<bdi dir="ltr" class="number">021-99</bdi>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>نمبر 021-99 ہے</p>", f"<p>نمبر {NUMBER} ہے</p>"),
        ("<p>نمبر <b>021-99</b><br>021-99</p>", f"<p>نمبر <b>{NUMBER}</b><br>{NUMBER}</p>"),
        ('<a href="/021-99?a&gt;b">ا</a>', '<a href="/021-99?a&gt;b">ا</a>'),
        ('<abbr title="021-99 > 5">ا</abbr>', '<abbr title="021-99 > 5">ا</abbr>'),
        ("<p>ا &lt;021-99&gt; &amp;&nbsp;ب</p>", f"<p>ا &lt;{NUMBER}&gt; &amp;&nbsp;ب</p>"),
        ("<p><bdi>021-99</bdi> 021-99</p>", f"<p><bdi>021-99</bdi> {NUMBER}</p>"),
        ("<bdi><b dir='rtl'>021-99</b></bdi>", "<bdi><b dir='rtl'>021-99</b></bdi>"),
        ('<p dir="ltr">021-99</p>021-99', f'<p dir="ltr">021-99</p>{NUMBER}'),
        ("<p>ا long words here</p>", '<p>ا <bdi dir="ltr">long words here</bdi></p>'),
        ('<p>ا <span class="gap">…</span></p>', '<p>ا <span class="gap">…</span></p>'),
    ],
)
def test_runs_are_isolated_in_text_and_nowhere_else(html: str, expected: str) -> None:
    assert isolate_runs_in(html, "rtl") == expected


def test_a_text_from_left_to_right_is_left_alone_but_for_what_runs_the_other_way() -> None:
    html = '<p>021-99</p><p dir="rtl">021-99</p>'
    assert isolate_runs_in(html, "ltr") == f'<p>021-99</p><p dir="rtl">{NUMBER}</p>'


@given(st.text(alphabet="<>/&;\"'=abp 01-+کہltgdir", max_size=80))
def test_nothing_becomes_markup_that_was_none(text: str) -> None:
    stored = clean(text)
    shown = isolate_runs_in(stored, "rtl")
    assert clean(shown).replace(' class="number"', "") == shown.replace(' class="number"', "")
    assert to_text(shown) == to_text(stored)


def test_plain_text_has_isolates_and_arabic_digits_keep_their_order_in_them() -> None:
    assert isolate_runs("نمبر 021-99 ہے") == "نمبر \u2066021-99\u2069 ہے"
    assert isolate_runs("نمبر ٠٢١-٩٩ ہے") == "نمبر \u2066٠٢١\u200e-\u200e٩٩\u2069 ہے"
    assert isolate_runs("\u202eنمبر") == "نمبر"
