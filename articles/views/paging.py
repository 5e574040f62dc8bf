"""Pages of a long list by keyset: page 500 costs what page 1 costs, and no row is shown twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpRequest

from articles.models import Article
from articles.models.article import ArticleQuerySet

PAGE_SIZE = 20
LARGEST_PK = 2**63 - 1
MOMENT = "%Y%m%dT%H%M%S.%fZ"
WRITTEN = re.compile(r"([0-9]{8}T[0-9]{6}\.[0-9]{6}Z)-([0-9]{1,19})")


@dataclass(frozen=True)
class Cursor:
    """A place between two articles of a list that is ordered newest first."""

    published_at: datetime
    pk: int

    @classmethod
    def of(cls, article: Article) -> Cursor:
        """Return the place of a published article."""
        if article.published_at is None:
            raise ValueError(f"Article {article.pk} has no publication time to page by.")
        return cls(article.published_at, article.pk)

    @classmethod
    def read(cls, text: str) -> Cursor:
        """Read what ``str()`` of a cursor wrote. Raises ValueError for anything else."""
        written = WRITTEN.fullmatch(text)
        if written is None:
            raise ValueError("A cursor reads like 20240305T093000.000000Z-123.")
        published_at = datetime.strptime(written[1], MOMENT).replace(tzinfo=UTC)
        if not 1000 <= published_at.year <= 9998 or int(written[2]) > LARGEST_PK:
            raise ValueError("A cursor cannot name a moment or a number that no article has.")
        return cls(published_at, int(written[2]))

    def __str__(self) -> str:
        return f"{self.published_at.astimezone(UTC).strftime(MOMENT)}-{self.pk}"

    @property
    def older(self) -> Q:
        """Rows after this place. The first condition repeats the second: it is for the index."""
        return Q(published_at__lte=self.published_at) & (
            Q(published_at__lt=self.published_at) | Q(pk__lt=self.pk)
        )

    @property
    def newer(self) -> Q:
        return Q(published_at__gte=self.published_at) & (
            Q(published_at__gt=self.published_at) | Q(pk__gt=self.pk)
        )


@dataclass(frozen=True)
class Page:
    """Up to ``PAGE_SIZE`` articles, newest first, and the query strings of the pages around them.

    ``query`` is the page's own query string, empty for the first page of the list.
    """

    articles: list[Article]
    query: str = ""
    newer: str = ""
    older: str = ""

    @property
    def is_first(self) -> bool:
        return not self.query


class NewestPage(Exception):
    """Nothing newer fills a page: the reader should be shown the list from its top."""


def page_of(articles: ArticleQuerySet, request: HttpRequest, kept: dict[str, str]) -> Page:
    """Return the page that ``before`` or ``after`` in the query string asks for.

    ``kept`` are the parameters that its links repeat. Raises Http404 for a cursor that we never
    wrote and NewestPage when the page after a cursor is the list's first.
    """
    before, after = read_cursor(request, "before"), read_cursor(request, "after")
    if before and after:
        raise Http404
    if after:
        return _page_after(articles, after, kept)
    wanted = articles.filter(before.older) if before else articles
    found = list(wanted.newest_first()[: PAGE_SIZE + 1])
    shown, has_older = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    return Page(
        shown,
        query=_query(kept, "before", before) if before else "",
        newer=_query(kept, "after", Cursor.of(shown[0])) if before and shown else "",
        older=_query(kept, "before", Cursor.of(shown[-1])) if has_older else "",
    )


def _page_after(articles: ArticleQuerySet, after: Cursor, kept: dict[str, str]) -> Page:
    found = list(articles.filter(after.newer).order_by("published_at", "pk")[: PAGE_SIZE + 1])
    if len(found) <= PAGE_SIZE:
        raise NewestPage
    shown = found[:PAGE_SIZE][::-1]
    return Page(
        shown,
        query=_query(kept, "after", after),
        newer=_query(kept, "after", Cursor.of(shown[0])),
        older=_query(kept, "before", Cursor.of(shown[-1])),
    )


def _query(kept: dict[str, str], name: str, cursor: Cursor) -> str:
    return "?" + urlencode({**kept, name: str(cursor)})


def read_cursor(request: HttpRequest, name: str) -> Cursor | None:
    """Read the cursor in the parameter ``name``. Raises Http404 for one that we never wrote."""
    text = request.GET.get(name)
    if text is None:
        return None
    try:
        return Cursor.read(text)
    except ValueError:
        raise Http404 from None
