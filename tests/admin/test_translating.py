"""Translating: the original beside the form, what changed in it since, and who may read which."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.urls import reverse

from articles.actions import save_revision, start_translation, withdraw
from articles.models import Article
from tests.admin.desk import form_of, said, sit_down
from tests.factories import (
    WHY,
    load_languages,
    make_article,
    make_editor,
    make_member,
    make_notice,
)

pytestmark = pytest.mark.django_db


def translated(**overrides: Any) -> tuple[Article, Article]:
    """An English article and its Urdu draft, just begun."""
    languages = load_languages()
    article = make_article(headline="The canal reopens", **overrides)
    draft = start_translation(source=article, language=languages["ur"], by=make_editor())
    return Article.objects.get(pk=article.pk), draft


def rewrite(article: Article, **changes: Any) -> None:
    current = Article.objects.get(pk=article.pk)
    for name, value in changes.items():
        setattr(current, name, value)
    save_revision(article=current, by=make_editor())


def test_a_translator_reads_the_original_beside_the_form_in_its_own_direction() -> None:
    article, draft = translated()
    client = sit_down(member=make_member("ur", "writer"))

    page = client.get(form_of(draft)).content.decode()

    assert '<section class="source-text" lang="en" dir="ltr"' in page
    assert article.headline in page


def test_a_stale_translation_shows_only_what_changed() -> None:
    article, draft = translated(body="<p>The canal was closed. Boats waited.</p>")
    rewrite(article, body="<p>The canal was open. Boats waited.</p>")

    response = sit_down(member=make_member("ur", "writer")).get(form_of(draft))

    page = response.content.decode()
    assert "has changed since it was translated" in page
    changed = [one.name for one in response.context["translation"].changes]
    assert changed == ["body"]
    assert "<del>" in page


def test_catching_up_settles_what_was_read_and_nothing_newer() -> None:
    article, draft = translated()
    rewrite(article, headline="The canal is open")
    read = Article.objects.get(pk=article.pk).version
    rewrite(article, headline="The canal is open again")
    client = sit_down(member=make_member("ur", "writer"))
    address = reverse("admin:articles_article_caught_up", args=[draft.pk])

    client.post(address, {"seen": str(read)})
    assert Article.objects.get(pk=draft.pk).stale_since is not None

    response = client.post(address, {"seen": str(read + 1)}, follow=True)
    assert Article.objects.get(pk=draft.pk).stale_since is None
    assert "up to date" in said(response)


def test_newer_text_that_is_not_public_stays_with_its_own_desk() -> None:
    article, draft = translated()
    withdraw(article=article, by=make_editor(), notice=WHY)
    rewrite(article, headline="Secret rewriting")

    page = sit_down(member=make_member("ur", "writer")).get(form_of(draft)).content.decode()

    assert "Secret rewriting" not in page
    assert "The canal reopens" in page


@pytest.mark.parametrize("seen", ["", "x", "-1", "٣", "9" * 30])
def test_a_forged_version_fails_in_a_sentence(seen: str) -> None:
    _article, draft = translated()
    address = reverse("admin:articles_article_caught_up", args=[draft.pk])
    response = sit_down().post(address, {"seen": seen}, follow=True)
    assert response.status_code == 200
    assert "up to date already" in said(response)


def test_a_desk_decides_what_stands_while_its_story_was_withdrawn() -> None:
    load_languages()
    story = uuid.uuid4()
    english, urdu = make_article(story=story), make_article(story=story, language="ur")
    withdraw(article=english, by=make_editor(), notice=WHY)
    client = sit_down(member=make_member("ur", "publisher"))
    assert WHY in client.get(form_of(urdu)).content.decode()
    address = reverse("admin:articles_article_stays", args=[urdu.pk])

    assert "Say in a note" in said(client.post(address, follow=True))
    client.post(address, {"stays_note": "Our text names no one."})

    assert WHY not in client.get(form_of(urdu)).content.decode()
    assert Article.objects.live().filter(pk=urdu.pk).exists()


def test_who_may_not_withdraw_may_not_decide_that_it_stays() -> None:
    load_languages()
    story = uuid.uuid4()
    english, urdu = make_article(story=story), make_article(story=story, language="ur")
    withdraw(article=english, by=make_editor(), notice=WHY)
    client = sit_down(member=make_member("ur", "editor"))
    address = reverse("admin:articles_article_stays", args=[urdu.pk])
    assert client.post(address, {"stays_note": "So."}).status_code == 403


def take_back(client: Any, article: Article, notice: Any, why: str) -> Any:
    address = reverse("admin:articles_article_taken_back", args=[article.pk, notice.pk])
    return client.post(address, {f"taken_back_note-{notice.pk}": why}, follow=True)


def test_a_notice_on_the_wrong_article_is_taken_back_and_kept_at_the_desk() -> None:
    article = make_article()
    notice = make_notice(article)
    client = sit_down(member=make_member("en", "publisher"))
    assert "Take it back" in client.get(form_of(article)).content.decode()

    take_back(client, article, notice, "It belongs to another article.")

    notice.refresh_from_db()
    assert not notice.public
    assert notice.text not in client.get(article.get_absolute_url()).content.decode()
    assert notice.text in client.get(form_of(article)).content.decode()


def test_taking_back_asks_why_and_who() -> None:
    article = make_article()
    notice = make_notice(article)
    publisher, editor = (make_member("en", role) for role in ("publisher", "editor"))
    assert "Say in a note" in said(take_back(sit_down(member=publisher), article, notice, ""))
    assert take_back(sit_down(member=editor), article, notice, "No.").status_code == 403
    notice.refresh_from_db()
    assert notice.public


def test_a_withdrawn_headline_is_not_in_the_list_of_corrections() -> None:
    load_languages()
    article = make_article(headline="A false claim")
    withdraw(article=article, by=make_editor(), notice=WHY)
    page = sit_down().get(reverse("corrections", args=["en"])).content.decode()
    assert "A false claim" not in page
    assert WHY in page


def test_readers_machines_are_told_which_article_a_translation_was_made_from() -> None:
    article, draft = translated()
    Article.objects.filter(pk=draft.pk).update(
        status="published", headline="نہر کھل گئی", body="<p>نہر کھل گئی۔</p>",
        published_at=article.published_at, first_published_at=article.published_at,
    )  # fmt: skip
    draft.refresh_from_db()
    response = sit_down().get(draft.get_absolute_url(), follow=True)
    node = response.context["json_ld"][0]
    assert [one["inLanguage"] for one in node["translationOfWork"]] == ["en"]
    assert "workTranslation" not in node
    original = sit_down().get(article.get_absolute_url()).context["json_ld"][0]
    assert [one["inLanguage"] for one in original["workTranslation"]] == ["ur"]
