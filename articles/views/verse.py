"""A section of verse: each poem opens with its first couplet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from articles.models import Section
from articles.views.edition import Edition
from articles.views.listing import show_section


def verse_section(request: HttpRequest, edition: Edition, section: Section) -> HttpResponse:
    """List the poems of a section, the newest first. Four queries."""
    return show_section(request, edition, section, "articles/verse.html")
