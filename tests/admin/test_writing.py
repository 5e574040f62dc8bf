"""Writing at the desk: in the article's direction, remembered for reloads, never over others."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.actions import withdraw
from articles.models import Article
from articles.text.html import clean
from articles.text.markup import MOST_BYTES
from tests.admin.desk import form_of, save, sit_down, typed
from tests.factories import (
    WHEN,
    WHY,
    make_article,
    make_editor,
    make_language,
    make_section,
    make_source,
)

pytestmark = pytest.mark.django_db

ADD = "admin:articles_article_add"


def opening_tag(page: str, name: str) -> str:
    """The opening tag of the form's field ``name``."""
    found = re.search(rf'<(?:input|textarea|select)[^>]* name="{name}"[^>]*>', page)
    assert found, f"The form has no field '{name}'."
    return found[0]


@pytest.mark.parametrize(("code", "direction"), [("en", "ltr"), ("ur", "rtl"), ("sd", "rtl")])
def test_fields_take_the_articles_language_and_direction(code: str, direction: str) -> None:
    page = sit_down("en").get(form_of(make_article(language=code))).content.decode()

    for name in ("headline", "standfirst", "body", "byline", "dateline"):
        assert f'dir="{direction}" lang="{code}"' in opening_tag(page, name)
    assert 'dir="ltr"' in opening_tag(page, "published_at_0")


def test_new_article_is_begun_in_the_language_of_the_desk() -> None:
    make_language("en")
    make_language("ur")

    page = sit_down("ur").get(reverse(ADD)).content.decode()

    assert 'dir="rtl" lang="ur"' in opening_tag(page, "headline")


def test_new_article_is_a_draft_of_an_editor() -> None:
    client = sit_down()
    source = make_source()
    form = client.get(reverse(ADD))
    client.post(reverse(ADD), typed(form, language="en", headline="New", source=source.pk))

    article = Article.objects.get()
    assert (article.status, article.headline_origin) == ("draft", "editor")
    assert article.edited_fields == []


def test_what_an_editor_changed_is_recorded_for_reloads() -> None:
    article = make_article(headline="Old", headline_origin="derived", status="draft")

    save(sit_down(), article, headline="New", body="<p>Other words.</p>")

    article.refresh_from_db()
    assert article.edited_fields == ["headline", "body"]
    assert article.headline_origin == "editor"
    assert article.version == 2


def test_records_add_up_over_several_edits() -> None:
    article = make_article(edited_fields=["body"], headline_origin="captured", status="draft")
    client = sit_down()

    save(client, article, byline="A Writer", published_at_0="2024-03-06")
    save(client, article, section=make_section().pk)

    article.refresh_from_db()
    assert article.edited_fields == ["body", "byline", "published_at", "section"]
    assert article.headline_origin == "captured"
    assert article.version == 3


def test_saving_the_same_text_changes_nothing() -> None:
    moment = datetime(2024, 3, 5, 9, 30, 15, 123456, tzinfo=UTC)
    article = make_article(published_at=moment, headline_origin="captured")
    before = Article.objects.filter(pk=article.pk).values().get()

    response = save(sit_down(), article)

    assert response.status_code == 200
    assert Article.objects.filter(pk=article.pk).values().get() == before


def test_saving_moves_the_time_of_modification() -> None:
    article = make_article()
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    Article.objects.filter(pk=article.pk).update(modified_at=long_ago)

    save(sit_down(), article, headline="Another headline")

    article.refresh_from_db()
    assert article.modified_at > long_ago


@pytest.mark.parametrize("version", ["", "nonsense", "0"])
def test_form_without_the_version_it_was_opened_at_is_refused(version: str) -> None:
    article = make_article(headline="First", status="draft")

    save(sit_down(), article, headline="Mine", base_version=version)

    article.refresh_from_db()
    assert article.headline == "First"


def test_status_cannot_be_set_by_a_forged_form() -> None:
    article = make_article(status="draft")

    save(sit_down(), article, status="published", hold_reason="x", version="77", story=uuid.uuid4())

    story = article.story
    article.refresh_from_db()
    assert (article.status, article.version, article.story) == ("draft", 1, story)


