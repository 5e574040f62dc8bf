"""What follows for an article from what is placed in it beside its text: a part of actions."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.utils import timezone

from articles.actions.revision import renew_pages_of, was_seen
from articles.models import Article


def note_for_readers(article: Article, by: AbstractUser | None) -> None:
    """Store on a locked article that it has changed, and tell readers who had seen it: not of what
    a command brings along, as it edits nothing.
    """
    article.modified_at = timezone.now()
    if by is not None and was_seen(article):
        article.updated_at = article.modified_at
    article.save(update_fields=["modified_at", "updated_at"])
    renew_pages_of(article)
