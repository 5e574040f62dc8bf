"""Sections of pages: undated, in the order of their editors, with contents for long ones."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from django.utils import timezone

from articles.models import Article
from tests.factories import make_article, make_section, make_source
from tests.views.pages import CODES, Page

LONG = {
    "en": ("Who we are", "What we hold", "How to join"),
    "ur": ("ہم کون ہیں", "ہمارا موقف", "شمولیت کا طریقہ"),
    "sd": ("اسان ڪير آهيون", "اسان جو موقف", "شامل ٿيڻ جو طريقو"),
}

AHEAD = datetime(2099, 1, 1, tzinfo=UTC)


def make_pages(code: str = "en"):
    """A section of three pages: the last in time stands first."""
    section = make_section(language=code, slug="about", layout="pages", title="About")
    body = "".join(f"<h2>{words}</h2><p>{words}.</p>" for words in LONG[code])
    made = [
        make_article(language=code, section=section, headline=f"Page {name} {code}", position=place)
        for name, place in (("three", 3), ("one", 1), ("two", 2))
    ]
    Article.objects.filter(pk=made[1].pk).update(body=body)
    return section, made


def order_on(page: Page) -> list[str]:
    found = [(page.text.index(name), name) for name in ("one", "two", "three") if name in page.text]
    return [name for _place, name in sorted(found)]


@pytest.mark.parametrize("code", CODES)
def test_pages_stand_in_the_editors_order_and_tell_no_dates(client, editions, code):
    section, made = make_pages(code)
    page = Page(client.get(section.get_absolute_url()))
    assert order_on(page) == ["one", "two", "three"]
    for path in (section.get_absolute_url(), made[1].get_absolute_url()):
        page = Page(client.get(path))
        main = client.get(path).text.partition("<main")[2].partition("</main>")[0]
        assert "<time" not in main
        assert "2024" not in main
        assert "published_time" not in client.get(path).text
        assert "datePublished" not in client.get(path).text


@pytest.mark.parametrize("code", CODES)
def test_a_long_page_has_contents_that_lead_to_its_parts(client, editions, code):
    _section, made = make_pages(code)
    page = Page(client.get(made[1].get_absolute_url()))
    ids = [each.attributes["id"] for each in page.elements if each.attributes.get("id")]
    led = [unquote(link[1:]) for link in page.links if link.startswith("#part-")]
    assert len(led) == 3
    assert set(led) <= set(ids)
    assert len(ids) == len(set(ids))


def test_a_short_page_and_an_article_have_no_contents(client):
    _section, made = make_pages()
    body = "".join(f"<h2>{words}</h2>" for words in LONG["en"])
    article = make_article(body=body)
    for path in (made[0].get_absolute_url(), article.get_absolute_url()):
        assert 'class="contents"' not in client.get(path).text


def test_a_page_tells_in_plain_text_and_in_lists_no_date_either(client):
    source = make_source(slug="house", kind="party")
    section = make_section(slug="about", layout="pages")
    article = make_article(section=section, source=source, headline="Manifesto of wells")
    assert "2024" not in client.get(f"/en/{article.pk}.txt").text
    for path in ("/en/source/house/", "/en/search/?q=manifesto"):
        main = client.get(path).text.partition("<main")[2]
        assert "Manifesto of wells" in Page(client.get(path)).text or "<mark>" in main
        assert "5 March 2024" not in main


def test_a_page_is_no_news_of_the_day(client):
    section = make_section(slug="about", layout="pages")
    page = make_article(section=section, headline="Undated", published_at=timezone.now())
    news = make_article(headline="Of today", published_at=timezone.now())
    loose = make_article(headline="In no section", section=None, published_at=timezone.now())
    for door in ("/en/", "/en/latest/", "/en/latest/rss", "/en/sitemap-news.xml"):
        text = client.get(door).text
        assert page.get_absolute_url() not in text, door
        assert news.get_absolute_url() in text, door
        assert loose.get_absolute_url() in text, door


def test_search_engines_and_the_search_find_pages(client):
    section, made = make_pages()
    assert f"{section.get_absolute_url()}</loc>" in client.get("/en/sitemap-lists.xml").text
    assert made[0].get_absolute_url() in client.get("/en/sitemap-2024-03.xml").text
    assert made[0].get_absolute_url() in Page(client.get("/en/search/?q=three")).links


def test_walking_a_long_section_shows_each_page_once_in_its_order(client):
    section = make_section(layout="pages")
    for place in range(120, 0, -1):
        make_article(section=section, source=None, headline=f"P{place}.", position=place)
    seen: list[str] = []
    path = section.get_absolute_url()
    while path:
        page = Page(client.get(path))
        seen += [
            word for word in page.text.split() if word.startswith("P") and word[1:-1].isdigit()
        ]
        ahead = [link["href"] for link in page.all("a", rel="next")]
        path = section.get_absolute_url() + ahead[0] if ahead else ""
    assert seen == [f"P{place}." for place in range(1, 121)]


@pytest.mark.parametrize("number", ["0", "1", "-1", "x", "9999", "٢", "2"])
def test_a_list_of_pages_that_is_not_there_is_a_404(client, number):
    section, _made = make_pages()
    assert client.get(f"{section.get_absolute_url()}?page={number}").status_code == 404


def test_a_section_of_pages_costs_the_same_queries_however_long(client, django_assert_num_queries):
    section, made = make_pages()
    for _more in range(2):
        with django_assert_num_queries(4):
            client.get(section.get_absolute_url())
        with django_assert_num_queries(5):
            client.get(made[1].get_absolute_url())
        for place in range(20):
            make_article(section=section, position=place)


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"published_at": AHEAD}])
def test_reader_never_sees_a_page_that_is_not_live(client, fields):
    section, made = make_pages()
    make_article(section=section, headline="secret", position=1, **fields)
    for path in (section.get_absolute_url(), made[1].get_absolute_url()):
        assert "secret" not in client.get(path).text
