"""Web TV: what an edition shows now, and what it will show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Broadcast
from articles.views.edition import Edition, open_edition
from articles.views.frame import Frame, show
from articles.views.lite import page_depends_on
from articles.views.moved import send_on
from articles.views.reading import read_only
from articles.views.recordings import PLAY, allow_players
from articles.views.schema_media import broadcasts_of
from newsroom.routes import address_of

COMING = 40
"""Broadcasts that the schedule holds."""


class Day(NamedTuple):
    """A day of the schedule, where the newsroom is."""

    day: date
    broadcasts: list[Broadcast]


@read_only
@page_depends_on(PLAY)
def live(request: HttpRequest, language: str) -> HttpResponse:
    """Show what is on the air, at a press, and the schedule. Five queries.

    Raises Http404 for an edition without Web TV. Who comes to play what is over finds what is next.
    """
    edition = open_edition(language)
    if not edition.language.has_live:
        raise Http404
    now = timezone.now()
    own = Broadcast.objects.in_language(language)
    on_air = own.on_air(now).first()
    coming = list(own.coming(now)[:COMING])
    is_playing = PLAY in request.GET
    if is_playing and (on_air is None or request.GET[PLAY] != "1"):
        return send_on(request, request.path)
    frame = _frame(edition)
    context = {
        "on_air": on_air,
        "is_playing": is_playing,
        "next": coming[0] if coming else None,
        "days": by_day(coming),
        "changes_at": on_air.ends_at if on_air else coming[0].starts_at if coming else None,
        "json_ld": broadcasts_of(frame, [*filter(None, [on_air]), *coming]),
    }
    response = show(request, "articles/live.html", frame, context)
    return allow_players(response, [on_air] if on_air else [])


def by_day(broadcasts: Iterable[Broadcast]) -> list[Day]:
    """Return broadcasts in their order by the day on which they begin."""
    days = groupby(broadcasts, lambda each: timezone.localdate(each.starts_at))
    return [Day(day, list(found)) for day, found in days]


def live_paths(edition: Edition) -> dict[str, str]:
    """Return the addresses of Web TV in every edition that has it, by language code."""
    return {
        language.code: address_of("live", language=language.code)
        for language in edition.languages
        if language.has_live
    }


def _frame(edition: Edition) -> Frame:
    paths = live_paths(edition)
    return Frame(edition, title=_("Web TV"), path=paths[edition.code], paths=paths)
