"""The calendars of the site: that of an event and that of a section."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from articles.caching import depends_on
from articles.feeds.calendar import calendar_of
from articles.models import Article
from articles.views.article import live_story, withdrawn_article
from articles.views.edition import open_edition
from articles.views.frame import absolute
from articles.views.moved import asked_anew, send_on
from articles.views.reading import read_only
from newsroom.routes import address_of

CALENDAR = "text/calendar; charset=utf-8"
LENGTH, KEPT_DAYS = 300, 400
"""A section's calendar holds so many events, of those that were over for no more than so long."""


@read_only
@depends_on()
def event_calendar(request: HttpRequest, language: str, pk: int) -> HttpResponse:
    """Tell the event of a live article. Five queries.

    Under another language it is a 301 to its own; of a withdrawn article a 410, and of one that
    tells of no event a 404.
    """
    edition = open_edition(language)
    chosen = next((each for each in live_story(edition, pk) if each.pk == pk), None)
    if chosen is None:
        withdrawn_article(pk)
        return asked_anew(HttpResponse(b"", status=410, content_type=CALENDAR))
    if not hasattr(chosen, "event"):
        raise Http404
    if chosen.language_id != language:
        address = address_of("event_calendar", language=chosen.language_id, pk=pk)
        return send_on(request, address, for_good=True)
    data = calendar_of(edition, edition.language.site_title, [chosen])
    response = _answer(request, data, f"event-{pk}")
    response.headers["Link"] = f'<{absolute(chosen.get_absolute_url())}>; rel="canonical"'
    return response


@read_only
@depends_on()
def section_calendar(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Tell the events of a section, those to come and those of the last year. Three queries.

    What was withdrawn is not in it any more, and programs that follow it drop the event.
    """
    edition = open_edition(language)
    section = edition.section(slug)
    since = timezone.now() - timedelta(days=KEPT_DAYS)
    live = Article.objects.live().in_language(language).filter(section=section)
    recent = live.filter(event__over_at__gt=since).for_list().select_related("event")
    articles = list(recent.order_by("-event__starts_at", "-pk")[:LENGTH])
    name = f"{edition.language.site_title} · {edition.plain(section.title, language)}"
    return _answer(request, calendar_of(edition, name, articles), slug)


def _answer(request: HttpRequest, data: bytes, name: str) -> HttpResponse:
    """A file that browsers offer to a calendar program, and not again to one that has it."""
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(data, content_type=CALENDAR)
        response.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=60"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
