"""The preview: the readers' page of what is typed, for who may type it, and stored nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Revision
from tests.admin.desk import form_of, make_capture, sit_down, typed
from tests.factories import (
    load_languages,
    make_article,
    make_language,
    make_member,
    make_notice,
    make_section,
    make_source,
)

pytestmark = pytest.mark.django_db

ADD = "admin:articles_article_add"
ADD_PREVIEW = "admin:articles_article_add_preview"


def address_of(article: Article) -> str:
    return reverse("admin:articles_article_preview", args=[article.pk])


def preview(client: Client, article: Article, **changes: Any) -> Any:
    """Open the article's form, type ``changes`` over it, and ask what readers would see."""
    opened = client.get(form_of(article))
    return client.post(address_of(article), typed(opened, **changes))


def reasons(response: Any) -> list[str]:
    assert response.status_code == 422
    return response.context["reasons"]


@pytest.mark.parametrize("language", ["en", "ur", "sd"])
def test_what_is_typed_is_shown_in_the_readers_page_and_language(language: str) -> None:
    load_languages()
    article = make_article(language=language, status="draft")

    response = preview(sit_down("en"), article, headline="سرخی", body="<p>متن <b>یہ</b></p>")

    page = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}" dir="{article.language.direction}"' in page
    assert "سرخی</h1>" in page
    assert "متن <b>یہ</b></p>" in page
    assert response.headers["Content-Language"] == language
    assert {"en": "Skip to the content", "ur": "متن", "sd": "متن"}[language] in page
    if language != "en":
        assert "Skip to the content" not in page


def test_nothing_is_stored_by_a_preview() -> None:
    article = make_article(status="draft")
    client = sit_down()
    client.get(form_of(article))
    before = Article.objects.filter(pk=article.pk).values().get()
    counts = [model.objects.count() for model in (Article, Revision, LogEntry)]

    preview(client, article, headline="Another")
    client.post(reverse(ADD_PREVIEW), typed(client.get(reverse(ADD)), headline="New"))

    assert Article.objects.filter(pk=article.pk).values().get() == before
    assert [model.objects.count() for model in (Article, Revision, LogEntry)] == counts


def test_no_cache_keeps_a_preview_and_no_reader_comes_upon_it() -> None:
    article = make_article(headline="Known", slug="known")
    client = sit_down()

    response = preview(client, article, headline="Secret words")

    kept = response.headers["Cache-Control"]
    assert "no-store" in kept
    assert "private" in kept
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "canonical" not in response.content.decode()
    assert not getattr(cache, "_cache", {})
    assert "Secret words" not in Client().get(article.get_absolute_url()).content.decode()


def test_only_the_desk_may_frame_a_preview_and_nothing_in_it_may_run() -> None:
    article = make_article(status="draft")
    client = sit_down()

    response = preview(client, article, body="<p>x</p><script>alert(1)</script>")

    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'none'" in policy
    assert "<script" not in response.content.decode()
    for other in (form_of(article), reverse("admin:index"), "/en/"):
        assert client.get(other).headers["X-Frame-Options"] == "DENY"


