"""Views that take forms of readers, who have no account, no session and no proof to give."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.actions.limits import POSTS, Limit, is_in_time
from articles.views.errors import BAD_REQUEST, NOT_OURS, TOO_LARGE, TOO_MANY, refuse
from articles.views.origin import is_from_here
from newsroom.address import client_address

FORM = "application/x-www-form-urlencoded"
"""How our forms are sent; none of them takes files, which would be written to the disk."""


def takes_posts(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view answer GET and HEAD, and of what is posted what a page of ours sent.

    A flood is answered without a query. In place of Django's proof (a cookie and a token, which no
    page for all readers can hold) stands what browsers say of where a form comes from.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refusal = _refusal_of(request) if request.method == "POST" else None
        return view(request, *args, **kwargs) if refusal is None else refusal

    return guarded


def is_within(limit: Limit, request: HttpRequest) -> bool:
    """Count one more time for the address of who asks; whether that is within the limit."""
    return is_in_time(limit, client_address(request) or "")


def waiting(response: HttpResponse, limit: Limit) -> HttpResponse:
    """Mark an answer as given to somebody who sent too much (RFC 6585, section 4)."""
    response.status_code = 429
    response.headers["Retry-After"] = str(limit.seconds)
    return response


def _refusal_of(request: HttpRequest) -> HttpResponse | None:
    if not is_from_here(request):
        return refuse(request, NOT_OURS)
    if not is_within(POSTS, request):
        return waiting(refuse(request, TOO_MANY), POSTS)
    if request.content_type not in {FORM, ""}:  # A form without a field has none.
        return refuse(request, BAD_REQUEST)
    try:
        request.POST  # noqa: B018  Reads it.
    except RequestDataTooBig:
        return refuse(request, TOO_LARGE)
    return None
