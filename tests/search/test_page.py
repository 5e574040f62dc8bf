"""The search page: what it shows, how it is paged and narrowed, and what it costs."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from articles.search import finding, postgresql
from articles.views import results
from articles.views.paging import PAGE_SIZE
from tests.factories import WHEN, make_article, make_section, make_source
from tests.search.asking import ask, found, headlines
from tests.views.pages import CODES, Page


def make_many(count: int, **fields) -> None:
    """Articles numbered from the newest on; each five of them share a moment."""
    for n in range(count):
        make_article(headline=f"rain {n}", published_at=WHEN - timedelta(hours=n // 5), **fields)


def walk(client: Client, link: str, query: str = "?q=rain") -> list[list[str]]:
    """The headlines of each page on the way that ``link`` (older or newer) leads."""
    pages = []
    while query:
        response = client.get(f"/en/search/{query}")
        assert response.status_code == 200
        pages.append(headlines(response))
        query = getattr(response.context["page"], link)
    return pages


@pytest.fixture
def small_windows(monkeypatch) -> int:
    """Windows of two pages, so that a test needs no hundreds of articles."""
    size = 2 * PAGE_SIZE
    for module in (finding, results):
        monkeypatch.setattr(module, "WINDOW", size)
    steps = {str(number): number for number in range(0, size, PAGE_SIZE)}
    monkeypatch.setattr(results, "STEPS", steps)
    return size


@pytest.fixture
def small_samples(monkeypatch) -> None:
    """Samples of four articles, so that PostgreSQL takes each of its ways among few."""
    monkeypatch.setattr(postgresql, "SAMPLE", 4)


def test_walking_the_results_shows_each_article_once_and_newest_first(
    client, small_windows, small_samples
):
    make_many(5 * PAGE_SIZE + 3)
    make_article(headline="sun", body="<p>z</p>")
    pages = walk(client, "older")
    assert [len(page) for page in pages] == [PAGE_SIZE] * 5 + [3]
    walked = [headline for page in pages for headline in page]
    every = client.get("/en/latest/")
    listed = headlines(every)
    while every.context["page"].older:
        every = client.get("/en/latest/" + every.context["page"].older)
        listed += headlines(every)
    assert walked == [headline for headline in listed if headline != "sun"]


@pytest.mark.parametrize("every", [1, 2, 3, 7, 30])
def test_however_common_a_word_is_its_newest_hits_are_found(small_samples, every):
    hits = []
    for n in range(40):
        is_hit = n % every == every - 1
        hits += [f"rain {n}"] if is_hit else []
        make_article(
            headline=f"{'rain' if is_hit else 'sun'} {n}",
            body="<p>z</p>",
            published_at=WHEN - timedelta(hours=n),
        )
    assert found("rain") == hits[:PAGE_SIZE]


def test_walking_back_shows_the_same_pages(client, small_windows, small_samples):
    make_many(5 * PAGE_SIZE + 3)
    forth = walk(client, "older")
    query = "?q=rain"
    while older := client.get(f"/en/search/{query}").context["page"].older:
        query = older
    assert walk(client, "newer", query) == forth[::-1]


def test_an_article_that_arrives_meanwhile_moves_nothing(client):
    make_many(PAGE_SIZE + 5)
    first = client.get("/en/search/?q=rain")
    make_article(headline="breaking rain", published_at=WHEN + timedelta(days=1))
    second = client.get("/en/search/" + first.context["page"].older)
    assert len(headlines(second)) == 5
    assert not set(headlines(first)) & set(headlines(second))


def test_what_is_only_close_is_paged_too(client):
    for n in range(PAGE_SIZE + 3):
        make_article(headline=f"train {n}", published_at=WHEN - timedelta(hours=n))
    pages = walk(client, "older")
    assert [len(page) for page in pages] == [PAGE_SIZE, 3]
    assert pages[1][-1] == f"train {PAGE_SIZE + 2}"


@pytest.mark.parametrize(
    "query",
    ["at=abc", "at=", "skip=20", "skip=x", "at=20240305T093000.000000Z-1&skip=7", "skip=-20"],
)
def test_a_page_that_we_never_linked_to_is_a_404(client, query):
    assert client.get(f"/en/search/?q=rain&{query}").status_code == 404


def test_past_the_end_the_search_begins_again(client):
    make_article(headline="rain")
    response = client.get("/en/search/?q=rain&at=20200101T000000.000000Z-1")
    assert (response.status_code, response["Location"]) == (302, "/en/search/?q=rain")


def test_the_page_asks_the_database_seven_times(client, django_assert_num_queries, small_windows):
    make_many(3 * PAGE_SIZE)
    client.get("/en/search/?q=rain")  # A process looks once for the index.
    with django_assert_num_queries(7) as captured:
        first = client.get("/en/search/?q=rain")
    with django_assert_num_queries(7):
        second = client.get("/en/search/" + first.context["page"].older)
    with django_assert_num_queries(9):  # Where does the window before it begin?
        client.get("/en/search/" + second.context["page"].older)
    statements = " ".join(query["sql"] for query in captured.captured_queries)
    assert "COUNT(" not in statements
    assert "OFFSET" not in statements


def test_a_search_for_nothing_asks_no_more_than_the_form_needs(client, django_assert_num_queries):
    make_article()
    with django_assert_num_queries(4):
        client.get("/en/search/")


def test_a_search_in_vain_asks_a_bounded_number_of_times(client, django_assert_max_num_queries):
    make_article()
    for query in ("nothinglikethis", "no such words here", "zz"):
        with django_assert_max_num_queries(10):
            assert found(query) == []


@pytest.mark.parametrize("code", CODES)
def test_each_filter_narrows_the_search(code):
    culture, press = make_section(language=code, slug="culture"), make_source(slug="press")
    make_article(language=code, headline="rain wanted", section=culture, source=press)
    make_article(language=code, headline="rain other", published_at=WHEN - timedelta(days=30))
    make_article(language=code, headline="sun", body="<p>z</p>", section=culture, source=press)
    for filters in (
        {"section": "culture"},
        {"source": "press"},
        {"since": "2024-03-05"},
        {"since": "۲۰۲۴-۰۳-۰۵", "until": "2024-03-05"},
        {"section": "culture", "source": "press", "until": "2024-03-05"},
    ):
        assert found("rain", code, **filters) == ["rain wanted"], filters
    assert found("rain", code, until="2024-03-04") == ["rain other"]
    assert found("rain", code, since="2024-03-06") == []
    assert found("wante", code, section="culture") == ["rain wanted"]
    assert found("wante", code, until="2024-03-04") == []


def test_only_the_edition_is_searched():
    for code in CODES:
        make_article(language=code, headline=f"2024 {code}")
    for code in CODES:
        assert found("2024", code) == [f"2024 {code}"]


def test_other_editions_are_named_when_this_one_has_none(client):
    make_article(language="ur", headline="کراچی")
    make_article(language="sd", headline="ڪراچي")
    make_article(language="sd", headline="ڪراچي ۾")
    response = client.get("/en/search/", {"q": "کراچی", "since": "2020-01-01", "source": ""})
    told = {each.language.code: each.counted for each in response.context["elsewhere"]}
    assert told == {"ur": 1, "sd": 2}
    links = [link for link in Page(response).links if re.match("/(ur|sd)/search/[?]", link)]
    assert len(links) == 2
    for link in links:
        assert "since=2020-01-01" in link
        assert headlines(client.get(link))
    assert client.get("/ur/search/", {"q": "کراچی"}).context["elsewhere"] == []


@pytest.mark.parametrize("code", CODES)
def test_a_count_stops_at_a_thousand(client, code, monkeypatch):
    for _each in range(3):
        make_article(language=code, headline="rain", source=None)
    exact = Page(client.get(f"/{code}/search/?q=rain")).text
    for module in (finding,):
        monkeypatch.setattr(module, "COUNTED", 2)
    monkeypatch.setattr("articles.views.search.COUNTED", 2)
    capped = client.get(f"/{code}/search/?q=rain")
    assert capped.context["found"].counted == 3
    assert Page(capped).text != exact


def text_of(response) -> str:
    return response.content.decode()


def test_hits_are_marked_in_the_original_and_nothing_is_unescaped():
    make_article(
        headline="Rain & <b>storms</b>", body="<p>&lt;i&gt; the RAIN, and <em>rain</em>bow</p>"
    )
    page = text_of(ask("rain"))
    assert "<mark>Rain</mark> &amp; " in page
    assert "&lt;i&gt; the <mark>RAIN</mark>, and rainbow" in page


@pytest.mark.parametrize(
    ("code", "headline", "typed", "marked"),
    [
        ("ur", "کَراچیِ میں بارش", "كراچي", "<mark>کَراچیِ</mark> میں بارش"),
        ("ur", "سال ۲۰۲۳ء میں", "2023", "<mark>۲۰۲۳ء</mark>"),
        ("sd", "ڪراچي۾ امن", "کراچی", "<mark>ڪراچي</mark>۾ امن"),
        ("ur", "جماعت MQM-P کا", "mqm", '<bdi dir="ltr" class="number"><mark>MQM</mark>-P</bdi>'),
    ],
)
def test_marks_stand_round_whole_words_with_their_signs(code, headline, typed, marked):
    make_article(language=code, headline=headline)
    assert marked in text_of(ask(typed, code))


def test_a_query_is_never_shown_as_markup():
    page = text_of(ask('"><script>alert(1)</script>'))
    assert "<script>alert" not in page


@pytest.mark.parametrize("code", CODES)
def test_the_page_is_not_for_search_engines(client, code):
    for query in ("", "?q=rain"):
        page = Page(client.get(f"/{code}/search/{query}"))
        assert page.all("meta", name="robots", content="noindex")
        assert page.alternates == {}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "query", [{}, {"q": "nothinglikethis"}, {"q": "nothing", "since": "2020-01-01"}, {"q": "ًٌٍ"}]
)
def test_an_empty_page_says_why(client, code, query):
    make_article(language=code)
    page = Page(client.get(f"/{code}/search/", query))
    assert page.all("div", **{"class": "empty"})
    assert len(page.all("h1")) == 1


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "query",
    [
        {"q": "a\x00b"},
        {"q": "a" * 10_000},
        {"q": "ًٌٍ"},
        {"q": "rain", "since": "yesterday"},
        {"q": "rain", "until": "9999-12-31"},
        {"q": "rain", "section": "nowhere"},
    ],
)
def test_what_cannot_be_searched_is_answered_beside_the_field(client, code, query):
    make_article(language=code, headline="rain")
    response = client.get(f"/{code}/search/", query)
    assert headlines(response) == []
    name = list(query)[-1]
    assert Page(response).all("div", id=f"id_{name}_error")


def test_paging_keeps_what_the_reader_asked_for(client):
    make_many(PAGE_SIZE + 1)
    page = client.get("/en/search/?since=2020-01-01&q=rain&junk=1").context["page"]
    wanted = r"\?q=rain&since=2020-01-01&at=[0-9TZ.-]+&skip=20"
    assert re.fullmatch(wanted, page.older)
    second = client.get("/en/search/" + page.older)
    assert second.context["filters"].form["q"].value() == "rain"


def test_changing_the_edition_asks_the_same_there(client):
    make_article(language="en", headline="The canal of 2024")
    make_article(language="ur", headline="نہر 2024")
    page = Page(client.get("/en/search/?q=2024&section=&since=2023-01-01"))
    (switch,) = [link for link in page.all("a", hreflang="ur") if "/language/" in link["href"]]

    answer = client.get(switch["href"], follow=True)

    assert answer.redirect_chain[-1][0] == "/ur/search/?q=2024&since=2023-01-01"
    assert [each.headline for each in answer.context["page"].articles] == ["نہر 2024"]


@pytest.mark.parametrize(
    ("code", "noun", "verb"),
    [("en", "Search", "Search"), ("ur", "تلاش", "تلاش کریں"), ("sd", "ڳولا", "ڳوليو")],
)
def test_the_page_is_named_by_a_noun_and_its_button_by_a_verb(client, code, noun, verb):
    html = client.get(f"/{code}/search/").content.decode()
    assert f"<h1>{noun}</h1>" in html
    assert f'<button type="submit">{verb}</button>' in html
    assert f"<title>{noun} ·" in html
