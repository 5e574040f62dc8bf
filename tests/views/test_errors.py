"""No address, no query string and no method makes the site fall over."""

from __future__ import annotations

import random
import re

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.test import Client, RequestFactory

from articles.caching.dependence import dependence_of
from articles.models import Language
from articles.views.errors import server_error
from tests.factories import make_article, make_section
from tests.views.pages import CODES, Page

pytestmark = pytest.mark.walk

NASTY = [
    "\x00",
    "%00",
    "..",
    "../../etc/passwd",
    "'",
    '" OR 1=1 --',
    "<script>",
    "{{ 7 }}",
    "%s%n",
    "۱۲۳",
    "١٢٣",
    "1e9",
    "-1",
    "0",
    str(2**63),
    str(10**30),
    "9" * 5000,
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "\u202e",
    "\u200c",
    "ﷺ",
    "کراچی",
    "a" * 3000,
    " ",
    "//",
    "\\",
    "?",
    "#",
]
PATHS = [
    "/{0}",
    "/{0}/",
    "/en/{0}/",
    "/ur/{0}/{0}/",
    "/sd/1/{0}/",
    "/en/section/{0}/",
    "/ur/source/{0}/",
    "/sd/latest/{0}",
    "/sd/search/{0}",
    "/language/{0}/",
    "/xx/{0}/",
    "/en/archive/{0}/",
    "/ur/archive/2024/{0}/",
    "/sd/archive/2024/03/{0}/",
    "/en/latest/{0}",
    "/ur/section/{0}/rss",
    "/sd/source/{0}/atom",
    "/en/{0}.txt",
    "/ur/{0}.json",
    "/en/sitemap-{0}.xml",
    "/ur/sitemap-2024-{0}.xml",
    "/sd/sitemap-2024-03-{0}.xml",
]
PARAMETERS = ["q", "section", "source", "since", "until", "before", "after", "at", "skip"]
PARAMETERS += ["page", "next", "url", "format"]


@pytest.mark.parametrize("nasty", NASTY)
def test_no_path_is_a_fault(client, nasty):
    make_article()
    client.raise_request_exception = True
    for path in PATHS:
        assert client.get(path.format(nasty)).status_code in {200, 301, 302, 400, 404}, path


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("code", CODES)
def test_no_query_string_is_a_fault(client, code, nasty):
    article = make_article(language=code)
    make_section(language=code, slug="culture")
    pages = ["", "latest/", "search/", "section/culture/", f"source/{article.source.slug}/"]
    for path in [f"/{code}/{page}" for page in pages] + [article.get_absolute_url()]:
        read = dependence_of(path)
        assert read is not None
        for name in (*read.parameters, "unknown"):  # A view is given no other.
            assert client.get(path, {name: nasty}).status_code in {200, 301, 404}, (path, name)


def test_no_mixture_is_a_fault(client):
    make_article()
    rng = random.Random(7)  # noqa: S311  Always the same mixtures.
    for _round in range(200):
        path = rng.choice(PATHS).format(rng.choice(NASTY))
        query = {rng.choice(PARAMETERS): rng.choice(NASTY) for _ in range(4)}
        assert client.get(path, query).status_code in {200, 301, 302, 400, 404}


def test_bytes_that_are_no_text_are_no_fault(client):
    for path in ("/en/%ff%fe/", "/%ed%a0%80/", "/en/search/?q=%ff%fe&since=%ed%a0%80"):
        assert client.get(path).status_code in {200, 404}


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_only_read(client, method):
    article = make_article()
    for path in ("/", "/en/", "/en/latest/", article.get_absolute_url(), "/language/en/"):
        assert getattr(client, method)(path).status_code == 405


def test_a_head_request_is_answered_without_a_body(client):
    response = client.head("/ur/")
    assert (response.status_code, response.content) == (200, b"")


def test_a_missing_last_slash_is_added_for_good(client):
    make_section(slug="culture")
    for path in ("/en", "/ur/latest", "/en/section/culture"):
        response = client.get(path + "?q=a")
        assert (response.status_code, response["Location"]) == (301, f"{path}/?q=a")


@pytest.mark.parametrize("path", ["//elsewhere.example/en", "//elsewhere.example"])
def test_adding_a_slash_never_leads_to_another_host(client, path):
    response = client.get("/", PATH_INFO=path)
    assert response.status_code in {301, 404}
    assert not response.get("Location", "").startswith("//")


@pytest.mark.parametrize("code", CODES)
def test_a_page_that_is_not_there_says_so_in_the_language_of_its_address(client, editions, code):
    response = client.get(f"/{code}/nothing/here/")
    page = Page(response)
    assert response.status_code == 404
    assert (page.html["lang"], page.html["dir"]) == (code, editions[code].direction)
    assert page.all("meta", name="robots", content="noindex")
    assert f"/{code}/" in page.links


