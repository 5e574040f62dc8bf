"""The archive: every year, month and day that has articles, and nothing that is no date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from articles.models.period import Period, tally, years_of
from articles.views.paging import PAGE_SIZE
from tests.factories import make_article
from tests.views.pages import CODES, Page


def on(day: str, hour: int = 12, **overrides) -> Article:
    """An article of noon in Karachi on ``day`` (ISO 8601), unless another hour is given."""
    moment = datetime.fromisoformat(f"{day}T{hour:02}:00+05:00")
    return make_article(published_at=moment, headline=f"Of {day}", source=None, **overrides)


def entries(response) -> dict[str, int]:
    return {str(entry.period): entry.number for entry in response.context["entries"]}


def headlines(response) -> list[str]:
    return [article.headline for article in response.context["page"].articles]


@pytest.mark.parametrize("code", CODES)
def test_years_months_and_days_tell_how_much_they_have_and_skip_what_has_nothing(client, code):
    for day in ("2021-02-28", "2023-07-29", "2023-07-29", "2023-07-30", "2023-12-31"):
        on(day, language=code)
    assert entries(client.get(f"/{code}/archive/")) == {"2023": 4, "2021": 1}
    year = client.get(f"/{code}/archive/2023/")
    assert entries(year) == {"2023-07": 3, "2023-12": 1}
    assert f"/{code}/archive/2023/07/" in Page(year).links
    month = client.get(f"/{code}/archive/2023/07/")
    assert entries(month) == {"2023-07-29": 2, "2023-07-30": 1}
    assert headlines(month) == ["Of 2023-07-30", "Of 2023-07-29", "Of 2023-07-29"]
    assert headlines(client.get(f"/{code}/archive/2023/07/30/")) == ["Of 2023-07-30"]


@pytest.mark.parametrize(
    ("code", "title"), [("en", "July 2023"), ("ur", "جولائی 2023"), ("sd", "جولاءِ 2023")]
)
def test_a_month_is_named_as_its_edition_names_it(client, code, title):
    on("2023-07-29", language=code)
    page = Page(client.get(f"/{code}/archive/2023/07/"))
    assert page.all("time", datetime="2023-07")
    assert title in page.text


def test_an_editions_own_digits_are_shown_and_addresses_keep_theirs(client, editions):
    editions["sd"].digits = "arab"
    editions["sd"].save()
    on("2023-07-29", language="sd")
    response = client.get("/sd/archive/2023/07/")
    page = Page(response)
    assert "جولاءِ ٢٠٢٣" in page.text
    assert "/sd/archive/2023/07/29/" in page.links
    assert page.all("time", datetime="2023-07-29")


@pytest.mark.parametrize(("zone", "day"), [("Asia/Karachi", "05"), ("America/New_York", "04")])
def test_a_day_is_a_day_where_the_newsroom_is(client, settings, zone, day):
    settings.TIME_ZONE = zone
    make_article(published_at=datetime(2024, 3, 4, 19, 30, tzinfo=UTC), headline="late")
    assert entries(client.get("/en/archive/2024/03/")) == {f"2024-03-{day}": 1}
    assert headlines(client.get(f"/en/archive/2024/03/{day}/")) == ["late"]


@pytest.mark.parametrize(
    ("zone", "day", "hours"), [("Europe/London", 31, 23), ("Asia/Karachi", 31, 24)]
)
def test_a_day_is_as_long_as_its_clocks_say(settings, zone, day, hours):
    settings.TIME_ZONE = zone
    period = Period(2024, 3, day)
    assert period.end.astimezone(UTC) - period.start.astimezone(UTC) == timedelta(hours=hours)


def test_the_way_on_leads_over_the_gaps(client):
    for day in ("2021-02-28", "2023-07-29", "2026-01-01"):
        on(day)
    for path, before, after in (
        ("2023/", "/en/archive/2021/", "/en/archive/2026/"),
        ("2023/07/", "/en/archive/2021/02/", "/en/archive/2026/01/"),
        ("2023/07/29/", "/en/archive/2021/02/28/", "/en/archive/2026/01/01/"),
    ):
        page = Page(client.get(f"/en/archive/{path}"))
        assert [link["href"] for link in page.all("a", rel="prev")] == [before]
        assert [link["href"] for link in page.all("a", rel="next")] == [after]
    assert not Page(client.get("/en/archive/2021/")).all("a", rel="prev")
    assert not Page(client.get("/en/archive/2026/")).all("a", rel="next")


def test_a_period_names_the_editions_that_have_articles_of_it(client, settings):
    on("2023-07-29", language="ur")
    on("2023-07-28", language="sd")
    page = Page(client.get("/ur/archive/2023/07/"))
    assert set(page.alternates) == {"ur", "sd", "x-default"}
    assert page.alternates["sd"] == f"{settings.SITE_URL}/sd/archive/2023/07/"
    assert page.canonical == f"{settings.SITE_URL}/ur/archive/2023/07/"
    assert set(Page(client.get("/ur/archive/2023/07/29/")).alternates) == {"ur", "x-default"}
    assert set(Page(client.get("/ur/archive/")).alternates) == {*CODES, "x-default"}


@pytest.mark.parametrize("path", ["2023/", "2023/07/", "2023/07/29/"])
def test_an_edition_without_articles_of_a_period_says_so_and_leads_to_those_with(client, path):
    on("2023-07-29", language="ur")
    on("2020-01-01", language="en")
    response = client.get(f"/en/archive/{path}")
    page = Page(response)
    assert response.status_code == 200
    assert page.all("div", **{"class": "empty"})
    assert page.all("meta", name="robots", content="noindex")
    assert f"/language/ur/?next=/ur/archive/{path}" in page.links
    assert page.all("a", rel="prev")


@pytest.mark.parametrize(
    "path",
    [
        "2022/", "2023/06/", "2023/07/28/", "2023/02/29/", "2023/13/", "2023/00/", "2023/07/00/",
        "2023/07/32/", "0000/", "1582/", "9999/", "2200/", "20230/", "2023/7/", "2023/007/",
        "2023/07/1/", "٢٠٢٣/", "۲۰۲۳/۰۷/", "２０２３/", "-2023/", "2023/-7/", "2023/07/29/1/",
        "%00/", "2023/%ed%a0%80/", "9" * 3000 + "/", "2023%0a/", "2023/07/29.0/",
    ],
)  # fmt: skip
def test_what_is_no_date_of_the_archive_is_a_404(client, path):
    on("2023-07-29")
    assert client.get(f"/en/archive/{path}").status_code == 404


@pytest.mark.parametrize("path", ["2199/", "2199/12/", "2199/12/31/", "1583/", "1583/01/01/"])
def test_the_ends_of_the_calendar_are_no_fault(client, path):
    assert client.get(f"/en/archive/{path}").status_code == 404
    Article.objects.update(published_at=None)
    on("1583-01-02")
    assert client.get("/en/archive/1583/01/").status_code == 200
    assert entries(client.get("/en/archive/")) == {"1583": 1}


def test_what_readers_may_not_see_is_not_counted(client):
    on("2023-07-29", status=Article.Status.DRAFT)
    on("2023-07-29", status=Article.Status.WITHDRAWN)
    on("2150-07-29")
    assert entries(client.get("/en/archive/")) == {}
    for path in ("2023/", "2023/07/29/", "2150/", "2150/07/"):
        assert client.get(f"/en/archive/{path}").status_code == 404


@pytest.mark.parametrize(("path", "queries"), [("", 6), ("2023/", 5), ("2023/07/", 6)])
def test_a_page_of_the_archive_costs_few_queries_and_reads_no_bodies(
    client, django_assert_num_queries, path, queries
):
    for number in range(2 * PAGE_SIZE):
        on(f"2023-07-{number % 28 + 1:02}")
        on(f"20{number % 20:02}-07-01")
    with django_assert_num_queries(queries) as captured:
        response = client.get(f"/en/archive/{path}")
    statements = " ".join(query["sql"] for query in captured.captured_queries)
    assert "OFFSET" not in statements
    assert "search_key" not in statements
    assert response.status_code == 200


def test_a_day_costs_five_queries(client, django_assert_num_queries):
    on("2023-07-15")
    with django_assert_num_queries(5):
        assert client.get("/en/archive/2023/07/15/").status_code == 200


def test_counting_reads_the_index_and_no_row():
    on("2023-07-15")
    live = Article.objects.live().in_language("en")
    with CaptureQueriesContext(connection) as captured:
        tally(live, Period(2023).parts)
    (counted,) = captured.captured_queries
    explain, index = "EXPLAIN QUERY PLAN", "COVERING INDEX article_calendar"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # It scans a small table unless it is told not to.
            explain, index = "EXPLAIN", "Index Only Scan"
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"{explain} {counted['sql']}")
        assert index in str(cursor.fetchall())


def test_walking_a_month_shows_every_article_once(client):
    for number in range(PAGE_SIZE + 3):
        on(f"2023-07-{number % 28 + 1:02}")
    on("2023-08-01")
    first = client.get("/en/archive/2023/07/")
    second = client.get("/en/archive/2023/07/" + first.context["page"].older)
    assert len(headlines(first)) == PAGE_SIZE
    assert len(headlines(second)) == 3
    assert Page(second).alternates == {}
    back = client.get("/en/archive/2023/07/" + second.context["page"].newer)
    assert (back.status_code, back["Location"]) == (302, "/en/archive/2023/07/")


@pytest.mark.parametrize("code", CODES)
def test_an_empty_archive_says_so(client, code):
    page = Page(client.get(f"/{code}/archive/"))
    assert page.all("div", **{"class": "empty"})
    assert len(page.all("h1")) == 1


@pytest.mark.parametrize("code", CODES)
def test_the_archive_is_one_step_from_every_page(client, code):
    article = make_article(language=code)
    for path in (f"/{code}/", f"/{code}/latest/", article.get_absolute_url()):
        assert f"/{code}/archive/" in Page(client.get(path)).links


def test_a_tally_tells_when_something_of_a_period_was_changed_last():
    on("2023-07-01")
    later = datetime(2024, 1, 1, tzinfo=UTC)
    Article.objects.filter(pk=on("2023-07-02").pk).update(updated_at=later)
    Article.objects.filter(pk=on("2023-08-03").pk).update(updated_at=later - timedelta(days=400))
    july, august = tally(Article.objects.live(), Period(2023).parts)
    assert (july.number, july.changed_at) == (2, later)
    assert august.changed_at == datetime(2023, 8, 3, 7, tzinfo=UTC)


def test_periods_follow_one_another_without_a_hole():
    days = [day for month in Period(2024).parts for day in month.parts]
    assert len(days) == 366
    for one, next_one in pairwise(days):
        assert one.end == next_one.start
    assert (days[0].start, days[-1].end) == (Period(2024).start, Period(2024).end)
    assert [str(each) for each in Period(2024, 2, 29).lineage] == ["2024", "2024-02", "2024-02-29"]


def test_every_year_between_the_first_and_the_last_article_is_known():
    on("2021-01-01", hour=0)
    on("2024-12-31", hour=23)
    assert [period.year for period in years_of(Article.objects.live())] == [2021, 2022, 2023, 2024]
