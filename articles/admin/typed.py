"""The page that gives back what somebody typed and may not, or no longer, store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.actions import Refused, changed_since
from articles.actions.rights import demand, may
from articles.admin.conflict import moved
from articles.admin.figures import FigureRows
from articles.admin.given import keys_of
from articles.admin.sentences import label_of
from articles.admin.verbs import editor_of
from articles.models import Article, Language
from articles.models.placed import FIGURES
from articles.models.revision import TEXTS
from articles.text.html import HtmlTooLarge, clean

if TYPE_CHECKING:
    from articles.admin.base import DeskAdmin

TEMPLATE = "admin/articles/article/typed.html"


class Typed(NamedTuple):
    """A field as it was typed; ``body`` is the same as safe HTML, where it is the body."""

    label: str
    text: str
    body: str = ""


def typed_page(
    desk: DeskAdmin[Article], request: HttpRequest, article: Article | None, *, is_new: bool
) -> HttpResponse:
    """Say why nothing was stored, and show what was typed so that it can be copied.

    ``article`` is None where there is none, or none that the person may see.
    """
    context = {
        **desk.admin_site.each_context(request),
        "title": _("What you typed was not saved"),
        "opts": desk.opts,
        "article": article,
        "reasons": [_none_left(is_new)] if article is None else list(_reasons(request, article)),
        "language": _language(request, article),
        "typed": list(_typed(request)),
    }
    return TemplateResponse(request, TEMPLATE, context, status=403)


def _none_left(is_new: bool) -> str:
    if is_new:
        return _("You have no desk on which you may write a new article.")
    return _(
        "This article is on none of your desks: it was deleted or moved meanwhile, or your desks "
        "changed."
    )


def _reasons(request: HttpRequest, article: Article) -> Iterator[str]:
    opened = request.POST.get("base_version", "")
    is_own = may(request.user, "history", article)
    if is_own and opened.isdecimal() and len(opened) < len(str(article.version)) + 1:
        change = changed_since(article, int(opened)).get("status")
        if change:
            yield moved(article, change)
    try:
        demand(editor_of(request), "change", article)
    except Refused as refusal:
        yield from refusal.reasons


def _language(request: HttpRequest, article: Article | None) -> Language | None:
    """The language in which it was typed."""
    chosen = keys_of(Language, [request.POST.get("language", "")])
    return Language.objects.filter(pk__in=chosen).first() or (article.language if article else None)


def _typed(request: HttpRequest) -> Iterator[Typed]:
    for name in TEXTS:
        if text := request.POST.get(name, "").strip():
            yield Typed(label_of(name), text, _safe(text) if name == "body" else "")
    figures = FigureRows().value_from_datadict(request.POST, {}, FIGURES)
    if said := [text for each in figures for text in (each["alt_text"], each["caption"]) if text]:
        yield Typed(label_of(FIGURES), "\n\n".join(said))


def _safe(text: str) -> str:
    try:
        return clean(text)
    except HtmlTooLarge:
        return ""
