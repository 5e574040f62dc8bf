"""Sitemaps: an index, a file for each month of each edition, their lists, and the last two days.

https://www.sitemaps.org/protocol.html, with the alternates of
https://developers.google.com/search/docs/specialty/international/localized-versions and the news of
https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap. Each edition's
files lie in its own folder, since a sitemap may name only what lies beside or below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from math import ceil
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from articles.caching import depends_on
from articles.models import Article, Author, Link, Notice, Poll, Section, Source
from articles.models.article import ArticleQuerySet
from articles.models.period import Period, Tally, tally, years_of
from articles.templating.article import updated
from articles.text.xml import valid
from articles.views.edition import Edition, open_edition, published_languages
from articles.views.facts import iso, published_time
from articles.views.frame import absolute, alternates, in_every_edition
from articles.views.live import live_paths
from articles.views.reading import read_only
from articles.views.sisters import live_of
from articles.views.speechless import speechless
from newsroom.routes import address_of

LARGEST = 5_000
"""Addresses in one file. The protocol allows 50,000 and 50 MB: Urdu addresses, each with those of
two sisters, come to a fifth of that."""
NEWS_HOURS, MOST_NEWS = 48, 1_000

URLSET = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
)
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'


@read_only
@speechless
@depends_on()
def robots(request: HttpRequest) -> HttpResponse:
    """Let everybody in but to the desk, to searches and to the switch of languages (RFC 9309)."""
    closed = ("/admin/", "/language/", "/*/search/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    text = "\n".join([*lines, "", f"Sitemap: {absolute(address_of('sitemap'))}", ""])
    return _cached(HttpResponse(text, content_type="text/plain; charset=utf-8"))


@read_only
@speechless
@depends_on()
def index(request: HttpRequest) -> HttpResponse:
    """Name every sitemap with the time at which something in it changed.

    Two queries, and four for each edition: its first and last article, its years, its months.
    """
    languages = published_languages()
    if not languages:
        raise Http404
    files = (line for language in languages for line in _files_of(language.code))
    return _document(INDEX, files, "</sitemapindex>")


@read_only
@depends_on()
def month(
    request: HttpRequest, language: str, year: int, month: int, part: int = 1
) -> HttpResponse:
    """Name the articles of a month, each with its sisters. Four queries, whatever its length.

    Raises Http404 for a month or a part that has none.
    """
    edition = open_edition(language)
    try:
        period = Period(year, month) if month else None
    except ValueError:
        period = None
    if period is None:
        raise Http404
    start = (part - 1) * LARGEST
    live = Article.objects.live().in_language(language).filter(period.holds)
    pks = live.order_by("published_at", "pk").values("pk")[start : start + LARGEST]
    lines = list(_articles(edition, pks))
    if not lines:
        raise Http404
    return _document(URLSET, lines, "</urlset>")


@read_only
@depends_on()
def lists(request: HttpRequest, language: str) -> HttpResponse:
    """Name an edition's front page, lists, polls, sections, authors and sources. Eight queries."""
    return _document(URLSET, _lists(open_edition(language)), "</urlset>")


@read_only
def news(request: HttpRequest, language: str) -> HttpResponse:
    """Name what an edition has published in the last 48 hours. Three queries."""
    edition = open_edition(language)
    since = timezone.now() - timedelta(hours=NEWS_HOURS)
    live = Article.objects.live().in_language(language).filter(published_at__gte=since)
    articles = edition.news(live).defer("body", "search_key").newest_first()[:MOST_NEWS]
    lines = (_news_item(edition, article) for article in articles)
    return _document(URLSET, lines, "</urlset>")


def _files_of(code: str) -> Iterator[str]:
    """The lines of the index for one edition, the newest month first."""
    live = Article.objects.live().in_language(code)
    years = [each.period for each in tally(live, years_of(live))]
    months = tally(live, [part for year in years for part in year.parts])
    newest = max((each.changed_at for each in months), default=None)
    for name in ("lists_sitemap", "news_sitemap"):
        yield _file(address_of(name, language=code), newest)
    for each in reversed(months):
        yield from _month_files(code, each)


def _month_files(code: str, month: Tally) -> Iterator[str]:
    year, number = month.period.year, month.period.month
    for part in range(1, ceil(month.number / LARGEST) + 1):
        later: dict[str, int] = {"part": part} if part > 1 else {}
        address = address_of("month_sitemap", language=code, year=year, month=number, **later)
        yield _file(address, month.changed_at)


def _articles(edition: Edition, pks: QuerySet[Any, Any]) -> Iterator[str]:
    """The entries of the articles ``pks`` with the live articles of the same stories, in one query.

    They come story by story, so that no more than one story is held at a time.
    """
    wanted = set(pks.values_list("pk", flat=True))
    stories = Article.objects.filter(pk__in=pks).values("story")
    for _story, group in groupby(live_of(edition, stories), lambda each: each.story):
        found = {article.language_id: article for article in group}
        own = found.get(edition.code)
        if own and own.pk in wanted:  # It may have been withdrawn since it was counted.
            paths = {code: article.get_absolute_url() for code, article in found.items()}
            changed = updated(own) or own.published_at
            yield _url(edition, paths, changed)


