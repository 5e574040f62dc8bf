"""A section of pictures: a wall of the first picture of each article."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from articles.models import Section
from articles.models.media import with_number
from articles.views.edition import Edition
from articles.views.listing import listed_in, show_section


def gallery_section(request: HttpRequest, edition: Edition, section: Section) -> HttpResponse:
    """Show what a section has in pictures, the newest first. Four queries."""
    articles = with_number(listed_in(edition.code))
    return show_section(request, edition, section, "articles/gallery.html", articles=articles)
