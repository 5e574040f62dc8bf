"""Telling translations that the text they were made from is another one now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from articles.models import Article


def mark_stale(originals: Iterable[Article], at: datetime) -> None:
    """Mark what was translated from an earlier text of any of ``originals``, stored as they are.

    A translation that lagged behind already goes on lagging since then, not since ``at``. The mark
    repeats what the versions of the two say, so that the desk finds the few stale among many
    translations.
    """
    behind = Article.objects.filter(
        translated_from__article__in=[original.pk for original in originals],
        translated_from__number__lt=F("translated_from__article__text_version"),
        stale_since__isnull=True,
    )
    behind.update(stale_since=at)
