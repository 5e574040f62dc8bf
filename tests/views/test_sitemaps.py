"""Sitemaps: every page that may be found, when it changed, and in which languages it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from articles import sitemaps
from articles.models import Article, Language
from tests.factories import WHEN, make_article, make_section, make_source
from tests.views.pages import CODES, Page

SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def tree(response) -> ElementTree.Element:
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314  Our own document.


def text(element: ElementTree.Element, path: str) -> str:
    found = element.findtext(path, namespaces=SPACES)
    assert found is not None, path
    return found


def entries(response) -> dict[str, str | None]:
    """The addresses of a sitemap or an index, and when each was changed."""
    return {
        text(each, "s:loc"): each.findtext("s:lastmod", namespaces=SPACES)
        for each in tree(response)
    }


def alternates(response) -> dict[str, dict[str, str]]:
    return {
        text(url, "s:loc"): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", SPACES)
        }
        for url in tree(response)
    }


def walk(client, settings) -> dict[str, str | None]:
    """Every address that the index leads to."""
    found: dict[str, str | None] = {}
    for file in entries(client.get("/sitemap.xml")):
        found |= entries(client.get(file.removeprefix(settings.SITE_URL)))
    return found


def test_every_page_that_may_be_found_is_named_and_answers(client, settings):
    section, press = make_section(slug="culture"), make_source(slug="press")
    story = make_article(section=section, source=press)
    make_article(language="ur", story=story.story, source=press)
    make_article(published_at=timezone.now() - timedelta(hours=1), source=press)
    make_article(published_at=WHEN - timedelta(days=400), language="sd", source=press)
    found = walk(client, settings)
    for address in found:
        page = Page(client.get(address.removeprefix(settings.SITE_URL)))
        assert page.canonical == address
        assert not page.all("meta", name="robots")
    wanted = {article.get_absolute_url() for article in Article.objects.all()}
    lists = ("", "latest/", "archive/", "corrections/", "contact/", "polls/", "live/")
    wanted |= {f"/{code}/{page}" for code in CODES for page in lists}
    wanted |= {f"/{code}/source/press/" for code in CODES} | {"/en/section/culture/"}
    assert found.keys() == {settings.SITE_URL + path for path in wanted}


def test_what_readers_may_not_see_is_not_named(client, settings):
    hidden: tuple[dict[str, Any], ...] = (
        {"status": Article.Status.DRAFT},
        {"status": Article.Status.WITHDRAWN},
        {"published_at": timezone.now() + timedelta(hours=1)},
    )
    for number, fields in enumerate(hidden):
        source = make_source(slug=f"canary-{number}")
        make_article(headline="canary", source=source, **fields)
    make_article(language="sd", headline="canary")
    Language.objects.filter(code="sd").update(is_published=False)
    assert [each for each in walk(client, settings) if "canary" in each or "/sd/" in each] == []
    assert client.get("/sd/sitemap-2024-03.xml").status_code == 404


def test_a_page_names_the_same_languages_here_and_there(client, settings):
    section = make_section(slug="culture")
    make_section(language="sd", slug="culture")
    story = make_article(language="en", section=section)
    make_article(language="sd", story=story.story, source=story.source)
    make_article(language="ur", source=story.source)
    for file in ("/en/sitemap-2024-03.xml", "/sd/sitemap-lists.xml", "/ur/sitemap-lists.xml"):
        for address, named in alternates(client.get(file)).items():
            page = Page(client.get(address.removeprefix(settings.SITE_URL)))
            assert page.alternates == named, address
            assert "x-default" in named


def test_a_sister_of_another_month_is_named_beside_it_and_listed_in_its_own(client):
    first = make_article(language="en")
    later = make_article(language="ur", story=first.story, published_at=WHEN + timedelta(days=60))
    (named,) = alternates(client.get("/en/sitemap-2024-03.xml")).values()
    assert named["ur"].endswith(later.get_absolute_url())
    assert client.get("/ur/sitemap-2024-03.xml").status_code == 404
    assert len(entries(client.get("/ur/sitemap-2024-05.xml"))) == 1


def test_the_last_change_is_told_truly_and_with_its_zone(client, settings):
    article, other = make_article(), make_article(published_at=WHEN - timedelta(days=1))
    changed = WHEN + timedelta(days=9)
    Article.objects.filter(pk=article.pk).update(updated_at=changed, modified_at=timezone.now())
    months = entries(client.get("/en/sitemap-2024-03.xml"))
    assert months == {
        settings.SITE_URL + article.get_absolute_url(): "2024-03-14T14:30:00+05:00",
        settings.SITE_URL + other.get_absolute_url(): "2024-03-04T14:30:00+05:00",
    }
    index = entries(client.get("/sitemap.xml"))
    assert index[f"{settings.SITE_URL}/en/sitemap-2024-03.xml"] == "2024-03-14T14:30:00+05:00"
    assert all(moment is None or datetime.fromisoformat(moment).tzinfo for moment in index.values())


def test_a_month_with_too_many_articles_comes_in_parts(client, settings, monkeypatch):
    monkeypatch.setattr(sitemaps, "LARGEST", 2)
    for number in range(5):
        make_article(published_at=WHEN + timedelta(hours=number))
    base = f"{settings.SITE_URL}/en/sitemap-2024-03"
    index = entries(client.get("/sitemap.xml"))
    parts = [f"{base}.xml", f"{base}-2.xml", f"{base}-3.xml"]
    assert [each for each in index if each.startswith(base)] == parts
    found = [set(entries(client.get(each.removeprefix(settings.SITE_URL)))) for each in parts]
    assert [len(each) for each in found] == [2, 2, 1]
    assert not any(one & other for one, other in pairwise(found))
    assert client.get("/en/sitemap-2024-03-4.xml").status_code == 404


def test_no_file_is_larger_than_the_protocol_allows():
    address = "https://" + "a" * 60 + "/ur/" + "9" * 19 + "/" + "%D8%A7" * 80 + "/"
    link = f'<xhtml:link rel="alternate" hreflang="x-default" href="{address}"/>'
    entry = f"<url><loc>{address}</loc><lastmod>{'2' * 25}</lastmod>{link * 4}</url>\n"
    assert sitemaps.LARGEST <= 50_000
    assert sitemaps.LARGEST * len(entry) < 50 * 1024 * 1024


@pytest.mark.parametrize("code", CODES)
def test_the_news_of_two_days_and_no_older_is_told_as_news(client, settings, code):
    now = timezone.now()
    article = make_article(
        language=code, published_at=now - timedelta(hours=47), headline="A & <b>"
    )
    make_article(language=code, published_at=now - timedelta(hours=49))
    (url,) = tree(client.get(f"/{code}/sitemap-news.xml"))
    assert text(url, "s:loc").endswith(article.get_absolute_url())
    assert text(url, ".//n:name") == Language.objects.get(pk=code).site_title
    assert text(url, ".//n:language") == code
    assert "A & <b>".split()[0] in text(url, ".//n:title")
    date = datetime.fromisoformat(text(url, ".//n:publication_date"))
    assert abs(date - article.published_at) < timedelta(seconds=1)


def test_a_day_is_told_where_only_the_day_is_known(client):
    make_article(published_at=timezone.now(), published_precision="day")
    (url,) = tree(client.get("/en/sitemap-news.xml"))
    day = text(url, ".//n:publication_date")
    assert day == timezone.localdate().isoformat()


def test_without_articles_there_is_an_index_all_the_same(client, settings):
    index = entries(client.get("/sitemap.xml"))
    assert len(index) == 2 * len(CODES)
    assert set(index.values()) == {None}
    assert list(tree(client.get("/ur/sitemap-news.xml"))) == []
    Language.objects.update(is_published=False)
    assert client.get("/sitemap.xml").status_code == 404


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/sitemap.xml", 12),
        ("/en/sitemap-2024-03.xml", 4),
        ("/en/sitemap-lists.xml", 8),
        ("/en/sitemap-news.xml", 3),
    ],
)
def test_a_sitemap_costs_the_same_queries_however_long_it_is(
    client, django_assert_num_queries, path, queries
):
    for number in range(12):
        section = make_section(slug=f"s{number}")
        article = make_article(section=section, published_at=WHEN + timedelta(hours=number))
        make_article(language="ur", story=article.story)
        make_article(published_at=timezone.now() - timedelta(hours=number))
    with django_assert_num_queries(queries) as captured:
        assert client.get(path).status_code == 200
    assert not any('"body"' in query["sql"] for query in captured.captured_queries)


@pytest.mark.parametrize(
    "path",
    [
        "/en/sitemap-2023-07.xml", "/en/sitemap-2024-00.xml", "/en/sitemap-2024-13.xml",
        "/en/sitemap-2024-03-1.xml", "/en/sitemap-2024-03-0.xml", "/en/sitemap-2024-03-2.xml",
        "/en/sitemap-2024-03-99999.xml", "/en/sitemap-0000-01.xml", "/en/sitemap-9999-12.xml",
        "/en/sitemap-۲۰۲۴-۰۳.xml", "/en/sitemap-2024-3.xml", "/en/sitemap-%00.xml", "/sitemap.XML",
        "/xx/sitemap-news.xml", "/en/sitemap-2024-03.xml/", "/en/sitemap-1583-01.xml",
    ],
)  # fmt: skip
def test_what_is_no_sitemap_is_a_404(client, path):
    make_article()
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/en/sitemap-news.xml"])
def test_one_copy_serves_everybody(client, path):
    client.cookies["language"] = "ur"
    response = client.get(path, headers={"Accept-Language": "sd"})
    assert not response.cookies
    assert response.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert response["Cache-Control"].startswith("public, max-age=")
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    for method in ("post", "put", "delete"):
        assert getattr(client, method)(path).status_code == 405


def test_robots_are_let_in_and_shown_the_way(client, settings):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /admin/" in lines
    assert "Disallow: /*/search/" in lines
    assert "Disallow: /" not in lines
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in lines


def test_the_host_that_somebody_asks_for_is_in_no_sitemap(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_article()
    for path in ("/sitemap.xml", "/en/sitemap-2024-03.xml", "/robots.txt"):
        assert b"evil.example" not in client.get(path, headers={"Host": "evil.example"}).content
