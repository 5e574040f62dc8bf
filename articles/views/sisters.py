"""The same stories in other languages, for lists of any length, in one query."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Article
from articles.views.edition import Edition
from articles.views.frame import absolute

NEEDED = (
    *("story", "language", "slug", "status"),
    *("published_at", "updated_at", "embargoed_until"),
)
Sisters = dict[UUID, list[tuple[str, str]]]
"""By story: the code and the absolute address of each language that readers have it in."""


def sisters_of(edition: Edition, stories: Iterable[UUID]) -> Sisters:
    """Return every live article of the ``stories``, in the order of the editions. One query."""
    found: Sisters = {}
    for article in live_of(edition, list(stories)):
        address = absolute(article.get_absolute_url())
        found.setdefault(article.story, []).append((article.language_id, address))
    places = {language.code: place for place, language in enumerate(edition.languages)}
    for each in found.values():
        each.sort(key=lambda sister: places[sister[0]])
    return found


def live_of(edition: Edition, stories: Collection[UUID] | QuerySet[Any, Any]) -> Iterator[Article]:
    """Yield the live articles of the ``stories`` in published languages, story by story.

    They hold what links need. Whether each is live is asked here and not in the query: SQLite would
    look there first, and read every published article to find a few. (Measured at 130,000 articles:
    1,700 ms for the sisters of twenty, 1 ms by their stories alone.)
    """
    now, codes = timezone.now(), {language.code for language in edition.languages}
    told = Article.objects.filter(story__in=stories).only(*NEEDED).order_by("story")
    return (each for each in told if each.language_id in codes and each.is_live(now))


def beside(article: Article, sisters: Sisters) -> list[tuple[str, str]]:
    """Return the other languages of an article's story."""
    return [each for each in sisters.get(article.story, []) if each[0] != article.language_id]
