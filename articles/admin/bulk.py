"""Bulk actions: the newsroom's verbs over a selection, each article on its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy, ngettext

from articles.actions import Refused, link_translations
from articles.admin.notice import notices_for_selected, selection
from articles.admin.verbs import Verb, do_all, editor_of, note_of
from articles.models import Article

if TYPE_CHECKING:
    from articles.admin.article import ArticleAdmin

    BulkAction = Callable[[ArticleAdmin, HttpRequest, QuerySet[Article]], HttpResponse | None]


def bulk_action(verb: Verb) -> BulkAction:
    """The bulk action ``<verb>_selected``, which first asks for a note or a notice if it must."""

    def act(
        desk: ArticleAdmin, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        if verb.needs_notice:
            return notices_for_selected(desk, request, verb, queryset)
        note = note_of(request)
        if verb.needs_note and not note.text.strip():
            return _ask_for_note(desk, request, verb, queryset)
        # All rows first: moving one while a cursor still reads could show it twice or never.
        do_all(request, verb, list(queryset), lambda _article: note)
        return None

    act.__name__ = f"{verb.name}_selected"
    return admin.action(act, description=verb.bulk_label)  # type: ignore[arg-type]


def _ask_for_note(
    desk: admin.ModelAdmin[Article],
    request: HttpRequest,
    verb: Verb,
    queryset: QuerySet[Article],
) -> HttpResponse:
    context: dict[str, Any] = {
        **desk.admin_site.each_context(request),
        **selection(request),
        "title": verb.label,
        "opts": desk.opts,
        "verb": verb,
        "articles": queryset[: desk.list_per_page],
        "more": max(0, queryset.count() - desk.list_per_page),
        "is_note_missing": "_note" in request.POST,
    }
    return TemplateResponse(request, "admin/articles/article/return_note.html", context)


@admin.action(description=gettext_lazy("Join the selected articles as one story"))
def join_selected(
    desk: admin.ModelAdmin[Article], request: HttpRequest, queryset: QuerySet[Article]
) -> None:
    """Make the selected articles one story in several languages."""
    try:
        count = link_translations(articles=list(queryset), by=editor_of(request))
    except Refused as refusal:
        messages.error(request, " ".join(map(str, refusal.reasons)))
        return
    told = ngettext(
        "The story has %(count)d article now.", "The story has %(count)d articles now.", count
    )
    messages.success(request, told % {"count": count})
