"""Screens of what belongs to one edition: its desk sees the rows, and a role of it changes them."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.actions.rights import DESK_RIGHTS, WRITER, is_member, may_on, on_desks, role_on
from articles.admin.base import DeskAdmin, in_language

Row = TypeVar("Row", bound=Model)


class OfEditionAdmin(DeskAdmin[Row]):
    """``deed`` is one of ``DESK_RIGHTS``: who may do it adds, changes and deletes the rows."""

    deed: str

    def get_queryset(self, request: HttpRequest) -> QuerySet[Row]:
        own = on_desks(request.user, WRITER)
        return super().get_queryset(request).filter(own).select_related("language")

    def narrowed(self, request: HttpRequest, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        if name != "language":
            return rows
        return rows.filter(on_desks(request.user, DESK_RIGHTS[self.deed], "pk"))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return role_on(request.user, obj.language_id) > 0 if obj else is_member(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_on(request.user, self.deed)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_on(request.user, self.deed, obj.language_id if obj else None)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return in_own_direction(super().formfield_for_dbfield(db_field, request, **kwargs))

    @admin.display(description=_("language"), ordering="language")
    def edition(self, row: Any) -> str:
        return in_language(row.language.endonym, row.language)


def in_own_direction(field: Any) -> Any:
    """Have the boxes of a field follow what is typed: a desk may speak another language."""
    if isinstance(field, forms.CharField) and isinstance(field.widget, forms.TextInput):
        field.widget.attrs.setdefault("dir", "auto")
    return field
