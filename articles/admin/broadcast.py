"""Web TV at the desk: what each edition shows, and when."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import DateTimeField
from django.forms import Field
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.base import in_language
from articles.admin.filters import OwnLanguageFilter
from articles.admin.moment import MomentField, MomentWidget, on_clock
from articles.admin.of_edition import OfEditionAdmin
from articles.models import Broadcast


class BroadcastAdmin(OfEditionAdmin[Broadcast]):
    """A desk sees the broadcasts of its own edition; its publishers change them."""

    deed = "broadcast"
    formfield_overrides = {DateTimeField: {"form_class": MomentField, "widget": MomentWidget}}
    is_on_pages = True
    list_display = ["own_title", "edition", "start", "end", "provider"]
    list_filter = [("language", OwnLanguageFilter)]
    search_fields = ["title"]
    fieldsets = [
        (None, {"fields": ["language", "title", "address"]}),
        (_("When"), {"fields": ["starts_at", "ends_at"]}),
    ]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Addresses, and the digits of moments, are written from left to right on every desk."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, Field) and db_field.name == "address":
            field.widget.attrs["dir"] = "ltr"
        if isinstance(field, Field) and db_field.name in {"starts_at", "ends_at"}:
            words = (_("%(field)s: day"), _("%(field)s: time"))
            for box, told in zip(field.widget.widgets, words, strict=True):
                label = str(told) % {"field": field.label}
                box.attrs |= {"dir": "ltr", "aria-label": label}
        return field

    @admin.display(description=_("title"), ordering="title")
    def own_title(self, broadcast: Broadcast) -> str:
        return in_language(broadcast.title, broadcast.language)

    @admin.display(description=_("starts at"), ordering="starts_at")
    def start(self, broadcast: Broadcast) -> str:
        return on_clock(broadcast.starts_at)

    @admin.display(description=_("ends at"), ordering="ends_at")
    def end(self, broadcast: Broadcast) -> str:
        return on_clock(broadcast.ends_at)

    @admin.display(description=_("provider"))
    def provider(self, broadcast: Broadcast) -> str:
        embed = broadcast.embed
        told = '<bdi dir="ltr">{}</bdi>'
        return format_html(told, embed.provider) if embed else self.get_empty_value_display()
