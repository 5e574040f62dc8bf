"""Where an article stands in a list that is ordered newest first: pages begin there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q

from articles.models.article import Article

LARGEST_PK = 2**63 - 1
MOMENT = "%Y%m%dT%H%M%S.%fZ"
WRITTEN = re.compile(r"([0-9]{8}T[0-9]{6}\.[0-9]{6}Z)-([0-9]{1,19})")


@dataclass(frozen=True)
class Place:
    """The place of an article, which need not be there any more.

    The first condition of each property repeats the second: it is for the index.
    """

    published_at: datetime
    pk: int

    @classmethod
    def of(cls, article: Article) -> Place:
        """Return the place of a published article."""
        if article.published_at is None:
            raise ValueError(f"Article {article.pk} has no publication time to page by.")
        return cls(article.published_at, article.pk)

    @classmethod
    def read(cls, text: str) -> Place:
        """Read what ``str()`` of a place wrote. Raises ValueError for anything else."""
        written = WRITTEN.fullmatch(text)
        if written is None:
            raise ValueError("A place reads like 20240305T093000.000000Z-123.")
        published_at = datetime.strptime(written[1], MOMENT).replace(tzinfo=UTC)
        if not 1000 <= published_at.year <= 9998 or int(written[2]) > LARGEST_PK:
            raise ValueError("A place cannot name a moment or a number that no article has.")
        return cls(published_at, int(written[2]))

    def __str__(self) -> str:
        return f"{self.published_at.astimezone(UTC).strftime(MOMENT)}-{self.pk}"

    @property
    def older(self) -> Q:
        """Rows after this place."""
        return Q(published_at__lte=self.published_at) & (
            Q(published_at__lt=self.published_at) | Q(pk__lt=self.pk)
        )

    @property
    def and_older(self) -> Q:
        """Rows from this place on."""
        return Q(published_at__lte=self.published_at) & (
            Q(published_at__lt=self.published_at) | Q(pk__lte=self.pk)
        )

    @property
    def newer(self) -> Q:
        """Rows above this place."""
        return Q(published_at__gte=self.published_at) & (
            Q(published_at__gt=self.published_at) | Q(pk__gt=self.pk)
        )
