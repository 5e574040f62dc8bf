"""Which edition a reader is shown first, and how they choose another."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation.trans_real import parse_accept_lang_header

from articles.models import Language
from articles.views.lite import asked_in, carry
from articles.views.moved import send_on
from articles.views.reading import read_only
from newsroom.routes import address_of

LONGEST_ADDRESS = 2000


@read_only
def root(request: HttpRequest) -> HttpResponse:
    """Send a reader to the edition they chose, or else the first that their browser asks for."""
    codes = list(Language.objects.published().values_list("code", flat=True))
    if not codes:
        raise Http404
    response = send_on(request, address_of("front", language=preferred(request, codes)))
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@read_only
def choose_language(request: HttpRequest, language: str) -> HttpResponse:
    """Remember a language in a cookie and go to ``next`` on this site, or else to the edition.

    The desk uses it too, so the language need not be one that readers see yet.
    """
    address = _next_address(request) or address_of("front", language=language)
    response = HttpResponseRedirect(carry(address, asked_in(request)))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,  # type: ignore[arg-type]  # Any str to mypy.
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def preferred(request: HttpRequest, codes: list[str]) -> str:
    """Return the one of ``codes`` (never empty) that suits the reader.

    The order is the cookie, Accept-Language by its weights (RFC 9110, with lookup by prefix as in
    RFC 4647), the site's own language, the first. A language of weight 0 is refused (RFC 9110,
    12.4.2) and comes last.
    """
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in codes:
        return str(chosen)
    wishes = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    for wanted in (wanted.lower() for wanted, weight in wishes if weight):
        for code in codes:
            if f"{wanted}-".startswith(f"{code.lower()}-"):
                return code
    refused = {wanted.lower() for wanted, weight in wishes if not weight}
    left = [code for code in codes if code.lower() not in refused] or codes
    return settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in left else left[0]


def _next_address(request: HttpRequest) -> str:
    """Return where the reader was, or an empty string unless it lies on this very host."""
    address = request.GET.get("next", "")
    is_ours = len(address) <= LONGEST_ADDRESS and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else ""
