"""Finding: whole words first, then words written apart, then parts of words.

However many articles hold a word, at most ``COUNTED`` entries of the index are read, and at most
``WINDOW`` articles are ranked: those in which the words stand as the reader wrote them come before
those with a variant. Hits past the first window are windows of their own, so that page 500 costs
what page 1 costs. What is only close is sought when no article has the words; it is verified in
the text of at most ``CANDIDATES`` articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models.functions import Left

from articles.models.article import ArticleQuerySet
from articles.models.place import Place
from articles.search.index import Index, index
from articles.search.plain import LOOKED_AT, OPENING
from articles.search.query import Query, Way
from articles.search.scope import Scope
from articles.text.hits import Sought, holds, stands_in

COUNTED = 1000
"""Hits are counted up to here; beyond it there are "more than"."""
WINDOW = 200
CANDIDATES = 500
LONGEST_TEXT = 20_000
"""Letters of a body, as HTML, in which the exact spelling is looked for."""
NOTHING = Sought()


@dataclass(frozen=True)
class Found:
    """Numbers of articles in the order in which readers are shown them, at most ``WINDOW``.

    ``counted`` says how many there are from here on, and is ``COUNTED + 1`` when there are more;
    ``first`` and ``next`` are where this window and the one after it begin; ``is_close`` tells that
    no article has the very words; ``sought`` is what is to be marked in the text.
    """

    numbers: Sequence[int] = ()
    counted: int = 0
    first: Place | None = None
    next: Place | None = None
    is_close: bool = False
    sought: Sought = NOTHING


def find(query: Query, scope: Scope, start: Place | None = None) -> Found:
    """Return the window of hits from ``start`` on: two queries when an article has the words."""
    if not query:
        return Found()
    limit = WINDOW if start else COUNTED
    numbers = _index(scope).newest(query.ways, scope, limit + 1, start)
    if numbers:
        sought = Sought(phrases=frozenset((word,) for way in query.ways for word in way))
        return _window(numbers, query, scope, Found(sought=sought))
    if start and count(query, scope):
        return Found()
    numbers, sought = _close(query, scope)
    if start and start.pk in numbers:
        numbers = numbers[numbers.index(start.pk) :]
    return _window(numbers[:WINDOW], query, scope, Found(sought=sought, is_close=True))


def count(query: Query, scope: Scope) -> int:
    """Return how many articles have the words, at most ``COUNTED + 1``. One query."""
    return len(_index(scope).newest(query.ways, scope, COUNTED + 1, None)) if query else 0


def newer(query: Query, scope: Scope, start: Place) -> list[int]:
    """Return the numbers of the hits just above ``start``, oldest first, at most ``WINDOW``."""
    return _index(scope).newest(query.ways, scope, WINDOW, start, newer=True)


def _index(scope: Scope) -> Index:
    return index(scope.articles.db)


def _window(numbers: list[int], query: Query, scope: Scope, found: Found) -> Found:
    """Rank the newest hits: those in the reader's own spelling first. One query.

    A number without a row is of an article that has just been withdrawn; it is left out.
    """
    if not numbers:
        return Found()
    rows = {row[0]: row[1:] for row in _texts(scope, numbers[: WINDOW + 1])}
    seen = [number for number in numbers[: WINDOW + 1] if number in rows]
    exact = {pk: stands_in("\n".join(rows[pk][1:]).lower(), query.typed) for pk in seen}
    places = [Place(rows[pk][0], pk) for pk in seen]
    return replace(
        found,
        numbers=sorted(seen[:WINDOW], key=lambda pk: not exact[pk]),
        counted=len(numbers),
        first=next(iter(places), None),
        next=places[WINDOW] if len(places) > WINDOW else None,
    )


def _texts(scope: Scope, numbers: Sequence[int]) -> Iterable[tuple[Any, ...]]:
    found = scope.articles.filter(pk__in=numbers)
    names = ("headline", "standfirst", "byline", "dateline")
    return found.values_list("pk", "published_at", *names, Left("body", LONGEST_TEXT))


# What is close -----------------------------------------------------------------------------------


def _close(query: Query, scope: Scope) -> tuple[list[int], Sought]:
    """The first that finds anything: words written apart, parts of words, beginnings of words."""
    for look in (_by_beginnings,) if query.is_short else (_apart, _by_parts):
        numbers, sought = look(query, scope)
        if numbers:
            return numbers, sought
    return [], NOTHING


def _apart(query: Query, scope: Scope) -> tuple[list[int], Sought]:
    ways = [way for way, _phrase in query.apart]
    numbers = _index(scope).newest(tuple(ways), scope, CANDIDATES, None) if ways else []
    keys = dict(scope.articles.filter(pk__in=numbers).values_list("pk", "search_key"))
    stood: set[Way] = set()
    hits = []
    for number in numbers:
        there = [way for way in query.apart if _has(f" {keys.get(number, '')} ", *way)]
        stood.update(tuple(phrase.split()) for _way, phrase in there)
        hits += [number] if there else []
    others = {(word,) for word in query.words}
    return hits, Sought(phrases=frozenset(stood | others))


def _has(key: str, way: Way, phrase: str) -> bool:
    return f" {phrase} " in key and all(f" {word} " in key for word in way)


def _by_parts(query: Query, scope: Scope) -> tuple[list[int], Sought]:
    numbers = _index(scope).openings(query.long_words, scope, CANDIDATES)
    return _verified(scope.articles.filter(pk__in=numbers).newest_first(), query.long_words)


def _by_beginnings(query: Query, scope: Scope) -> tuple[list[int], Sought]:
    return _verified(scope.articles.newest_first()[:LOOKED_AT], query.words)


def _verified(articles: ArticleQuerySet, parts: Way) -> tuple[list[int], Sought]:
    """Those of the articles whose openings hold every part, newest first."""
    hits = [
        number
        for number, opening in articles.values_list("pk", Left("search_key", OPENING))
        if _holds_all(opening.split(), parts)
    ]
    return hits, Sought(parts=parts)


def _holds_all(words: Sequence[str], parts: Way) -> bool:
    return all(any(holds(word, part) for word in words) for part in parts)
