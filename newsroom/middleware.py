"""What holds for every request: its language, the proof that a form is ours, a bodiless HEAD."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from newsroom.routes import address_of


class EditionMiddleware(LocaleMiddleware):
    """Activate the language of ``/<language>/…``; elsewhere the cookie's, then Accept-Language's.

    Django's own ``i18n_patterns`` ties every address to the active language. Here one page links to
    several languages, so views and ``get_absolute_url`` name the language, and a page whose address
    says its language does not vary by header: caches may keep one copy for everybody.
    """

    def process_request(self, request: HttpRequest) -> None:
        language = language_in_path(request.path_info)
        if language is None:
            super().process_request(request)
            return
        translation.activate(language)
        request.LANGUAGE_CODE = language

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        language = language_in_path(request.path_info)
        if language is None and getattr(response, "is_speechless", False):
            return response
        if language is None:
            patch_vary_headers(response, ("Cookie",))  # The cookie says a language chosen before.
            return super().process_response(request, response)
        response.headers.setdefault("Content-Language", language)
        return response


class DeskSessionMiddleware(SessionMiddleware):
    """Keep sessions at the desk only: readers have none, and no page of theirs mends a cookie.

    Django's own takes a cookie back that is too short for a session, whatever the page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return super().process_response(request, response) if _is_desk(request) else response


class DeskCsrfMiddleware(CsrfViewMiddleware):
    """Ask for Django's proof that a form is ours (a cookie and a token), but not of who reads.

    A GET elsewhere than at the desk neither reads the cookie nor mends a broken one: caches may
    keep one page for all readers. Whatever would change something proves itself everywhere.
    """

    def process_request(self, request: HttpRequest) -> None:
        if not _only_reads(request):
            super().process_request(request)

    def process_view(
        self,
        request: HttpRequest,
        callback: Callable[..., HttpResponseBase],
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponseForbidden | None:
        if _only_reads(request):
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)


def _only_reads(request: HttpRequest) -> bool:
    return request.method in {"GET", "HEAD"} and not _is_desk(request)


def _is_desk(request: HttpRequest) -> bool:
    return request.path.startswith(address_of("admin:index"))


class TextGZipMiddleware(GZipMiddleware):
    """Compress what is sent but pictures and recordings, which are: a second time gains nothing.

    And a part of a file (RFC 9110, section 14) would not be that part any more.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith(("image/", "audio/", "video/")):
            return response
        return super().process_response(request, response)


class BodilessHeadMiddleware:
    """Answer HEAD with the headers of GET and no body, as RFC 9110 section 9.3.2 wants it.

    Django leaves that to the server, and gunicorn writes a warning for each such answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response


def language_in_path(path: str) -> str | None:
    """Return the BCP 47 code that ``path`` begins with, or None when it is none of ours."""
    first = path.removeprefix("/").partition("/")[0]
    return first if first in dict(settings.LANGUAGES) else None
