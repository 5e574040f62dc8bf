"""The index follows every change, by whatever door it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles.actions import publish, withdraw
from articles.checks import search_has_an_index
from articles.models import Article, Language
from articles.models.place import Place
from articles.search import Query, Scope, index
from tests.factories import WHEN, WHY, make_article, make_editor, make_section, make_source
from tests.search.asking import found

TOMORROW = timezone.now() + timedelta(days=1)


def test_a_new_word_is_found_and_the_old_one_no_more() -> None:
    article = make_article(headline="canal")
    article.headline = "river"
    article.save()
    assert found("canal") == []
    assert found("river") == ["river"]


def test_what_goes_past_save_is_found_too() -> None:
    article = make_article(headline="canal")
    Article.objects.filter(pk=article.pk).update(search_key="river")
    assert found("river") == ["canal"]
    article.search_key = "mountain"
    Article.objects.bulk_update([article], ["search_key"])
    assert found("river") == []
    assert found("mountain") == ["canal"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET search_key = 'valley'")
    assert found("valley") == ["canal"]


def test_articles_made_in_bulk_are_found() -> None:
    made = [
        Article(
            headline=f"canal {number}",
            language=Language.objects.get(code="en"),
            status=Article.Status.PUBLISHED,
            published_at=WHEN,
        )
        for number in range(3)
    ]
    for article in made:
        article.derive()
    Article.objects.bulk_create(made)
    assert len(found("canal")) == 3


def test_a_removed_article_is_not_found() -> None:
    make_article(headline="canal").delete()
    assert found("canal") == []


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Article.Status.DRAFT},
        {"status": Article.Status.REVIEW},
        {"status": Article.Status.WITHDRAWN},
        {"published_at": TOMORROW},
        {"published_at": TOMORROW, "embargoed_until": TOMORROW},
    ],
)
@pytest.mark.parametrize("query", ["secretword", "secret", "secret word", "se"])
def test_search_reveals_no_article_that_readers_may_not_see(client, hidden, query) -> None:
    make_article(language="en", headline="Secretword", **hidden)
    make_article(language="ur", headline="Secretword", **hidden)
    response = client.get("/en/search/", {"q": query})
    assert response.context["page"].articles == []
    assert response.context["elsewhere"] == []


def test_publishing_and_withdrawing_are_followed() -> None:
    article = make_article(headline="canal", status=Article.Status.DRAFT, published_at=None)
    assert found("canal") == []
    article = publish(article=article, by=make_editor())
    assert found("canal") == ["canal"]
    withdraw(article=article, by=make_editor(), notice=WHY)
    assert found("canal") == []


def test_an_article_that_moves_in_time_moves_in_the_list() -> None:
    older = make_article(headline="rain one")
    make_article(headline="rain two")
    assert found("rain") == ["rain two", "rain one"]
    older.published_at = WHEN + timedelta(hours=1)
    older.save(update_fields=["published_at"])
    assert found("rain") == ["rain one", "rain two"]


def test_an_article_that_changes_its_edition_is_found_in_the_new_one_only() -> None:
    article = make_article(headline="canal")
    article.language = Language.objects.get(code="sd")
    article.save()
    assert found("canal", "en") == []
    assert found("canal", "sd") == ["canal"]


def test_a_section_and_a_source_are_followed() -> None:
    culture, press = make_section(slug="culture"), make_source(slug="press")
    article = make_article(headline="canal")
    make_article(headline="canal too", section=culture, source=press)
    article.section, article.source = culture, press
    article.save(update_fields=["section", "source"])
    assert len(found("canal", section="culture", source="press")) == 2
    culture.delete()
    make_section(slug="culture")
    assert found("canal", section="culture") == []
    assert len(found("canal", source="press")) == 2


def test_an_index_that_is_made_anew_finds_the_same() -> None:
    make_article(headline="canal")
    make_article(headline="draft canal", status=Article.Status.DRAFT)
    index.remove()
    assert found("canal") == ["canal"]
    call_command("rebuild_search", verbosity=0)
    assert found("canal") == ["canal"]
    make_article(headline="another canal")
    assert len(found("canal")) == 2


def test_without_an_index_search_still_answers() -> None:
    index.remove()
    make_article(headline="Karachi wells")
    assert found("wells") == found("karachi") == found("arach") == ["Karachi wells"]
    assert found("wells nothing") == []
    (caution,) = search_has_an_index(None, databases=["default"])
    assert caution.id == "newsroom.W002"


def test_triggers_that_a_migration_dropped_are_mended() -> None:
    if connection.vendor != "sqlite":
        assert not index.mend()
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER search_added")
    make_article(headline="unnoticed canal")
    assert found("canal") == []
    call_command("migrate", verbosity=0)
    assert found("canal") == ["unnoticed canal"]
    assert not index.mend()


def test_a_sound_database_has_no_fault() -> None:
    assert search_has_an_index(None, databases=["default"]) == []


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2024, 3, 5, 9, 30, 59, 999_999, tzinfo=UTC),
        datetime(2024, 3, 5, tzinfo=UTC),
        datetime(1583, 1, 1, 12, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 1, tzinfo=UTC),
    ],
)
def test_the_index_and_its_readers_agree_on_a_place(moment: datetime) -> None:
    article = make_article(headline="canal", published_at=moment)
    scope, place = Scope("en", timezone.now()), Place(moment, article.pk)
    ways, newest = Query.read("canal", "en").ways, index.index("default").newest
    assert newest(ways, scope, 9, place) == [article.pk]
    assert newest(ways, scope, 9, place, newer=True) == []
    assert newest(ways, scope, 9, Place(moment, article.pk - 1)) == []
    assert newest(ways, scope, 9, Place(moment, article.pk - 1), newer=True) == [article.pk]
    assert newest(ways, replace(scope, since=moment), 9, None) == [article.pk]
    second = moment.replace(microsecond=0)
    assert newest(ways, replace(scope, until=second), 9, None) == []
