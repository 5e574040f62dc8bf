"""Lists of articles: the latest (narrowed as the reader likes), a section's, a source's."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from articles.caching import remembered
from articles.filters import ArticleFilter
from articles.models import Article, Section, Source
from articles.models.article import ArticleQuerySet
from articles.models.media import with_lead
from articles.models.place import Place
from articles.models.prepared import Prepared
from articles.views.edition import Edition, open_edition
from articles.views.frame import Frame, in_every_edition, show
from articles.views.lite import page_depends_on
from articles.views.moved import send_on
from articles.views.paging import PLACES, NewestPage, Page, Read, page_of, window
from articles.views.reading import read_only
from articles.views.schema_org import listed
from newsroom.routes import address_of


@read_only
@page_depends_on("q", *ArticleFilter.base_filters, *PLACES)
def latest(request: HttpRequest, language: str) -> HttpResponse:
    """List an edition's articles, narrowed by ``ArticleFilter``. Five queries.

    An address with words is one that the search had before it had a page of its own.
    """
    if request.GET.get("q"):
        return _to_search(request, language)
    edition = open_edition(language)
    # The form of a list that nobody narrowed is drawn once for all its pages.
    filters: Any = SimpleLazyObject(lambda: _filters(request, edition))
    kept = ArticleFilter.used_in(request.GET)
    rows = filters.narrowed if kept else in_list(edition, edition.undated)
    try:
        page = page_of(rows, request, kept)
    except NewestPage:
        return _from_the_top(request, kept)
    frame = _frame(
        edition,
        page,
        title=_("Latest"),
        paths=in_every_edition(edition, "latest"),
        kept=kept,
        is_indexed=not kept,
    )
    context = {"page": page, "filters": filters, "json_ld": listed(frame, page.articles)}
    return show(request, "articles/latest.html", frame, context)


def _filters(request: HttpRequest, edition: Edition) -> ArticleFilter:
    sources = sources_in(edition)
    return ArticleFilter(
        request.GET,
        edition.news(listed_in(edition.code)),
        sections=[
            (each.slug, edition.plain(each.title, edition.code))
            for each in edition.sections
            if not each.is_undated
        ],
        sources=[(each.slug, edition.plain(each.name, each.language_id)) for each in sources],
        spoken={each.slug: each.language_id for each in sources},
    )


def stream_section(request: HttpRequest, edition: Edition, section: Section) -> HttpResponse:
    """List the articles of one section. Four queries, with those of the edition."""
    return show_section(request, edition, section, "articles/section.html")


def show_section(
    request: HttpRequest,
    edition: Edition,
    section: Section,
    template: str,
    *,
    articles: ArticleQuerySet | None = None,
    told: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a section's articles, the newest first, in a template that is ``told`` something more.

    ``articles`` are those of the edition as the template needs them, else as other lists do.
    """
    own: ArticleQuerySet | Read[Article]
    if articles is None:
        own = in_list(edition, section=section.pk)
    else:
        own = articles.filter(section=section)
    try:
        page = page_of(own, request, {})
    except NewestPage:
        return _from_the_top(request)
    frame = _frame(
        edition,
        page,
        title=edition.plain(section.title, edition.code),
        paths=edition.section_paths(section.slug),
        has_feeds=True,
    )
    data = listed(frame, page.articles)
    context = {"page": page, "section": section, "json_ld": data, **(told or {})}
    return show(request, template, frame, context)


@read_only
@page_depends_on(*PLACES)
def source(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """List what came from one source, and say what kind of source it is. Five queries."""
    edition = open_edition(language)
    chosen, paths = source_in(edition, slug)
    try:
        page = page_of(in_list(edition, source=chosen.pk), request, {})
    except NewestPage:
        return _from_the_top(request)
    title = edition.plain(chosen.name, chosen.language_id)
    is_here = edition.code in paths
    frame = _frame(edition, page, title=title, paths=paths, is_indexed=is_here, has_feeds=is_here)
    context = {"page": page, "source": chosen, "json_ld": listed(frame, page.articles)}
    return show(request, "articles/source.html", frame, context)


def listed_in(language: str) -> ArticleQuerySet:
    """The live articles of an edition with what lists show of them."""
    return with_lead(Article.objects.live().in_language(language).for_list())


def in_list(edition: Edition, undated: tuple[int, ...] = (), **where: int) -> Read[Article]:
    """Return what reads a list of an edition's articles: those ``where`` columns hold these keys.

    What is in the ``undated`` sections is left out.
    """

    def read(side: str, place: Place | None) -> list[Article]:
        values: dict[str, datetime | int] = {"now": timezone.now(), **where}
        if place:
            values |= {"moment": place.moment, "pk": place.pk}
        return edition.join(_WINDOW(edition.code, undated, side, **values))

    return read


def _window(
    language: str,
    undated: tuple[int, ...],
    side: str,
    *,
    now: datetime,
    moment: datetime | None = None,
    pk: int = 0,
    **where: int,
) -> QuerySet[Article]:
    live = Article.objects.live(now).in_language(language).filter(**where)
    rows = with_lead(live.for_list(alone=True))
    if undated:
        rows = rows.exclude(section__in=undated)
    return window(rows, side, Place(moment, pk) if moment else None)


_WINDOW = Prepared(Article, _window)


def sources_in(edition: Edition) -> list[Source]:
    """The sources that have articles in an edition, with no more than their names. One query."""

    def read() -> list[Source]:
        named = Source.objects.filter(_has_articles(edition.code))
        return list(named.only("slug", "name", "language"))

    return remembered(("sources", edition.code), read)


def _to_search(request: HttpRequest, language: str) -> HttpResponse:
    known = ("q", *ArticleFilter.base_filters)
    kept = {name: value for name in known if (value := request.GET.get(name))}
    query = urlencode(kept, errors="replace")
    path = address_of("search", language=language)
    return send_on(request, f"{path}?{query}", for_good=True)


def _frame(
    edition: Edition,
    page: Page[Article],
    *,
    title: str,
    paths: dict[str, str],
    kept: dict[str, str] | None = None,
    is_indexed: bool = True,
    has_feeds: bool = False,
) -> Frame:
    path = paths.get(edition.code, "")
    return Frame(
        edition,
        title=title,
        path=path,
        query=page.query,
        kept=kept or {},
        paths=paths,
        is_indexed=is_indexed,
        feed_of=path if has_feeds else "",
    )


def _from_the_top(request: HttpRequest, kept: dict[str, str] | None = None) -> HttpResponse:
    return send_on(request, f"{request.path}?{urlencode(kept)}" if kept else request.path)


def _has_articles(language: str) -> Exists:
    return Exists(Article.objects.live().in_language(language).filter(source=OuterRef("pk")))


def source_in(edition: Edition, slug: str) -> tuple[Source, dict[str, str]]:
    """Return a source and its addresses in the editions that have articles of it.

    Raises Http404 when none has: what only drafts name is not public yet.
    """
    marks = {
        f"has_{number}": _has_articles(language.code)
        for number, language in enumerate(edition.languages)
    }
    sources = Source.objects.select_related("language").defer("furniture", "date_order_counts")
    chosen = sources.annotate(**marks).filter(slug=slug).first()
    if chosen is None:
        raise Http404
    paths = {
        language.code: address_of("source", language=language.code, slug=slug)
        for number, language in enumerate(edition.languages)
        if getattr(chosen, f"has_{number}")
    }
    if not paths:
        raise Http404
    return chosen, paths
