"""The desk finds what no reader may see, in every spelling, and only what its list may hold."""

from __future__ import annotations

import pytest
from django.db import connection

from articles.models import Article
from articles.search import DeskScope, find_at_desk, index
from tests.factories import make_article, make_section, make_source

STATES = ["draft", "review", "published", "withdrawn"]


def found(text: str, **scope: object) -> set[str]:
    """The headlines of what the desk finds in a list that is narrowed so."""
    articles = Article.objects.filter(**scope)
    numbers = find_at_desk(text, DeskScope(articles, **scope))  # type: ignore[arg-type]
    assert numbers is not None
    return set(articles.filter(pk__in=numbers).values_list("headline", flat=True))


@pytest.mark.parametrize("status", STATES)
def test_an_article_is_found_in_any_state(status: str) -> None:
    moment = {"published_at": None} if status in {"draft", "review"} else {}
    make_article(headline="Canal", status=status, **moment)
    make_article(headline="River", status=status, **moment)
    assert found("canal") == {"Canal"}
    assert found("canal", status=status) == {"Canal"}
    assert found("canal", status="draft" if status == "review" else "review") == set()


def test_an_article_is_found_while_it_moves_from_state_to_state() -> None:
    article = make_article(headline="Canal", status="draft", published_at=None)
    for status in [*STATES, *STATES]:
        Article.objects.filter(pk=article.pk).update(status=status, published_at="2024-03-05T00Z")
        assert found("canal", status=status) == found("canal") == {"Canal"}
    article.delete()
    assert found("canal") == set()


@pytest.mark.parametrize(
    ("language", "headline", "query"),
    [
        ("ur", "پاکستان میں بارش", "پاكستان"),
        ("ur", "مُشرف کی کُرسی", "مشرف كرسي"),
        ("sd", "ڪراچيءَ ۾ مينهن", "کراچیء"),
        ("en", "Café in Karachi, 2023", "CAFE ۲۰۲۳"),
    ],
)
def test_search_forgives_how_a_word_is_spelt(language: str, headline: str, query: str) -> None:
    make_article(language=language, headline=headline, status="draft")
    make_article(language=language, headline="-", status="draft")
    assert found(query) == found(query, language=language) == {headline}


def test_the_beginning_of_a_word_finds_it_where_no_word_is_just_that() -> None:
    make_article(headline="Karachi wells", status="draft", body="<p>.</p>")
    make_article(headline="Karakoram road", body="<p>.</p>")
    assert found("kara") == {"Karachi wells", "Karakoram road"}
    assert found("wells kara") == {"Karachi wells"}
    assert found("k") == set()
    make_article(headline="Kara", body="<p>.</p>")
    assert found("kara") == {"Kara"}


def test_a_word_that_only_others_wrote_hides_no_beginning() -> None:
    """Else an empty list would tell that the word stands in what the list does not show."""
    make_article(headline="Karachi wells", status="draft", body="<p>.</p>")
    make_article(headline="Kara", language="ur", status="draft", body="<p>.</p>")
    articles = Article.objects.filter(language="en")

    numbers = find_at_desk("kara", DeskScope(articles))

    assert articles.get(pk__in=numbers or []).headline == "Karachi wells"


def test_a_list_narrowed_loses_no_hit_to_what_it_does_not_show(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of more hits than are sought, those that the list may show are sought."""
    monkeypatch.setattr("articles.search.desk.MOST", 3)
    section, source = make_section(language="ur"), make_source()
    wanted = {"language": "ur", "section": section, "source": source, "status": "review"}
    make_article(headline="Canal one", published_at=None, **wanted)
    for number in range(9):
        make_article(headline=f"Canal {number} more", language="ur")
        make_article(headline=f"Canal {number} more")

    for narrowed in (
        {"status": "review"},
        {"section": section.pk},
        {"source": source.pk},
        {"language": "ur", "status": "review", "section": section.pk, "source": source.pk},
    ):
        articles = Article.objects.filter(**narrowed)
        numbers = find_at_desk("canal", DeskScope(articles, **narrowed))  # type: ignore[arg-type]
        assert [each.headline for each in articles.filter(pk__in=numbers or [])] == ["Canal one"]


def test_words_without_a_letter_ask_for_nothing() -> None:
    assert find_at_desk(" \u064b ۔", DeskScope(Article.objects.all())) is None


@pytest.mark.parametrize(
    "text", ['"', "NOT", "a* OR b", "'", "x" * 5000, "\\", "a:*", "-", "wells)"]
)
def test_no_text_is_an_error(text: str) -> None:
    make_article(headline="Karachi wells")
    find_at_desk(text, DeskScope(Article.objects.all()))


def test_without_an_index_the_desk_still_finds() -> None:
    index.remove()
    make_article(headline="Karachi wells", status="draft")
    assert found("wells") == {"Karachi wells"}


def test_looking_costs_few_queries(django_assert_max_num_queries) -> None:
    make_article(headline="Karachi wells", status="draft")
    most = 2 if connection.vendor == "sqlite" else 3  # A sample of the newest comes first.
    articles = DeskScope(Article.objects.all())
    find_at_desk("wells", articles)  # A process finds out once which tables there are.
    with django_assert_max_num_queries(most):
        find_at_desk("wells", articles)
