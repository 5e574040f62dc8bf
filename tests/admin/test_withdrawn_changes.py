"""What was to go live by itself goes live no more when its article was withdrawn meanwhile."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles.actions import apply_due
from articles.models import Article
from tests.admin.changes import scheduled, soon, state
from tests.admin.desk import said, save, sit_down, text_of
from tests.factories import WHY, make_article

pytestmark = pytest.mark.django_db

OFF = "The change of {} is off the clock. It waits as a proposal."


def withdraw_alone(article: Article) -> str:
    step = reverse("admin:articles_article_step", args=[article.pk, "withdraw"])
    return said(sit_down().post(step, {f"{article.language_id}-text": WHY}, follow=True))


def withdraw_from_the_list(article: Article) -> str:
    form = {"action": "withdraw_selected", "_selected_action": [article.pk], "_noticed": "1"}
    posted = {**form, f"{article.language_id}-text": WHY}
    return said(sit_down().post(reverse("admin:articles_article_changelist"), posted, follow=True))


@pytest.mark.parametrize("withdraw", [withdraw_alone, withdraw_from_the_list])
def test_a_scheduled_change_does_not_go_live_after_a_withdrawal(withdraw: object) -> None:
    article = make_article(headline="Old")
    change = scheduled(article, headline="New")

    told = withdraw(article)  # type: ignore[operator]

    assert state(change) == "proposed"
    assert OFF.format("Old") in told
    for verb in ("restore", "publish"):
        save(sit_down(), Article.objects.get(), _verb=verb)
    assert apply_due(soon(days=9)) == []
    assert (Article.objects.get().headline, Article.objects.get().status) == ("Old", "published")
    history = reverse("admin:articles_article_history", args=[article.pk])
    assert "Scheduled change cancelled." in text_of(sit_down().get(history))


def test_nothing_is_said_of_changes_where_none_was_scheduled() -> None:
    assert "off the clock" not in withdraw_alone(make_article())
