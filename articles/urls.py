"""The readers' addresses. Those of an article are decided by its number; old ones come last."""

from __future__ import annotations

from django.urls import path, register_converter

from articles.converters import (
    EditionConverter,
    FeedConverter,
    PartConverter,
    TwoDigitsConverter,
    YearConverter,
)
from articles.feeds.views import latest_feed, search_feed, section_feed, source_feed
from articles.sitemaps import index, lists, month, news, robots
from articles.views.alias import old_address
from articles.views.archive import archive
from articles.views.article import article
from articles.views.corrections import corrections
from articles.views.front import front
from articles.views.language import choose_language, root
from articles.views.listing import latest, section, source
from articles.views.oembed import oembed
from articles.views.offline import manifest, offline, worker
from articles.views.renditions import article_json, article_text
from articles.views.search import search

register_converter(EditionConverter, "edition")
register_converter(YearConverter, "year")
register_converter(FeedConverter, "feed")
register_converter(TwoDigitsConverter, "two")
register_converter(PartConverter, "part")

MONTH_MAP = "<edition:language>/sitemap-<year:year>-<two:month>"
ARCHIVE = "<edition:language>/archive/"

urlpatterns = [
    path("", root, name="root"),
    path("robots.txt", robots, name="robots"),
    path("oembed", oembed, name="oembed"),
    path("sw.js", worker, name="worker"),
    path("sitemap.xml", index, name="sitemap"),
    path("<edition:language>/sitemap-lists.xml", lists, name="lists_sitemap"),
    path("<edition:language>/sitemap-news.xml", news, name="news_sitemap"),
    path(f"{MONTH_MAP}.xml", month, name="month_sitemap"),
    path(f"{MONTH_MAP}-<part:part>.xml", month, name="month_sitemap"),
    path("language/<edition:language>/", choose_language, name="choose_language"),
    path("<edition:language>/", front, name="front"),
    path("<edition:language>/offline/", offline, name="offline"),
    path("<edition:language>/manifest.webmanifest", manifest, name="manifest"),
    path("<edition:language>/latest/", latest, name="latest"),
    path("<edition:language>/search/", search, name="search"),
    path("<edition:language>/section/<slug:slug>/", section, name="section"),
    path("<edition:language>/source/<slug:slug>/", source, name="source"),
    path("<edition:language>/search/<feed:form>", search_feed, name="search_feed"),
    path("<edition:language>/latest/<feed:form>", latest_feed, name="latest_feed"),
    path("<edition:language>/section/<slug:slug>/<feed:form>", section_feed, name="section_feed"),
    path("<edition:language>/source/<slug:slug>/<feed:form>", source_feed, name="source_feed"),
    path("<edition:language>/corrections/", corrections, name="corrections"),
    path(ARCHIVE, archive, name="archive"),
    path(f"{ARCHIVE}<year:year>/", archive, name="archive"),
    path(f"{ARCHIVE}<year:year>/<two:month>/", archive, name="archive"),
    path(f"{ARCHIVE}<year:year>/<two:month>/<two:day>/", archive, name="archive"),
    path("<edition:language>/<int:pk>.txt", article_text, name="article_text"),
    path("<edition:language>/<int:pk>.json", article_json, name="article_json"),
    path("<edition:language>/<int:pk>/", article, {"slug": ""}, name="article"),
    path("<edition:language>/<int:pk>/<str:slug>/", article, name="article"),
    path("<path:path>", old_address, name="old_address"),
]
