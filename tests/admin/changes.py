"""What the tests of changes that wait share: how they are made, opened and decided about."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from articles.actions import propose_change, schedule_change
from articles.models import Article, Revision
from tests.actions.test_revisions import copy
from tests.admin.desk import form_of, save, sit_down
from tests.factories import make_editor, make_member


def member(role: str, language: str = "en") -> Client:
    return sit_down(member=make_member(language, role))


def boxes(moment: datetime) -> dict[str, str]:
    """A moment as it is typed on the desk's clock."""
    local = localtime(moment)
    return {"change_at_0": f"{local:%Y-%m-%d}", "change_at_1": f"{local:%H:%M:%S}"}


def soon(**ahead: float) -> datetime:
    return (timezone.now() + timedelta(**(ahead or {"hours": 1}))).replace(microsecond=0)


def schedule(client: Client, article: Article, at: datetime | None = None, **typed: Any) -> Any:
    return save(client, article, _later="schedule", **boxes(at or soon()), **typed)


def opened_in(client: Client, change: Revision) -> Any:
    return client.get(form_of(change.article), {"revision": change.pk})


def decide(client: Client, change: Revision, decision: str, **more: Any) -> Any:
    address = reverse("admin:articles_article_decide", args=[change.article_id, change.pk])
    return client.post(address, {"_decision": decision, **more}, follow=True)


def scheduled(article: Article, **changes: Any) -> Revision:
    by = make_editor(first_name="Ayesha")
    return schedule_change(article=copy(article, **changes), by=by, goes_live_at=soon())


def proposed(article: Article, by: Any = None, **changes: Any) -> Revision:
    return propose_change(
        article=copy(article, **changes), by=by or make_editor(first_name="Ayesha"), note="Shorter."
    )


def state(change: Revision) -> str:
    return Revision.objects.get(pk=change.pk).state


def now(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)
