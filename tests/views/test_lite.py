"""The lite edition: the same words without faces and scripts, and it stays lite."""

from __future__ import annotations

import re

import pytest

from articles.views.lite import carry, carry_in_links
from tests.factories import make_article, make_section
from tests.views.pages import CODES, Page

WAYS = [{"path": "?lite"}, {"headers": {"save-data": "on"}}]


def heavy(page: Page) -> list[str]:
    """What a page fetches beside its one style sheet and its mark."""
    fetched = [
        link["href"] for link in page.all("link") if link["rel"] in {"stylesheet", "preload"}
    ]
    return [
        address
        for address in (*fetched, *(each.get("src", "") for each in page.all("script")))
        if address and not address.endswith("newsroom.css")
    ] + [each["src"] for each in page.all("img")]


def words(page: Page) -> str:
    return " ".join(page.text.split())


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("way", WAYS, ids=["address", "header"])
def test_a_lite_page_has_the_same_words_and_fetches_only_its_style_sheet(client, code, way):
    article = make_article(language=code, section=make_section(language=code, slug="culture"))
    for path in (f"/{code}/", f"/{code}/latest/", f"/{code}/archive/", article.get_absolute_url()):
        full = Page(client.get(path))
        lite = Page(client.get(path + way.get("path", ""), headers=way.get("headers")))
        assert heavy(lite) == []
        assert any("fonts.css" in each for each in heavy(full))
        assert words(lite).rpartition(" ")[0][:400] == words(full).rpartition(" ")[0][:400]
        assert lite.canonical == full.canonical
        assert lite.alternates == full.alternates


def addresses_of_pages(page: Page) -> list[str]:
    links = [link["href"] for link in page.all("a") if "data-lite" not in link]
    return [each for each in links if re.match(r"/[^?#]*/(?:[?#]|$)|\?|/$", each)]


@pytest.mark.parametrize("code", CODES)
def test_every_link_and_form_of_a_lite_page_leads_to_a_lite_page(client, code):
    section = make_section(language=code, slug="culture")
    articles = [make_article(language=code, section=section) for _number in range(21)]
    for path in (
        "",
        "latest/",
        "section/culture/",
        "search/",
        f"source/{articles[0].source.slug}/",
    ):
        page = Page(client.get(f"/{code}/{path}?lite"))
        links = addresses_of_pages(page)
        assert len(links) > 5
        assert [each for each in links if "lite" not in each] == []
        assert len(page.all("form")) == len(page.all("input", type="hidden", name="lite"))
    page = Page(client.get(articles[0].get_absolute_url() + "?lite"))
    assert [each for each in addresses_of_pages(page) if "lite" not in each] == []


def test_a_lite_reader_stays_lite_through_a_switch_of_edition_and_a_wrong_slug(client):
    switch = Page(client.get("/en/?lite")).all("a", hreflang="ur")[0]["href"]
    assert client.get(switch)["Location"] == "/ur/?lite"
    article = make_article()
    moved = client.get(f"/en/{article.pk}/wrong/?lite")
    assert moved["Location"] == article.get_absolute_url() + "?lite"


@pytest.mark.parametrize("code", CODES)
def test_the_foot_of_a_page_leads_to_its_other_weight_and_back(client, code):
    def other(path: str, **headers: str) -> str:
        page = Page(client.get(path, headers=headers))
        return next(link["href"] for link in page.all("a") if "data-lite" in link)

    here = f"/{code}/latest/"
    assert other(here) == f"{here}?lite"
    assert other(f"{here}?lite") == here
    assert other(f"{here}?section=a") == f"{here}?section=a&lite"
    assert other(f"{here}?lite&section=a") == f"{here}?section=a"
    assert other(here, **{"save-data": "on"}) == f"{here}?lite=no"
    full = Page(client.get(f"{here}?lite=no", headers={"save-data": "on"}))
    assert any("fonts.css" in each for each in heavy(full))


def test_caches_are_told_that_a_page_is_lighter_for_who_saves_data(client):
    for path in ("/en/", "/ur/latest/", "/sd/nothing/"):
        assert "Save-Data" in client.get(path)["Vary"]


def test_a_lite_page_sets_no_cookie(client):
    assert client.get("/en/?lite").cookies == {}


@pytest.mark.parametrize(
    ("html", "carried"),
    [
        ('<a href="/en/">', '<a href="/en/?lite">'),
        ('<a href="/en/?a=1#b">', '<a href="/en/?a=1&amp;lite#b">'),
        ('<a rel="next" href="?before=1">', '<a rel="next" href="?before=1&amp;lite">'),
        ('<a href="#content">', '<a href="#content">'),
        ('<a href="//elsewhere.example/">', '<a href="//elsewhere.example/">'),
        ('<a href="https://elsewhere.example/">', '<a href="https://elsewhere.example/">'),
        ('<a href="/en/1.txt">', '<a href="/en/1.txt">'),
        ('<link href="/en/">', '<link href="/en/">'),
        ('<form method="post">', '<form method="post">'),
        ('<form method="get">', '<form method="get"><input type="hidden" name="lite" value="">'),
    ],
)
def test_only_links_to_pages_of_ours_carry_the_wish(html, carried):
    assert carry_in_links(html, "lite") == carried
    assert carry_in_links(html, "") == html
    assert carry("/en/#a", "") == "/en/#a"


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("/en/?", "?lite"),
        ("/en/latest/?", "?lite"),
        ("/en/latest/?since=2024-01-01&", "?since=2024-01-01&lite"),
        ("/en/search/?q=rain&", "?q=rain&lite"),
    ],
)
def test_the_foot_of_a_page_repeats_only_what_the_page_understands(client, path, own):
    response = client.get(f"{path}utm_source=a&fbclid={'x' * 1000}")
    (link,) = [each for each in Page(response).all("a") if "data-lite" in each]
    assert link["href"] == path.partition("?")[0] + own
    assert "fbclid" not in response.content.decode()
