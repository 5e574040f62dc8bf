"""What the newsroom has that one batch of captures may meet, fetched in a few queries."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from articles.captures.sketch import Sketch, unpack
from articles.loader.likeness import Likeness, Nearest, Telling
from articles.loader.preparing import Prepared, Told
from articles.loader.rows import Rows
from articles.models import Alias, Article, Capture
from articles.models import Sketch as SketchRow


class Holder(NamedTuple):
    """The first capture of a page, and the one article that it made."""

    capture: Capture
    article: Article
    numbers: Sketch


class Shelf:
    """Stored rows by what a capture may share with them, and the rows that a batch makes.

    Each decision is visible to the next one, so that the size of a batch changes nothing.
    """

    def __init__(self, batch: Sequence[Prepared]) -> None:
        self.rows = Rows()
        known = [one.known.pk for one in batch if one.known]
        self._captures = Capture.objects.defer("raw").in_bulk(known)
        self._articles = {
            (article.capture_id, article.capture_item): article
            for article in Article.objects.select_for_update().filter(capture__in=known)
        }
        told = [one for prepared in batch for one in prepared.tellings if one.article]
        self._twins = _twins(told)
        stories = {article.story for article in self._articles.values()}
        self._stories = _stories(stories | {one.story for one in told})
        self._paths = _paths(batch)
        pages = {one.page for one in batch if not one.known}
        self._holders = _holders(pages, {one.pk: one for one in self._articles.values()})
        self._changes = _changes(known)
        self.likeness = Likeness(one.numbers for one in told)
        self._order = count(2**60)

    def capture(self, prepared: Prepared) -> Capture | None:
        """The stored capture, if there is one."""
        return self._captures.get(prepared.known.pk) if prepared.known else None

    def article(self, capture: Capture, item: int) -> Article | None:
        """The stored article of a place in a capture."""
        return self._articles.get((capture.pk, item)) if capture.pk else None

    def has_twin(self, article: Article, sha256: str) -> bool:
        """Whether another capture has told the same text already."""
        return bool(self._twins[article.fingerprint, article.language_id] - {sha256})

    def rival(self, story: uuid.UUID, language: str, article: Article) -> str | None:
        """The headline of another article that tells the story in this language already."""
        found = self._stories.get((story, language))
        if found is None or found is article or (article.pk and found.pk == article.pk):
            return None
        return found.headline

    def nearest(self, told: Told, sha256: str, before: int | None) -> Nearest:
        """The most alike telling of another capture, older than the article ``before``."""
        return self.likeness.nearest(told.numbers, sha256, before or 2**62)

    def holder(self, page: str) -> Holder | None:
        """The first capture of the page and its article."""
        return self._holders.get(page)

    def changes(self, capture: Capture) -> list[str]:
        """File names of later captures that tell the page of ``capture`` otherwise."""
        return self._changes.get(capture.pk, [])

    def add(self, article: Article, told: Told, capture: Capture) -> None:
        """A new article, found from now on by all that it may share."""
        telling = Telling(told.numbers, capture.sha256, article.headline, next(self._order))
        self.rows.add_article(article, self.likeness.add(telling))
        if article.fingerprint:
            self._twins[article.fingerprint, article.language_id].add(capture.sha256)
        self._stories[article.story, article.language_id] = article
        if capture.page:
            self._holders[capture.page] = Holder(capture, article, told.numbers)

    def resketch(self, article: Article, told: Told, capture: Capture) -> None:
        """The text of a stored article is read otherwise now."""
        telling = Telling(told.numbers, capture.sha256, article.headline, article.pk)
        self.rows.replace_sketch(article, self.likeness.add(telling))

    def add_aliases(self, article: Article, paths: Iterable[str]) -> bool:
        """Let old paths lead to the article, unless they lead to one. Returns whether any do."""
        new = [path for path in dict.fromkeys(paths) if path not in self._paths]
        self._paths.update(new)
        self.rows.add_aliases(Alias(path=path, article=article) for path in new)
        return bool(new)


def _twins(told: Sequence[Told]) -> defaultdict[tuple[str, str], set[str]]:
    prints = {one.article.fingerprint for one in told if one.article} - {""}
    found = Article.objects.filter(fingerprint__in=prints)
    twins: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for fingerprint, language, sha256 in found.values_list(
        "fingerprint", "language_id", "capture__sha256"
    ):
        twins[fingerprint, language].add(sha256 or "")
    return twins


def _stories(stories: set[uuid.UUID]) -> dict[tuple[uuid.UUID, str], Article]:
    found = Article.objects.filter(story__in=stories)
    return {
        (article.story, article.language_id): article
        for article in found.only("story", "language_id", "headline")
    }


def _paths(batch: Sequence[Prepared]) -> set[str]:
    paths = {path for one in batch for path in one.context.entry.aliases}
    return set(Alias.objects.filter(path__in=paths).values_list("path", flat=True))


def _holders(pages: set[str], locked: Mapping[int, Article]) -> dict[str, Holder]:
    """The capture and article of each page. Articles that are ``locked`` already are used."""
    found = Article.objects.filter(capture__page__in=pages - {""}, capture_item=0)
    articles = list(found.select_related("capture").defer("capture__raw", "capture__report"))
    sketches = SketchRow.objects.filter(article__in=articles)
    numbers = dict(sketches.values_list("article_id", "numbers"))
    return {
        article.capture.page: Holder(
            article.capture,
            locked.get(article.pk, article),
            unpack(bytes(numbers.get(article.pk, b""))),
        )
        for article in articles
        if article.capture
    }


def _changes(captures: Sequence[int]) -> dict[int, list[str]]:
    changes: dict[int, list[str]] = defaultdict(list)
    found = Capture.objects.filter(refers_to__in=captures).order_by("pk")
    for pk, filename in found.values_list("refers_to", "filename"):
        changes[pk or 0].append(filename)
    return changes
