"""A section of an edition, laid out as its editors chose."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from articles.models import Section
from articles.views.edition import Edition, open_edition
from articles.views.events import LATER, events_section
from articles.views.gallery import gallery_section
from articles.views.links import links_section
from articles.views.listing import stream_section
from articles.views.lite import page_depends_on
from articles.views.media_section import media_section
from articles.views.pages import PARAMETER, pages_section
from articles.views.paging import PLACES
from articles.views.reading import read_only
from articles.views.verse import verse_section

Layout = Section.Layout
LAYOUTS: dict[str, Callable[[HttpRequest, Edition, Section], HttpResponse]] = {
    Layout.PAGES: pages_section,
    Layout.GALLERY: gallery_section,
    Layout.VIDEO: media_section,
    Layout.AUDIO: media_section,
    Layout.EVENTS: events_section,
    Layout.VERSE: verse_section,
    Layout.LINKS: links_section,
}
"""What shows a section; any other is a stream of articles, the newest first."""


@read_only
@page_depends_on(*PLACES, LATER, PARAMETER)
def section(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show a section in its layout. Four queries for a stream; the others say how many."""
    edition = open_edition(language)
    chosen = edition.section(slug)
    return LAYOUTS.get(chosen.layout, stream_section)(request, edition, chosen)
