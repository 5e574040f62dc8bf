"""Which rows wait for a person, and the first of each kind in few queries.

No question counts a table, so that the page costs the same in an archive of any size.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.timezone import localtime

from articles.actions import rights
from articles.models import Article, Language, Message, Revision
from articles.models.article import live
from articles.models.desk import Role
from articles.models.story import stale, told_in, withdrawn_elsewhere

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from articles.models.article import ArticleQuerySet
    from articles.models.revision import RevisionQuerySet

MOST = 6
"""Rows of a panel; one more is asked for, which tells whether there are more."""

LOOKED_AT = 500
"""Rows that are looked at, the latest first, where few of them may be what a panel shows."""

AHEAD = timedelta(days=1)
"""How far ahead the panel of schedules looks, besides the rest of today."""

Status = Article.Status


def first_articles(asked: Mapping[str, ArticleQuerySet]) -> dict[str, list[Article]]:
    """The first articles of each query, by its name, in its order: ``MOST`` and one more.

    Two queries for all of them. The first has a part for each, answered by an index of its own; the
    second reads the articles, without their bodies, with the note of who returned one as ``told``.
    """
    parts = [
        Article.objects.filter(pk__in=rows.values("pk")[: MOST + 1])
        .annotate(panel=Value(name))
        .order_by()
        .values_list("panel", "pk")
        for name, rows in asked.items()
    ]
    named = list(parts[0].union(*parts[1:], all=True))
    articles = _read({pk for _name, pk in named})
    found: dict[str, list[Article]] = {name: [] for name in asked}
    for name, pk in named:
        found[name] += [articles[pk]] if pk in articles else []
    return {name: _in_order(rows, asked[name].query.order_by) for name, rows in found.items()}


def _read(numbers: set[int]) -> dict[int, Article]:
    returned = Revision.objects.filter(deed=Revision.Deed.RETURN, number=OuterRef("version"))
    note = returned.filter(article=OuterRef("pk")).values("note")[:1]
    rows = Article.objects.annotate(told=Subquery(note)).select_related("language")
    return rows.defer("body", "search_key").in_bulk(numbers) if numbers else {}


def _in_order(rows: list[Article], order: Sequence[Any]) -> list[Article]:
    for name in map(str, reversed(order)):
        rows.sort(key=attrgetter(name.removeprefix("-")), reverse=name.startswith("-"))
    return rows


# Articles -----------------------------------------------------------------------------------------
# SQLite keeps no count of what an index holds and takes every equality for a short way: it would
# read all drafts, all of a language or all that was published, and sort them. So what is not to
# lead to the rows is said by excluding the opposite.


def _among(rows: ArticleQuerySet, *conditions: Q) -> ArticleQuerySet:
    """Those of ``rows`` that meet the conditions, which are asked of each and lead to none."""
    for condition in conditions:
        rows = rows.exclude(~condition)
    return rows


def returned(user: AbstractUser) -> ArticleQuerySet:
    """Drafts that an editor returned and nobody has touched since, of the latest returns."""
    latest = Revision.objects.filter(deed=Revision.Deed.RETURN).order_by("-pk")
    rows = Article.objects.filter(
        revisions__in=latest.values("pk")[:LOOKED_AT], revisions__number=F("version")
    )
    rows = _among(rows, Q(status=Status.DRAFT), rights.where(user, "change"))
    return rows.order_by("-modified_at", "-pk")


def to_review(user: AbstractUser) -> ArticleQuerySet:
    rows = Article.objects.filter(rights.where(user, "return"), status=Status.REVIEW)
    return rows.order_by("modified_at", "pk")  # Who has waited longest comes first.


def scheduled(user: AbstractUser, at: datetime) -> ArticleQuerySet:
    """Articles that go live today or within a day after ``at``."""
    rows = Article.objects.filter(published_at__gt=at, published_at__lte=_until(at))
    rows = _among(rows, Q(status=Status.PUBLISHED), rights.where(user, "history"))
    return rows.order_by("published_at", "pk")


def standing(user: AbstractUser) -> ArticleQuerySet:
    rows = _among(Article.objects.filter(withdrawn_elsewhere()), rights.where(user, "withdraw"))
    return rows.order_by("-modified_at", "-pk")


def behind(user: AbstractUser) -> ArticleQuerySet:
    rows = Article.objects.filter(rights.on_desks(user, Role.WRITER), stale())
    return rows.order_by("-stale_since", "-pk")


def missing(user: AbstractUser, at: datetime) -> Iterator[tuple[Language, ArticleQuerySet]]:
    """For each of the person's desks, stories that readers of others have already: the newest, and
    only as far back as is looked. The board has all of them.
    """
    seen = _among(Article.objects.filter(published_at__lte=at), live(at)).newest_first()
    for language in Language.objects.all():
        if rights.role_on(user, language.code):
            others = seen.exclude(language=language.code).values("pk")[:LOOKED_AT]
            rows = Article.objects.filter(~told_in(language.code), pk__in=others)
            yield language, rows.newest_first()


def own_drafts(user: AbstractUser) -> ArticleQuerySet:
    """Drafts that the person has lately written in."""
    mine = Revision.objects.filter(made_by=user.pk).order_by("-pk").values("article")
    rows = Article.objects.filter(pk__in=mine[:LOOKED_AT])
    rows = _among(rows, Q(status=Status.DRAFT), rights.where(user, "change"))
    return rows.order_by("-modified_at", "-pk")


# Messages and changes -----------------------------------------------------------------------------


def messages(user: AbstractUser) -> QuerySet[Message]:
    """What readers wrote and nobody has answered, who has waited longest first."""
    own = rights.on_desks(user, rights.DESK_RIGHTS["message"])
    rows = Message.objects.waiting().filter(own).select_related("language")
    return rows.defer("text", "note").order_by("received_at", "pk")


def scheduled_changes(user: AbstractUser, at: datetime) -> QuerySet[Revision]:
    """Changes that go live today or within a day after ``at``."""
    rows = _revisions(user, Role.WRITER).filter(
        state=Revision.State.SCHEDULED, goes_live_at__gt=at, goes_live_at__lte=_until(at)
    )
    return rows.order_by("goes_live_at", "pk")


def changes(user: AbstractUser) -> QuerySet[Revision]:
    """Of the latest that wait, proposals that the person may accept, and scheduled changes that
    missed their base.
    """
    states = [Revision.State.PROPOSED, Revision.State.OVERTAKEN]
    waiting = Revision.objects.filter(number__isnull=True, state__in=states).order_by("-pk")
    rows = _revisions(user, Role.PUBLISHER).filter(pk__in=waiting.values("pk")[:LOOKED_AT])
    return rows.order_by("-pk")


def _revisions(user: AbstractUser, least: Role) -> RevisionQuerySet:
    own = rights.on_desks(user, least, "article__language")
    rows = Revision.objects.exclude(~own).select_related("article__language", "made_by")
    return rows.defer("snapshot", "article__body", "article__search_key")


def goes_live_at(row: Article | Revision) -> Any:
    return row.goes_live_at if isinstance(row, Revision) else row.published_at


def _until(at: datetime) -> datetime:
    return max(at + AHEAD, localtime(at).replace(hour=23, minute=59, second=59))
