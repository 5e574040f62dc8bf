"""The sections of each edition."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.base import DeskAdmin, in_language
from articles.admin.filters import OwnLanguageFilter
from articles.models import Section
from articles.text.bidi import isolate


class SectionAdmin(DeskAdmin[Section]):
    list_display = ["own_title", "edition", "slug", "layout", "position", "in_menu"]
    list_filter = [("language", OwnLanguageFilter), "in_menu", "layout"]
    search_fields = ["title", "slug"]
    fieldsets = [
        (None, {"fields": ["language", "title", "slug"]}),
        (_("On the site"), {"fields": ["layout", "position", "in_menu"]}),
    ]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Section | None = None
    ) -> list[str] | tuple[str, ...]:
        """A section that holds articles stays in its edition: they would be foreign in another."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "language"] if obj and obj.articles.exists() else list(fields)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Section]:
        return super().get_queryset(request).select_related("language")

    @admin.display(description=_("title"), ordering="title")
    def own_title(self, section: Section) -> str:
        return in_language(section.title, section.language)

    @admin.display(description=_("language"), ordering="language")
    def edition(self, section: Section) -> str:
        return in_language(section.language.endonym, section.language)

    def suggestion(self, section: Section) -> str:
        """The title with its edition: two editions may give a section the same title."""
        return f"{isolate(section.title)} · {isolate(section.language.endonym)}"
