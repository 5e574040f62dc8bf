"""The readers' addresses. Those of an article are decided by its number; old ones come last."""

from __future__ import annotations

from django.urls import path, register_converter

from articles.converters import (
    EditionConverter,
    FeedConverter,
    PartConverter,
    RecordingConverter,
    RenditionConverter,
    TwoDigitsConverter,
    YearConverter,
)
from articles.feeds.calendars import event_calendar, section_calendar
from articles.feeds.podcast import podcast
from articles.feeds.views import author_feed, latest_feed, search_feed, section_feed, source_feed
from articles.sitemaps import index, lists, month, news, robots
from articles.views.alias import old_address
from articles.views.archive import archive
from articles.views.article import article
from articles.views.author import author
from articles.views.contact import contact, contact_sent
from articles.views.corrections import corrections
from articles.views.front import front
from articles.views.language import choose_language, root
from articles.views.listing import latest, source
from articles.views.live import live
from articles.views.media import rendition
from articles.views.oembed import oembed
from articles.views.offline import manifest, offline, worker
from articles.views.poll import poll, polls
from articles.views.recordings import recording
from articles.views.renditions import article_json, article_text
from articles.views.search import search
from articles.views.section import section
from articles.views.shared import shared

register_converter(EditionConverter, "edition")
register_converter(YearConverter, "year")
register_converter(FeedConverter, "feed")
register_converter(TwoDigitsConverter, "two")
register_converter(PartConverter, "part")
register_converter(RenditionConverter, "rendition")
register_converter(RecordingConverter, "recording")

MONTH_MAP = "<edition:language>/sitemap-<year:year>-<two:month>"
ARCHIVE = "<edition:language>/archive/"

urlpatterns = [
    # First what is asked for most: a number after the language is nothing else's.
    path("<edition:language>/<int:pk>/", article, {"slug": ""}, name="article"),
    path("<edition:language>/<int:pk>/<str:slug>/", article, name="article"),
    path("", root, name="root"),
    path("robots.txt", robots, name="robots"),
    path("preview/<str:token>/", shared, name="shared_preview"),
    path("oembed", oembed, name="oembed"),
    path("sw.js", worker, name="worker"),
    path("media/<rendition:name>", rendition, name="rendition"),
    path("recording/<recording:file>", recording, name="recording"),
    path("sitemap.xml", index, name="sitemap"),
    path("<edition:language>/sitemap-lists.xml", lists, name="lists_sitemap"),
    path("<edition:language>/sitemap-news.xml", news, name="news_sitemap"),
    path(f"{MONTH_MAP}.xml", month, name="month_sitemap"),
    path(f"{MONTH_MAP}-<part:part>.xml", month, name="month_sitemap"),
    path("language/<edition:language>/", choose_language, name="choose_language"),
    path("<edition:language>/", front, name="front"),
    path("<edition:language>/offline/", offline, name="offline"),
    path("<edition:language>/manifest.webmanifest", manifest, name="manifest"),
    path("<edition:language>/live/", live, name="live"),
    path("<edition:language>/latest/", latest, name="latest"),
    path("<edition:language>/search/", search, name="search"),
    path("<edition:language>/section/<slug:slug>/", section, name="section"),
    path("<edition:language>/source/<slug:slug>/", source, name="source"),
    path("<edition:language>/author/<slug:slug>/", author, name="author"),
    path("<edition:language>/author/<slug:slug>/<feed:form>", author_feed, name="author_feed"),
    path("<edition:language>/search/<feed:form>", search_feed, name="search_feed"),
    path("<edition:language>/latest/<feed:form>", latest_feed, name="latest_feed"),
    path("<edition:language>/section/<slug:slug>/<feed:form>", section_feed, name="section_feed"),
    path(
        "<edition:language>/section/<slug:slug>/events.ics",
        section_calendar,
        name="section_calendar",
    ),
    path("<edition:language>/section/<slug:slug>/podcast.xml", podcast, name="podcast"),
    path("<edition:language>/source/<slug:slug>/<feed:form>", source_feed, name="source_feed"),
    path("<edition:language>/corrections/", corrections, name="corrections"),
    path("<edition:language>/polls/", polls, name="polls"),
    path("<edition:language>/poll/<slug:slug>/", poll, name="poll"),
    path("<edition:language>/contact/", contact, name="contact"),
    path("<edition:language>/contact/sent/", contact_sent, name="contact_sent"),
    path(ARCHIVE, archive, name="archive"),
    path(f"{ARCHIVE}<year:year>/", archive, name="archive"),
    path(f"{ARCHIVE}<year:year>/<two:month>/", archive, name="archive"),
    path(f"{ARCHIVE}<year:year>/<two:month>/<two:day>/", archive, name="archive"),
    path("<edition:language>/<int:pk>.txt", article_text, name="article_text"),
    path("<edition:language>/<int:pk>.json", article_json, name="article_json"),
    path("<edition:language>/<int:pk>.ics", event_calendar, name="event_calendar"),
    path("<path:path>", old_address, name="old_address"),
]
