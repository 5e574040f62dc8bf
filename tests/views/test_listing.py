"""Lists: what they hold, how they are paged, and how a reader narrows them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from articles.models.place import Place
from articles.views.paging import PAGE_SIZE
from tests.factories import WHEN, make_article, make_link, make_section, make_source
from tests.views.pages import CODES, Page


def headlines(response) -> list[str]:
    return [article.headline for article in response.context["page"].articles]


def make_many(count: int, **overrides) -> list[Article]:
    """Articles numbered from the newest on; each five of them share a moment."""
    return [
        make_article(headline=f"n{n}", published_at=WHEN - timedelta(hours=n // 5), **overrides)
        for n in range(count)
    ]


def walk(client, path: str, link: str) -> list[list[str]]:
    """The headlines of each page on the way that ``link`` (older or newer) leads."""
    pages, query = [], ""
    while True:
        response = client.get(path + query, follow=True)
        pages.append(headlines(response))
        query = getattr(response.context["page"], link)
        if not query:
            return pages


def test_walking_a_list_shows_every_article_once_and_in_order(client):
    made = make_many(2 * PAGE_SIZE + 3)
    made.sort(key=lambda article: (article.published_at, article.pk), reverse=True)
    pages = walk(client, "/en/latest/", "older")
    assert [len(page) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 3]
    assert [headline for page in pages for headline in page] == [
        article.headline for article in made
    ]


def test_walking_back_shows_the_same_pages(client):
    make_many(2 * PAGE_SIZE + 3)
    forth = walk(client, "/en/latest/", "older")
    response = client.get("/en/latest/" + client.get("/en/latest/").context["page"].older)
    last = "/en/latest/" + response.context["page"].older
    response = client.get(last)
    assert headlines(response) == forth[2]
    response = client.get("/en/latest/" + response.context["page"].newer)
    assert headlines(response) == forth[1]
    response = client.get("/en/latest/" + response.context["page"].newer, follow=True)
    assert headlines(response) == forth[0]
    assert response.redirect_chain == [("/en/latest/", 302)]


def test_an_article_that_arrives_meanwhile_repeats_nothing(client):
    make_many(PAGE_SIZE + 5)
    first = client.get("/en/latest/")
    make_article(headline="breaking", published_at=WHEN + timedelta(days=1))
    second = client.get("/en/latest/" + first.context["page"].older)
    assert not set(headlines(first)) & set(headlines(second))
    assert len(headlines(second)) == 5


@pytest.mark.parametrize("kind", ["latest", "section", "source"])
def test_a_page_deep_in_a_list_costs_no_more_queries(client, django_assert_num_queries, kind):
    section, source = make_section(slug="culture"), make_source(slug="press")
    make_many(2 * PAGE_SIZE + 3, section=section, source=source)
    path = {"latest": "latest/", "section": "section/culture/", "source": "source/press/"}[kind]
    budget = {"latest": 5, "section": 4, "source": 5}[kind]
    with django_assert_num_queries(budget):
        first = client.get(f"/en/{path}")
    with django_assert_num_queries(budget) as captured:
        client.get(f"/en/{path}" + first.context["page"].older)
    statements = " ".join(query["sql"] for query in captured.captured_queries)
    assert "COUNT(" not in statements
    assert "OFFSET" not in statements


@pytest.mark.parametrize("name", ["before", "after"])
@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "abc",
        "20240305T093000.000000Z",
        "20240305T093000.000000Z-",
        "20240305T093000.000000Z--1",
        "20240305T093000.000000Z-1\x00",
        "20240305T093000.000000Z-1\n",
        "20241305T093000.000000Z-1",
        "00010101T000000.000000Z-1",
        "99991231T235959.999999Z-1",
        "20240305T093000.000000Z-9999999999999999999",
        "٢٠٢٤٠٣٠٥T093000.000000Z-1",
        "2" * 100_000,
    ],
)
def test_a_cursor_that_we_never_wrote_is_a_404(client, name, cursor):
    assert client.get("/ur/latest/", {name: cursor}).status_code == 404


def test_two_cursors_at_once_are_a_404(client):
    cursor = str(Place(WHEN, 1))
    response = client.get("/en/latest/", {"before": cursor, "after": cursor})
    assert response.status_code == 404


def test_a_cursor_reads_what_it_wrote():
    cursor = Place(datetime(2024, 3, 5, 9, 30, 1, 42, tzinfo=UTC), 123)
    assert str(cursor) == "20240305T093001.000042Z-123"
    assert Place.read(str(cursor)) == cursor


@pytest.mark.parametrize("code", CODES)
def test_past_the_end_a_list_says_so_and_leads_back(client, code):
    make_article(language=code)
    cursor = Place(WHEN - timedelta(days=9), 1)
    response = client.get(f"/{code}/latest/", {"before": str(cursor)})
    assert response.status_code == 200
    page = Page(response)
    assert page.all("div", **{"class": "empty"})
    assert f"/{code}/latest/" in page.links


@pytest.mark.parametrize("query", ["page=abc", "page=-1", "utm_source=x", "q%5B%5D=1", "%00=%00"])
def test_unknown_parameters_change_nothing(client, query):
    make_article(headline="here")
    response = client.get(f"/en/latest/?{query}")
    assert response.status_code == 200
    assert headlines(response) == ["here"]
    assert Page(response).canonical.endswith("/en/latest/")


@pytest.mark.parametrize("code", CODES)
def test_each_filter_narrows_the_list(client, code):
    culture = make_section(language=code, slug="culture")
    press = make_source(slug="press")
    wanted = make_article(language=code, headline="wanted", section=culture, source=press)
    make_article(language=code, headline="other", published_at=WHEN - timedelta(days=30))
    for query in (
        {"section": "culture"},
        {"source": "press"},
        {"since": "2024-03-05"},
        {"since": "05/03/2024"},
        {"since": "۲۰۲۴-۰۳-۰۵"},
        {"section": "culture", "source": "press", "until": "2024-03-05"},
    ):
        response = client.get(f"/{code}/latest/", query)
        assert headlines(response) == [wanted.headline], query
    assert headlines(client.get(f"/{code}/latest/", {"until": "2024-03-04"})) == ["other"]


def test_a_day_is_a_day_where_the_newsroom_is(client):
    late = datetime(2024, 3, 4, 19, 30, tzinfo=UTC)  # Half past midnight on the 5th in Karachi.
    make_article(headline="after midnight", published_at=late)
    assert headlines(client.get("/en/latest/", {"since": "2024-03-05"})) == ["after midnight"]
    assert headlines(client.get("/en/latest/", {"until": "2024-03-04"})) == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "query",
    [
        {"since": "yesterday"},
        {"until": "31/02/2024"},
        {"since": "0001-01-01"},
        {"until": "9999-12-31"},
        {"section": "nowhere"},
        {"source": "nobody"},
        {"section": "\x00"},
    ],
)
def test_what_a_filter_cannot_use_is_answered_beside_the_field(client, code, query):
    make_article(language=code)
    response = client.get(f"/{code}/latest/", query)
    assert response.status_code == 200
    assert headlines(response) == []
    page, name = Page(response), next(iter(query))
    assert page.all("div", id=f"id_{name}_error")
    fields = [each for each in page.all("input") + page.all("select") if each["name"] == name]
    assert [field["aria-invalid"] for field in fields] == ["true"]
    assert page.all("div", **{"class": "empty"})


def test_paging_keeps_what_the_reader_asked_for(client):
    make_many(PAGE_SIZE + 1)
    page = client.get("/en/latest/?since=2020-01-01&junk=1").context["page"]
    assert re.fullmatch(r"\?since=2020-01-01&before=[0-9TZ.-]+", page.older)
    second = client.get("/en/latest/" + page.older)
    assert len(headlines(second)) == 1
    assert second.context["filters"].form["since"].value() == "2020-01-01"


def test_a_narrowed_list_is_not_for_search_engines(client):
    page = Page(client.get("/en/latest/?since=2020-01-01"))
    assert page.all("meta", name="robots", content="noindex")
    assert page.alternates == {}


def test_an_address_with_words_leads_to_the_search_with_all_that_was_asked(client):
    response = client.get(
        "/ur/latest/", {"q": "پانی", "section": "culture", "since": "2020-01-01", "junk": "1"}
    )
    assert response.status_code == 301
    wanted = "/ur/search/?q=%D9%BE%D8%A7%D9%86%DB%8C&section=culture&since=2020-01-01"
    assert response["Location"] == wanted


@pytest.mark.parametrize("code", CODES)
def test_a_section_links_to_the_same_section_of_other_editions(client, settings, code):
    make_section(language="ur", slug="culture", title="ثقافت")
    make_section(language="sd", slug="culture", title="ثقافت")
    response = client.get(f"/{code}/section/culture/")
    if code == "en":
        assert response.status_code == 404
        return
    page = Page(response)
    assert set(page.alternates) == {"ur", "sd", "x-default"}
    assert page.alternates["sd"] == f"{settings.SITE_URL}/sd/section/culture/"
    assert "/language/en/?next=/en/" in page.links


def test_a_section_lists_its_own_articles_only(client):
    culture, science = make_section(slug="culture"), make_section(slug="science")
    make_article(headline="mine", section=culture)
    make_article(headline="theirs", section=science)
    assert headlines(client.get("/en/section/culture/")) == ["mine"]


@pytest.mark.parametrize("code", CODES)
def test_a_source_says_what_kind_it_is_in_every_language(client, code):
    party = make_source(slug="party", kind="party", name="Example Party")
    make_article(language=code, source=party, headline="statement")
    response = client.get(f"/{code}/source/party/")
    assert headlines(response) == ["statement"]
    page = Page(response)
    assert page.all("p", **{"class": "note"})
    names = page.all("h1", lang="en", dir="ltr")
    assert len(names) == 1


@pytest.mark.parametrize("code", CODES)
def test_a_name_in_another_language_is_isolated_where_no_markup_can_be(client, code):
    press = make_source(slug="press", name="Example Press")
    make_article(language=code, source=press)
    name = "Example Press" if code == "en" else "\u2068Example Press\u2069"
    page = Page(client.get(f"/{code}/source/press/"))
    assert [meta["content"] for meta in page.all("meta", property="og:title")] == [name]
    assert f"{name} · " in page.text
    assert name in Page(client.get(f"/{code}/latest/")).text


def test_a_list_leaves_in_the_database_what_it_does_not_print(
    client, django_assert_max_num_queries
):
    make_article()
    with django_assert_max_num_queries(5) as captured:
        client.get("/en/latest/")
    statements = " ".join(query["sql"] for query in captured.captured_queries)
    for column in ("furniture", "date_order_counts", "usage_terms", "search_key"):
        assert column not in statements


def test_a_source_names_only_the_editions_that_have_articles_of_it(client):
    press = make_source(slug="press")
    make_article(language="ur", source=press)
    assert set(Page(client.get("/ur/source/press/")).alternates) == {"ur", "x-default"}
    empty = client.get("/sd/source/press/")
    assert empty.status_code == 200
    assert Page(empty).all("meta", name="robots", content="noindex")
    assert client.get("/ur/source/nobody/").status_code == 404


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Article.Status.DRAFT},
        {"status": Article.Status.WITHDRAWN},
        {"published_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_a_source_without_a_live_article_is_not_there(client, hidden):
    press = make_source(slug="press")
    make_article(language="ur", source=press, **hidden)
    for code in CODES:
        assert client.get(f"/{code}/source/press/").status_code == 404


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("path", ["latest/", "section/culture/"])
def test_an_empty_list_says_so(client, code, path):
    make_section(language=code, slug="culture")
    page = Page(client.get(f"/{code}/{path}"))
    assert page.all("div", **{"class": "empty"})
    assert len(page.all("h1")) == 1


NONE_OLDER = {
    "en": "There are no older articles.",
    "ur": "اس سے پرانی کوئی تحریر نہیں۔",
    "sd": "ان کان پراڻا مضمون موجود ناهن.",
}


@pytest.mark.parametrize("layout", ["stream", "gallery", "video", "audio", "verse", "links"])
@pytest.mark.parametrize("code", CODES)
def test_a_page_past_the_oldest_article_leads_back_to_the_newest(client, editions, code, layout):
    section = make_section(language=code, layout=layout)
    if layout == "links":
        make_link(section)  # Links stand on the first page only.
    address = section.get_absolute_url()
    page = Page(client.get(address + "?before=20000101T000000.000000Z-1"))
    assert NONE_OLDER[code] in page.text
    assert address in page.links
