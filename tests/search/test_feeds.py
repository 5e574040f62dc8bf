"""A search is a list like any other: a reader may follow it."""

from __future__ import annotations

from urllib.parse import quote

import feedparser
import pytest

from articles.converters import FEEDS
from tests.factories import make_article, make_section
from tests.views.pages import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", FEEDS)
def test_a_search_can_be_followed_from_its_page(client, settings, form):
    culture = make_section(slug="culture", title="Culture")
    make_article(headline="The canal is mended", section=culture)
    make_article(headline="The canal is closed")
    make_article(headline="A bridge")
    page = Page(client.get("/en/search/?q=canal&section=culture"))

    (link,) = page.all("link", rel="alternate", type=FEEDS[form].media_type)
    path = link["href"].removeprefix(settings.SITE_URL)
    answer = client.get(path)

    assert path == f"/en/search/{form}?q=canal&section=culture"
    text = answer.content.decode()
    assert "The canal is mended" in text
    assert "The canal is closed" not in text
    assert "A bridge" not in text


@pytest.mark.parametrize("code", ["en", "ur", "sd"])
def test_the_feed_of_a_search_names_the_words(client, code):
    make_article(language=code)
    answer = client.get(f"/{code}/search/atom?q={quote('نہر <b>')}")
    assert answer.status_code == 200
    assert "نہر" in feedparser.parse(answer.content).feed.title


def test_what_only_comes_close_is_not_in_the_feed(client):
    make_article(headline="The canals are mended")
    assert "canals" in client.get("/en/search/?q=anal").content.decode()
    assert feedparser.parse(client.get("/en/search/rss?q=anal").content).entries == []


@pytest.mark.parametrize("query", ["", "?q=", "?q=%00", "?q=%D9%8B", "?q=a&since=soon"])
def test_a_search_for_nothing_has_no_feed(client, query):
    make_article()
    assert client.get(f"/en/search/rss{query}").status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_the_feed_of_a_search_costs_the_same_however_much_it_finds(
    client, django_assert_max_num_queries, number
):
    for _each in range(number):
        make_article(headline="The canal is mended")
    client.get("/en/search/rss?q=canal")  # A process looks once for the index.
    with django_assert_max_num_queries(12):
        client.get("/en/search/rss?q=canal")
