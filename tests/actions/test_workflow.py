"""The newsroom's verbs, as every button and command calls them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from articles.actions import Refused, publish, restore, return_to_draft, submit, withdraw
from articles.models import Article
from tests.factories import WHEN, WHY, logged, make_article, make_editor

pytestmark = pytest.mark.django_db


def test_an_article_goes_from_draft_to_readers_and_back() -> None:
    editor, article = make_editor(), make_article(status="draft", published_at=None)

    article = submit(article=article, by=editor)
    assert article.status == "review"
    article = return_to_draft(article=article, by=editor, note="Name the river.")
    assert article.status == "draft"
    article = publish(article=article, by=editor)
    assert article.is_live()
    article = withdraw(article=article, by=editor, notice=WHY)
    assert not Article.objects.live().exists()
    article = restore(article=article, by=editor)
    assert article.status == "draft"
    assert article.version == 6


def test_each_step_is_in_the_log_with_who_did_it() -> None:
    editor, article = make_editor(), make_article(status="draft")

    publish(article=article, by=editor)
    withdraw(article=article, by=editor, notice=WHY)

    entries = LogEntry.objects.filter(object_id=str(article.pk)).order_by("pk")
    assert [logged(entry) for entry in entries] == [
        "Published.",
        f"Withdrawn. {WHY}",
    ]
    assert {entry.user for entry in entries} == {editor}


def test_publishing_tells_everything_that_is_missing_at_once() -> None:
    article = make_article(status="draft", headline="", body="", source=None)

    with pytest.raises(Refused) as refusal:
        publish(article=article, by=make_editor())

    assert len(refusal.value.reasons) == 3
    assert Article.objects.get().status == "draft"


def test_a_time_ahead_schedules() -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    article = publish(article=make_article(status="draft"), by=make_editor(), at=tomorrow)

    assert article.status == "published"
    assert not article.is_live()
    assert article.is_live(at=tomorrow)


def test_publishing_before_the_embargo_is_refused_in_a_sentence() -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    article = make_article(status="draft", published_at=None, embargoed_until=tomorrow)

    with pytest.raises(Refused, match="before its embargo ends"):
        publish(article=article, by=make_editor())

    assert not Article.objects.filter(status="published").exists()


def test_returning_needs_a_note() -> None:
    article = make_article(status="review")
    with pytest.raises(Refused, match="note"):
        return_to_draft(article=article, by=make_editor(), note="  ")


@pytest.mark.parametrize(
    ("verb", "status", "said"),
    [
        (submit, "published", {}),
        (publish, "withdrawn", {}),
        (publish, "published", {}),
        (withdraw, "draft", {"notice": WHY}),
        (restore, "published", {}),
    ],
)
def test_a_verb_that_does_not_fit_the_status_is_refused(verb, status: str, said) -> None:  # type: ignore[no-untyped-def]
    article = make_article(status=status)
    with pytest.raises(Refused, match="cannot be done"):
        verb(article=article, by=make_editor(), **said)
    assert Article.objects.get().status == status


def test_an_old_copy_of_an_article_cannot_undo_what_happened_since() -> None:
    stale = make_article(status="draft", headline="Old words")
    Article.objects.filter(pk=stale.pk).update(headline="New words")

    assert publish(article=stale, by=make_editor()).headline == "New words"


def test_what_was_withdrawn_before_its_time_was_seen_by_nobody() -> None:
    editor, tomorrow = make_editor(), timezone.now() + timedelta(days=1)
    article = publish(article=make_article(status="draft"), by=editor, at=tomorrow)

    article = withdraw(article=article, by=editor, notice=WHY)
    assert article.first_published_at is None

    article = publish(article=restore(article=article, by=editor), by=editor, at=WHEN)
    assert article.first_published_at == WHEN


def test_what_readers_have_seen_keeps_its_first_time_through_withdrawal() -> None:
    editor, article = make_editor(), make_article()

    article = withdraw(article=article, by=editor, notice=WHY)
    article = restore(article=article, by=editor)
    article = publish(article=article, by=editor, at=timezone.now() + timedelta(days=1))

    assert article.first_published_at == WHEN


def test_publishing_settles_why_the_loader_held_an_article() -> None:
    article = make_article(status="draft", hold_reason="The headline was derived.")
    assert publish(article=article, by=make_editor()).hold_reason == ""
