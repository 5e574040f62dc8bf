"""The contact page: whom to call, and a form to write to the desk of the edition."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from articles.actions import receive_message
from articles.actions.limits import MESSAGES
from articles.forms import MessageForm
from articles.views.edition import Edition, open_edition
from articles.views.frame import Frame, in_every_edition, show
from articles.views.lite import asked_in, carry
from articles.views.posting import is_within, takes_posts, waiting
from articles.views.reading import read_only
from articles.views.schema_org import contact_page
from newsroom.routes import address_of


@takes_posts
def contact(request: HttpRequest, language: str) -> HttpResponse:
    """Show the edition's press contacts and a form; store what is sent. Three queries to read.

    What cannot be taken comes back with the reason in a sentence and with all that was typed.
    """
    edition = open_edition(language)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, edition, form)
    if not is_within(MESSAGES, request):
        form.add_error(None, _("Many messages came from your connection. Send this in an hour."))
        return waiting(_page(request, edition, form), MESSAGES)
    receive_message(message=form.message(edition.language))
    sent = carry(address_of("contact_sent", language=language), asked_in(request))
    response = HttpResponseRedirect(f"{sent}#content")  # Else a browser keeps the form's fragment.
    response.status_code = 303  # To be asked for with GET (RFC 9110, 15.4.4).
    return response


@read_only
def contact_sent(request: HttpRequest, language: str) -> HttpResponse:
    """Say that a message has come in."""
    edition = open_edition(language)
    frame = Frame(edition, title=_("Your message has come in"), is_indexed=False)
    return show(request, "articles/contact_sent.html", frame)


def _page(request: HttpRequest, edition: Edition, form: MessageForm) -> HttpResponse:
    paths = in_every_edition(edition, "contact")
    frame = Frame(
        edition,
        title=_("Contact"),
        description=_("Whom to call at the newsroom, and a form to write to it."),
        path=paths[edition.code],
        paths=paths,
    )
    context = {"form": form, "json_ld": contact_page(frame)}
    response = show(request, "articles/contact.html", frame, context)
    if form.is_bound:
        response.headers["Cache-Control"] = "no-store"  # It holds what somebody wrote.
    return response
