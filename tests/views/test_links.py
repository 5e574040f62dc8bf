"""Sections of links: outward, marked as such, and never fetched from here."""

from __future__ import annotations

import pytest

from tests.factories import make_article, make_language, make_link, make_section
from tests.views.pages import CODES, Page


def make_links(code: str = "en", **fields):
    section = make_section(language=code, slug="links", layout="links", **fields)
    make_link(section, title="Second", address="https://www.second.example/a?b=1&c=2", position=2)
    make_link(section, title="First", address="https://first.example/", position=1)
    return section


@pytest.mark.parametrize("code", CODES)
def test_links_stand_in_the_editors_order_and_tell_that_they_lead_away(client, editions, code):
    section = make_links(code)
    page = Page(client.get(section.get_absolute_url()))

    outward = [link for link in page.all("a") if "external" in link.get("rel", "")]
    assert [link["href"] for link in outward] == [
        "https://first.example/",
        "https://www.second.example/a?b=1&c=2",
    ]
    assert all(link["rel"] == "external noopener" for link in outward)
    words = {"en": "(another site)", "ur": "(دوسری سائٹ)", "sd": "(ٻي سائيٽ)"}
    assert page.text.count(words[code]) == 2
    assert "second.example" in page.text
    assert len([each for each in page.elements if each.name == "bdi"]) >= 2


def test_a_page_of_links_asks_nothing_of_the_sites_that_it_names(client):
    page = Page(client.get(make_links().get_absolute_url()))
    fetched = ("src", "srcset", "data", "poster", "action", "ping")
    told = [each for each in page.elements if any(name in each.attributes for name in fetched)]
    outside = [each for each in page.all("link") if "example/" in each.get("href", "")]
    assert not [each for each in told if "example" in str(each.attributes)]
    assert not [each for each in outside if each["rel"] in {"preconnect", "dns-prefetch", "icon"}]


def test_a_link_names_the_language_that_is_spoken_there(client, editions):
    section = make_section(language="en", slug="links", layout="links")
    make_link(section, spoken=make_language("sd"), title="Paper", address="https://paper.example/")
    page = Page(client.get(section.get_absolute_url()))
    assert page.all("a", href="https://paper.example/")[0]["hreflang"] == "sd"
    assert page.all("bdi", lang="sd")


def test_words_of_a_link_are_only_ever_words(client):
    section = make_section(layout="links")
    make_link(section, title='<b>"x"</b>', description="<script>alert(1)</script>")
    text = client.get(section.get_absolute_url()).content.decode()
    assert "<b>" not in text
    assert "<script>alert" not in text


def test_an_article_is_not_lost_from_a_section_of_links(client):
    section = make_links()
    article = make_article(section=section, headline="How we choose links")
    assert article.get_absolute_url() in Page(client.get(section.get_absolute_url())).links


def test_a_section_without_links_says_so(client):
    section = make_section(layout="links")
    assert (
        "Nothing is published in this section yet." in client.get(section.get_absolute_url()).text
    )


def test_a_list_of_links_costs_the_same_queries_however_long(client, django_assert_num_queries):
    section = make_links()
    with django_assert_num_queries(5):
        client.get(section.get_absolute_url())
    for _number in range(20):
        make_link(section, spoken=section.language)
    with django_assert_num_queries(5):
        client.get(section.get_absolute_url())


def test_search_engines_find_a_section_of_links_in_each_language_that_has_it(client, editions):
    make_links("en")
    make_links("ur")
    empty = make_section(language="en", slug="void", layout="links")
    text = client.get("/en/sitemap-lists.xml").content.decode()
    assert "/en/section/links/</loc>" in text
    assert 'hreflang="ur" href="http' in text
    assert "/ur/section/links/" in text
    assert empty.get_absolute_url() not in text
