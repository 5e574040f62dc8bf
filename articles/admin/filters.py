"""Filters of the desk's lists that Django has not."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin, RelatedFieldListFilter, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.actions import rights
from articles.admin.base import in_language
from articles.models import Article, Language, Section, Source

EDITION = "language__code__exact"
"""What ``OwnLanguageFilter`` of a language adds to a list's address."""


class HeldFilter(SimpleListFilter):
    """Articles that the loader was not sure of, waiting for an editor's decision."""

    title = _("held by the loader")
    parameter_name = "held"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("yes", _("Held")), ("no", _("Not held"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> QuerySet[Article] | None:
        if self.value() == "yes":
            return queryset.exclude(hold_reason="")
        return queryset.filter(hold_reason="") if self.value() == "no" else queryset


class OwnLanguageFilter(RelatedFieldListFilter):
    """Choices in their own language and face: Nastaliq, for one, lacks letters of Sindhi."""

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: ModelAdmin[Any]
    ) -> list[tuple[str, Any]]:
        rows = field.remote_field.model._default_manager.all()
        ordering = self.field_admin_ordering(field, request, model_admin)
        rows = self.narrowed(rows.order_by(*ordering) if ordering else rows, request)
        return [(row.pk, _in_own_language(row)) for row in rows]

    def narrowed(self, rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
        """The rows to choose from, each with its language in the same query."""
        return rows


class SourceFilter(OwnLanguageFilter):
    def narrowed(self, rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
        return rows.select_related("language").defer("furniture")


class SectionFilter(OwnLanguageFilter):
    """Sections of the chosen edition, offered once it is chosen: three scripts do not mix well."""

    def narrowed(self, rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
        language = request.GET.get(EDITION)
        if not language:
            return rows.none()
        known = rows.filter(rights.sections(request.user), language=language)
        return known.select_related("language")

    def has_output(self) -> bool:
        """Also with no language chosen, where the list is of one section already."""
        return bool(self.lookup_choices or self.lookup_val or self.lookup_val_isnull)


def _in_own_language(row: Language | Section | Source) -> str:
    language = row if isinstance(row, Language) else row.language
    return in_language(str(row), language)
