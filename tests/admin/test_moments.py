"""Days and times at the desk: within the calendar, in the digits of either script."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.timezone import localtime

from articles.admin.moment import in_two_zones, in_two_zones_as_text
from articles.models import Article
from articles.text.bidi import strip_controls
from tests.admin.desk import form_of, save, sit_down, typed
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["published_at", "embargoed_until"])
@pytest.mark.parametrize("day", ["0001-01-01", "1582-12-30", "2200-01-02", "9999-12-31"])
def test_year_that_no_page_could_show_is_refused_in_a_sentence(name: str, day: str) -> None:
    article = make_article(status="draft")
    before = Article.objects.filter(pk=article.pk).values().get()

    response = save(sit_down(), article, **{f"{name}_0": day, f"{name}_1": "12:00"})

    assert response.status_code == 200
    errors = response.context["adminform"].form.errors[name]
    assert errors == ["Write a year between 1583 and 2199."]
    assert Article.objects.filter(pk=article.pk).values().get() == before


@pytest.mark.parametrize("year", [1583, 2199])
def test_first_and_last_year_are_kept(year: int) -> None:
    article = make_article(status="draft")

    response = save(
        sit_down(), article, published_at_0=f"{year}-06-15", published_at_1="12:00", _continue="1"
    )

    assert response.status_code == 200
    article.refresh_from_db()
    assert article.published_at
    assert localtime(article.published_at).year == year


def test_bound_of_the_years_is_a_rule_of_the_model() -> None:
    article = make_article(status="draft")
    article.published_at = datetime(9999, 12, 31, tzinfo=UTC)

    with pytest.raises(ValidationError, match="Write a year between 1583 and 2199"):
        article.full_clean()


@pytest.mark.parametrize(
    ("day", "time"), [("٢٠٢٤-٠١-٠٢", "٠٩:٣٠"), ("۲۰۲۴-۰۱-۰۲", "۰۹:۳۰"), ("2024-01-02", "۰۹:٣0")]
)
def test_moment_is_read_in_the_digits_of_either_script(day: str, time: str) -> None:
    article = make_article(language="ur", status="draft")

    response = save(sit_down("ur"), article, published_at_0=day, published_at_1=time)

    assert response.status_code == 200
    article.refresh_from_db()
    assert article.published_at
    assert f"{localtime(article.published_at):%Y-%m-%d %H:%M}" == "2024-01-02 09:30"


def test_same_moment_in_other_digits_is_no_edit() -> None:
    article = make_article(published_at=datetime(2024, 3, 5, 9, 30, 15, 123456, tzinfo=UTC))
    client = sit_down()
    form = typed(client.get(form_of(article)))
    other = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    boxes = {name: form[name].translate(other) for name in ("published_at_0", "published_at_1")}

    client.post(form_of(article), {**form, **boxes})

    before = article.published_at
    article.refresh_from_db()
    assert (article.published_at, article.version) == (before, 1)


def test_boxes_of_a_moment_name_their_clock_and_tell_universal_time() -> None:
    article = make_article(published_at=datetime(2024, 3, 5, 9, 30, tzinfo=UTC))

    page = sit_down().get(form_of(article)).content.decode()

    clock = 'for="id_published_at_0 id_published_at_1" data-zone="Asia/Karachi"'
    assert f'<output {clock} dir="ltr">= 09:30 UTC</output>' in page


@pytest.mark.parametrize(
    ("hour", "told"),
    [
        (7, "5 March 2024, 12:00 Asia/Karachi (07:00 UTC)"),
        (20, "6 March 2024, 01:00 Asia/Karachi (2024-03-05 20:00 UTC)"),
    ],
)
def test_a_moment_is_told_on_the_desks_clock_and_in_universal_time(hour: int, told: str) -> None:
    moment = datetime(2024, 3, 5, hour, tzinfo=UTC)

    assert strip_controls(in_two_zones_as_text(moment)) == told
    assert strip_tags(in_two_zones(moment)) == told
