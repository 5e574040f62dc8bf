"""Who is on which desk: a list of its own, and rows on the screen of each person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Field, ForeignKey
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.article_form import LanguageSelect
from articles.admin.base import DeskAdmin, in_language
from articles.admin.filters import OwnLanguageFilter
from articles.models import Desk

if TYPE_CHECKING:
    _TabularInline = admin.TabularInline[Desk, Any]
else:
    _TabularInline = admin.TabularInline


class MembershipAdmin(DeskAdmin[Desk]):
    """For superusers, as every screen that its noun does not open."""

    list_display = ["user", "own_language", "role"]
    list_filter = [("language", OwnLanguageFilter), "role"]
    list_select_related = ["user", "language"]
    search_fields = ["user__username", "user__first_name", "user__last_name"]
    autocomplete_fields = ["user"]

    @admin.display(description=_("language"), ordering="language")
    def own_language(self, desk: Desk) -> str:
        return in_language(desk.language.endonym, desk.language)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        return super().formfield_for_foreignkey(db_field, request, **kwargs, **_own_face(db_field))


class DesksOfPerson(_TabularInline):
    """The desks of a person; who has none meets nothing at the desk."""

    model = Desk
    extra = 0

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        return super().formfield_for_foreignkey(db_field, request, **kwargs, **_own_face(db_field))

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        """A language is chosen here, and neither opened nor changed on the way."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = field.widget if field else None
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget.can_add_related = widget.can_change_related = widget.can_view_related = False
        return field


def _own_face(column: Field[Any, Any]) -> dict[str, Any]:
    """A language is chosen by its own name, in its own face."""
    return {"widget": LanguageSelect} if column.name == "language" else {}
