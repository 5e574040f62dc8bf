"""The links of a section, on the section's own screen."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey
from django.http import HttpRequest

from articles.actions.rights import may_on, role_on
from articles.models import Link, Section

WIDTHS = {"title": "32", "address": "40", "description": "60"}
MOST = 100
"""Links of one section: a form of more would be past what Django takes at once."""


class LinkInline(admin.StackedInline):  # type: ignore[type-arg]  # Django's own is not generic.
    """Who may change the section changes its links; its desk reads them. Each box has a label,
    which Django's rows of a table have not.
    """

    model = Link
    fields = [("title", "address"), "description", ("spoken", "position")]
    ordering = ["position", "pk"]
    extra = 1
    max_num = MOST

    def has_view_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        return obj is None or role_on(request.user, obj.language_id) > 0

    def has_change_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        return may_on(request.user, "section", obj.language_id if obj else None)

    def has_add_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        """The languages to choose from, read once and not for every row."""
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None:
            field.choices = list(field.choices)
        return field

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Rows in the section's own language and direction, but for the addresses."""
        formset = super().get_formset(request, obj, **kwargs)
        own = {"lang": obj.language_id, "dir": obj.language.direction} if obj else {}
        for name, size in WIDTHS.items():
            if name in formset.form.base_fields:
                told = {"dir": "ltr", "inputmode": "url"} if name == "address" else own
                formset.form.base_fields[name].widget.attrs.update({**told, "size": size})
        return formset
