"""The people who write for each edition."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.actions.rights import is_everywhere
from articles.admin.base import in_language
from articles.admin.filters import OwnLanguageFilter
from articles.admin.of_edition import OfEditionAdmin
from articles.models import Author
from articles.text.bidi import isolate


class AuthorAdmin(OfEditionAdmin[Author]):
    """A desk sees and chooses the authors of its own edition; its editors change them."""

    deed = "author"
    is_on_pages = True
    list_display = ["own_name", "edition", "slug"]
    list_filter = [("language", OwnLanguageFilter)]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["picture"]
    fieldsets = [(None, {"fields": ["language", "name", "slug", "about", "picture"]})]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Author | None = None
    ) -> list[str] | tuple[str, ...]:
        """An author of articles stays in their edition: they would be foreign in another."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "language"] if obj and obj.articles.exists() else list(fields)

    def has_delete_permission(self, request: HttpRequest, obj: Author | None = None) -> bool:
        """An author of articles has an address that readers know: only superusers end it."""
        if is_everywhere(request.user):
            return True
        is_empty = obj is None or not obj.articles.exists()
        return is_empty and self.has_change_permission(request, obj)

    def get_form(
        self, request: HttpRequest, obj: Author | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """What is said of an author is written in the direction of their language."""
        form = super().get_form(request, obj, change=change, **kwargs)
        own = {"lang": obj.language_id, "dir": obj.language.direction} if obj else {"dir": "auto"}
        for name in {"name", "about"} & form.base_fields.keys():
            form.base_fields[name].widget.attrs.update(own)
        return form

    @admin.display(description=_("name"), ordering="name")
    def own_name(self, author: Author) -> str:
        return in_language(author.name, author.language)

    def suggestion(self, author: Author) -> str:
        """The name with its edition: one person has a row in each."""
        return f"{isolate(author.name)} · {isolate(author.language.endonym)}"
