"""The site's own addresses, and two at which a fault of ours can be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.test import RequestFactory
from django.urls import path

from articles.views.errors import server_error
from newsroom import urls

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

handler400, handler404, handler500 = urls.handler400, urls.handler404, urls.handler500


def fault(request: HttpRequest, code: str) -> HttpResponse:
    """Answer as when a view has failed."""
    return server_error(request)


def unknown_fault(request: HttpRequest, code: str) -> HttpResponse:
    """Answer as when a request failed before its language was known."""
    return server_error(RequestFactory().get("/"))


urlpatterns = [
    path("<str:code>/fault/", fault),
    path("<str:code>/fault/every/", unknown_fault),
    *urls.urlpatterns,
]
