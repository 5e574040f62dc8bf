"""Old addresses that still lead to their articles."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.actions.rights import DESK_RIGHTS, may_on, on_desks
from articles.admin.base import DeskAdmin, headline_of
from articles.admin.finding import old_addresses
from articles.models import Alias


class AliasAdmin(DeskAdmin[Alias]):
    """Publishers say where the old addresses of their own language lead."""

    list_display = ["path", "leads_to"]
    list_select_related = ["article__language"]
    list_defer = ("article__body", "article__search_key")
    search_fields = ["path"]
    search_help_text = _("The beginning of an old path, or all of an old address.")
    autocomplete_fields = ["article"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Alias]:
        own = on_desks(request.user, DESK_RIGHTS["alias"], "article__language")
        return super().get_queryset(request).filter(own)

    def narrowed(self, request: HttpRequest, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(on_desks(request.user, DESK_RIGHTS["alias"]))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Alias], search_term: str
    ) -> tuple[QuerySet[Alias], bool]:
        term = search_term.strip()
        return queryset.filter(old_addresses(term)) if term else queryset, False

    def has_view_permission(self, request: HttpRequest, obj: Alias | None = None) -> bool:
        return may_on(request.user, "alias", obj.article.language_id if obj else None)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_on(request.user, "alias")

    def has_change_permission(self, request: HttpRequest, obj: Alias | None = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Alias | None = None) -> bool:
        return self.has_view_permission(request, obj)

    @admin.display(description=_("leads to"))
    def leads_to(self, alias: Alias) -> str:
        return headline_of(alias.article)
