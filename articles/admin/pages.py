"""The order of a section's pages, on the section's own screen: a number for each, no mouse."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.actions import order_pages
from articles.actions.rights import may_on, role_on
from articles.models import Article, Section

MOST = 200
"""Pages that one form puts in order; what lies behind them stays there."""


class PlaceForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own is not generic.
    position = forms.IntegerField(
        label=_("position"),
        min_value=1,
        max_value=Article.LAST,
        widget=forms.NumberInput(attrs={"dir": "ltr", "min": 1}),
    )

    class Meta:
        model = Article
        fields = ("position",)


class PlacesFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows with the places that pages have now, from 1 on, whatever is stored."""

    def get_queryset(self) -> Any:
        if not hasattr(self, "_pages"):
            self._pages = list(super().get_queryset()[:MOST])
        return self._pages

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if index is not None:
            form.initial["position"] = index + 1

    def store(self, by: Any) -> None:
        """Put the pages in the order that was typed. Raises Refused."""
        self.new_objects: list[Any] = []
        self.deleted_objects: list[Any] = []
        self.changed_objects = [
            (form.instance, form.changed_data) for form in self.forms if form.has_changed()
        ]
        places = {form.instance.pk: form.cleaned_data["position"] for form in self.forms}
        if self.changed_objects:
            order_pages(section=self.instance, places=places, by=by)


class PageInline(admin.TabularInline):  # type: ignore[type-arg]
    """Who may change the section puts its pages in order; its desk sees the order."""

    model = Article
    form = PlaceForm
    formset = PlacesFormSet
    template = "admin/articles/section/pages.html"
    verbose_name_plural = _("order of the pages")
    fields = ["position"]
    extra = max_num = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("language")
        return rows.defer("body", "search_key").order_by("position", "pk")

    def has_view_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        return obj is None or role_on(request.user, obj.language_id) > 0

    def has_change_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        return may_on(request.user, "section", obj.language_id if obj else None)

    def has_add_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Section | None = None) -> bool:
        return False
