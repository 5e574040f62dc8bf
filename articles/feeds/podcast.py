"""The podcast of a section: RSS 2.0 with enclosures, and what directories of podcasts ask for.

The elements are those of https://help.apple.com/itc/podcasts_connect/#/itcb54353390, and the
transcripts of https://podcastindex.org/namespace/1.0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.timezone import localtime
from django.utils.xmlutils import SimplerXMLGenerator

from articles.caching import depends_on
from articles.models import Article, Recording, Section
from articles.pictures.ladder import FRAME, Form
from articles.templating.article import summary
from articles.templating.recordings import clock
from articles.text.xml import valid
from articles.views.edition import Edition, open_edition
from articles.views.facts import author_of
from articles.views.frame import absolute
from articles.views.reading import read_only
from newsroom import __version__

LENGTH = 100
"""Episodes in a feed, the newest first."""
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
SUMMARY_WORDS = 120
COVER = "images/podcast.png"
MEDIA = {Section.Layout.AUDIO, Section.Layout.VIDEO}
SHOWN = ("article__language", "article__source__language")


@read_only
@depends_on()
def podcast(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Tell the files of a section of sound or video. Three queries.

    What is at a provider is no file, and so no episode. Raises Http404 for a section of another
    layout.
    """
    edition = open_edition(language)
    section = edition.section(slug)
    if section.layout not in MEDIA:
        raise Http404
    live = Article.objects.live().in_language(language).filter(section=section)
    rows = Recording.objects.with_file().filter(article__in=live.order_by().values("pk"))
    told = rows.select_related("poster", *SHOWN).defer("article__search_key", "transcript")
    episodes = list(told.order_by("-article__published_at", "-article", "position", "pk")[:LENGTH])
    text = _document(edition, section, episodes)
    etag = f'"{hashlib.sha256(f"{__version__} {text}".encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(text, content_type="application/rss+xml; charset=utf-8")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


class _Podcast(Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:itunes": ITUNES, "xmlns:podcast": PODCAST}

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("itunes:author", self.feed["owner"])
        handler.addQuickElement("itunes:explicit", "false")
        handler.addQuickElement("itunes:type", "episodic")
        handler.addQuickElement("itunes:image", None, {"href": self.feed["cover"]})
        handler.addQuickElement("itunes:category", None, {"text": "News"})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in ("itunes:title", "itunes:author", "itunes:duration"):
            if item[name]:
                handler.addQuickElement(name, item[name])
        handler.addQuickElement("itunes:explicit", "false")
        if item["still"]:
            handler.addQuickElement("itunes:image", None, {"href": item["still"]})
        if item["captions"]:
            told = {"type": "text/vtt", "language": item["language"], "rel": "captions"}
            handler.addQuickElement("podcast:transcript", None, {"url": item["captions"], **told})


def _document(edition: Edition, section: Section, episodes: Sequence[Recording]) -> str:
    language, title = edition.language, edition.plain(section.title, edition.code)
    page = absolute(section.get_absolute_url())
    moments = [max(_published(each), each.changed_at) for each in episodes]
    feed = _Podcast(
        title=valid(f"{language.site_title} · {title}"),
        link=page,
        description=valid(language.tagline or language.site_title),
        language=language.code,
        feed_url=f"{page}podcast.xml",
        updated=max(moments, default=datetime.fromtimestamp(0, tz=localtime().tzinfo)),
        owner=valid(language.site_title),
        cover=urljoin(settings.SITE_URL, staticfiles_storage.url(COVER)),
    )
    for each in episodes:
        feed.add_item(**_item(edition, each))
    text: str = feed.writeString("utf-8")
    return text


def _item(edition: Edition, recording: Recording) -> dict[str, Any]:
    article = recording.article
    name = valid(edition.plain(recording.name, article.language_id))
    author, language = author_of(article)
    credit = recording.credit or author
    return {
        "title": name,
        "link": absolute(article.get_absolute_url()),
        "description": valid(edition.plain(summary(article, SUMMARY_WORDS), article.language_id)),
        "pubdate": localtime(_published(recording)),
        "unique_id": identity_of_recording(recording),
        "unique_id_is_permalink": False,
        "enclosures": [
            Enclosure(absolute(recording.file_url), str(recording.size), recording.media_type)
        ],
        "itunes:title": name,
        "itunes:author": valid(edition.plain(credit, language.code)),
        "itunes:duration": clock(recording.seconds) if recording.seconds else "",
        "still": _still(recording),
        "captions": absolute(recording.captions_url) if recording.captions else "",
        "language": article.language_id,
    }


def identity_of_recording(recording: Recording) -> str:
    """Return the recording's name for good, a tag URI (RFC 4151), whatever becomes of its file."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{recording.added_at:%Y-%m-%d}:recording/{recording.pk}"


def _published(recording: Recording) -> datetime:
    moment = recording.article.published_at
    return max(moment, recording.added_at) if moment else recording.added_at


def _still(recording: Recording) -> str:
    poster = recording.poster
    found = poster.steps(FRAME, Form.JPEG) if poster else []
    return urljoin(settings.SITE_URL, poster.url_of(found[-1])) if poster and found else ""
