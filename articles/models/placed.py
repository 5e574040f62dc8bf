"""The figures of an article as values: as its history keeps them, and as they are before a save."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from articles.models.article import Article
from articles.models.media import Figure, Image, spelled

FIGURES = "figures"
"""Their name among the recorded fields of an article."""

PARTS = ("image", "alt_text", "caption")
Placed = dict[str, Any]
"""A figure: the primary key of its ``image``, its ``alt_text`` and its ``caption``."""


def placed_in(article: Article) -> list[Placed]:
    """The figures of ``article`` in their order: those that its next save is to store, where it has
    such, else those that are stored.
    """
    if article.placed is not None:
        return in_spelling(article.placed, article.language_id)
    if article._state.adding:
        return []
    rows = article.figures.in_order().values_list(*PARTS)
    return [dict(zip(PARTS, row, strict=True)) for row in rows]


def placed_in_each(articles: Iterable[int]) -> dict[int, list[Placed]]:
    """The stored figures of several articles, by the articles' keys. One query."""
    found: dict[int, list[Placed]] = {}
    rows = Figure.objects.filter(article__in=list(articles)).order_by("position", "pk")
    for article, *row in rows.values_list("article", *PARTS):
        found.setdefault(article, []).append(dict(zip(PARTS, row, strict=True)))
    return found


def in_spelling(placed: Iterable[Mapping[str, Any]], language: str) -> list[Placed]:
    """``placed`` as they are stored in an article of that language."""
    return [
        {"image": each["image"], **spelled(each["alt_text"], each["caption"], language)}
        for each in placed
    ]


def as_figures(article: Article) -> list[Figure]:
    """What ``placed_in`` tells as figures with their images, unsaved; without those whose image is
    gone from the library.
    """
    placed = placed_in(article)
    images = Image.objects.in_bulk([each["image"] for each in placed])
    return [
        Figure(article=article, position=place, **{**each, "image": images[each["image"]]})
        for place, each in enumerate(placed, 1)
        if each["image"] in images
    ]
