"""What is decided about a capture that came in: a step a button, and what comes after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.actions import (
    Refused,
    accept_capture,
    join_variant,
    mark_duplicate,
    publish,
    reject_capture,
    reopen_capture,
    save_revision,
    split_article,
)
from articles.actions.rights import decidable, where
from articles.admin.given import note_in
from articles.admin.verbs import editor_of
from articles.loader.again import read_in_language
from articles.models import Article, Capture, Language
from articles.text.bidi import isolate
from articles.text.columns import HEADLINE

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


class HeadlineForm(forms.Form):
    """The headline of one article."""

    headline = forms.CharField(max_length=HEADLINE, label=gettext_lazy("headline"))


def waiting(request: HttpRequest) -> Any:
    """The captures that wait for the person, in the order in which they came."""
    rows = Capture.objects.without_raw().filter(decidable(request.user), state=Capture.State.NEW)
    return rows.order_by("pk")


def address_of(pk: int) -> str:
    """Where a capture is decided about."""
    return reverse("admin:articles_capture_incoming", args=[pk])


def decide(request: HttpRequest, capture: Capture) -> str:
    """Do what was asked, tell the editor, and return the address that comes next."""
    step, _colon, argument = note_in(request.POST, "step").partition(":")
    act = STEPS.get(step)
    if act is None:
        messages.error(request, _("Choose what is to be done with this capture."))
        return address_of(capture.pk)
    try:
        with transaction.atomic():
            if step in KEEPING:
                _keep_headlines(request, capture)
            sentence = act(request, capture, argument)
    except Refused as refusal:
        messages.error(request, " ".join(map(str, refusal.reasons)))
        return address_of(capture.pk)
    messages.success(request, sentence)
    return _next(request, capture)


def _next(request: HttpRequest, capture: Capture) -> str:
    """The next that waits; the same one while something of it is still to be decided."""
    capture.refresh_from_db(fields=["state"])
    if capture.state == Capture.State.NEW:
        return address_of(capture.pk)
    later = waiting(request).filter(pk__gt=capture.pk).values_list("pk", flat=True).first()
    return address_of(later) if later else reverse("admin:articles_capture_first_waiting")


def _accept(request: HttpRequest, capture: Capture, _argument: str) -> str:
    accept_capture(capture=capture, by=editor_of(request))
    return _undoable(capture, _("%(capture)s is accepted; its articles are drafts."))


def _publish(request: HttpRequest, capture: Capture, _argument: str) -> str:
    accept_capture(capture=capture, by=editor_of(request))
    for article in Article.objects.filter(capture=capture.pk).order_by("capture_item"):
        publish(article=article, by=editor_of(request))
    return _undoable(capture, _("%(capture)s is accepted and published."))


def _reject(request: HttpRequest, capture: Capture, _argument: str) -> str:
    reject_capture(capture=capture, by=editor_of(request), note=note_in(request.POST, "note")[:500])
    return _undoable(capture, _("%(capture)s is rejected; its bytes are kept."))


def _duplicate(request: HttpRequest, capture: Capture, argument: str) -> str:
    other = _article(request, argument or request.POST.get("of", ""))
    mark_duplicate(capture=capture, of=other, by=editor_of(request))
    return _undoable(capture, _("%(capture)s is a duplicate; its draft is gone."))


def _variant(request: HttpRequest, capture: Capture, argument: str) -> str:
    own, _comma, of = argument.partition(",")
    other = _article(request, of or request.POST.get("of", ""))
    join_variant(article=_own(capture, own), of=other, by=editor_of(request))
    return _undoable(capture, _("The text of %(capture)s waits as a proposal beside the other."))


def _split(request: HttpRequest, capture: Capture, argument: str) -> str:
    own, _comma, block = argument.partition(",")
    number = int(block) if block.isascii() and block.isdigit() and len(block) < 6 else 0
    split_article(article=_own(capture, own), before_block=number, by=editor_of(request))
    return _undoable(capture, _("%(capture)s makes two articles now. Give the second a headline."))


def _headline(request: HttpRequest, capture: Capture, argument: str) -> str:
    _own(capture, argument)
    return _("The headline is saved.")  # As with every step that keeps the article.


def _keep_headlines(request: HttpRequest, capture: Capture) -> None:
    """Save what was typed for headlines, whichever button of the page was pressed then.

    Raises Refused for what is no headline, and where somebody else has given another meanwhile.
    """
    for article in Article.objects.filter(capture=capture.pk):
        shown = request.POST.get(f"shown-{article.pk}", article.headline)
        typed = request.POST.get(f"headline-{article.pk}", shown)
        if typed not in {shown, article.headline}:
            _give_headline(article, typed, shown, by=editor_of(request))


def _give_headline(article: Article, typed: str, shown: str, *, by: AbstractUser) -> None:
    if article.headline != shown:
        told = _("Somebody gave it another headline meanwhile. Yours is not saved: %(headline)s")
        raise Refused([told % {"headline": isolate(typed)}])
    form = HeadlineForm({"headline": typed})
    if not form.is_valid():
        raise Refused(map(str, form.errors["headline"]))
    article.headline = form.cleaned_data["headline"]
    save_revision(article=article, by=by)


def _language(request: HttpRequest, capture: Capture, argument: str) -> str:
    language = Language.objects.filter(pk=argument).first()
    if language is None:
        raise Refused([_("Choose a language from the list.")])
    read_in_language(capture=capture, language=language, by=editor_of(request))
    return _undoable(capture, _("%(capture)s was read in this language."))


def _reopen(request: HttpRequest, capture: Capture, _argument: str) -> str:
    reopen_capture(capture=capture, by=editor_of(request))
    return _undoable(capture, _("%(capture)s waits again."))


STEPS = {
    "accept": _accept,
    "publish": _publish,
    "reject": _reject,
    "duplicate": _duplicate,
    "variant": _variant,
    "split": _split,
    "headline": _headline,
    "language": _language,
    "reopen": _reopen,
}
"""What the page's buttons do; a button names its step, and after a colon what it is about."""

KEEPING = {"accept", "publish", "variant", "split", "headline"}
"""The steps after which there is still an article, or a text, with the headline that was typed."""


def _undoable(capture: Capture, sentence: str) -> str:
    """``sentence`` with the capture's name in it as a link back to it."""
    before, _placeholder, after = sentence.partition("%(capture)s")
    link = format_html(
        '<a href="{}"><bdi dir="ltr">{}</bdi></a>', address_of(capture.pk), capture.filename
    )
    return format_html("{}{}{}", before, link, after)


def _own(capture: Capture, pk: str) -> Article:
    """An article of the capture. Raises Refused for anything else."""
    if pk.isascii() and pk.isdigit() and len(pk) < 19:
        article = Article.objects.filter(capture=capture.pk, pk=pk).first()
        if article is not None:
            return article
    raise Refused([_("Choose an article that was made of this capture.")])


def _article(request: HttpRequest, pk: str) -> Article:
    """An article that the person may see. Raises Refused for anything else."""
    if pk.isascii() and pk.isdigit() and len(pk) < 19:
        article = Article.objects.filter(where(request.user, "view"), pk=pk).first()
        if article is not None:
            return article
    raise Refused([_("Choose the other article.")])
