"""Pages of search results: windows of hits that are ranked, each cut into pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models.functions import Left
from django.http import Http404, HttpRequest

from articles.models import Article
from articles.models.place import Place
from articles.search import WINDOW, Found, Query, Scope, newer
from articles.views.paging import PAGE_SIZE, Page, read_place

SHOWN_OF_BODY = 20_000
"""Letters of a body, as HTML, in which a snippet is sought."""
STEPS = {str(number): number for number in range(0, WINDOW, PAGE_SIZE)}


class Asked(NamedTuple):
    """What was asked, where, and the parameters that links repeat."""

    query: Query
    scope: Scope
    kept: dict[str, str]


class Start(NamedTuple):
    """Where a page begins: so many hits after the beginning of a window, ``place``.

    Without a place, the window is that of the newest hits of this moment. Links name it, so that
    an article that arrives between two pages moves nothing.
    """

    place: Place | None = None
    skip: int = 0

    @classmethod
    def read(cls, request: HttpRequest) -> Start:
        """Read ``?at=&skip=``. Raises Http404 for values that no page of ours links to."""
        place, skip = read_place(request, "at"), request.GET.get("skip", "0")
        if skip not in STEPS or (place is None and skip != "0"):
            raise Http404
        return cls(place, STEPS[skip])

    def query(self, kept: dict[str, str]) -> str:
        """Return the query string that leads here, repeating the parameters ``kept``."""
        at = {"at": str(self.place)} if self.place else {}
        skip = {"skip": str(self.skip)} if self.skip else {}
        return f"?{urlencode({**kept, **at, **skip})}"


def page_of_results(found: Found, start: Start, asked: Asked) -> Page[Article]:
    """Return the page's articles in the order of ``found``, and the pages around it."""
    return Page(
        _articles(asked.scope, found.numbers[start.skip : start.skip + PAGE_SIZE]),
        query=start.query(asked.kept) if start.place else "",
        newer=_newer(start, asked),
        older=_older(found, start, asked.kept),
    )


def _articles(scope: Scope, numbers: Sequence[int]) -> list[Article]:
    """The articles with these numbers in this order, each with ``text`` to find a snippet in."""
    rows = scope.articles.filter(pk__in=numbers).for_list()
    found = {each.pk: each for each in rows.annotate(text=Left("body", SHOWN_OF_BODY))}
    return [found[number] for number in numbers if number in found]


def _older(found: Found, start: Start, kept: dict[str, str]) -> str:
    """The next page: the next one of this window, or the first of the window after it."""
    skip = start.skip + PAGE_SIZE
    if skip < len(found.numbers):
        return Start(start.place or found.first, skip).query(kept)
    return Start(found.next).query(kept) if found.next else ""


def _newer(start: Start, asked: Asked) -> str:
    """The page before: the one before in this window, or the last of the window before it."""
    if start.place is None:
        return ""
    if start.skip:
        return start._replace(skip=start.skip - PAGE_SIZE).query(asked.kept)
    above = newer(asked.query, asked.scope, start.place)
    if len(above) < WINDOW:
        return Start().query(asked.kept) if above else ""
    first = asked.scope.articles.only("published_at").filter(pk=above[-1]).first()
    start = Start(Place.of(first), WINDOW - PAGE_SIZE) if first else Start()
    return start.query(asked.kept)
