"""Pages of a long list by keyset: page 500 costs what page 1 costs, and no row is shown twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from articles.models.place import PUBLISHED, Place

PAGE_SIZE = 20
PLACES = BEFORE, AFTER = ("before", "after")
"""The parameters by which a page of a list is asked for."""
TOP = ""
Row = TypeVar("Row", bound=Model)
Read = Callable[[str, "Place | None"], list[Row]]
"""Reads the ``window`` on a side of a place."""


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Up to ``PAGE_SIZE`` rows, newest first, and the query strings of the pages around them.

    ``query`` is the page's own query string, empty for the first page of the list.
    """

    rows: list[Row]
    query: str = ""
    newer: str = ""
    older: str = ""

    @property
    def articles(self) -> list[Row]:
        """The rows, as lists of articles call them."""
        return self.rows

    @property
    def is_first(self) -> bool:
        return not self.query


class NewestPage(Exception):
    """Nothing newer fills a page: the reader should be shown the list from its top."""


def page_of(
    rows: QuerySet[Row] | Read[Row], request: HttpRequest, kept: dict[str, str], by: str = PUBLISHED
) -> Page[Row]:
    """Return the page that ``before`` or ``after`` in the query string asks for.

    ``rows`` are all of the list, or what reads a ``window`` of it; ``kept`` the parameters that its
    links repeat, ``by`` the column of moments that orders the rows. Raises Http404 for a place that
    we never wrote and NewestPage when the page after a place is the list's first.
    """
    before, after = read_place(request, BEFORE, by), read_place(request, AFTER, by)
    if before and after:
        raise Http404
    if after:
        return _page_after(_read(rows, AFTER, after, by), after, kept)
    found = _read(rows, BEFORE if before else TOP, before, by)
    shown, has_older = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    return Page(
        shown,
        query=_query(kept, BEFORE, before) if before else "",
        newer=_query(kept, AFTER, Place.of(shown[0], by)) if before and shown else "",
        older=_query(kept, BEFORE, Place.of(shown[-1], by)) if has_older else "",
    )


def window(
    rows: QuerySet[Row], side: str, place: Place | None, by: str = PUBLISHED
) -> QuerySet[Row]:
    """The rows of one page and one more: from the TOP, or BEFORE or AFTER a place."""
    if side == AFTER and place:
        return rows.filter(place.newer).order_by(by, "pk")[: PAGE_SIZE + 1]
    wanted = rows.filter(place.older) if place else rows
    return wanted.order_by(f"-{by}", "-pk")[: PAGE_SIZE + 1]


def _read(rows: QuerySet[Row] | Read[Row], side: str, place: Place | None, by: str) -> list[Row]:
    return list(window(rows, side, place, by)) if isinstance(rows, QuerySet) else rows(side, place)


def _page_after(found: list[Row], after: Place, kept: dict[str, str]) -> Page[Row]:
    if len(found) <= PAGE_SIZE:
        raise NewestPage
    shown = found[:PAGE_SIZE][::-1]
    return Page(
        shown,
        query=_query(kept, AFTER, after),
        newer=_query(kept, AFTER, Place.of(shown[0], after.by)),
        older=_query(kept, BEFORE, Place.of(shown[-1], after.by)),
    )


def _query(kept: dict[str, str], name: str, place: Place) -> str:
    return "?" + urlencode({**kept, name: str(place)})


def read_place(request: HttpRequest, name: str, by: str = PUBLISHED) -> Place | None:
    """Read the place in the parameter ``name``. Raises Http404 for one that we never wrote."""
    text = request.GET.get(name)
    if text is None:
        return None
    try:
        return Place.read(text, by)
    except ValueError:
        raise Http404 from None
