"""The languages that the newsroom publishes in."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from articles.admin.base import DeskAdmin, in_language
from articles.models import Language

HOW_TO_ADD = _(
    "A language is added with a row in fixtures/languages.json and a catalogue in the folder "
    "locale, not at the desk: the site's addresses and menus follow that file."
)


class LanguageAdmin(DeskAdmin[Language]):
    is_on_pages = True
    list_display = ["own_name", "name", "code", "script", "direction", "position", "is_published"]
    list_filter = ["is_published", "direction"]
    search_fields = ["code", "name", "endonym"]
    # Addresses, catalogues and the direction of Django's own pages follow the file, not the row.
    readonly_fields = ["code", "direction", "script"]
    fieldsets = [
        (None, {"fields": ["code", "name", "endonym", "position", "is_published"]}),
        (
            _("Writing"),
            {"fields": ["direction", "script", "digits"], "description": HOW_TO_ADD},
        ),
        (_("Edition"), {"fields": ["site_title", "tagline", "has_live"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A row alone would be an edition whose every address is missing."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Language | None = None) -> bool:
        """What cannot be added again at the desk is hidden from readers, not deleted."""
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"note": HOW_TO_ADD, **(extra_context or {})})

    @admin.display(description=_("own name"), ordering="endonym")
    def own_name(self, language: Language) -> str:
        return in_language(language.endonym, language)
