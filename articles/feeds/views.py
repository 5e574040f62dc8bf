"""The feeds of an edition's lists: the latest, a section's, a source's, and those of a search."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.caching import depends_on
from articles.feeds.answering import ACCEPT, syndicate
from articles.feeds.channel import Channel
from articles.filters import SearchFilter
from articles.models import Article
from articles.search import find
from articles.text.bidi import isolate
from articles.views.author import author_in
from articles.views.edition import open_edition
from articles.views.frame import in_every_edition
from articles.views.listing import source_in
from articles.views.reading import read_only
from articles.views.search import read_question
from newsroom.routes import address_of


@read_only
@depends_on(headers=ACCEPT)
def latest_feed(request: HttpRequest, language: str, form: str) -> HttpResponse:
    """Tell the newest articles of an edition. Eight queries."""
    edition = open_edition(language)
    channel = Channel(edition, _("Latest"), in_every_edition(edition, "latest"))
    articles = edition.news(Article.objects.live().in_language(language))
    return syndicate(request, form, channel, articles)


@read_only
@depends_on(headers=ACCEPT)
def section_feed(request: HttpRequest, language: str, slug: str, form: str) -> HttpResponse:
    """Tell the newest articles of a section. Eight queries."""
    edition = open_edition(language)
    section = edition.section(slug)
    title = edition.plain(section.title, language)
    channel = Channel(edition, title, edition.section_paths(slug))
    articles = Article.objects.live().in_language(language).filter(section=section)
    return syndicate(request, form, channel, articles)


@read_only
@depends_on(headers=ACCEPT)
def source_feed(request: HttpRequest, language: str, slug: str, form: str) -> HttpResponse:
    """Tell the newest articles from a source. Nine queries."""
    edition = open_edition(language)
    source, paths = source_in(edition, slug)
    here = address_of("source", language=language, slug=slug)
    paths = {language: here, **paths}  # Empty here, it is a feed that something may come to.
    channel = Channel(edition, edition.plain(source.name, source.language_id), paths)
    articles = Article.objects.live().in_language(language).filter(source=source)
    return syndicate(request, form, channel, articles)


@read_only
@depends_on(headers=ACCEPT)
def author_feed(request: HttpRequest, language: str, slug: str, form: str) -> HttpResponse:
    """Tell the newest articles of an author. Nine queries."""
    edition = open_edition(language)
    author, paths = author_in(edition, slug)
    channel = Channel(edition, edition.plain(author.name, language), paths)
    articles = Article.objects.live().in_language(language).filter(author=author)
    return syndicate(request, form, channel, articles)


@read_only
@depends_on(*SearchFilter.base_filters, headers=ACCEPT)
def search_feed(request: HttpRequest, language: str, form: str) -> HttpResponse:
    """Tell the newest articles that hold the words of ``?q=``, narrowed as on the search page.

    Twelve queries at most. Raises Http404 for a search that asks for nothing.
    """
    edition = open_edition(language)
    _filters, asked = read_question(request, edition)
    if asked is None:
        raise Http404
    found = find(asked.query, asked.scope)
    numbers = [] if found.is_close else found.numbers  # What is close now may be far tomorrow.
    title = _("Search: %(words)s") % {"words": isolate(asked.kept["q"])}
    query = f"?{urlencode(asked.kept)}"
    channel = Channel(edition, title, in_every_edition(edition, "search"), query)
    return syndicate(request, form, channel, asked.scope.articles.filter(pk__in=numbers))
