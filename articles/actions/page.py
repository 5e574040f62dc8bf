"""Putting the pages of a section in order."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from articles.actions.rights import demand_on
from articles.caching import renew_pages
from articles.models import Article, Section


@transaction.atomic
def order_pages(
    *, section: Section, places: Mapping[int, int], by: AbstractUser | None
) -> list[int]:
    """Give the articles of ``section`` named in ``places`` the places that were typed, from 1 on.

    Of those typed to one place, what comes up from below stands before what was there, and what
    goes down behind it. Articles that are not named follow, as they were. The order is no part of
    any text: no version changes. Returns the keys in the new order. Raises Refused for who may not
    change the section.
    """
    demand_on(by, "section", section.language)
    Section.objects.select_for_update().get(pk=section.pk)
    rows = section.articles.in_order().only("pk", "position")
    ranked = sorted(enumerate(rows, 1), key=lambda row: _wanted(row[0], row[1], places))
    moved = []
    for place, (_rank, article) in enumerate(ranked, 1):
        if article.pk in places and article.position != place:
            article.position = place
            moved.append(article)
    Article.objects.bulk_update(moved, ["position"], batch_size=100)
    renew_pages()
    return [article.pk for _rank, article in ranked]


def _wanted(rank: int, article: Article, places: Mapping[int, int]) -> tuple[int, int, int]:
    place = places.get(article.pk)
    if place is None:
        return (Article.LAST + 1, 0, rank)
    return (place, (place > rank) - (place < rank), rank)
