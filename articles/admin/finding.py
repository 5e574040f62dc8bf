"""Searching the desk's lists through indexes: articles by their words, whatever their state, and
captures and old addresses by what they begin with.
"""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest

from articles.admin.filters import EDITION
from articles.loader.fields import key_of_page
from articles.models import Article, Capture
from articles.models.article import ArticleQuerySet
from articles.models.beginning import begins
from articles.models.place import LARGEST_PK
from articles.search import MOST, DeskScope, find_at_desk


def matching(articles: ArticleQuerySet, words: str, scope: DeskScope) -> ArticleQuerySet:
    """Those of ``articles`` that hold ``words``; all of them for words without a letter."""
    numbers = find_at_desk(words, scope)
    return articles if numbers is None else articles.filter(pk__in=numbers)


def scope_of(request: HttpRequest, articles: ArticleQuerySet) -> DeskScope:
    """What the address of the list narrows it to, as far as the index knows it."""
    language, status = request.GET.get(EDITION), request.GET.get("status__exact")
    return DeskScope(
        articles,
        language=language if language in dict(settings.LANGUAGES) else None,
        status=status if status in Article.Status.values else None,
        section=_key(request.GET.get("section__id__exact")),
        source=_key(request.GET.get("source__id__exact")),
    )


def _key(text: str | None) -> int | None:
    number = int(text) if text and text.isascii() and text.isdigit() else 0
    return number if 0 < number <= LARGEST_PK else None


def captures_named(text: str) -> Q:
    """The condition for captures whose file name or digest begins with ``text``, and for those of
    the page at that address; of many, for some.
    """
    page = Q(page=key_of_page(text)) & ~Q(page="")  # As the index says, which holds no other.
    named = begins("filename", text) | begins("sha256", text.lower()) | page
    found = Capture.objects.filter(named).order_by().values_list("pk", flat=True)
    return Q(pk__in=list(found[:MOST]))


def old_addresses(text: str) -> Q:
    """The condition for old addresses that begin with ``text``, a path or all of an address."""
    _scheme, is_whole, rest = text.partition("://")
    path = rest.partition("/")[2] if is_whole else text
    return begins("path", f"/{path.lstrip('/')}")
