"""Pages of a long list by keyset: page 500 costs what page 1 costs, and no row is shown twice."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from articles.models import Article
from articles.models.article import ArticleQuerySet
from articles.models.place import Place

PAGE_SIZE = 20


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

    ``kept`` are the parameters that its links repeat. Raises Http404 for a place that we never
    wrote and NewestPage when the page after a place is the list's first.
    """
    before, after = read_place(request, "before"), read_place(request, "after")
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
        newer=_query(kept, "after", Place.of(shown[0])) if before and shown else "",
        older=_query(kept, "before", Place.of(shown[-1])) if has_older else "",
    )


def _page_after(articles: ArticleQuerySet, after: Place, kept: dict[str, str]) -> Page:
    found = list(articles.filter(after.newer).order_by("published_at", "pk")[: PAGE_SIZE + 1])
    if len(found) <= PAGE_SIZE:
        raise NewestPage
    shown = found[:PAGE_SIZE][::-1]
    return Page(
        shown,
        query=_query(kept, "after", after),
        newer=_query(kept, "after", Place.of(shown[0])),
        older=_query(kept, "before", Place.of(shown[-1])),
    )


def _query(kept: dict[str, str], name: str, place: Place) -> str:
    return "?" + urlencode({**kept, name: str(place)})


def read_place(request: HttpRequest, name: str) -> Place | None:
    """Read the place in the parameter ``name``. Raises Http404 for one that we never wrote."""
    text = request.GET.get(name)
    if text is None:
        return None
    try:
        return Place.read(text)
    except ValueError:
        raise Http404 from None
