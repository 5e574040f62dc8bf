"""A note to the writer that went nowhere: it waits in the article's form until it is sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.admin.sentences import filled, isolated
from articles.models import Article

NOTES = "notes_to_writers"
"""Where the session keeps them, by the article's key."""

MOST = 20
"""Notes that one session keeps; the oldest make room."""


def settle_note(request: HttpRequest, article: Article, note: str, *, is_sent: bool) -> None:
    """Keep what was typed as a note when it was not sent, and say so; forget the one before."""
    key, kept = str(article.pk), dict(request.session.get(NOTES, {}))
    before = kept.pop(key, "")
    if note.strip() and not is_sent:
        kept = dict([*kept.items(), (key, note)][-MOST:])
        sentence = _("The note to the writer was not sent: “%(note)s”.")
        messages.warning(request, filled(sentence, note=isolated(note.strip())))
    if kept.get(key, "") != before:
        request.session[NOTES] = kept


def unsent_note(request: HttpRequest, article: Article | None) -> str:
    """The note that was typed into the article's form and not sent; empty when there is none."""
    note: str = request.session.get(NOTES, {}).get(str(article.pk), "") if article else ""
    return note
