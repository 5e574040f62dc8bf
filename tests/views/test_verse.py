"""Sections of verse: lines and couplets as they were typed, on the page, in lists and in text."""

from __future__ import annotations

import pytest

from tests.factories import make_article, make_section
from tests.views.pages import CODES, Page

POEMS = {
    "en": (["The well is low, the rope is long,", "the morning has not found its song."], "Anon"),
    "ur": (["کنواں اترا ہے، رسی دور تک ہے", "مگر پیاسے کی آنکھوں میں چمک ہے"], "نامعلوم"),
    "sd": (["کوهه لٿو آهي، رسي ڊگهي آهي", "اڃايل جي اکين ۾ چمڪ آهي"], "اڻڄاتل"),
}


def make_poem(code: str = "en", **fields):
    lines, poet = POEMS[code]
    section = make_section(language=code, slug="poetry", layout="verse")
    body = f"<p>{'<br>'.join(lines)}</p><p>{lines[1]}<br>{lines[0]}</p><p>A note in prose.</p>"
    return make_article(
        **{"language": code, "section": section, "body": body, "byline": poet, **fields}
    )


@pytest.mark.parametrize("code", CODES)
def test_each_line_of_a_poem_is_a_line_and_each_couplet_a_pair(client, editions, code):
    page = Page(client.get(make_poem(code).get_absolute_url()))
    assert len(page.all("p", **{"class": "couplet"})) == 2
    assert len(page.all("span", **{"class": "verse-line"})) == 4
    for line in POEMS[code][0]:
        assert line in page.text


@pytest.mark.parametrize("code", CODES)
def test_a_poem_keeps_its_lines_in_plain_text_and_in_feeds(client, editions, code):
    article = make_poem(code)
    first, second = POEMS[code][0]
    text = client.get(f"/{code}/{article.pk}.txt").text
    lines = [line.strip("\u2066\u2067\u2068\u2069") for line in text.split("\n")]
    assert lines.index(second) == lines.index(first) + 1
    feed = client.get(f"{article.section.get_absolute_url()}json").json()
    assert f"{first}<br>" in feed["items"][0]["content_html"]


@pytest.mark.parametrize("code", CODES)
def test_a_list_of_poems_opens_each_with_its_first_couplet_and_its_poet(client, editions, code):
    article = make_poem(code)
    page = Page(client.get(article.section.get_absolute_url()))
    assert len(page.all("p", **{"class": "couplet"})) == 1
    assert POEMS[code][1] in page.text
    assert article.get_absolute_url() in page.links


def test_elsewhere_two_lines_do_not_run_into_one_word(client):
    make_poem(body="<p>the rope<br>is long</p>")
    assert "the rope / is long" in client.get("/en/latest/").text


def test_what_is_no_verse_is_set_as_prose(client):
    article = make_article(body="<p>a<br>b</p>")
    assert "verse-line" not in client.get(article.get_absolute_url()).text


def test_a_poem_in_prose_is_not_lost_from_a_list_of_verse(client):
    article = make_poem(body="<p>One long line.</p>")
    assert "One long line." in client.get(article.section.get_absolute_url()).text


def test_a_list_of_verse_costs_the_same_queries_however_long(client, django_assert_num_queries):
    article = make_poem()
    for _more in range(2):
        with django_assert_num_queries(4):
            client.get(article.section.get_absolute_url())
        for _number in range(5):
            make_article(section=article.section, body=article.body)
