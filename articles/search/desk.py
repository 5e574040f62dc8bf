"""Finding at the desk: drafts and withdrawn articles too, by whole words or by their beginnings."""

from __future__ import annotations

from articles.search.index import index
from articles.search.query import Query
from articles.search.scope import DeskScope

MOST = 500
"""Hits that are sought in each part of the index; a list is narrowed to see beyond them."""
SHORTEST_BEGINNING = 2


def find_at_desk(text: str, scope: DeskScope) -> list[int] | None:
    """Return the numbers of articles that hold the words of ``text``, in whatever spelling.

    Where no article holds them, the last word may be the beginning of one, as it is while somebody
    types. None is for a text without a letter or digit, which asks for nothing. They are in no
    order, and some may be out of the scope: the caller has a list to look them up in.
    """
    query = Query.read(text, "en")
    if not query:
        return None
    look = index(scope.articles.db).at_desk
    found = look(query.ways, scope, MOST, begun=False)
    if len(query.words[-1]) < SHORTEST_BEGINNING or _shows(scope, found):
        return found
    return look(query.ways, scope, MOST, begun=True)


def _shows(scope: DeskScope, found: list[int]) -> bool:
    """Whether the list shows any of ``found``: a hit of others changes nothing in what it shows."""
    return scope.articles.filter(pk__in=found).exists()
