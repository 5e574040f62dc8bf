"""The front page of an edition: the lead, the latest and the sections side by side."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from articles.models import Article, Section
from articles.models.media import with_lead
from articles.views.edition import Edition, open_edition
from articles.views.frame import Frame, in_every_edition, show
from articles.views.lite import page_depends_on
from articles.views.poll import open_ballot
from articles.views.reading import read_only
from articles.views.schema_org import website

LEADS = 3
LATEST = 7
COLUMN_LENGTH = 4


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
    listed = edition.news(with_lead(Article.objects.live().in_language(language).for_list()))
    newest = list(listed.newest_first()[: LEADS + 2 * LATEST])
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
        path=reverse("front", kwargs={"language": edition.code}),
        paths=in_every_edition(edition, "front"),
        default_path=reverse("root"),
    )


def columns_of(edition: Edition, shown: list[Article]) -> list[Column]:
    """Return the sections of the menu that have something beside what is ``shown`` above them."""
    fetched = newest_in(edition, count=COLUMN_LENGTH + len(shown))
    above = {article.pk for article in shown}
    columns = []
    for section in edition.menu:
        if section.is_undated:
            continue
        rest = [article for article in fetched.get(section.pk, []) if article.pk not in above]
        if rest:
            columns.append(Column(section, rest[0], rest[1:COLUMN_LENGTH]))
    return columns


def newest_in(edition: Edition, *, count: int) -> dict[int, list[Article]]:
    """Return the newest live articles of each section of the menu, at most ``count``, by its pk.

    An article of another language is none of them, even if it was put into one of the sections. The
    database walks the index once a place; a window function would number every live row.
    """
    live = Article.objects.live().in_language(edition.code)
    newest = live.filter(section=OuterRef("pk")).newest_first().values("pk")
    places = {f"place_{n}": Subquery(newest[n : n + 1]) for n in range(count)}
    menu = Section.objects.filter(pk__in=[section.pk for section in edition.menu]).order_by()
    rows = menu.annotate(**places).values_list(*places)
    pks = {pk for row in rows for pk in row if pk is not None}
    found: dict[int, list[Article]] = {}
    for article in with_lead(live.for_list()).filter(pk__in=pks).newest_first():
        if article.section_id is not None:
            found.setdefault(article.section_id, []).append(article)
    return found
