"""Recordings: as files, while readers may see their article, and as its page shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from articles.models import Article, Broadcast, Recording
from articles.views.ranges import send
from articles.views.reading import read_only
from articles.views.speechless import speechless
from newsroom.policy import CORP, CSP, hosts_of, policy

PLAY = "play"
"""What asks for a page on which a provider's player stands: the number of the recording."""
CAPTIONS = "text/vtt; charset=utf-8"
HEADERS = {
    # What is withdrawn is not played from a cache for longer.
    "Cache-Control": "public, max-age=300",
    CSP: "default-src 'none'; sandbox",
    CORP: "cross-origin",  # Podcasts are heard on other sites.
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class Shown:
    """A recording on a page: its number, from 1 on, and whether its player is to stand there."""

    number: int
    recording: Recording
    is_playing: bool = False

    @property
    def play(self) -> str:
        """The address of the same page with the player, at its place there."""
        return f"?{PLAY}={self.number}#recording-{self.number}"


@read_only
@speechless
def recording(request: HttpRequest, file: str) -> HttpResponseBase:
    """Answer with a recording's file, or its captions. One query.

    Raises Http404 for what is not there and for what readers may not see.
    """
    token, _point, extension = file.rpartition(".")
    found = Recording.objects.seen().filter(token=token).first()
    if found is None:
        raise Http404
    if extension == "vtt":
        return _captions(found)
    return send_file(request, found, extension)


def send_file(request: HttpRequest, found: Recording, extension: str) -> HttpResponseBase:
    """Answer with the file of a recording whose name ends so. Raises Http404 for no such file."""
    if not found.file or not str(found.file.name).endswith(f".{extension}"):
        raise Http404
    etag = f'"{found.sha256[:32]}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        storage, kept = found.file.storage, str(found.file.name)
        if not storage.exists(kept):
            raise Http404
        response = send(request, lambda: cast(BinaryIO, storage.open(kept)), found.size, etag)
        response.headers["Content-Type"] = found.media_type
        response.headers["Content-Disposition"] = f'inline; filename="{found.token}.{extension}"'
    for name, value in {**HEADERS, "ETag": etag}.items():
        response.headers[name] = value
    return response


def _captions(found: Recording) -> HttpResponse:
    if not found.captions:
        raise Http404
    return HttpResponse(found.captions, content_type=CAPTIONS, headers=HEADERS)


def recordings_of(request: HttpRequest, article: Article) -> list[Shown]:
    """Return what can be played of an article, in its order. One query.

    Raises Http404 when the address asks to play what is not at a provider: files play as they are.
    """
    rows = article.recordings.in_order().select_related("poster")
    shown = [each for each in rows if each.is_shown]
    playing = _number(request)
    if playing and not any(n == playing and each.embed for n, each in enumerate(shown, 1)):
        raise Http404
    return [Shown(n, each, n == playing) for n, each in enumerate(shown, 1)]


def allow_players(response: HttpResponse, played: Iterable[Recording | Broadcast]) -> HttpResponse:
    """Let a page frame the players of what it offers at providers, if there is any such."""
    if players := [each.embed.player for each in played if each.embed]:
        response.headers[CSP] = policy(hosts_of(players))
    return response


def _number(request: HttpRequest) -> int | None:
    asked = request.GET.get(PLAY)
    if asked is None:
        return None
    if not re.fullmatch(r"[1-9][0-9]?", asked):
        raise Http404
    return int(asked)