def test_a_text_past_the_guard_is_an_error_in_the_form() -> None:
    article = make_article(status="draft")

    response = save(sit_down(), article, body="<p>" + "x" * MOST_BYTES + "</p>", byline="Kept")

    assert response.status_code == 200
    assert response.context["adminform"].form.errors["body"]
    assert 'value="Kept"' in opening_tag(response.content.decode(), "byline")


def test_text_of_the_form_is_cleaned() -> None:
    article = make_article(status="draft")

    save(sit_down(), article, body='<p onclick="x()">Words</p><script>alert(1)</script>')

    article.refresh_from_db()
    assert article.body == "<p>Words</p>"


def test_tags_that_the_form_promises_to_keep_are_kept() -> None:
    page = sit_down().get(form_of(make_article()))
    help_text = str(page.context["adminform"].form.fields["body"].help_text)

    promised = re.findall(r"\b(?:p|h[234]|ul|ol|li|blockquote|q|a|strong|em|br|hr)\b", help_text)
    assert {"p", "h2", "ul", "blockquote", "a", "strong"} <= set(promised)
    for tag in promised:
        assert f"<{tag}" in clean(f"<{tag}>x</{tag}>"), tag


def test_section_of_another_edition_is_refused_in_a_sentence() -> None:
    article = make_article(language="ur", status="draft")

    response = save(sit_down(), article, section=make_section(language="en").pk)

    assert "belongs to another edition" in response.content.decode()


@pytest.mark.parametrize(
    ("typed_over", "sentence"),
    [
        ({"headline": ""}, "A published article needs a headline."),
        ({"headline": "\u202e\u202c"}, "A published article needs a headline."),
        ({"published_at_0": "", "published_at_1": ""}, "needs a publication time."),
        ({"body": "<script></script>"}, "withdraw it before you take its text away"),
        ({"source": ""}, "cannot be without a source"),
        ({"embargoed_until_0": "2030-01-01", "embargoed_until_1": "00:00"}, "embargo"),
    ],
)
def test_published_article_cannot_lose_what_readers_need(
    typed_over: dict[str, str], sentence: str
) -> None:
    article = make_article()

    response = save(sit_down(), article, **typed_over)

    assert response.status_code == 200
    assert sentence in response.content.decode()
    article.refresh_from_db()
    assert article.version == 1


def test_story_shows_its_other_languages_and_links_to_add_the_missing() -> None:
    for code in ("en", "ur", "sd"):
        make_language(code)
    english = make_article(language="en")
    urdu = make_article(language="ur", story=english.story, status="review")

    page = sit_down().get(form_of(english)).content.decode()

    assert f'<a href="{form_of(urdu)}"><bdi lang="ur" dir="rtl">ur</bdi></a> in review' in page
    assert f"/{english.pk}/translate/sd/" in page
    assert f"/{english.pk}/translate/ur/" not in page


def test_translation_joins_the_story_it_was_begun_from() -> None:
    english = make_article(language="en")
    make_language("ur")
    client = sit_down()
    address = f"{reverse(ADD)}?story={english.story}&language=ur"

    client.post(address, typed(client.get(address), headline="بارش"))

    assert Article.objects.get(language="ur").story == english.story


def test_story_has_one_article_a_language_said_in_a_sentence() -> None:
    english = make_article(language="en")
    urdu = make_article(language="ur", story=english.story, status="draft")

    response = save(sit_down(), urdu, language="en")

    assert "has an article in that language already" in response.content.decode()


@pytest.mark.parametrize("query", ["story=nonsense", "language=xx", "story=&language="])
def test_nonsense_in_the_address_of_a_new_article_is_no_error(query: str) -> None:
    make_language("en")

    assert sit_down().get(f"{reverse(ADD)}?{query}").status_code == 200


def test_what_readers_have_seen_cannot_be_deleted() -> None:
    seen = make_article(first_published_at=datetime(2024, 1, 1, tzinfo=UTC))
    unseen = make_article(status="draft")
    client = sit_down()

    for article in (seen, unseen):
        client.post(reverse("admin:articles_article_delete", args=[article.pk]), {"post": "yes"})

    assert list(Article.objects.all()) == [seen]


@pytest.fixture
def scheduled() -> Article:
    """An article that readers are to see in an hour."""
    return make_article(published_at=timezone.now() + timedelta(hours=1))


