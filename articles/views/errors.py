"""Pages for what is not there and for what went wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template import loader
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Notice
from articles.views.edition import Edition, open_any_edition
from articles.views.frame import Frame, show
from articles.views.kept import kept_form
from articles.views.moved import asked_anew
from newsroom.middleware import language_in_path
from newsroom.storage import StorageAway


class Fault(NamedTuple):
    """What a page says that asks the database nothing, in the language of whoever reads it."""

    status: int
    title: Promise
    advice: Promise
    has_front: bool = True


BAD_REQUEST = Fault(
    400,
    gettext_lazy("This request could not be understood"),
    gettext_lazy("Something in the address or in what was sent is not in order. Please go back."),
)
NOT_ALLOWED = BAD_REQUEST._replace(status=405)
NO_PROOF = Fault(
    403,
    gettext_lazy("The form was not accepted"),
    gettext_lazy(
        "It may have stood open for too long, or your browser keeps no cookies for this site. "
        "Go back, load the page again and send the form once more."
    ),
)
NOT_OURS = Fault(
    403,
    gettext_lazy("The form was not accepted"),
    gettext_lazy("It did not come from a page of this site. Open the page here and send it again."),
)
TOO_LARGE = Fault(
    413,
    gettext_lazy("This is too long to be sent"),
    gettext_lazy("Please go back and shorten it: what you wrote is still there."),
)
IN_PARTS = TOO_LARGE._replace(
    advice=gettext_lazy(
        "Please go back and save it in parts: what you wrote is still there, and nothing of it is "
        "saved yet."
    )
)
TOO_MANY = Fault(
    429,
    gettext_lazy("Too much was sent from your connection"),
    gettext_lazy(
        "Please wait ten minutes. Then go back and send the form again: what you wrote is still "
        "there."
    ),
)
NO_EDITION = Fault(
    404,
    gettext_lazy("This page does not exist"),
    gettext_lazy("No edition is published yet."),
    has_front=False,
)
OUR_FAULT = Fault(
    500,
    gettext_lazy("Something went wrong"),
    gettext_lazy("The fault is ours, not yours. Please try again in a few minutes."),
)
AWAY = Fault(
    503,
    gettext_lazy("The site cannot answer just now"),
    gettext_lazy(
        "Please try again in a few seconds. If you were writing, go back: what you wrote is still "
        "there."
    ),
)
RETRY_SECONDS = 5


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that nothing is at this address, without a word that depends on the address itself."""
    try:
        edition = open_any_edition(translation.get_language() or settings.LANGUAGE_CODE)
    except Http404:
        return _show_bare(NO_EDITION, _every_language())
    with translation.override(edition.code):
        frame = Frame(edition, title=_("This page does not exist"), is_indexed=False)
        response = show(request, "errors/not_found.html", frame, status=404)
    # The address may name an edition that readers do not see yet; the page does not speak it.
    response.headers["Content-Language"] = edition.code
    return response


def gone(
    request: HttpRequest, edition: Edition, notice: Notice | None, siblings: Sequence[Article]
) -> HttpResponse:
    """Say that an article was withdrawn, and why where ``notice`` tells: it will not be found
    elsewhere, but the story may be in other languages, of which ``siblings`` are the live articles.
    """
    frame = Frame(edition, title=_("This article was withdrawn"), is_indexed=False)
    context = {
        "notice": notice,
        "language": notice and edition.language_of(notice.article),
        "siblings": siblings,
    }
    return asked_anew(show(request, "errors/gone.html", frame, context, status=410))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that a request could not be understood, or that it was too long. No query."""
    fault = IN_PARTS if isinstance(exception, RequestDataTooBig) else BAD_REQUEST
    return _show_bare(fault, _languages_of(request))


def refuse(request: HttpRequest, fault: Fault) -> HttpResponse:
    """Say why a form of a reader's is not so much as read. No query."""
    return _show_bare(fault, _languages_of(request))


def tell_refusals(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., Any]:
    """Return a middleware that says in words what a view refuses by 405 alone. No query."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != NOT_ALLOWED.status or response.content:
            return response
        page = _show_bare(NOT_ALLOWED, _languages_of(request))
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was not accepted, as nothing proves that it was ours. No query.

    ``reason`` is Django's own English, which goes into the log. An article that was typed is kept.
    """
    return kept_form(request) or _show_bare(NO_PROOF, _languages_of(request))


def server_error(request: HttpRequest) -> HttpResponse:
    """Apologise for a fault of ours, or for a database or storage that is away. No query.

    Django calls this while it handles the error, so that it can be asked for here. Who is told 503
    and when to come back (RFC 9110, section 15.6.4) does so: browsers, caches and search engines.
    """
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError | StorageAway):
        return _show_bare(OUR_FAULT, _languages_of(request))
    response = _show_bare(AWAY, _languages_of(request))
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _languages_of(request: HttpRequest) -> list[str]:
    """The reader's language, or all of them when a request failed before it was known."""
    known = language_in_path(request.path_info) or getattr(request, "LANGUAGE_CODE", None)
    return [known] if known else _every_language()


def _every_language() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def _show_bare(fault: Fault, codes: list[str]) -> HttpResponse:
    """Answer with a page that needs nothing but its template: no query, no context processor."""
    context = {
        "fault": fault,
        "languages": [translation.get_language_info(code) for code in codes],
        "stylesheets": _stylesheets(),
    }
    with translation.override(codes[0]):
        page = loader.render_to_string("errors/bare.html", context, using="django")
    return HttpResponse(page, status=fault.status)


def _stylesheets() -> list[str]:
    """The addresses of rules and faces, or none when the static files were never collected."""
    try:
        return [staticfiles_storage.url(f"css/{name}.css") for name in ("newsroom", "fonts")]
    except ValueError:
        return []
