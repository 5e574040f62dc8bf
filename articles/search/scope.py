"""Where to look: one edition, narrowed by section, source and days, at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from articles.models import Article
from articles.models.article import ArticleQuerySet


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
