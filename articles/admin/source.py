"""Where texts come from, and what the loader has learnt about their pages."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin import widgets
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.actions.rights import is_member, may_on
from articles.admin.base import DeskAdmin, in_language
from articles.models import Source


class SourceAdmin(DeskAdmin[Source]):
    """Writers choose a source, editors add and change one, and superusers delete one: the page
    that asks whether to would name the articles of every desk that hold it.
    """

    is_on_pages = True
    list_display = ["own_name", "kind", "timezone", "date_order", "slug"]
    list_filter = ["kind"]
    list_select_related = ["language"]
    list_defer = ("furniture", "date_order_counts", "usage_terms")
    search_fields = ["name", "slug", "homepage"]
    prepopulated_fields = {"slug": ["name"]}
    formfield_overrides = {
        models.URLField: {"widget": widgets.AdminURLFieldWidget, "assume_scheme": "https"}
    }
    readonly_fields = ["date_order_counts", "known_furniture"]
    fieldsets = [
        (None, {"fields": ["name", "language", "slug", "kind", "homepage"]}),
        (_("Rights"), {"fields": ["creditline", "copyright_holder", "usage_terms"]}),
        (
            _("Reading its captures"),
            {"fields": ["timezone", "date_order", "date_order_counts", "known_furniture"]},
        ),
    ]

    def has_view_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return is_member(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_on(request.user, "source")

    def has_change_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return may_on(request.user, "source")

    @admin.display(description=_("name"), ordering="name")
    def own_name(self, source: Source) -> str:
        return in_language(source.name, source.language)

    @admin.display(description=_("lines known as page furniture"))
    def known_furniture(self, source: Source) -> int:
        return len(source.furniture)
