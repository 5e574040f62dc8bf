"""What is read by a query that was made before is what the QuerySet itself would have read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet, Value

from articles.models import Article, Section
from articles.models.article import ArticleQuerySet
from articles.models.notice import notices_beside_text, tell_notices
from articles.models.prepared import Prepared
from tests.factories import make_article, make_notice, make_section, make_source

pytestmark = pytest.mark.django_db

NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)


def published(language: str, *, at: datetime, least: int = 0) -> ArticleQuerySet:
    live = Article.objects.live(at).in_language(language).for_list()
    return live.filter(pk__gte=least).newest_first()


def three() -> list[Article]:
    given = {"section": make_section(), "source": make_source()}
    return [make_article(published_at=NOON + timedelta(hours=hour), **given) for hour in range(3)]


def test_a_prepared_query_reads_what_the_queryset_reads_with_any_values(
    django_assert_num_queries,
):
    articles, read = three(), Prepared(Article, published)
    for hours in (0, 1, 5):
        for least in (0, articles[1].pk):
            at = NOON + timedelta(hours=hours)
            with django_assert_num_queries(1):
                rows = read("en", at=at, least=least)
            expected = list(published("en", at=at, least=least))
            assert [row.__dict__.keys() for row in rows] == [e.__dict__.keys() for e in expected]
            assert rows == expected
    with django_assert_num_queries(0):
        given = [(each.section, each.source) for each in articles[:0:-1]]
        assert [(row.section, row.source) for row in rows] == given


def test_another_shape_is_another_query():
    three()
    make_article(language="ur", published_at=NOON)
    read = Prepared(Article, published)
    assert len(read("en", at=NOON + timedelta(days=1))) == 3
    assert len(read("ur", at=NOON + timedelta(days=1))) == 1
    assert len(read("en", at=NOON + timedelta(days=1), least=10**9)) == 0


def test_what_cannot_have_rows_is_not_asked_for(django_assert_num_queries):
    read = Prepared(Article, lambda keys, *, at: Article.objects.live(at).filter(pk__in=keys))
    with django_assert_num_queries(0):
        assert read((), at=NOON) == []


@pytest.mark.parametrize("number", [2**62, 2**63, -(2**63) - 1, 10**30])
def test_a_number_that_no_row_has_is_no_fault(number):
    three()
    read = Prepared(Article, lambda *, at, pk: Article.objects.live(at).filter(pk=pk))
    assert read(at=NOON, pk=number) == read(at=NOON, pk=number) == []


def test_a_value_that_the_query_would_change_is_refused():
    def yesterday(*, at: datetime) -> QuerySet[Article]:
        return Article.objects.live(at - timedelta(days=1))

    def today(*, at: datetime) -> QuerySet[Article]:
        return Article.objects.filter(published_at__lte=at, published_at__gt=at - timedelta(days=1))

    for build in (yesterday, today):
        with pytest.raises(TypeError, match="cannot be prepared"):
            Prepared(Article, build)(at=NOON)


def test_what_is_fetched_beside_a_query_is_refused():
    builds: list[Any] = [
        lambda: Article.objects.prefetch_related("notices"),
        lambda: Article.objects.values("pk"),
        lambda: make_source().articles.all(),
    ]
    for build in builds:
        with pytest.raises(TypeError, match="reads models"):
            Prepared(Article, build)()


def test_a_column_that_is_too_small_for_marks_is_read_all_the_same():
    section = make_section(position=3)
    read = Prepared(Section, lambda *, position: Section.objects.filter(position=position))
    assert read(position=3) == [section]
    assert read(position=4) == []


@pytest.mark.django_db(transaction=True)
def test_threads_share_a_query_and_no_connection():
    three()
    read, found = Prepared(Article, published), []

    def ask(hours: int) -> None:
        for _each in range(20):
            rows = read("en", at=NOON + timedelta(hours=hours))
            found.append(len(rows) == hours + 1)
        connection.close()

    threads = [Thread(target=ask, args=(hours,)) for hours in (0, 1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 60


def test_notices_are_those_that_would_have_been_fetched(django_assert_num_queries):
    one, two, _three = (make_article() for _each in range(3))
    for kind in ("correction", "update"):
        make_notice(one, kind=kind)
    make_notice(two)
    articles = list(Article.objects.prefetch_related(notices_beside_text()).order_by("pk"))
    again = [Article.objects.get(pk=each.pk) for each in articles]
    with django_assert_num_queries(1):
        tell_notices(again)
    with django_assert_num_queries(0):
        found = [list(each.notices.all()) for each in again]
        assert found == [list(each.notices.all()) for each in articles]
        assert all(notice.article is each for each in again for notice in each.notices.all())
    assert [len(notices) for notices in found] == [2, 1, 0]
    with django_assert_num_queries(0):
        tell_notices([])


WRITTEN = ["it's", "50%s", "100%%", "a\\b", "?", '"', "--", "", True, -5, 0]
WRITTEN += ["a\0b"] * (connection.vendor == "sqlite")


@pytest.mark.parametrize("value", WRITTEN, ids=ascii)
def test_what_is_fixed_means_in_a_prepared_query_what_it_means_in_any(value):
    """It is written into the statement. PostgreSQL knows no text with a NUL."""

    def said(headline: Any) -> QuerySet[Article]:
        given = Value(headline)
        return Article.objects.annotate(told=given).filter(told=given).order_by("pk")

    make_article()
    (row,) = Prepared(Article, said)(value)
    assert row.told == said(value).get().told
    assert row.told == value


def test_a_state_is_written_by_its_value():
    make_article(status="published")
    read = Prepared(Article, lambda state: Article.objects.filter(status=state))
    assert len(read(Article.Status.PUBLISHED)) == 1
    assert read(Article.Status.DRAFT) == []


def kept() -> list[tuple[str, int, int]]:
    """The statements that the connection keeps, and how often each was planned for the values that
    were given and went by a plan for any.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement, custom_plans, generic_plans FROM pg_prepared_statements")
        return list(cursor.fetchall())


