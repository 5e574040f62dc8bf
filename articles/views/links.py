"""A section of links to other sites, in the order of its editors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from articles.models import Section
from articles.views.edition import Edition
from articles.views.listing import show_section


def links_section(request: HttpRequest, edition: Edition, section: Section) -> HttpResponse:
    """List the links of a section, and the articles that somebody put into it. Five queries."""
    links = list(section.links.in_order().select_related("spoken"))
    told = {"links": links}
    return show_section(request, edition, section, "articles/links.html", told=told)
