"""The oEmbed provider, by the specification at oembed.com."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from articles.models import Article, Language
from tests.factories import TEXTS, make_article
from tests.views.pages import CODES, Page


def ask(client, settings, article: Article, **parameters):
    address = settings.SITE_URL + article.get_absolute_url()
    return client.get("/oembed", {"url": address, **parameters})


@pytest.mark.parametrize("code", CODES)
def test_an_article_is_described_in_both_formats_alike(client, settings, editions, code):
    article = make_article(language=code, byline="A. <b>Writer</b> & Co")
    response = ask(client, settings, article, maxwidth="320")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    told = json.loads(response.content)
    assert (told["version"], told["type"]) == ("1.0", "link")
    assert TEXTS[code][0] in told["title"]
    assert "A. <b>Writer</b> & Co" in told["author_name"].replace("\u2066", "").replace(
        "\u2069", ""
    )
    assert told["provider_name"] == editions[code].site_title
    assert told["provider_url"] == f"{settings.SITE_URL}/{code}/"
    assert int(told["cache_age"]) > 0
    assert "html" not in told
    document = ask(client, settings, article, format="xml")
    assert document["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(document.content)  # noqa: S314  Our own document.
    assert root.tag == "oembed"
    assert {element.tag: element.text for element in root} == told
    assert response["Content-Language"] == code
    assert response.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert not response.cookies


@pytest.mark.parametrize("code", CODES)
def test_a_page_leads_to_its_description(client, code):
    article = make_article(language=code)
    page = Page(client.get(article.get_absolute_url()))
    for media_type, form in (("application/json+oembed", "json"), ("text/xml+oembed", "xml")):
        (link,) = page.all("link", rel="alternate", type=media_type)
        address = urlsplit(link["href"])
        assert parse_qs(address.query) == {"url": [page.canonical], "format": [form]}
        assert client.get(f"{address.path}?{address.query}").status_code == 200


@pytest.mark.parametrize("slug", ["", "another-slug/"])
def test_an_old_address_of_an_article_is_described_too(client, settings, slug):
    article = make_article()
    for scheme in ("http", "https"):
        site = settings.SITE_URL.replace("http", scheme, 1)
        response = client.get("/oembed", {"url": f"{site}/ur/{article.pk}/{slug}?from=feed#x"})
        assert response.status_code == 200


def test_what_is_asked_for_wrongly_is_answered_by_the_specification(client, settings):
    article = make_article()
    assert client.get("/oembed").status_code == 400
    assert client.get("/oembed", {"url": ""}).status_code == 400
    for form in ("", "yaml", "JSON", "\x00"):
        response = ask(client, settings, article, format=form)
        assert (response.status_code, response["Content-Type"]) == (
            501,
            "text/plain; charset=utf-8",
        )


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Article.Status.DRAFT},
        {"status": Article.Status.WITHDRAWN},
        {"published_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_what_readers_may_not_see_is_not_found(client, settings, hidden):
    assert ask(client, settings, make_article(**hidden)).status_code == 404


def test_an_unpublished_edition_is_not_found(client, settings):
    article = make_article(language="sd")
    Language.objects.filter(code="sd").update(is_published=False)
    assert ask(client, settings, article).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "{site}/", "{site}/en/", "{site}/en/latest/", "{site}/admin/", "{site}/oembed", "{path}",
        "{site}/en/1.txt", "https://elsewhere.example{path}", "//elsewhere.example{path}",
        "javascript:alert(1)", "ftp://127.0.0.1:8000{path}", "http://[",
        "{site}@evil.example{path}",
        "{site}.evil.example{path}", "{site}/en/%00/", "{site}/en/99999999999999999999999/",
        "\ud800", "{site}/en/%ED%A0%80/", "http://" + "a" * 5000,
    ],
)  # fmt: skip
def test_an_address_that_is_no_article_here_is_not_found(client, settings, address):
    article = make_article()
    url = address.format(site=settings.SITE_URL, path=article.get_absolute_url())
    url = url.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    assert client.get("/oembed", {"url": url}).status_code == 404


def test_a_description_costs_one_query(client, settings, django_assert_num_queries):
    article = make_article()
    with django_assert_num_queries(1):
        ask(client, settings, article)


def test_the_provider_is_only_read(client, settings):
    article = make_article()
    url = settings.SITE_URL + article.get_absolute_url()
    head = client.head("/oembed", {"url": url})
    assert (head.status_code, head.content) == (200, b"")
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)("/oembed").status_code == 405
