"""What readers may see, and what the database itself refuses to hold."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.models import Article
from articles.text.html import HtmlTooLarge
from tests.factories import make_article, make_section, make_source

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_reader_never_sees_what_is_not_published(status: str) -> None:
    article = make_article(status=status)
    assert not Article.objects.live().exists()
    assert not article.is_live()


def test_a_schedule_falls_due_to_the_second() -> None:
    article = make_article(published_at=NOON)

    assert not Article.objects.live(at=NOON - SECOND).exists()
    assert not article.is_live(at=NOON - SECOND)
    assert Article.objects.live(at=NOON).exists()
    assert article.is_live(at=NOON)


def test_the_database_refuses_publication_before_the_embargo_ends() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_article(published_at=NOON, embargoed_until=NOON + SECOND)


def test_the_database_refuses_a_published_article_without_a_time_or_headline() -> None:
    for missing in ({"published_at": None}, {"headline": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_article(**missing)


def test_the_database_refuses_a_status_that_is_none() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_article(status="hidden")


def test_a_story_has_one_article_in_a_language() -> None:
    first = make_article()
    make_article(story=first.story, language="ur")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_article(story=first.story)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"published_at": None}, "A published article needs a publication time."),
        ({"headline": ""}, "A published article needs a headline."),
        (
            {"embargoed_until": NOON + timedelta(days=900)},
            "An article cannot be published before its embargo ends.",
        ),
    ],
)
def test_a_form_shows_the_constraint_as_a_sentence(
    fields: dict[str, object], sentence: str
) -> None:
    article = make_article()
    for name, value in fields.items():
        setattr(article, name, value)
    with pytest.raises(ValidationError) as refusal:
        article.full_clean()
    assert sentence in refusal.value.messages


def test_text_is_cleaned_on_the_way_in() -> None:
    article = make_article(
        headline="  Rain\u202e today ",
        body="<p onclick=alert(1)>Rain</p><script>alert(1)</script>",
    )
    assert article.headline == "Rain today"
    assert article.body == "<p>Rain</p>"


def test_no_name_can_turn_its_neighbours_around() -> None:
    article = make_article(byline="John \u202eHtims", dateline="Kara\u2066chi")
    assert (article.byline, article.dateline) == ("John Htims", "Karachi")
    assert make_source(name="Daily \u202eNews").name == "Daily News"
    assert make_section(title="\u202eNews").title == "News"


def test_saving_one_field_still_stores_what_follows_from_it() -> None:
    article = make_article()
    article.headline = "Snow on the hills"
    article.save(update_fields=["headline"])

    stored = Article.objects.get(pk=article.pk)
    assert stored.slug == "snow-on-the-hills"
    assert "snow" in stored.search_key


def test_a_body_past_the_guard_is_refused_before_it_is_stored() -> None:
    with pytest.raises(HtmlTooLarge):
        make_article(body="<b>" * 5000)
    assert not Article.objects.exists()


def test_urdu_letters_are_mended_in_urdu_and_left_alone_in_sindhi() -> None:
    assert make_article(language="ur", headline="كراچي").headline == "کراچی"
    assert make_article(language="sd", headline="ڪراچي ۾ كتاب").headline == "ڪراچي ۾ كتاب"


def test_a_list_leaves_bodies_in_the_database(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for _ in range(3):
        make_article(section=make_section(), source=make_source())
    with django_assert_num_queries(1) as queries:
        for article in Article.objects.live().in_language("en").for_list().newest_first():
            str([article, article.source.language, article.section, article.language])
    beyond_the_opening = re.sub(r"SUBSTR\w*\([^)]*\)", "", queries.captured_queries[0]["sql"])
    assert '"body"' not in beyond_the_opening


def test_newest_comes_first_and_the_later_row_wins_a_tie() -> None:
    old = make_article(published_at=NOON - SECOND)
    tie, tied = make_article(published_at=NOON), make_article(published_at=NOON)
    assert list(Article.objects.newest_first()) == [tied, tie, old]
