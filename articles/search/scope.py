"""Where to look: one edition, narrowed by section, source and days, at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from articles.models import Article
from articles.models.article import ArticleQuerySet


class Place(NamedTuple):
    """The place of an article in a list that is ordered newest first."""

    published_at: datetime
    pk: int

    @property
    def and_older(self) -> Q:
        """Rows from this place on. The first condition repeats the second: it is for the index."""
        return Q(published_at__lte=self.published_at) & (
            Q(published_at__lt=self.published_at) | Q(pk__lte=self.pk)
        )

    @property
    def newer(self) -> Q:
        return Q(published_at__gte=self.published_at) & (
            Q(published_at__gt=self.published_at) | Q(pk__gt=self.pk)
        )


@dataclass(frozen=True)
class Scope:
    """``section`` and ``source`` are primary keys; ``until`` is the first moment not wanted."""

    language: str
    at: datetime
    section: int | None = None
    source: int | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def articles(self) -> ArticleQuerySet:
        """What readers may see of it."""
        found = Article.objects.live(self.at).in_language(self.language)
        if self.section is not None:
            found = found.filter(section=self.section)
        if self.source is not None:
            found = found.filter(source=self.source)
        if self.since is not None:
            found = found.filter(published_at__gte=self.since)
        if self.until is not None:
            found = found.filter(published_at__lt=self.until)
        return found