def test_a_new_article_is_shown_before_it_is_stored() -> None:
    load_languages()
    client = sit_down()
    section = make_section(language="ur", title="ثقافت")
    source = make_source(language="ur", name="صبح")
    make_article(language="ur", section=section, headline="پرانی")

    opened = client.get(reverse(ADD))
    response = client.post(
        reverse(ADD_PREVIEW),
        typed(
            opened, language="ur", headline="نئی", section=section.pk, source=source.pk, body="<p>م"
        ),
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert "نئی</h1>" in page
    assert "ثقافت" in page
    assert "پرانی" in page  # What stands beside it in its section.


def test_an_empty_article_is_shown_too() -> None:
    load_languages()
    client = sit_down()

    response = client.post(reverse(ADD_PREVIEW), typed(client.get(reverse(ADD))))

    assert response.status_code == 200
    assert "<h1></h1>" in response.content.decode()


def test_the_page_tells_of_sisters_notices_and_the_capture() -> None:
    load_languages()
    sister = make_article(language="ur")
    article = make_article(language="en", story=sister.story, capture=make_capture())
    make_article(language="sd", story=sister.story, status="draft", headline="Not yet")
    make_notice(article, text="It was two days.")

    page = preview(sit_down(), article).content.decode()

    assert sister.get_absolute_url() in page
    assert "Not yet" not in page
    assert "It was two days." in page
    assert "Where this text comes from" in page


def test_what_the_form_refuses_is_told_in_sentences() -> None:
    make_language("en")
    make_language("ur")
    article = make_article(status="draft")
    foreign = make_section(language="ur")

    response = preview(
        sit_down(), article, section=foreign.pk, published_at_0="yesterday", body="x" * 300_000
    )

    told = reasons(response)
    assert "Published at: Enter a valid date." in told
    assert any(each.startswith("Section: This section belongs to another edition") for each in told)
    assert any(each.startswith("Body: The text holds") for each in told)
    assert "data-preview-refused" in response.content.decode()
    assert response.headers["X-Frame-Options"] == "DENY"


def test_a_preview_waits_for_nobody_who_saved_meanwhile() -> None:
    article = make_article(headline="First", status="draft")
    client = sit_down()
    opened = client.get(form_of(article))
    Article.objects.filter(pk=article.pk).update(headline="Theirs", version=2)

    response = client.post(address_of(article), typed(opened, headline="Mine"))

    assert response.status_code == 200
    assert "Mine</h1>" in response.content.decode()


def test_letters_are_cleaned_as_they_would_be_stored() -> None:
    load_languages()
    article = make_article(language="ur", status="draft")

    response = preview(sit_down(), article, headline="كراچي", byline="علي", body="<p>ي<table>")

    page = response.content.decode()
    assert "کراچی</h1>" in page
    assert "علی" in page
    assert "<table" not in page


@pytest.mark.parametrize("role", ["writer", "editor", "publisher"])
def test_members_of_other_desks_get_no_preview(role: str) -> None:
    load_languages()
    draft = make_article(language="en", status="draft", headline="Secret words")
    client = sit_down("ur", member=make_member("ur", role))

    response = client.post(address_of(draft), {"headline": "x", "language": "ur"})

    assert response.status_code in {302, 403, 404}
    assert "Secret words" not in response.content.decode()


def test_no_article_is_shown_in_a_language_whose_desk_is_not_ones_own() -> None:
    load_languages()
    draft = make_article(language="ur", status="draft")
    client = sit_down("ur", member=make_member("ur"))

    response = preview(client, draft, language="en")

    assert any("Language" in each or "زبان" in each for each in reasons(response))


def test_who_may_only_read_an_article_is_shown_it_as_it_is_stored() -> None:
    load_languages()
    live = make_article(language="en", headline="As it is")
    client = sit_down("en", member=make_member("ur"))

    response = client.post(address_of(live), {"headline": "As I want it", "language": "en"})

    page = response.content.decode()
    assert "As it is</h1>" in page
    assert "As I want it" not in page


@pytest.mark.parametrize("name", [ADD_PREVIEW, "admin:articles_article_preview"])
def test_a_preview_is_asked_for_by_staff_and_with_a_form(name: str) -> None:
    article = make_article(status="draft")
    address = reverse(name, args=[] if name == ADD_PREVIEW else [article.pk])

    assert sit_down().get(address).status_code == 405
    assert Client().post(address, {}).status_code == 302
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(make_member("en", "publisher"))  # type: ignore[arg-type]
    assert guarded.post(address, {}).status_code == 403


def test_what_is_not_there_has_no_preview() -> None:
    client = sit_down()
    for key in ("99999", "nonsense", "1_2F"):
        address = reverse("admin:articles_article_preview", args=[key])
        assert client.post(address, {}).status_code == 404


def test_a_language_without_an_edition_has_no_page_and_one_to_come_has() -> None:
    make_language("fr")
    hidden = make_language("ur", is_published=False)
    client = sit_down()

    assert preview(client, make_article(language=hidden, status="draft")).status_code == 200
    told = reasons(preview(client, make_article(language="fr", status="draft")))
    assert told == ["This language has no edition, so readers have no page."]


def test_the_queries_of_a_preview_do_not_grow_with_the_archive() -> None:
    load_languages()
    section, source = make_section(), make_source()
    article = make_article(section=section, source=source, status="draft")
    client = sit_down()
    filled = typed(client.get(form_of(article)))

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.post(address_of(article), filled).status_code == 200
        return len(asked)

    few = queries()
    for _each in range(6):
        make_article(section=section, source=source)
    make_article(language="ur", story=article.story)
    assert queries() <= few < 34
