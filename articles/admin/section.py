"""The sections of each edition."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.actions.rights import is_everywhere
from articles.admin.base import in_language
from articles.admin.filters import OwnLanguageFilter
from articles.admin.links import LinkInline
from articles.admin.of_edition import OfEditionAdmin
from articles.admin.pages import PageInline, PlacesFormSet
from articles.admin.verbs import editor_of
from articles.models import Section
from articles.text.bidi import isolate

INLINES: dict[str, list[Any]] = {
    Section.Layout.LINKS: [LinkInline],
    Section.Layout.PAGES: [PageInline],
}


class SectionAdmin(OfEditionAdmin[Section]):
    """A desk sees and chooses the sections of its own edition; its publishers change them."""

    deed = "section"
    is_on_pages = True
    list_display = ["own_title", "edition", "slug", "layout", "position", "in_menu"]
    list_filter = [("language", OwnLanguageFilter), "in_menu", "layout"]
    search_fields = ["title", "slug"]
    fieldsets = [
        (None, {"fields": ["language", "title", "slug"]}),
        (_("On the site"), {"fields": ["layout", "position", "in_menu"]}),
    ]

    def get_inlines(self, request: HttpRequest, obj: Section | None) -> list[Any]:
        """What a layout asks for beside articles, once the section has that layout."""
        return INLINES.get(obj.layout, []) if obj else []

    def get_readonly_fields(
        self, request: HttpRequest, obj: Section | None = None
    ) -> list[str] | tuple[str, ...]:
        """A section that holds articles stays in its edition: they would be foreign in another."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "language"] if obj and obj.articles.exists() else list(fields)

    def has_delete_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        """A section that holds articles has addresses that readers know: only superusers end it."""
        if is_everywhere(request.user):
            return True
        is_empty = obj is None or not obj.articles.exists()
        return is_empty and self.has_change_permission(request, obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if isinstance(formset, PlacesFormSet):
            formset.store(editor_of(request))
        else:
            super().save_formset(request, form, formset, change)

    @admin.display(description=_("title"), ordering="title")
    def own_title(self, section: Section) -> str:
        return in_language(section.title, section.language)

    def suggestion(self, section: Section) -> str:
        """The title with its edition: two editions may give a section the same title."""
        return f"{isolate(section.title)} · {isolate(section.language.endonym)}"
