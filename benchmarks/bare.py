"""The floor of a page that is made: one article read and printed, with nothing around the view."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

PAGE = """<!doctype html><html lang="{{ article.language_id }}">
<title>{{ article.headline }}</title><h1>{{ article.headline }}</h1>
<p>{{ article.byline }} {{ article.source.name }}
{{ article.published_at }}</p>{{ article.body|safe }}</html>"""


def article(request: HttpRequest, language: str, pk: int, slug: str) -> HttpResponse:
    """Read one article with its source, and print it."""
    from articles.models import Article  # There only when Django is ready.

    found = Article.objects.live().select_related("source", "language").get(pk=pk)
    return HttpResponse(_template().render({"article": found}, request))


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@cache
def _template() -> Any:
    return engines["django"].from_string(PAGE)


urlpatterns = [path("healthz", healthz), path("<str:language>/<int:pk>/<str:slug>/", article)]
settings.MIDDLEWARE, settings.ROOT_URLCONF = [], __name__
application = get_wsgi_application()
