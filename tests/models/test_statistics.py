"""SQLite plans for a large archive, however small the one is that it plans for."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Article
from articles.models.period import Period
from articles.models.place import Place
from tests.factories import load_languages, make_article

pytestmark = pytest.mark.django_db


def assert_plan(rows: QuerySet[Article], told: str) -> None:
    """Ask SQLite for its plan; PostgreSQL plans by counts of its own, and reads the rows only."""
    if connection.vendor != "sqlite":
        assert list(rows) is not None
        return
    sql, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
        assert told in "; ".join(row[3] for row in cursor.fetchall())


def live() -> QuerySet[Article]:
    return Article.objects.live().in_language("en")


def test_articles_that_are_named_are_found_by_their_keys():
    for number in (1, 20, 200):
        assert_plan(live().filter(pk__in=range(number)), "INTEGER PRIMARY KEY")


def test_a_page_begins_at_its_place_and_not_at_the_newest_article():
    load_languages()
    place = Place.of(make_article(published_at=timezone.now()))
    older = live().filter(place.older).newest_first()[:20]
    assert_plan(older, "article_live (language_id=? AND published_at<?)")
    newer = live().filter(place.newer).order_by("published_at", "pk")[:20]
    assert_plan(newer, "article_live (language_id=? AND published_at>?)")


def test_a_month_is_read_between_its_ends():
    july = live().filter(Period(2013, 7).holds).newest_first()[:20]
    assert_plan(july, "(language_id=? AND published_at>? AND published_at<?)")


def test_counts_of_somebody_who_took_them_are_left_alone():
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sqlite_stat1 SET stat = '7 1' WHERE idx = 'article_by_change'")
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'article_by_change'")
        assert cursor.fetchall() == [("7 1",)]
