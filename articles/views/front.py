"""The front page of an edition: the lead, the latest and the sections side by side."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from articles.models import Article, Section
from articles.models.article import ArticleQuerySet
from articles.models.media import with_lead
from articles.models.prepared import Prepared
from articles.views.edition import Edition, open_edition
from articles.views.frame import Frame, in_every_edition, show
from articles.views.lite import page_depends_on
from articles.views.poll import open_ballot
from articles.views.reading import read_only
from articles.views.schema_org import website
from newsroom.routes import address_of

LEADS = 3
LATEST = 7
COLUMN_LENGTH = 4
KEYS_AT_ONCE = 16


class Column(NamedTuple):
    """One section on the front page: its newest article told at more length, then headlines."""

    section: Section
    first: Article
    others: list[Article]


@read_only
@page_depends_on()
def front(request: HttpRequest, language: str) -> HttpResponse:
    """Show the newest of the edition. Seven queries, however many sections it has.

    No story stands twice: of what is left below the leads, the list of the latest takes no more
    than half, so that a small edition's sections have something of their own to tell.
    """
    edition = open_edition(language)
    newest = edition.join(_NEWEST(language, edition.undated, now=timezone.now()))
    leads, rest = newest[:LEADS], newest[LEADS:]
    latest = rest[: min(LATEST, ceil(len(rest) / 2))]
    frame = _frame(edition)
    context = {
        "json_ld": [website(frame)],
        "lead": leads[0] if leads else None,
        "seconds": leads[1:],
        "latest": latest,
        "columns": columns_of(edition, shown=leads + latest),
        **open_ballot(edition),
    }
    return show(request, "articles/front.html", frame, context)


def _frame(edition: Edition) -> Frame:
    return Frame(
        edition,
        description=edition.plain(edition.language.tagline, edition.code),
        path=address_of("front", language=edition.code),
        paths=in_every_edition(edition, "front"),
        default_path=address_of("root"),
    )


def columns_of(edition: Edition, shown: list[Article]) -> list[Column]:
    """Return the sections of the menu that have something beside what is ``shown`` above them.

    Two queries.
    """
    above = {article.pk for article in shown}
    dated = [section for section in edition.menu if not section.is_undated]
    keys = {
        section: [pk for pk in pks if pk not in above][:COLUMN_LENGTH]
        for section, pks in newest_in(edition, dated, count=COLUMN_LENGTH + len(shown)).items()
    }
    found = _articles(edition, [pk for pks in keys.values() for pk in pks])
    columns = []
    for section, pks in keys.items():
        articles = [found[pk] for pk in pks if pk in found]
        if articles:
            columns.append(Column(section, articles[0], articles[1:]))
    return columns


def newest_in(edition: Edition, sections: list[Section], *, count: int) -> dict[Section, list[int]]:
    """Return the keys of the newest live articles of each section, at most ``count``.

    An article of another language is none of them, even if it was put into one of the sections. The
    database walks the index once a place; a window function would number every live row.
    """
    if not sections:
        return {}
    keys = tuple(section.pk for section in sections)
    rows = {row.pk: row for row in _PLACES(edition.code, keys, count, now=timezone.now())}
    places = [f"place_{n}" for n in range(count)]
    return {
        section: [pk for place in places if (pk := getattr(rows[section.pk], place)) is not None]
        for section in sections
        if section.pk in rows
    }


def _articles(edition: Edition, pks: list[int]) -> dict[int, Article]:
    if not pks:
        return {}
    asked = {f"pk_{n}": pk for n, pk in enumerate(_filled_up(pks))}
    found = edition.join(_NAMED(edition.code, now=timezone.now(), **asked))
    return {article.pk: article for article in found}


def _filled_up(pks: list[int]) -> list[int]:
    """The keys, the last of them again and again up to a number that many sets of keys have."""
    return pks + pks[-1:] * (-len(pks) % KEYS_AT_ONCE)


def _newest(language: str, undated: tuple[int, ...], *, now: datetime) -> ArticleQuerySet:
    listed = with_lead(Article.objects.live(now).in_language(language).for_list(alone=True))
    news = listed.exclude(section__in=undated) if undated else listed
    return news.newest_first()[: LEADS + 2 * LATEST]


def _places(
    language: str, menu: tuple[int, ...], count: int, *, now: datetime
) -> QuerySet[Section]:
    live = Article.objects.live(now).in_language(language)
    newest = live.filter(section=OuterRef("pk")).newest_first().values("pk")
    places = {f"place_{n}": Subquery(newest[n : n + 1]) for n in range(count)}
    return Section.objects.filter(pk__in=menu).order_by().only("pk").annotate(**places)


def _named(language: str, *, now: datetime, **pks: int) -> ArticleQuerySet:
    live = Article.objects.live(now).in_language(language)
    return with_lead(live.for_list(alone=True)).filter(pk__in=pks.values())


_NEWEST = Prepared(Article, _newest)
_PLACES = Prepared(Section, _places)
_NAMED = Prepared(Article, _named)
