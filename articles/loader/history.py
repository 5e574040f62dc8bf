"""What a load adds to the history of articles that are there already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from django.utils import timezone

from articles.actions import Refused
from articles.actions.change import keep_proposal
from articles.actions.staleness import mark_stale
from articles.models import Article, Revision
from articles.models.placed import FIGURES, placed_in_each
from articles.models.revision import TEXTS, columns_of


class Reload(NamedTuple):
    """An article as it says something else now, and the columns of what it said before."""

    article: Article
    before: Mapping[str, Any]


class History:
    """Revisions and proposals of one batch; they are rare beside the articles that a load makes.

    A reload that changes an article keeps both texts: an editor's form, opened on the old one, is
    then merged with the new one.
    """

    def __init__(self) -> None:
        self._reloads: list[Reload] = []
        self._proposed: list[tuple[Article, Article, str]] = []

    def propose(self, article: Article, told: Article, note: str) -> None:
        """Note that a newer capture of the article's page tells it as ``told`` does."""
        self._proposed.append((article, told, note))

    def revise(self, article: Article, before: Mapping[str, Any]) -> list[str]:
        """Note that ``article``, whose columns were ``before``, says something else now.

        Returns the names of the fields that were set on it: a new text has a version of its own.
        """
        now = columns_of(article)
        if now == before:
            return []
        self._reloads.append(Reload(article, before))
        if all(now[name] == before[name] for name in TEXTS):
            return []
        article.text_version = article.version
        return ["text_version"]

    def store(self) -> None:
        """Write them, after the rows that they belong to."""
        Revision.objects.bulk_create(self._revisions())
        if self._reloads:
            mark_stale([article for article, _before in self._reloads], timezone.now())
        for article, told, note in self._proposed:
            target = Article.objects.get(pk=article.pk)
            for name in TEXTS:
                setattr(target, name, getattr(told, name) or getattr(target, name))
            with suppress(Refused):  # It says the same after all.
                keep_proposal(target, by=None, note=note)

    def _revisions(self) -> Iterator[Revision]:
        articles = [reload.article.pk for reload in self._reloads]
        kept = Revision.objects.filter(article__in=articles, state=Revision.State.KEPT)
        known = set(kept.values_list("article", flat=True)) if articles else set()
        placed = placed_in_each(articles) if articles else {}
        for article, before in self._reloads:
            figures = {FIGURES: placed.get(article.pk, [])}  # A load leaves them alone.
            if article.pk not in known:
                yield _revision(article, article.version - 1, {**before, **figures})
            yield _revision(article, article.version, {**columns_of(article), **figures})


def _revision(article: Article, number: int, snapshot: Mapping[str, Any]) -> Revision:
    return Revision(
        article=article,
        number=number,
        deed=Revision.Deed.LOADED,
        status=article.status,
        snapshot=snapshot,
        made_at=article.modified_at,
    )
