"""The page that readers would get of an article as it is being written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from articles.models import Article, Capture
from articles.models.notice import notices_beside_text
from articles.models.placed import as_figures
from articles.views.article import story_of
from articles.views.edition import Edition, published_languages
from articles.views.figures import Gallery, gallery_of
from articles.views.frame import Frame, show
from articles.views.recordings import recordings_of
from newsroom.policy import CSP, hosts_of, policy


def has_page(article: Article) -> bool:
    """Whether the site has an edition for the article's language, published or not."""
    return article.language_id in dict(settings.LANGUAGES)


def show_unsaved(
    request: HttpRequest,
    article: Article,
    *,
    template: str = "articles/preview.html",
    told: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show ``article`` as its instance is, stored or not, in the readers' template and language.

    Nothing is written. No cache may keep the page, no search engine list it, and no other site
    frame it. ``article`` is one that ``has_page``; ``told`` is what ``template`` tells beside it.
    """
    edition = edition_of(article)
    if article.pk:
        prefetch_related_objects([article], notices_beside_text(), evidence())
    figures = as_figures(article)
    context = {
        **story_of(article, live_sisters(edition, article)),
        "gallery": gallery_of(request, article, figures) if figures else Gallery([]),
        "recordings": recordings_of(request, article) if article.pk else [],
        **(told or {}),
    }
    frame = Frame(edition, title=edition.plain(article.headline, edition.code), is_indexed=False)
    with translation.override(article.language_id):
        response = show(request, template, frame, context)
    response.headers["Content-Language"] = article.language_id
    response.headers[CSP] = previews_policy()
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    return response


def previews_policy(players: Iterable[str] = (), ancestors: str = "'self'") -> str:
    """Return what a preview may do: run nothing, send nothing, stand in no frame but the desk's."""
    nothing = dict.fromkeys(("script_src", "connect_src", "form_action"), "'none'")
    return policy(hosts_of(players), frame_ancestors=ancestors, **nothing)


def evidence() -> Prefetch[Any]:
    """With it, an article's capture comes without what no page prints: its bytes and its report."""
    return Prefetch("capture", Capture.objects.select_related("source").defer("raw", "report"))


def edition_of(article: Article) -> Edition:
    """Return the edition of the article's language, which may not be published yet."""
    languages = published_languages()
    known = (each for each in languages if each.code == article.language_id)
    return Edition(next(known, article.language), languages)


def live_sisters(edition: Edition, article: Article) -> list[Article]:
    """Return the live articles of the same story in other languages."""
    codes = [language.code for language in edition.languages]
    live = Article.objects.live().filter(story=article.story, language__in=codes)
    others = live.exclude(language=article.language_id).select_related("language")
    return list(others.defer("body", "search_key").order_by("language__position", "language"))
