"""Authors before readers: who they are, what they wrote, and the same person in other languages."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from articles.models import Article
from tests.factories import WHEN, make_article, make_author, make_image, make_section
from tests.views.pages import CODES, Page

NAMES = {"en": "Nell Farrow", "ur": "زرینہ نیازی", "sd": "نور محمد ابڙو"}


def make_person(code: str = "en", **fields: Any):
    author = make_author(code, slug="poet", name=NAMES[code], **fields)
    return author, make_article(language=code, author=author, byline=NAMES[code])


def data_of(client, path: str) -> list[Any]:
    parts = client.get(path).text.split('<script type="application/ld+json">')[1:]
    return [json.loads(part.partition("</script>")[0]) for part in parts]


@pytest.mark.parametrize("code", CODES)
def test_a_byline_leads_to_the_author_and_back(client, editions, code):
    author, article = make_person(code, about="Writes of wells.\n\nLives by the river.")
    make_article(language=code, headline="Of somebody else")

    page = Page(client.get(article.get_absolute_url()))
    there = Page(client.get(author.get_absolute_url()))

    assert author.get_absolute_url() in page.links
    assert article.get_absolute_url() in there.links
    assert NAMES[code] in there.text
    assert "Writes of wells." in there.text
    assert "Of somebody else" not in there.text
    assert there.html["lang"] == code


def test_a_byline_without_an_author_stays_text(client):
    article = make_article(byline="Our correspondent")
    page = client.get(article.get_absolute_url())
    assert "Our correspondent" in page.text
    assert 'rel="author"' not in page.text


def test_the_same_slug_in_another_language_is_the_same_person(client, editions):
    english, _article = make_person("en")
    urdu, _article = make_person("ur")
    make_author("sd", slug="poet")  # Without an article.
    page = Page(client.get(english.get_absolute_url()))
    assert set(page.alternates) >= {"en", "ur", "x-default"}
    assert "sd" not in page.alternates
    assert page.alternates["ur"].endswith(urdu.get_absolute_url())


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"status": "review"},
        {"status": "withdrawn"},
        {"published_at": WHEN + timedelta(days=40_000)},
    ],
)
def test_who_is_named_only_by_what_readers_may_not_see_is_not_public(client, fields):
    author = make_author(slug="poet", name="Secret Name")
    make_article(author=author, **fields)
    path = author.get_absolute_url()
    for door in (path, f"{path}rss", f"{path}atom", f"{path}json"):
        assert client.get(door).status_code == 404, door
    assert path not in client.get("/en/sitemap-lists.xml").text


def test_an_article_that_is_not_live_is_not_on_its_authors_page(client):
    author, _article = make_person()
    make_article(author=author, headline="secret", status="draft")
    path = author.get_absolute_url()
    for door in (path, f"{path}rss", f"{path}atom", f"{path}json"):
        assert "secret" not in client.get(door).text


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_an_author_is_followed_by_feeds(client, form):
    author, article = make_person()
    make_article(headline="Of somebody else")
    path = author.get_absolute_url()
    offered = [link["href"] for link in Page(client.get(path)).all("link", rel="alternate")]
    assert any(address.endswith(f"{path}{form}") for address in offered)
    text = client.get(f"{path}{form}").text
    assert article.headline in text
    assert "Of somebody else" not in text


def test_machines_are_told_a_person(client):
    author, article = make_person(about="Writes of wells.")
    profile = data_of(client, author.get_absolute_url())[0]
    assert profile["@type"] == "ProfilePage"
    assert profile["mainEntity"]["@type"] == "Person"
    assert profile["mainEntity"]["name"] == NAMES["en"]
    told = data_of(client, article.get_absolute_url())[0]["author"]
    assert told["@type"] == "Person"
    assert told["url"].endswith(author.get_absolute_url())


def test_a_portrait_stands_beside_the_name_and_says_whose_it_is(client):
    author, _article = make_person(picture=make_image(credit="Photo: Somebody"))
    page = Page(client.get(author.get_absolute_url()))
    assert page.all("img")[0]["alt"] == ""
    assert "Photo: Somebody" in page.text
    assert not Page(client.get(f"{author.get_absolute_url()}?lite")).all("img")


def test_search_engines_find_authors_with_their_other_languages(client, editions):
    english, _article = make_person("en")
    urdu, _article = make_person("ur")
    text = client.get("/en/sitemap-lists.xml").text
    assert f"{english.get_absolute_url()}</loc>" in text
    assert urdu.get_absolute_url() in text
    assert f"{urdu.get_absolute_url()}</loc>" not in text


def test_walking_an_authors_page_shows_each_article_once(client):
    author, _article = make_person()
    for number in range(44):
        when = WHEN - timedelta(days=number + 1)
        make_article(author=author, source=None, headline=f"A{number}.", published_at=when)
    seen: set[str] = set()
    total, path = 0, author.get_absolute_url()
    while path:
        page = Page(client.get(path))
        links = [link for link in page.links if "/rain-" in link or "/a" in link]
        found = {link for link in links if link.split("/")[2].isdigit()}
        assert not found & seen
        seen |= found
        total += len(found)
        ahead = [link["href"] for link in page.all("a", rel="next")]
        path = author.get_absolute_url() + ahead[0] if ahead else ""
    assert total == Article.objects.filter(author=author).count() == 45


def test_an_authors_page_costs_the_same_queries_however_much_they_wrote(
    client, django_assert_num_queries
):
    author, article = make_person()
    section = make_section()
    for _more in range(2):
        with django_assert_num_queries(5):
            client.get(author.get_absolute_url())
        with django_assert_num_queries(4):
            client.get(article.get_absolute_url())
        for _number in range(8):
            make_article(author=author, section=section)
