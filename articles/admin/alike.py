"""What else tells much the same as the articles of a capture that waits, and what differs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.actions.rights import where
from articles.captures.sketch import VARIANT, unpack
from articles.loader.likeness import Likeness
from articles.models import Article, Capture
from articles.text.differences import Difference, differences
from articles.text.html import to_text

if TYPE_CHECKING:
    from articles.actions.rights import Person

SHOWN = 3
"""Articles much like one that waits: the most alike ones are compared word by word."""


@dataclass(frozen=True)
class Alike:
    """Another article that tells much the same: how much, and what differs."""

    article: Article
    percent: int
    differences: list[Difference]


def alike_to(
    articles: Collection[Article], capture: Capture, reader: Person
) -> dict[int, list[Alike]]:
    """What each of the capture's ``articles`` is much like, by its number: the most alike first, of
    other captures, as far as ``reader`` may see it. Two queries; the sketches are fetched already.
    """
    shares = _shares(articles, capture)
    others = _seen(reader, {pk for near in shares.values() for pk in near})
    return {one.pk: list(_compared(one, others, shares.get(one.pk, {}))) for one in articles}


def _shares(articles: Iterable[Article], capture: Capture) -> dict[int, dict[int, float]]:
    """How much of each article the most alike ones tell, by their numbers."""
    sketches = {
        one.pk: unpack(bytes(one.sketch.numbers)) for one in articles if hasattr(one, "sketch")
    }
    likeness = Likeness(sketches.values())
    near = {
        pk: likeness.alike(numbers, capture.sha256, VARIANT)[:SHOWN]
        for pk, numbers in sketches.items()
    }
    return {pk: {other: share for share, other in found} for pk, found in near.items()}


def _seen(reader: Person, numbers: Collection[int]) -> dict[int, Article]:
    seen = Article.objects.filter(where(reader, "view")).select_related("language")
    return seen.in_bulk(numbers) if numbers else {}


def _compared(
    article: Article, others: Mapping[int, Article], shares: Mapping[int, float]
) -> Iterator[Alike]:
    for pk, share in shares.items():
        if other := others.get(pk):
            told = differences(to_text(other.body), to_text(article.body))
            yield Alike(other, round(100 * share), told)
