"""The drafts that a screen asks for, in one query each, without the texts themselves."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.db.models import F, Q
from django.db.models.fields.json import KT
from django.utils import timezone

from articles.actions import rights
from articles.models import Article, Draft
from articles.models.draft import PRESENT, DraftQuerySet


def drafts_for(user: AbstractUser, article: Article | None) -> list[Draft]:
    """Who has the form of ``article`` open, and what ``user`` typed into it and did not save.

    The forms of new articles (None) have nothing in common: of those, only the latter. Nor does
    anybody learn who on another desk works on what readers see.
    """
    is_shared = article is not None and rights.may(user, "history", article)
    rows = Draft.objects.filter(article=article)
    return _newest_first(rows.filter(_open() | _own(user) if is_shared else _own(user)))


def drafts_in_list(user: AbstractUser, articles: Iterable[int]) -> list[Draft]:
    """Who has the form of one of the ``articles`` open, and all that ``user`` did not save.

    Each knows what was typed for its headline and its language, as ``typed_headline`` and
    ``typed_language``.
    """
    return _told(Draft.objects.filter(_open() & Q(article__in=[*articles]) | _own(user)))


def drafts_at_desk(user: AbstractUser) -> list[Draft]:
    """Who has open the form of an article that ``user`` may see, and all that ``user`` did not
    save, as ``drafts_in_list`` gives them.
    """
    rows = _told(Draft.objects.filter(_open() & Q(article__isnull=False) | _own(user)))
    return [row for row in rows if row.user_id == user.pk or _is_seen(row, user)]


def _is_seen(draft: Draft, user: AbstractUser) -> bool:
    """Asked of the few forms that are open: asked of the articles, it would read all of a desk."""
    return draft.article is not None and rights.may(user, "history", draft.article)


def _told(rows: DraftQuerySet) -> list[Draft]:
    rows = rows.select_related("article__language").defer("article__body", "article__search_key")
    typed = {"typed_headline": KT("data__headline"), "typed_language": KT("data__language")}
    return _newest_first(rows.annotate(**typed))


def _open() -> Q:
    return Q(seen_at__gt=timezone.now() - PRESENT)


def _own(user: AbstractUser) -> Q:
    return Q(user=user.pk, changed_at__isnull=False)


def _newest_first(rows: DraftQuerySet) -> list[Draft]:
    ordered = rows.order_by(F("changed_at").desc(nulls_last=True), "-pk")
    return list(ordered.select_related("user").defer("data"))


def unsaved_of(user: AbstractUser, drafts: Iterable[Draft]) -> list[Draft]:
    """Those of the ``drafts`` in which ``user`` typed something."""
    return [draft for draft in drafts if draft.changed_at and draft.user_id == user.pk]


def mark_of(drafts: Iterable[Draft]) -> str:
    """A word that changes when a text comes or goes, or when its tab is closed."""
    return " ".join(sorted(f"{draft.tab}{'+' * draft.is_present()}" for draft in drafts))
