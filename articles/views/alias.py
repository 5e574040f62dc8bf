"""Addresses that no other view knows: an older site's, and ours without the last slash."""

from __future__ import annotations

from urllib.parse import unquote_plus

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone
from django.utils.http import escape_leading_slashes

from articles.models import Alias, Article, Language
from articles.views.article import address_for, live_article, was_public
from articles.views.article import article as article_page
from articles.views.moved import send_on
from articles.views.reading import read_only

LONGEST_PATH = Alias._meta.get_field("path").max_length


@read_only
def old_address(request: HttpRequest, path: str) -> HttpResponse:
    """Send readers on from an old address for good. Raises Http404 for an unknown one."""
    known = _match(f"{request.path_info}/")
    if known is not None:
        return send_on(request, _whole_address(request, known), for_good=True)
    alias = _alias_of(request)
    if alias is None or not _may_be_named(alias.article):
        raise Http404
    return send_on(request, alias.article.get_absolute_url(), for_good=True)


def _may_be_named(article: Article) -> bool:
    """Whether the article's own address answers anything but 404."""
    now = timezone.now()
    return article.is_live(now) or was_public(article, now)


def _match(path: str) -> ResolverMatch | None:
    """Return the view of a path, unless it is this one, which takes every other path."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return None if match.func is old_address else match


def _whole_address(request: HttpRequest, match: ResolverMatch) -> str:
    """Return the right address of a path without its last slash: an article's own, in one step."""
    if match.func is article_page and (article := live_article(match.kwargs["pk"])):
        return address_for(request, article)
    return escape_leading_slashes(request.get_full_path(force_append_slash=True))


def _alias_of(request: HttpRequest) -> Alias | None:
    """Find an old path of an edition that readers see, as it was stored.

    The longest comes first: some sites had a number after ``?``.
    """
    path = request.path_info
    query = request.META.get("QUERY_STRING", "")
    forms = [f"{path}?{query}", f"{path}?{unquote_plus(query)}", path, path.rstrip("/")]
    wanted = {form for form in forms if len(form) <= (LONGEST_PATH or 0) and "\0" not in form}
    readable = Alias.objects.filter(article__language__in=Language.objects.published())
    known = readable.select_related("article").defer("article__body", "article__search_key")
    return max(known.filter(path__in=wanted), key=lambda alias: len(alias.path), default=None)
