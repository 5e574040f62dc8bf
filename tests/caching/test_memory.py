"""What many pages have in common is read once, and never longer than it holds."""

from __future__ import annotations

from functools import partial
from urllib.parse import unquote

import pytest
from django.urls import reverse

from articles.caching import memory, remembered
from articles.caching.memory import making_a_page
from articles.models import Article, Section
from tests.admin.desk import sent_from, sit_down
from tests.caching.process import Process
from tests.factories import (
    load_languages,
    make_article,
    make_contact,
    make_figure,
    make_notice,
    make_section,
    make_source,
)

SECOND = 1.1


def test_an_article_costs_at_most_three_queries_after_another_of_its_section(
    article, clock, django_assert_num_queries
):
    make_contact()
    plain, other = (make_article(section=article.section) for _each in range(2))
    make_figure(other)
    make_notice(other)
    process = Process()
    process.ask(article.get_absolute_url())
    with django_assert_num_queries(1):
        process.ask(plain.get_absolute_url())
    with django_assert_num_queries(3):  # The story, its notices, its figures.
        process.ask(other.get_absolute_url())
    assert process.made == 3


@pytest.mark.parametrize(
    ("path", "queries"), [("/en/latest/", 2), ("/en/section/water/", 1), ("/en/", 4)]
)
def test_a_list_costs_at_most_four_queries_after_another_page(
    article, clock, django_assert_num_queries, path, queries
):
    for _each in range(30):
        make_article(section=article.section)
    process = Process()
    process.ask(article.get_absolute_url())
    with django_assert_num_queries(queries):
        process.ask(path)
    assert process.made == 2


PATHS = [
    *("/{}/", "/{}/latest/", "/{}/latest/?source=press", "/{}/section/water/", "/{}/archive/"),
    *("/{}/source/press/", "/{}/corrections/", "/{}/polls/", "/{}/contact/", "/{}/live/"),
    *("/{}/section/films/", "/{}/archive/2024/03/", "/{}/search/?q=rain", "/{}/latest/?lite"),
]
"""Pages that the menus name, those that draw their own, and one of each kind of list."""


@pytest.mark.parametrize("code", ["en", "ur"])
def test_a_page_is_the_same_whatever_was_made_before_it(db, clock, code):
    languages, press = load_languages(), make_source(slug="press")
    for language in languages:
        section = make_section(language=languages[language], slug="water")
        make_section(language=languages[language], slug="films", layout="video", in_menu=False)
        make_contact(language, in_header=True)
        for _each in range(30):
            make_article(language=language, section=section, source=press)
    paths = [each.format(code) for each in PATHS]
    article = Article.objects.in_language(code).newest_first()[3]
    gone = make_article(language=code, status="withdrawn")
    paths += [unquote(each.get_absolute_url()) for each in (article, gone)]
    paths.append(f"/{code}/section/none/")
    alone = {path: Process().ask(path) for path in paths}
    assert [told.status for told in alone.values()] == [200] * (len(paths) - 2) + [410, 404]
    for order in (paths, paths[::-1]):
        process = Process()
        process.ask("/sd/")
        for path in order:
            assert process.ask(path).text == alone[path].text, path


def test_a_page_that_nobody_asked_for_yet_shows_the_menu_as_it_is(article, clock):
    process, section = Process(), make_section(slug="sport", title="Sport")
    clock.shift(SECOND)
    assert "Sport" in process.ask("/en/").body.decode()

    client, form = sit_down(), reverse("admin:articles_section_change", args=[section.pk])
    client.post(form, sent_from(client.get(form), title="Games"))
    clock.shift(SECOND)
    page = process.ask("/en/latest/").body.decode()
    assert "Games" in page
    assert "Sport" not in page


def test_who_has_a_session_sees_what_is_stored_now(article, clock):
    Process().ask("/en/")
    Section.objects.update(title="Renamed")
    make_contact(name="New office", in_header=True)
    page = sit_down().get("/en/latest/").content.decode()
    assert "Renamed" in page
    assert "New office" in page


def test_related_articles_never_name_the_article_itself(article, clock):
    others = [make_article(section=article.section, headline=f"n{n}") for n in range(4)]
    process = Process()
    for each in (article, *others):
        body = process.ask(each.get_absolute_url()).body.decode()
        related = body.partition('<section class="related"')[2]
        assert related
        assert f'href="{each.get_absolute_url()}"' not in related


def test_only_so_much_is_remembered_and_of_one_state(monkeypatch):
    monkeypatch.setattr(memory, "MOST", 2)
    calls: list[str] = []

    def find(name: str) -> str:
        calls.append(name)
        return name

    first, second = object(), object()
    for stamp in (first, first, second):
        with making_a_page(stamp):
            for name in "abc":
                assert remembered(name, partial(find, name)) == name
    assert "".join(calls) == "abc" + "c" + "abc"
    assert remembered("a", lambda: "read anew") == "read anew"
