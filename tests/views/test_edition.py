"""What an edition puts to the articles of its lists, and what its pages have in common."""

from __future__ import annotations

import pytest
from django.template import engines

from articles.caching.memory import making_a_page
from articles.models import Article, Language
from articles.views.edition import open_edition
from tests.factories import load_languages, make_article, make_section, make_source


def alone() -> list[Article]:
    return list(Article.objects.order_by("pk").for_list(alone=True))


@pytest.mark.django_db
def test_articles_of_a_list_know_their_language_section_and_source(django_assert_num_queries):
    load_languages()
    press, section = make_source(language_id="ur"), make_section(title="Rivers")
    make_article(source=press, section=section)
    make_article(section=None, source=None)
    edition = open_edition("en")
    articles = alone()
    with django_assert_num_queries(0):
        first, second = edition.join(articles)
        assert (first.language.endonym, first.section.title) == ("English", "Rivers")
        assert (first.source.name, first.source.language.code) == (press.name, "ur")
        assert (second.section, second.source) == (None, None)


@pytest.mark.django_db
def test_what_no_edition_has_costs_a_query_and_not_one_for_each_article(django_assert_num_queries):
    languages = load_languages()
    elsewhere = make_section(language=languages["sd"], title="ندي")
    for _each in range(3):
        make_article(section=elsewhere, source=make_source(language_id="sd"))
    Language.objects.filter(code="sd").update(is_published=False)
    edition, articles = open_edition("en"), alone()
    with django_assert_num_queries(2):
        edition.join(articles)
        assert {each.section.title for each in articles} == {"ندي"}
        assert {each.source.language.code for each in articles} == {"sd"}


@pytest.mark.django_db
def test_a_section_that_was_deleted_a_moment_ago_is_no_fault():
    load_languages()
    make_article(section=make_section())
    edition, articles = open_edition("en"), alone()
    articles[0].section_id = 10**9
    edition.join(articles)


def drawn(source: str, **values: object) -> str:
    return engines["jinja2"].from_string(source).render({"code": "en", **values})


PART = '{% call remember("part", code, kind) %}{{ text }}{% endcall %}'


def test_a_part_is_drawn_once_for_each_value_while_pages_are_made():
    with making_a_page(object()):
        assert drawn(PART, kind=1, text="first") == "first"
        assert drawn(PART, kind=1, text="second") == "first"
        assert drawn(PART, kind=2, text="third") == "third"
        assert drawn(PART, kind=1, text="Urdu", code="ur") == "Urdu"
    with making_a_page(object()):
        assert drawn(PART, kind=1, text="fourth") == "fourth"


def test_who_has_a_session_is_drawn_every_part_anew():
    assert [drawn(PART, kind=1, text=text) for text in ("first", "second")] == ["first", "second"]


def test_a_part_is_escaped_once():
    with making_a_page(object()):
        for _each in range(2):
            assert drawn(PART, kind=1, text="<b> & 'c'") == "&lt;b&gt; &amp; &#39;c&#39;"
