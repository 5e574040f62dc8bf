"""Answers that hold for now: where a page is instead, and that it is gone."""

from __future__ import annotations

from typing import TypeVar

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    QueryDict,
)

from articles.views.lite import NAME, asked_in, carry

Answer = TypeVar("Answer", bound=HttpResponse)


def asked_anew(response: Answer) -> Answer:
    """Return the answer, which caches may keep but must ask us about before they give it again.

    Without a word they may keep a 301 or a 410 for ever (RFC 9111, 4.2.2). But a headline may be
    changed back, and two remembered redirects then lead round and round; an article may return.
    """
    response.headers["Cache-Control"] = "no-cache"
    return response


def send_on(request: HttpRequest, address: str, *, for_good: bool = False) -> HttpResponse:
    """Redirect to an address of ours, which stays lite for a reader who asked for that.

    The address may hold the request's own query already. ``for_good`` tells search engines to
    forget the old address (301); browsers ask anew all the same.
    """
    if NAME not in QueryDict(address.partition("#")[0].partition("?")[2]):
        address = carry(address, asked_in(request))
    if for_good:
        return asked_anew(HttpResponsePermanentRedirect(address))
    return HttpResponseRedirect(address)