def move(article: Article, *, days: int) -> Article:
    """Type a publication time that many days from now into the form, and return the row."""
    there = timezone.localtime() + timedelta(days=days)
    save(sit_down(), article, published_at_0=f"{there:%Y-%m-%d}", published_at_1="12:00:00")
    article.refresh_from_db()
    return article


def test_page_that_readers_saw_after_its_time_was_moved_is_gone_and_not_unknown(
    scheduled: Article,
) -> None:
    moved = move(scheduled, days=-2)
    assert moved.first_published_at == moved.published_at
    assert Client().get(moved.get_absolute_url()).status_code == 200

    withdraw(article=moved, by=make_editor(), notice=WHY)

    assert Client().get(moved.get_absolute_url()).status_code == 410


def test_page_that_nobody_saw_is_unknown_after_its_first_time_has_passed(
    scheduled: Article,
) -> None:
    moved = move(scheduled, days=7)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        withdraw(article=moved, by=make_editor(), notice=WHY)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert Client().get(moved.get_absolute_url()).status_code == 404


def test_what_is_merely_scheduled_can_be_deleted(scheduled: Article) -> None:
    moved = move(scheduled, days=7)

    sit_down().post(reverse("admin:articles_article_delete", args=[moved.pk]), {"post": "yes"})

    assert not Article.objects.exists()


def test_time_that_readers_first_saw_an_article_stays_when_its_date_is_mended() -> None:
    first = datetime(2024, 1, 1, tzinfo=UTC)
    article = make_article(first_published_at=first)

    move(article, days=-1)

    assert article.first_published_at == first


def test_what_was_seen_and_then_moved_ahead_stays_seen() -> None:
    article = make_article()

    move(article, days=7)
    move(article, days=9)

    assert article.first_published_at == WHEN


def test_saving_cleans_a_body_no_more_than_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    article = make_article(status="draft")
    cleaned: list[str] = []

    def counting(html: str) -> str:
        cleaned.append(html)
        return clean(html)

    monkeypatch.setattr("articles.admin.article_form.clean", counting)
    monkeypatch.setattr("articles.text.columns.clean", counting)
    save(sit_down(), article, body="<p>Other words.</p>")

    assert len(cleaned) == 2


@pytest.mark.parametrize("body", ["<p>ﻛﺘﺎب</p>\r\n", "<b>x</b><script>y</script>", "  <p>x</p>  "])
def test_a_body_that_is_sent_again_as_it_was_typed_is_no_edit(body: str) -> None:
    article = make_article(language="ur", status="draft")
    save(sit_down(), article, body=body)
    version = Article.objects.get(pk=article.pk).version

    save(sit_down(), article, body=body)

    assert Article.objects.get(pk=article.pk).version == version == 2


def test_dates_of_an_article_say_whose_they_are() -> None:
    article = make_article(published_at=datetime(2023, 7, 29, tzinfo=UTC))
    entered = datetime(2024, 5, 6, 7, 0, tzinfo=UTC)
    Article.objects.filter(pk=article.pk).update(created_at=entered)

    fresh = sit_down().get(form_of(article)).content.decode()
    save(sit_down(), article, headline="Mended")
    mended = sit_down().get(form_of(article)).content.decode()

    assert told_under("Entered into this newsroom", fresh) == "6 May 2024, 12:00"
    assert told_under("Last change that readers are told of", fresh) == "none"
    assert str(timezone.now().year) in told_under("Last change that readers are told of", mended)


def told_under(label: str, page: str) -> str:
    """What a read-only row of the form says."""
    found = re.search(rf'{label}:</label>\s*<div class="readonly">([^<]*)</div>', page)
    assert found, f"The form has no row '{label}'."
    return found[1]


def test_doubts_that_no_catalogue_knows_are_marked_as_english_at_any_desk() -> None:
    article = make_article(language="ur", status="draft", hold_reason="No date.\nNo headline.")

    page = sit_down("ur").get(form_of(article)).content.decode()

    for doubt in ("No date.", "No headline."):
        assert page.count(f'<li><bdi lang="en" dir="ltr">{doubt}</bdi></li>') == 2


def test_reader_of_the_desk_without_the_right_to_change_gets_no_form() -> None:
    article = make_article()
    client: Client = sit_down(is_superuser=False)

    assert client.get(form_of(article)).status_code == 403
    assert client.post(form_of(article), {"headline": "x"}).status_code == 403
