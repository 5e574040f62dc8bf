"""A section of pages: undated, in the order of its editors."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse

from articles.models import Article, Section
from articles.views.edition import Edition
from articles.views.frame import Frame, show
from articles.views.listing import listed_in
from articles.views.paging import Page
from articles.views.schema_org import listed

PAGES = 50
"""Entries in one list: a section seldom has so many, and an old stream may become pages."""
PARAMETER = "page"


def pages_section(request: HttpRequest, edition: Edition, section: Section) -> HttpResponse:
    """List the pages of a section. Four queries. Raises Http404 for a list past the last."""
    page = _page_of(request, section)
    path = section.get_absolute_url()
    frame = Frame(
        edition,
        title=edition.plain(section.title, edition.code),
        path=path,
        query=page.query,
        paths=edition.section_paths(section.slug),
        feed_of=path,
    )
    context = {"page": page, "section": section, "json_ld": listed(frame, page.articles)}
    return show(request, "articles/pages.html", frame, context)


def _page_of(request: HttpRequest, section: Section) -> Page[Article]:
    asked = request.GET.get(PARAMETER)
    if asked is not None and not re.fullmatch("[2-9]|[1-9][0-9]{1,2}", asked):
        raise Http404
    number = int(asked or 1)
    start = (number - 1) * PAGES
    rows = listed_in(section.language_id).filter(section=section).in_order()
    found = list(rows[start : start + PAGES + 1])
    if number > 1 and not found:
        raise Http404
    path = section.get_absolute_url()
    return Page(
        found[:PAGES],
        query=_query(number),
        newer=path + _query(number - 1) if number > 1 else "",
        older=_query(number + 1) if len(found) > PAGES else "",
    )


def _query(number: int) -> str:
    return f"?{PARAMETER}={number}" if number > 1 else ""
