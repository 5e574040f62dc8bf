"""What a browser needs to keep the site on a reader's device: all of it optional for a page."""

from __future__ import annotations

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from articles.caching import depends_on
from articles.views.edition import open_edition
from articles.views.frame import Frame, show
from articles.views.lite import page_depends_on
from articles.views.moved import asked_anew
from articles.views.reading import read_only
from articles.views.speechless import speechless
from newsroom.routes import address_of

WORKER = settings.BASE_DIR / "static" / "offline" / "worker.js"
DAY = 24 * 60 * 60
PAPER = "#faf7f0"
ICON_SIZES = (192, 512)


@read_only
@speechless
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the service worker from the top of the site, whose pages it may then answer for.

    A worker rules what lies beside or below its address (https://www.w3.org/TR/service-workers/),
    which rules out the folder of static files. Browsers ask anew, so that a fault can be mended.
    """
    script = WORKER.read_bytes()
    return asked_anew(HttpResponse(script, content_type="text/javascript; charset=utf-8"))


@read_only
@page_depends_on()
def offline(request: HttpRequest, language: str) -> HttpResponse:
    """Show what a reader without a connection sees where a page is not kept. Three queries.

    It is kept for long, so it names no day.
    """
    frame = Frame(open_edition(language), title=_("You are offline"), is_indexed=False, today=None)
    response = show(request, "errors/offline.html", frame)
    response.headers["Cache-Control"] = f"public, max-age={DAY}"
    return response


@read_only
@depends_on()
def manifest(request: HttpRequest, language: str) -> HttpResponse:
    """Describe an edition as an app that can be installed (https://www.w3.org/TR/appmanifest/)."""
    edition = open_edition(language)
    front = address_of("front", language=language)
    told = {
        "id": front,
        "name": edition.language.site_title,
        "short_name": edition.language.site_title,
        "description": edition.language.tagline,
        "lang": language,
        "dir": edition.language.direction,
        "start_url": front,
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": _icons(),
    }
    response = JsonResponse(told, content_type="application/manifest+json")
    response.headers["Cache-Control"] = f"public, max-age={DAY}"
    return response


def _icons() -> list[dict[str, str]]:
    mark = {"src": staticfiles_storage.url("images/mark.svg"), "type": "image/svg+xml"}
    drawn = [
        {
            "src": staticfiles_storage.url(f"images/mark-{size}.png"),
            "type": "image/png",
            "sizes": f"{size}x{size}",
        }
        for size in ICON_SIZES
    ]
    return [{**mark, "sizes": "any"}, *drawn]