def _lists(edition: Edition) -> Iterator[str]:
    live = Article.objects.live().in_language(edition.code)
    newest = live.order_by("-published_at").values_list("published_at", flat=True).first()
    yield _url(edition, in_every_edition(edition, "front"), newest, default=address_of("root"))
    for name in ("latest", "archive"):
        yield _url(edition, in_every_edition(edition, name), newest)
    corrected = Notice.objects.listed_in(edition.code).newest_first()
    last = corrected.values_list("made_at", flat=True).first()
    yield _url(edition, in_every_edition(edition, "corrections"), last)
    yield _url(edition, in_every_edition(edition, "contact"), None)
    yield from _polls(edition)
    if edition.language.has_live:
        yield _url(edition, live_paths(edition), None)
    sections = Section.objects.filter(language=edition.code).annotate(new=_newest(live, "section"))
    is_filled = Q(new__isnull=False) | Exists(Link.objects.filter(section=OuterRef("pk")))
    for slug, moment in sections.filter(is_filled).values_list("slug", "new"):
        yield _url(edition, edition.section_paths(slug), moment)
    yield from _authors(edition)
    marks = {
        f"in_{number}": _newest(Article.objects.live().in_language(language.code), "source")
        for number, language in enumerate(edition.languages)
    }
    for source in Source.objects.only("slug").annotate(**marks).order_by("slug"):
        times = {
            language.code: moment
            for number, language in enumerate(edition.languages)
            if (moment := getattr(source, f"in_{number}"))
        }
        if edition.code in times:
            paths = {code: address_of("source", language=code, slug=source.slug) for code in times}
            yield _url(edition, paths, times[edition.code])


def _polls(edition: Edition) -> Iterator[str]:
    """The entries of the list of polls, and of each that has begun in the edition. One query."""
    codes = [language.code for language in edition.languages]
    begun = Poll.objects.begun().filter(language__in=codes).order_by("slug")
    same = [list(rows) for _slug, rows in groupby(begun, lambda each: each.slug)]
    found = [rows for rows in same if any(each.language_id == edition.code for each in rows)]
    last = max((rows[0].opens_at for rows in found), default=None)
    yield _url(edition, in_every_edition(edition, "polls"), last)
    for rows in found:
        paths = {each.language_id: each.get_absolute_url() for each in rows}
        yield _url(edition, paths, rows[0].opens_at)


def _authors(edition: Edition) -> Iterator[str]:
    """The pages of the authors that have articles, in one query for all editions."""
    live = Article.objects.live().filter(language=OuterRef("language"))
    codes = [language.code for language in edition.languages]
    rows = Author.objects.filter(language__in=codes).annotate(new=_newest(live, "author"))
    found: dict[str, dict[str, Author]] = {}
    for author in rows.exclude(new=None).defer("about").order_by("slug"):
        found.setdefault(author.slug, {})[author.language_id] = author
    for own in found.values():
        if edition.code in own:
            paths = {code: author.get_absolute_url() for code, author in own.items()}
            yield _url(edition, paths, own[edition.code].new)  # type: ignore[attr-defined]


def _newest(live: ArticleQuerySet, name: str) -> Subquery:
    mine = live.filter(**{name: OuterRef("pk")})
    return Subquery(mine.order_by("-published_at").values("published_at")[:1])


def _url(
    edition: Edition, paths: Mapping[str, str], changed: datetime | None, *, default: str = ""
) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(each.hreflang)}'
        f" href={quoteattr(each.address)}/>"
        for each in alternates(edition.languages, paths, default)
    )
    address = escape(absolute(paths[edition.code]))
    return f"<url><loc>{address}</loc>{_lastmod(changed)}{links}</url>"


def _news_item(edition: Edition, article: Article) -> str:
    publisher = escape(valid(edition.language.site_title))
    title = escape(valid(edition.plain(article.headline, article.language_id)))
    return (
        f"<url><loc>{escape(absolute(article.get_absolute_url()))}</loc>"
        f"<news:news><news:publication><news:name>{publisher}</news:name>"
        f"<news:language>{escape(edition.code)}</news:language></news:publication>"
        f"<news:publication_date>{published_time(article)}</news:publication_date>"
        f"<news:title>{title}</news:title></news:news></url>"
    )


def _file(path: str, changed: datetime | None) -> str:
    return f"<sitemap><loc>{escape(absolute(path))}</loc>{_lastmod(changed)}</sitemap>"


def _lastmod(moment: datetime | None) -> str:
    return f"<lastmod>{iso(moment)}</lastmod>" if moment else ""


def _document(root: str, lines: Iterable[str], end: str) -> HttpResponse:
    text = "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', root, *lines, end, ""])
    return _cached(HttpResponse(text, content_type="application/xml; charset=utf-8"))


def _cached(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
