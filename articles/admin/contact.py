"""The press contacts of each edition."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.forms import Field
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.base import in_language
from articles.admin.filters import OwnLanguageFilter
from articles.admin.of_edition import OfEditionAdmin
from articles.models import Contact


class ContactAdmin(OfEditionAdmin[Contact]):
    """A desk sees the contacts of its own edition; its publishers change them."""

    deed = "contact"
    is_on_pages = True
    list_display = ["own_name", "edition", "own_phone", "own_email", "position", "in_header"]
    list_filter = [("language", OwnLanguageFilter), "in_header"]
    search_fields = ["name", "role", "email"]
    fieldsets = [
        (None, {"fields": ["language", "name", "role", "phone", "email"]}),
        (_("On the site"), {"fields": ["position", "in_header"]}),
    ]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Numbers and addresses are written from left to right on every desk."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in {"phone", "email"} and isinstance(field, Field):
            field.widget.attrs["dir"] = "ltr"
        return field

    @admin.display(description=_("name"), ordering="name")
    def own_name(self, contact: Contact) -> str:
        return in_language(contact.name, contact.language)

    @admin.display(description=_("telephone"))
    def own_phone(self, contact: Contact) -> str:
        return format_html('<bdi dir="ltr">{}</bdi>', contact.phone) if contact.phone else ""

    @admin.display(description=_("mail address"))
    def own_email(self, contact: Contact) -> str:
        return format_html('<bdi dir="ltr">{}</bdi>', contact.email) if contact.email else ""
