"""What was typed into a form that cannot be taken now: shown again, to be sent once more.

A session ends, or somebody signs in anew in another tab, while a form stands open. Then the form's
POST is refused, and without scripts the browser would show the refusal in place of the text. The
page asks the database nothing about what was typed: whoever sent it may be anybody.
"""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.models.revision import TEXTS
from articles.views.origin import is_from_here
from newsroom.routes import address_of

FORMS = {
    "admin:articles_article_add",
    "admin:articles_article_change",
    "admin:articles_article_step",
}
"""The forms whose text is kept. None of them asks for a password."""


class Why(NamedTuple):
    """What happened and what to do about it."""

    title: Promise
    advice: Promise
    signs_in: bool = False


LOGGED_OUT = Why(
    _("You are logged out, and nothing you typed is lost"),
    _(
        "Your session had ended, so the form was not taken. Log in again in a new tab, then come "
        "back to this one and send the form again."
    ),
    signs_in=True,
)
NEW_SESSION = Why(
    _("Send the form once more: nothing you typed is lost"),
    _(
        "You logged in again after you had opened the form, so it could not prove that it is "
        "yours. Now it can: look through what you typed and send it again."
    ),
)


def kept_form(request: HttpRequest, why: Why | None = None) -> HttpResponse | None:
    """A page with all that was typed, in a form for the same address and with a proof that holds.

    ``why`` is found out where it is not given: a form without proof is one from before a login.
    None when there is no text to be kept, or when no page of ours sent it: a stranger's text must
    not stand on a page of the desk, one press away from being saved.
    """
    match = request.resolver_match
    is_ours = match is not None and match.view_name in FORMS and is_from_here(request)
    if request.method != "POST" or not is_ours:
        return None
    has_signed_in = request.user.is_authenticated
    context = {
        "why": why or (NEW_SESSION if has_signed_in else LOGGED_OUT),
        "address": request.get_full_path(),
        "sign_in": f"{address_of('admin:login')}?next={address_of('admin:index')}",
        "texts": _texts(request),
        "others": _others(request),
        "lost_files": bool(request.FILES),
    }
    response = HttpResponse(
        render_to_string("errors/kept.html", context, request, using="django"), status=403
    )
    add_never_cache_headers(response)
    return response


def _texts(request: HttpRequest) -> list[tuple[str, str, str]]:
    """The texts of an article that were typed, each with its name and its label."""
    labels = {name: Article._meta.get_field(name).verbose_name for name in TEXTS}  # type: ignore[union-attr]
    typed = {name: request.POST[name] for name in TEXTS if name in request.POST}
    return [(name, capfirst(str(labels[name])), text) for name, text in typed.items()]


def _others(request: HttpRequest) -> list[tuple[str, str]]:
    """Everything else that was sent, the button that was pressed among it."""
    shown = {"csrfmiddlewaretoken", *TEXTS}
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in shown
        for value in values
    ]
