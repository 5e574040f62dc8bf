"""The search page: an edition's articles that hold a reader's words, and where to look instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import pgettext

from articles.filters import SearchFilter
from articles.models import Article, Language, Source
from articles.search import COUNTED, Found, Query, count, find
from articles.text.hits import Sought, Span, snippet, spans
from articles.text.html import to_text
from articles.views.edition import Edition, open_edition
from articles.views.frame import Frame, in_every_edition, show
from articles.views.listing import sources_in
from articles.views.lite import page_depends_on
from articles.views.moved import send_on
from articles.views.paging import Page
from articles.views.reading import read_only
from articles.views.results import SHOWN_OF_BODY, Asked, Start, page_of_results
from newsroom.routes import address_of

KEPT_ELSEWHERE = ("q", "since", "until")
"""What another edition is asked, too. Sections and sources are an edition's own."""


class Hit(NamedTuple):
    """An article with the places of its hits: in the headline, and in a part of its text."""

    article: Article
    headline_spans: list[Span]
    text: str
    text_spans: list[Span]


class Elsewhere(NamedTuple):
    """How many articles another edition has; more than ``COUNTED`` are not counted."""

    language: Language
    counted: int
    href: str


@read_only
@page_depends_on(*SearchFilter.base_filters, "at", "skip")
def search(request: HttpRequest, language: str) -> HttpResponse:
    """Show the articles that hold the words of ``?q=``, narrowed by ``SearchFilter``.

    Seven queries: the languages, their sections and contacts, the sources, the index (on PostgreSQL
    up to three times), the texts that are ranked and the page's articles. Two more on a page that
    begins a later window of hits; and when the edition has none, two for each way to look more
    closely and one for each other edition.
    """
    edition = open_edition(language)
    start = Start.read(request)
    filters, asked = read_question(request, edition)
    context: dict[str, Any] = {"filters": filters, "query": Query(), "page": Page([])}
    if asked:
        found = find(asked.query, asked.scope, start.place)
        if start.place and not found.numbers:
            return send_on(request, f"{request.path}?{urlencode(asked.kept)}")
        context |= {"query": asked.query, **_results(edition, found, start, asked)}
    path = address_of("search", language=language)
    frame = Frame(
        edition,
        title=pgettext("the page", "Search"),
        path=path,
        query=context["page"].query,
        kept=asked.kept if asked else {},
        paths=_everywhere(edition, asked),
        is_indexed=False,
        feed_of=path if asked else "",
        feed_query=f"?{urlencode(asked.kept)}" if asked else "",
    )
    return show(request, "articles/search.html", frame, context)


def read_question(request: HttpRequest, edition: Edition) -> tuple[SearchFilter, Asked | None]:
    """Return the form that was sent, and what it asks; None where it holds no word or a fault."""
    sources = {each.slug: each for each in sources_in(edition)}
    filters = _filters(request, edition, sources)
    query = Query.read(filters.words, edition.code)
    if not query:
        return filters, None
    scope = filters.scope(
        edition.code,
        {each.slug: each.pk for each in edition.sections},
        {slug: each.pk for slug, each in sources.items()},
        timezone.now(),
    )
    return filters, Asked(query, scope, filters.kept)


def _everywhere(edition: Edition, asked: Asked | None) -> dict[str, str]:
    """The addresses of the search in every edition, asking the same where it can be asked."""
    kept = {name: asked.kept[name] for name in KEPT_ELSEWHERE if asked and name in asked.kept}
    query = f"?{urlencode(kept)}" if kept else ""
    return {code: path + query for code, path in in_every_edition(edition, "search").items()}


def _filters(request: HttpRequest, edition: Edition, sources: Mapping[str, Source]) -> SearchFilter:
    code, plain = edition.code, edition.plain
    return SearchFilter(
        request.GET,
        Article.objects.none(),
        sections=[(each.slug, plain(each.title, code)) for each in edition.sections],
        sources=[(slug, plain(each.name, each.language_id)) for slug, each in sources.items()],
        spoken={slug: each.language_id for slug, each in sources.items()},
    )


def _results(edition: Edition, found: Found, start: Start, asked: Asked) -> dict[str, Any]:
    is_found = bool(found.numbers) and not found.is_close
    page = page_of_results(found, start, asked)
    return {
        "found": found,
        "most_counted": COUNTED,
        "page": page,
        "hits": [_hit(article, found.sought) for article in page.articles],
        "elsewhere": [] if is_found else list(_elsewhere(edition, asked)),
    }


def _hit(article: Article, sought: Sought) -> Hit:
    text = " ".join(to_text(_whole_tags(article.text)).split())  # type: ignore[attr-defined]
    return Hit(article, list(spans(article.headline, sought)), *snippet(text, sought))


def _whole_tags(html: str) -> str:
    """HTML that was cut at a length, without the tag that may be cut in two at its end."""
    return html.rpartition("<")[0] if len(html) == SHOWN_OF_BODY else html


def _elsewhere(edition: Edition, asked: Asked) -> Iterator[Elsewhere]:
    """The other editions that have articles with these words, whatever the section or source."""
    for language in edition.languages:
        if language.code == edition.code:
            continue
        scope = replace(asked.scope, language=language.code, section=None, source=None)
        if number := count(asked.query, scope):
            yield Elsewhere(language, number, _everywhere(edition, asked)[language.code])
