from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articles.text.html import clean, to_text
from articles.text.verse import as_verse, lines_of, opening_lines

LINE = '<span class="verse-line">{}</span>'


def test_two_lines_are_a_couplet_and_more_a_stanza():
    assert as_verse("<p>one<br>two</p>") == (
        f'<p class="couplet">{LINE.format("one")}<br>{LINE.format("two")}</p>'
    )
    assert as_verse("<p>a<br>b<br>c</p>").startswith('<p class="stanza">')


def test_an_empty_line_parts_two_couplets():
    html = as_verse('<p lang="ur">a<br>b<br><br>c<br>d</p>')
    assert html.count('<p class="couplet" lang="ur">') == 2


def test_prose_and_a_line_inside_a_tag_are_left_alone():
    for html in (
        "<p>one line</p>",
        "<h2>a</h2>",
        "<ul><li>a<br>b</li></ul>",
        "<p><em>a<br>b</em></p>",
    ):
        assert as_verse(html) == html
    assert lines_of("<em>a<br>b</em><br>c") == ["<em>a<br>b</em>", "c"]


def test_the_opening_of_a_poem_may_be_cut_off():
    assert opening_lines("<p>one<br>two<br>three</p><p>four") == ["one", "two"]
    assert opening_lines("<p>one<br>tw") == []


_inline = st.text(max_size=12) | st.sampled_from(
    ["<br>", "<em>x</em>", "<br><br>", "<em>a<br>b</em>"]
)


@given(st.lists(st.lists(_inline, max_size=6), max_size=4))
def test_verse_says_what_was_typed_and_stays_clean(paragraphs):
    body = clean("".join(f"<p>{''.join(parts)}</p>" for parts in paragraphs))
    verse = as_verse(body)
    said = [line for line in to_text(body).split("\n") if line.strip()]
    assert [line for line in to_text(verse).split("\n") if line.strip()] == said
    assert [line for line in to_text(clean(verse)).split("\n") if line.strip()] == said