@pytest.mark.postgresql
def test_postgresql_keeps_the_plan_of_a_query_and_of_no_other():
    three()
    read = Prepared(Article, published)
    before = kept()
    for least in (0, 40_000, 3_000_000_000) * 3:  # Numbers of three sizes.
        assert len(read("en", at=NOON + timedelta(hours=1), least=least)) == 2 * (least == 0)
        assert len(list(published("en", at=NOON))) == 1
    (statement,) = [each for each in kept() if each not in before]
    assert statement[1:] == (5, 4)
    assert "'published'" in statement[0]  # So that a partial index serves the plan.
    assert connection.connection.prepare_threshold is None


def make_headlines(length: int) -> None:
    """Give the column another type by another connection, as a migration does."""

    def change() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE articles_article ALTER headline TYPE varchar({length})")
        connection.close()

    migration = Thread(target=change)
    migration.start()
    migration.join()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_column_that_gets_another_type_meanwhile_is_read_all_the_same():
    articles, read = three(), Prepared(Article, published)
    length = Article._meta.get_field("headline").max_length or 0
    at = NOON + timedelta(days=1)
    assert read("en", at=at) == articles[::-1]
    try:
        make_headlines(length + 1)
        assert read("en", at=at) == articles[::-1]
        with transaction.atomic():
            assert read("en", at=at) == articles[::-1]
    finally:
        make_headlines(length)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_statement_that_somebody_let_go_is_asked_all_the_same():
    articles, read = three(), Prepared(Article, published)
    at = NOON + timedelta(days=1)
    assert read("en", at=at) == articles[::-1]
    connection.connection.pgconn.exec_(b"DEALLOCATE ALL")  # As whoever shares the connection may.
    assert read("en", at=at) == articles[::-1]


@pytest.mark.postgresql
def test_no_plan_is_kept_where_the_settings_say_so(settings):
    three()
    settings.PREPARED_STATEMENTS = False
    before = kept()
    assert len(Prepared(Article, published)("en", at=NOON)) == 1
    assert kept() == before
