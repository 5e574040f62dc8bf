"""What all screens of the desk share: short queries, bounded counts, isolated headlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin, widgets
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from articles.admin.given import initial_of, keys_of
from articles.models import Article, Language

Row = TypeVar("Row", bound=Model)

if TYPE_CHECKING:
    _ModelAdmin = ModelAdmin
else:

    class _ModelAdmin(ModelAdmin, Generic[Row]):
        """Django's ModelAdmin is generic for type checkers only; this makes it so when it runs."""


NO_ACTION = [("", gettext_lazy("Choose an action"))]

COUNT_LIMIT = 10_000
"""Rows that a list counts and pages through at most; who needs older ones filters or searches."""


class CappedPaginator(Paginator):  # type: ignore[type-arg]  # Generic for type checkers only.
    """A paginator whose count costs the same in a table of any size: it stops at COUNT_LIMIT."""

    @cached_property
    def count(self) -> int:
        rows = cast("QuerySet[Any]", self.object_list)
        return rows.order_by()[:COUNT_LIMIT].count()

    @property
    def is_capped(self) -> bool:
        return self.count >= COUNT_LIMIT


class DeskChangeList(ChangeList):
    """A list under its noun's own name, with the columns of ``list_defer`` left in the database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = capfirst(str(self.opts.verbose_name_plural))

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        rows = super().get_queryset(request, *args, **kwargs)
        return rows.defer(*getattr(self.model_admin, "list_defer", ()))


class DeskAutocompleteSelect(widgets.AutocompleteSelect):
    """Django's widget in the desk's language: Django writes ``lang="None"`` for ur and sd."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.i18n_name = None

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        return {**super().build_attrs(base_attrs, extra_attrs), "lang": get_language() or "en"}

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> list[Any]:
        """The chosen rows as options; what was sent and could be no row chooses none."""
        return super().optgroups(name, keys_of(self.field.remote_field.model, value), attr)

    @property
    def media(self) -> forms.Media:
        # Named together with what it needs, which puts it after that: Media sorts by its lists.
        ours = forms.Media(js=["admin/js/jquery.init.js", "admin-desk/autocomplete.js"])
        return super().media + ours


class DeskAdmin(_ModelAdmin[Row]):
    """The base of the newsroom's screens."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 200
    list_defer: tuple[str, ...] = ()

    def get_action_choices(
        self, request: HttpRequest, default_choices: Any = NO_ACTION
    ) -> list[tuple[str, str]]:
        return super().get_action_choices(request, default_choices)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Prefill a new row from the address, with what its columns take."""
        return initial_of(self.model, request.GET.dict())

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Row], *args: Any
    ) -> HttpResponse | None:
        """Act on rows that were ticked; what could be no row was ticked in no list of ours."""
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if keys_of(self.model, ticked) == ticked:
            return super().response_action(request, queryset, *args)
        messages.error(request, _("What was chosen is not in this list. Nothing was changed."))
        return None

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskChangeList

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", DeskAutocompleteSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class EvidenceAdmin(DeskAdmin[Row]):
    """Screens of what must stay as it came: to be read, never added to, changed or deleted."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False


def in_language(text: str, language: Language) -> str:
    """``text`` as HTML that keeps its own language, face and direction inside any page."""
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language.code, language.direction, text)


def headline_of(article: Article) -> str:
    """The article's headline, as ``in_language`` gives it."""
    return in_language(article.headline or _("(no headline yet)"), article.language)
