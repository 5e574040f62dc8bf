"""The page of an article that is not public yet, for whoever was given the address of a preview."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from articles.actions.sharing import shared_preview
from articles.views.moved import send_on
from articles.views.preview import has_page, previews_policy, show_unsaved
from articles.views.reading import read_only
from newsroom.policy import CSP


@read_only
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show the article that ``token`` opens, or lead to its page once readers see it.

    Raises Http404 for an address that was never made, and the same for one that has ended. No cache
    keeps the page, no search engine lists it, and no site that it links to learns its address.
    """
    found = shared_preview(token, timezone.now())
    if found is None or not has_page(found.article):
        raise Http404
    article = found.article
    if article.is_live():
        return send_on(request, article.get_absolute_url())
    told = {"until": found.until}
    response = show_unsaved(request, article, template="articles/shared.html", told=told)
    players = [each.embed.player for each in article.recordings.all() if each.embed]
    response.headers[CSP] = previews_policy(players, ancestors="'none'")
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
