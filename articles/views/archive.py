"""The archive of an edition by year, month and day: how much there is, and where to go on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Language
from articles.models.article import ArticleQuerySet
from articles.models.media import with_lead
from articles.models.period import Period, tally, years_of
from articles.templating.dates import period_name
from articles.text.dates import YEARS
from articles.views.edition import Edition, open_edition
from articles.views.frame import Frame, in_every_edition, show
from articles.views.lite import page_depends_on
from articles.views.moved import send_on
from articles.views.paging import PLACES, NewestPage, page_of
from articles.views.reading import read_only
from articles.views.schema_org import listed
from newsroom.routes import address_of


class Entry(NamedTuple):
    """A period that a page links to, with how many articles it has where that is told."""

    period: Period
    path: str
    number: int = 0


@dataclass(frozen=True)
class Surroundings:
    """What lies around a period: the same one in the editions that have articles of it, by their
    code, and the nearest earlier and later ones of this edition that are not empty."""

    paths: dict[str, str] = field(default_factory=dict)
    before: Entry | None = None
    after: Entry | None = None


@read_only
@page_depends_on(*PLACES)
def archive(request: HttpRequest, language: str, **parts: int) -> HttpResponse:
    """Show an edition's years, the months of a year, or what a month or a day has.

    Six queries at most. Raises Http404 for what is no date, and for one on which no edition
    published anything.
    """
    edition = open_edition(language)
    if not parts:
        return _every_year(request, edition)
    period = _period(parts)
    around = _surroundings(edition, period)
    live = Article.objects.live().in_language(language)
    context = {
        "period": period,
        "lineage": [_entry(each, language) for each in period.lineage[:-1]],
        "entries": _entries(live, period.parts, language),
        "around": around,
    }
    if not period.month:
        return _show(request, edition, around.paths, period, context)
    try:
        page = page_of(with_lead(live.filter(period.holds).for_list()), request, {})
    except NewestPage:
        return send_on(request, request.path)
    context["page"] = page
    return _show(request, edition, around.paths, period, context, query=page.query)


def path_of(period: Period, language: str) -> str:
    """Return the address of a period in the archive of the edition ``language``."""
    names = ("year", "month", "day")
    parts = {name: part for name in names if (part := getattr(period, name))}
    return address_of("archive", language=language, **parts)


def _every_year(request: HttpRequest, edition: Edition) -> HttpResponse:
    live = Article.objects.live().in_language(edition.code)
    context = {"entries": _entries(live, years_of(live), edition.code)[::-1]}
    return _show(request, edition, in_every_edition(edition, "archive"), None, context)


def _show(
    request: HttpRequest,
    edition: Edition,
    paths: dict[str, str],
    period: Period | None,
    context: dict[str, Any],
    *,
    query: str = "",
) -> HttpResponse:
    named = period and _("Archive: %(period)s") % {"period": period_name(period, edition.language)}
    frame = Frame(
        edition,
        title=named or _("Archive"),
        path=paths.get(edition.code, ""),
        query=query,
        paths=paths,
        is_indexed=edition.code in paths,
    )
    articles = context["page"].articles if "page" in context else []
    data = listed(frame, articles, *_above(edition, period))
    return show(request, "articles/archive.html", frame, {**context, "json_ld": data})


def _above(edition: Edition, period: Period | None) -> list[tuple[str, str]]:
    """The names and paths of the pages between the front page and a period's."""
    if period is None:
        return []
    root = (_("Archive"), address_of("archive", language=edition.code))
    wider = [
        (period_name(each, edition.language), path_of(each, edition.code))
        for each in period.lineage[:-1]
    ]
    return [root, *wider]


def _period(parts: dict[str, int]) -> Period:
    if 0 in parts.values():
        raise Http404
    try:
        return Period(**parts)
    except ValueError:
        raise Http404 from None


def _entries(live: ArticleQuerySet, periods: list[Period], language: str) -> list[Entry]:
    found = tally(live, periods) if periods else []
    return [_entry(each.period, language, each.number) for each in found]


def _entry(period: Period, language: str, number: int = 0) -> Entry:
    return Entry(period, path_of(period, language), number)


def _surroundings(edition: Edition, period: Period) -> Surroundings:
    """Look around a period in every edition, in one query that reads a few ends of the index.

    Raises Http404 when no edition has an article of it.
    """
    live = Article.objects.live().filter(language=OuterRef("code")).values("published_at")
    before = live.filter(published_at__lt=period.start).order_by("-published_at")
    after = live.filter(published_at__gte=period.end).order_by("published_at")
    rows = Language.objects.published().annotate(
        has_articles=Exists(live.filter(period.holds)),
        before=Subquery(before[:1]),
        after=Subquery(after[:1]),
    )
    found = {row["code"]: row for row in rows.values("code", "has_articles", "before", "after")}
    paths = {code: path_of(period, code) for code, row in found.items() if row["has_articles"]}
    if not paths:
        raise Http404
    here = found[edition.code]
    return Surroundings(
        paths, *(_nearest(here[side], period, edition.code) for side in ("before", "after"))
    )


def _nearest(moment: datetime | None, period: Period, language: str) -> Entry | None:
    if moment is None or timezone.localdate(moment).year not in YEARS:
        return None
    return _entry(Period.of(moment, like=period), language)
