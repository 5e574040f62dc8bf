"""Incoming: captures that wait, one after another, each beside what was made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.actions.rights import captures, may, may_on, where
from articles.admin.alike import Alike, alike_to
from articles.admin.base import DeskAutocompleteSelect
from articles.admin.evidence import gather
from articles.admin.incoming_steps import address_of, decide, waiting
from articles.admin.windows import COUNT_LIMIT
from articles.models import Article, Capture, Language, Revision
from articles.text.blocks import blocks
from articles.text.html import to_text

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin


class Block(NamedTuple):
    """A block of a body as text; ``number`` is its place among ``articles.text.blocks``."""

    number: int
    text: str


@dataclass(frozen=True)
class Made:
    """An article made of the capture, as the page shows it."""

    article: Article
    blocks: list[Block]
    alike: list[Alike]
    may_change: bool
    may_publish: bool


class OtherForm(forms.Form):
    """Any article, found by the words of its headline."""

    of = forms.ModelChoiceField(Article.objects.none(), required=False)

    def __init__(self, desk: ModelAdmin[Capture]) -> None:
        super().__init__()
        column = Revision._meta.get_field("article")  # Of any article that the person may see.
        field = cast("forms.ModelChoiceField[Article]", self.fields["of"])
        field.widget = DeskAutocompleteSelect(column, desk.admin_site)
        field.widget.choices = field.choices


def first_waiting(desk: ModelAdmin[Capture], request: HttpRequest) -> HttpResponse:
    """Lead to the capture that has waited longest, or say that nothing waits."""
    _demand(request)
    first = waiting(request).values_list("pk", flat=True).first()
    if first is not None:
        return HttpResponseRedirect(address_of(first))
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": _("Incoming"),
    }
    return TemplateResponse(request, "admin/articles/capture/nothing_waits.html", context)


def incoming_page(desk: ModelAdmin[Capture], request: HttpRequest, pk: int) -> HttpResponse:
    """One capture beside its articles, and the decision about it."""
    _demand(request)
    capture = Capture.objects.filter(captures(request.user), pk=pk).select_related("refers_to")
    found = capture.defer("refers_to__raw", "refers_to__report").first()
    if found is None:
        raise Http404
    if request.method == "POST":
        return HttpResponseRedirect(decide(request, found))
    return TemplateResponse(
        request, "admin/articles/capture/incoming.html", _shown(desk, request, found)
    )


def _demand(request: HttpRequest) -> None:
    if not may_on(request.user, "capture"):
        raise PermissionDenied


# Showing -----------------------------------------------------------------------------------------


def _shown(desk: ModelAdmin[Capture], request: HttpRequest, capture: Capture) -> dict[str, Any]:
    before = waiting(request).filter(pk__lt=capture.pk).order_by("-pk").values_list("pk", flat=True)
    after = waiting(request).filter(pk__gt=capture.pk).values_list("pk", flat=True)
    other = OtherForm(desk)
    count = waiting(request).order_by()[:COUNT_LIMIT].count()
    return {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": _("Incoming"),
        "media": other.media + forms.Media(js=["admin-desk/incoming.js"]),
        "capture": capture,
        "is_waiting": capture.state == Capture.State.NEW,
        "is_settled_by_hand": capture.decided_at is not None,
        "evidence": gather(bytes(capture.raw), capture.charset, capture.report),
        "made": list(_made(request, capture)),
        "told_otherwise": _told_otherwise(request, capture),
        "languages": [row for row in Language.objects.all() if _is_own(request, row)],
        "other": other["of"],
        "count": count,
        "is_capped": count >= COUNT_LIMIT,
        "before": (pk := before.first()) and address_of(pk),
        "after": (pk := after.first()) and address_of(pk),
    }


def _is_own(request: HttpRequest, language: Language) -> bool:
    return may_on(request.user, "capture", language.pk)


def _made(request: HttpRequest, capture: Capture) -> Iterator[Made]:
    made = Article.objects.filter(where(request.user, "view"), capture=capture.pk)
    articles = made.order_by("capture_item")
    rows = list(articles.select_related("language", "source__language", "section", "sketch"))
    near = alike_to(rows, capture, request.user)
    for row in rows:
        yield Made(
            article=row,
            blocks=[Block(n, to_text(html)) for n, html in enumerate(blocks(row.body))],
            alike=near.get(row.pk, []),
            may_change=may(request.user, "change", row),
            may_publish=may(request.user, "publish", row),
        )


def _told_otherwise(request: HttpRequest, capture: Capture) -> Article | None:
    """The article whose page this capture tells otherwise, where the person may see it."""
    if capture.refers_to_id is None:
        return None
    told = Article.objects.filter(where(request.user, "view"), capture=capture.refers_to_id)
    return told.select_related("language").order_by("capture_item").first()