def test_elsewhere_the_reader_is_answered_in_the_language_they_chose(client):
    client.cookies["language"] = "sd"
    assert Page(client.get("/nothing/")).html["lang"] == "sd"


def test_a_404_names_the_language_that_it_is_in(client):
    Language.objects.filter(code="sd").update(is_published=False)
    for path in ("/sd/", "/sd/latest/", "/ur/nothing/", "/nothing/"):
        response = client.get(path)
        assert response.status_code == 404
        assert Page(response).html["lang"] == response["Content-Language"]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_page_that_is_only_read_says_so_without_asking_for_proof(code, method):
    client = Client(enforce_csrf_checks=True)
    for path in (f"/{code}/", f"/{code}/latest/", f"/{code}/nothing/"):
        response = getattr(client, method)(path)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
        assert response["Content-Language"] == Page(response).html["lang"] == code
        assert Page(response).links == [f"/{code}/"]


@pytest.mark.parametrize("path", ["/en/", "/ur/latest/", "/sd/search/?q=a", "/en/nothing/"])
def test_readers_pages_pass_over_the_cookies_of_the_desk(client, path):
    plain = client.get(path)
    client.cookies[settings.SESSION_COOKIE_NAME] = "garbage"
    client.cookies["csrftoken"] = "zz"
    response = client.get(path)
    assert not response.cookies
    assert response.content == plain.content
    assert response["Vary"] == plain["Vary"]
    assert "Cookie" not in response["Vary"]


def test_a_page_that_is_not_there_costs_four_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get("/nothing/here/")


@pytest.mark.parametrize("code", CODES)
def test_a_fault_is_told_in_the_language_of_the_address_and_asks_nothing(
    code, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = server_error(RequestFactory().get(f"/{code}/"))
    assert response.status_code == 500
    assert Page(response).html["lang"] == code
    assert Page(response).links == [f"/{code}/"]


@pytest.mark.parametrize("code", CODES)
def test_a_request_that_makes_no_sense_is_refused_in_the_readers_language(
    client, django_assert_num_queries, code
):
    client.cookies["language"] = code
    with django_assert_num_queries(0):
        response = client.get("/admin/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert Page(response).html["lang"] == code
    assert Page(response).links == [f"/{code}/"]


@pytest.mark.parametrize("code", CODES)
def test_a_form_without_proof_is_refused_in_the_readers_language(django_assert_num_queries, code):
    client = Client(enforce_csrf_checks=True)
    client.cookies["language"] = code
    with django_assert_num_queries(0):
        response = client.post("/admin/login/", {"username": "a"})
    assert response.status_code == 403
    assert Page(response).html["lang"] == code
    assert Page(response).links == [f"/{code}/"]
    assert b"CSRF" not in response.content


def test_elsewhere_a_fault_is_told_in_every_language():
    page = Page(server_error(RequestFactory().get("/")))
    assert [section["lang"] for section in page.all("section")] == ["en", "ur", "sd"]
    assert len(page.all("h1")) == 1


@pytest.mark.parametrize("error", [OperationalError("terminated"), InterfaceError("closed")])
def test_a_database_that_is_away_is_told_as_that_with_when_to_come_back(monkeypatch, error):
    def fall(*args, **kwargs):
        raise error

    monkeypatch.setattr("articles.views.front.open_edition", fall)
    response = Client(raise_request_exception=False).get("/sd/")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert Page(response).html["lang"] == "sd"
    assert "public" not in response.headers.get("Cache-Control", "")


def test_a_fault_reaches_readers_as_that_page(monkeypatch):
    def fall(*args, **kwargs):
        raise RuntimeError("The database is on fire.")

    monkeypatch.setattr("articles.views.front.open_edition", fall)
    response = Client(raise_request_exception=False).get("/ur/")
    assert response.status_code == 500
    assert b"fire" not in response.content
    assert Page(response).html["dir"] == "rtl"


def test_the_page_that_apologises_needs_nothing_that_draws_the_others(monkeypatch):
    def fall(*args, **kwargs):
        raise ValueError("The manifest of the static files is damaged.")

    monkeypatch.setattr("articles.templating.environment.environment", fall)
    monkeypatch.setattr("django.template.backends.jinja2.Jinja2.get_template", fall)
    response = Client(raise_request_exception=False).get("/ur/")
    assert response.status_code == 500
    assert Page(response).html["dir"] == "rtl"


def test_templates_escape_and_only_the_body_is_trusted():
    trusted = [
        path.name
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        if re.search(r"\|\s*safe\b|\bautoescape\b", path.read_text())
    ]
    assert sorted(trusted) == ["_body.html", "body_read.html", "feed_entry.html", "typed.html"]
