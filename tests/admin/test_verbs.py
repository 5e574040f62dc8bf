"""Buttons and bulk actions do what the newsroom's verbs do, and say why when they do not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from tests.admin.desk import form_of, make_capture, said, save, sit_down, typed
from tests.factories import make_article, make_language, make_member, make_source

pytestmark = pytest.mark.django_db

LIST = "admin:articles_article_changelist"


def status_of(article: Article) -> str:
    return Article.objects.values_list("status", flat=True).get(pk=article.pk)


def choose(client: Client, action: str, *articles: Article, **more: Any) -> Any:
    """Tick the articles in the list and run the bulk action."""
    ticked = [article.pk for article in articles]
    posted = {"action": action, "_selected_action": ticked, "index": "0", **more}
    return client.post(reverse(LIST), posted, follow=True)


@pytest.mark.parametrize(
    ("status", "verbs"),
    [
        ("draft", ["submit", "publish"]),
        ("review", ["return", "publish"]),
        ("published", ["notice", "withdraw"]),
        ("withdrawn", ["restore"]),
    ],
)
def test_article_offers_the_steps_that_its_status_allows(status: str, verbs: list[str]) -> None:
    response = sit_down().get(form_of(make_article(status=status)))

    assert [verb.name for verb in response.context["verbs"]] == verbs
    page = response.content.decode()
    assert all(f'name="_verb" value="{verb}"' in page for verb in verbs)
    assert ('name="_note"' in page) == ("return" in verbs)


@pytest.mark.parametrize(
    ("before", "verb", "after"),
    [
        ("draft", "submit", "review"),
        ("review", "return", "draft"),
        ("draft", "publish", "published"),
        ("review", "publish", "published"),
        ("withdrawn", "restore", "draft"),
    ],
)
def test_button_saves_the_form_and_takes_the_step(before: str, verb: str, after: str) -> None:
    article = make_article(status=before)

    response = save(sit_down(), article, headline="Newer", _verb=verb, _note="Mend the end.")

    article.refresh_from_db()
    assert (article.status, article.headline) == (after, "Newer")
    assert "Newer" in said(response)


def test_publishing_what_was_held_settles_its_capture() -> None:
    capture = make_capture()
    first = make_article(status="draft", capture=capture, hold_reason="The date is missing.")
    second = make_article(
        status="draft", capture=capture, capture_item=1, hold_reason="The date is missing."
    )

    save(sit_down(), first, _verb="publish")
    capture.refresh_from_db()
    assert capture.state == "new"

    save(sit_down(), second, _verb="publish")
    capture.refresh_from_db()
    assert capture.state == "accepted"


@pytest.mark.parametrize("state", ["rejected", "duplicate"])
def test_publishing_leaves_a_capture_that_was_decided_about(state: str) -> None:
    capture = make_capture(state=state)

    save(sit_down(), make_article(status="draft", capture=capture), _verb="publish")

    capture.refresh_from_db()
    assert capture.state == state


def test_message_keeps_the_headlines_own_language() -> None:
    article = make_article(language="sd", status="draft", headline="برسات <b>")

    response = save(sit_down("ur"), article, _verb="submit")

    assert '<bdi lang="sd" dir="rtl">برسات &lt;b&gt;</bdi>' in str(*response.context["messages"])


def test_refused_step_is_explained_and_the_text_is_kept() -> None:
    article = make_article(status="draft", source=None, body="")

    response = save(sit_down(), article, headline="Typed", _verb="publish")

    article.refresh_from_db()
    assert (article.status, article.headline) == ("draft", "Typed")
    assert "Typed: Write the article's text before it is published." in said(response)
    assert "Choose a source" in said(response)


def test_return_without_a_note_is_refused() -> None:
    article = make_article(status="review")

    response = save(sit_down(), article, _verb="return", _note="  ")

    assert status_of(article) == "review"
    assert "Say in a note" in said(response)


def test_step_that_the_status_does_not_allow_is_refused_in_a_sentence() -> None:
    article = make_article(status="draft")

    response = save(sit_down(), article, _verb="withdraw")

    assert status_of(article) == "draft"
    assert "so this cannot be done to it" in said(response)


def test_article_with_a_time_ahead_is_said_to_be_scheduled() -> None:
    article = make_article(status="draft", published_at=timezone.now() + timedelta(days=3))

    response = save(sit_down(), article, _verb="publish")

    assert "is scheduled: readers see it from" in said(response)


def test_new_article_can_be_published_at_once() -> None:
    make_language("en")
    client = sit_down()
    add = reverse("admin:articles_article_add")
    fields = {"headline": "New", "body": "<p>Text</p>", "source": make_source().pk}

    client.post(add, typed(client.get(add), language="en", **fields, _verb="publish"))

    assert Article.objects.get().status == "published"


def test_unknown_button_only_saves() -> None:
    article = make_article(status="draft")

    save(sit_down(), article, headline="Saved", _verb="explode")

    article.refresh_from_db()
    assert (article.headline, article.status) == ("Saved", "draft")


def test_invalid_form_takes_no_step() -> None:
    article = make_article(status="draft")

    save(sit_down(), article, published_at_0="not a date", _verb="publish")

    assert status_of(article) == "draft"


def test_bulk_action_publishes_what_it_can_and_names_what_it_cannot() -> None:
    good = [make_article(status="draft"), make_article(status="review")]
    bad = make_article(status="draft", headline="Sourceless", source=None)

    response = choose(sit_down(), "publish_selected", *good, bad)

    assert [status_of(article) for article in (*good, bad)] == ["published", "published", "draft"]
    assert "2 articles are published." in said(response)
    assert "Sourceless: Choose a source" in said(response)


@pytest.mark.parametrize(
    ("before", "action", "after"),
    [
        ("draft", "submit_selected", "review"),
        ("withdrawn", "restore_selected", "draft"),
    ],
)
def test_bulk_action_moves_one_article(before: str, action: str, after: str) -> None:
    article = make_article(status=before)

    response = choose(sit_down(), action, article)

    assert status_of(article) == after
    assert "1 article " in said(response)


def test_bulk_return_asks_for_a_note_first() -> None:
    articles = [make_article(status="review"), make_article(status="review", language="ur")]
    client = sit_down()

    asked = choose(client, "return_selected", *articles)
    assert 'name="_note"' in asked.content.decode()
    assert status_of(articles[0]) == "review"

    ticked = {"_selected_action": [article.pk for article in articles]}
    response = client.post(
        reverse(LIST), {"action": "return_selected", "_note": "Shorter.", **ticked}, follow=True
    )
    assert [status_of(article) for article in articles] == ["draft", "draft"]
    assert "2 articles went back" in said(response)


def test_many_refusals_are_counted_not_listed() -> None:
    articles = [make_article(status="withdrawn") for _ in range(23)]

    response = choose(sit_down(), "publish_selected", *articles)

    assert "3 more articles were refused." in said(response)
    assert len(response.context["messages"]) == 21


def test_steps_are_not_offered_to_who_may_only_look() -> None:
    article = make_article(status="review")
    client = sit_down(member=make_member())

    response = client.get(form_of(article))
    assert response.status_code == 200
    assert response.context["verbs"] == []

    client.post(form_of(article), {"_verb": "publish"})
    choose(client, "publish_selected", article)
    assert status_of(article) == "review"


def test_labels_of_the_bulk_actions_are_in_the_language_of_the_desk() -> None:
    make_article()
    choices = {
        language: dict(
            sit_down(language).get(reverse(LIST)).context["action_form"].fields["action"].choices
        )
        for language in ("en", "ur")
    }

    assert choices["en"]["publish_selected"] == "Publish the selected articles"
    assert choices["en"].keys() == choices["ur"].keys()
