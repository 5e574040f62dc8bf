"""The list of articles, with who has one of them open and what its reader left unsaved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.urls import reverse

from articles.actions.rights import may
from articles.admin.article_list import ArticleChangeList
from articles.admin.drafts.presence import people_in
from articles.admin.drafts.rows import drafts_in_list, unsaved_of
from articles.admin.verbs import editor_of
from articles.models import Draft


class Left(NamedTuple):
    """A text that somebody did not save, as a list names it."""

    headline: str
    language: str
    direction: str
    address: str
    at: datetime | None
    is_new: bool
    is_present: bool


class DraftsChangeList(ArticleChangeList):
    """Costs one query more: each row knows its ``people``; ``unsaved`` stands above them all."""

    unsaved: list[Left]

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        user = editor_of(request)
        own = [row.pk for row in self.result_list if may(user, "history", row)]
        drafts = drafts_in_list(user, own)
        for row in self.result_list:
            row.people = people_in((d for d in drafts if d.article_id == row.pk), user)
        self.unsaved = left_unsaved(user, drafts)


def left_unsaved(user: AbstractUser, drafts: Iterable[Draft]) -> list[Left]:
    """What of the ``drafts``, which ``drafts_in_list`` found, ``user`` typed and did not save.

    Texts for an article that the person may not see any more are not among them.
    """
    own = unsaved_of(user, drafts)
    return [_one(d) for d in own if d.article is None or may(user, "view", d.article)]


def _one(draft: Any) -> Left:
    article, typed = draft.article, draft.typed_language
    return Left(
        headline=draft.typed_headline or (article.headline if article else ""),
        language=article.language_id if article else typed if typed in CODES else "",
        direction=article.language.direction if article else "auto",
        address=reverse("admin:articles_article_change", args=[article.pk])
        if article
        else reverse("admin:articles_article_add"),
        at=draft.changed_at,
        is_new=article is None,
        is_present=draft.is_present(),
    )


CODES = dict(settings.LANGUAGES)
