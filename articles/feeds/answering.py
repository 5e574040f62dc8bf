"""Answering a request for a feed, and not building what the reader has already."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from articles.converters import FEEDS
from articles.feeds import xml
from articles.feeds.channel import Channel, Entry, entry_of
from articles.feeds.jsonfeed import json_feed
from articles.models import Figure
from articles.models.article import ArticleQuerySet
from articles.models.media import figures_in_order
from articles.models.notice import notices_beside_text
from articles.views.sisters import Sisters, beside, sisters_of
from newsroom import __version__

LENGTH = 20
"""How many articles a feed holds, the newest first."""
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed was updated that has nothing to tell yet: Atom wants a time."""
TOLD = (
    *("pk", "story", "version", "slug", "headline", "standfirst", "byline", "fingerprint"),
    *("published_at", "updated_at", "published_precision", "created_at"),
    *("section__title", "source__name", "source__kind", "source__language"),
)
"""All that a feed tells of an article, but its body: of that, fingerprint and version tell."""
SHOWN = (
    *("article", "image__token", "image__width", "image__height", "image__credit"),
    *("image__fallback_as", "image__rendered_as", "alt_text", "caption"),
)
"""All that a feed tells of a figure."""
WRITERS: dict[str, Callable[[Channel, Sequence[Entry], datetime], str]] = {
    "rss": xml.rss,
    "atom": xml.atom,
    "json": json_feed,
}


HTML = "text/html"


def _accept_reduced(accepted: str) -> str:
    """Of the media types that a reader takes, those that decide what a feed is called."""
    decisive = (HTML, *(feed.media_type for feed in FEEDS.values()))
    return ", ".join(media_type for media_type in decisive if media_type in accepted)


ACCEPT = {"Accept": _accept_reduced}
"""What every feed depends on, beside its address."""


@dataclass(frozen=True)
class Stamp:
    """What tells two states of a feed apart, found out without its texts."""

    pks: list[int]
    sisters: Sisters
    etag: str


def syndicate(
    request: HttpRequest, form: str, channel: Channel, articles: ArticleQuerySet
) -> HttpResponse:
    """Answer with the newest of ``articles`` (live ones of the channel's edition) as a feed.

    ``form`` is "rss", "atom" or "json". Six queries, three of them enough for a 304 (RFC 9110,
    section 13). What a feed says can change without any time that is stored, as when a source is
    renamed; so its state alone tells, and no date. A person's browser is given the XML under a name
    by which it shows it.
    """
    media_type = _media_type(request, form)
    stamp = _stamp(channel, f"{form} {media_type}", articles)
    response = get_conditional_response(request, etag=stamp.etag)
    if response is None:
        entries = _entries(channel, stamp, articles)
        updated = max((entry.updated for entry in entries), default=NEVER)
        response = HttpResponse(
            WRITERS[form](channel, entries, updated), content_type=f"{media_type}; charset=utf-8"
        )
    response.headers["ETag"] = stamp.etag
    response.headers["Cache-Control"] = "public, max-age=60"
    if links := _links(channel, form):
        response.headers["Link"] = links
    if form != "json":
        patch_vary_headers(response, ["Accept"])
    return response


def _media_type(request: HttpRequest, form: str) -> str:
    """Chromium shows as source whatever calls itself a feed, and XML in the stylesheet's layout.

    A browser that opens an address asks for HTML first, which no feed reader understands.
    """
    own = FEEDS[form].media_type
    accepted = request.headers.get("Accept", "")
    is_browser = HTML in accepted and own not in accepted
    return "application/xml" if is_browser and form != "json" else own


def _stamp(channel: Channel, form: str, articles: ArticleQuerySet) -> Stamp:
    rows = list(articles.newest_first().values_list(*TOLD)[:LENGTH])
    pks, stories = [row[0] for row in rows], [row[1] for row in rows]
    sisters = sisters_of(channel.edition, stories)
    figures = list(Figure.objects.filter(article__in=pks).in_order().values_list(*SHOWN))
    language = channel.edition.language
    described = (form, __version__, channel.name, channel.page, channel.alternates(""))
    shown = (rows, figures, sorted(sisters.items()))
    state = repr((described, language.code, language.direction, *shown))
    digest = hashlib.sha256(state.encode("utf-8", "backslashreplace")).hexdigest()
    return Stamp(pks, sisters, f'"{digest[:32]}"')


def _entries(channel: Channel, stamp: Stamp, articles: ArticleQuerySet) -> list[Entry]:
    named = articles.filter(pk__in=stamp.pks).with_source().select_related("event")
    told = named.defer("search_key").prefetch_related(notices_beside_text(), figures_in_order())
    found = told.newest_first()
    return [entry_of(channel.edition, article, beside(article, stamp.sisters)) for article in found]


def _links(channel: Channel, form: str) -> str:
    """The same feed in other editions, as a header (RFC 8288), which every format can have."""
    return ", ".join(
        f'<{address}>; rel="alternate"; hreflang="{code}"; type="{FEEDS[form].media_type}"'
        for code, address in channel.alternates(form)
    )
