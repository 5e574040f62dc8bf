"""Sections of sound and of video: what can be played, the newest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from articles.models import Article, Section
from articles.models.media import with_lead
from articles.models.recording import recordings_in_order
from articles.views.edition import Edition
from articles.views.frame import Frame, absolute, show
from articles.views.moved import send_on
from articles.views.paging import NewestPage, page_of
from articles.views.schema_org import listed
from newsroom.routes import address_of


def media_section(request: HttpRequest, edition: Edition, section: Section) -> HttpResponse:
    """List the articles of a section with what can be played of each. Five queries.

    What plays as a file plays in a list of sound; video, and what is at a provider, on its page.
    """
    live = with_lead(Article.objects.live().in_language(edition.code).for_list())
    articles = live.filter(section=section).prefetch_related(recordings_in_order())
    try:
        page = page_of(articles, request, {})
    except NewestPage:
        return send_on(request, request.path)
    path = section.get_absolute_url()
    frame = Frame(
        edition,
        title=edition.plain(section.title, edition.code),
        path=path,
        query=page.query,
        paths=edition.section_paths(section.slug),
        feed_of=path,
    )
    kwargs = {"language": edition.code, "slug": section.slug}
    context = {
        "page": page,
        "section": section,
        "podcast": absolute(address_of("podcast", **kwargs)),
        "json_ld": listed(frame, page.articles),
    }
    return show(request, f"articles/{section.layout}.html", frame, context)
