"""Search without an index, by LIKE over the newest articles: what is left where none can be made.

It finds the same words, and more besides, as LIKE knows no word's end. It looks at so many of the
newest articles and no further, so that it is never slow either.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import Q
from django.db.models.functions import Left
from django.db.models.lookups import Contains

from articles.models import Article
from articles.models.place import Place
from articles.search.query import Way
from articles.search.scope import DeskScope, Scope

OPENING = 160
"""Letters of a search key in which parts of words are found: headline, standfirst, byline and
dateline, and what there is room for of the body."""
LOOKED_AT = 2000


def newest(
    ways: tuple[Way, ...], scope: Scope, limit: int, start: Place | None, newer: bool = False
) -> list[int]:
    """Return up to ``limit`` numbers of articles that hold all words of one of the ``ways``.

    They are newest first from ``start`` on; with ``newer``, oldest first of those above it.
    """
    found = scope.articles
    if start is not None:
        found = found.filter(start.newer if newer else start.and_older)
    order = ("published_at", "pk") if newer else ("-published_at", "-pk")
    near = list(found.order_by(*order).values_list("pk", flat=True)[:LOOKED_AT])
    wanted = Article.objects.filter(reduce(or_, map(_holding, ways)), pk__in=near)
    return list(wanted.order_by(*order).values_list("pk", flat=True)[:limit])


def at_desk(ways: tuple[Way, ...], scope: DeskScope, limit: int, *, begun: bool) -> list[int]:
    """Return up to ``limit`` numbers of articles that hold all words of one of the ``ways``, be it
    within longer words: those changed last.
    """
    order = ("-modified_at", "-pk")
    near = list(scope.articles.order_by(*order).values_list("pk", flat=True)[:LOOKED_AT])
    wanted = Article.objects.filter(reduce(or_, map(_holding, ways)), pk__in=near)
    return list(wanted.order_by(*order).values_list("pk", flat=True)[:limit])


def openings(words: Way, scope: Scope, limit: int) -> list[int]:
    """Return up to ``limit`` numbers of articles whose openings hold all these parts of words."""
    near = list(scope.articles.newest_first().values_list("pk", flat=True)[:LOOKED_AT])
    found = Article.objects.filter(pk__in=near).filter(*in_opening(words)).newest_first()
    return list(found.values_list("pk", flat=True)[:limit])


def in_opening(words: Way) -> Iterator[Contains]:
    """One condition for each part of a word that an article's opening must hold."""
    return (Contains(Left("search_key", OPENING), word) for word in words)


def _holding(way: Way) -> Q:
    return Q(*(Q(search_key__contains=word) for word in way))
