"""Where to look: for readers one edition at one moment, for a desk what it may see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from articles.models import Article
from articles.models.article import ArticleQuerySet


@dataclass(frozen=True)
class Scope:
    """One edition, narrowed by section, source and days.

    ``section`` and ``source`` are primary keys; ``until`` is the first moment not wanted."""

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


@dataclass(frozen=True)
class DeskScope:
    """What somebody may see at the desk, in whatever state, as a list of it is narrowed.

    ``articles`` are exactly those. The rest repeats as much of it as the index knows, so that what
    the list leaves out takes no place among the hits; None narrows nothing. ``section`` and
    ``source`` are primary keys.
    """

    articles: ArticleQuerySet
    language: str | None = None
    status: str | None = None
    section: int | None = None
    source: int | None = None

    @property
    def languages(self) -> list[str]:
        return [self.language] if self.language else list(dict(settings.LANGUAGES))

    @property
    def statuses(self) -> Collection[str]:
        return [self.status] if self.status else Article.Status.values
