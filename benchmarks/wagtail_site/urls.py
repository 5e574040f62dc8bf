"""Wagtail's own view for every address, and one that says that the server is there."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail import urls


def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this answers."""
    return HttpResponse("ok")


urlpatterns = [path("healthz", healthz), *i18n_patterns(path("", include(urls)))]
