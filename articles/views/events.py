"""A section of events: what is coming, the next first, and what is over, the latest first."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from articles.models import Article, Section
from articles.models.article import ArticleQuerySet
from articles.models.event import coming, past
from articles.models.media import with_lead
from articles.models.place import Place
from articles.views.edition import Edition
from articles.views.frame import Frame, show
from articles.views.moved import send_on
from articles.views.paging import NewestPage, Page, page_of, read_place
from articles.views.schema_org import listed
from newsroom.routes import address_of

START, LATER = "starts_at", "later"
COMING = 12
"""Coming events on a page; what is left to come follows on pages of its own."""


class Coming(NamedTuple):
    """Events to come on one page, and the queries of the page itself and of the one after it."""

    articles: list[Article]
    query: str = ""
    later: str = ""


def events_section(request: HttpRequest, edition: Edition, section: Section) -> HttpResponse:
    """List the events of a section. Five queries.

    ``later`` in the query leads on among those to come, ``before`` and ``after`` among the others.
    Raises Http404 for both at once.
    """
    if LATER in request.GET and {"before", "after"} & request.GET.keys():
        raise Http404
    articles = with_lead(Article.objects.live().in_language(edition.code).for_list())
    own, now = articles.filter(section=section), timezone.now()
    try:
        page = page_of(past(own, now), request, {}, by=START)
    except NewestPage:
        return send_on(request, request.path)
    ahead = coming_of(request, coming(own, now)) if page.is_first else Coming([])
    if ahead.query:
        page = Page([])
    frame = _frame(edition, section, ahead.query or page.query)
    context = {
        "section": section,
        "page": page,
        "coming": ahead.articles,
        "later": ahead.later,
        "sooner": section.get_absolute_url() if ahead.query else "",
        "calendar": calendar_of(section),
        "json_ld": listed(frame, [*ahead.articles, *page.articles]),
    }
    return show(request, "articles/events.html", frame, context)


def coming_of(request: HttpRequest, rows: ArticleQuerySet) -> Coming:
    """Return the page of coming events that the address asks for.

    Raises Http404 for a place that we never wrote.
    """
    place = read_place(request, LATER, START)
    found = list((rows.filter(place.newer) if place else rows)[: COMING + 1])
    shown = found[:COMING]
    has_more = len(found) > COMING
    return Coming(
        shown,
        query=_query(place) if place else "",
        later=_query(Place.of(shown[-1], START)) if has_more else "",
    )


def calendar_of(section: Section) -> str:
    """Return the path of the calendar that holds a section's events."""
    kwargs = {"language": section.language_id, "slug": section.slug}
    return address_of("section_calendar", **kwargs)


def _query(place: Place) -> str:
    return "?" + urlencode({LATER: str(place)})


def _frame(edition: Edition, section: Section, query: str) -> Frame:
    path = section.get_absolute_url()
    return Frame(
        edition,
        title=edition.plain(section.title, edition.code),
        path=path,
        query=query,
        paths=edition.section_paths(section.slug),
        feed_of=path,
    )
