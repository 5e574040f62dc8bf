"""The stories of the board: which are asked for, newest first, page by page.

A story is shown where the reader may see one of its articles. It stands at the article of it that
was changed last: that article is found by asking the index for a newer one of the same story, and
no story is ever grouped or counted. However few fit, a page looks at no more than ``LOOKED_AT``
articles and leads on from there, so that a page costs the same among any number of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db.models import Exists, OuterRef, Q

from articles.actions import rights
from articles.models import Article
from articles.models.article import ArticleQuerySet
from articles.models.place import Place
from articles.models.story import stale, told_in, withdrawn_elsewhere
from articles.search import DeskScope, find_at_desk

SIZE = 25
LOOKED_AT = 2_000
CHANGED, STALE_SINCE = "modified_at", "stale_since"
SHOWN = ("missing", "stale", "standing")
"""What the board can be narrowed to in one language: stories that have no article in it, those
whose article in it lags behind, and those that stand in it though withdrawn in another."""


@dataclass(frozen=True)
class Asked:
    """What the board's address asks for. ``show`` is one of ``SHOWN`` in ``language``, or neither;
    ``section`` a slug, which the sections of all editions share.
    """

    words: str = ""
    show: str = ""
    language: str = ""
    section: str = ""
    is_own: bool = False
    before: Place | None = None

    @classmethod
    def read(cls, query: Mapping[str, str], languages: Collection[str]) -> Asked:
        """Read the query of an address; what no link of ours holds asks for nothing."""
        show = next((name for name in SHOWN if query.get(name) in languages), "")
        asked = cls(
            words=query.get("q", "")[:200],
            show=show,
            language=query[show] if show else "",
            section=query.get("section", "")[:60],
            is_own=query.get("desk") == "own",
        )
        try:
            return replace(asked, before=Place.read(query.get("before", ""), asked.by))
        except ValueError:
            return asked

    @property
    def by(self) -> str:
        return STALE_SINCE if self.show == "stale" else CHANGED

    @property
    def query(self) -> dict[str, str]:
        """The parameters of its address but for the page."""
        told = {
            "q": self.words,
            self.show: self.language,
            "section": self.section,
            "desk": "own" if self.is_own else "",
        }
        return {name: value for name, value in told.items() if name and value}

    def address(self, **changes: str | bool) -> str:
        """The query string of the board with ``changes``, from its newest story on."""
        return f"?{urlencode(replace(self, before=None, **changes).query)}"  # type: ignore[arg-type]


class Stood(NamedTuple):
    """A story and the moment at which it stands. ``is_day`` tells that only its day is known: that
    of an article that was loaded, and in which nobody has changed anything.
    """

    story: UUID
    moment: datetime
    is_day: bool

    @classmethod
    def of(cls, story: UUID, moment: datetime, published: datetime | None, known: str) -> Stood:
        return cls(story, moment, moment == published and known == Article.Precision.DAY)


@dataclass(frozen=True)
class Stories:
    """A page: where each of its stories stands, and where the next page begins.

    ``is_cut`` tells that it ends where it does because enough articles were looked at.
    """

    rows: list[Stood]
    older: Place | None = None
    is_cut: bool = False


def page_of(asked: Asked, reader: AbstractUser, sections: Collection[int]) -> Stories:
    """Return a page of stories. ``sections`` are those of the slug that is asked for.

    One query, one more for words and one more where the page must not look on for ever.
    """
    rows = narrowed(asked, reader, sections)
    if asked.before:
        rows = rows.filter(asked.before.older)
    edge = None if asked.words or asked.show in {"stale", "standing"} else _edge(asked)
    if edge:
        rows = rows.filter(edge.and_newer)
    ordered = rows.order_by(f"-{asked.by}", "-pk")
    told = ordered.values_list("pk", "story", asked.by, "published_at", "published_precision")
    found = list(told[: SIZE + 1])
    shown = [Stood.of(*row) for _pk, *row in found[:SIZE]]
    if len(found) > SIZE:
        return Stories(shown, Place(shown[-1].moment, found[SIZE - 1][0], asked.by))
    return Stories(shown, edge, is_cut=edge is not None)


def narrowed(asked: Asked, reader: AbstractUser, sections: Collection[int]) -> ArticleQuerySet:
    """The articles at which the stories that are asked for stand."""
    seen = Article.objects.filter(rights.where(reader, "view"))
    rows = _stood(asked, seen)
    if asked.section:
        rows = rows.filter(_has(seen.filter(section__in=sections)))
    if asked.is_own:
        rows = rows.filter(_has(Article.objects.filter(rights.on_desks(reader, rights.WRITER))))
    numbers = find_at_desk(asked.words, DeskScope(seen)) if asked.words else None
    if numbers is not None:
        found = seen.filter(pk__in=numbers).order_by()
        rows = rows.filter(story__in=set(found.values_list("story", flat=True)))
    return rows


def _stood(asked: Asked, seen: ArticleQuerySet) -> ArticleQuerySet:
    """A language has each story once: what is asked of one language is asked of its own articles.
    Every other story stands at the last changed of those that the reader may see.
    """
    if asked.show == "stale":
        return seen.filter(stale(), language=asked.language)
    if asked.show == "standing":
        return seen.filter(withdrawn_elsewhere(), language=asked.language)
    if asked.show == "missing":
        begun = seen.exclude(status=Article.Status.WITHDRAWN)
        return _last_changed(begun).filter(~told_in(asked.language))
    return _last_changed(seen)


def _last_changed(articles: ArticleQuerySet) -> ArticleQuerySet:
    later = Q(modified_at__gt=OuterRef("modified_at"))
    later |= Q(modified_at=OuterRef("modified_at"), pk__gt=OuterRef("pk"))
    return articles.filter(~_has(articles.filter(later)))


def _has(articles: ArticleQuerySet) -> Exists:
    """The condition for articles with one of ``articles`` in their story."""
    return Exists(articles.filter(story=OuterRef("story")))


def _edge(asked: Asked) -> Place | None:
    """The last article that the page looks at; None when there are not so many."""
    rows = Article.objects.order_by("-modified_at", "-pk")
    if asked.before:
        rows = rows.filter(asked.before.older)
    last = rows.values_list("modified_at", "pk")[LOOKED_AT - 1 : LOOKED_AT].first()
    return Place(*last, CHANGED) if last else None
